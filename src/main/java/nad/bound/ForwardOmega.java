package nad.bound;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Tangents;
import nad.dictionary.Term;

/// [forward-omega] ω_f(k) of an entry g: [cost(g) + cost of the tangents of its result along k directions] / cost(g), computed
/// from the tables: the tangent's term priced, what depends on the direction k times, what does not once. The largest over the
/// operations of P bounds cost(forprop_k(P)) / cost(P), and it grows with k: 1 + 3k on {+, ×, relu} (Bolte, Boustany, Pauwels,
/// Pesquet-Popescu 2023). With the kinks decided along the directions the scans are counted too.
public final class ForwardOmega {
    private final Elementary f;
    private final int rank;
    private final int k;
    private final Tangents.Way way;
    private final CostModel prices;
    private final boolean[] constant;
    private final Term tangent;

    private ForwardOmega(Elementary f, int rank, int k, Tangents.Way way, CostModel prices, boolean[] constant, Function<Term, Term> same) {
        this.f = f;
        this.rank = rank;
        this.k = k;
        this.way = way;
        this.prices = prices;
        this.constant = constant;
        Term t = Tangents.pruned(f.tangent(rank, way), a -> !constant[a]);
        this.tangent = t == null ? null : t.replaced(same::apply);
    }

    /// ω_f(k) of an entry: the worst over what may be constant among its operands. Null where it has no derivative.
    public static Rational of(Elementary f, int k, Tangents.Way way, CostModel prices) {
        if (!f.differentiable()) return null;
        int rank = f.kind == Elementary.Kind.CONTRACTION ? 22 : f.kind == Elementary.Kind.POINTWISE ? 0 : 1;
        Rational worst = null;
        for (int mask = 0; mask < (1 << f.arity) - 1; mask++) {
            boolean[] constant = new boolean[f.arity];
            for (int a = 0; a < f.arity; a++) constant[a] = (mask >> a & 1) == 1;
            Rational w = new ForwardOmega(f, rank, k, way, prices, constant, t -> null).largest();
            if (w != null && (worst == null || w.compareTo(worst) > 0)) worst = w;
        }
        return worst;
    }

    /// The largest over the operations that occur in P, with their constants and equal operands; 1 where P costs nothing.
    public static Rational of(Program p, int k, Tangents.Way way, CostModel prices) {
        Rational worst = Rational.ONE;
        for (int i = 0; i < p.length(); i++) {
            Rational w = of(p, i, k, way, prices);
            if (w != null && w.compareTo(worst) > 0) worst = w;
        }
        return worst;
    }

    /// ω_f(k) of the operation of one statement of P; null where it has no tangent or costs nothing.
    static Rational of(Program p, int i, int k, Tangents.Way way, CostModel prices) {
        Elementary f = p.operation(i);
        if (f == null || !f.differentiable()) return null;
        boolean[] constant = new boolean[f.arity];
        boolean all = true;
        for (int a = 0; a < f.arity; a++) all &= constant[a] = p.constant(i, a);
        return all ? null : new ForwardOmega(f, p.rank(i), k, way, prices, constant, t -> same(p, i, t)).largest();
    }

    /// The paper's local ratio [cost(g d_g) + k (p_g c_× + (p_g − 1) c_+)] / cost(g), or null where there is none.
    public static Rational paper(Elementary f, int k, CostModel prices) {
        Rational cost = Omega.valueAndGradient(f, prices);
        if (cost == null) return null;
        Rational each = prices.price(Primitives.TIMES).times(Rational.of(f.arity)).plus(prices.price(Primitives.PLUS).times(Rational.of(f.arity - 1)));
        return cost.plus(each.times(Rational.of(k))).over(Omega.row(f, 1, false, prices));
    }

    private static Term same(Program p, int i, Term t) {
        int k = t instanceof Term.Arg a ? a.k() : t instanceof Term.Dot d ? d.k() : -1;
        if (k < 0) return null;
        int first = 0;
        while (p.ref(i, first) != p.ref(i, k)) first++;
        return t instanceof Term.Arg ? new Term.Arg(first) : new Term.Dot(first);
    }

