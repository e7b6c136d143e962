package nad.compile;

import java.lang.invoke.MethodHandles;

/// The routines in plain loops, loaded once for each type ([Copies]): what a machine without the Vector API runs, and what the
/// vector ones ([VectorKernels]) leave to be done.
final class PlainKernels extends Kernels {
    private static final boolean SINGLE = Copies.isSingle(MethodHandles.lookup());

    PlainKernels() {
        super(SINGLE);
    }

    // ---- a number of the copy's type, as a double

    private static double get(Object x, int k) {
        return SINGLE ? ((float[]) x)[k] : ((double[]) x)[k];
    }

    private static void set(Object x, int k, double v) {
        if (SINGLE) ((float[]) x)[k] = (float) v;
        else ((double[]) x)[k] = v;
    }

    private static double plus(double x, double y) {
        return SINGLE ? (float) x + (float) y : x + y;
    }

    private static double fma(Object x, int p, Object y, int q, double sum) {
        return SINGLE ? Math.fma(((float[]) x)[p], ((float[]) y)[q], (float) sum) : Math.fma(((double[]) x)[p], ((double[]) y)[q], sum);
    }

    private static double combined(double a, double b, double c, double d, double e, double f, double g, double h) {
        return plus(plus(plus(a, e), plus(c, g)), plus(plus(b, f), plus(d, h)));
    }

    // ---- routines

    @Override
    void dots(Object out, int to, Object a, int at, int rows, int across, int step, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        for (int r = 0; r < rows; r++) set(out, to + r, dot(a, at + r * across, step, x, xAt, xStep, n));
    }

    private static double dot(Object x, int xAt, int xStep, Object y, int yAt, int yStep, int n) {
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
            a = fma(x, p, y, q, a);
            b = fma(x, p + xStep, y, q + yStep, b);
            c = fma(x, p + 2 * xStep, y, q + 2 * yStep, c);
            d = fma(x, p + 3 * xStep, y, q + 3 * yStep, d);
            e = fma(x, p + 4 * xStep, y, q + 4 * yStep, e);
            f = fma(x, p + 5 * xStep, y, q + 5 * yStep, f);
            g = fma(x, p + 6 * xStep, y, q + 6 * yStep, g);
            h = fma(x, p + 7 * xStep, y, q + 7 * yStep, h);
        }
        int rest = n - k;
        if (rest > 0) a = fma(x, p, y, q, a);
        if (rest > 1) b = fma(x, p + xStep, y, q + yStep, b);
        if (rest > 2) c = fma(x, p + 2 * xStep, y, q + 2 * yStep, c);
        if (rest > 3) d = fma(x, p + 3 * xStep, y, q + 3 * yStep, d);
        if (rest > 4) e = fma(x, p + 4 * xStep, y, q + 4 * yStep, e);
        if (rest > 5) f = fma(x, p + 5 * xStep, y, q + 5 * yStep, f);
        if (rest > 6) g = fma(x, p + 6 * xStep, y, q + 6 * yStep, g);
        return combined(a, b, c, d, e, f, g, h);
    }

    @Override
    void product(Object out, int to, Object a, int at, int aRow, int aCol, Object b, int bt, int bRow, int bCol,
            int m, int n, int q, int from, int end, Object scratch, int free) {
        for (int i = 0; i < m; i++) {
            int row = to + i * q;
            for (int j = from; j < end; j++) set(out, row + j, -0.0);
            for (int k = 0; k < n; k++) {
                int x = at + i * aRow + k * aCol;
                int p = bt + k * bRow;
                for (int j = from; j < end; j++) set(out, row + j, fma(a, x, b, p + j * bCol, get(out, row + j)));
            }
        }
    }
}
