package nad.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Quantity;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [flat-order] The scalar program of a tensor program: every statement defines one number. Parameters keep their shapes, and their
/// entries are read by views; entry (i, j) of a value t becomes the statement `t_i_j`.
///
/// A sum becomes binary sums and a contraction products and `fma`, by running the entry's own kernel on cells that write
/// statements instead of computing ([Unfolding]): so the order of operations is the interpreter's, and the flat program
/// computes the same bits and has the same tally by name. What is priced as a function of a whole row (the maximum of a
/// row, a norm, logsumexp, softmax, their primes) stays one statement for each row, over a list of scalars; where its result
/// is a row, the entries are read by views.
///
/// Adjoints are the transformer's business: a flat backprop(P) is backprop of the flat P, whose gradient is the same
/// (exactly so in rationals) and whose cost obeys the same bound. It may be lower than that of the tensor program, which
/// multiplies with the constant entries of a list too. For the same reason an entry made of constants alone is a statement
/// here and counts, although its text, read again, is a constant.
public final class Flat {
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final Program p;
    private final ProgramBuilder q;
    private final long limit;
    /// For each variable of p the references of its entries, row-major.
    private final int[][] entries;
    /// For each variable of p that is a tensor in q too: that tensor; else −1.
    private final int[] whole;
    private final Unfolding unfolding;

    private Flat(Program p, long limit) {
        this.p = p;
        this.q = new ProgramBuilder(p.name(), p.sizes(), p.over());
        this.limit = limit;
        this.entries = new int[p.variables()][];
        this.whole = new int[p.variables()];
        this.unfolding = new Unfolding(q);
        Arrays.fill(whole, -1);
    }

    /// The scalar program, or null where it has more statements than the limit and a problem was added.
    ///
    /// @param p a program without adjoint blocks
    public static Program of(Program p, long limit, List<Problem> problems) {
        if (p.blocks() > 0) throw new IllegalArgumentException(p.name() + " has adjoint blocks");
        Flat f = new Flat(p, limit);
        f.parameters();
        for (int i = 0; i < p.length(); i++) {
            if (f.q.length() + f.statements(i) > limit) {
                problems.add(new Problem.TooManyStatements(p.span(i), limit));
                return null;
            }
            f.statement(i);
        }
        return f.q.build(p.results().stream().map(f::result).toList());
    }

    private void parameters() {
        for (Elementary e : Standard.entries()) q.reserve(e.name);
        for (int v = 0; v < p.variables(); v++) if (p.isNamed(v)) q.reserve(p.name(v));
        for (Program.Parameter x : p.parameters()) {
            whole[x.variable()] = q.parameter(x.name(), x.shape(), x.data());
            entries[x.variable()] = unknown(x.shape());
        }
    }

    private static int[] unknown(int[] shape) {
        int[] refs = new int[Shapes.size(shape)];
        Arrays.fill(refs, UNKNOWN);
        return refs;
    }

    /// How many statements instruction i becomes, at most.
    private long statements(int i) {
        long results = Shapes.size(p.shape(p.target(i)));
        return unfolds(p.operation(i)) ? results * StaticCost.rowLength(p, i) : results;
    }

    /// A scan of row r: the row, a scalar where the rank is 0, and its directions.
    private void scan(int i, Elementary f, int[][] x) {
        int z = p.target(i);
        int n = (int) StaticCost.rowLength(p, i);
        int d = x[1].length / x[0].length;
        int rank = Math.min(1, p.rank(i));
        int[] row = rank == 0 ? Shapes.SCALAR : new int[] {n};
        int rows = x[0].length / n;
        for (int r = 0; r < rows; r++) {
            Operand at = list(x[0], row, 0, new int[] {r * n});
            Operand directions = list(x[1], Shapes.concat(row, d), 0, new int[] {r * n * d});
            int t = q.variable(rank == 0 ? name(z, r, rows) : rowName(z, r, rows), row);
            q.apply(f, rank, t, p.span(i), q.ref(at), q.ref(directions));
            for (int e = 0; e < n; e++) entries[z][r * n + e] = q.ref(new Operand.View(t, Layout.entry(e)));
        }
    }

    private static boolean unfolds(Elementary f) {
        return f.fold != null;
    }

    // ---- entries of operands

    /// The references of an operand's entries in row-major order.
    private int[] entries(Operand o) {
        switch (o) {
            case Operand.View v -> {
                int[] at = v.layout().positions();
                for (int k = 0; k < at.length; k++) at[k] = entry(v.variable(), at[k]);
                return at;
            }
            case Operand.Constant c -> {
                int[] out = new int[c.size()];
                Quantity uniform = c.uniform();
                if (uniform != null) Arrays.fill(out, literal(uniform));
                else for (int k = 0; k < out.length; k++) out[k] = literal(c.get(k));
                return out;
            }
            case Operand.Stack s -> {
                int n = s.parts().size();
                int inner = 1;
                for (int k = s.axis() + 1; k < s.rank(); k++) inner *= s.shape()[k];
                int[] out = new int[s.size()];
                for (int j = 0; j < n; j++) {
                    int[] part = entries(s.parts().get(j));
                    for (int a = 0; a * inner < part.length; a++) System.arraycopy(part, a * inner, out, (a * n + j) * inner, inner);
                }
                return out;
            }
        }
    }

    private int literal(Quantity c) {
        return q.ref(Operand.Constant.scalar(c));
    }

    private int entry(int variable, int position) {
        int[] known = entries[variable];
        if (known[position] == UNKNOWN) known[position] = q.ref(new Operand.View(whole[variable], Layout.entry(position)));
        return known[position];
    }

