package nad.compile;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// [NestKernels] over neighbouring cells, in vectors.
final class VectorNests extends NestKernels {
    private static final VectorSpecies<Double> S = Lanes.DOUBLES;
    private static final int L = S.length();

    private static DoubleVector at(double[] m, int k) {
        return DoubleVector.fromArray(S, m, k);
    }

    @Override
    void products(double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        if (sx == 0 && sy == 1) {
            products(m, n, z, sz, y, sy, x, sx);
            return;
        }
        int k = 0;
        if (sz == 1 && sx == 1 && sy == 0) {
            DoubleVector b = DoubleVector.broadcast(S, m[y]);
            for (; k + L <= n; k += L) at(m, x + k).mul(b).intoArray(m, z + k);
        } else if (sz == 1 && sx == 1 && sy == 1) {
            for (; k + L <= n; k += L) at(m, x + k).mul(at(m, y + k)).intoArray(m, z + k);
        }
        if (k < n) super.products(m, n - k, z + k * sz, sz, x + k * sx, sx, y + k * sy, sy);
    }

    @Override
    void sums(boolean plus, double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        int k = 0;
        if (sz == 1 && sx == 1 && sy == 1) {
            if (plus) for (; k + L <= n; k += L) at(m, x + k).add(at(m, y + k)).intoArray(m, z + k);
            else for (; k + L <= n; k += L) at(m, x + k).sub(at(m, y + k)).intoArray(m, z + k);
        }
        if (k < n) super.sums(plus, m, n - k, z + k * sz, sz, x + k * sx, sx, y + k * sy, sy);
    }

    @Override
    void addProducts(boolean plus, double[] m, int n, int z, int sz, int x, int sx, int y, int sy) {
        if (sx == 0 && sy == 1) {
            addProducts(plus, m, n, z, sz, y, sy, x, sx);
            return;
        }
        int k = 0;
        if (sz == 1 && sx == 1 && sy == 0) {
            DoubleVector b = DoubleVector.broadcast(S, plus ? m[y] : -m[y]);
            for (; k + L <= n; k += L) at(m, z + k).add(at(m, x + k).mul(b)).intoArray(m, z + k);
        } else if (sz == 1 && sx == 1 && sy == 1) {
            if (plus) for (; k + L <= n; k += L) at(m, z + k).add(at(m, x + k).mul(at(m, y + k))).intoArray(m, z + k);
            else for (; k + L <= n; k += L) at(m, z + k).sub(at(m, x + k).mul(at(m, y + k))).intoArray(m, z + k);
        }
        if (k < n) super.addProducts(plus, m, n - k, z + k * sz, sz, x + k * sx, sx, y + k * sy, sy);
    }

    @Override
    void fused(double[] m, int n, int z, int sz, int x, int sx, int y, int sy, int w, int sw) {
        if (sx == 0 && sy == 1) {
            fused(m, n, z, sz, y, sy, x, sx, w, sw);
            return;
        }
        int k = 0;
        if (sz == 1 && sx == 1 && sw == 1) {
            DoubleVector b = DoubleVector.broadcast(S, m[y]);
            if (sy == 0) for (; k + L <= n; k += L) at(m, x + k).fma(b, at(m, w + k)).intoArray(m, z + k);
            else if (sy == 1) for (; k + L <= n; k += L) at(m, x + k).fma(at(m, y + k), at(m, w + k)).intoArray(m, z + k);
        }
        if (k < n) super.fused(m, n - k, z + k * sz, sz, x + k * sx, sx, y + k * sy, sy, w + k * sw, sw);
    }

    @Override
    void columns(double[] m, int n, int rows, int z, int sz, int x, int sx, int rx, int y, int ry) {
        int k = 0;
        if (sz == 1 && sx == 1) {
            for (; k + 4 * L <= n; k += 4 * L) four(m, rows, z + k, x + k, rx, y, ry);
            for (; k + L <= n; k += L) {
                DoubleVector s = at(m, z + k);
                for (int r = 0, a = x + k, b = y; r < rows; r++, a += rx, b += ry) s = s.add(at(m, a).mul(DoubleVector.broadcast(S, m[b])));
                s.intoArray(m, z + k);
            }
        }
        if (k < n) super.columns(m, n - k, rows, z + k * sz, sz, x + k * sx, sx, rx, y, ry);
    }

    private static void four(double[] m, int rows, int z, int x, int rx, int y, int ry) {
        DoubleVector s0 = at(m, z);
        DoubleVector s1 = at(m, z + L);
        DoubleVector s2 = at(m, z + 2 * L);
        DoubleVector s3 = at(m, z + 3 * L);
        for (int r = 0; r < rows; r++, x += rx, y += ry) {
            DoubleVector b = DoubleVector.broadcast(S, m[y]);
            s0 = s0.add(at(m, x).mul(b));
            s1 = s1.add(at(m, x + L).mul(b));
            s2 = s2.add(at(m, x + 2 * L).mul(b));
            s3 = s3.add(at(m, x + 3 * L).mul(b));
        }
        s0.intoArray(m, z);
        s1.intoArray(m, z + L);
        s2.intoArray(m, z + 2 * L);
        s3.intoArray(m, z + 3 * L);
    }
}
