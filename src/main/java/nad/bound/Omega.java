package nad.bound;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Standard;
import nad.dictionary.Term;

/// ω(g) = [cost(g) + cost of the adjoint block of g, in full] / cost(g), computed from the tables: the rule's terms priced,
/// shared ones once, and one accumulation for each operand; spec/6-bound.md [omega]. For entries on rows of n entries it is
/// the largest value over all n: both costs are affine in n, so it is attained at the least n or in the limit.
public final class Omega {
    private final Elementary f;
    private final int rank;
    private final CostModel prices;
    /// Operands that are constants, and for each operand the first that it equals.
    private final boolean[] constant;
    private final int[] same;

    private Omega(Elementary f, int rank, CostModel prices, boolean[] constant, int[] same) {
        this.f = f;
        this.rank = rank;
        this.prices = prices;
        this.constant = constant;
        this.same = same;
    }

    /// With these operands constant, as bits, and none equal.
    private Omega(Elementary f, int rank, int constants, CostModel prices) {
        this(f, rank, prices, new boolean[f.arity], new int[f.arity]);
        for (int k = 0; k < f.arity; k++) {
            constant[k] = (constants >> k & 1) == 1;
            same[k] = k;
        }
    }

    private record Key(Elementary f, int rank, CostModel prices, List<Boolean> constant, List<Integer> same) {}

    private static final Map<Key, Rational> KNOWN = new java.util.concurrent.ConcurrentHashMap<>();

    /// ω of an entry: the worst over what may be constant or equal among its operands. Null where backprop refuses it.
    public static Rational of(Elementary f, CostModel prices) {
        if (!f.differentiable()) return null;
        return masks(f, 0).map(mask -> new Omega(f, rank(f), mask, prices).largest()).filter(Objects::nonNull).max(Rational::compareTo).orElse(null);
    }

    /// The largest ω that a statement of this entry has, at any rank and row length, with some operands, as bits, known to be constants and
    /// the others constant or not; null where one has none.
    public static Rational ofAny(Elementary f, int constants, CostModel prices) {
        if (!f.differentiable()) return null;
        Rational largest = Rational.ONE;
        for (Omega o : any(f, constants, prices)) {
            Rational w = o.ratio(o.least()) == null ? null : o.largest();
            if (w == null) return null;
            if (w.compareTo(largest) > 0) largest = w;
        }
        return largest;
    }

    /// [omega-prices] The same in the unit model at every price c ≥ 1 of an elementary function. Between two values of c at which another
    /// piece of a declared function becomes the dearest both costs are affine in c, so the ratio is monotone: it is largest at one of
    /// them, or in the limit.
    public static Rational ofAnyPrice(Elementary f, int constants) {
        if (!f.differentiable()) return null;
        SortedSet<Rational> at = new TreeSet<>(Set.of(Rational.ONE));
        for (int rank : ranks(f)) primitives(f, rank).forEach(p -> at.addAll(CostModel.breaks(p)));
        List<Rational> values = new ArrayList<>();
        for (Rational c : at) values.add(ofAny(f, constants, CostModel.unit(c)));
        List<Omega> last = any(f, constants, CostModel.unit(at.last()));
        List<Omega> beyond = any(f, constants, CostModel.unit(at.last().plus(Rational.ONE)));
        for (int k = 0; k < last.size(); k++)
            for (boolean limit : f.kind == Elementary.Kind.POINTWISE ? List.of(false) : List.of(false, true)) {
                Rational own = growth(last.get(k), beyond.get(k), limit, o -> o::own);
                Rational block = growth(last.get(k), beyond.get(k), limit, o -> o::block);
                if (own.sign() > 0) values.add(own.plus(block).over(own));
                else if (block.sign() > 0) return null;
            }
        return values.contains(null) ? null : values.stream().max(Rational::compareTo).orElseThrow();
    }

    private static List<Omega> any(Elementary f, int constants, CostModel prices) {
        List<Omega> out = new ArrayList<>();
        for (int rank : ranks(f)) masks(f, constants).forEach(mask -> out.add(new Omega(f, rank, mask, prices)));
        return out;
    }

