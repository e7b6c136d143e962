package nad.forward;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Real;
import nad.core.Fitting;
import nad.core.Folding;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Tangents;
import nad.dictionary.Term;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// The tangent of one statement, instantiated: the term of its entry becomes instructions over the statement's operands, its
/// result and their tangents. What does not depend on the direction is computed once for all of them, a term that occurs twice
/// once for both.
final class Statement {
    private final ProgramBuilder q;
    private final Program p;
    private final int i;
    private final Dots dots;
    private final Tangents.Way way;
    private final int[] lead;
    private final Span span;
    private final Map<Term, Value> computed = new HashMap<>();

    /// @param dotted whether the first axis is that of the directions (for a single direction: whether it depends on it)
    private record Value(Operand operand, boolean dotted) {}

    Statement(ProgramBuilder q, Program p, int i, Dots dots, Tangents.Way way, int[] lead) {
        this.q = q;
        this.p = p;
        this.i = i;
        this.dots = dots;
        this.way = way;
        this.lead = lead;
        this.span = p.span(i);
    }

    /// The tangent of the statement's result, named `name` where it is no view of another value's. Null where it is zero: what depends on
    /// a parameter in name only, such as the prime of a linear function on its point, does not move.
    Operand emit(boolean[] active, String name) {
        Elementary f = p.operation(i);
        Term t = f.tangent(p.rank(i), way);
        int first = q.variables();
        Term moving = Tangents.pruned(t, k -> active[k]);
        if (moving == null) return null;
        Value v = dotted(value(moving.replaced(this::same)));
        Operand dot = broadcast(v.operand, Shapes.concat(lead, p.shape(p.target(i))));
        for (int k = first; k < q.variables() - 1; k++) q.renameNumbered(k, "s");
        if (q.variables() > first) {
            boolean last = dot instanceof Operand.View w && w.variable() == q.variables() - 1;
            q.rename(q.variables() - 1, last ? q.fresh(name) : q.freshNumbered("s"));
        }
        return dot;
    }

    private static Operand broadcast(Operand o, int[] shape) {
        return java.util.Arrays.equals(o.shape(), shape) ? o : Fitting.trailing(o, shape);
    }

    /// Equal operands are one.
    private Term same(Term t) {
        int k = t instanceof Term.Arg a ? a.k() : t instanceof Term.Dot d ? d.k() : -1;
        if (k < 0) return null;
        int first = 0;
        while (p.ref(i, first) != p.ref(i, k)) first++;
        return t instanceof Term.Arg ? new Term.Arg(first) : new Term.Dot(first);
    }

    private Value value(Term t) {
        return switch (t) {
            case Term.Arg a -> new Value(p.operand(i, a.k()), false);
            case Term.Result r -> new Value(q.operand(p.target(i)), false);
            case Term.Dot d -> new Value(dots.of(p.operand(i, d.k())), true);
            case Term.Literal l -> new Value(Operand.Constant.scalar(l.value()), false);
            case Term.Irrational c -> new Value(Operand.Constant.scalar(new Real(c.value())), false);
            case Term.Expand e -> expanded(value(e.of()));
            case Term.Transpose s -> seen(value(s.of()), Fitting::transposed);
            case Term.Column c -> seen(value(c.of()), o -> o.repeat(o.rank(), 1));
            case Term.Row r -> seen(value(r.of()), o -> o.repeat(o.rank() - 1, 1));
            case Term.Entry e -> seen(value(e.of()), o -> o.at(o.rank() - 1, e.k()));
            case Term.Stacked s -> stacked(s);
            case Term.Apply a -> {
                Value known = computed.get(t);
                if (known == null) computed.put(t, known = a.f().kind == Elementary.Kind.SCAN ? scan(a) : applied(a));
                yield known;
            }
            case Term.Bar b -> throw new IllegalStateException("no cotangent in a tangent");
        };
    }

    private static Value seen(Value v, java.util.function.UnaryOperator<Operand> view) {
        return new Value(view.apply(v.operand), v.dotted);
    }

    private Value expanded(Value v) {
        int[] rows = p.operand(i, 0).shape();
        Operand o = v.operand;
        for (int k = rows.length - p.rank(i); k < rows.length; k++) o = o.repeat(o.rank(), rows[k]);
        return new Value(o, v.dotted);
    }

    private Value stacked(Term.Stacked s) {
        List<Operand> parts = new ArrayList<>();
        boolean dotted = aligned(s.of(), parts);
        fit(parts);
        return new Value(new Operand.Stack(parts.getFirst().rank(), parts), dotted);
    }

    /// The operands of terms, each with the axis of the directions if any has it; whether it has.
    private boolean aligned(List<Term> terms, List<Operand> out) {
        List<Value> values = terms.stream().map(this::value).toList();
        boolean dotted = values.stream().anyMatch(v -> v.dotted);
        for (Value v : values) out.add(dotted ? dotted(v).operand : v.operand);
        return dotted;
    }

    private Value dotted(Value v) {
        return v.dotted || lead.length == 0 ? new Value(v.operand, true) : new Value(v.operand.repeat(0, lead[0]), true);
    }

    private static int[] fit(List<Operand> x) {
        int[] shape = Fitting.common(x);
        x.replaceAll(o -> Fitting.trailing(o, shape));
        return shape;
    }

    private Value applied(Term.Apply a) {
        List<Operand> x = new ArrayList<>();
        boolean dotted = aligned(a.args(), x);
        Elementary f = a.f();
        if (f.kind != Elementary.Kind.POINTWISE) return new Value(emit(f, a.rank(), Fitting.shape(f, a.rank(), x), x), dotted);
        int[] shape = fit(x);
        Operand folded = Folding.fold(f, x, shape);
        return new Value(folded != null ? folded : emit(f, a.rank(), shape, x), dotted);
    }

    /// Seen along all directions in order, a point is one; along each by itself, it is another for each.
    private Value scan(Term.Apply a) {
        Operand at = value(a.args().get(0)).operand;
        Operand directions = dotted(value(a.args().get(1))).operand;
        boolean together = way == Tangents.Way.LEXICOGRAPHIC && lead.length > 0;
        if (!together && lead.length > 0) at = at.repeat(0, lead[0]);
        if (together) {
            int[] order = new int[directions.rank()];
            for (int k = 1; k < order.length; k++) order[k - 1] = k;
            directions = directions.permute(order);
        } else {
            directions = directions.repeat(directions.rank(), 1);
        }
        List<Operand> x = new ArrayList<>(List.of(at, directions));
        return new Value(emit(a.f(), a.rank(), at.shape(), x), !together);
    }

    private Operand emit(Elementary f, int rank, int[] shape, List<Operand> x) {
        int v = q.variable(null, shape);
        int[] refs = new int[x.size()];
        for (int k = 0; k < refs.length; k++) refs[k] = q.ref(x.get(k));
        q.apply(f, rank, v, span, refs);
        return new Operand.View(v, Layout.whole(shape));
    }
}