    /// Over all lengths n of a row: both costs are affine in n, so at the least n or in the limit. Null where g costs nothing.
    private Rational largest() {
        int least = f.kind == Elementary.Kind.REDUCTION && own(1).sign() == 0 ? 2 : 1;
        Rational cost = own(least);
        Rational at = cost.sign() == 0 ? null : cost.plus(tangents(least)).over(cost);
        Rational step = own(least + 1).minus(cost);
        if (step.sign() == 0) return at;
        Rational limit = step.plus(tangents(least + 1).minus(tangents(least))).over(step);
        return at == null || limit.compareTo(at) > 0 ? limit : at;
    }

    private Rational own(int n) {
        boolean byConstant = false;
        for (int a = 0; a < f.arity; a++) byConstant |= constant[a] && f.pricesConstant(a);
        return Omega.row(f, f.kind == Elementary.Kind.POINTWISE ? 1 : n, byConstant, prices);
    }

    private Rational tangents(int n) {
        return tangent == null ? Rational.ZERO : cost(tangent, n, new HashSet<>());
    }

    private Rational cost(Term t, int n, Set<Term> seen) {
        if (isConstant(t) || !seen.add(t)) return Rational.ZERO;
        Rational sum = Rational.ZERO;
        for (Term part : parts(t)) sum = sum.plus(cost(part, n, seen));
        return t instanceof Term.Apply a ? sum.plus(once(a, n).times(Rational.of(times(a)))) : sum;
    }

    /// What one application costs for one direction, over a row of n.
    private Rational once(Term.Apply a, int n) {
        boolean byConstant = false;
        for (int j = 0; j < a.args().size(); j++) byConstant |= a.f().pricesConstant(j) && isConstant(a.args().get(j));
        int row = entries(a.args().getFirst(), n);
        return switch (a.f().kind) {
            case POINTWISE -> Omega.row(a.f(), 1, byConstant, prices).times(Rational.of(entries(a, n)));
            case CONTRACTION -> Omega.row(a.f(), n, byConstant, prices);
            default -> Omega.row(a.f(), row, byConstant, prices);
        };
    }

    /// How often: a scan along all directions looks at the point and at each of them, one along each by itself at both for each.
    private long times(Term.Apply a) {
        if (a.f().kind == Elementary.Kind.SCAN) return way == Tangents.Way.LEXICOGRAPHIC ? k + 1L : 2L * k;
        return dotted(a) ? k : 1;
    }

    private boolean dotted(Term t) {
        if (t instanceof Term.Dot) return true;
        if (t instanceof Term.Apply a && a.f().kind == Elementary.Kind.SCAN) return way != Tangents.Way.LEXICOGRAPHIC;
        return parts(t).stream().anyMatch(this::dotted);
    }

    private boolean isConstant(Term t) {
        return switch (t) {
            case Term.Arg a -> constant[a.k()];
            case Term.Dot d -> false;
            case Term.Result r -> false;
            default -> parts(t).stream().allMatch(this::isConstant);
        };
    }

    private static List<Term> parts(Term t) {
        return switch (t) {
            case Term.Expand e -> List.of(e.of());
            case Term.Transpose s -> List.of(s.of());
            case Term.Column c -> List.of(c.of());
            case Term.Row r -> List.of(r.of());
            case Term.Entry e -> List.of(e.of());
            case Term.Stacked s -> s.of();
            case Term.Apply a -> a.args();
            default -> List.of();
        };
    }

    /// Entries of a term for one row of n of g's operand.
    private int entries(Term t, int n) {
        boolean rows = f.kind != Elementary.Kind.POINTWISE && f.kind != Elementary.Kind.CONTRACTION;
        return switch (t) {
            case Term.Arg a -> rows && (a.k() == 0 || f.kind == Elementary.Kind.REDUCTION) ? n : 1;
            case Term.Dot d -> rows && (d.k() == 0 || f.kind == Elementary.Kind.REDUCTION) ? n : 1;
            case Term.Result r -> rows && f.kind != Elementary.Kind.REDUCTION ? n : 1;
            case Term.Expand e -> n;
            case Term.Stacked s -> s.of().size();
            case Term.Entry e -> 1;
            case Term.Apply a when a.f().kind == Elementary.Kind.REDUCTION -> 1;
            default -> parts(t).stream().mapToInt(part -> entries(part, n)).max().orElse(1);
        };
    }
}
