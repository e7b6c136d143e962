package nad.compile;

import nad.dictionary.RealRows;

/// The routines for reductions and contractions, in plain loops: what a machine without the Vector API runs, and what the
/// vector ones ([VectorKernels]) fall back to. Partial results that start at −0 equal those that start with the first term.
class Kernels {
    /// Columns of the second factor that are packed and worked on together.
    static final int PANEL = 32;
    /// Scratch cells of a routine for vectors and matrices.
    static final int SCRATCH = 64;

    /// out_r := Σ_k x[at + r·step + k], each in the order of a row.
    void rowSums(double[] out, int to, double[] x, int at, int rows, int step, int n, double[] scratch, int free) {
        for (int r = 0; r < rows; r++) out[to + r] = RealRows.sum(x, at + r * step, n);
    }

    /// out_r := Σ_k x[at + r·across + k·down], each in the order of a row.
    void stridedSums(double[] out, int to, double[] x, int at, int rows, int across, int n, int down) {
        for (int r = 0; r < rows; r++) out[to + r] = stridedSum(x, at + r * across, n, down);
    }

    private static double stridedSum(double[] x, int at, int n, int step) {
        double a = -0.0;
        double b = -0.0;
        double c = -0.0;
        double d = -0.0;
        double e = -0.0;
        double f = -0.0;
        double g = -0.0;
        double h = -0.0;
        for (int k = 0, p = at; k < n; k++, p += step) {
            switch (k & 7) {
                case 0 -> a += x[p];
                case 1 -> b += x[p];
                case 2 -> c += x[p];
                case 3 -> d += x[p];
                case 4 -> e += x[p];
                case 5 -> f += x[p];
                case 6 -> g += x[p];
                default -> h += x[p];
            }
        }
        return RealRows.combined(a, b, c, d, e, f, g, h);
    }

    /// Σ_k x[xAt + k·xStep] · y[yAt + k·yStep], fused, in eight interleaved partial results.
    static double dot(double[] x, int xAt, int xStep, double[] y, int yAt, int yStep, int n) {
        double a = -0.0;
        double b = -0.0;
        double c = -0.0;
        double d = -0.0;
        double e = -0.0;
        double f = -0.0;
        double g = -0.0;
        double h = -0.0;
        int k = 0;
        int p = xAt;
        int q = yAt;
        for (; k + 8 <= n; k += 8, p += 8 * xStep, q += 8 * yStep) {
            a = Math.fma(x[p], y[q], a);
            b = Math.fma(x[p + xStep], y[q + yStep], b);
            c = Math.fma(x[p + 2 * xStep], y[q + 2 * yStep], c);
            d = Math.fma(x[p + 3 * xStep], y[q + 3 * yStep], d);
            e = Math.fma(x[p + 4 * xStep], y[q + 4 * yStep], e);
            f = Math.fma(x[p + 5 * xStep], y[q + 5 * yStep], f);
            g = Math.fma(x[p + 6 * xStep], y[q + 6 * yStep], g);
            h = Math.fma(x[p + 7 * xStep], y[q + 7 * yStep], h);
        }
        int rest = n - k;
        if (rest > 0) a = Math.fma(x[p], y[q], a);
        if (rest > 1) b = Math.fma(x[p + xStep], y[q + yStep], b);
        if (rest > 2) c = Math.fma(x[p + 2 * xStep], y[q + 2 * yStep], c);
        if (rest > 3) d = Math.fma(x[p + 3 * xStep], y[q + 3 * yStep], d);
        if (rest > 4) e = Math.fma(x[p + 4 * xStep], y[q + 4 * yStep], e);
        if (rest > 5) f = Math.fma(x[p + 5 * xStep], y[q + 5 * yStep], f);
        if (rest > 6) g = Math.fma(x[p + 6 * xStep], y[q + 6 * yStep], g);
        return RealRows.combined(a, b, c, d, e, f, g, h);
    }

    /// out_r := row r of a · x, the entries of a row `step` apart and rows `across` apart.
    void dots(double[] out, int to, double[] a, int at, int rows, int across, int step, double[] x, int xAt, int xStep, int n,
            double[] scratch, int free) {
        for (int r = 0; r < rows; r++) out[to + r] = dot(a, at + r * across, step, x, xAt, xStep, n);
    }

    /// Columns `from` up to `end` of out := a · b, m × q, each entry one chain of fused multiply-adds in the order of k.
    ///
    /// @param aRow, aCol steps to a's next row and next column; bRow, bCol likewise
    /// @param scratch    n · PANEL cells from `free` on
    void product(double[] out, int to, double[] a, int at, int aRow, int aCol, double[] b, int bt, int bRow, int bCol,
            int m, int n, int q, int from, int end, double[] scratch, int free) {
        for (int i = 0; i < m; i++) {
            int row = to + i * q;
            for (int j = from; j < end; j++) out[row + j] = -0.0;
            for (int k = 0; k < n; k++) {
                double x = a[at + i * aRow + k * aCol];
                int p = bt + k * bRow;
                for (int j = from; j < end; j++) out[row + j] = Math.fma(x, b[p + j * bCol], out[row + j]);
            }
        }
    }
}
