package nad.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import nad.arithmetic.Formula;
import nad.arithmetic.Formula.Op;
import nad.arithmetic.Formula.Test;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;

/// The [Formula] of a declared function and of its primes, from their pieces: all pieces are computed and the conditions
/// choose, which gives what the chosen piece alone gives. Null where a piece has an operation without a formula.
final class MachineForm {
    /// Operations in a formula: of more, pieces that are not taken would cost more than a call. The least norm between three pieces of two variables
    /// takes some 850.
    private static final int MOST = 1000;
    private static final Formula NAN = new Formula.Number(Double.NaN);

    private final Declared d;
    private final Boundary boundary;
    private final Map<Term, Formula> known = new IdentityHashMap<>();

    private MachineForm(Declared d) {
        this.d = d;
        this.boundary = new Boundary(d);
    }

    static Formula value(Declared d) {
        MachineForm m = new MachineForm(d);
        return m.select(0, p -> m.formula(p.value()));
    }

    /// The prime by parameter i; its last argument is the cotangent.
    static Formula prime(Declared d, int i) {
        MachineForm m = new MachineForm(d);
        return m.select(0, p -> m.slope(p, i, new Formula.Arg(m.parameters())));
    }

    /// The prime by parameter i under a choice, for conditions whose sides move apart alike at all points: which pieces are around a point
    /// follows from the signs then, and for each row of signs there is an element to take.
    static Formula prime(Declared d, int i, Choice choice) {
        MachineForm m = new MachineForm(d);
        for (int k = 0; k < d.pieces().size(); k++) if (m.boundary.condition(k) != null && !m.boundary.steady(k)) return null;
        return unlessLong(m.bySigns(new int[d.pieces().size()], 0, i, choice));
    }

    /// The prime by parameter i of the piece that signs claim, which come first among the arguments.
    static Formula entered(Declared d, int i) {
        MachineForm m = new MachineForm(d);
        int signs = (int) d.pieces().stream().filter(p -> p.condition() != null).count();
        List<Formula> args = new ArrayList<>();
        for (int k = 0; k <= m.parameters(); k++) args.add(new Formula.Arg(signs + k));
        Formula claimed = m.slope(d.pieces().getLast(), i, new Formula.Arg(m.parameters()));
        if (claimed != null) claimed = claimed.with(args);
        for (int k = d.pieces().size() - 1, sign = signs; k >= 0 && claimed != null; k--) {
            Condition c = m.boundary.condition(k);
            if (c == null) continue;
            Formula own = m.slope(d.pieces().get(k), i, new Formula.Arg(m.parameters()));
            if (own != null) own = own.with(args);
            claimed = own == null ? null : m.bySign(new Formula.Arg(--sign), Formula.ZERO, c, own, claimed, claimed);
        }
        return claimed;
    }

    private int parameters() {
        return d.parameters().size();
    }

    private static Formula unlessLong(Formula f) {
        return f == null || f.length() > MOST ? null : f;
    }

    // ---- by the piece that claims

    private Formula select(int from, Function<Piece, Formula> of) {
        Piece p = d.pieces().get(from);
        Formula own = of.apply(p);
        if (p.condition() == null || from == d.pieces().size() - 1 || own == null) return own;
        Formula rest = select(from + 1, of);
        Formula l = formula(p.condition().left());
        Formula r = formula(p.condition().right());
        return rest == null || l == null || r == null ? null : bySign(l, r, p.condition(), own, rest, NAN);
    }

    private Formula bySign(Formula l, Formula r, Condition c, Formula own, Formula rest, Formula nan) {
        return bySign(l, r, c.holds(-1) ? own : rest, c.holds(0) ? own : rest, c.holds(1) ? own : rest, nan);
    }

    private static Formula bySign(Formula l, Formula r, Formula below, Formula equal, Formula above, Formula nan) {
        return Formula.choose(l, Test.LT, r, below, Formula.choose(l, Test.GT, r, above, Formula.choose(l, Test.EQ, r, equal, nan)));
    }

    /// The derivative of a piece, applied to v.
    private Formula slope(Piece p, int i, Formula v) {
        Term t = Declared.derivative(p.value(), i);
        if (Declared.isLiteral(t, 0)) return Formula.ZERO;
        if (Declared.isLiteral(t, 1)) return v;
        Formula f = formula(t);
        return f == null ? null : Formula.of(Op.MUL, f, v);
    }

    // ---- by the signs of all conditions that are asked

    /// @param sign those of the conditions before k
    private Formula bySigns(int[] sign, int k, int i, Choice choice) {
        Condition c = boundary.condition(k);
        if (c == null) return taken(sign, k, i, choice);
        Formula l = formula(c.left());
        Formula r = formula(c.right());
        Formula nan = unordered(sign, k, i);
        Formula[] of = new Formula[3];
        for (int s = -1; s <= 1; s++) {
            int[] now = sign.clone();
            now[k] = s;
            boolean last = k == sign.length - 1 || s != 0 && c.holds(s);
            of[s + 1] = last ? taken(now, k + 1, i, choice) : bySigns(now, k + 1, i, choice);
            if (of[s + 1] == null) return null;
        }
        return l == null || r == null || nan == null ? null : bySign(l, r, of[0], of[1], of[2], nan);
    }

