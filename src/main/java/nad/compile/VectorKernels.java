package nad.compile;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import nad.dictionary.RealRows;

/// The routines in vectors, loaded once for each type ([Copies]): of the partial results of an entry, or of neighbouring
/// entries. The order of an entry's operations is that of [PlainKernels]. Where entries are left over that fill no block, the
/// last block overlaps the one before: what is computed twice is the same.
///
/// A vector costs nothing as long as the JIT inlines what takes or gives one. It does so with the Vector API everywhere, with
/// methods of our own only where they are called at least about once in a call of the caller: no vector is passed in a rare branch.
final class VectorKernels extends Kernels {
    private static final boolean SINGLE = Copies.isSingle(MethodHandles.lookup());
    /// For neighbouring entries: as long as the machine has them.
    private static final VectorSpecies<Number> WIDE = typed(SINGLE ? Lanes.FLOATS : Lanes.DOUBLES);
    private static final int W = WIDE.length();
    /// For the eight partial results of an entry: eight lanes, or two vectors of four.
    private static final VectorSpecies<Number> PART = typed(SINGLE ? Lanes.EIGHT_FLOATS : Lanes.DOUBLES);
    private static final int L = PART.length();
    /// What is stored is cast to its own class first: the JIT loses it where paths meet, and the Vector API's code is shared by
    /// vectors of all lengths.
    private static final Class<? extends Vector<Number>> WIDE_CLASS = WIDE.vectorType();
    private static final Class<? extends Vector<Number>> PART_CLASS = PART.vectorType();
    /// Where among the partial results of several rows, eight for each, the second half of the vectors begins.
    private static final int SECOND = L == 8 ? 32 : 4;
    /// Rows that are worked on together: as many as SCRATCH holds the partial results of.
    private static final int ROWS = SCRATCH / 8;
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

    private static void store(Vector<Number> v, Object to, int at) {
        Vector<?> exact = WIDE_CLASS.cast(v);
        if (SINGLE) ((FloatVector) exact).intoArray((float[]) to, at);
        else ((DoubleVector) exact).intoArray((double[]) to, at);
    }

    private static void storePart(Vector<Number> v, Object to, int at) {
        Vector<?> exact = PART_CLASS.cast(v);
        if (SINGLE) ((FloatVector) exact).intoArray((float[]) to, at);
        else ((DoubleVector) exact).intoArray((double[]) to, at);
    }

    // ---- vectors and matrices

    @Override
    void dots(Object out, int to, Object a, int at, int rows, int across, int step, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        int r = 0;
        if (step == 1 && (xStep == 1 || x == ones) && n >= 8 && L >= 4) {
            for (int end = rows < L ? 0 : rows; r < end; r += ROWS) {
                int first = Math.min(r, rows - L);
                rows(out, to + first, a, at + first * across, Math.min(ROWS, rows - first), across, x, xAt, xStep, n, scratch, free);
            }
            for (; r < rows; r++) row(out, to + r, a, at + r * across, x, xAt, xStep, n, scratch, free);
        } else if (across == 1 && rows >= 4 * W) {
            for (; r < rows; r += 4 * W) fourColumns(out, to, a, at, Math.min(r, rows - 4 * W), step, x, xAt, xStep, n, scratch, free);
        } else if (across == 1 && rows >= W) {
            for (; r < rows; r += W) columns(out, to, a, at, Math.min(r, rows - W), step, x, xAt, xStep, n, scratch, free);
        } else {
            plain.dots(out, to, a, at, rows, across, step, x, xAt, xStep, n, scratch, free);
        }
    }

    /// As many rows as a vector has lanes, or more, up to ROWS: the eight partial results of each, then lane by lane their sums.
    private static void rows(Object out, int to, Object a, int at, int rows, int across, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        partialRows(scratch, free, a, at, rows, across, x, xAt, xStep, n);
        if ((n & 7) > 0) rowEnds(scratch, free, a, at, rows, across, x, xAt, xStep, n);
        for (int r = 0, p = free; r < rows; r += L, p += 8 * L) {
            Vector<Number> q0 = fours(PART.fromArray(scratch, p), PART.fromArray(scratch, p + SECOND));
            Vector<Number> q1 = fours(PART.fromArray(scratch, p + 8), PART.fromArray(scratch, p + SECOND + 8));
            Vector<Number> q2 = fours(PART.fromArray(scratch, p + 16), PART.fromArray(scratch, p + SECOND + 16));
            Vector<Number> q3 = fours(PART.fromArray(scratch, p + 24), PART.fromArray(scratch, p + SECOND + 24));
            storePart(lanes(pairs(q0, q2), pairs(q1, q3)), out, to + Math.min(r, rows - L));
        }
    }

