package nad.check;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import nad.arithmetic.Library;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Folding;
import nad.core.Operand;
import nad.core.ProgramBuilder;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Operations on [Value]s: shapes are checked, constants folded in exact rationals, everything else becomes an instruction.
final class Emitter {
    /// No tensor may have more entries.
    static final long MOST_ENTRIES = 1L << 28;
    /// Operations on constants, all together.
    static final long MOST_FOLDED = 10_000_000;
    /// No exact constant may be longer: arithmetic on longer ones takes minutes.
    private static final int MOST_BITS = 1 << 13;

    final ProgramBuilder program;
    private final Dictionary over;
    /// Where `over` lists what it allows.
    private final Span allowed;
    private final long limit;
    private long entries;
    private double folded;
    private boolean pastLimit;

    Emitter(ProgramBuilder program, Dictionary over, Span allowed, long limit) {
        this.program = program;
        this.over = over;
        this.allowed = allowed;
        this.limit = limit;
    }

    Value constant(Quantity q) {
        return Value.of(Operand.Constant.scalar(q));
    }

    /// A pointwise entry, its operands broadcast against each other.
    Value pointwise(Elementary f, Span at, Value... x) {
        List<Value.Axis> axes = List.of();
        int[] own = Shapes.SCALAR;
        boolean constant = true;
        for (Value v : x) {
            axes = Value.union(axes, v.axes());
            int[] fits = Shapes.broadcast(own, v.own());
            if (fits == null) throw new Mistake(new Problem.NoBroadcast(at, f.name, Shapes.text(x[0].own()), Shapes.text(v.own())));
            own = fits;
            constant &= v.isConstant();
        }
        requireView(Shapes.concat(Value.sizes(axes), own), at);
        if (constant) return fold(f, at, axes, own, x);
        if (f == Standard.DIVIDE && x[1].operand() instanceof Operand.Constant c && c.uniform() != null && c.uniform().sign() == 0)
            throw new Mistake(new Problem.DivisionByZero(at));
        requireAllowed(f, at);
        int[] refs = new int[x.length];
        for (int k = 0; k < refs.length; k++) refs[k] = program.ref(x[k].spread(axes, own));
        return new Value(axes, emit(f, 0, axes.isEmpty() ? own : Shapes.concat(Value.sizes(axes), own), at, refs));
    }

    /// An entry on rows: the last `rank` own axes of x.
    Value rows(Elementary f, int rank, Span at, Value x) {
        requireAllowed(f, at);
        int[] shape = x.operand().shape();
        requireView(shape, at);
        int[] out = f.kind == Elementary.Kind.NORMALISATION ? shape : Shapes.take(shape, 0, shape.length - rank);
        if (x.isConstant()) return new Value(x.axes(), foldRows(f, rank, out, (Operand.Constant) x.operand(), at));
        return new Value(x.axes(), emit(f, rank, out, at, program.ref(x.operand())));
    }

    /// A primed entry on rows: `max'(v; t)` and `max'T(x; v)`.
    Value primedRows(Elementary f, int rank, Span at, Value x, Value v) {
        List<Value.Axis> axes = Value.union(x.axes(), v.axes());
        int[] row = x.own();
        if (row.length < rank) throw new Mistake(new Problem.WrongShape(at, "the point of `" + f.name + "`", "a tensor", Shapes.text(row)));
        int[] batch = Shapes.take(row, 0, row.length - rank);
        int[] second = f.kind == Elementary.Kind.SCATTER ? batch : row;
        if (Shapes.broadcast(second, v.own()) == null || v.ownRank() > second.length)
            throw new Mistake(new Problem.WrongShape(at, "the last argument of `" + f.name + "`", Shapes.text(second), Shapes.text(v.own())));
        int[] out = Shapes.concat(Value.sizes(axes), f.kind == Elementary.Kind.SCATTER ? row : batch);
        return new Value(axes, emit(f, rank, out, at, program.ref(x.spread(axes, row)), program.ref(v.spread(axes, second))));
    }

    /// A scan of all of x along directions: one of x's shape, or several along a further, last axis.
    Value scan(Elementary f, Span at, Value x, Value directions) {
        List<Value.Axis> axes = Value.union(x.axes(), directions.axes());
        int[] row = x.own();
        if (directions.ownRank() == row.length) directions = new Value(directions.axes(), directions.operand().repeat(directions.operand().rank(), 1));
        int[] d = directions.own();
        if (d.length != row.length + 1 || !java.util.Arrays.equals(Shapes.take(d, 0, row.length), row))
            throw new Mistake(new Problem.WrongShape(at, "the last argument of `" + f.name + "`", Shapes.text(row), Shapes.text(d)));
        return new Value(axes, emit(f, row.length, Shapes.concat(Value.sizes(axes), row), at,
                program.ref(x.spread(axes, row)), program.ref(directions.spread(axes, d))));
    }

