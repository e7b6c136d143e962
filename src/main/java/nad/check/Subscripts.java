package nad.check;

import java.util.ArrayList;
import java.util.List;
import nad.core.Operand;
import nad.report.Problem;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Subscripts as views: which entries of a value they select.
final class Subscripts {
    private final Expressions in;
    private final Integers integers;

    Subscripts(Expressions in) {
        this.in = in;
        this.integers = in.integers;
    }

    /// Whether a subscript selects the same for every value of the comprehensions' indices.
    boolean isFixed(Tree.Subscript s) {
        return !s.isIndex() || integers.affine(s.from(), "an index").isConstant();
    }

    /// Which entries of a name's value constant subscripts select.
    Layout place(Tree.Index i) {
        Tree.Name n = (Tree.Name) i.of();
        int[] shape = in.frame.names.get(n.text()) instanceof Binding.Assembled x ? x.shape : in.read(n.text(), n.at()).own();
        requireRank(shape, i.subscripts());
        return selected(Layout.whole(shape), i.subscripts());
    }

    /// The view that subscripts make of a value's own axes.
    Value index(Value v, List<Tree.Subscript> subscripts) {
        requireRank(v.own(), subscripts);
        Operand o = v.operand();
        List<Value.Axis> axes = v.axes();
        // From the last to the first, so that the positions of the earlier axes stay.
        for (int d = subscripts.size() - 1; d >= 0; d--) {
            Tree.Subscript s = subscripts.get(d);
            if (s.from() == null) continue;
            int axis = axes.size() + d;
            int size = o.shape()[axis];
            if (!s.isIndex()) {
                long[] r = range(s, size);
                o = o.slice(axis, (int) r[0] - 1, (int) (r[1] - r[0] + 1));
                continue;
            }
            Affine a = subscript(s, size);
            if (a.isConstant()) {
                o = o.at(axis, (int) a.constant() - 1);
                continue;
            }
            Value moved = pick(new Value(axes, o), axis, a);
            // The picked axis is gone, new leading axes may have come.
            o = moved.operand();
            axes = moved.axes();
        }
        return new Value(axes, o);
    }

    /// One own axis read at an affine position: along the index's axes the layout's stride does it.
    private Value pick(Value v, int axis, Affine a) {
        List<Value.Axis> all = new ArrayList<>(a.coefficients().keySet());
        all.sort((x, y) -> Integer.compare(x.depth, y.depth));
        List<Value.Axis> axes = Value.union(v.axes(), all);
        if (v.operand() instanceof Operand.View w) return new Value(axes, new Operand.View(w.variable(), picked(w.layout(), v.axes(), axes, axis, a)));
        if (v.operand() instanceof Operand.Constant c) return new Value(axes, new Operand.Constant(c.data(), picked(c.layout(), v.axes(), axes, axis, a)));
        if (all.size() > 1 || v.axes().contains(all.getFirst())) throw new NeedsUnrolling(all.getFirst());
        Value.Axis x = all.getFirst();
        List<Operand> parts = new ArrayList<>(x.size);
        for (int k = 0; k < x.size; k++) parts.add(v.operand().at(axis, (int) (a.constant() + a.coefficients().get(x) * k) - 1));
        return new Value(axes, Operand.Stack.joined(axes.indexOf(x), parts));
    }

    private static Layout picked(Layout l, List<Value.Axis> old, List<Value.Axis> axes, int axis, Affine a) {
        int own = l.rank() - old.size() - 1;
        int[] shape = new int[axes.size() + own];
        int[] strides = new int[shape.length];
        for (int k = 0; k < axes.size(); k++) {
            Value.Axis x = axes.get(k);
            shape[k] = x.size;
            int was = old.indexOf(x);
            strides[k] = (was < 0 ? 0 : l.strides()[was]) + (int) (a.coefficients().getOrDefault(x, 0L) * l.strides()[axis]);
        }
        int to = axes.size();
        for (int k = old.size(); k < l.rank(); k++) {
            if (k == axis) continue;
            shape[to] = l.shape()[k];
            strides[to++] = l.strides()[k];
        }
        return new Layout(l.offset() + (int) (a.constant() - 1) * l.strides()[axis], shape, strides);
    }

    private void requireRank(int[] shape, List<Tree.Subscript> subscripts) {
        int rank = shape.length;
        if (subscripts.size() <= rank || rank == 0 && subscripts.size() == 1 && subscripts.getFirst().from() == null) return;
        Span at = in.span(Tree.at((int) (subscripts.get(rank).at() >>> 32), (int) subscripts.getLast().at()));
        throw new Mistake(new Problem.TooManySubscripts(at, subscripts.size(), Shapes.text(shape)));
    }

    private Affine subscript(Tree.Subscript s, int size) {
        Affine a = integers.affine(s.from(), "an index");
        long wrong = a.least() < 1 ? a.least() : a.greatest() > size ? a.greatest() : 0;
        if (a.least() < 1 || a.greatest() > size)
            throw new Mistake(new Problem.IndexOutOfRange(in.span(s.at()), Long.toString(wrong), size, integers.text(s.from())));
        return a;
    }

    /// A range's ends; they may not depend on an index.
    private long[] range(Tree.Subscript s, int size) {
        long from = integers.value(s.from(), "an end of a range");
        long to = integers.value(s.to(), "an end of a range");
        if (to < from) throw new Mistake(new Problem.EmptyRange(in.span(s.at()), "range " + from + ".." + to));
        if (from < 1 || to > size)
            throw new Mistake(new Problem.IndexOutOfRange(in.span(s.at()), from < 1 ? Long.toString(from) : Long.toString(to), size, integers.text(from < 1 ? s.from() : s.to())));
        return new long[] {from, to};
    }

    private Layout selected(Layout l, List<Tree.Subscript> subscripts) {
        for (int d = subscripts.size() - 1; d >= 0; d--) {
            Tree.Subscript s = subscripts.get(d);
            if (s.from() == null) continue;
            int size = l.shape()[d];
            if (s.isIndex()) {
                Affine a = subscript(s, size);
                if (!a.isConstant()) throw new NeedsUnrolling(a.anyAxis());
                l = l.at(d, (int) a.constant() - 1);
            } else {
                long[] r = range(s, size);
                l = l.slice(d, (int) r[0] - 1, (int) (r[1] - r[0] + 1));
            }
        }
        return l;
    }
}
