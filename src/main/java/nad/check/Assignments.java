package nad.check;

import java.util.Arrays;
import java.util.List;
import nad.core.Operand;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.syntax.Tree;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Assignments outside of a dump's blocks. Each makes a new version of its name: the old value stays what it was.
final class Assignments {
    private final Elaborator in;
    private final Elaborator.Frame f;

    Assignments(Elaborator in, Elaborator.Frame frame) {
        this.in = in;
        this.f = frame;
    }

    void assign(Tree.Assign a) {
        if (a.subscripts() == null) {
            if (!a.clauses().isEmpty()) throw new Mistake(new Problem.Misplaced(f.span(a.clauses().getFirst().at()), "`for`", "an assignment to a whole value"));
            int mark = in.program.variables();
            Value v;
            if (a.relation().equals("=")) {
                v = f.expressions.value(a.value());
            } else {
                Value old = f.expressions.read(a.target().text(), a.target().at());
                Value change = f.expressions.value(a.value());
                int[] shape = Shapes.broadcast(old.own(), change.own());
                if (shape == null || !Arrays.equals(shape, old.own()))
                    throw new Mistake(new Problem.WrongShape(f.span(a.value().at()), "what is added to `" + a.target().text() + "`",
                            Shapes.text(old.own()), Shapes.text(change.own())));
                v = in.emit.pointwise(a.relation().equals("+=") ? Standard.ADD : Standard.SUBTRACT, f.span(a.at()), old, change);
            }
            define(a.target(), v, mark);
            return;
        }
        assignEntries(a);
    }

    /// Binds a name; if the value is that of an operation just emitted, its variable takes the name.
    private void define(Tree.Word target, Value v, int mark) {
        in.warnShadow(target, f);
        if (v.operand() instanceof Operand.View w && w.variable() >= mark && !in.program.isNamed(w.variable())
                && w.layout().isWhole(in.program.shape(w.variable())))
            in.program.rename(w.variable(), in.claim(target.text()));
        in.release(f.names.get(target.text()), target.text(), f);
        f.names.put(target.text(), new Binding.Known(v, target.at()));
    }

    private void assignEntries(Tree.Assign a) {
        if (!a.clauses().isEmpty()) {
            assignByClauses(a, 0);
            return;
        }
        Tree.Index target = new Tree.Index(new Tree.Name(a.target().text(), a.target().at()), a.subscripts(), a.target().at());
        Layout place = f.expressions.place(target);
        int[] positions = place.positions();
        int[] shape = place.shape();
        Value change = f.expressions.value(a.value());
        in.requireFits(change, shape, a, f);
        if (!a.relation().equals("=")) {
            Value part = f.expressions.subscripted(target);
            change = in.emit.pointwise(a.relation().equals("+=") ? Standard.ADD : Standard.SUBTRACT, f.span(a.at()), part, change);
        }
        Binding.Assembled x = assembled(a.target());
        List<Value.Axis> axes = Value.union(x.axes, change.axes());
        x.addAxes(axes);
        Operand source = change.spread(axes, shape);
        int lead = axes.size();
        for (int k = 0; k < positions.length; k++) x.set(positions[k], entryOf(source, lead, shape, k));
    }

    private static Operand entryOf(Operand source, int lead, int[] shape, int position) {
        if (lead == 0) return source.entry(position);
        for (int k = shape.length - 1; k >= 0; k--) {
            source = source.at(lead + k, position % shape[k]);
            position /= shape[k];
        }
        return source;
    }

    /// `x[view] += e for i in a..b`, outside of a dump's blocks: one round after the other.
    private void assignByClauses(Tree.Assign a, int depth) {
        f.expressions.comprehensions.forEach(a.clauses().get(depth), () -> {
            if (depth + 1 < a.clauses().size()) assignByClauses(a, depth + 1);
            else assignEntries(new Tree.Assign(a.target(), a.subscripts(), a.relation(), a.value(), List.of(), a.at()));
        });
    }

    /// The named value as one operand for each entry; the name's first version stays as it was.
    private Binding.Assembled assembled(Tree.Word target) {
        Binding b = f.names.get(target.text());
        if (b instanceof Binding.Assembled x) return x;
        Value v = f.expressions.read(target.text(), target.at());
        int[] shape = v.own();
        int lead = v.axes().size();
        Elaborator.requireSingle(shape, f.span(target.at()));
        Operand[] entries = new Operand[Shapes.size(shape)];
        for (int k = 0; k < entries.length; k++) entries[k] = entryOf(v.operand(), lead, shape, k);
        Binding.Assembled x = new Binding.Assembled(v.axes(), shape, entries);
        f.names.put(target.text(), x);
        return x;
    }
}
