package nad.compile;

import java.util.Arrays;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// A view of a buffer: what an operation reads or writes. Axes of size 1 are left out.
record Ref(Buffer buffer, Layout layout) {
    Ref {
        int[] shape = layout.shape();
        for (int k = shape.length - 1; k >= 0; k--) if (shape[k] == 1) layout = layout.at(k, 0);
    }

    static Ref whole(Buffer b) {
        return new Ref(b, Layout.whole(b.size));
    }

    int[] shape() {
        return layout.shape();
    }

    int size() {
        return layout.size();
    }

    /// Whether all entries are one cell, or entry k (in row-major order) is cell k from some cell on.
    boolean isFlat() {
        return isUniform() || isContiguous();
    }

    boolean isUniform() {
        for (int s : layout.strides()) if (s != 0) return false;
        return true;
    }

    boolean isContiguous() {
        int step = 1;
        for (int k = layout.rank() - 1; k >= 0; k--) {
            if (layout.strides()[k] != step) return false;
            step *= layout.shape()[k];
        }
        return true;
    }

    /// The last cell that the view reaches, and the first.
    int end() {
        int e = layout.offset();
        for (int k = 0; k < layout.rank(); k++) e += Math.max(0, layout.strides()[k]) * (layout.shape()[k] - 1);
        return e;
    }

    int begin() {
        int e = layout.offset();
        for (int k = 0; k < layout.rank(); k++) e += Math.min(0, layout.strides()[k]) * (layout.shape()[k] - 1);
        return e;
    }

    /// Whether entry k of the one is entry k of the other, for every k of the same iteration.
    boolean same(Ref other) {
        return buffer == other.buffer && layout.equals(other.layout);
    }

    /// The same entries with the shape flattened, where that is possible.
    Ref flattened() {
        if (layout.rank() == 0) return this;
        return new Ref(buffer, new Layout(layout.offset(), new int[] {size()}, new int[] {isUniform() ? 0 : 1}));
    }

    @Override
    public String toString() {
        return "@" + layout.offset() + Shapes.brackets(shape()) + Arrays.toString(layout.strides());
    }
}
