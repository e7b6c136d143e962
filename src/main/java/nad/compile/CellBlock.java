package nad.compile;

import java.util.BitSet;

/// A run of single-cell instructions: as numbers at first, as class files once they have been run so often that the JIT's
/// work on them pays.
final class CellBlock {
    /// C2 takes about 10⁵ times as long for an instruction as running it once as a number.
    private static final long WARM_RUNS = 50_000;
    /// Programs longer than this stay numbers: the JIT would work on them for minutes.
    private static final int MOST_COMPILED = 400_000;

    private final ScalarCode code;
    private final int from;
    private final int end;
    private final BitSet live;
    private CellCode[] compiled;
    private long runs;

    /// @param live the cells that are read after the block, or null for all
    CellBlock(ScalarCode code, int from, int end, BitSet live, boolean atOnce) {
        this.code = code;
        this.from = from;
        this.end = end;
        this.live = live;
        this.runs = end - from > MOST_COMPILED ? Long.MIN_VALUE : 0;
        if (atOnce && runs == 0) runs = WARM_RUNS;
    }

    void run(double[] m) {
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
