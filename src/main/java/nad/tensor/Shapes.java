package nad.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Arithmetic of shapes. A shape is an `int[]` of positive sizes; the empty one is a scalar's.
public final class Shapes {
    public static final int[] SCALAR = {};

    private Shapes() {}

    /// The number of entries; programs whose tensors do not fit an `int` are refused before they get here.
    public static int size(int[] shape) {
        int n = 1;
        for (int d : shape) n = Math.multiplyExact(n, d);
        return n;
    }

    /// NumPy's broadcasting from the right, or null where two sizes differ and neither is 1.
    public static int[] broadcast(int[] a, int[] b) {
        if (Arrays.equals(a, b)) return a;
        int[] out = new int[Math.max(a.length, b.length)];
        for (int k = 0; k < out.length; k++) {
            int i = a.length - out.length + k;
            int j = b.length - out.length + k;
            int x = i < 0 ? 1 : a[i];
            int y = j < 0 ? 1 : b[j];
            if (x != y && x != 1 && y != 1) return null;
            out[k] = x == 1 ? y : x;
        }
        return out;
    }

    public static int[] without(int[] shape, int axis) {
        int[] out = new int[shape.length - 1];
        System.arraycopy(shape, 0, out, 0, axis);
        System.arraycopy(shape, axis + 1, out, axis, out.length - axis);
        return out;
    }

    public static int[] with(int[] shape, int axis, int size) {
        int[] out = new int[shape.length + 1];
        System.arraycopy(shape, 0, out, 0, axis);
        out[axis] = size;
        System.arraycopy(shape, axis, out, axis + 1, shape.length - axis);
        return out;
    }

    public static int[] concat(int[] a, int... b) {
        int[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }

    public static int[] take(int[] shape, int from, int to) {
        return Arrays.copyOfRange(shape, from, to);
    }

    /// `real` or `real[2, 3]`, as the language writes it.
    public static String text(int[] shape) {
        return shape.length == 0 ? "real" : "real" + brackets(shape);
    }

    public static String brackets(int[] shape) {
        return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
