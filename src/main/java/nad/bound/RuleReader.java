package nad.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import nad.arithmetic.Quantity;
import nad.arithmetic.Real;
import nad.core.Folding;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Term;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// What the rule of a statement's operation says its block must give, over the dump's own variables. Applications in the
/// rule become virtual variables, numbered behind the dump's. The checker's own reading of the rules: the transformer has another.
final class RuleReader {
    /// An application that a rule asks for, or one that the dump makes.
    record Node(Elementary f, int rank, int[] shape, Operand[] args, boolean asked) {}

    private final Program q;
    private final List<Node> nodes = new ArrayList<>();
    private int statement;
    private int bar;

    RuleReader(Program q) {
        this.q = q;
    }

    Node node(int variable) {
        return variable < q.variables() ? null : nodes.get(variable - q.variables());
    }

    /// The contributions of statement i, whose result's bar is `bar`; those to constants and to what `needed` leaves out
    /// are none. `plain` takes products with a bar that is the literal 1 for their other factor.
    List<Gift> contributions(int i, int bar, boolean[] needed, UnaryOperator<Operand> plain) {
        this.statement = i;
        this.bar = bar;
        nodes.clear();
        List<Gift> out = new ArrayList<>();
        for (Term.Contribution c : q.operation(i).rule(q.rank(i))) {
            Operand x = q.operand(i, c.arg());
            if (!touches(x, needed)) continue;
            Operand source = fitted(plain.apply(read(c.term())), x.shape());
            spread(x, source, c.negative(), needed, out);
        }
        return out;
    }

    static boolean touches(Operand x, boolean[] needed) {
        return switch (x) {
            case Operand.View v -> needed[v.variable()];
            case Operand.Constant c -> false;
            case Operand.Stack s -> {
                for (Operand part : s.parts()) if (touches(part, needed)) yield true;
                yield false;
            }
        };
    }

    /// A stacked operand hands on to each of its parts.
    void spread(Operand x, Operand source, boolean negative, boolean[] needed, List<Gift> out) {
        switch (x) {
            case Operand.Constant c -> {}
            case Operand.View v -> {
                if (needed[v.variable()]) out.add(new Gift(v.variable(), v.layout(), negative, source));
            }
            case Operand.Stack s -> {
                for (int k = 0; k < s.parts().size(); k++) spread(s.parts().get(k), source.at(s.axis(), k), negative, needed, out);
            }
        }
    }

    private Operand read(Term t) {
        return switch (t) {
            case Term.Arg a -> q.operand(statement, a.k());
            case Term.Result r -> q.operand(q.target(statement));
            case Term.Bar b -> q.operand(bar);
            case Term.Literal l -> Operand.Constant.scalar(l.value());
            case Term.Irrational c -> Operand.Constant.scalar(new Real(c.value()));
            case Term.Expand e -> alongRows(read(e.of()));
            case Term.Transpose s -> lastTwoExchanged(read(s.of()));
            case Term.Column c -> {
                Operand o = read(c.of());
                yield o.repeat(o.rank(), 1);
            }
            case Term.Row r -> {
                Operand o = read(r.of());
                yield o.repeat(o.rank() - 1, 1);
            }
            case Term.Apply a -> applied(a);
            default -> throw new IllegalStateException("no tangent in a rule");
        };
    }

    private Operand alongRows(Operand o) {
        int[] whole = q.operand(statement, 0).shape();
        for (int k = whole.length - q.rank(statement); k < whole.length; k++) o = o.repeat(o.rank(), whole[k]);
        return o;
    }

    private static Operand lastTwoExchanged(Operand o) {
        int r = o.rank();
        int[] order = new int[r];
        for (int k = 0; k < r; k++) order[k] = k;
        order[r - 1] = r - 2;
        order[r - 2] = r - 1;
        return o.permute(order);
    }

    private Operand applied(Term.Apply a) {
        Operand[] x = new Operand[a.args().size()];
        for (int k = 0; k < x.length; k++) x[k] = read(a.args().get(k));
        int[] shape = a.f().kind == Elementary.Kind.POINTWISE ? widest(x) : resultShape(a, x);
        if (a.f().kind == Elementary.Kind.POINTWISE) {
            boolean constant = true;
            for (int k = 0; k < x.length; k++) {
                x[k] = fitted(x[k], shape);
                constant &= x[k] instanceof Operand.Constant;
            }
            if (constant) return folded(a.f(), x, shape);
        }
        // A sum over one entry is a view of it.
        if (a.f() == Standard.SUM && Shapes.size(x[0].shape()) == Shapes.size(shape)) return x[0].reshape(shape);
        return value(new Node(a.f(), a.rank(), shape, x, true));
    }

    /// The virtual variable that holds the value of an application.
    Operand value(Node n) {
        nodes.add(n);
        return new Operand.View(q.variables() + nodes.size() - 1, Layout.whole(n.shape()));
    }

    /// The axes of a rule's terms are the statement's, from the left: what has fewer is repeated along the last ones.
    private static Operand fitted(Operand o, int[] shape) {
        while (o.rank() < shape.length) o = o.repeat(o.rank(), shape[o.rank()]);
        return java.util.Arrays.equals(o.shape(), shape) ? o : o.broadcast(shape);
    }

    private static int[] widest(Operand[] x) {
        int rank = 0;
        for (Operand o : x) rank = Math.max(rank, o.rank());
        if (rank == 0) return Shapes.SCALAR;
        int[] shape = new int[rank];
        java.util.Arrays.fill(shape, 1);
        for (Operand o : x) for (int k = 0; k < o.rank(); k++) shape[k] = Math.max(shape[k], o.shape()[k]);
        return shape;
    }

    private static int[] resultShape(Term.Apply a, Operand[] x) {
        int[] first = x[0].shape();
        return switch (a.f().kind) {
            case REDUCTION -> Shapes.take(first, 0, first.length - a.rank());
            case CONTRACTION -> {
                int[] second = x[1].shape();
                int columns = a.rank() % 10 - 1;
                yield Shapes.concat(Shapes.take(first, 0, first.length - 1), Shapes.take(second, second.length - columns, second.length));
            }
            default -> first;
        };
    }

    private static Operand folded(Elementary f, Operand[] x, int[] shape) {
        Quantity[] data = new Quantity[Shapes.size(shape)];
        Quantity[] args = new Quantity[x.length];
        for (int n = 0; n < data.length; n++) {
            for (int k = 0; k < args.length; k++) args[k] = ((Operand.Constant) x[k]).get(n);
            // A dump may have computed it in float64: that far it is compared.
            data[n] = new Real(Folding.fold(f, args).toDouble());
        }
        return new Operand.Constant(data, Layout.whole(shape));
    }
}
