package nad.compile;

import java.util.BitSet;

/// A run of single-cell instructions: as loops, where it has some; else as numbers at first, as class files once they have been run so
/// often that the JIT's work on them pays.
final class CellBlock {
    /// C2 takes about 10⁵ times as long for an instruction as running it once as a number.
    private static final long WARM_RUNS = 50_000;
    /// Programs longer than this stay numbers: the JIT would work on them for minutes.
    static final int MOST_COMPILED = 400_000;

    private final ScalarCode code;
    private final int from;
    private final int end;
    private final BitSet live;
    private final Nests nests;
    private final NestKernels kernels;
    private CellCode[] compiled;
    private long runs;

    /// @param live  the cells that are read after the block, or null for all
    /// @param nests the block as loops, or null
    CellBlock(ScalarCode code, int from, int end, BitSet live, Nests nests, Options options) {
        this.code = code;
        this.from = from;
        this.end = end;
        this.live = live;
        this.nests = nests;
        this.kernels = nests == null ? null : options.vectors() ? new VectorNests() : new NestKernels();
        this.runs = end - from > MOST_COMPILED ? Long.MIN_VALUE : 0;
        if (options.hot() && runs == 0) runs = WARM_RUNS;
    }

    void run(Object[] arrays) {
        if (nests != null) nests.run(arrays, kernels);
        else run((double[]) arrays[Buffer.MEMORY]);
    }

    private void run(double[] m) {
        CellCode[] fast = compiled;
        if (fast == null) {
            if (++runs > WARM_RUNS) compile();
            code.run(m, from, end);
            return;
        }
        for (CellCode c : fast) c.run(m);
    }

    void run(float[] m) {
        code.run(m, from, end);
    }

    private synchronized void compile() {
        if (compiled == null) compiled = CellWriter.write(code, from, end, live);
    }

    ScalarCode code() {
        return code;
    }

    BitSet live() {
        return live;
    }

    int length() {
        return end - from;
    }
}