    /// Row r, of n entries, of an operand: a view where one tensor of q holds it, else a list of scalars.
    private Operand row(Operand o, int[] refs, int r, int n) {
        if (o instanceof Operand.View v && whole[v.variable()] >= 0) {
            Layout rows = v.layout().reshape(refs.length / n, n);
            if (rows != null) return new Operand.View(whole[v.variable()], rows.at(0, r));
        }
        return list(refs, new int[] {n}, 0, new int[] {r * n});
    }

    private Operand list(int[] refs, int[] shape, int depth, int[] next) {
        if (depth == shape.length) return q.operand(refs[next[0]++]);
        List<Operand> parts = new ArrayList<>(shape[depth]);
        for (int k = 0; k < shape[depth]; k++) parts.add(list(refs, shape, depth + 1, next));
        return Operand.Stack.joined(0, parts);
    }

    private Operand result(Operand r) {
        return switch (r) {
            case Operand.Constant c -> c;
            case Operand.View v when whole[v.variable()] >= 0 -> new Operand.View(whole[v.variable()], v.layout());
            default -> list(entries(r), r.shape(), 0, new int[1]);
        };
    }

    // ---- statements

    private void statement(int i) {
        Elementary f = p.operation(i);
        entries[p.target(i)] = unknown(p.shape(p.target(i)));
        int[][] x = new int[p.arity(i)][];
        for (int k = 0; k < x.length; k++) x[k] = entries(p.operand(i, k));
        switch (f.kind) {
            case POINTWISE -> pointwise(i, f, x);
            case CONTRACTION -> contraction(i, f, x);
            case SCAN -> scan(i, f, x);
            default -> rows(i, f, x);
        }
    }

    private void pointwise(int i, Elementary f, int[][] x) {
        int[] z = entries[p.target(i)];
        for (int e = 0; e < z.length; e++) {
            int[] refs = new int[x.length];
            for (int k = 0; k < refs.length; k++) refs[k] = x[k][e];
            z[e] = q.variable(name(p.target(i), e, z.length), Shapes.SCALAR);
            q.apply(f, 0, z[e], p.span(i), refs);
        }
    }

    private void rows(int i, Elementary f, int[][] x) {
        int z = p.target(i);
        int n = (int) StaticCost.rowLength(p, i);
        int rows = x[0].length / n;
        int perResult = entries[z].length / rows;
        for (int r = 0; r < rows; r++) {
            if (unfolds(f)) {
                unfold(i, f, r, Arrays.copyOfRange(x[0], r * n, (r + 1) * n));
                continue;
            }
            int[] refs = new int[x.length];
            for (int k = 0; k < refs.length; k++) {
                int each = x[k].length / rows;
                refs[k] = each == n ? q.ref(row(p.operand(i, k), x[k], r, n)) : x[k][r];
            }
            boolean reduced = f.kind == Elementary.Kind.REDUCTION;
            int t = reduced ? q.variable(name(z, r, rows), Shapes.SCALAR) : q.variable(rowName(z, r, rows), new int[] {n});
            q.apply(f, 1, t, p.span(i), refs);
            for (int e = 0; e < perResult; e++) entries[z][r * perResult + e] = q.ref(new Operand.View(t, Layout.entry(e)));
            if (rows == 1 && !reduced) whole[z] = t;
        }
    }

    private void contraction(int i, Elementary f, int[][] x) {
        int[] a = p.operand(i, 0).shape();
        int[] b = p.operand(i, 1).shape();
        int n = a[a.length - 1];
        int m = p.rank(i) / 10 == 2 ? a[a.length - 2] : 1;
        int w = p.rank(i) % 10 == 2 ? b[b.length - 1] : 1;
        int e = 0;
        for (int batch = 0; batch < x[0].length / (m * n); batch++)
            for (int j = 0; j < m; j++)
                for (int k = 0; k < w; k++) {
                    int[] row = Arrays.copyOfRange(x[0], (batch * m + j) * n, (batch * m + j + 1) * n);
                    int[] column = new int[n];
                    for (int l = 0; l < n; l++) column[l] = x[1][(batch * n + l) * w + k];
                    unfold(i, f, e++, row, column);
                }
    }

    /// Entry e of the result of instruction i, as the statements that its kernel runs. Partial results are named p1, p2, …
    private void unfold(int i, Elementary f, int e, int[]... rows) {
        int z = p.target(i);
        int from = q.variables();
        Elementary.Context context = new Elementary.Context(p.rank(i), StaticCost.constantFactor(p, i), null);
        entries[z][e] = unfolding.run(f.fold, context, p.span(i), rows);
        for (int v = from; v < q.variables(); v++)
            q.rename(v, v == entries[z][e] ? name(z, e, entries[z].length) : q.freshNumbered("p"));
    }

    // ---- names

    /// `t` for a scalar t; `t_i_j` for entry (i, j) of a tensor.
    private String name(int variable, int position, int size) {
        return rowName(variable, position, size, p.shape(variable));
    }

    /// The name of row r of several: what its batch axes say.
    private String rowName(int variable, int r, int rows) {
        int[] shape = p.shape(variable);
        int kept = 0;
        int n = 1;
        while (n < rows) n *= shape[kept++];
        return rowName(variable, r, rows, Shapes.take(shape, 0, kept));
    }

    private String rowName(int variable, int r, int rows, int[] shape) {
        String base = p.name(variable);
        if (base == null) base = q.freshTemporary();
        else if (rows == 1) return base;
        StringBuilder s = new StringBuilder();
        for (int k = shape.length - 1; k >= 0; k--) {
            s.insert(0, "_" + (r % shape[k] + 1));
            r /= shape[k];
        }
        return q.fresh(base + s);
    }
}
