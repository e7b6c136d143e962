package nad.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.tensor.Layout;

/// A cheaper program for the same function, for who asks for it: nothing is ever optimised silently, since cost belongs to the
/// program and not to the function. What is computed twice is computed once; `x·1`, `x/1`, `x + 0`, `x − 0` and `−(−x)` are x;
/// what no result depends on is left out. Values stay the same but for the sign of a zero (−0 + 0 is 0).
public final class Optimize {
    private final Program p;
    private final ProgramBuilder out;
    /// What stands for each variable of p: a whole variable of the new program, or for a scalar one entry of it.
    private final Operand.View[] image;
    private final Map<Application, Operand.View> known = new HashMap<>();
    /// By the result of a minus sign, what it negated.
    private final Map<Operand, Operand.View> negated = new HashMap<>();

    private record Application(Elementary f, int rank, List<Operand> operands) {}

    private Optimize(Program p) {
        this.p = p;
        this.out = new ProgramBuilder(p.name(), p.sizes(), p.over());
        this.image = new Operand.View[p.variables()];
    }

    /// The optimised program; p has no adjoint blocks.
    public static Program of(Program p) {
        Program q = new Optimize(p).run();
        return q.length() < p.length() ? of(q) : q;
    }

    private Program run() {
        for (int v = 0; v < p.variables(); v++) if (p.isNamed(v)) out.reserve(p.name(v));
        for (Program.Parameter x : p.parameters()) image[x.variable()] = whole(out.parameter(x.name(), x.shape(), x.data()), x.shape());
        boolean[] useful = useful();
        for (int i = 0; i < p.length(); i++) if (useful[p.target(i)]) image[p.target(i)] = computed(i);
        List<Operand> results = new ArrayList<>();
        for (Operand r : p.results()) results.add(moved(r));
        return out.build(results);
    }

    private boolean[] useful() {
        boolean[] useful = new boolean[p.variables()];
        for (Operand r : p.results()) r.forEachView(v -> useful[v.variable()] = true);
        for (int i = p.length() - 1; i >= 0; i--) {
            if (!useful[p.target(i)]) continue;
            for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> useful[v.variable()] = true);
        }
        return useful;
    }

    private Operand.View computed(int i) {
        Elementary f = p.operation(i);
        List<Operand> x = new ArrayList<>();
        for (int k = 0; k < p.arity(i); k++) x.add(moved(p.operand(i, k)));
        int[] shape = p.shape(p.target(i));
        Operand.View same = unchanged(f, x, shape);
        if (same != null) return same;
        Operand.View before = known.get(new Application(f, p.rank(i), x));
        if (before == null && (f == Standard.ADD || f == Standard.MULTIPLY)) before = known.get(new Application(f, p.rank(i), x.reversed()));
        if (before != null) return before;
        int v = out.variable(p.name(p.target(i)), shape);
        out.apply(f, p.rank(i), v, p.span(i), x.stream().mapToInt(out::ref).toArray());
        Operand.View z = whole(v, shape);
        if (f == Standard.NEG && shown(x.getFirst(), shape) != null) negated.put(z, shown(x.getFirst(), shape));
        known.put(new Application(f, p.rank(i), x), z);
        return z;
    }

    private static Operand.View whole(int variable, int[] shape) {
        return new Operand.View(variable, Layout.whole(shape));
    }

    /// The operand that an operation leaves as it is, or null.
    private Operand.View unchanged(Elementary f, List<Operand> x, int[] shape) {
        if (f == Standard.MULTIPLY) return is(x.get(1), Rational.ONE) ? shown(x.get(0), shape) : is(x.get(0), Rational.ONE) ? shown(x.get(1), shape) : null;
        if (f == Standard.DIVIDE) return is(x.get(1), Rational.ONE) ? shown(x.get(0), shape) : null;
        if (f == Standard.ADD) return is(x.get(1), Rational.ZERO) ? shown(x.get(0), shape) : is(x.get(0), Rational.ZERO) ? shown(x.get(1), shape) : null;
        if (f == Standard.SUBTRACT) return is(x.get(1), Rational.ZERO) ? shown(x.get(0), shape) : null;
        return f == Standard.NEG ? negated.get(x.getFirst()) : null;
    }

    private static boolean is(Operand o, Rational number) {
        return o instanceof Operand.Constant c && number.equals(c.uniform());
    }

    /// An operand that may stand for a variable: a whole one, or one entry for a scalar.
    private Operand.View shown(Operand o, int[] shape) {
        return o instanceof Operand.View v && Arrays.equals(v.shape(), shape) && (shape.length == 0 || v.layout().isWhole(out.shape(v.variable()))) ? v : null;
    }

    private Operand moved(Operand o) {
        return switch (o) {
            case Operand.Constant c -> c;
            case Operand.Stack s -> new Operand.Stack(s.axis(), s.parts().stream().map(this::moved).toList());
            case Operand.View v -> {
                Operand.View to = image[v.variable()];
                yield new Operand.View(to.variable(), p.shape(v.variable()).length == 0 ? entry(to, v.layout()) : v.layout());
            }
        };
    }

    /// A scalar shown along axes that repeat it.
    private static Layout entry(Operand.View scalar, Layout shown) {
        return new Layout(scalar.layout().offset(), shown.shape(), new int[shown.rank()]);
    }
}