    private static void partialRows(Object scratch, int free, Object a, int at, int rows, int across, Object x, int xAt, int xStep, int n) {
        int whole = n & -8;
        for (int r = 0, p = free; r < rows; r += L, p += 8 * L) {
            Vector<Number> p0 = zero(PART), p1 = p0, p2 = p0, p3 = p0, p4 = p0, p5 = p0, p6 = p0, p7 = p0;
            int first = at + Math.min(r, rows - L) * across;
            int second = first + (L == 8 ? 4 * across : 4);
            for (int k = 0; k < whole; k += 8) {
                Vector<Number> v = PART.fromArray(x, xAt + k * xStep);
                Vector<Number> u = L == 8 ? v : PART.fromArray(x, xAt + k * xStep + 4);
                p0 = PART.fromArray(a, first + k).lanewise(FMA, v, p0);
                p1 = PART.fromArray(a, first + across + k).lanewise(FMA, v, p1);
                p2 = PART.fromArray(a, first + 2 * across + k).lanewise(FMA, v, p2);
                p3 = PART.fromArray(a, first + 3 * across + k).lanewise(FMA, v, p3);
                p4 = PART.fromArray(a, second + k).lanewise(FMA, u, p4);
                p5 = PART.fromArray(a, second + across + k).lanewise(FMA, u, p5);
                p6 = PART.fromArray(a, second + 2 * across + k).lanewise(FMA, u, p6);
                p7 = PART.fromArray(a, second + 3 * across + k).lanewise(FMA, u, p7);
            }
            storePart(p0, scratch, p);
            storePart(p1, scratch, p + 8);
            storePart(p2, scratch, p + 16);
            storePart(p3, scratch, p + 24);
            storePart(p4, scratch, p + SECOND);
            storePart(p5, scratch, p + SECOND + 8);
            storePart(p6, scratch, p + SECOND + 16);
            storePart(p7, scratch, p + SECOND + 24);
        }
    }

    /// Adds the last products of each row, which fill no eight.
    private static void rowEnds(Object scratch, int free, Object a, int at, int rows, int across, Object x, int xAt, int xStep, int n) {
        int whole = n & -8;
        for (int r = 0, p = free; r < rows; r += L, p += 8 * L) {
            int first = at + Math.min(r, rows - L) * across;
            for (int k = whole; k < n; k++)
                for (int l = 0; l < L; l++) add(scratch, p + 8 * l + k - whole, a, first + l * across + k, x, xAt + k * xStep);
        }
    }

    private static void row(Object out, int to, Object a, int at, Object x, int xAt, int xStep, int n, Object scratch, int free) {
        Vector<Number> p = zero(PART), q = p;
        int whole = n & -8;
        for (int k = 0; k < whole; k += 8) {
            p = PART.fromArray(a, at + k).lanewise(FMA, PART.fromArray(x, xAt + k * xStep), p);
            if (L == 4) q = PART.fromArray(a, at + k + 4).lanewise(FMA, PART.fromArray(x, xAt + k * xStep + 4), q);
        }
        storePart(p, scratch, free);
        if (L == 4) storePart(q, scratch, free + 4);
        for (int k = whole; k < n; k++) add(scratch, free + k - whole, a, at + k, x, xAt + k * xStep);
        if (SINGLE) ((float[]) out)[to] = RealRows.combined((float[]) scratch, free);
        else ((double[]) out)[to] = RealRows.combined((double[]) scratch, free);
    }

