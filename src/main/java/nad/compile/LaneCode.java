package nad.compile;

import java.util.Arrays;
import java.util.BitSet;
import nad.arithmetic.Primitive;

/// A scalar program for many samples: the instructions of its [ScalarCode], each with what it reads and writes as lanes (a
/// value for every sample) or as one value for all (what no input with a batch axis reaches).
final class LaneCode {
    private static final int LANES = LaneKernels.LANES;
    // What an instruction does, apart from the opcodes of the scalar code.
    private static final int ALL_THE_SAME = -1;
    private static final int SCALE = -2;
    private static final int ADD_SCALED = -3;
    private static final int SUM_OF_PRODUCTS = -4;

    private final ScalarCode code;
    private final int length;
    private final int[] slot;
    private final boolean[] varies;
    /// Cells whose sum is all that is kept.
    private final BitSet onlySums = new BitSet();
    private int slots = 4;
    private int[] out = new int[256];
    private int n;

    /// @param batched cells that differ from sample to sample at the beginning
    /// @param live    cells of the results
    /// @param summed  whether only the sums over the samples are wanted
    LaneCode(ScalarCode code, int end, int cells, BitSet batched, BitSet live, boolean summed) {
        this.code = code;
        this.length = end;
        this.slot = new int[cells];
        Arrays.fill(slot, -1);
        this.varies = new boolean[cells];
        for (int k = batched.nextSetBit(0); k >= 0; k = batched.nextSetBit(k + 1)) vary(k);
        BitSet finals = summed ? finalProducts(live) : new BitSet();
        for (int p = 0; p < length; p = code.after(p)) translate(p, finals.get(p));
        out = Arrays.copyOf(out, n);
    }

    /// Products whose cell is a result that nothing reads or writes afterwards.
    private BitSet finalProducts(BitSet live) {
        BitSet last = new BitSet();
        BitSet touched = new BitSet();
        int[] places = new int[1024];
        int count = 0;
        for (int p = 0; p < length; p = code.after(p)) {
            if (count == places.length) places = Arrays.copyOf(places, 2 * count);
            places[count++] = p;
        }
        for (int k = count - 1; k >= 0; k--) {
            int p = places[k];
            int z = code.target(p);
            if (code.opcode(p) == ScalarCode.MUL && live.get(z) && !touched.get(z)) last.set(p);
            touched.set(z);
            for (int j = 0; j < code.cells(p); j++) touched.set(code.cell(p, j));
        }
        return last;
    }

    boolean isSum(int cell) {
        return onlySums.get(cell);
    }

    int slots() {
        return slots;
    }

    boolean varies(int cell) {
        return varies[cell];
    }

    /// The first lane of a cell.
    int lane(int cell) {
        return slot[cell] * LANES;
    }

    private void vary(int cell) {
        varies[cell] = true;
        if (slot[cell] < 0) slot[cell] = slots++;
    }

    private void put(int... numbers) {
        if (n + numbers.length > out.length) out = Arrays.copyOf(out, 2 * out.length + numbers.length);
        for (int k : numbers) out[n++] = k;
    }

    /// An operand: a lane's place, or −1 − cell where it is the same for all.
    private int operand(int cell) {
        return varies[cell] ? slot[cell] * LANES : -1 - cell;
    }

    private void translate(int p, boolean last) {
        int op = code.opcode(p);
        int z = code.target(p);
        int arity = code.cells(p);
        boolean lanes = code.accumulates(p) && varies[z];
        for (int k = 0; k < arity; k++) lanes |= varies[code.cell(p, k)];
        if (!lanes) {
            put(ALL_THE_SAME, p, code.after(p));
            varies[z] = false;
            for (int k = 1; op == ScalarCode.ZEROS && k < code.number(p, 0); k++) varies[z + k] = false;
            return;
        }
        int[] x = new int[code.accumulates(p) ? arity + 1 : arity];
        int from = x.length - arity;
        if (from > 0) x[0] = operand(z);
        for (int k = 0; k < arity; k++) x[from + k] = operand(code.cell(p, k));
        if (last && x[0] >= 0 && x[1] >= 0) {
            varies[z] = false;
            onlySums.set(z);
            put(SUM_OF_PRODUCTS, z, x[0], x[1]);
            return;
        }
        vary(z);
        int to = slot[z] * LANES;
        switch (op) {
            case ScalarCode.PLUS -> put(ScalarCode.ADD, to, 2, x[0], x[1]);
            case ScalarCode.MINUS -> put(ScalarCode.SUB, to, 2, x[0], x[1]);
            case ScalarCode.MUL -> scaled(ScalarCode.MUL, to, x);
            case ScalarCode.PLUS_PRODUCT, ScalarCode.ADD_PRODUCT -> scaled(ScalarCode.ADD_PRODUCT, to, x);
            case ScalarCode.MINUS_PRODUCT -> put(ScalarCode.SUB_PRODUCT, to, 3, x[0], x[1], x[2]);
            case ScalarCode.CALL1, ScalarCode.CALL2, ScalarCode.CALL3 -> {
                put(op, to, x.length);
                put(x);
                put(p);
            }
            default -> {
                put(op, to, x.length);
                put(x);
            }
        }
    }

    private void scaled(int op, int to, int[] x) {
        int a = x.length - 2;
        int b = x.length - 1;
        boolean one = x[a] < 0 ^ x[b] < 0;
        int lane = x[a] < 0 ? x[b] : x[a];
        int same = x[a] < 0 ? x[a] : x[b];
        if (one && a == 0) put(SCALE, to, lane, same);
        else if (one && x[0] >= 0) put(ADD_SCALED, to, x[0], lane, same);
        else {
            put(op, to, x.length);
            put(x);
        }
    }

    // ---- running

    /// @param m    the cells that are the same for all samples
    /// @param v    the lanes
    /// @param sums receives the sums of results that are kept as sums only, by cell
    void run(LaneKernels kernels, double[] m, double[] v, int samples, double[] sums, double[] partial) {
        int[] c = out;
        int[] x = new int[4];
        for (int p = 0; p < c.length; ) {
            int op = c[p];
            switch (op) {
                case ALL_THE_SAME -> {
                    code.run(m, c[p + 1], c[p + 2]);
                    p += 3;
                }
                case SCALE -> {
                    kernels.scale(v, c[p + 1], c[p + 2], m[-1 - c[p + 3]]);
                    p += 4;
                }
                case ADD_SCALED -> {
                    kernels.addScaled(v, c[p + 1], c[p + 2], c[p + 3], m[-1 - c[p + 4]]);
                    p += 5;
                }
                case SUM_OF_PRODUCTS -> {
                    sums[c[p + 1]] = kernels.sumOfProducts(v, c[p + 2], c[p + 3], samples, partial);
                    p += 4;
                }
                default -> {
                    int arity = c[p + 2];
                    for (int k = 0; k < arity; k++) x[k] = lanes(c[p + 3 + k], k, m, v);
                    boolean call = op >= ScalarCode.CALL1;
                    Primitive f = call ? code.called(c[p + 3 + arity]) : null;
                    kernels.apply(op, f, v, c[p + 1], x[0], x[1], x[2], x[3]);
                    p += 3 + arity + (call ? 1 : 0);
                }
            }
        }
    }

    /// The operand's lanes; what is the same for all is spread out first, in lanes kept for operand k.
    private static int lanes(int operand, int k, double[] m, double[] v) {
        if (operand >= 0) return operand;
        Arrays.fill(v, k * LANES, (k + 1) * LANES, m[-1 - operand]);
        return k * LANES;
    }
}