    Value matmul(Span at, Value a, Value b) {
        int r = a.ownRank();
        int s = b.ownRank();
        int[] p = a.own();
        int[] q = b.own();
        if (r < 1 || r > 2 || s < 1 || s > 2 || p[r - 1] != q[0])
            throw new Mistake(new Problem.NoProduct(at, Shapes.text(p), Shapes.text(q)));
        List<Value.Axis> axes = Value.union(a.axes(), b.axes());
        int[] own = Shapes.concat(Shapes.take(p, 0, r - 1), Shapes.take(q, 1, s));
        if (a.isConstant() && b.isConstant()) return foldMatmul(at, a, b);
        requireAllowed(Standard.MATMUL, at);
        requireView(Shapes.concat(Value.sizes(axes), p), at);
        requireView(Shapes.concat(Value.sizes(axes), q), at);
        return new Value(axes, emit(Standard.MATMUL, 10 * r + s, Shapes.concat(Value.sizes(axes), own), at,
                program.ref(a.spread(axes, p)), program.ref(b.spread(axes, q))));
    }

    private Operand emit(Elementary f, int rank, int[] shape, Span at, int... refs) {
        requireRoom(shape, at);
        if (program.length() >= limit) throw tooMany(at);
        int v = program.variable(null, shape);
        program.apply(f, rank, v, at, refs);
        return new Operand.View(v, Layout.whole(shape));
    }

    /// Past the limit everything else is too much as well: it is told once.
    Mistake tooMany(Span at) {
        boolean first = !pastLimit;
        pastLimit = true;
        return new Mistake(first ? new Problem.TooManyStatements(at, limit) : null);
    }

    /// Refuses a program whose values would not fit.
    void requireRoom(int[] shape, Span at) {
        requireView(shape, at);
        long n = Shapes.size(shape);
        if (entries + n > 4 * MOST_ENTRIES)
            throw new Mistake(new Problem.TooManyEntries(at, "the program", Long.toString(entries + n), 4 * MOST_ENTRIES));
        entries += n;
    }

    /// Constants are computed here and held entry by entry, at some fifty bytes each.
    void requireFolding(double operations, Span at) {
        folded += operations;
        if (folded > MOST_FOLDED)
            throw new Mistake(new Problem.TooManyEntries(at, "the constants", String.format(Locale.ROOT, "%.0f", folded), MOST_FOLDED));
    }

    /// A view holds nothing, but whoever reads it reads so many entries.
    void requireView(int[] shape, Span at) {
        if (entries(shape) > MOST_ENTRIES)
            throw new Mistake(new Problem.TooManyEntries(at, Shapes.text(shape), String.format(Locale.ROOT, "%.0f", entries(shape)), MOST_ENTRIES));
    }

    static double entries(int[] shape) {
        double n = 1;
        for (int d : shape) n *= d;
        return n;
    }

    void requireAllowed(Elementary f, Span at) {
        if (over != null && !f.inPrime && !over.allows(f.name)) throw new Mistake(new Problem.NotAllowed(at, f.name, over.name(), allowed));
    }

    // ---- constants

    private Value fold(Elementary f, Span at, List<Value.Axis> axes, int[] own, Value... x) {
        int[] shape = Shapes.concat(Value.sizes(axes), own);
        Operand.Constant[] c = new Operand.Constant[x.length];
        Quantity[] args = new Quantity[x.length];
        boolean uniform = true;
        for (int k = 0; k < x.length; k++) {
            c[k] = (Operand.Constant) x[k].spread(axes, own);
            args[k] = c[k].uniform();
            uniform &= args[k] != null;
        }
        if (uniform) return new Value(axes, Operand.Constant.filled(fold(f, at, args), shape));
        requireFolding(entries(shape), at);
        Quantity[] data = new Quantity[Shapes.size(shape)];
        for (int n = 0; n < data.length; n++) {
            for (int k = 0; k < x.length; k++) args[k] = c[k].get(n);
            data[n] = fold(f, at, args);
        }
        return new Value(axes, new Operand.Constant(data, Layout.whole(shape)));
    }

