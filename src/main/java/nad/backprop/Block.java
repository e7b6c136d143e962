package nad.backprop;

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
import nad.dictionary.Term;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [back-block] The rule of one statement's operation, instantiated: terms become instructions over the statement's operands, its result
/// and its bar.
final class Block {
    private final ProgramBuilder q;
    private final Program p;
    private final int statement;
    private final int bar;
    private final int site;
    private final Plan plan;
    private final Map<Term, Operand> computed = new HashMap<>();

    Block(ProgramBuilder q, Program p, int statement, int bar, Plan plan) {
        this.q = q;
        this.p = p;
        this.statement = statement;
        this.bar = bar;
        this.site = p.site(statement);
        this.plan = plan;
    }

    void emit(Adjoints adjoints) {
        for (Term.Contribution c : plan.contributions()) {
            if (!plan.shared().isEmpty()) emitShared(c.term());
            Operand x = p.operand(statement, c.arg());
            adjoints.open(x, site);
            Operand source = value(c.term(), x instanceof Operand.Stack);
            adjoints.contribute(x, source, c.negative(), site);
        }
    }

    /// Shared terms come first, as statements of their own; what is used once stays within the statement that uses it.
    private void emitShared(Term t) {
        switch (t) {
            case Term.Apply a -> {
                if (computed.containsKey(t)) return;
                a.args().forEach(this::emitShared);
                if (plan.shared().contains(t)) computed.put(t, apply(a, true));
            }
            case Term.Expand e -> emitShared(e.of());
            case Term.Transpose s -> emitShared(s.of());
            case Term.Column c -> emitShared(c.of());
            case Term.Row r -> emitShared(r.of());
            default -> {}
        }
    }

    private Operand value(Term t, boolean named) {
        return switch (t) {
            case Term.Arg a -> p.operand(statement, a.k());
            case Term.Result r -> whole(p.target(statement));
            case Term.Bar b -> whole(bar);
            case Term.Literal l -> Operand.Constant.scalar(l.value());
            case Term.Irrational c -> Operand.Constant.scalar(new Real(c.value()));
            case Term.Expand e -> expand(value(e.of(), named));
            case Term.Transpose s -> Fitting.transposed(value(s.of(), named));
            case Term.Column c -> {
                Operand o = value(c.of(), named);
                yield o.repeat(o.rank(), 1);
            }
            case Term.Row r -> {
                Operand o = value(r.of(), named);
                yield o.repeat(o.rank() - 1, 1);
            }
            case Term.Apply a -> {
                Operand known = computed.isEmpty() ? null : computed.get(t);
                yield known != null ? known : apply(a, named);
            }
            default -> throw new IllegalStateException("no tangent in a rule");
        };
    }

    private Operand whole(int variable) {
        return q.operand(variable);
    }

    private Operand expand(Operand o) {
        int[] rows = p.operand(statement, 0).shape();
        for (int k = rows.length - p.rank(statement); k < rows.length; k++) o = o.repeat(o.rank(), rows[k]);
        return o;
    }

    private Operand apply(Term.Apply a, boolean named) {
        List<Operand> x = new ArrayList<>(a.args().size());
        for (Term t : a.args()) x.add(value(t, false));
        Elementary f = a.f();
        int[] shape;
        if (f.kind == Elementary.Kind.POINTWISE) {
            shape = Fitting.common(x);
            for (int k = 0; k < x.size(); k++) x.set(k, Fitting.trailing(x.get(k), shape));
            Operand folded = Folding.fold(f, x, shape);
            if (folded != null) return folded;
        } else {
            shape = Fitting.shape(f, a.rank(), x);
        }
        Operand one = onlyEntry(f, a.rank(), x.getFirst());
        if (one != null) return one;
        int v = named ? q.numbered("s", shape) : q.variable(null, shape);
        int[] refs = new int[x.size()];
        for (int k = 0; k < refs.length; k++) refs[k] = q.ref(x.get(k));
        q.apply(f, a.rank(), v, site, refs);
        return new Operand.View(v, Layout.whole(shape));
    }

    /// A sum, maximum or minimum over one entry is that entry, and no statement; null for everything else.
    private static Operand onlyEntry(Elementary f, int rank, Operand x) {
        int[] shape = x.shape();
        if (f.arity > 1 || f.kind != Elementary.Kind.REDUCTION || f.counts().stream().anyMatch(c -> c.of(1) > 0)
                || Shapes.size(Shapes.take(shape, shape.length - rank, shape.length)) > 1) return null;
        for (int k = 0; k < rank; k++) x = x.at(x.rank() - 1, 0);
        return x;
    }
}
