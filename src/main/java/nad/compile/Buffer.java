package nad.compile;

/// Where a variable's entries, a constant or a packed operand live: a run of cells in the workspace's memory, in a
/// caller's input, or in a caller's result.
final class Buffer {
    /// Which of a run's arrays holds it: the memory, input k as `1 + k`, result k as `1 + inputs + k`.
    static final int MEMORY = 0;

    final int size;
    final boolean input;
    int array = MEMORY;
    int offset = -1;
    /// Cells that keep their values from run to run.
    double[] constant;
    /// The steps between which the cells are in use.
    int first = Integer.MAX_VALUE;
    int last = -1;
    /// False for a value that a loop keeps in a register.
    boolean stored = true;

    Buffer(int size) {
        this(size, false);
    }

    Buffer(int size, boolean input) {
        this.size = size;
        this.input = input;
    }

    static Buffer of(double... constant) {
        Buffer b = new Buffer(constant.length);
        b.constant = constant;
        return b;
    }

    void use(int step) {
        first = Math.min(first, step);
        last = Math.max(last, step);
    }
}