    static Quantity fold(Elementary f, Span at, Quantity... x) {
        if (f == Standard.DIVIDE && x[1].sign() == 0) throw new Mistake(new Problem.DivisionByZero(at));
        Quantity q = Folding.fold(f, x);
        if (q instanceof Real r && !Double.isFinite(r.value())) {
            double[] args = Arrays.stream(x).mapToDouble(Quantity::toDouble).toArray();
            String what = f.domain == null ? null : f.domain.apply(args);
            throw new Mistake(new Problem.NotFinite(at, f.name, what == null ? "overflow" : what,
                    Arrays.stream(x).map(a -> a instanceof Rational n ? n.literal() : Double.toString(a.toDouble())).collect(Collectors.joining(", "))));
        }
        if (q instanceof Rational r && bits(r) > MOST_BITS) throw new Mistake(new Problem.NumberTooLarge(at, "a constant of " + bits(r) + " bits"));
        return q;
    }

    private static int bits(Rational r) {
        return r.numerator().bitLength() + r.denominator().bitLength();
    }

    /// A reduction of fractions would have at most the product of their denominators for its own.
    private static void requireShort(Operand.Constant x, Span at) {
        Set<BigInteger> denominators = new HashSet<>();
        long bits = 0;
        for (Quantity q : x.data()) if (q instanceof Rational r && denominators.add(r.denominator())) bits += r.denominator().bitLength();
        if (bits > MOST_BITS) throw new Mistake(new Problem.NumberTooLarge(at, "an exact sum with a denominator of up to " + bits + " bits"));
    }

    private Operand.Constant foldRows(Elementary f, int rank, int[] out, Operand.Constant x, Span at) {
        int rows = f.kind == Elementary.Kind.NORMALISATION ? Shapes.size(Shapes.take(out, 0, out.length - rank)) : Shapes.size(out);
        int n = x.size() / Math.max(1, rows);
        requireFolding(entries(x.shape()), at);
        requireShort(x, at);
        var cells = folding(x);
        Quantity[] data = new Quantity[Shapes.size(out)];
        int perRow = data.length / rows;
        int[] in = new int[n];
        int[] to = new int[perRow];
        for (int k = 0; k < n; k++) in[k] = k;
        for (int k = 0; k < perRow; k++) to[k] = n + k;
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < n; k++) cells.set(k, x.get(r * n + k));
            cells.reserve(n + perRow);
            cells.scratchFrom(n + perRow);
            try {
                f.kernel().row(cells, to, new int[][] {in}, new Elementary.Context(rank, true, nad.dictionary.Selections.DEFAULT));
            } catch (Library.Leaves e) {
                return foldRows(f, rank, out, inexact(x), at);
            }
            for (int k = 0; k < perRow; k++) data[r * perRow + k] = cells.get(n + k);
        }
        return new Operand.Constant(data, Layout.whole(out));
    }

    private static nad.arithmetic.Cells folding(Operand.Constant x) {
        boolean exact = true;
        for (Quantity q : x.data()) exact &= q instanceof Rational;
        return (exact ? nad.arithmetic.Arithmetic.RATIONAL : nad.arithmetic.Arithmetic.FLOAT64).cells(x.size() + 16);
    }

    private static Operand.Constant inexact(Operand.Constant x) {
        Quantity[] data = new Quantity[x.data().length];
        for (int k = 0; k < data.length; k++) data[k] = new Real(x.data()[k].toDouble());
        return new Operand.Constant(data, x.layout());
    }

    private Value foldMatmul(Span at, Value a, Value b) {
        if (!a.axes().isEmpty()) throw new NeedsUnrolling(a.axes().getFirst());
        if (!b.axes().isEmpty()) throw new NeedsUnrolling(b.axes().getFirst());
        // A product of constants is the sum of products that its definition says.
        int r = a.ownRank();
        int s = b.ownRank();
        Value rows = r == 2 ? a : Value.of(a.operand().repeat(0, 1));
        Value columns = s == 2 ? b : Value.of(b.operand().repeat(1, 1));
        int m = rows.own()[0];
        int n = columns.own()[1];
        requireFolding((double) m * n * rows.own()[1], at);
        Quantity[] data = new Quantity[Math.multiplyExact(m, n)];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) {
                Operand.Constant x = (Operand.Constant) rows.operand().at(0, i);
                Operand.Constant y = (Operand.Constant) columns.operand().at(1, j);
                Quantity sum = null;
                for (int k = 0; k < x.size(); k++) {
                    Quantity p = fold(Standard.MULTIPLY, at, x.get(k), y.get(k));
                    sum = sum == null ? p : fold(Standard.ADD, at, sum, p);
                }
                data[i * n + j] = sum;
            }
        int[] own = Shapes.concat(Shapes.take(a.own(), 0, r - 1), Shapes.take(b.own(), 1, s));
        return Value.of(new Operand.Constant(data, Layout.whole(own)));
    }
}
