package nad.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Cells;
import nad.arithmetic.Library;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Primitives;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.tensor.Shapes;

/// The meaning of programs: runs them statement by statement, in any arithmetic, in the order of operations that
/// spec/4-meaning.md fixes, and tallies every primitive as it is executed.
public final class Interpreter {
    private final Program p;
    private final Arithmetic arithmetic;
    private final Selections selections;
    private final boolean strict;
    private final double tolerance;
    private final int[] base;
    private final int[] constantBase;
    private final int cellCount;
    private final Primitive[] primitives;
    private final Primitive[] byConstant;
    private final boolean[] watched;
    private Cells cells;
    private final List<Run.Met> kinks = new ArrayList<>();
    private final Map<Integer, Run.Met> near = new LinkedHashMap<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    /// A run was stopped by a problem: arithmetic that is left, or a domain under `--strict`.
    public static final class Stopped extends Exception {
        public final transient Problem problem;

        public Stopped(Problem problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }

    private Interpreter(Program p, Arithmetic arithmetic, Selections selections, boolean strict, double tolerance) {
        this.p = p;
        this.arithmetic = arithmetic;
        this.selections = selections;
        this.strict = strict;
        this.tolerance = tolerance;
        this.base = new int[p.variables()];
        int next = 0;
        for (int v = 0; v < base.length; v++) {
            base[v] = next;
            next = Math.addExact(next, Shapes.size(p.shape(v)));
        }
        this.constantBase = new int[p.pooled()];
        for (int k = 0; k < constantBase.length; k++) {
            constantBase[k] = next;
            next = Math.addExact(next, constants(p.pooled(k)));
        }
        this.cellCount = next;
        Elementary[] operations = p.operations();
        this.primitives = new Primitive[operations.length];
        this.byConstant = new Primitive[operations.length];
        for (int k = 0; k < operations.length; k++) {
            primitives[k] = operations[k].primitive(false, selections);
            byConstant[k] = operations[k].primitive(true);
        }
        this.watched = new boolean[p.variables()];
        for (int b = 0; b < p.blocks(); b++) watched[p.blockTarget(b)] = true;
    }

    /// Runs a program. A thread that is interrupted leaves off soon after, as [Interrupt] says.
    ///
    /// @param inputs a tensor of the right shape for each parameter, by name
    /// @param strict whether leaving a domain stops the run
    public static Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections, boolean strict) throws Stopped {
        return new Interpreter(p, arithmetic, selections, strict, 0).run(inputs, null);
    }

