package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Selections;
import nad.forward.Forprop;
import nad.lexi.Directions;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Tensor;

/// A program around a point, piece by piece. The LD-derivative along M = [d, d', e_1, …, e_n] goes into one cell near the point, the
/// one that d enters or, where d runs along its boundary, that d', e_1, e_2, … decide for. On that cell every value is linear to
/// first order, and the columns behind the first two hold its gradient: so one forward run gives the gradient of the piece and
/// the linear forms whose signs make the cell.
final class Around {
    /// @param gradient of F on the cell; in enclosures its middle
    /// @param radius   how far the gradient may be from that by any entry: 0 in fractions; null where there is no bound
    /// @param forms    the cell is {d : ℓ·d > 0 for each form ℓ}; each has a first nonzero entry of modulus 1, none occurs twice
    /// @param met      the statements of P that are at a kink on the point, by instruction
    /// @param rounded  one of those whose kink is that of a norm, with a ball of derivatives and no pieces; −1 where there is none
    /// @param blurred  one of those whose form is known by enclosures alone; −1 where there is none
    /// @param seen     what the kinks met look at, row by row
    record Piece(Rational[] gradient, Rational radius, List<Rational[]> forms, List<Integer> met, int rounded, int blurred, List<Seen> seen) {}

    /// A row at a kink, or a single argument.
    ///
    /// @param row   counted from 0 among those of the scan: an entry of a pointwise statement
    /// @param race  whether entries compete for the largest or smallest, and tie
    /// @param ties  the places in the row of those that do; else of all entries
    /// @param forms how each of these moves
    record Seen(int statement, int row, boolean race, int length, List<Integer> ties, List<Rational[]> forms) {}

    private final Program p;
    private final List<String> names;
    private final Map<String, Tensor> at;
    private final Arithmetic arithmetic;
    private final Program q;
    private final List<Integer> scans;
    private final int n;

    private Around(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Program tangents, int n) {
        this.p = p;
        this.names = names;
        this.at = at;
        this.arithmetic = arithmetic;
        this.n = n;
        this.scans = Scan.of(tangents);
        ProgramBuilder b = ProgramBuilder.extending(tangents, tangents.name());
        List<Operand> results = new ArrayList<>(List.of(tangents.results().getLast()));
        for (int i : scans) results.addAll(Scan.operands(tangents, i));
        this.q = b.build(results);
    }

    /// @param arithmetic rational; enclosed; or float64, whose numbers are then taken as the fractions that they are
    /// @return null where problems were added
    static Around of(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, List<Problem> problems) {
        Gradients by = Gradients.of(p, names, problems);
        if (by == null) return null;
        Program tangents = Forprop.lexicographic(p, names, by.entries() + 2, problems);
        return tangents == null ? null : new Around(p, names, at, arithmetic, tangents, by.entries());
    }

    int dimension() {
        return n;
    }

    /// The piece that the unit vectors enter, or null where in float64 a number is not finite.
    Piece enter() throws Interpreter.Stopped {
        Rational[] still = new Rational[n];
        Arrays.fill(still, Rational.ZERO);
        return enter(still, still);
    }