    private static List<Integer> ranks(Elementary f) {
        return f.kind == Elementary.Kind.CONTRACTION ? List.of(11, 12, 21, 22) : List.of(rank(f));
    }

    /// How much more the cost is where c is larger by 1: for the shortest rows, or for each further entry of a row.
    private static Rational growth(Omega here, Omega there, boolean limit, Function<Omega, IntFunction<Rational>> cost) {
        int n = here.least();
        Rational atLeast = cost.apply(there).apply(n).minus(cost.apply(here).apply(n));
        return limit ? cost.apply(there).apply(n + 1).minus(cost.apply(here).apply(n + 1)).minus(atLeast) : atLeast;
    }

    /// Which operands may be constants, of those that contain these; not all of them.
    private static Stream<Integer> masks(Elementary f, int constants) {
        return IntStream.range(0, (1 << f.arity) - 1).filter(mask -> (mask & constants) == constants).boxed();
    }

    /// All that the entry and its rule are priced as.
    private static Set<Primitive> primitives(Elementary f, int rank) {
        Set<Primitive> out = new HashSet<>();
        f.counts().forEach(c -> out.add(c.primitive()));
        for (Term.Contribution c : f.rule(rank))
            c.term().replaced(part -> {
                if (part instanceof Term.Apply a) a.f().counts().forEach(n -> out.add(n.primitive()));
                return null;
            });
        return out;
    }

    /// cost(g) for tables: a number, or for an entry on rows a polynomial in their length n.
    public static String costText(Elementary f, CostModel prices) {
        Rational one = row(f, 1, false, prices);
        if (f.kind == Elementary.Kind.POINTWISE) return one.literal();
        Rational each = row(f, 2, false, prices).minus(one);
        Rational rest = one.minus(each);
        if (each.sign() == 0) return rest.literal();
        String n = each.equals(Rational.ONE) ? "n" : each.literal() + "n";
        return rest.sign() == 0 ? n : n + (rest.sign() < 0 ? " - " : " + ") + rest.abs().literal();
    }

    /// cost(g) on one row of n entries (one scalar, for pointwise entries; one entry of the result, for a contraction over n).
    public static Rational cost(Elementary f, int n, CostModel prices) {
        return row(f, n, false, prices);
    }

    /// The cost of the whole adjoint block of the same, every operand differentiated and every contribution accumulated; null
    /// where backprop refuses the entry.
    public static Rational block(Elementary f, int n, CostModel prices) {
        if (!f.differentiable()) return null;
        return new Omega(f, rank(f), 0, prices).block(n);
    }

    /// The rank at which tables show an entry: rows of one axis, matrices.
    private static int rank(Elementary f) {
        return f.kind == Elementary.Kind.CONTRACTION ? 22 : f.kind == Elementary.Kind.POINTWISE ? 0 : 1;
    }

    /// ω of the operation of instruction i, with its constants and equal operands.
    public static Rational statement(Program p, int i, CostModel prices) {
        Elementary f = p.operation(i);
        if (!f.differentiable()) return Rational.ONE;
        int n = p.arity(i);
        boolean[] constant = new boolean[n];
        int[] same = new int[n];
        List<Boolean> c = new java.util.ArrayList<>(n);
        List<Integer> s = new java.util.ArrayList<>(n);
        for (int k = 0; k < n; k++) {
            constant[k] = p.constant(i, k);
            while (p.ref(i, same[k]) != p.ref(i, k)) same[k]++;
            c.add(constant[k]);
            s.add(same[k]);
        }
        return KNOWN.computeIfAbsent(new Key(f, p.rank(i), prices, c, s), key -> {
            Rational w = new Omega(f, key.rank, prices, constant, same).largest();
            return w == null ? Rational.ONE : w;
        });
    }

