package nad.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Cells;
import nad.arithmetic.Interval;
import nad.arithmetic.Library;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.report.Span;
import nad.tensor.Shapes;

/// The meaning of programs: runs them statement by statement, in any arithmetic, in the order of operations that
/// spec/4-meaning.md fixes, and tallies every primitive as it is executed.
public final class Interpreter {
    private final Program p;
    private final Arithmetic arithmetic;
    private final Selections selections;
    private final Memory memory;
    private final Primitive[] primitives;
    private final Primitive[] byConstant;
    private final Cells cells;
    private final Lookout lookout;

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
        this.memory = new Memory(p);
        Elementary[] operations = p.operations();
        this.primitives = new Primitive[operations.length];
        this.byConstant = new Primitive[operations.length];
        for (int k = 0; k < operations.length; k++) {
            primitives[k] = operations[k].primitive(false, selections);
            byConstant[k] = operations[k].primitive(true);
        }
        this.cells = arithmetic.cells(memory.size() + 64);
        cells.scratchFrom(memory.size());
        this.lookout = new Lookout(p, memory, cells, arithmetic, selections, strict, tolerance);
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

    // ---- running

    private Run run(Map<String, Tensor> inputs, long[] nanoseconds) throws Stopped {
        for (Program.Parameter q : p.parameters()) {
            Tensor t = inputs.get(q.name());
            int at = memory.base(q.variable());
            for (int k = 0; k < t.size(); k++) {
                if (t.real() != null && arithmetic == Arithmetic.FLOAT64) cells.set(at + k, t.real()[k]);
                else Memory.set(cells, at + k, asInput(t.get(k)));
            }
        }
        for (int k = 0; k < p.pooled(); k++) constant(k);
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
            return new Run(results, tally(), forward, lookout.kinks(), lookout.near(), lookout.warnings());
        } catch (Library.Leaves e) {
            throw new Stopped(new Problem.LeavesArithmetic(i < p.length() ? p.span(i) : Span.NONE, e.function, e.arithmetic));
        } catch (ArithmeticException e) {
            throw new Stopped(new Problem.ExactDivisionByZero(p.span(i), name(i)));
        }
    }

    /// A constant that the arithmetic has no place for is told where it is first read.
    private void constant(int k) throws Stopped {
        try {
            memory.fill(k, cells);
        } catch (Library.Leaves e) {
            throw new Stopped(new Problem.LeavesArithmetic(firstReader(-1 - k), e.function, e.arithmetic));
        }
    }

    private Span firstReader(int ref) {
        for (int i = 0; i < p.length(); i++)
            for (int k = 0; k < p.arity(i); k++) if (p.ref(i, k) == ref) return p.span(i);
        return Span.NONE;
    }

    /// A float64 input is the number that it is, in every arithmetic.
    private Quantity asInput(Quantity q) {
        if (!(q instanceof Real r)) return q;
        return arithmetic.isExact() && arithmetic != Arithmetic.INTERVAL && Double.isFinite(r.value()) ? Rational.of(r.value())
                : arithmetic == Arithmetic.INTERVAL ? Interval.point(r.value()) : q;
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
                case Operand.View v -> cells.get(memory.base(v.variable()) + v.layout().offset());
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
        cells.reserve(memory.size() + 64);
        Memory.set(cells, memory.size(), q);
        return cells.get(memory.size());
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
                int[] to = memory.addresses(p.placeRef(i));
                int[] from = memory.addresses(p.ref(i, 0));
                for (int k = 0; k < to.length; k++) cells.copy(to[k], from[k]);
            }
            case ADD -> accumulate(i, Primitives.PLUS);
            case SUBTRACT -> accumulate(i, Primitives.MINUS);
            case ZEROS -> {
                int at = memory.base(p.target(i));
                int n = Shapes.size(p.shape(p.target(i)));
                for (int k = 0; k < n; k++) cells.set(at + k, Rational.ZERO);
            }
        }
    }

    private final int[] pair = new int[2];

    private void accumulate(int i, Primitive f) throws Stopped {
        int place = p.placeRef(i);
        if (place >= 0 && p.shape(place).length == 0) {
            pair[0] = memory.base(place);
            pair[1] = memory.address(p.ref(i, 0));
            cells.apply(f, pair[0], pair);
            return;
        }
        int[] to = memory.addresses(place);
        int[] from = memory.addresses(p.ref(i, 0));
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
            for (int k = 0; k < n; k++) x[k] = memory.address(p.ref(i, k));
            cells.apply(g, memory.base(z), x);
            lookout.look(i, f, memory.base(z), x, 0);
            return;
        }
        int[][] in = new int[n][];
        for (int k = 0; k < n; k++) in[k] = memory.addresses(p.ref(i, k));
        int size = Shapes.size(p.shape(z));
        for (int e = 0; e < size; e++) {
            Interrupt.heed();
            for (int k = 0; k < n; k++) x[k] = in[k][e];
            cells.apply(g, memory.base(z) + e, x);
            lookout.look(i, f, memory.base(z) + e, x, e);
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
        int[] x = memory.addresses(p.ref(i, 0));
        int[] v = p.arity(i) > 1 ? memory.addresses(p.ref(i, 1)) : null;
        int rowCount = x.length / n;
        int perResult = Shapes.size(shape) / rowCount;
        int perSecond = v == null ? 0 : v.length / rowCount;
        int[] out = new int[perResult];
        for (int r = 0; r < rowCount; r++) {
            Interrupt.heed();
            int[] row = Arrays.copyOfRange(x, r * n, r * n + n);
            for (int k = 0; k < perResult; k++) out[k] = memory.base(z) + r * perResult + k;
            int[][] in = v == null ? new int[][] {row} : new int[][] {row, Arrays.copyOfRange(v, r * perSecond, (r + 1) * perSecond)};
            f.kernel().row(cells, out, in, context);
            lookout.watch(i, f, row, r);
            for (int k = 0; k < perResult; k++) if (!cells.isFinite(out[k])) lookout.notFinite(i, f, out[k], row);
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
        int[] x = memory.addresses(p.ref(i, 0));
        int[] y = memory.addresses(p.ref(i, 1));
        int batches = x.length / (m * n);
        int[] row = new int[n];
        int[] column = new int[n];
        int[] out = new int[1];
        int[][] in = {row, column};
        int to = memory.base(p.target(i));
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
                    if (!cells.isFinite(out[0])) lookout.notFinite(i, f, out[0], row);
                }
    }

    private String name(int i) {
        return i < p.length() && p.operation(i) != null ? p.operation(i).name : "+";
    }
}
