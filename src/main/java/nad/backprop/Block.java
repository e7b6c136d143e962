package nad.backprop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Quantity;
import nad.arithmetic.Real;
import nad.core.Folding;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Term;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// The rule of one statement's operation, instantiated: terms become instructions over the statement's operands, its result
/// and its bar.
final class Block {
    private final ProgramBuilder q;
    private final Program p;
    private final int statement;
    private final int bar;
    private final Span span;
    private final Plan plan;
    private final Map<Term, Operand> computed = new HashMap<>();

    Block(ProgramBuilder q, Program p, int statement, int bar, Plan plan) {
        this.q = q;
        this.p = p;
        this.statement = statement;
        this.bar = bar;
        this.span = p.span(statement);
        this.plan = plan;
    }

    void emit(Adjoints adjoints) {
        for (Term.Contribution c : plan.contributions()) {
            emitShared(c.term());
            Operand x = p.operand(statement, c.arg());
            Operand source = value(c.term(), x instanceof Operand.Stack);
            adjoints.contribute(x, source, c.negative(), span);
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
            case Term.Transpose s -> {
                Operand o = value(s.of(), named);
                int[] order = new int[o.rank()];
                for (int k = 0; k < order.length; k++) order[k] = k;
                order[order.length - 1] = order.length - 2;
                order[order.length - 2] = order.length - 1;
                yield o.permute(order);
            }
            case Term.Column c -> {
                Operand o = value(c.of(), named);
                yield o.repeat(o.rank(), 1);
            }
            case Term.Row r -> {
                Operand o = value(r.of(), named);
                yield o.repeat(o.rank() - 1, 1);
            }
            case Term.Apply a -> {
                Operand known = computed.get(t);
                yield known != null ? known : apply(a, named);
            }
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
        List<Operand> x = new ArrayList<>();
        for (Term t : a.args()) x.add(value(t, false));
        Elementary f = a.f();
        int[] shape;
        if (f.kind == Elementary.Kind.POINTWISE) {
            shape = common(x);
            for (int k = 0; k < x.size(); k++) x.set(k, trailing(x.get(k), shape));
            Operand folded = fold(f, x, shape);
            if (folded != null) return folded;
        } else {
            shape = shape(f, a.rank(), x);
        }
        int v = q.variable(named ? q.freshNumbered("s") : null, shape);
        int[] refs = new int[x.size()];
        for (int k = 0; k < refs.length; k++) refs[k] = q.ref(x.get(k));
        q.apply(f, a.rank(), v, span, refs);
        return new Operand.View(v, Layout.whole(shape));
    }

    /// The common shape of a pointwise term: leading axes are the statement's, so a shorter one lacks trailing axes.
    private static int[] common(List<Operand> x) {
        int[] shape = Shapes.SCALAR;
        for (Operand o : x) {
            int[] s = o.shape();
            int[] longer = s.length >= shape.length ? s.clone() : shape.clone();
            int[] shorter = s.length >= shape.length ? shape : s;
            for (int k = 0; k < shorter.length; k++) if (longer[k] == 1) longer[k] = shorter[k];
            shape = longer;
        }
        return shape;
    }

    private static Operand trailing(Operand o, int[] shape) {
        while (o.rank() < shape.length) o = o.repeat(o.rank(), shape[o.rank()]);
        return o.broadcast(shape);
    }

    static int[] shape(Elementary f, int rank, List<Operand> x) {
        int[] a = x.get(0).shape();
        return switch (f.kind) {
            case REDUCTION -> Shapes.take(a, 0, a.length - rank);
            case CONTRACTION -> {
                int[] b = x.get(1).shape();
                int s = rank % 10;
                yield Shapes.concat(Shapes.take(a, 0, a.length - 1), Shapes.take(b, b.length - s + 1, b.length));
            }
            default -> a;
        };
    }

    /// Operations on constants alone are no statements.
    private static Operand fold(Elementary f, List<Operand> x, int[] shape) {
        Quantity[] args = new Quantity[x.size()];
        for (int k = 0; k < args.length; k++) {
            if (!(x.get(k) instanceof Operand.Constant c)) return null;
            args[k] = c.uniform();
        }
        if (Arrays.stream(args).allMatch(a -> a != null)) return Operand.Constant.filled(Folding.fold(f, args), shape);
        Quantity[] data = new Quantity[Shapes.size(shape)];
        for (int n = 0; n < data.length; n++) {
            for (int k = 0; k < args.length; k++) args[k] = ((Operand.Constant) x.get(k)).get(n);
            data[n] = Folding.fold(f, args);
        }
        return new Operand.Constant(data, Layout.whole(shape));
    }
}
