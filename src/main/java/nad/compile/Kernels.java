package nad.compile;

/// The routines for reductions and contractions. Their arrays are all of doubles or all of floats, as the one who made the
/// routines asked. Partial results that start at −0 equal those that start with the first term.
abstract class Kernels {
    /// Scratch cells of a routine for vectors and matrices.
    static final int SCRATCH = 512;

    /// Columns of the second factor of [#product] that are packed and worked on together.
    static int panel(boolean single) {
        return single ? 64 : 32;
    }

    /// Eight ones.
    final Object ones;

    Kernels(boolean single) {
        ones = single ? new float[] {1, 1, 1, 1, 1, 1, 1, 1} : new double[] {1, 1, 1, 1, 1, 1, 1, 1};
    }

    /// The routines for float64 or for float32.
    static Kernels of(Options o) {
        if (o.vectors()) return o.single() ? VectorFloats.KERNELS : VectorDoubles.KERNELS;
        return o.single() ? PlainFloats.KERNELS : PlainDoubles.KERNELS;
    }

    // Each copy is loaded when it is first asked for: those in vectors cannot be without their module.
    private static final class VectorFloats {
        static final Kernels KERNELS = Copies.of(VectorKernels.class, true);
    }

    private static final class VectorDoubles {
        static final Kernels KERNELS = Copies.of(VectorKernels.class, false);
    }

    private static final class PlainFloats {
        static final Kernels KERNELS = Copies.of(PlainKernels.class, true);
    }

    private static final class PlainDoubles {
        static final Kernels KERNELS = Copies.of(PlainKernels.class, false);
    }

    /// out_r := Σ_k x[at + r·across + k·down], each in the order of a row: the products with ones, since a fused x·1 + p is
    /// x + p to the last bit.
    final void sums(Object out, int to, Object x, int at, int rows, int across, int n, int down, Object scratch, int free) {
        dots(out, to, x, at, rows, across, down, ones, 0, 0, n, scratch, free);
    }

    /// out_r := row r of a · x, the entries of a row `step` apart and rows `across` apart, fused, in eight interleaved partial
    /// results.
    ///
    /// @param scratch SCRATCH cells from `free` on
    abstract void dots(Object out, int to, Object a, int at, int rows, int across, int step, Object x, int xAt, int xStep, int n,
            Object scratch, int free);

    /// Columns `from` up to `end` of out := a · b, m × q, each entry one chain of fused multiply-adds in the order of k.
    ///
    /// @param aRow, aCol steps to a's next row and next column; bRow, bCol likewise
    /// @param scratch    n · panel cells from `free` on
    abstract void product(Object out, int to, Object a, int at, int aRow, int aCol, Object b, int bt, int bRow, int bCol,
            int m, int n, int q, int from, int end, Object scratch, int free);
}
