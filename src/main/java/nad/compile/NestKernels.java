package nad.compile;

/// Loops over cells in step, in plain Java; [VectorNests] does those over neighbouring cells in vectors.
class NestKernels {
    /// z := x · y for a row of n cells.
    void products(double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        for (int k = 0; k < n; k++) m[z + k * sz] = m[x + k * sx] * m[y + k * sy];
    }

    /// z := x ± y
    void sums(boolean plus, double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        if (plus) for (int k = 0; k < n; k++) m[z + k * sz] = m[x + k * sx] + m[y + k * sy];
        else for (int k = 0; k < n; k++) m[z + k * sz] = m[x + k * sx] - m[y + k * sy];
    }

    /// z := z ± x · y, rounded twice
    void addProducts(boolean plus, double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        if (plus) for (int k = 0; k < n; k++) m[z + k * sz] += m[x + k * sx] * m[y + k * sy];
        else for (int k = 0; k < n; k++) m[z + k * sz] -= m[x + k * sx] * m[y + k * sy];
    }

    /// z := x · y + w, rounded once
    void fused(double[] m, int n, int z, int sz, int x, int sx, int y, int sy, int w, int sw) {
        for (int k = 0; k < n; k++) m[z + k * sz] = Math.fma(m[x + k * sx], m[y + k * sy], m[w + k * sw]);
    }

    /// z := z + Σ x · y over rows, one after the other, for n cells z that no row changes another of; y is the same for all n. Eight
    /// sums go side by side.
    ///
    /// @param sx, rx from cell to cell, and from row to row
    void columns(double[] m, int n, int rows, int z, int sz, int x, int sx, int rx, int y, int ry) {
        int k = 0;
        for (; k + 8 <= n; k += 8) eight(m, rows, z + k * sz, sz, x + k * sx, sx, rx, y, ry);
        for (; k < n; k++) {
            double sum = m[z + k * sz];
            for (int r = 0, a = x + k * sx, b = y; r < rows; r++, a += rx, b += ry) sum += m[a] * m[b];
            m[z + k * sz] = sum;
        }
    }

    private static void eight(double[] m, int rows, int z, int sz, int x, int sx, int rx, int y, int ry) {
        double s0 = m[z];
        double s1 = m[z + sz];
        double s2 = m[z + 2 * sz];
        double s3 = m[z + 3 * sz];
        double s4 = m[z + 4 * sz];
        double s5 = m[z + 5 * sz];
        double s6 = m[z + 6 * sz];
        double s7 = m[z + 7 * sz];
        for (int r = 0; r < rows; r++, x += rx, y += ry) {
            double b = m[y];
            s0 += m[x] * b;
            s1 += m[x + sx] * b;
            s2 += m[x + 2 * sx] * b;
            s3 += m[x + 3 * sx] * b;
            s4 += m[x + 4 * sx] * b;
            s5 += m[x + 5 * sx] * b;
            s6 += m[x + 6 * sx] * b;
            s7 += m[x + 7 * sx] * b;
        }
        m[z] = s0;
        m[z + sz] = s1;
        m[z + 2 * sz] = s2;
        m[z + 3 * sz] = s3;
        m[z + 4 * sz] = s4;
        m[z + 5 * sz] = s5;
        m[z + 6 * sz] = s6;
        m[z + 7 * sz] = s7;
    }
}
