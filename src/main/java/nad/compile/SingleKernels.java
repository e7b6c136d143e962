package nad.compile;

import nad.dictionary.RealRows;

/// The routines of [Kernels] in float32.
class SingleKernels {
    /// Columns of the second factor that are packed and worked on together.
    static final int PANEL = 64;
    /// out_r := Σ_k x[at + r·step + k], each in the order of a row.
    void rowSums(float[] out, int to, float[] x, int at, int rows, int step, int n, float[] scratch, int free) {
        stridedSums(out, to, x, at, rows, step, n, 1);
    }

    /// out_r := Σ_k x[at + r·across + k·down], each in the order of a row.
    void stridedSums(float[] out, int to, float[] x, int at, int rows, int across, int n, int down) {
        for (int r = 0; r < rows; r++) out[to + r] = stridedSum(x, at + r * across, n, down);
    }

    private static float stridedSum(float[] x, int at, int n, int step) {
        float a = -0f;
        float b = -0f;
        float c = -0f;
        float d = -0f;
        float e = -0f;
        float f = -0f;
        float g = -0f;
        float h = -0f;
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
    static float dot(float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int n) {
        float a = -0f;
        float b = -0f;
        float c = -0f;
        float d = -0f;
        float e = -0f;
        float f = -0f;
        float g = -0f;
        float h = -0f;
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
    void dots(float[] out, int to, float[] a, int at, int rows, int across, int step, float[] x, int xAt, int xStep, int n,
            float[] scratch, int free) {
        for (int r = 0; r < rows; r++) out[to + r] = dot(a, at + r * across, step, x, xAt, xStep, n);
    }

    /// Columns `from` up to `end` of out := a · b, m × q, each entry one chain of fused multiply-adds in the order of k.
    ///
    /// @param aRow, aCol steps to a's next row and next column; bRow, bCol likewise
    /// @param scratch    n · PANEL cells from `free` on
    void product(float[] out, int to, float[] a, int at, int aRow, int aCol, float[] b, int bt, int bRow, int bCol,
            int m, int n, int q, int from, int end, float[] scratch, int free) {
        for (int i = 0; i < m; i++) {
            int row = to + i * q;
            for (int j = from; j < end; j++) out[row + j] = -0f;
            for (int k = 0; k < n; k++) {
                float x = a[at + i * aRow + k * aCol];
                int p = bt + k * bRow;
                for (int j = from; j < end; j++) out[row + j] = Math.fma(x, b[p + j * bCol], out[row + j]);
            }
        }
    }
}
