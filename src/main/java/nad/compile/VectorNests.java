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
    void products(int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy) {
        if (sx == 0 && sy == 1) {
            products(n, zs, z, sz, ys, y, sy, xs, x, sx);
            return;
        }
        int k = 0;
        if (sz == 1 && sx == 1 && sy == 0) {
            DoubleVector b = DoubleVector.broadcast(S, ys[y]);
            for (; k + L <= n; k += L) at(xs, x + k).mul(b).intoArray(zs, z + k);
        } else if (sz == 1 && sx == 1 && sy == 1) {
            for (; k + L <= n; k += L) at(xs, x + k).mul(at(ys, y + k)).intoArray(zs, z + k);
        }
        if (k < n) super.products(n - k, zs, z + k * sz, sz, xs, x + k * sx, sx, ys, y + k * sy, sy);
    }

    @Override
    void sums(boolean plus, int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy) {
        int k = 0;
        if (sz == 1 && sx == 1 && sy == 1) {
            if (plus) for (; k + L <= n; k += L) at(xs, x + k).add(at(ys, y + k)).intoArray(zs, z + k);
            else for (; k + L <= n; k += L) at(xs, x + k).sub(at(ys, y + k)).intoArray(zs, z + k);
        }
        if (k < n) super.sums(plus, n - k, zs, z + k * sz, sz, xs, x + k * sx, sx, ys, y + k * sy, sy);
    }

    @Override
    void addProducts(boolean plus, int n, double[] zs, int z, int sz, double[] ws, int w, int sw, double[] xs, int x, int sx, double[] ys, int y, int sy) {
        if (sx == 0 && sy == 1) {
            addProducts(plus, n, zs, z, sz, ws, w, sw, ys, y, sy, xs, x, sx);
            return;
        }
        int k = 0;
        if (sz == 1 && sw == 1 && sx == 1 && sy == 0) {
            DoubleVector b = DoubleVector.broadcast(S, plus ? ys[y] : -ys[y]);
            for (; k + L <= n; k += L) at(ws, w + k).add(at(xs, x + k).mul(b)).intoArray(zs, z + k);
        } else if (sz == 1 && sw == 1 && sx == 1 && sy == 1) {
            if (plus) for (; k + L <= n; k += L) at(ws, w + k).add(at(xs, x + k).mul(at(ys, y + k))).intoArray(zs, z + k);
            else for (; k + L <= n; k += L) at(ws, w + k).sub(at(xs, x + k).mul(at(ys, y + k))).intoArray(zs, z + k);
        }
        if (k < n) super.addProducts(plus, n - k, zs, z + k * sz, sz, ws, w + k * sw, sw, xs, x + k * sx, sx, ys, y + k * sy, sy);
    }

    @Override
    void fused(int n, double[] zs, int z, int sz, double[] xs, int x, int sx, double[] ys, int y, int sy, double[] ws, int w, int sw) {
        if (sx == 0 && sy == 1) {
            fused(n, zs, z, sz, ys, y, sy, xs, x, sx, ws, w, sw);
            return;
        }
        int k = 0;
        if (sz == 1 && sx == 1 && sw == 1 && sy == 0) {
            DoubleVector b = DoubleVector.broadcast(S, ys[y]);
            for (; k + L <= n; k += L) at(xs, x + k).fma(b, at(ws, w + k)).intoArray(zs, z + k);
        } else if (sz == 1 && sx == 1 && sw == 1 && sy == 1) {
            for (; k + L <= n; k += L) at(xs, x + k).fma(at(ys, y + k), at(ws, w + k)).intoArray(zs, z + k);
        }
        if (k < n) super.fused(n - k, zs, z + k * sz, sz, xs, x + k * sx, sx, ys, y + k * sy, sy, ws, w + k * sw, sw);
    }

    @Override
    void columns(int n, int rows, double[] zs, int z, int sz, double[] xs, int x, int sx, int rx, double[] ys, int y, int ry) {
        int k = 0;
        if (sz == 1 && sx == 1) {
            for (; k + 4 * L <= n; k += 4 * L) four(rows, zs, z + k, xs, x + k, rx, ys, y, ry);
            for (; k + L <= n; k += L) {
                DoubleVector s = at(zs, z + k);
                for (int r = 0, a = x + k, b = y; r < rows; r++, a += rx, b += ry) s = s.add(at(xs, a).mul(DoubleVector.broadcast(S, ys[b])));
                s.intoArray(zs, z + k);
            }
        }
        if (k < n) super.columns(n - k, rows, zs, z + k * sz, sz, xs, x + k * sx, sx, rx, ys, y, ry);
    }

    private static void four(int rows, double[] zs, int z, double[] xs, int x, int rx, double[] ys, int y, int ry) {
        DoubleVector s0 = at(zs, z);
        DoubleVector s1 = at(zs, z + L);
        DoubleVector s2 = at(zs, z + 2 * L);
        DoubleVector s3 = at(zs, z + 3 * L);
        for (int r = 0; r < rows; r++, x += rx, y += ry) {
            DoubleVector b = DoubleVector.broadcast(S, ys[y]);
            s0 = s0.add(at(xs, x).mul(b));
            s1 = s1.add(at(xs, x + L).mul(b));
            s2 = s2.add(at(xs, x + 2 * L).mul(b));
            s3 = s3.add(at(xs, x + 3 * L).mul(b));
        }
        s0.intoArray(zs, z);
        s1.intoArray(zs, z + L);
        s2.intoArray(zs, z + 2 * L);
        s3.intoArray(zs, z + 3 * L);
    }
}
