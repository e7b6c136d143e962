package nad.compile;

/// Loops over cells in step, in plain Java; [VectorNests] does those over neighbouring cells in vectors. Each takes the array, the first
/// cell and the step of what it writes and reads. What is written is not read by another cell of the row.
class NestKernels {
    /// z := x
    final void copies(int n, double[] zs, int z, int sz, double[] xs, int x, int sx) {
        if (sz == 1 && sx == 1) System.arraycopy(xs, x, zs, z, n);
        else for (int k = 0; k < n; k++) zs[z + k * sz] = xs[x + k * sx];
    }

    /// z := x · y
    void products(int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy) {
        for (int k = 0; k < n; k++) zs[z + k * sz] = xs[x + k * sx] * ys[y + k * sy];
    }

    /// z := x ± y
    void sums(boolean plus, int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy) {
        if (plus) for (int k = 0; k < n; k++) zs[z + k * sz] = xs[x + k * sx] + ys[y + k * sy];
        else for (int k = 0; k < n; k++) zs[z + k * sz] = xs[x + k * sx] - ys[y + k * sy];
    }

    /// z := w ± x · y, rounded twice
    void addProducts(boolean plus, int n, double[] zs, int z, int sz, double[] ws, int w, int sw, double[] xs, int x, int sx, double[] ys, int y, int sy) {
        if (plus) for (int k = 0; k < n; k++) zs[z + k * sz] = ws[w + k * sw] + xs[x + k * sx] * ys[y + k * sy];
        else for (int k = 0; k < n; k++) zs[z + k * sz] = ws[w + k * sw] - xs[x + k * sx] * ys[y + k * sy];
    }

    /// z := x · y + w, rounded once
    void fused(int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy, double[] ws, int w, int sw) {
        for (int k = 0; k < n; k++) zs[z + k * sz] = Math.fma(xs[x + k * sx], ys[y + k * sy], ws[w + k * sw]);
    }

    /// z := z + Σ x · y over rows, one after the other, for n cells z that no row changes another of; y is the same for all n. Eight
    /// sums go side by side.
    ///
    /// @param sx, rx from cell to cell, and from row to row
    void columns(int n, int rows, double[] zs, int z, int sz, double[] xs, int x, int sx, int rx, double[] ys, int y, int ry) {
        int k = 0;
        for (; k + 8 <= n; k += 8) eight(rows, zs, z + k * sz, sz, xs, x + k * sx, sx, rx, ys, y, ry);
        for (; k < n; k++) {
            double sum = zs[z + k * sz];
            for (int r = 0, a = x + k * sx, b = y; r < rows; r++, a += rx, b += ry) sum += xs[a] * ys[b];
            zs[z + k * sz] = sum;
        }
    }

    private static void eight(int rows, double[] zs, int z, int sz, double[] xs, int x, int sx, int rx, double[] ys, int y, int ry) {
        double s0 = zs[z];
        double s1 = zs[z + sz];
        double s2 = zs[z + 2 * sz];
        double s3 = zs[z + 3 * sz];
        double s4 = zs[z + 4 * sz];
        double s5 = zs[z + 5 * sz];
        double s6 = zs[z + 6 * sz];
        double s7 = zs[z + 7 * sz];
        for (int r = 0; r < rows; r++, x += rx, y += ry) {
            double b = ys[y];
            s0 += xs[x] * b;
            s1 += xs[x + sx] * b;
            s2 += xs[x + 2 * sx] * b;
            s3 += xs[x + 3 * sx] * b;
            s4 += xs[x + 4 * sx] * b;
            s5 += xs[x + 5 * sx] * b;
            s6 += xs[x + 6 * sx] * b;
            s7 += xs[x + 7 * sx] * b;
        }
        zs[z] = s0;
        zs[z + sz] = s1;
        zs[z + 2 * sz] = s2;
        zs[z + 3 * sz] = s3;
        zs[z + 4 * sz] = s4;
        zs[z + 5 * sz] = s5;
        zs[z + 6 * sz] = s6;
        zs[z + 7 * sz] = s7;
    }
}
