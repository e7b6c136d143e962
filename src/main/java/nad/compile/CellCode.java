package nad.compile;

/// Single-cell instructions as the JIT has them: a class file's.
interface CellCode {
    void run(double[] m);
}
