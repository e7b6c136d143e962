package nad.run;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Cells;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.report.Problem;

/// What a run is watched for beside its values: kinks that are met or near, domains that are left, what intervals do not decide.
final class Lookout {
    private final Program p;
    private final Memory memory;
    private final Cells cells;
    private final Arithmetic arithmetic;
    private final Selections selections;
    private final boolean strict;
    private final double tolerance;
    /// The variables that have an adjoint block.
    private final boolean[] watched;
    private final List<Run.Met> kinks = new ArrayList<>();
    private final Map<Integer, Run.Met> near = new LinkedHashMap<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private int lastTold = -1;
    /// The statements some argument of which was outside the domain.
    private final BitSet left = new BitSet();

    /// @param strict    whether leaving a domain stops the run
    /// @param tolerance how near to a kink is told
    Lookout(Program p, Memory memory, Cells cells, Arithmetic arithmetic, Selections selections, boolean strict, double tolerance) {
        this.p = p;
        this.memory = memory;
        this.cells = cells;
        this.arithmetic = arithmetic;
        this.selections = selections;
        this.strict = strict;
        this.tolerance = tolerance;
        this.watched = new boolean[p.variables()];
        for (int b = 0; b < p.blocks(); b++) watched[p.blockTarget(b)] = true;
    }

    List<Run.Met> kinks() {
        return kinks;
    }

