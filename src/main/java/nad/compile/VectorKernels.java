package nad.compile;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import nad.dictionary.RealRows;

/// The routines in vectors: of eight partial results of one entry, or of neighbouring entries. The order of operations of an
/// entry is that of [Kernels].
final class VectorKernels extends Kernels {
    private static final VectorSpecies<Double> S = Lanes.DOUBLES;
    private static final int L = S.length();

    @Override
    void rowSums(double[] out, int to, double[] x, int at, int rows, int step, int n, double[] scratch, int free) {
        if (n < 32 || L < 4) {
            super.rowSums(out, to, x, at, rows, step, n, scratch, free);
            return;
        }
        for (int r = 0; r < rows; r++) {
            int p = at + r * step;
            int end = p + (n & -8);
            DoubleVector low = DoubleVector.broadcast(S, -0.0);
            if (L == 8) {
                for (; p < end; p += 8) low = low.add(DoubleVector.fromArray(S, x, p));
                low.intoArray(scratch, free);
            } else {
                DoubleVector high = low;
                for (; p < end; p += 8) {
                    low = low.add(DoubleVector.fromArray(S, x, p));
                    high = high.add(DoubleVector.fromArray(S, x, p + 4));
                }
                low.intoArray(scratch, free);
                high.intoArray(scratch, free + 4);
            }
            for (int k = 0; k < (n & 7); k++) scratch[free + k] += x[end + k];
            out[to + r] = RealRows.combined(scratch, free);
        }
    }

    @Override
    void stridedSums(double[] out, int to, double[] x, int at, int rows, int across, int n, int down) {
        int r = 0;
        if (across == 1) {
            for (; r + L <= rows; r += L) columns(x, at + r, n, down).intoArray(out, to + r);
        }
        super.stridedSums(out, to + r, x, at + r * across, rows - r, across, n, down);
    }

