package nad.tensor;

import java.util.Arrays;

/// Which entries of a row-major buffer a tensor view shows, and in which order: entry `(i_1, …, i_r)`, counted
/// from 0, stands at `offset + Σ i_k · strides[k]`. Indexing, slicing, transposing, reshaping and broadcasting only
/// change a layout and move no data. An axis of size 1 always has stride 0, so that equal views have equal layouts.
public record Layout(int offset, int[] shape, int[] strides) {
    private static final Layout SCALAR = new Layout(0, Shapes.SCALAR, Shapes.SCALAR);

    public Layout {
        boolean clean = true;
        for (int k = 0; k < shape.length; k++) clean &= shape[k] != 1 || strides[k] == 0;
        if (!clean) {
            strides = strides.clone();
            for (int k = 0; k < shape.length; k++) if (shape[k] == 1) strides[k] = 0;
        }
    }

    /// The whole of a row-major buffer of this shape.
    public static Layout whole(int... shape) {
        if (shape.length == 0) return SCALAR;
        int[] strides = new int[shape.length];
        int step = 1;
        for (int k = shape.length - 1; k >= 0; k--) {
            strides[k] = step;
            step *= shape[k];
        }
        return new Layout(0, shape, strides);
    }

    public static Layout entry(int offset) {
        return offset == 0 ? SCALAR : new Layout(offset, Shapes.SCALAR, Shapes.SCALAR);
    }

    public int rank() {
        return shape.length;
    }

    public int size() {
        return Shapes.size(shape);
    }

    public boolean isWhole(int[] bufferShape) {
        if (offset != 0 || !Arrays.equals(shape, bufferShape)) return false;
        int step = 1;
        for (int k = shape.length - 1; k >= 0; k--) {
            if (shape[k] != 1 && strides[k] != step) return false;
            step *= shape[k];
        }
        return true;
    }

    /// Axis `axis` fixed at the 0-based position `index`.
    public Layout at(int axis, int index) {
        return new Layout(offset + index * strides[axis], Shapes.without(shape, axis), Shapes.without(strides, axis));
    }

    /// Positions `from … from + count − 1` (0-based) of an axis.
    public Layout slice(int axis, int from, int count) {
        int[] s = shape.clone();
        s[axis] = count;
        return new Layout(offset + from * strides[axis], s, strides);
    }

