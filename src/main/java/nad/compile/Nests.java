package nad.compile;

import java.util.Arrays;

/// [ScalarCode] that repeats itself, as loops: what [NestPlanner] made of it. Each entry of the plan is a nest of two loops over cells in
/// step, or a run of instructions that are in no loop.
final class Nests {
    /// The numbers of an entry: opcode, cells in a row, rows, then for z, x, y and w the first cell and the steps to the next one in the row
    /// and to the next row.
    private static final int WIDTH = 15;
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

    /// @param place of each of z, x, y and w the first cell, the step to the next in its row and to the next row
    void nest(int op, int n, int rows, int[] place, boolean byColumn) {
        boolean columns = byColumn && op == ScalarCode.PLUS_PRODUCT;
        // The factor that is the same for a row comes second.
        boolean exchanged = columns && place[4] == 0 && place[7] != 0;
        int at = length;
        if (columns && place[exchanged ? 4 : 7] != 0) columns = exchanged = false;
        entry(columns ? COLUMNS : op, n, rows);
        System.arraycopy(place, 0, plan, at + 3, place.length);
        if (exchanged) {
            System.arraycopy(place, 6, plan, at + 6, 3);
            System.arraycopy(place, 3, plan, at + 9, 3);
        }
    }

    private void entry(int op, int n, int rows) {
        if (length + WIDTH > plan.length) plan = Arrays.copyOf(plan, 2 * plan.length);
        plan[length] = op;
        plan[length + 1] = n;
        plan[length + 2] = rows;
        length += WIDTH;
    }

    void run(double[] m, NestKernels kernels) {
        int[] p = plan;
        for (int at = 0; at < length; at += WIDTH) {
            int op = p[at];
            int n = p[at + 1];
            int rows = p[at + 2];
            if (op == NUMBERS) {
                code.run(m, n, rows);
            } else if (op == COLUMNS) {
                kernels.columns(m, n, rows, p[at + 3], p[at + 4], p[at + 6], p[at + 7], p[at + 8], p[at + 9], p[at + 11]);
            } else {
                int z = p[at + 3];
                int x = p[at + 6];
                int y = p[at + 9];
                int w = p[at + 12];
                for (int r = 0; r < rows; r++) {
                    if (op == ScalarCode.FMA) kernels.fused(m, n, z, p[at + 4], x, p[at + 7], y, p[at + 10], w, p[at + 13]);
                    else row(kernels, op, m, n, z, p[at + 4], x, p[at + 7], y, p[at + 10]);
                    z += p[at + 5];
                    x += p[at + 8];
                    y += p[at + 11];
                    w += p[at + 14];
                }
            }
        }
    }

    private static void row(NestKernels kernels, int op, double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        switch (op) {
            case ScalarCode.MUL -> kernels.products(m, n, z, sz, x, sx, y, sy);
            case ScalarCode.ADD, ScalarCode.SUB -> kernels.sums(op == ScalarCode.ADD, m, n, z, sz, x, sx, y, sy);
            case ScalarCode.PLUS, ScalarCode.MINUS -> kernels.sums(op == ScalarCode.PLUS, m, n, z, sz, z, sz, x, sx);
            default -> kernels.addProducts(op == ScalarCode.PLUS_PRODUCT, m, n, z, sz, x, sx, y, sy);
        }
    }

    /// How many loops and runs of other instructions.
    int entries() {
        return length / WIDTH;
    }

    /// Whether there are loops for an operation.
    static boolean known(int op) {
        return switch (op) {
            case ScalarCode.FMA, ScalarCode.MUL, ScalarCode.ADD, ScalarCode.SUB, ScalarCode.PLUS, ScalarCode.MINUS, ScalarCode.PLUS_PRODUCT, ScalarCode.MINUS_PRODUCT -> true;
            default -> false;
        };
    }
}
