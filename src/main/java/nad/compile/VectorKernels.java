package nad.compile;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// The routines in vectors, loaded once for each type ([Copies]): of the partial results of an entry, or of neighbouring
/// entries. The order of an entry's operations is that of [PlainKernels]. Where entries are left over that fill no block, the
/// last block overlaps the one before: what is computed twice is the same.
final class VectorKernels extends Kernels {
    private static final boolean SINGLE = Copies.isSingle(MethodHandles.lookup());
    /// For neighbouring entries: as long as the machine has them.
    private static final VectorSpecies<Number> WIDE = typed(SINGLE ? Lanes.FLOATS : Lanes.DOUBLES);
    private static final int W = WIDE.length();
    /// For the eight partial results of an entry: eight lanes, or two vectors of four.
    private static final VectorSpecies<Number> PART = typed(SINGLE ? Lanes.EIGHT_FLOATS : Lanes.DOUBLES);
    private static final int L = PART.length();
    private static final VectorMask<Number> ODD_FOURS = odd(4);
    private static final VectorMask<Number> ODD_PAIRS = odd(2);
    private static final VectorMask<Number> ODD_LANES = odd(1);
    private static final VectorShuffle<Number> FOURS_SWAPPED = swapped(4);
    private static final VectorShuffle<Number> PAIRS_SWAPPED = swapped(2);
    private static final VectorShuffle<Number> LANES_SWAPPED = swapped(1);

    private final Kernels plain = Copies.of(PlainKernels.class, SINGLE);

    VectorKernels() {
        super(SINGLE);
    }

    // ---- vectors of the copy's type

    @SuppressWarnings("unchecked")
    private static VectorSpecies<Number> typed(VectorSpecies<? extends Number> s) {
        return (VectorSpecies<Number>) s;
    }

    /// The lanes that have an odd number of groups of `width` lanes before them.
    private static VectorMask<Number> odd(int width) {
        long lanes = 0;
        for (int l = 0; l < L; l++) if ((l & width) != 0) lanes |= 1L << l;
        return VectorMask.fromLong(PART, lanes);
    }

