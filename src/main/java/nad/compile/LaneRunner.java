package nad.compile;

import java.util.BitSet;
import nad.core.Program;
import nad.tensor.Shapes;

/// A batch's block with a lane for each sample: for scalar programs.
final class LaneRunner implements Batch.BlockRunner {
    private static final int LANES = LaneKernels.LANES;

    private final Compiled engine;
    private final LaneCode code;
    private final LaneKernels kernels;
    private final boolean[] batched;
    private final boolean summed;
    private final double[] m;
    private final double[] v;
    private final double[] sums;
    private final double[] partial = new double[8];

    LaneRunner(Compiled engine, LaneCode code, boolean[] batched, boolean summed, Options options) {
        this.engine = engine;
        this.code = code;
        this.kernels = options.vectors() ? new VectorLanes(options.exact()) : new LaneKernels();
        this.batched = batched;
        this.summed = summed;
        this.m = engine.newMemory();
        this.v = new double[Math.multiplyExact(code.slots(), LANES)];
        this.sums = new double[summed ? m.length : 0];
    }

    /// The lane code of a program that is scalar code throughout, or null. Null too where the lanes would not fit.
    static LaneCode lanes(Compiled e, boolean[] batched, boolean summed) {
        CellBlock block = e.scalar();
        if (block == null) return null;
        BitSet in = new BitSet();
        Program p = e.program();
        for (int k = 0; k < batched.length; k++) if (batched[k]) in.set(e.inputAt(k), e.inputAt(k) + Shapes.size(p.parameters().get(k).shape()));
        LaneCode c = new LaneCode(block.code(), block.length(), e.size(), in, block.live(), summed);
        return (long) c.slots() * LANES < Integer.MAX_VALUE / 4 ? c : null;
    }

    /// Numbers that one runner keeps.
    static long cells(Compiled e, LaneCode c, boolean summed) {
        long results = e.program().results().stream().mapToLong(r -> r.size()).sum();
        return (long) e.size() * (summed ? 2 : 1) + (long) c.slots() * LANES + (summed ? results : 0);
    }

    @Override
    public void run(double[][] inputs, int first, int count, double[][] results) {
        for (int k = 0; k < batched.length; k++) input(k, inputs[k], first, count);
        code.run(kernels, m, v, count, sums, partial);
        for (int r = 0; r < results.length; r++) {
            int at = engine.resultAt(r);
            int n = summed ? results[r].length : Shapes.size(engine.program().results().get(r).shape());
            for (int k = 0; k < n; k++) {
                if (summed) results[r][k] = sum(at + k, count);
                else spread(at + k, count, results[r], first * n + k, n);
            }
        }
    }

    private void input(int k, double[] x, int first, int count) {
        int at = engine.inputAt(k);
        if (!batched[k]) {
            System.arraycopy(x, 0, m, at, x.length);
            return;
        }
        int n = Shapes.size(engine.program().parameters().get(k).shape());
        for (int e = 0; e < n; e++) {
            int lane = code.lane(at + e);
            for (int s = 0; s < count; s++) v[lane + s] = x[(first + s) * n + e];
        }
    }

    private double sum(int cell, int count) {
        if (code.isSum(cell)) return sums[cell];
        if (code.varies(cell)) return kernels.sum(v, code.lane(cell), count);
        java.util.Arrays.fill(v, 0, count, m[cell]);
        return kernels.sum(v, 0, count);
    }

    private void spread(int cell, int count, double[] out, int to, int step) {
        boolean varies = code.varies(cell);
        int lane = varies ? code.lane(cell) : 0;
        for (int s = 0; s < count; s++) out[to + s * step] = varies ? v[lane + s] : m[cell];
    }
}
