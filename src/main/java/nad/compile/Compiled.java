package nad.compile;

import java.util.List;
import nad.core.Program;
import nad.report.Interrupt;
import nad.run.Engine;

/// A compiled program. The plan is shared by all threads; what a run changes is in its workspace.
final class Compiled implements Engine {
    private final Program p;
    private final Work[] works;
    private final List<int[]> steps;
    private final List<Buffer> constants;
    private final int size;
    private final int[] inputAt;
    private final int[] resultAt;
    private final Transfers transfers;
    private final Options options;

    /// @param steps    the instructions of each step, or null where they cannot be told apart
    /// @param inputAt  for each input the cell that it is copied to before a run, or −1
    /// @param resultAt for each result the cell that it is copied from after a run, or −1
    Compiled(Program p, Work[] works, List<int[]> steps, List<Buffer> constants, int size, int[] inputAt, int[] resultAt, Transfers transfers,
            Options options) {
        this.p = p;
        this.works = works;
        this.steps = steps;
        this.constants = constants;
        this.size = size;
        this.inputAt = inputAt;
        this.resultAt = resultAt;
        this.transfers = transfers;
        this.options = options;
    }

    @Override
    public Program program() {
        return p;
    }

    @Override
    public long cells() {
        return size;
    }

    @Override
    public Workspace workspace() {
        int wide = 0;
        for (Work w : works) wide = Math.max(wide, w.wideCells());
        return new RunMemory(this, works, options.single() ? newSingleMemory() : newMemory(), wide, options.threads());
    }

    boolean single() {
        return options.single();
    }

    List<int[]> steps() {
        return steps;
    }

    /// The same with a clock beside each step, which adds its time to that step's entry.
    Compiled timed(long[] nanoseconds) {
        Work[] timed = new Work[works.length];
        for (int k = 0; k < timed.length; k++) timed[k] = new Work.Timed(works[k], nanoseconds, k);
        return new Compiled(p, timed, steps, constants, size, inputAt, resultAt, transfers, options);
    }

    double[] newMemory() {
        double[] m = new double[size];
        for (Buffer b : constants) System.arraycopy(b.constant, 0, m, b.offset, b.size);
        return m;
    }

    private float[] newSingleMemory() {
        float[] m = new float[size];
        for (Buffer b : constants) for (int k = 0; k < b.size; k++) m[b.offset + k] = (float) b.constant[k];
        return m;
    }

    /// The program's only step, where it is scalar code throughout; else null.
    CellBlock scalar() {
        for (int at : inputAt) if (at < 0) return null;
        for (int at : resultAt) if (at < 0) return null;
        return works.length == 1 && works[0] instanceof Work.Cells c && c.block().live() != null ? c.block() : null;
    }

    int size() {
        return size;
    }

    int inputAt(int k) {
        return inputAt[k];
    }

    int resultAt(int k) {
        return resultAt[k];
    }

    /// An [Interrupt] stops it between steps.
    ///
    /// @param arrays the memory, the inputs, the results
    void start(Work[] works, Object[] arrays, Team team) {
        Object m = arrays[Buffer.MEMORY];
        for (int k = 0; k < inputAt.length; k++) {
            int from = transfers.from()[k];
            if (inputAt[k] >= 0) System.arraycopy(arrays[1 + k], from, m, inputAt[k] + from, transfers.end()[k] - from);
        }
        for (Work w : works) {
            Interrupt.heed();
            w.run(arrays, team);
        }
        for (int k = 0; k < resultAt.length; k++)
            if (resultAt[k] >= 0 && transfers.out()[k])
                System.arraycopy(m, resultAt[k], arrays[1 + inputAt.length + k], 0, p.results().get(k).size());
    }
}
