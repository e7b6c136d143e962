package nad.check;

import java.util.ArrayList;
import java.util.List;
import nad.core.Operand;
import nad.tensor.Shapes;

/// What an expression denotes while a program is elaborated: an operand whose leading axes belong to comprehension indices
/// that the expression mentions, and whose remaining axes are its own. So a comprehension is evaluated once, for all its
/// indices together, and each subexpression only along those that it mentions.
///
/// @param axes in the order in which they were bound
record Value(List<Axis> axes, Operand operand) {
    /// A comprehension index that stands for all of `from … from + size − 1` at once.
    static final class Axis {
        final String name;
        final int from;
        final int size;
        final int depth;

        Axis(String name, int from, int size, int depth) {
            this.name = name;
            this.from = from;
            this.size = size;
            this.depth = depth;
        }
    }

    static Value of(Operand operand) {
        return new Value(List.of(), operand);
    }

    /// The value's own shape, without the axes.
    int[] own() {
        int[] shape = operand.shape();
        return axes.isEmpty() ? shape : Shapes.take(shape, axes.size(), shape.length);
    }

    int ownRank() {
        return operand.rank() - axes.size();
    }

    boolean isConstant() {
        return operand instanceof Operand.Constant;
    }

    /// The operand with exactly these axes (a superset of its own), repeated along those it does not have, and its own
    /// axes broadcast to `own`.
    Operand spread(List<Axis> all, int[] own) {
        int[] full = Shapes.concat(sizes(all), own);
        Operand o = operand;
        for (int k = 0; k < all.size(); k++) if (!axes.contains(all.get(k))) o = o.repeat(k, all.get(k).size);
        while (o.rank() < full.length) o = o.repeat(all.size(), 1);
        return o.broadcast(full);
    }

    static int[] sizes(List<Axis> axes) {
        int[] s = new int[axes.size()];
        for (int k = 0; k < s.length; k++) s[k] = axes.get(k).size;
        return s;
    }

    static List<Axis> union(List<Axis> a, List<Axis> b) {
        if (b.isEmpty() || a.equals(b)) return a;
        if (a.isEmpty()) return b;
        List<Axis> out = new ArrayList<>(a);
        for (Axis x : b) if (!out.contains(x)) out.add(x);
        out.sort((x, y) -> Integer.compare(x.depth, y.depth));
        return out;
    }

    /// The value with `moved`, axes of its own or new ones, as the first of its own dimensions.
    Value inward(List<Axis> moved) {
        List<Axis> outer = axes.stream().filter(a -> !moved.contains(a)).toList();
        List<Axis> order = new ArrayList<>(outer);
        order.addAll(moved);
        Operand o = operand;
        List<Axis> have = new ArrayList<>(axes);
        for (Axis a : order)
            if (!have.contains(a)) {
                o = o.repeat(have.size(), a.size);
                have.add(a);
            }
        int[] to = new int[o.rank()];
        for (int k = 0; k < to.length; k++) to[k] = k < order.size() ? have.indexOf(order.get(k)) : k;
        return new Value(outer, o.permute(to));
    }
}