    private static void add(Object to, int k, Object x, int p, Object y, int q) {
        if (SINGLE) ((float[]) to)[k] = Math.fma(((float[]) x)[p], ((float[]) y)[q], ((float[]) to)[k]);
        else ((double[]) to)[k] = Math.fma(((double[]) x)[p], ((double[]) y)[q], ((double[]) to)[k]);
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

    /// Columns r, r + 1, … of four vectors. Those partial results that are added in the end are worked on together, so that
    /// all are in registers and each entry of the matrix is read once, with its neighbours.
    private static void fourColumns(Object out, int to, Object m, int at, int r, int down, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        partialColumns(0, false, out, to + r, m, at + r, down, x, xAt, xStep, n);
        partialColumns(2, true, out, to + r, m, at + r, down, x, xAt, xStep, n);
        partialColumns(1, false, scratch, free, m, at + r, down, x, xAt, xStep, n);
        partialColumns(3, true, scratch, free, m, at + r, down, x, xAt, xStep, n);
        for (int j = 0; j < 4 * W; j += W) store(WIDE.fromArray(out, to + r + j).add(WIDE.fromArray(scratch, free + j)), out, to + r + j);
    }

    /// Partial results `first` and `first + 4`, their sum to `out` or added to what is there.
    private static void partialColumns(int first, boolean add, Object out, int to, Object m, int at, int down, Object x, int xAt, int xStep,
            int n) {
        Vector<Number> a0 = zero(WIDE), a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        int p = at + first * down;
        int j = xAt + first * xStep;
        int k = first;
        for (; k + 4 < n; k += 8, p += 8 * down, j += 8 * xStep) {
            Vector<Number> y = spread(x, j);
            a0 = WIDE.fromArray(m, p).lanewise(FMA, y, a0);
            a1 = WIDE.fromArray(m, p + W).lanewise(FMA, y, a1);
            a2 = WIDE.fromArray(m, p + 2 * W).lanewise(FMA, y, a2);
            a3 = WIDE.fromArray(m, p + 3 * W).lanewise(FMA, y, a3);
            Vector<Number> u = spread(x, j + 4 * xStep);
            int q = p + 4 * down;
            b0 = WIDE.fromArray(m, q).lanewise(FMA, u, b0);
            b1 = WIDE.fromArray(m, q + W).lanewise(FMA, u, b1);
            b2 = WIDE.fromArray(m, q + 2 * W).lanewise(FMA, u, b2);
            b3 = WIDE.fromArray(m, q + 3 * W).lanewise(FMA, u, b3);
        }
        Vector<Number> v = spread(x, k < n ? j : xAt);
        if (k < n) {
            a0 = WIDE.fromArray(m, p).lanewise(FMA, v, a0);
            a1 = WIDE.fromArray(m, p + W).lanewise(FMA, v, a1);
            a2 = WIDE.fromArray(m, p + 2 * W).lanewise(FMA, v, a2);
            a3 = WIDE.fromArray(m, p + 3 * W).lanewise(FMA, v, a3);
        }
        a0 = a0.add(b0);
        a1 = a1.add(b1);
        a2 = a2.add(b2);
        a3 = a3.add(b3);
        if (add) {
            a0 = WIDE.fromArray(out, to).add(a0);
            a1 = WIDE.fromArray(out, to + W).add(a1);
            a2 = WIDE.fromArray(out, to + 2 * W).add(a2);
            a3 = WIDE.fromArray(out, to + 3 * W).add(a3);
        }
        store(out, to, a0, a1, a2, a3);
    }

    /// Columns r, r + 1, … of one vector.
    private static void columns(Object out, int to, Object m, int at, int r, int down, Object x, int xAt, int xStep, int n,
            Object scratch, int free) {
        eightRows(scratch, free, m, at + r, down, x, xAt, xStep, n);
        for (int k = n & -8, s = free; k < n; k++, s += W)
            store(WIDE.fromArray(m, at + r + k * down).lanewise(FMA, spread(x, xAt + k * xStep), WIDE.fromArray(scratch, s)), scratch, s);
        Vector<Number> a = WIDE.fromArray(scratch, free).add(WIDE.fromArray(scratch, free + 4 * W));
        Vector<Number> b = WIDE.fromArray(scratch, free + W).add(WIDE.fromArray(scratch, free + 5 * W));
        Vector<Number> c = WIDE.fromArray(scratch, free + 2 * W).add(WIDE.fromArray(scratch, free + 6 * W));
        Vector<Number> d = WIDE.fromArray(scratch, free + 3 * W).add(WIDE.fromArray(scratch, free + 7 * W));
        store(a.add(c).add(b.add(d)), out, to + r);
    }

    private static void eightRows(Object scratch, int free, Object m, int at, int down, Object x, int xAt, int xStep, int n) {
        Vector<Number> a = zero(WIDE), b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        int whole = n & -8;
        for (int k = 0, p = at, j = xAt; k < whole; k += 8, p += 8 * down, j += 8 * xStep) {
            a = WIDE.fromArray(m, p).lanewise(FMA, spread(x, j), a);
            b = WIDE.fromArray(m, p + down).lanewise(FMA, spread(x, j + xStep), b);
            c = WIDE.fromArray(m, p + 2 * down).lanewise(FMA, spread(x, j + 2 * xStep), c);
            d = WIDE.fromArray(m, p + 3 * down).lanewise(FMA, spread(x, j + 3 * xStep), d);
            e = WIDE.fromArray(m, p + 4 * down).lanewise(FMA, spread(x, j + 4 * xStep), e);
            f = WIDE.fromArray(m, p + 5 * down).lanewise(FMA, spread(x, j + 5 * xStep), f);
            g = WIDE.fromArray(m, p + 6 * down).lanewise(FMA, spread(x, j + 6 * xStep), g);
            h = WIDE.fromArray(m, p + 7 * down).lanewise(FMA, spread(x, j + 7 * xStep), h);
        }
        store(scratch, free, a, b, c, d);
        store(scratch, free + 4 * W, e, f, g, h);
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
            int i = 0;
            for (; i + 4 <= m; i += 4) tile(out, to + i * q + j, q, columns, a, at + i * aRow, aRow, aCol, scratch, free, n);
            for (; i < m; i++) row(out, to + i * q + j, columns, a, at + i * aRow, aCol, scratch, free, n);
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
            Vector<Number> b0 = WIDE.fromArray(b, r);
            Vector<Number> b1 = WIDE.fromArray(b, r + W);
            Vector<Number> b2 = WIDE.fromArray(b, r + 2 * W);
            Vector<Number> b3 = WIDE.fromArray(b, r + 3 * W);
            Vector<Number> x = spread(a, p);
            c00 = b0.lanewise(FMA, x, c00);
            c01 = b1.lanewise(FMA, x, c01);
            c02 = b2.lanewise(FMA, x, c02);
            c03 = b3.lanewise(FMA, x, c03);
            x = spread(a, p + aRow);
            c10 = b0.lanewise(FMA, x, c10);
            c11 = b1.lanewise(FMA, x, c11);
            c12 = b2.lanewise(FMA, x, c12);
            c13 = b3.lanewise(FMA, x, c13);
            x = spread(a, p + 2 * aRow);
            c20 = b0.lanewise(FMA, x, c20);
            c21 = b1.lanewise(FMA, x, c21);
            c22 = b2.lanewise(FMA, x, c22);
            c23 = b3.lanewise(FMA, x, c23);
            x = spread(a, p + 3 * aRow);
            c30 = b0.lanewise(FMA, x, c30);
            c31 = b1.lanewise(FMA, x, c31);
            c32 = b2.lanewise(FMA, x, c32);
            c33 = b3.lanewise(FMA, x, c33);
        }
        store(out, to, c00, c01, c02, c03);
        store(out, to + q, c10, c11, c12, c13);
        store(out, to + 2 * q, c20, c21, c22, c23);
        store(out, to + 3 * q, c30, c31, c32, c33);
    }