    /// Where condition k meets NaN there is no kink: a piece claims the point before, or none does.
    private Formula unordered(int[] sign, int k, int i) {
        for (int j = 0; j < k; j++) if (boundary.condition(j).holds(sign[j])) return slope(d.pieces().get(j), i, new Formula.Arg(parameters()));
        return NAN;
    }

    /// Where the first conditions have these signs, and no other is asked.
    private Formula taken(int[] sign, int conditions, int i, Choice choice) {
        Formula v = new Formula.Arg(parameters());
        Piece own = boundary.claimed(sign);
        Formula slope = slope(own, i, v);
        boolean meets = false;
        for (int k = 0; k < conditions && boundary.condition(k) != null; k++) meets |= sign[k] == 0;
        if (!meets || slope == null) return slope;
        Quantity[] anywhere = new Quantity[parameters()];
        Arrays.fill(anywhere, Rational.ZERO);
        List<Piece> around = boundary.around(anywhere, sign);
        Map<Piece, Quantity[]> gradients = new HashMap<>();
        List<Piece> all = new ArrayList<>(around);
        all.add(own);
        for (Piece q : all) {
            Quantity[] g = gradient(q);
            if (g == null) return null;
            gradients.put(q, g);
        }
        // An element of least norm between many pieces is found by numbers.
        boolean numbers = gradients.values().stream().flatMap(Arrays::stream).allMatch(g -> g.sign() != 2);
        if (choice.value() == null && choice.side() == Choice.Side.LEAST && !Boundary.triangles(Boundary.distinct(around).size(), parameters()) && !numbers) return null;
        Formula element = element(choice, anywhere, sign, i, gradients);
        Formula out = slope;
        for (Piece q : around)
            for (int j = 0; j < parameters() && q != own; j++) {
                Quantity apart = gradients.get(q)[j].minus(gradients.get(own)[j]);
                if (apart.sign() == 0) continue;
                out = apart.sign() == 2 ? Formula.choose(((Traced) apart).formula(), Test.EQ, Formula.ZERO, out, element) : element;
            }
        return out;
    }

    /// Single points of a function of one variable have numbers of their own.
    private Formula element(Choice choice, Quantity[] anywhere, int[] sign, int i, Map<Piece, Quantity[]> gradients) {
        Formula out = times(boundary.chosen(choice, choice.value(), anywhere, sign, gradients::get)[i]);
        if (parameters() > 1) return out;
        List<Map.Entry<Rational, Rational>> points = new ArrayList<>(choice.points().entrySet()).reversed();
        for (Map.Entry<Rational, Rational> e : points) {
            double at = e.getKey().toDouble();
            Formula own = times(boundary.chosen(choice, e.getValue(), anywhere, sign, gradients::get)[i]);
            for (double p : (float) at == at ? new double[] {at} : new double[] {(float) at, at}) out = Formula.choose(Formula.X, Test.EQ, new Formula.Number(p), own, out);
        }
        return out;
    }

    /// A derivative of 0 gives 0, not 0·v: v may be infinite.
    private Formula times(Quantity selected) {
        Formula f = ((Traced) selected).formula();
        Formula product = Formula.of(Op.MUL, f, new Formula.Arg(parameters()));
        return selected.sign() == 0 ? Formula.ZERO : f instanceof Formula.Number ? product : Formula.choose(f, Test.EQ, Formula.ZERO, Formula.ZERO, product);
    }

    private Quantity[] gradient(Piece p) {
        Quantity[] g = new Quantity[parameters()];
        for (int i = 0; i < g.length; i++) {
            Formula f = formula(Declared.derivative(p.value(), i));
            if (f == null) return null;
            g[i] = new Traced(f);
        }
        return g;
    }

    // ---- terms

    private Formula formula(Term t) {
        return switch (t) {
            case Term.Arg a -> new Formula.Arg(a.k());
            case Term.Literal l -> new Formula.Number(l.value().toDouble());
            case Term.Irrational c -> new Formula.Number(c.value());
            case Term.Apply a -> {
                Formula found = known.get(t);
                if (found == null) known.put(t, found = apply(a));
                yield found;
            }
            default -> null;
        };
    }

    /// Pieces are evaluated by the exact definitions, which compositions and primes round (or treat NaN) otherwise.
    private Formula apply(Term.Apply a) {
        Primitive f = a.f().primitive(false);
        if (f == null || f.composition != null || f.priced != null || f.formula() == null) return null;
        List<Formula> args = new ArrayList<>();
        for (Term t : a.args()) {
            Formula x = formula(t);
            if (x == null) return null;
            args.add(x);
        }
        return f.formula().with(args);
    }
}
