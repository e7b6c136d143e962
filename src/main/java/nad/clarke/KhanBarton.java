package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.forward.Forprop;
import nad.lexi.Directions;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// Khan & Barton's method for piecewise differentiable functions (2012 for those of absolute values, 2013 for compositions of any): an
/// element of the B-subdifferential by directional derivatives alone, with no random direction. Where F'(x; ·) is linear on the cone
/// between a basis y_1, …, y_n of directions, the row of F'(x; y_j) times Y⁻¹ is the gradient of a piece that is active there.
///
/// [clarke-basis] The basis is found by sweeps of the program of F'(x; y_j). It begins as the unit vectors. A kink at the point is linear
/// on the cone if one of its pieces is taken along every y_j. At the first statement where it is not, the first direction that its
/// argument moves along decides the piece, and a later y_k that would take another is mirrored into the closed half-space of that piece: y_k += c·y_j
/// with a c > 0. That leaves a basis and a smaller cone, on which all that was linear still is.
public final class KhanBarton {
    /// @param gradient by entries of the differentiated parameters; null where a norm at 0 has no pieces
    /// @param basis    the rows y_j that the last sweep went along
    /// @param sweeps   how many there were
    /// @param certain  whether it is an element of the B-subdifferential, and hence of Clarke's
    /// @param blame    the statement of P because of which it is not certain; −1 where none is, or where a number is not finite
    /// @param lipschitz false where that statement may not be locally Lipschitz there
    /// @param tally    of all sweeps
    public record Element(Quantity[] gradient, Rational[][] basis, int sweeps, boolean certain, int blame, boolean lipschitz, Tally tally) {}

    private final Program p;
    private final List<String> names;
    private final Program directional;
    private final List<Integer> scans;
    private final Linearity linearity;
    private final Lipschitz lipschitz;
    private final int n;

    private KhanBarton(Program p, List<String> names, Program directional, int n) {
        this.p = p;
        this.names = names;
        this.n = n;
        this.scans = Scan.of(directional);
        List<Operand> results = new ArrayList<>(List.of(directional.results().getLast()));
        for (int i : scans) results.addAll(Scan.operands(directional, i));
        this.directional = ProgramBuilder.extending(directional, directional.name()).build(results);
        boolean[] wrt = Activity.wrt(p, names, new ArrayList<>());
        this.linearity = new Linearity(p, wrt);
        this.lipschitz = new Lipschitz(p, wrt);
    }

    /// @param p     of one scalar result
    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @return null where problems were added
    public static KhanBarton of(Program p, List<String> names, List<Problem> problems) {
        Gradients by = Gradients.of(p, names, problems);
        Program directional = by == null ? null : Forprop.directional(p, names, Math.max(1, by.entries()), problems);
        return directional == null ? null : new KhanBarton(p, names, directional, by.entries());
    }

    /// What one sweep runs: P and its one-sided derivative along as many directions as there are entries to differentiate by.
    public Program program() {
        return directional;
    }

    public Element at(Map<String, Tensor> at, Arithmetic arithmetic) throws Interpreter.Stopped {
        Rational[][] y = new Rational[n][n];
        for (int j = 0; j < n; j++) for (int k = 0; k < n; k++) y[j][k] = j == k ? Rational.ONE : Rational.ZERO;
        if (n == 0) return new Element(new Quantity[0], y, 0, true, -1, true, new Tally());
        Tally tally = new Tally();
        int repaired = -1;
        for (int sweeps = 1;; sweeps++) {
            Run run = Interpreter.run(directional, inputs(at, y), arithmetic, Selections.DEFAULT, false);
            tally.add(run.tally());
            Sweep sweep = new Sweep(run.results());
            int first = sweep.firstBent();
            if (sweep.rounded >= 0) return new Element(null, y, sweeps, false, sweep.rounded, true, tally);
            // In fractions each repair holds; rounding may undo one, and then nothing is certain.
            boolean certain = first < 0 && sweep.undecided < 0;
            if (first <= repaired) return element(at, arithmetic, y, run.results().getFirst(), sweeps, certain, first < 0 ? sweep.undecided : sweep.statement(first), tally);
            sweep.mirror(first, y);
            repaired = first;
        }
    }

    private Map<String, Tensor> inputs(Map<String, Tensor> at, Rational[][] y) {
        Map<String, Tensor> inputs = new LinkedHashMap<>(at);
        Map<String, Rational[]> tangents = Directions.along(p, names, y, new ArrayList<>()).tangents(directional);
        for (Program.Parameter x : directional.parameters()) if (tangents.containsKey(x.name())) inputs.put(x.name(), Tensor.of(x.shape(), (Quantity[]) tangents.get(x.name())));
        return inputs;
    }

