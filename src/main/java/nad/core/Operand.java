package nad.core;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [view-operand] What a statement reads: a view of a variable, a constant, or several of those stacked along an axis. Views belong to
/// operands and are no statements, so that every statement has a positive cost (spec/6-bound.md, lemma on views).
public sealed interface Operand {
    int[] shape();

    default int rank() {
        return shape().length;
    }

    default int size() {
        return Shapes.size(shape());
    }

    /// An axis fixed at a 0-based position.
    Operand at(int axis, int index);

    Operand slice(int axis, int from, int count);

    Operand permute(int... order);

    /// A new axis along which all entries are the same.
    Operand repeat(int axis, int size);

    /// Broadcast from the right to a shape that fits.
    Operand broadcast(int[] to);

    /// The same entries in row-major order under another shape of the same size.
    Operand reshape(int... to);

    /// The entry at a 0-based row-major position.
    Operand entry(int position);

    /// Entries of a variable's buffer.
    record View(int variable, Layout layout) implements Operand {
        @Override
        public int[] shape() {
            return layout.shape();
        }

        @Override
        public View at(int axis, int index) {
            return new View(variable, layout.at(axis, index));
        }

        @Override
        public View slice(int axis, int from, int count) {
            return new View(variable, layout.slice(axis, from, count));
        }

        @Override
        public View permute(int... order) {
            return new View(variable, layout.permute(order));
        }

        @Override
        public View repeat(int axis, int size) {
            return new View(variable, layout.repeat(axis, size));
        }

        @Override
        public View broadcast(int[] to) {
            return new View(variable, layout.broadcast(to));
        }

        @Override
        public Operand reshape(int... to) {
            Layout l = layout.reshape(to);
            return l != null ? new View(variable, l) : Stack.of(this, to);
        }

        @Override
        public View entry(int position) {
            return new View(variable, Layout.entry(position(layout, position)));
        }
    }

    /// Immutable numbers under a layout: exact rationals, or float64 values of functions of constants.
    record Constant(Quantity[] data, Layout layout) implements Operand {
        public static Constant scalar(Quantity q) {
            return new Constant(new Quantity[] {q}, Layout.entry(0));
        }

        public static Constant filled(Quantity q, int... shape) {
            return new Constant(new Quantity[] {q}, new Layout(0, shape, new int[shape.length]));
        }

        @Override
        public int[] shape() {
            return layout.shape();
        }

        public Quantity get(int position) {
            return data[position(layout, position)];
        }

        /// The one value of all entries, or null if they differ. Where a float64 number and a rational are the same it is the former.
        public Quantity uniform() {
            boolean one = true;
            for (int s : layout.strides()) one &= s == 0;
            if (one) return data[layout.offset()];
            int n = size();
            Quantity all = get(0);
            for (int k = 1; k < n; k++) {
                Quantity next = get(k);
                if (!same(next, all)) return null;
                if (all instanceof Rational) all = next;
            }
            return all;
        }

        @Override
        public Constant at(int axis, int index) {
            return new Constant(data, layout.at(axis, index));
        }

        @Override
        public Constant slice(int axis, int from, int count) {
            return new Constant(data, layout.slice(axis, from, count));
        }

        @Override
        public Constant permute(int... order) {
            return new Constant(data, layout.permute(order));
        }

        @Override
        public Constant repeat(int axis, int size) {
            return new Constant(data, layout.repeat(axis, size));
        }

        @Override
        public Constant broadcast(int[] to) {
            return new Constant(data, layout.broadcast(to));
        }

        @Override
        public Constant reshape(int... to) {
            Layout l = layout.reshape(to);
            if (l != null) return new Constant(data, l);
            Quantity[] copy = new Quantity[size()];
            for (int k = 0; k < copy.length; k++) copy[k] = get(k);
            return new Constant(copy, Layout.whole(to));
        }

        @Override
        public Constant entry(int position) {
            return new Constant(data, Layout.entry(position(layout, position)));
        }

        @Override
        public boolean equals(Object o) {
            if (!(o instanceof Constant c) || !java.util.Arrays.equals(shape(), c.shape())) return false;
            Quantity u = uniform();
            if (u != null) return u.equals(c.uniform()) || c.uniform() != null && same(u, c.uniform());
            int n = size();
            for (int k = 0; k < n; k++) if (!same(get(k), c.get(k))) return false;
            return true;
        }