    /// The axes in a new order: axis `k` of the result is axis `order[k]` of this.
    public Layout permute(int... order) {
        int[] s = new int[order.length];
        int[] d = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            s[k] = shape[order[k]];
            d[k] = strides[order[k]];
        }
        return new Layout(offset, s, d);
    }

    /// A new axis of the given size along which all entries are the same.
    public Layout repeat(int axis, int size) {
        return new Layout(offset, Shapes.with(shape, axis, size), Shapes.with(strides, axis, 0));
    }

    /// Broadcast from the right, by NumPy's rule, to a shape that fits.
    public Layout broadcast(int[] to) {
        if (Arrays.equals(shape, to)) return this;
        int[] d = new int[to.length];
        int lead = to.length - shape.length;
        for (int k = lead; k < to.length; k++) d[k] = shape[k - lead] == to[k] ? strides[k - lead] : 0;
        return new Layout(offset, to, d);
    }

    /// The same entries in row-major order under another shape, or null where no layout shows that.
    public Layout reshape(int... to) {
        int[] d = new int[to.length];
        int[] s = dropOnes(shape, shape);
        int[] t = dropOnes(shape, strides);
        int k = to.length - 1;
        for (int axis = s.length - 1; axis >= 0; axis--) {
            // Merge as many old axes as are contiguous, then split the run into the new ones.
            int run = s[axis];
            int step = t[axis];
            while (axis > 0 && t[axis - 1] == t[axis] * s[axis]) run *= s[--axis];
            while (k >= 0 && run > 1) {
                if (to[k] == 1) {
                    k--;
                    continue;
                }
                if (run % to[k] != 0) return null;
                d[k] = step;
                step *= to[k];
                run /= to[k];
                k--;
            }
            if (run != 1) return null;
        }
        return new Layout(offset, to, d);
    }

    private static int[] dropOnes(int[] shape, int[] values) {
        int n = 0;
        int[] kept = new int[shape.length];
        for (int k = 0; k < shape.length; k++) if (shape[k] != 1) kept[n++] = values[k];
        return Arrays.copyOf(kept, n);
    }

    /// Whether slices of a row-major buffer of this shape show these entries: every axis is a run of one of its axes, in the
    /// same order.
    public boolean isSlice(int[] bufferShape) {
        int[] own = whole(bufferShape).strides;
        int rest = offset;
        int axis = 0;
        for (int d = 0; d < own.length; d++) {
            int at = bufferShape[d] == 1 ? 0 : rest / own[d];
            rest -= at * own[d];
            while (axis < rank() && shape[axis] == 1) axis++;
            boolean run = axis < rank() && bufferShape[d] > 1 && strides[axis] == own[d];
            if (at + (run ? shape[axis++] : 1) > bufferShape[d]) return false;
        }
        while (axis < rank() && shape[axis] == 1) axis++;
        return rest == 0 && axis == rank();
    }

    /// The view in coordinates of a row-major buffer of this shape: row k says how many places a step along axis k goes along
    /// each axis of the buffer, and the last row where entry (0, …, 0) stands. Null where some entry is not reached so,
    /// because the steps run over an edge of the buffer.
    public int[][] steps(int[] bufferShape) {
        int r = rank();
        int[][] out = new int[r + 1][];
        out[r] = coordinates(offset, bufferShape);
        int[] least = out[r].clone();
        int[] most = out[r].clone();
        for (int k = 0; k < r; k++) {
            out[k] = shape[k] == 1 ? new int[bufferShape.length] : coordinates(offset + strides[k], bufferShape);
            for (int d = 0; d < bufferShape.length && shape[k] > 1; d++) {
                out[k][d] -= out[r][d];
                least[d] += Math.min(0, out[k][d] * (shape[k] - 1));
                most[d] += Math.max(0, out[k][d] * (shape[k] - 1));
            }
        }
        for (int d = 0; d < bufferShape.length; d++) if (least[d] < 0 || most[d] >= bufferShape[d]) return null;
        return out;
    }

    /// Where no subscripts say a whole view: how many positions of its first axis, from this one on, subscripts may say
    /// together; 1 where they do not say even one, which is then taken apart along the next axis.
    public int said(int from, int[] bufferShape) {
        int n = 1;
        while (from + n < shape[0] && slice(0, from, n + 1).steps(bufferShape) != null) n++;
        return n;
    }

    private static int[] coordinates(int position, int[] bufferShape) {
        int[] out = new int[bufferShape.length];
        for (int d = out.length - 1; d >= 0; d--) {
            out[d] = position % bufferShape[d];
            position /= bufferShape[d];
        }
        return out;
    }

    /// True where two different index tuples show the same entry (an overlap that is not a repeated axis counts too).
    public boolean overlaps() {
        // Sorted by stride, an axis must step over everything that the finer ones reach. This is the usual sufficient
        // test; a view that fails it and yet does not overlap is treated as one that does, which is only slower.
        int r = rank();
        Integer[] order = new Integer[r];
        for (int k = 0; k < r; k++) order[k] = k;
        Arrays.sort(order, (a, b) -> Integer.compare(Math.abs(strides[a]), Math.abs(strides[b])));
        long reach = 0;
        for (int k : order) {
            if (shape[k] == 1) continue;
            if (Math.abs((long) strides[k]) <= reach) return true;
            reach += Math.abs((long) strides[k]) * (shape[k] - 1);
        }
        return false;
    }

    /// Buffer positions of all entries in row-major order.
    public int[] positions() {
        int[] out = new int[size()];
        if (out.length == 0) return out;
        int r = rank();
        if (r == 0) {
            out[0] = offset;
            return out;
        }
        int[] index = new int[r];
        int last = shape[r - 1];
        int step = strides[r - 1];
        int p = offset;
        for (int n = 0; n < out.length; ) {
            for (int j = 0, q = p; j < last; j++, q += step) out[n++] = q;
            int k = r - 2;
            while (k >= 0) {
                p += strides[k];
                if (++index[k] < shape[k]) break;
                p -= strides[k] * shape[k];
                index[k--] = 0;
            }
        }
        return out;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Layout l && offset == l.offset && Arrays.equals(shape, l.shape) && Arrays.equals(strides, l.strides);
    }

    @Override
    public int hashCode() {
        return offset * 31 + Arrays.hashCode(shape) * 17 + Arrays.hashCode(strides);
    }

    @Override
    public String toString() {
        return "Layout(" + offset + ", " + Arrays.toString(shape) + ", " + Arrays.toString(strides) + ")";
    }
}