    private static DoubleVector columns(double[] x, int at, int n, int down) {
        DoubleVector a = DoubleVector.broadcast(S, -0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        DoubleVector e = a;
        DoubleVector f = a;
        DoubleVector g = a;
        DoubleVector h = a;
        int p = at;
        int k = 0;
        for (; k + 8 <= n; k += 8, p += 8 * down) {
            a = a.add(DoubleVector.fromArray(S, x, p));
            b = b.add(DoubleVector.fromArray(S, x, p + down));
            c = c.add(DoubleVector.fromArray(S, x, p + 2 * down));
            d = d.add(DoubleVector.fromArray(S, x, p + 3 * down));
            e = e.add(DoubleVector.fromArray(S, x, p + 4 * down));
            f = f.add(DoubleVector.fromArray(S, x, p + 5 * down));
            g = g.add(DoubleVector.fromArray(S, x, p + 6 * down));
            h = h.add(DoubleVector.fromArray(S, x, p + 7 * down));
        }
        int rest = n - k;
        if (rest > 0) a = a.add(DoubleVector.fromArray(S, x, p));
        if (rest > 1) b = b.add(DoubleVector.fromArray(S, x, p + down));
        if (rest > 2) c = c.add(DoubleVector.fromArray(S, x, p + 2 * down));
        if (rest > 3) d = d.add(DoubleVector.fromArray(S, x, p + 3 * down));
        if (rest > 4) e = e.add(DoubleVector.fromArray(S, x, p + 4 * down));
        if (rest > 5) f = f.add(DoubleVector.fromArray(S, x, p + 5 * down));
        if (rest > 6) g = g.add(DoubleVector.fromArray(S, x, p + 6 * down));
        return a.add(e).add(c.add(g)).add(b.add(f).add(d.add(h)));
    }

    @Override
    void dots(double[] out, int to, double[] a, int at, int rows, int across, int step, double[] x, int xAt, int xStep, int n,
            double[] scratch, int free) {
        int r = 0;
        if (step == 1 && xStep == 1 && n >= 8 && L == 8) {
            for (; r + 4 <= rows; r += 4) fourDots(out, to + r, a, at + r * across, across, x, xAt, n, scratch, free);
            for (; r < rows; r++) oneDot(out, to + r, a, at + r * across, x, xAt, n, scratch, free);
        } else if (step == 1 && xStep == 1 && n >= 8 && L == 4) {
            for (; r < rows; r++) oneDotOfFours(out, to + r, a, at + r * across, x, xAt, n, scratch, free);
        } else if (across == 1) {
            for (; r + L <= rows; r += L) columnDots(a, at + r, step, x, xAt, xStep, n).intoArray(out, to + r);
        }
        super.dots(out, to + r, a, at + r * across, rows - r, across, step, x, xAt, xStep, n, scratch, free);
    }

    private static void fourDots(double[] out, int to, double[] a, int at, int across, double[] x, int xAt, int n, double[] scratch, int free) {
        DoubleVector p = DoubleVector.broadcast(S, -0.0);
        DoubleVector q = p;
        DoubleVector r = p;
        DoubleVector s = p;
        int whole = n & -8;
        for (int k = 0; k < whole; k += 8) {
            DoubleVector v = DoubleVector.fromArray(S, x, xAt + k);
            p = DoubleVector.fromArray(S, a, at + k).fma(v, p);
            q = DoubleVector.fromArray(S, a, at + across + k).fma(v, q);
            r = DoubleVector.fromArray(S, a, at + 2 * across + k).fma(v, r);
            s = DoubleVector.fromArray(S, a, at + 3 * across + k).fma(v, s);
        }
        p.intoArray(scratch, free);
        q.intoArray(scratch, free + 8);
        r.intoArray(scratch, free + 16);
        s.intoArray(scratch, free + 24);
        for (int k = whole; k < n; k++) {
            double v = x[xAt + k];
            int l = free + k - whole;
            scratch[l] = Math.fma(a[at + k], v, scratch[l]);
            scratch[l + 8] = Math.fma(a[at + across + k], v, scratch[l + 8]);
            scratch[l + 16] = Math.fma(a[at + 2 * across + k], v, scratch[l + 16]);
            scratch[l + 24] = Math.fma(a[at + 3 * across + k], v, scratch[l + 24]);
        }
        for (int k = 0; k < 4; k++) out[to + k] = RealRows.combined(scratch, free + 8 * k);
    }

    private static void oneDot(double[] out, int to, double[] a, int at, double[] x, int xAt, int n, double[] scratch, int free) {
        DoubleVector p = DoubleVector.broadcast(S, -0.0);
        int whole = n & -8;
        for (int k = 0; k < whole; k += 8) p = DoubleVector.fromArray(S, a, at + k).fma(DoubleVector.fromArray(S, x, xAt + k), p);
        p.intoArray(scratch, free);
        rest(out, to, a, at, x, xAt, whole, n, scratch, free);
    }

    private static void oneDotOfFours(double[] out, int to, double[] a, int at, double[] x, int xAt, int n, double[] scratch, int free) {
        DoubleVector p = DoubleVector.broadcast(S, -0.0);
        DoubleVector q = p;
        int whole = n & -8;
        for (int k = 0; k < whole; k += 8) {
            p = DoubleVector.fromArray(S, a, at + k).fma(DoubleVector.fromArray(S, x, xAt + k), p);
            q = DoubleVector.fromArray(S, a, at + k + 4).fma(DoubleVector.fromArray(S, x, xAt + k + 4), q);
        }
        p.intoArray(scratch, free);
        q.intoArray(scratch, free + 4);
        rest(out, to, a, at, x, xAt, whole, n, scratch, free);
    }

    private static void rest(double[] out, int to, double[] a, int at, double[] x, int xAt, int whole, int n, double[] scratch, int free) {
        for (int k = whole; k < n; k++) scratch[free + k - whole] = Math.fma(a[at + k], x[xAt + k], scratch[free + k - whole]);
        out[to] = RealRows.combined(scratch, free);
    }

    /// Neighbouring entries of a vector times a matrix.
    private static DoubleVector columnDots(double[] m, int at, int down, double[] x, int xAt, int xStep, int n) {
        DoubleVector a = DoubleVector.broadcast(S, -0.0);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        DoubleVector e = a;
        DoubleVector f = a;
        DoubleVector g = a;
        DoubleVector h = a;
        int p = at;
        int k = 0;
        int j = xAt;
        for (; k + 8 <= n; k += 8, p += 8 * down, j += 8 * xStep) {
            a = times(m, p, x[j], a);
            b = times(m, p + down, x[j + xStep], b);
            c = times(m, p + 2 * down, x[j + 2 * xStep], c);
            d = times(m, p + 3 * down, x[j + 3 * xStep], d);
            e = times(m, p + 4 * down, x[j + 4 * xStep], e);
            f = times(m, p + 5 * down, x[j + 5 * xStep], f);
            g = times(m, p + 6 * down, x[j + 6 * xStep], g);
            h = times(m, p + 7 * down, x[j + 7 * xStep], h);
        }
        int rest = n - k;
        if (rest > 0) a = times(m, p, x[j], a);
        if (rest > 1) b = times(m, p + down, x[j + xStep], b);
        if (rest > 2) c = times(m, p + 2 * down, x[j + 2 * xStep], c);
        if (rest > 3) d = times(m, p + 3 * down, x[j + 3 * xStep], d);
        if (rest > 4) e = times(m, p + 4 * down, x[j + 4 * xStep], e);
        if (rest > 5) f = times(m, p + 5 * down, x[j + 5 * xStep], f);
        if (rest > 6) g = times(m, p + 6 * down, x[j + 6 * xStep], g);
        return a.add(e).add(c.add(g)).add(b.add(f).add(d.add(h)));
    }

    private static DoubleVector times(double[] m, int at, double x, DoubleVector sum) {
        return DoubleVector.fromArray(S, m, at).fma(DoubleVector.broadcast(S, x), sum);
    }

    // ---- matrix products: tiles of 4 rows by 4 vectors, whose entries stay in registers for all of k

    @Override
    void product(double[] out, int to, double[] a, int at, int aRow, int aCol, double[] b, int bt, int bRow, int bCol,
            int m, int n, int q, int from, int end, double[] scratch, int free) {
        int wide = 4 * L;
        int j = from;
        for (; j + wide <= end; j += wide) {
            boolean direct = bCol == 1 && m <= 8;
            if (!direct) pack(scratch, free, b, bt + j * bCol, bRow, bCol, n, wide, wide);
            double[] panel = direct ? b : scratch;
            int begin = direct ? bt + j : free;
            int step = direct ? bRow : wide;
            int i = 0;
            for (; i + 4 <= m; i += 4) wideTile(out, to + i * q + j, q, a, at + i * aRow, aRow, aCol, panel, begin, step, n);
            for (; i < m; i++) wideRow(out, to + i * q + j, a, at + i * aRow, aCol, panel, begin, step, n);
        }
        for (; j < end; j += L) {
            int columns = Math.min(L, end - j);
            pack(scratch, free, b, bt + j * bCol, bRow, bCol, n, columns, L);
            VectorMask<Double> mask = S.indexInRange(0, columns);
            int i = 0;
            for (; i + 4 <= m; i += 4) tile(out, to + i * q + j, q, mask, a, at + i * aRow, aRow, aCol, scratch, free, n);
            for (; i < m; i++) row(out, to + i * q + j, mask, a, at + i * aRow, aCol, scratch, free, n);
        }
    }

    /// `columns` columns of b side by side, the rest of `width` zeros.
    private static void pack(double[] to, int free, double[] b, int bt, int bRow, int bCol, int n, int columns, int width) {
        if (bCol == 1) {
            for (int k = 0; k < n; k++) System.arraycopy(b, bt + k * bRow, to, free + k * width, columns);
        } else {
            for (int k = 0; k < n; k += 8) {
                int end = Math.min(n, k + 8);
                for (int j = 0; j < columns; j++)
                    for (int l = k; l < end; l++) to[free + l * width + j] = b[bt + l * bRow + j * bCol];
            }
        }
        if (columns == width) return;
        for (int k = 0; k < n; k++) for (int j = columns; j < width; j++) to[free + k * width + j] = 0;
    }

    private static void wideTile(double[] out, int to, int q, double[] a, int at, int aRow, int aCol, double[] b, int bt, int step, int n) {
        DoubleVector zero = DoubleVector.broadcast(S, -0.0);
        DoubleVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
        DoubleVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
        DoubleVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
        DoubleVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += step) {
            DoubleVector b0 = DoubleVector.fromArray(S, b, r);
            DoubleVector b1 = DoubleVector.fromArray(S, b, r + L);
            DoubleVector b2 = DoubleVector.fromArray(S, b, r + 2 * L);
            DoubleVector b3 = DoubleVector.fromArray(S, b, r + 3 * L);
            DoubleVector x = DoubleVector.broadcast(S, a[p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
            x = DoubleVector.broadcast(S, a[p + aRow]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            c13 = x.fma(b3, c13);
            x = DoubleVector.broadcast(S, a[p + 2 * aRow]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            c23 = x.fma(b3, c23);
            x = DoubleVector.broadcast(S, a[p + 3 * aRow]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            c33 = x.fma(b3, c33);
        }
        store(out, to, c00, c01, c02, c03);
        store(out, to + q, c10, c11, c12, c13);
        store(out, to + 2 * q, c20, c21, c22, c23);
        store(out, to + 3 * q, c30, c31, c32, c33);
    }

    private static void store(double[] out, int to, DoubleVector a, DoubleVector b, DoubleVector c, DoubleVector d) {
        a.intoArray(out, to);
        b.intoArray(out, to + L);
        c.intoArray(out, to + 2 * L);
        d.intoArray(out, to + 3 * L);
    }

    private static void wideRow(double[] out, int to, double[] a, int at, int aCol, double[] b, int bt, int step, int n) {
        DoubleVector zero = DoubleVector.broadcast(S, -0.0);
        DoubleVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += step) {
            DoubleVector x = DoubleVector.broadcast(S, a[p]);
            c0 = x.fma(DoubleVector.fromArray(S, b, r), c0);
            c1 = x.fma(DoubleVector.fromArray(S, b, r + L), c1);
            c2 = x.fma(DoubleVector.fromArray(S, b, r + 2 * L), c2);
            c3 = x.fma(DoubleVector.fromArray(S, b, r + 3 * L), c3);
        }
        store(out, to, c0, c1, c2, c3);
    }

    private static void tile(double[] out, int to, int q, VectorMask<Double> mask, double[] a, int at, int aRow, int aCol,
            double[] b, int bt, int n) {
        DoubleVector zero = DoubleVector.broadcast(S, -0.0);
        DoubleVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += L) {
            DoubleVector y = DoubleVector.fromArray(S, b, r);
            c0 = y.fma(DoubleVector.broadcast(S, a[p]), c0);
            c1 = y.fma(DoubleVector.broadcast(S, a[p + aRow]), c1);
            c2 = y.fma(DoubleVector.broadcast(S, a[p + 2 * aRow]), c2);
            c3 = y.fma(DoubleVector.broadcast(S, a[p + 3 * aRow]), c3);
        }
        c0.intoArray(out, to, mask);
        c1.intoArray(out, to + q, mask);
        c2.intoArray(out, to + 2 * q, mask);
        c3.intoArray(out, to + 3 * q, mask);
    }

    private static void row(double[] out, int to, VectorMask<Double> mask, double[] a, int at, int aCol, double[] b, int bt, int n) {
        DoubleVector c = DoubleVector.broadcast(S, -0.0);
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += L) c = DoubleVector.fromArray(S, b, r).fma(DoubleVector.broadcast(S, a[p]), c);
        c.intoArray(out, to, mask);
    }
}