    private Element element(Map<String, Tensor> at, Arithmetic arithmetic, Rational[][] y, Tensor row, int sweeps, boolean certain, int blame, Tally tally)
            throws Interpreter.Stopped {
        Quantity[] r = new Quantity[n];
        for (int j = 0; j < n; j++) r[j] = row.get(j);
        List<Quantity> gradient = new ArrayList<>();
        Directions.of(p, names, y, new ArrayList<>()).subgradient(r).values().forEach(g -> gradient.addAll(Arrays.asList(g)));
        boolean finite = gradient.stream().allMatch(g -> g instanceof Rational || Double.isFinite(g.toDouble()));
        int violated = certain && finite ? lipschitz.violatedAt(at, arithmetic) : -1;
        return new Element(gradient.toArray(Quantity[]::new), y, sweeps, certain && finite && violated < 0, violated >= 0 ? violated : blame, violated < 0, tally);
    }

    /// What the scans saw along all directions of the basis.
    private final class Sweep {
        private final List<Tensor> results;
        /// A statement that is the norm of a row of zeros, or −1.
        int rounded = -1;
        /// A statement with a condition whose curved sides touch and do not move apart to first order, or with pieces that were taken as
        /// smooth; −1 where there is none.
        int undecided = linearity.assumed();

        Sweep(List<Tensor> results) {
            this.results = results;
        }

        private Scan scan(int s) {
            return Scan.seen(directional, scans.get(s), results.get(1 + 3 * s), results.get(2 + 3 * s));
        }

        int statement(int s) {
            return Scan.statement(p, directional, scans.get(s));
        }

        /// The forms of a scan's kinks, each by its values along y_1, …, y_n: a piece is taken all over the cone if each form has one sign.
        private List<Quantity[]> forms(int s) {
            Scan scan = scan(s);
            Tensor tangents = results.get(3 + 3 * s);
            int entries = scan.point().size() / n;
            List<Quantity[]> out = new ArrayList<>();
            for (int from = 0; from < entries; from += scan.length()) {
                if (!scan.met(from)) continue;
                if (!scan.race() && scan.length() > 1) rounded = statement(s);
                else if (scan.race()) race(scan, tangents, entries, from, out);
                else out.add(along(tangents, entries, from));
            }
            return out;
        }

        private Quantity[] along(Tensor tangents, int entries, int k) {
            Quantity[] out = new Quantity[n];
            for (int j = 0; j < n; j++) out[j] = tangents.get(j * entries + k);
            return out;
        }

        /// How the winner moves away from each that ties with it at the point: the winner is the one that the directions in order
        /// leave in front.
        private void race(Scan scan, Tensor tangents, int entries, int from, List<Quantity[]> out) {
            int sign = scan.out().get(scan.winner(from)).sign();
            List<Integer> tied = new ArrayList<>(scan.tying(from));
            tied.add(scan.winner(from));
            int leader = tied.getFirst();
            for (int k : tied) if (firstSign(gap(tangents, entries, k, leader)) * sign > 0) leader = k;
            for (int k : tied) if (k != leader) out.add(gap(tangents, entries, leader, k));
        }

        private Quantity[] gap(Tensor tangents, int entries, int k, int l) {
            Quantity[] out = along(tangents, entries, k);
            Quantity[] other = along(tangents, entries, l);
            for (int j = 0; j < n; j++) out[j] = out[j].minus(other[j]);
            return out;
        }

        /// The first scan some kink of which takes several pieces on the cone, or −1.
        int firstBent() {
            for (int s = 0; s < scans.size(); s++) {
                List<Quantity[]> forms = forms(s);
                int i = statement(s);
                if (p.operation(i).declared != null && !linearity.argumentsOf(i) && forms.stream().anyMatch(f -> decider(f) < 0)) undecided = i;
                if (rounded >= 0 || forms.stream().anyMatch(Sweep::bends)) return s;
            }
            return -1;
        }

        /// Mirrors the directions along which a form has not the sign that it has along the first that decides it.
        void mirror(int s, Rational[][] y) {
            List<Rational[]> forms = forms(s).stream().map(Gradients::exact).toList();
            for (Rational[] form : forms) {
                int j = decider(form);
                for (int k = j + 1; j >= 0 && k < n; k++) {
                    if (form[k].sign() * form[j].sign() >= 0) continue;
                    Rational c = form[k].over(form[j]).times(Rational.of(-2));
                    add(y[k], c, y[j]);
                    for (Rational[] other : forms) other[k] = other[k].plus(c.times(other[j]));
                }
            }
        }

        private static void add(Rational[] to, Rational c, Rational[] row) {
            for (int k = 0; k < to.length; k++) to[k] = to[k].plus(c.times(row[k]));
        }

        private static int decider(Quantity[] form) {
            for (int j = 0; j < form.length; j++) if (form[j].sign() != 0) return j;
            return -1;
        }

        private static int firstSign(Quantity[] form) {
            int j = decider(form);
            return j < 0 ? 0 : form[j].sign();
        }

        private static boolean bends(Quantity[] form) {
            int first = firstSign(form);
            for (Quantity q : form) if (q.sign() != 0 && q.sign() != first) return true;
            return false;
        }
    }
}
