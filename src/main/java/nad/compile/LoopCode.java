package nad.compile;

/// The code of a [LoopShape], for any operands.
interface LoopCode {
    /// @param arrays    all of doubles or all of floats, as the shape is
    /// @param arguments from `at` on: for each operand the array it is in, its first cell, and its stride along each loop,
    ///                  outermost first; then the iterations of each loop but the innermost, which runs from `lo` to `hi`
    void run(Object[] arrays, int[] arguments, int at, int lo, int hi);

    static int argumentsPerOperand(int dimensions) {
        return 2 + dimensions;
    }
}