    private static void store(Object out, int to, Vector<Number> a, Vector<Number> b, Vector<Number> c, Vector<Number> d) {
        store(a, out, to);
        store(b, out, to + W);
        store(c, out, to + 2 * W);
        store(d, out, to + 3 * W);
    }

    private static void wideRow(Object out, int to, Object a, int at, int aCol, Object b, int bt, int step, int n) {
        Vector<Number> c0 = zero(WIDE), c1 = c0, c2 = c0, c3 = c0;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += step) {
            Vector<Number> x = spread(a, p);
            c0 = WIDE.fromArray(b, r).lanewise(FMA, x, c0);
            c1 = WIDE.fromArray(b, r + W).lanewise(FMA, x, c1);
            c2 = WIDE.fromArray(b, r + 2 * W).lanewise(FMA, x, c2);
            c3 = WIDE.fromArray(b, r + 3 * W).lanewise(FMA, x, c3);
        }
        store(out, to, c0, c1, c2, c3);
    }

    private static void tile(Object out, int to, int q, int columns, Object a, int at, int aRow, int aCol, Object b, int bt, int n) {
        Vector<Number> c0 = zero(WIDE), c1 = c0, c2 = c0, c3 = c0;
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += W) {
            Vector<Number> y = WIDE.fromArray(b, r);
            c0 = y.lanewise(FMA, spread(a, p), c0);
            c1 = y.lanewise(FMA, spread(a, p + aRow), c1);
            c2 = y.lanewise(FMA, spread(a, p + 2 * aRow), c2);
            c3 = y.lanewise(FMA, spread(a, p + 3 * aRow), c3);
        }
        some(c0, columns, out, to, b, r);
        some(c1, columns, out, to + q, b, r);
        some(c2, columns, out, to + 2 * q, b, r);
        some(c3, columns, out, to + 3 * q, b, r);
    }

    private static void row(Object out, int to, int columns, Object a, int at, int aCol, Object b, int bt, int n) {
        Vector<Number> c = zero(WIDE);
        int p = at;
        int r = bt;
        for (int k = 0; k < n; k++, p += aCol, r += W) c = WIDE.fromArray(b, r).lanewise(FMA, spread(a, p), c);
        some(c, columns, out, to, b, r);
    }

    /// The first entries of a vector, by way of free cells behind the packed columns.
    private static void some(Vector<Number> v, int columns, Object out, int to, Object scratch, int free) {
        store(v, scratch, free);
        System.arraycopy(scratch, free, out, to, columns);
    }
}
