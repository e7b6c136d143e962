package nad.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.report.Interrupt;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// From instructions to [Action]s on buffers: constants get cells, stacked operands are packed, copies that need not be
/// made are left out.
final class Lowering {
    final List<Action> actions = new ArrayList<>();
    final List<Buffer> constants = new ArrayList<>();
    final Buffer[] inputs;
    /// Where each result is: all of a buffer that is no other result's, no input and no constant.
    final List<Buffer> results = new ArrayList<>();

    private final Program p;
    private final Primitive[] primitives;
    private final Aliases aliases;
    private final Buffer[] variables;
    private final Map<Double, Buffer> uniform = new HashMap<>();
    private final Map<Integer, Ref> pooled = new LinkedHashMap<>();

    Lowering(Program p, Selections selections) {
        this.p = p;
        this.aliases = new Aliases(p);
        this.variables = new Buffer[p.variables()];
        Elementary[] operations = p.operations();
        this.primitives = new Primitive[operations.length];
        for (int k = 0; k < operations.length; k++) primitives[k] = operations[k].primitive(false, selections);
        this.inputs = new Buffer[p.parameters().size()];
        for (int k = 0; k < inputs.length; k++) {
            Program.Parameter q = p.parameters().get(k);
            variables[q.variable()] = inputs[k] = new Buffer(Shapes.size(q.shape()), true);
        }
        for (int i = 0; i < p.length(); i++) lower(i);
        for (Operand r : p.results()) results.add(result(r));
    }

    private Buffer result(Operand r) {
        Ref from = ref(p.length(), r, null);
        Buffer b = from.buffer();
        if (!b.input && b.constant == null && from.isContiguous() && from.size() == b.size && !results.contains(b)) return b;
        Buffer made = new Buffer(from.size());
        actions.add(new Action.Map(p.length(), null, new Ref(made, Layout.whole(from.shape())), List.of(from)));
        return made;
    }

    private void lower(int i) {
        Interrupt.heed();
        switch (p.kind(i)) {
            case APPLY -> {
                Elementary f = p.operation(i);
                switch (f.kind) {
                    case POINTWISE -> {
                        List<Ref> x = new ArrayList<>();
                        for (int k = 0; k < p.arity(i); k++) x.add(ref(i, p.ref(i, k)));
                        actions.add(new Action.Map(i, primitives[p.operationNumber(i)], whole(p.target(i)), List.copyOf(x)));
                    }
                    case CONTRACTION -> contract(i);
                    default -> rows(i, f);
                }
            }
            case SET -> {
                if (!aliases.elided(i) && !isConstant(i)) actions.add(new Action.Map(i, null, place(i), List.of(ref(i, p.ref(i, 0)))));
            }
            case ADD -> actions.add(new Action.Map(i, Primitives.PLUS, place(i), List.of(place(i), ref(i, p.ref(i, 0)))));
            case SUBTRACT -> actions.add(new Action.Map(i, Primitives.MINUS, place(i), List.of(place(i), ref(i, p.ref(i, 0)))));
            case ZEROS -> zeros(i);
        }
    }

    /// A number that is set once and never changed has the constant's cell.
    private boolean isConstant(int i) {
        int t = p.placeRef(i);
        if (t < 0 || p.definition(t) != i || Shapes.size(p.shape(t)) > 1 || !(p.operand(i, 0) instanceof Operand.Constant c)) return false;
        int home = aliases.home(t);
        if (variables[home] != null || aliases.lastWrite(home) > i) return false;
        variables[home] = constant(c).buffer();
        return true;
    }

    /// Zeros that one of the next instructions overwrites, before any reads them, are never seen: only the others are written.
    private void zeros(int i) {
        int t = p.target(i);
        int n = Shapes.size(p.shape(t));
        Buffer b = buffer(t);
        Ref over = overwritten(i, t);
        if (over == null || !over.isContiguous()) {
            fill(i, b, 0, n);
            return;
        }
        fill(i, b, 0, over.begin());
        fill(i, b, over.end() + 1, n);
    }

    private Ref overwritten(int i, int t) {
        for (int j = i + 1; j < Math.min(p.length(), i + 4); j++) {
            for (int k = 0; k < p.arity(j); k++) if (reads(j, k, t)) return null;
            if (p.target(j) == t) return p.kind(j) == Program.Kind.SET ? place(j) : null;
        }
        return null;
    }

    private boolean reads(int i, int k, int variable) {
        boolean[] found = new boolean[1];
        p.operand(i, k).forEachView(v -> found[0] |= v.variable() == variable);
        return found[0];
    }

    private void fill(int i, Buffer b, int from, int to) {
        if (from >= to) return;
        Layout l = new Layout(from, new int[] {to - from}, new int[] {1});
        actions.add(new Action.Map(i, null, new Ref(b, l), List.of(constant(0, new int[] {to - from}))));
    }