    private static VectorShuffle<Number> swapped(int width) {
        int[] from = new int[L];
        for (int l = 0; l < L; l++) from[l] = (l ^ width) & (L - 1);
        return VectorShuffle.fromArray(PART, from, 0);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Vector<Number> zero(VectorSpecies<Number> s) {
        return SINGLE ? (Vector) FloatVector.broadcast((VectorSpecies) s, -0f) : (Vector) DoubleVector.broadcast((VectorSpecies) s, -0.0);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Vector<Number> spread(Object x, int k) {
        return SINGLE
                ? (Vector) FloatVector.broadcast((VectorSpecies) WIDE, ((float[]) x)[k])
                : (Vector) DoubleVector.broadcast((VectorSpecies) WIDE, ((double[]) x)[k]);
    }

    private static Vector<Number> load(Object x, int at) {
        return WIDE.fromArray(x, at);
    }

    private static Vector<Number> part(Object x, int at) {
        return PART.fromArray(x, at);
    }

    private static void store(Vector<?> v, Object to, int at) {
        if (SINGLE) ((FloatVector) v).intoArray((float[]) to, at);
        else ((DoubleVector) v).intoArray((double[]) to, at);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void store(Vector<?> v, Object to, int at, VectorMask<Number> m) {
        if (SINGLE) ((FloatVector) v).intoArray((float[]) to, at, (VectorMask) m);
        else ((DoubleVector) v).intoArray((double[]) to, at, (VectorMask) m);
    }

    private static Vector<Number> fma(Vector<Number> x, Vector<Number> y, Vector<Number> sum) {
        return x.lanewise(VectorOperators.FMA, y, sum);
    }

    // ---- vectors and matrices

    @Override
    void dots(Object out, int to, Object a, int at, int rows, int across, int step, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        if (step == 1 && (xStep == 1 || x == ones) && n >= 8 && L >= 4) {
            int whole = rows < L ? 0 : rows;
            for (int k = 0; k < whole; k += L) {
                int r = Math.min(k, rows - L);
                rows(scratch, free, a, at + r * across, across, x, xAt, xStep, n);
                ends(scratch, free, a, at + r * across, across, x, xAt, xStep, n);
                combine(out, to + r, scratch, free);
            }
            for (int r = whole; r < rows; r++) row(out, to + r, a, at + r * across, x, xAt, xStep, n);
        } else if (across == 1 && rows >= 4 * W) {
            for (int r = 0; r < rows; r += 4 * W) fourColumns(out, to, a, at, Math.min(r, rows - 4 * W), step, x, xAt, xStep, n, scratch, free);
        } else if (across == 1 && rows >= W) {
            for (int r = 0; r < rows; r += W) columns(out, to, a, at, Math.min(r, rows - W), step, x, xAt, xStep, n);
        } else {
            plain.dots(out, to, a, at, rows, across, step, x, xAt, xStep, n, scratch, free);
        }
    }

    /// The partial results of as many rows as a vector has lanes, each in one vector or in two.
    private static void rows(Object scratch, int free, Object a, int first, int across, Object x, int xAt, int xStep, int n) {
        Vector<Number> p0 = zero(PART), p1 = p0, p2 = p0, p3 = p0, p4 = p0, p5 = p0, p6 = p0, p7 = p0;
        int second = first + (L == 8 ? 4 * across : 4);
        int whole = n & -8;
        for (int k = 0; k < whole; k += 8) {
            Vector<Number> v = part(x, xAt + k * xStep);
            Vector<Number> u = L == 8 ? v : part(x, xAt + k * xStep + 4);
            p0 = fma(part(a, first + k), v, p0);
            p1 = fma(part(a, first + across + k), v, p1);
            p2 = fma(part(a, first + 2 * across + k), v, p2);
            p3 = fma(part(a, first + 3 * across + k), v, p3);
            p4 = fma(part(a, second + k), u, p4);
            p5 = fma(part(a, second + across + k), u, p5);
            p6 = fma(part(a, second + 2 * across + k), u, p6);
            p7 = fma(part(a, second + 3 * across + k), u, p7);
        }
        store(scratch, free, L, p0, p1, p2, p3);
        store(scratch, free + 4 * L, L, p4, p5, p6, p7);
    }

    /// Adds the products of those entries of the rows that fill no eight.
    private static void ends(Object scratch, int free, Object a, int at, int across, Object x, int xAt, int xStep, int n) {
        for (int from = n & -8, p = free; from < n; from += L) {
            int begin = Math.min(from, n - L);
            VectorMask<Number> some = PART.indexInRange(from, n);
            VectorShuffle<Number> shift = shift(from - begin);
            Vector<Number> v = part(x, xAt + begin * xStep).rearrange(shift);
            for (int r = 0; r < L; r++, p += L) store(rest(a, at + r * across + begin, shift, v, part(scratch, p), some), scratch, p);
        }
    }

    /// The sums of the rows' partial results, lane by lane.
    private static void combine(Object out, int to, Object scratch, int free) {
        int other = free + 4 * L;
        Vector<Number> q0 = fours(part(scratch, free), part(scratch, other));
        Vector<Number> q1 = fours(part(scratch, free + L), part(scratch, other + L));
        Vector<Number> q2 = fours(part(scratch, free + 2 * L), part(scratch, other + 2 * L));
        Vector<Number> q3 = fours(part(scratch, free + 3 * L), part(scratch, other + 3 * L));
        store(lanes(pairs(q0, q2), pairs(q1, q3)), out, to);
    }

    /// Brings the last entries of a row, which were read together with the ones before, to the front.
    private static VectorShuffle<Number> shift(int by) {
        return VectorShuffle.iota(PART, by, 1, true);
    }

    private static Vector<Number> rest(Object a, int at, VectorShuffle<Number> shift, Vector<Number> x, Vector<Number> sum, VectorMask<Number> m) {
        return sum.blend(fma(part(a, at).rearrange(shift), x, sum), m);
    }

    /// In every other group of lanes the sums of the first vector's neighbouring groups, in the groups between the second's.
    private static Vector<Number> folded(Vector<Number> x, Vector<Number> y, VectorMask<Number> odd, VectorShuffle<Number> swapped) {
        return x.blend(y, odd).add(y.blend(x, odd).rearrange(swapped));
    }

    private static Vector<Number> fours(Vector<Number> x, Vector<Number> y) {
        return L == 8 ? folded(x, y, ODD_FOURS, FOURS_SWAPPED) : x.add(y);
    }

    private static Vector<Number> pairs(Vector<Number> x, Vector<Number> y) {
        return folded(x, y, ODD_PAIRS, PAIRS_SWAPPED);
    }

    private static Vector<Number> lanes(Vector<Number> x, Vector<Number> y) {
        return folded(x, y, ODD_LANES, LANES_SWAPPED);
    }

    private static void row(Object out, int to, Object a, int at, Object x, int xAt, int xStep, int n) {
        Vector<Number> p = zero(PART), q = p;
        int whole = n & -8;
        for (int k = 0; k < whole; k += 8) {
            p = fma(part(a, at + k), part(x, xAt + k * xStep), p);
            if (L == 4) q = fma(part(a, at + k + 4), part(x, xAt + k * xStep + 4), q);
        }
        if (whole < n) {
            int begin = Math.min(whole, n - L);
            VectorShuffle<Number> shift = shift(whole - begin);
            p = rest(a, at + begin, shift, part(x, xAt + begin * xStep).rearrange(shift), p, PART.indexInRange(whole, n));
            if (L == 4) {
                begin = Math.min(whole + 4, n - L);
                shift = shift(whole + 4 - begin);
                q = rest(a, at + begin, shift, part(x, xAt + begin * xStep).rearrange(shift), q, PART.indexInRange(whole + 4, n));
            }
        }
        Vector<Number> s = fours(p, L == 8 ? p : q);
        s = pairs(s, s);
        first(lanes(s, s), out, to);
    }

    private static void first(Vector<?> v, Object to, int at) {
        if (SINGLE) ((float[]) to)[at] = ((FloatVector) v).lane(0);
        else ((double[]) to)[at] = ((DoubleVector) v).lane(0);
    }

    /// Columns r, r + 1, … of four vectors. Those partial results that are added in the end are worked on together, so that
    /// all are in registers and each entry of the matrix is read once, with its neighbours.
    private static void fourColumns(Object out, int to, Object m, int at, int r, int down, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        partialColumns(0, false, out, to + r, m, at + r, down, x, xAt, xStep, n);
        partialColumns(2, true, out, to + r, m, at + r, down, x, xAt, xStep, n);
        partialColumns(1, false, scratch, free, m, at + r, down, x, xAt, xStep, n);
        partialColumns(3, true, scratch, free, m, at + r, down, x, xAt, xStep, n);
        for (int j = 0; j < 4 * W; j += W) store(load(out, to + r + j).add(load(scratch, free + j)), out, to + r + j);
    }

    /// Partial results `first` and `first + 4`, their sum to `out` or added to what is there.
    private static void partialColumns(int first, boolean add, Object out, int to, Object m, int at, int down, Object x, int xAt, int xStep,
            int n) {
        Vector<Number> a0 = zero(WIDE), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        int p = at + first * down;
        int j = xAt + first * xStep;
        int k = first;
        for (; k + 4 < n; k += 8, p += 8 * down, j += 8 * xStep) {
            Vector<Number> v = spread(x, j);
            a0 = fma(load(m, p), v, a0);
            a1 = fma(load(m, p + W), v, a1);
            a2 = fma(load(m, p + 2 * W), v, a2);
            a3 = fma(load(m, p + 3 * W), v, a3);
            Vector<Number> u = spread(x, j + 4 * xStep);
            int q = p + 4 * down;
            b0 = fma(load(m, q), u, b0);
            b1 = fma(load(m, q + W), u, b1);
            b2 = fma(load(m, q + 2 * W), u, b2);
            b3 = fma(load(m, q + 3 * W), u, b3);
        }
        if (k < n) {
            Vector<Number> v = spread(x, j);
            a0 = fma(load(m, p), v, a0);
            a1 = fma(load(m, p + W), v, a1);
            a2 = fma(load(m, p + 2 * W), v, a2);
            a3 = fma(load(m, p + 3 * W), v, a3);
        }
        a0 = a0.add(b0);
        a1 = a1.add(b1);
        a2 = a2.add(b2);
        a3 = a3.add(b3);
        if (add) {
            a0 = load(out, to).add(a0);
            a1 = load(out, to + W).add(a1);
            a2 = load(out, to + 2 * W).add(a2);
            a3 = load(out, to + 3 * W).add(a3);
        }
        store(out, to, W, a0, a1, a2, a3);
    }

    private static void columns(Object out, int to, Object m, int at, int r, int down, Object x, int xAt, int xStep, int n) {
        Vector<Number> a = zero(WIDE), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        int p = at + r;
        int k = 0;
        int j = xAt;
        for (; k + 8 <= n; k += 8, p += 8 * down, j += 8 * xStep) {
            a = fma(load(m, p), spread(x, j), a);
            b = fma(load(m, p + down), spread(x, j + xStep), b);
            c = fma(load(m, p + 2 * down), spread(x, j + 2 * xStep), c);
            d = fma(load(m, p + 3 * down), spread(x, j + 3 * xStep), d);
            e = fma(load(m, p + 4 * down), spread(x, j + 4 * xStep), e);
            f = fma(load(m, p + 5 * down), spread(x, j + 5 * xStep), f);
            g = fma(load(m, p + 6 * down), spread(x, j + 6 * xStep), g);
            h = fma(load(m, p + 7 * down), spread(x, j + 7 * xStep), h);
        }
        int rest = n - k;
        if (rest > 0) a = fma(load(m, p), spread(x, j), a);
        if (rest > 1) b = fma(load(m, p + down), spread(x, j + xStep), b);
        if (rest > 2) c = fma(load(m, p + 2 * down), spread(x, j + 2 * xStep), c);
        if (rest > 3) d = fma(load(m, p + 3 * down), spread(x, j + 3 * xStep), d);
        if (rest > 4) e = fma(load(m, p + 4 * down), spread(x, j + 4 * xStep), e);
        if (rest > 5) f = fma(load(m, p + 5 * down), spread(x, j + 5 * xStep), f);
        if (rest > 6) g = fma(load(m, p + 6 * down), spread(x, j + 6 * xStep), g);
        store(a.add(e).add(c.add(g)).add(b.add(f).add(d.add(h))), out, to + r);
    }

    // ---- matrix products: tiles of 4 rows by 4 vectors, whose entries stay in registers for all of k

    @Override
    void product(Object out, int to, Object a, int at, int aRow, int aCol, Object b, int bt, int bRow, int bCol,
            int m, int n, int q, int from, int end, Object scratch, int free) {
        int wide = 4 * W;
        int j = from;
        for (; j + wide <= end; j += wide) {
            boolean direct = bCol == 1 && m <= 8;
            if (!direct) pack(scratch, free, b, bt + j * bCol, bRow, bCol, n, wide, wide);
            Object panel = direct ? b : scratch;
            int begin = direct ? bt + j : free;
            int step = direct ? bRow : wide;
            int i = 0;
            for (; i + 4 <= m; i += 4) wideTile(out, to + i * q + j, q, a, at + i * aRow, aRow, aCol, panel, begin, step, n);
            for (; i < m; i++) wideRow(out, to + i * q + j, a, at + i * aRow, aCol, panel, begin, step, n);
        }
        for (; j < end; j += W) {
            int columns = Math.min(W, end - j);
            pack(scratch, free, b, bt + j * bCol, bRow, bCol, n, columns, W);
            VectorMask<Number> mask = WIDE.indexInRange(0, columns);
            int i = 0;
            for (; i + 4 <= m; i += 4) tile(out, to + i * q + j, q, mask, a, at + i * aRow, aRow, aCol, scratch, free, n);
            for (; i < m; i++) row(out, to + i * q + j, mask, a, at + i * aRow, aCol, scratch, free, n);
        }
    }

    /// `columns` columns of b side by side, the rest of `width` zeros.
    private static void pack(Object to, int free, Object b, int bt, int bRow, int bCol, int n, int columns, int width) {
        if (bCol == 1) {
            for (int k = 0; k < n; k++) System.arraycopy(b, bt + k * bRow, to, free + k * width, columns);
        } else {
            for (int k = 0; k < n; k += 8) {
                int end = Math.min(n, k + 8);
                for (int j = 0; j < columns; j++) for (int l = k; l < end; l++) copy(b, bt + l * bRow + j * bCol, to, free + l * width + j);
            }
        }
        if (columns == width) return;
        for (int k = 0; k < n; k++) for (int j = columns; j < width; j++) clear(to, free + k * width + j);
    }

    private static void copy(Object x, int at, Object to, int k) {
        if (SINGLE) ((float[]) to)[k] = ((float[]) x)[at];
        else ((double[]) to)[k] = ((double[]) x)[at];
    }

    private static void clear(Object x, int k) {
        if (SINGLE) ((float[]) x)[k] = 0;
        else ((double[]) x)[k] = 0;
    }

    private static void wideTile(Object out, int to, int q, Object a, int at, int aRow, int aCol, Object b, int bt, int step, int n) {
        Vector<Number> zero = zero(WIDE);
        Vector<Number> c00 = zero, c01 = zero, c02 = zero, c03 = zero;
        Vector<Number> c10 = zero, c11 = zero, c12 = zero, c13 = zero;
        Vector<Number> c20 = zero, c21 = zero, c22 = zero, c23 = zero;
        Vector<Number> c30 = zero, c31 = zero, c32 = zero, c33 = zero;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += step) {
            Vector<Number> b0 = load(b, r);
            Vector<Number> b1 = load(b, r + W);
            Vector<Number> b2 = load(b, r + 2 * W);
            Vector<Number> b3 = load(b, r + 3 * W);
            Vector<Number> x = spread(a, p);
            c00 = fma(x, b0, c00);
            c01 = fma(x, b1, c01);
            c02 = fma(x, b2, c02);
            c03 = fma(x, b3, c03);
            x = spread(a, p + aRow);
            c10 = fma(x, b0, c10);
            c11 = fma(x, b1, c11);
            c12 = fma(x, b2, c12);
            c13 = fma(x, b3, c13);
            x = spread(a, p + 2 * aRow);
            c20 = fma(x, b0, c20);
            c21 = fma(x, b1, c21);
            c22 = fma(x, b2, c22);
            c23 = fma(x, b3, c23);
            x = spread(a, p + 3 * aRow);
            c30 = fma(x, b0, c30);
            c31 = fma(x, b1, c31);
            c32 = fma(x, b2, c32);
            c33 = fma(x, b3, c33);
        }
        store(out, to, W, c00, c01, c02, c03);
        store(out, to + q, W, c10, c11, c12, c13);
        store(out, to + 2 * q, W, c20, c21, c22, c23);
        store(out, to + 3 * q, W, c30, c31, c32, c33);
    }

    private static void store(Object out, int to, int step, Vector<Number> a, Vector<Number> b, Vector<Number> c, Vector<Number> d) {
        store(a, out, to);
        store(b, out, to + step);
        store(c, out, to + 2 * step);
        store(d, out, to + 3 * step);
    }

    private static void wideRow(Object out, int to, Object a, int at, int aCol, Object b, int bt, int step, int n) {
        Vector<Number> c0 = zero(WIDE), c1 = c0, c2 = c0, c3 = c0;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += step) {
            Vector<Number> x = spread(a, p);
            c0 = fma(x, load(b, r), c0);
            c1 = fma(x, load(b, r + W), c1);
            c2 = fma(x, load(b, r + 2 * W), c2);
            c3 = fma(x, load(b, r + 3 * W), c3);
        }
        store(out, to, W, c0, c1, c2, c3);
    }

    private static void tile(Object out, int to, int q, VectorMask<Number> mask, Object a, int at, int aRow, int aCol, Object b, int bt, int n) {
        Vector<Number> c0 = zero(WIDE), c1 = c0, c2 = c0, c3 = c0;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += W) {
            Vector<Number> y = load(b, r);
            c0 = fma(y, spread(a, p), c0);
            c1 = fma(y, spread(a, p + aRow), c1);
            c2 = fma(y, spread(a, p + 2 * aRow), c2);
            c3 = fma(y, spread(a, p + 3 * aRow), c3);
        }
        store(c0, out, to, mask);
        store(c1, out, to + q, mask);
        store(c2, out, to + 2 * q, mask);
        store(c3, out, to + 3 * q, mask);
    }

    private static void row(Object out, int to, VectorMask<Number> mask, Object a, int at, int aCol, Object b, int bt, int n) {
        Vector<Number> c = zero(WIDE);
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += W) c = fma(load(b, r), spread(a, p), c);
        store(c, out, to, mask);
    }
}