    List<Run.Met> near() {
        return List.copyOf(near.values());
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /// Looks at entry `entry` of statement i, whose value is in cell `at` and whose arguments are in `x`.
    void look(int i, Elementary f, int at, int[] x, int entry) throws Interpreter.Stopped {
        watch(i, f, x, entry);
        if (f.assumedSmooth && watched[p.target(i)] && !encloses()) doubt(i, f, x);
        if (encloses() && !watched[p.target(i)] && i < p.ownLength()) still(i, f, at, x);
        if (f.margin != null && encloses() && i < p.ownLength()) decide(i, f, x);
        if (f == Standard.STRONG_MULTIPLY || f == Standard.STRONG_DIVIDE) masked(i, f, x);
        if (!cells.isFinite(at)) notFinite(i, f, at, x);
    }

    private Quantity[] arguments(int[] x) {
        Quantity[] args = new Quantity[x.length];
        for (int k = 0; k < x.length; k++) args[k] = cells.get(x[k]);
        return Interval.alike(args);
    }

    // ---- kinks

    /// [kink-report] A statement that has an adjoint block and is at a kink; further entries of it are counted.
    void watch(int i, Elementary f, int[] x, int entry) {
        if (f.kink == null) return;
        // [box-data] Data that moves in a box may be at a kink as well.
        if (!watched[p.target(i)] && !(encloses() && i < p.ownLength() && !f.inPrime && moves(x))) return;
        Quantity[] args = arguments(x);
        Kink kink = f.kink.at(args, selections);
        if (kink == null) {
            if (tolerance > 0) approach(i, f, args, entry);
            return;
        }
        Run.Met last = kinks.isEmpty() ? null : kinks.getLast();
        if (last != null && last.instruction() == i) {
            kinks.set(kinks.size() - 1, new Run.Met(i, 0, last.index(), last.arguments(), last.kink(), null, last.entries() + 1));
            return;
        }
        kinks.add(new Run.Met(i, 0, index(p.shape(p.target(i)), entry), List.of(args), kink, null, 1));
    }

    /// [kink-near] A statement whose arguments are at most the tolerance from a kink; of several entries the nearest.
    private void approach(int i, Elementary f, Quantity[] args, int entry) {
        Kink.Near k = f.near.to(args, tolerance, selections);
        if (k == null || !(k.distance().toDouble() <= tolerance)) return;
        near.merge(i, new Run.Met(i, 0, index(p.shape(p.target(i)), entry), List.of(args), k.kink(), k.distance(), 1), Run.Met::nearer);
    }

    private static int[] index(int[] shape, int entry) {
        int[] out = new int[shape.length];
        for (int k = shape.length - 1; k >= 0; k--) {
            out[k] = entry % shape[k] + 1;
            entry /= shape[k];
        }
        return out;
    }

    /// [kink-assumed] A declared function whose piece was taken as smooth, where something inside is at a kink.
    private void doubt(int i, Elementary f, int[] x) throws Interpreter.Stopped {
        if (f.margin.apply(arguments(x)).sign() == 0)
            tell(i, new Problem.NoDerivative(p.span(i), f.name, "its piece was taken as smooth, and a function inside is at a kink", p.name(p.target(i))));
    }

    /// [box-data] A statement without an adjoint block, which depends on data alone: in a box of data it may jump.
    private void still(int i, Elementary f, int at, int[] x) throws Interpreter.Stopped {
        if (f.smoothness == Elementary.Smoothness.DISCONTINUOUS && !f.inPrime && moves(at) && moves(x) && lastTold != i)
            tell(i, new Problem.Undecided(p.span(i), f.name, "it jumps where its value changes", text(arguments(x))));
    }

    private boolean moves(int... x) {
        for (int k : x) if (cells.get(k) instanceof Interval v && v.lo() != v.hi()) return true;
        return false;
    }

    // ---- domains

    /// A result that is no number although the arguments are: the first time for each statement it is told.
    void notFinite(int i, Elementary f, int at, int[] x) throws Interpreter.Stopped {
        for (int k : x) if (!cells.isFinite(k)) {
            if (!encloses()) maybeMask(i, f, at);
            return;
        }
        if (encloses()) {
            unbounded(i, f, x);
            return;
        }
        double[] args = new double[x.length];
        for (int k = 0; k < x.length; k++) args[k] = cells.get(x[k]).toDouble();
        String what = f.domain != null ? f.domain.apply(args) : null;
        int block = p.block(i);
        if (block >= 0) {
            int forward = p.definition(p.blockTarget(block));
            // What follows from an argument outside the domain was told there.
            if (left.get(forward)) return;
            Elementary g = p.operation(forward);
            tell(i, g != null && g.caveat != null ? new Problem.NoDerivative(p.span(forward), g.name, g.caveat, p.name(p.blockTarget(block)))
                    : new Problem.Domain(p.span(i), f.name, what != null ? what : "overflow", text(args), 1));
        } else {
            if (what != null) left.set(i);
            tell(i, new Problem.Domain(p.span(i), f.name, what != null ? what : "overflow", text(args), 1));
        }
    }

    private boolean encloses() {
        return arithmetic == Arithmetic.INTERVAL || arithmetic == Arithmetic.ENCLOSED;
    }

    /// [interval-undecided] Whether the intervals stay where the entry is defined and smooth.
    private void decide(int i, Elementary f, int[] x) throws Interpreter.Stopped {
        Quantity[] args = arguments(x);
        int sign = f.margin.apply(args).sign();
        if (sign == 1 || left.get(i)) return;
        left.set(i);
        tell(i, new Problem.Undecided(p.span(i), f.name, "they reach where it is not defined or has no derivative", text(args)));
    }

    /// A value, or in a block a derivative, that intervals give no bound for.
    private void unbounded(int i, Elementary f, int[] x) throws Interpreter.Stopped {
        int block = p.block(i);
        int forward = block < 0 ? i : p.definition(p.blockTarget(block));
        if (left.get(forward)) return;
        left.set(forward);
        Elementary g = p.operation(forward);
        Quantity[] args = new Quantity[Math.min(4, x.length)];
        for (int k = 0; k < args.length; k++) args[k] = cells.get(x[k]);
        if (block < 0) tell(i, new Problem.Undecided(p.span(i), f.name, "its value has no bound there", text(args)));
        else if (g != null) tell(i, new Problem.Undecided(p.span(forward), g.name, "its derivative has no bound there", ""));
    }

    private static String text(Quantity[] args) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < Math.min(3, args.length); k++) out.append(k > 0 ? ", " : "").append(args[k]);
        return args.length > 3 ? out + ", …" : out.toString();
    }

    /// NaN from an infinite or zero bar times something: 0 · ∞ in a block.
    private void maybeMask(int i, Elementary f, int at) throws Interpreter.Stopped {
        int block = p.block(i);
        if (block < 0 || !Double.isNaN(cells.get(at).toDouble())) return;
        for (int k = 0; k < p.arity(i); k++) for (int a : memory.addresses(p.ref(i, k))) if (Double.isNaN(cells.get(a).toDouble())) return;
        tell(i, new Problem.ZeroTimesInfinity(p.span(p.definition(p.blockTarget(block))), p.name(p.blockTarget(block))));
    }

    /// [run-strong-zero] A bar that is exactly 0 and stays 0 where the plain product or quotient is not 0: the derivative that it meets is
    /// infinite or undefined, and what is returned is no derivative of the program.
    private void masked(int i, Elementary f, int[] x) throws Interpreter.Stopped {
        int block = p.block(i);
        if (block < 0 || cells.get(x[0]).sign() != 0) return;
        Quantity by = cells.get(x[1]);
        boolean nan = Double.isNaN(by.toDouble());
        if (!nan && (f == Standard.STRONG_DIVIDE ? by.sign() != 0 : cells.isFinite(x[1]))) return;
        int forward = p.definition(p.blockTarget(block));
        Elementary g = p.operation(forward);
        if (g == null || left.get(forward)) return;
        String why = g.caveat != null ? g.caveat : "it is infinite or undefined, and a bar that is 0 stays 0 before it";
        tell(i, new Problem.NoDerivative(p.span(forward), g.name, why, p.name(p.blockTarget(block))));
    }

    private void tell(int i, Problem.Warning w) throws Interpreter.Stopped {
        if (strict) throw new Interpreter.Stopped(new Problem.StrictDomain(w.at(), w));
        if (lastTold != i && warnings.add(w)) lastTold = i;
    }

    private static String text(double[] args) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < Math.min(3, args.length); k++) out.append(k > 0 ? ", " : "").append(args[k]);
        return args.length > 3 ? out + ", …" : out.toString();
    }
}
