package nad.compile;

import java.util.Arrays;
import java.util.BitSet;

/// [ScalarCode] that repeats itself, as loops: what [NestPlanner] made of it. Each entry of the plan is a nest of two loops over cells in
/// step, or a run of instructions that are in no loop.
final class Nests {
    /// The numbers of an entry: opcode, cells in a row, rows, then for what is written and each operand the array, the first cell, and the
    /// steps to the next one in the row and to the next row.
    private static final int WIDTH = 19;
    private static final int PLACE = 4;
    /// Instead of an opcode: the instructions from the second number up to the third.
    private static final int NUMBERS = -1;
    /// z := z + x · y column by column, in eight or more sums at a time.
    private static final int COLUMNS = -2;

    private final ScalarCode code;
    private int[] plan = new int[16 * WIDTH];
    private int length;

    /// @param code where the instructions that are in no loop are
    Nests(ScalarCode code) {
        this.code = code;
    }

    void numbers(int from, int end) {
        if (from < end) entry(NUMBERS, from, end);
    }

    /// @param place of what is written and of each operand the first cell, the step to the next in its row and to the next row
    void nest(int op, int n, int rows, int[] place, boolean byColumn) {
        int at = length;
        // The factor that is the same for a row comes second.
        boolean exchanged = place[4] == 0 && place[7] != 0;
        boolean columns = byColumn && op == ScalarCode.PLUS_PRODUCT && (exchanged || place[7] == 0);
        entry(columns ? COLUMNS : op, n, rows);
        for (int k = 0; k < 4; k++) System.arraycopy(place, 3 * (columns && exchanged && (k == 1 || k == 2) ? 3 - k : k), plan, at + 4 + PLACE * k, 3);
    }

    private void entry(int op, int n, int rows) {
        if (length + WIDTH > plan.length) plan = Arrays.copyOf(plan, 2 * plan.length);
        plan[length] = op;
        plan[length + 1] = n;
        plan[length + 2] = rows;
        length += WIDTH;
    }

    // ---- which arrays the loops work on

    /// Lets loops work on an array of the caller's instead of the cells that it would be copied to or from.
    ///
    /// @param array its number
    void redirect(int array, int first, int size) {
        for (int at = 0; at < length; at += WIDTH)
            for (int k = 0; k < operands(at); k++) {
                int place = at + 3 + PLACE * k;
                if (plan[place] > 0 || least(at, k) < first || most(at, k) >= first + size) continue;
                plan[place] = array;
                plan[place + 1] -= first;
            }
    }

    /// The cells that are in the memory: those of the other instructions, and of loops over more than one array's.
    BitSet inMemory() {
        BitSet out = numbered();
        for (int at = 0; at < length; at += WIDTH)
            for (int k = 0; k < operands(at); k++) if (plan[at + 3 + PLACE * k] == 0) out.set(least(at, k), most(at, k) + 1);
        return out;
    }

    /// Whether every loop that names one of these cells names no other in that operand.
    boolean isWithin(int first, int size) {
        for (int at = 0; at < length; at += WIDTH)
            for (int k = 0; k < operands(at); k++) {
                if (plan[at + 3 + PLACE * k] > 0 || most(at, k) < first || least(at, k) >= first + size) continue;
                if (least(at, k) < first || most(at, k) >= first + size) return false;
            }
        return true;
    }

    /// The cells that instructions name that are in no loop.
    BitSet numbered() {
        BitSet out = new BitSet();
        for (int at = 0; at < length; at += WIDTH) if (plan[at] == NUMBERS) code.mark(plan[at + 1], plan[at + 2], out);
        return out;
    }

    private int operands(int at) {
        return plan[at] == NUMBERS ? 0 : 1 + arity(plan[at] == COLUMNS ? ScalarCode.PLUS_PRODUCT : plan[at]);
    }

    private int least(int at, int k) {
        int p = at + 4 + PLACE * k;
        return plan[p] + Math.min(0, (plan[at + 1] - 1) * plan[p + 1]) + Math.min(0, (plan[at + 2] - 1) * plan[p + 2]);
    }

    private int most(int at, int k) {
        int p = at + 4 + PLACE * k;
        return plan[p] + Math.max(0, (plan[at + 1] - 1) * plan[p + 1]) + Math.max(0, (plan[at + 2] - 1) * plan[p + 2]);
    }

    // ---- running

    void run(Object[] arrays, NestKernels kernels) {
        int[] p = plan;
        for (int at = 0; at < length; at += WIDTH) {
            int op = p[at];
            int n = p[at + 1];
            int rows = p[at + 2];
            if (op == NUMBERS) {
                code.run((double[]) arrays[Buffer.MEMORY], n, rows);
                continue;
            }
            double[] zs = (double[]) arrays[p[at + 3]];
            double[] xs = (double[]) arrays[p[at + 7]];
            double[] ys = (double[]) arrays[p[at + 11]];
            double[] ws = (double[]) arrays[p[at + 15]];
            int z = p[at + 4];
            int x = p[at + 8];
            int y = p[at + 12];
            int w = p[at + 16];
            if (op == COLUMNS) {
                kernels.columns(n, rows, zs, z, p[at + 5], xs, x, p[at + 9], p[at + 10], ys, y, p[at + 14]);
                continue;
            }
            for (int r = 0; r < rows; r++) {
                row(kernels, op, n, zs, z, p[at + 5], xs, x, p[at + 9], ys, y, p[at + 13], ws, w, p[at + 17]);
                z += p[at + 6];
                x += p[at + 10];
                y += p[at + 14];
                w += p[at + 18];
            }
        }
    }

    private static void row(NestKernels f, int op, int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy,
            double[] ws, int w, int sw) {
        switch (op) {
            case ScalarCode.COPY -> f.copies(n, zs, z, sz, xs, x, sx);
            case ScalarCode.MUL -> f.products(n, zs, z, sz, xs, x, sx, ys, y, sy);
            case ScalarCode.ADD, ScalarCode.SUB -> f.sums(op == ScalarCode.ADD, n, zs, z, sz, xs, x, sx, ys, y, sy);
            case ScalarCode.PLUS, ScalarCode.MINUS -> f.sums(op == ScalarCode.PLUS, n, zs, z, sz, zs, z, sz, xs, x, sx);
            case ScalarCode.FMA -> f.fused(n, zs, z, sz, xs, x, sx, ys, y, sy, ws, w, sw);
            case ScalarCode.PLUS_PRODUCT, ScalarCode.MINUS_PRODUCT ->
                f.addProducts(op == ScalarCode.PLUS_PRODUCT, n, zs, z, sz, zs, z, sz, xs, x, sx, ys, y, sy);
            default -> f.addProducts(op == ScalarCode.ADD_PRODUCT, n, zs, z, sz, xs, x, sx, ys, y, sy, ws, w, sw);
        }
    }

    /// How many loops and runs of other instructions.
    int entries() {
        return length / WIDTH;
    }

    /// How many operands an operation has that there are loops for; 0 for the others.
    static int arity(int op) {
        return switch (op) {
            case ScalarCode.COPY, ScalarCode.PLUS, ScalarCode.MINUS -> 1;
            case ScalarCode.MUL, ScalarCode.ADD, ScalarCode.SUB, ScalarCode.PLUS_PRODUCT, ScalarCode.MINUS_PRODUCT -> 2;
            case ScalarCode.FMA, ScalarCode.ADD_PRODUCT, ScalarCode.SUB_PRODUCT -> 3;
            default -> 0;
        };
    }
}