        /// A dump writes a float64 constant as the decimal of its shortest text, which reads back as that rational.
        private static boolean same(Quantity a, Quantity b) {
            return a.equals(b) || a.getClass() != b.getClass() && a.toDouble() == b.toDouble();
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(shape()) * 31 + Double.hashCode(size() == 0 ? 0 : get(0).toDouble());
        }

        @Override
        public String toString() {
            return "Constant" + Shapes.brackets(shape()) + "(" + (uniform() != null ? uniform() : "…") + ")";
        }
    }

    /// Operands of equal shape, side by side along a new axis.
    record Stack(int axis, List<Operand> parts) implements Operand {
        /// The entries of an operand, in row-major order, under any shape of that size.
        static Operand of(Operand entries, int[] shape) {
            if (shape.length == 0) return entries.entry(0);
            return nested(entries, shape, 0, new int[1]);
        }

        private static Operand nested(Operand entries, int[] shape, int depth, int[] next) {
            if (depth == shape.length) return entries.entry(next[0]++);
            List<Operand> parts = new ArrayList<>(shape[depth]);
            for (int k = 0; k < shape[depth]; k++) parts.add(nested(entries, shape, depth + 1, next));
            return joined(0, parts);
        }

        /// Parts along a new axis. One alone is itself along an axis of size 1, and constants become one constant, so that
        /// equal operands are written alike.
        public static Operand joined(int axis, List<Operand> parts) {
            if (parts.size() == 1) return parts.getFirst().repeat(axis, 1);
            Stack s = new Stack(axis, parts);
            for (Operand p : parts) if (!(p instanceof Constant)) return s;
            Quantity[] data = new Quantity[s.size()];
            for (int k = 0; k < data.length; k++) data[k] = ((Constant) s.entry(k)).get(0);
            return new Constant(data, Layout.whole(s.shape()));
        }

        @Override
        public int[] shape() {
            return Shapes.with(parts.getFirst().shape(), axis, parts.size());
        }

        private Operand each(int newAxis, java.util.function.UnaryOperator<Operand> f) {
            List<Operand> out = new ArrayList<>(parts.size());
            for (Operand p : parts) out.add(f.apply(p));
            return joined(newAxis, out);
        }

        private int inner(int k) {
            return k < axis ? k : k - 1;
        }

        @Override
        public Operand at(int k, int index) {
            return k == axis ? parts.get(index) : each(k < axis ? axis - 1 : axis, p -> p.at(inner(k), index));
        }

        @Override
        public Operand slice(int k, int from, int count) {
            return k == axis ? joined(axis, List.copyOf(parts.subList(from, from + count)))
                    : each(axis, p -> p.slice(inner(k), from, count));
        }

        @Override
        public Operand permute(int... order) {
            int to = 0;
            while (order[to] != axis) to++;
            int[] rest = Shapes.without(order, to);
            for (int k = 0; k < rest.length; k++) rest[k] = inner(rest[k]);
            return each(to, p -> p.permute(rest));
        }

        @Override
        public Operand repeat(int k, int size) {
            return k <= axis ? each(axis + 1, p -> p.repeat(k, size)) : each(axis, p -> p.repeat(k - 1, size));
        }

        @Override
        public Operand broadcast(int[] to) {
            int lead = to.length - rank();
            int[] inner = Shapes.without(to, axis + lead);
            return each(axis + lead, p -> p.broadcast(inner));
        }

        @Override
        public Operand reshape(int... to) {
            return java.util.Arrays.equals(to, shape()) ? this : of(this, to);
        }

        @Override
        public Operand entry(int position) {
            // Row-major position to index along this axis and position within the part.
            int[] shape = shape();
            int stride = 1;
            for (int k = axis + 1; k < shape.length; k++) stride *= shape[k];
            int along = position / stride % shape[axis];
            int rest = position / (stride * shape[axis]) * stride + position % stride;
            return parts.get(along).entry(rest);
        }
    }

    private static int position(Layout layout, int rowMajor) {
        int p = layout.offset();
        int[] shape = layout.shape();
        for (int k = shape.length - 1; k >= 0; k--) {
            p += rowMajor % shape[k] * layout.strides()[k];
            rowMajor /= shape[k];
        }
        return p;
    }

    /// Visits the views that this operand is made of.
    default void forEachView(java.util.function.Consumer<View> f) {
        switch (this) {
            case View v -> f.accept(v);
            case Constant c -> {}
            case Stack s -> s.parts.forEach(p -> p.forEachView(f));
        }
    }
}
