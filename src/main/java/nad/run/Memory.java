package nad.run;

import java.util.Arrays;
import nad.arithmetic.Cells;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Operand;
import nad.core.Program;
import nad.tensor.Shapes;

/// Which cells the values of a program live in: variables, then the constants of its pool.
final class Memory {
    private final Program p;
    private final int[] base;
    private final int[] constantBase;
    private final int size;

    Memory(Program p) {
        this.p = p;
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
        this.size = next;
    }

    /// How many cells there are; those from here on are free.
    int size() {
        return size;
    }

    /// The first cell of a variable.
    int base(int variable) {
        return base[variable];
    }

    // ---- constants

    private static int constants(Operand o) {
        return switch (o) {
            case Operand.View v -> 0;
            case Operand.Constant c -> c.uniform() != null ? 1 : c.size();
            case Operand.Stack s -> s.parts().stream().mapToInt(Memory::constants).sum();
        };
    }

    /// Sets the cells of constant k of the pool.
    void fill(int k, Cells cells) {
        fill(p.pooled(k), constantBase[k], cells);
    }

    private static int fill(Operand o, int at, Cells cells) {
        switch (o) {
            case Operand.View v -> {}
            case Operand.Constant c -> {
                int n = constants(c);
                for (int k = 0; k < n; k++) set(cells, at + k, c.get(k));
                at += n;
            }
            case Operand.Stack s -> {
                for (Operand part : s.parts()) at = fill(part, at, cells);
            }
        }
        return at;
    }

    static void set(Cells cells, int at, Quantity q) {
        if (q instanceof Rational r) cells.set(at, r);
        else if (q instanceof Real x) cells.set(at, x.value());
        else cells.set(at, q);
    }

    // ---- operands

    /// The cells of an operand's entries in row-major order.
    int[] addresses(int ref) {
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
    int address(int ref) {
        if (ref >= 0) return base[ref];
        return switch (p.pooled(-1 - ref)) {
            case Operand.View v -> base[v.variable()] + v.layout().offset();
            case Operand.Constant c -> constantBase[-1 - ref];
            case Operand.Stack s -> addresses(ref)[0];
        };
    }
}
