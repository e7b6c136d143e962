package nad.compile;

/// Rows of a view that are a constant step apart, as are their entries.
final class RowSteps {
    private RowSteps() {}

    /// Cells from row to row and from entry to entry, or null where they are not constant. Rows are runs of n entries in
    /// row-major order.
    static int[] of(Ref r, int rows, int n) {
        int[] shape = r.shape();
        int[] strides = r.layout().strides();
        int split = shape.length;
        for (int m = 1; m < n; ) m *= shape[--split];
        int[] across = merged(shape, strides, 0, split);
        int[] down = merged(shape, strides, split, shape.length);
        return across == null || down == null ? null : new int[] {across[0], down[0]};
    }

    private static int[] merged(int[] shape, int[] strides, int from, int to) {
        if (from == to) return new int[] {0};
        for (int k = from; k < to - 1; k++) if (strides[k] != strides[k + 1] * shape[k + 1]) return null;
        return new int[] {strides[to - 1]};
    }
}