    /// The paper's local ratio [cost(g d_g) + p_g (c_× + c_+)] / cost(g), with d_g read off the rules at z̄ = 1; null where
    /// there is none.
    public static Rational paper(Elementary f, CostModel prices) {
        Rational cost = valueAndGradient(f, prices);
        if (cost == null) return null;
        Rational step = prices.price(Primitives.TIMES).plus(prices.price(Primitives.PLUS));
        return cost.plus(step.times(Rational.of(f.arity))).over(row(f, 1, false, prices));
    }

    /// cost(g d_g) of a scalar function that costs something, else null.
    static Rational valueAndGradient(Elementary f, CostModel prices) {
        if (!f.differentiable() || f.kind != Elementary.Kind.POINTWISE || f.inPrime) return null;
        Omega o = new Omega(f, 0, 0, prices);
        Rational g = o.own(1);
        if (g.sign() == 0) return null;
        Rational d = Rational.ZERO;
        Set<Term> seen = new HashSet<>();
        for (Term.Contribution c : f.rule(0)) d = d.plus(o.cost(atOne(c.term()), 1, seen));
        return g.plus(d);
    }

    /// The term at z̄ = 1: products with the bar are their other factor.
    private static Term atOne(Term t) {
        if (!(t instanceof Term.Apply a)) return t;
        if (a.f() == Standard.MULTIPLY) {
            if (a.args().get(0) instanceof Term.Bar) return atOne(a.args().get(1));
            if (a.args().get(1) instanceof Term.Bar) return atOne(a.args().get(0));
        }
        return new Term.Apply(a.f(), a.rank(), a.args().stream().map(Omega::atOne).toList());
    }

    /// The fewest entries that a row has where the operation is a statement.
    private int least() {
        return f.kind == Elementary.Kind.REDUCTION && f.counts().stream().anyMatch(c -> c.of(1) == 0) && f.counts().size() == 1 ? 2 : 1;
    }

    private Rational largest() {
        int least = least();
        Rational at = ratio(least);
        if (f.kind == Elementary.Kind.POINTWISE) return at;
        Rational cost = own(least + 1).minus(own(least));
        Rational block = block(least + 1).minus(block(least));
        Rational limit = cost.sign() == 0 ? null : cost.plus(block).over(cost);
        return at == null ? limit : limit == null || at.compareTo(limit) >= 0 ? at : limit;
    }

    private Rational ratio(int n) {
        Rational cost = own(n);
        Rational block = block(n);
        if (cost.sign() == 0) return block.sign() == 0 ? Rational.ONE : null;
        return cost.plus(block).over(cost);
    }

    /// The cost of g on one row of n entries; for a contraction, one entry of the result of a shared axis of n.
    private Rational own(int n) {
        boolean byConstant = false;
        for (int k = 0; k < f.arity; k++) byConstant |= constant[k] && f.pricesConstant(k);
        return priced(f, n, byConstant);
    }

    private Rational priced(Elementary g, long n, boolean byConstant) {
        return row(g, n, byConstant, prices);
    }

    /// The price of an entry applied to one row of n entries (to scalars, for pointwise entries).
    static Rational row(Elementary g, long n, boolean byConstant, CostModel prices) {
        if (g.kind == Elementary.Kind.POINTWISE) return prices.price(g, byConstant);
        Rational sum = Rational.ZERO;
        for (Elementary.Count c : g.counts()) sum = sum.plus(prices.price(c.primitive(byConstant)).times(Rational.of(c.of(n))));
        return sum;
    }

    /// The block in full: every operand that is no constant receives its contribution and one accumulation.
    private Rational block(int n) {
        Rational sum = Rational.ZERO;
        Set<Term> seen = new HashSet<>();
        for (Term.Contribution c : f.rule(rank)) {
            if (constant[c.arg()]) continue;
            Term t = canonical(c.term());
            long size = f.kind == Elementary.Kind.CONTRACTION || f.kind != Elementary.Kind.POINTWISE && c.arg() == 0 ? n : 1;
            sum = sum.plus(cost(t, n, seen)).plus(accumulation(c.negative()).times(Rational.of(size)));
        }
        return sum;
    }

