package nad.compile;

/// The code of a [LoopShape], for any operands.
///
/// The arguments of a call, from `at` on: for each operand the array it is in, its first cell, and its stride along each
/// loop, outermost first; then the iterations of each loop but the innermost, which runs from `lo` to `hi`.
interface LoopCode {
    default void run(double[][] arrays, int[] arguments, int at, int lo, int hi) {
        throw new IllegalStateException("a loop in float32");
    }

    default void run(float[][] arrays, int[] arguments, int at, int lo, int hi) {
        throw new IllegalStateException("a loop in float64");
    }

    static int argumentsPerOperand(int dimensions) {
        return 2 + dimensions;
    }
}
