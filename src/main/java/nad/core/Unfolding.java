package nad.core;

import java.util.Arrays;
import nad.arithmetic.Primitive;
import nad.arithmetic.Registers;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Standard;
import nad.report.Span;
import nad.tensor.Shapes;

/// Registers that hold references to operands instead of numbers: what a fold applies to them becomes statements.
final class Unfolding implements Registers {
    private final ProgramBuilder q;
    private int[] refs = new int[64];
    private Span span;
    private int scratch;

    Unfolding(ProgramBuilder q) {
        this.q = q;
    }

    /// Runs a fold on one row of each operand, given by references, and returns the reference of its one result.
    int run(Elementary.Fold fold, Elementary.Context context, Span span, int[]... rows) {
        this.span = span;
        int next = 0;
        int[][] in = new int[rows.length][];
        for (int k = 0; k < rows.length; k++) {
            in[k] = new int[rows[k].length];
            reserve(next + rows[k].length + 1);
            for (int e = 0; e < in[k].length; e++) {
                in[k][e] = next;
                refs[next++] = rows[k][e];
            }
        }
        scratch = next + 1;
        fold.row(this, new int[] {next}, in, context);
        return refs[next];
    }

    @Override
    public void reserve(int size) {
        if (size > refs.length) refs = Arrays.copyOf(refs, Math.max(size, 2 * refs.length));
    }

    @Override
    public void apply(Primitive f, int to, int... x) {
        if (f == Primitives.PLUS) refs[to] = statement(Standard.ADD, refs[x[0]], refs[x[1]]);
        else if (f == Primitives.TIMES || f == Primitives.SCALE) refs[to] = statement(Standard.MULTIPLY, refs[x[0]], refs[x[1]]);
        else throw new UnsupportedOperationException(f.name);
    }

    @Override
    public void multiplyAdd(Primitive product, Primitive sum, int to, int a, int b) {
        refs[to] = statement(Standard.FUSED, refs[a], refs[b], refs[to]);
    }

    private int statement(Elementary f, int... x) {
        int v = q.variable(null, Shapes.SCALAR);
        q.apply(f, 0, v, span, x);
        return v;
    }

    @Override
    public void copy(int to, int from) {
        refs[to] = refs[from];
    }

    @Override
    public int scratch() {
        return scratch;
    }
}
