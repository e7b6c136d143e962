package nad.check;

import java.util.Arrays;
import java.util.List;
import nad.core.Operand;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// What a name stands for in a scope.
sealed interface Binding {
    /// A value, defined at `at`; `used` is set when it is read.
    final class Known implements Binding {
        final Value value;
        final long at;
        boolean used;

        Known(Value value, long at) {
            this.value = value;
            this.at = at;
        }
    }

    /// A version of a tensor of which entries were replaced: one operand for each entry, each with the leading axes.
    final class Assembled implements Binding {
        List<Value.Axis> axes;
        final int[] shape;
        final Operand[] entries;
        private Value whole;

        Assembled(List<Value.Axis> axes, int[] shape, Operand[] entries) {
            this.axes = axes;
            this.shape = shape;
            this.entries = entries;
        }

        void set(int position, Operand entry) {
            entries[position] = entry;
            whole = null;
        }

        void addAxes(List<Value.Axis> all) {
            if (all.equals(axes)) return;
            for (int k = 0; k < entries.length; k++) entries[k] = new Value(axes, entries[k]).spread(all, Shapes.SCALAR);
            axes = all;
            whole = null;
        }

        Assembled copy() {
            return new Assembled(axes, shape, entries.clone());
        }

        Value whole() {
            if (whole == null) {
                Operand view = asView();
                whole = new Value(axes, view != null ? view : stack(0, new int[1]));
            }
            return whole;
        }

        /// Some of the entries, without a look at the others.
        Value part(Layout place) {
            int[] positions = place.positions();
            Operand[] some = new Operand[positions.length];
            for (int k = 0; k < some.length; k++) some[k] = entries[positions[k]];
            return new Assembled(axes, place.shape(), some).whole();
        }

        /// One view of one variable, if that is what the entries show: a copy that nothing was changed in.
        private Operand asView() {
            if (!(entries[0] instanceof Operand.View first)) return null;
            int[] strides = new int[shape.length];
            int step = 1;
            for (int k = shape.length - 1; k >= 0; k--) {
                if (shape[k] > 1 && entries[step] instanceof Operand.View v) strides[k] = v.layout().offset() - first.layout().offset();
                step *= shape[k];
            }
            int[] positions = new Layout(first.layout().offset(), shape, strides).positions();
            for (int k = 0; k < entries.length; k++) if (!(entries[k] instanceof Operand.View v && stands(v, first, positions[k]))) return null;
            Layout l = first.layout();
            return new Operand.View(first.variable(), new Layout(l.offset(), Shapes.concat(l.shape(), shape), Shapes.concat(l.strides(), strides)));
        }

        private static boolean stands(Operand.View v, Operand.View first, int position) {
            return v.variable() == first.variable() && v.layout().offset() == position && Arrays.equals(v.layout().strides(), first.layout().strides())
                    && Arrays.equals(v.layout().shape(), first.layout().shape());
        }

        private Operand stack(int depth, int[] next) {
            if (depth == shape.length) return entries[next[0]++];
            Operand[] parts = new Operand[shape[depth]];
            for (int k = 0; k < parts.length; k++) parts[k] = stack(depth + 1, next);
            return Operand.Stack.joined(axes.size(), List.of(parts));
        }
    }

    /// An integer known now: a size, a loop variable, or the index of a comprehension.
    record Index(Affine value) implements Binding {}

    /// A variable of a dump that its adjoint blocks write to, first set at `at`.
    record Bar(int variable, long at) implements Binding {}

    /// What a mistake left behind; using it says nothing new.
    record Unknown() implements Binding {}
}