    /// Through a view that repeats entries, all but the last of what is subtracted is added up first.
    private Rational accumulation(boolean negative) {
        Rational plus = prices.price(Primitives.PLUS);
        Rational minus = prices.price(Primitives.MINUS);
        return negative && minus.compareTo(plus) > 0 ? minus : plus;
    }

    private Term canonical(Term t) {
        return switch (t) {
            case Term.Arg a -> new Term.Arg(same[a.k()]);
            case Term.Expand e -> new Term.Expand(canonical(e.of()));
            case Term.Transpose s -> new Term.Transpose(canonical(s.of()));
            case Term.Column c -> new Term.Column(canonical(c.of()));
            case Term.Row r -> new Term.Row(canonical(r.of()));
            case Term.Apply a -> new Term.Apply(a.f(), a.rank(), a.args().stream().map(this::canonical).toList());
            default -> t;
        };
    }

    private Rational cost(Term t, int n, Set<Term> seen) {
        return switch (t) {
            case Term.Expand e -> cost(e.of(), n, seen);
            case Term.Transpose s -> cost(s.of(), n, seen);
            case Term.Column c -> cost(c.of(), n, seen);
            case Term.Row r -> cost(r.of(), n, seen);
            case Term.Apply a -> {
                if (!seen.add(t) || isConstant(t)) yield Rational.ZERO;
                Rational sum = Rational.ZERO;
                for (Term x : a.args()) sum = sum.plus(cost(x, n, seen));
                boolean byConstant = false;
                for (int k = 0; k < a.args().size(); k++) byConstant |= a.f().pricesConstant(k) && isConstant(a.args().get(k));
                Rational one = a.f().kind == Elementary.Kind.POINTWISE ? priced(a.f(), 1, byConstant).times(Rational.of(entries(t, n)))
                        : a.f().kind == Elementary.Kind.CONTRACTION ? contraction(n, byConstant)
                        : priced(a.f(), n, false);
                yield sum.plus(one);
            }
            default -> Rational.ZERO;
        };
    }

    /// V·Yᵀ for an n-vector's worth of operand entries: per entry of the result of g one product and, with the
    /// accumulation counted apart, no sum (its sums are those over the other axes, at most one per entry of V).
    private Rational contraction(int n, boolean byConstant) {
        return prices.price(byConstant ? Primitives.SCALE : Primitives.TIMES).times(Rational.of(n));
    }

    private boolean isConstant(Term t) {
        return switch (t) {
            case Term.Arg a -> constant[a.k()];
            case Term.Literal l -> true;
            case Term.Irrational c -> true;
            case Term.Expand e -> isConstant(e.of());
            case Term.Transpose s -> isConstant(s.of());
            case Term.Column c -> isConstant(c.of());
            case Term.Row r -> isConstant(r.of());
            case Term.Apply a -> a.args().stream().allMatch(this::isConstant);
            default -> false;
        };
    }

    /// Entries of a pointwise term on one row: n where a whole row takes part, else 1.
    private long entries(Term t, int n) {
        return f.kind == Elementary.Kind.POINTWISE ? 1 : wide(t) ? n : 1;
    }

    private boolean wide(Term t) {
        return switch (t) {
            case Term.Arg a -> a.k() == 0 || f.kind == Elementary.Kind.CONTRACTION;
            case Term.Result r -> f.kind == Elementary.Kind.NORMALISATION || f.kind == Elementary.Kind.SCATTER;
            case Term.Bar b -> f.kind == Elementary.Kind.NORMALISATION || f.kind == Elementary.Kind.SCATTER;
            case Term.Expand e -> true;
            case Term.Transpose s -> wide(s.of());
            case Term.Column c -> wide(c.of());
            case Term.Row r -> wide(r.of());
            case Term.Apply a -> a.f().kind != Elementary.Kind.REDUCTION && a.args().stream().anyMatch(this::wide);
            default -> false;
        };
    }
}