    /// The piece that the direction d enters, or where d does not decide d + εd'; null where in float64 a number is not finite.
    Piece enter(Rational[] d, Rational[] then) throws Interpreter.Stopped {
        Rational[][] rows = new Rational[n + 2][n];
        for (int j = 0; j < n + 2; j++) for (int k = 0; k < n; k++) rows[j][k] = j == 0 ? d[k] : j == 1 ? then[k] : j == k + 2 ? Rational.ONE : Rational.ZERO;
        Map<String, Tensor> inputs = new LinkedHashMap<>(at);
        Map<String, Rational[]> tangents = Directions.along(p, names, rows, new ArrayList<>()).tangents(q);
        for (Program.Parameter x : q.parameters()) if (tangents.containsKey(x.name())) inputs.put(x.name(), Tensor.of(x.shape(), tangents.get(x.name())));
        List<Tensor> results = Interpreter.run(q, inputs, arithmetic, Selections.DEFAULT, false).results();
        if (arithmetic == Arithmetic.FLOAT64 && !results.stream().allMatch(Around::isFinite)) return null;
        Map<List<Rational>, Rational[]> forms = new LinkedHashMap<>();
        List<Integer> met = new ArrayList<>();
        List<Seen> seen = new ArrayList<>();
        int rounded = -1;
        int blurred = -1;
        for (int s = 0; s < scans.size(); s++) {
            Scan scan = Scan.seen(q, scans.get(s), results.get(1 + 3 * s), results.get(2 + 3 * s));
            if (!scan.met()) continue;
            int statement = Scan.statement(p, q, scans.get(s));
            if (!met.contains(statement)) met.add(statement);
            if (!scan.race() && scan.length() > 1) rounded = statement;
            else if (isExact(results.get(3 + 3 * s))) forms(scan, results.get(3 + 3 * s), forms);
            else blurred = statement;
            if (blurred != statement) see(scan, statement, results.get(3 + 3 * s), seen);
        }
        return new Piece(entries(results.getFirst(), 0), radius(results.getFirst()), List.copyOf(forms.values()), met, rounded, blurred, seen);
    }

    private static boolean isFinite(Tensor t) {
        for (int k = 0; k < t.size(); k++) if (!Double.isFinite(t.toDouble(k))) return false;
        return true;
    }

    /// Whether no number is an interval of several points.
    private static boolean isExact(Tensor t) {
        for (int k = 0; k < t.size(); k++) if (t.get(k) instanceof Interval i && i.lo() != i.hi()) return false;
        return true;
    }

    private Rational radius(Tensor row) {
        Rational most = Rational.ZERO;
        for (int k = 0; k < n; k++) {
            if (!(row.get(2 + k) instanceof Interval i)) continue;
            if (i.isNone() || Double.isInfinite(i.lo()) || Double.isInfinite(i.hi())) return null;
            Rational middle = Rational.of(i.toDouble());
            most = (Rational) most.max(Rational.of(i.hi()).minus(middle)).max(middle.minus(Rational.of(i.lo())));
        }
        return most;
    }

    /// The last n entries of row r of n + 2: what stands behind the first two directions.
    private Rational[] entries(Tensor t, int r) {
        Quantity[] out = new Quantity[n];
        for (int k = 0; k < n; k++) {
            Quantity q = t.get(r * (n + 2) + 2 + k);
            out[k] = Double.isFinite(q.toDouble()) ? q : q.zero();
        }
        return Gradients.exact(out);
    }

    /// In a race the winner is ahead of all that tie with it at the point; else each entry that is 0 has the sign of its tangents,
    /// which is that of what came out.
    private void forms(Scan scan, Tensor tangents, Map<List<Rational>, Rational[]> into) {
        scan.rows(from -> {
            if (!scan.met(from)) return;
            int decided = scan.race() ? scan.winner(from) : from;
            Rational[] form = entries(tangents, decided);
            boolean negative = scan.out().get(decided).sign() < 0;
            if (!scan.race()) put(into, form, negative);
            else for (int k : scan.tying(from)) put(into, difference(form, entries(tangents, k)), negative);
        });
    }

    private void see(Scan scan, int statement, Tensor tangents, List<Seen> into) {
        scan.rows(from -> {
            if (!scan.met(from)) return;
            List<Integer> ties = new ArrayList<>();
            for (int k = from; k < from + scan.length(); k++) if (!scan.race() || k == scan.winner(from) || scan.tying(from).contains(k)) ties.add(k);
            List<Rational[]> moves = ties.stream().map(k -> entries(tangents, k)).toList();
            into.add(new Seen(statement, from / scan.length(), scan.race(), scan.length(), ties.stream().map(k -> k - from).toList(), moves));
        });
    }

    private static void put(Map<List<Rational>, Rational[]> forms, Rational[] form, boolean negative) {
        Rational[] scaled = Cones.scaled(negative ? Cones.negated(form) : form);
        if (scaled != null) forms.putIfAbsent(List.of(scaled), scaled);
    }

    static Rational[] difference(Rational[] x, Rational[] y) {
        Rational[] out = new Rational[x.length];
        for (int k = 0; k < out.length; k++) out[k] = x[k].minus(y[k]);
        return out;
    }
}