    /// @param nanoseconds where the time of each instruction is added, or null
    public static Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections, boolean strict,
            long[] nanoseconds) throws Stopped {
        return new Interpreter(p, arithmetic, selections, strict, 0).run(inputs, nanoseconds);
    }

    /// @param tolerance how near to a kink a statement is told to be near to one; not for intervals
    public static Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections, boolean strict, double tolerance) throws Stopped {
        return new Interpreter(p, arithmetic, selections, strict, tolerance).run(inputs, null);
    }

    // ---- memory: variables, then the constants of the pool

    private static int constants(Operand o) {
        return switch (o) {
            case Operand.View v -> 0;
            case Operand.Constant c -> c.uniform() != null ? 1 : c.size();
            case Operand.Stack s -> s.parts().stream().mapToInt(Interpreter::constants).sum();
        };
    }

    private int fill(Operand o, int at) {
        switch (o) {
            case Operand.View v -> {}
            case Operand.Constant c -> {
                int n = constants(c);
                for (int k = 0; k < n; k++) set(at + k, c.get(k));
                at += n;
            }
            case Operand.Stack s -> {
                for (Operand part : s.parts()) at = fill(part, at);
            }
        }
        return at;
    }

    private void set(int at, Quantity q) {
        if (q instanceof Rational r) cells.set(at, r);
        else if (q instanceof Real x) cells.set(at, x.value());
        else cells.set(at, q);
    }

    /// The cells of an operand's entries in row-major order.
    private int[] addresses(int ref) {
        if (ref >= 0) {
            int[] out = new int[Shapes.size(p.shape(ref))];
            for (int k = 0; k < out.length; k++) out[k] = base[ref] + k;
            return out;
        }
        return addresses(p.pooled(-1 - ref), new int[] {constantBase[-1 - ref]});
    }

    private int[] addresses(Operand o, int[] constant) {
        switch (o) {
            case Operand.View v -> {
                int[] out = v.layout().positions();
                for (int k = 0; k < out.length; k++) out[k] += base[v.variable()];
                return out;
            }
            case Operand.Constant c -> {
                int[] out = new int[c.size()];
                int n = constants(c);
                if (n == 1) Arrays.fill(out, constant[0]);
                else for (int k = 0; k < n; k++) out[k] = constant[0] + k;
                constant[0] += n;
                return out;
            }
            case Operand.Stack s -> {
                int[] shape = s.shape();
                int inner = 1;
                for (int k = s.axis() + 1; k < shape.length; k++) inner *= shape[k];
                int outer = s.size() / (inner * shape[s.axis()]);
                int[] out = new int[s.size()];
                for (int j = 0; j < shape[s.axis()]; j++) {
                    int[] part = addresses(s.parts().get(j), constant);
                    for (int a = 0; a < outer; a++) System.arraycopy(part, a * inner, out, (a * shape[s.axis()] + j) * inner, inner);
                }
                return out;
            }
        }
    }

    /// The cell of an operand with one entry.
    private int address(int ref) {
        if (ref >= 0) return base[ref];
        return switch (p.pooled(-1 - ref)) {
            case Operand.View v -> base[v.variable()] + v.layout().offset();
            case Operand.Constant c -> constantBase[-1 - ref];
            case Operand.Stack s -> addresses(ref)[0];
        };
    }

    // ---- running

    private Run run(Map<String, Tensor> inputs, long[] nanoseconds) throws Stopped {
        cells = arithmetic.cells(cellCount + 64);
        cells.scratchFrom(cellCount);
        for (Program.Parameter q : p.parameters()) {
            Tensor t = inputs.get(q.name());
            int at = base[q.variable()];
            for (int k = 0; k < t.size(); k++) {
                if (t.real() != null && arithmetic == Arithmetic.FLOAT64) cells.set(at + k, t.real()[k]);
                else set(at + k, asInput(t.get(k)));
            }
        }
        for (int k = 0; k < constantBase.length; k++) constant(k);
        int i = 0;
        try {
            Tally forward = null;
            int first = p.ownLength();
            for (; i < p.length(); i++) {
                if (i == first) forward = tally();
                long start = nanoseconds == null ? 0 : System.nanoTime();
                step(i);
                if (nanoseconds != null) nanoseconds[i] += System.nanoTime() - start;
            }
            if (forward == null) forward = tally();
            List<Tensor> results = new ArrayList<>();
            for (Operand r : p.results()) results.add(read(r));
            return new Run(results, tally(), forward, kinks, List.copyOf(near.values()), List.copyOf(warnings));
        } catch (Library.Leaves e) {
            throw new Stopped(new Problem.LeavesArithmetic(i < p.length() ? p.span(i) : nad.report.Span.NONE, e.function, e.arithmetic));
        } catch (ArithmeticException e) {
            throw new Stopped(new Problem.ExactDivisionByZero(p.span(i), name(i)));
        }
    }

    /// A constant that the arithmetic has no place for is told where it is first read.
    private void constant(int k) throws Stopped {
        try {
            fill(p.pooled(k), constantBase[k]);
        } catch (Library.Leaves e) {
            throw new Stopped(new Problem.LeavesArithmetic(firstReader(-1 - k), e.function, e.arithmetic));
        }
    }

    private nad.report.Span firstReader(int ref) {
        for (int i = 0; i < p.length(); i++)
            for (int k = 0; k < p.arity(i); k++) if (p.ref(i, k) == ref) return p.span(i);
        return nad.report.Span.NONE;
    }

    /// A float64 input is the number that it is, in every arithmetic.
    private Quantity asInput(Quantity q) {
        if (!(q instanceof Real r)) return q;
        return arithmetic.isExact() && arithmetic != Arithmetic.INTERVAL && Double.isFinite(r.value()) ? Rational.of(r.value())
                : arithmetic == Arithmetic.INTERVAL ? nad.arithmetic.Interval.point(r.value()) : q;
    }

    private Tally tally() {
        Tally t = new Tally();
        cells.forEachTallied(t::add);
        return t;
    }

    private Tensor read(Operand r) {
        int[] shape = r.shape();
        Quantity[] out = new Quantity[Shapes.size(shape)];
        for (int k = 0; k < out.length; k++) {
            out[k] = switch (r.entry(k)) {
                case Operand.View v -> cells.get(base[v.variable()] + v.layout().offset());
                case Operand.Constant c -> constantValue(c.get(0));
                case Operand.Stack s -> throw new IllegalStateException();
            };
        }
        if (arithmetic.isExact()) return Tensor.of(shape, out);
        double[] d = new double[out.length];
        for (int k = 0; k < d.length; k++) d[k] = out[k].toDouble();
        return Tensor.of(shape, d);
    }

    private Quantity constantValue(Quantity q) {
        cells.reserve(cellCount + 64);
        set(cellCount, q);
        return cells.get(cellCount);
    }

    private void step(int i) throws Stopped {
        Interrupt.heed();
        switch (p.kind(i)) {
            case APPLY -> {
                Elementary f = p.operation(i);
                if (f.kind == Elementary.Kind.POINTWISE) pointwise(i, f);
                else rows(i, f);
            }
            case SET -> {
                int[] to = addresses(p.placeRef(i));
                int[] from = addresses(p.ref(i, 0));
                for (int k = 0; k < to.length; k++) cells.copy(to[k], from[k]);
            }
            case ADD -> accumulate(i, Primitives.PLUS);
            case SUBTRACT -> accumulate(i, Primitives.MINUS);
            case ZEROS -> {
                int at = base[p.target(i)];
                int n = Shapes.size(p.shape(p.target(i)));
                for (int k = 0; k < n; k++) cells.set(at + k, Rational.ZERO);
            }
        }
    }

    private final int[] pair = new int[2];

    private void accumulate(int i, Primitive f) throws Stopped {
        int place = p.placeRef(i);
        if (place >= 0 && p.shape(place).length == 0) {
            pair[0] = base[place];
            pair[1] = address(p.ref(i, 0));
            cells.apply(f, pair[0], pair);
            return;
        }
        int[] to = addresses(place);
        int[] from = addresses(p.ref(i, 0));
        for (int k = 0; k < to.length; k++) {
            pair[0] = to[k];
            pair[1] = from[k];
            cells.apply(f, to[k], pair);
        }
    }

    private int[][] scratchArguments = {{}, new int[1], new int[2], new int[3]};

    private int[] arguments(int n) {
        return n < scratchArguments.length ? scratchArguments[n] : new int[n];
    }

    private void pointwise(int i, Elementary f) throws Stopped {
        int n = p.arity(i);
        int number = p.operationNumber(i);
        Primitive g = byConstant[number] != primitives[number] && StaticCost.constantFactor(p, i) ? byConstant[number] : primitives[number];
        int z = p.target(i);
        int[] x = arguments(n);
        if (p.shape(z).length == 0) {
            for (int k = 0; k < n; k++) x[k] = address(p.ref(i, k));
            cells.apply(g, base[z], x);
            look(i, f, base[z], x, 0);
            return;
        }
        int[][] in = new int[n][];
        for (int k = 0; k < n; k++) in[k] = addresses(p.ref(i, k));
        int size = Shapes.size(p.shape(z));
        for (int e = 0; e < size; e++) {
            Interrupt.heed();
            for (int k = 0; k < n; k++) x[k] = in[k][e];
            cells.apply(g, base[z] + e, x);
            look(i, f, base[z] + e, x, e);
        }
    }

    private void rows(int i, Elementary f) throws Stopped {
        int z = p.target(i);
        int[] shape = p.shape(z);
        int rank = p.rank(i);
        Elementary.Context context = new Elementary.Context(rank, StaticCost.constantFactor(p, i), selections);
        if (f.kind == Elementary.Kind.CONTRACTION) {
            contract(i, f, context);
            return;
        }
        int n = (int) StaticCost.rowLength(p, i);
        int[] x = addresses(p.ref(i, 0));
        int[] v = p.arity(i) > 1 ? addresses(p.ref(i, 1)) : null;
        int rowCount = x.length / n;
        int perResult = Shapes.size(shape) / rowCount;
        int perSecond = v == null ? 0 : v.length / rowCount;
        int[] out = new int[perResult];
        for (int r = 0; r < rowCount; r++) {
            Interrupt.heed();
            int[] row = Arrays.copyOfRange(x, r * n, r * n + n);
            for (int k = 0; k < perResult; k++) out[k] = base[z] + r * perResult + k;
            int[][] in = v == null ? new int[][] {row} : new int[][] {row, Arrays.copyOfRange(v, r * perSecond, (r + 1) * perSecond)};
            f.kernel().row(cells, out, in, context);
            if (f.kink != null && watched[z]) watch(i, f, row, r);
            for (int k = 0; k < perResult; k++) if (!cells.isFinite(out[k])) notFinite(i, f, out[k], row);
        }
    }

    private void contract(int i, Elementary f, Elementary.Context context) throws Stopped {
        int r = context.rank() / 10;
        int s = context.rank() % 10;
        int[] a = p.operand(i, 0).shape();
        int[] b = p.operand(i, 1).shape();
        int n = a[a.length - 1];
        int m = r == 2 ? a[a.length - 2] : 1;
        int q = s == 2 ? b[b.length - 1] : 1;
        int[] x = addresses(p.ref(i, 0));
        int[] y = addresses(p.ref(i, 1));
        int batches = x.length / (m * n);
        int[] row = new int[n];
        int[] column = new int[n];
        int[] out = new int[1];
        int[][] in = {row, column};
        int to = base[p.target(i)];
        for (int batch = 0; batch < batches; batch++)
            for (int j = 0; j < m; j++)
                for (int k = 0; k < q; k++) {
                    Interrupt.heed();
                    for (int l = 0; l < n; l++) {
                        row[l] = x[(batch * m + j) * n + l];
                        column[l] = y[(batch * n + l) * q + k];
                    }
                    out[0] = to++;
                    f.kernel().row(cells, out, in, context);
                    if (!cells.isFinite(out[0])) notFinite(i, f, out[0], row);
                }
    }

    /// What a scalar evaluation is looked at for.
    private void look(int i, Elementary f, int at, int[] x, int entry) throws Stopped {
        if (f.kink != null && watched[p.target(i)]) watch(i, f, x, entry);
        if (f.margin != null && encloses() && i < p.ownLength()) decide(i, f, x);
        if (!cells.isFinite(at)) notFinite(i, f, at, x);
    }

    // ---- kinks

    /// [kink-report] A statement that has an adjoint block and is at a kink; further entries of it are counted.
    private void watch(int i, Elementary f, int[] x, int entry) {
        Quantity[] args = new Quantity[x.length];
        for (int k = 0; k < x.length; k++) args[k] = cells.get(x[k]);
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

    // ---- domains

    /// A result that is no number although the arguments are: the first time for each statement it is told.
    private void notFinite(int i, Elementary f, int at, int[] x) throws Stopped {
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
    private void decide(int i, Elementary f, int[] x) throws Stopped {
        Quantity[] args = new Quantity[x.length];
        for (int k = 0; k < x.length; k++) args[k] = cells.get(x[k]);
        int sign = f.margin.apply(args).sign();
        if (sign == 1 || left.get(i)) return;
        left.set(i);
        tell(i, new Problem.Undecided(p.span(i), f.name, "they reach where it is not defined or has no derivative", text(args)));
    }

    /// A value, or in a block a derivative, that intervals give no bound for.
    private void unbounded(int i, Elementary f, int[] x) throws Stopped {
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
    private void maybeMask(int i, Elementary f, int at) throws Stopped {
        int block = p.block(i);
        if (block < 0 || !Double.isNaN(cells.get(at).toDouble())) return;
        for (int k = 0; k < p.arity(i); k++) for (int a : addresses(p.ref(i, k))) if (Double.isNaN(cells.get(a).toDouble())) return;
        tell(i, new Problem.ZeroTimesInfinity(p.span(p.definition(p.blockTarget(block))), p.name(p.blockTarget(block))));
    }

    private int lastTold = -1;
    /// The statements some argument of which was outside the domain.
    private final BitSet left = new BitSet();

    private void tell(int i, Problem.Warning w) throws Stopped {
        if (strict) throw new Stopped(new Problem.StrictDomain(w.at(), w));
        if (lastTold != i && warnings.add(w)) lastTold = i;
    }

    private static String text(double[] args) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < Math.min(3, args.length); k++) out.append(k > 0 ? ", " : "").append(args[k]);
        return args.length > 3 ? out + ", …" : out.toString();
    }

    private String name(int i) {
        return i < p.length() && p.operation(i) != null ? p.operation(i).name : "+";
    }
}