    private void rows(int i, Elementary f) {
        Ref to = whole(p.target(i));
        int n = (int) StaticCost.rowLength(p, i);
        Operand x = p.operand(i, 0);
        int count = x.size() / n;
        if (f == Standard.SUM && count == 1) {
            Ref of = ref(i, p.ref(i, 0));
            actions.add(n == 1 ? new Action.Map(i, null, to, List.of(of)) : new Action.Sum(i, to, of.isFlat() ? of : packed(i, of)));
            return;
        }
        List<Ref> from = new ArrayList<>();
        for (int k = 0; k < p.arity(i); k++) {
            Ref r = ref(i, p.ref(i, k));
            boolean fits = f == Standard.SUM ? RowSteps.of(r, count, n) != null : r.isContiguous();
            from.add(fits ? r : packed(i, r));
        }
        actions.add(new Action.Rows(i, f, to, List.copyOf(from), count, n));
    }

    /// A copy with the entries side by side.
    private Ref packed(int i, Ref r) {
        Ref to = new Ref(new Buffer(r.size()), Layout.whole(r.shape()));
        actions.add(new Action.Map(i, null, to, List.of(r)));
        return to;
    }

    private void contract(int i) {
        int r = p.rank(i) / 10;
        int s = p.rank(i) % 10;
        Operand a = p.operand(i, 0);
        Operand b = p.operand(i, 1);
        Layout x = layout(i, a, p.ref(i, 0));
        Layout y = layout(i, b, p.ref(i, 1));
        int last = x.rank() - 1;
        int n = x.shape()[last];
        int m = r == 2 ? x.shape()[last - 1] : 1;
        int q = s == 2 ? y.shape()[y.rank() - 1] : 1;
        int[] xs = {r == 2 ? x.strides()[last - 1] : 0, x.strides()[last]};
        int[] ys = {y.strides()[y.rank() - s], s == 2 ? y.strides()[y.rank() - 1] : 0};
        int[] at = leading(x, x.rank() - r).positions();
        int[] bt = leading(y, y.rank() - s).positions();
        actions.add(new Action.Contract(i, whole(p.target(i)), packed.get(0), packed.get(1), n, m, q, p.rank(i) == 22, at, bt, xs, ys));
        packed.clear();
    }

    private final List<Ref> packed = new ArrayList<>(2);

    /// The layout of a factor in its buffer, all axes kept; what is no view is packed first.
    private Layout layout(int i, Operand o, int ref) {
        if (o instanceof Operand.View v) {
            packed.add(new Ref(buffer(v.variable()), v.layout()));
            return v.layout();
        }
        Ref r = ref(i, ref);
        if (o instanceof Operand.Constant && !r.isContiguous()) {
            packed.add(r);
            return new Layout(r.layout().offset(), o.shape(), new int[o.rank()]);
        }
        packed.add(r);
        return Layout.whole(o.shape());
    }

    private static Layout leading(Layout l, int axes) {
        return new Layout(l.offset(), Shapes.take(l.shape(), 0, axes), Shapes.take(l.strides(), 0, axes));
    }

    // ---- operands

    private Buffer buffer(int variable) {
        int v = aliases.home(variable);
        if (variables[v] == null) variables[v] = new Buffer(Shapes.size(p.shape(v)));
        return variables[v];
    }

    private Ref whole(int variable) {
        return new Ref(buffer(variable), Layout.whole(p.shape(variable)));
    }

    private Ref place(int i) {
        Operand.View v = p.place(i);
        return new Ref(buffer(v.variable()), v.layout());
    }

    private Ref ref(int i, int ref) {
        if (ref >= 0) return whole(ref);
        Operand o = p.operand(ref);
        if (!(o instanceof Operand.Constant)) return ref(i, o, null);
        return pooled.computeIfAbsent(ref, r -> ref(i, o, null));
    }

    /// @param into where the entries have to go, or null where a view of what there is will do
    private Ref ref(int i, Operand o, Ref into) {
        Ref from = switch (o) {
            case Operand.View v -> new Ref(buffer(v.variable()), v.layout());
            case Operand.Constant c -> constant(c);
            case Operand.Stack s -> {
                Ref to = into != null ? into : new Ref(new Buffer(s.size()), Layout.whole(s.shape()));
                if (into == null) pack(i, s, to.buffer(), Layout.whole(s.shape()));
                yield to;
            }
        };
        if (into != null && !(o instanceof Operand.Stack)) actions.add(new Action.Map(i, null, into, List.of(from)));
        return into != null ? into : from;
    }

    private void pack(int i, Operand.Stack s, Buffer b, Layout l) {
        for (int k = 0; k < s.parts().size(); k++) {
            Layout at = l.at(s.axis(), k);
            if (s.parts().get(k) instanceof Operand.Stack inner) pack(i, inner, b, at);
            else ref(i, s.parts().get(k), new Ref(b, at));
        }
    }

    private Ref constant(Operand.Constant c) {
        if (c.uniform() != null) return constant(c.uniform().toDouble(), c.shape());
        double[] d = new double[c.size()];
        for (int k = 0; k < d.length; k++) d[k] = c.get(k).toDouble();
        Buffer b = Buffer.of(d);
        constants.add(b);
        return new Ref(b, Layout.whole(c.shape()));
    }

    private Ref constant(double value, int[] shape) {
        Buffer b = uniform.computeIfAbsent(value, v -> {
            Buffer made = Buffer.of(value);
            constants.add(made);
            return made;
        });
        return new Ref(b, new Layout(0, shape, new int[shape.length]));
    }
}
