package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;

/// [cost-model] A price for each primitive; what a program costs is the sum over its tally. Copies, constants and views are no
/// primitives and cost nothing in any model.
public final class CostModel {
    public static final List<String> NAMES = List.of("unit", "multiplicative", "weighted");

    /// Every scalar primitive costs 1.
    public static final CostModel UNIT = new CostModel("unit", Map.of());
    /// Nonscalar cost: products and quotients by what depends on parameters, and smooth functions, cost 1; the rest 0.
    public static final CostModel MULTIPLICATIVE = new CostModel("multiplicative", Map.of());
    /// Sums, products and comparisons cost 1, quotients and roots 4, other functions 10.
    public static final CostModel WEIGHTED = new CostModel("weighted", Map.of());

    private final String name;
    private final Map<String, Rational> prices;
    /// What an elementary function costs in the unit model.
    private final Rational c;

    private CostModel(String name, Map<String, Rational> prices) {
        this(name, prices, Rational.ONE);
    }

    private CostModel(String name, Map<String, Rational> prices, Rational c) {
        this.name = name;
        this.prices = prices;
        this.c = c;
    }

    /// The unit model, but that each elementary function costs c.
    public static CostModel unit(Rational c) {
        return new CostModel("unit", Map.of(), c);
    }

    /// The values of c > 1 at which another piece of a declared function becomes the dearest: between two of them, and beyond the last,
    /// the price in [#unit] is an affine function of c.
    public static SortedSet<Rational> breaks(Primitive p) {
        SortedSet<Rational> out = new TreeSet<>();
        if (p.fixed != null) return out;
        if (p.composition == null) return p.priced == null ? out : breaks(p.priced);
        for (Primitive part : p.composition.keySet()) out.addAll(breaks(part));
        for (Map<Primitive, Integer> piece : p.pieces) for (Primitive part : piece.keySet()) out.addAll(breaks(part));
        List<Rational> from = new ArrayList<>(out);
        from.addFirst(Rational.ONE);
        for (int k = 0; k < from.size(); k++) {
            Rational end = k + 1 < from.size() ? from.get(k + 1) : null;
            for (Map<Primitive, Integer> a : p.pieces) for (Map<Primitive, Integer> b : p.pieces) crossing(a, b, from.get(k), end, out);
        }
        return out;
    }

    /// Where two pieces cost the same, in an interval where both prices are affine; `end` null where it has none.
    private static void crossing(Map<Primitive, Integer> a, Map<Primitive, Integer> b, Rational start, Rational end, SortedSet<Rational> out) {
        CostModel here = unit(start);
        CostModel further = unit(end != null ? end : start.plus(Rational.ONE));
        Rational gap = here.price(a).minus(here.price(b));
        Rational slope = further.price(a).minus(further.price(b)).minus(gap).over(further.c.minus(start));
        if (slope.sign() == 0) return;
        Rational at = start.minus(gap.over(slope));
        if (at.compareTo(start) > 0 && (end == null || at.compareTo(end) < 0)) out.add(at);
    }

    /// The model by one of the [#NAMES].
    public static CostModel named(String name) {
        return switch (name) {
            case "unit" -> UNIT;
            case "multiplicative" -> MULTIPLICATIVE;
            case "weighted" -> WEIGHTED;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// The model of a dictionary's own: these prices by name, and 1 for the rest. A prime that has no price of its own costs
    /// what its function costs.
    public static CostModel of(String name, Map<String, Rational> prices) {
        return new CostModel(name, Map.copyOf(prices));
    }

    public String name() {
        return name;
    }

    public Rational price(Primitive p) {
        Rational own = prices.get(p.name);
        if (own != null) return own;
        if (p.fixed != null) return p.fixed;
        if (p.composition != null) {
            Rational dearest = Rational.ZERO;
            for (Map<Primitive, Integer> piece : p.pieces) {
                Rational r = price(piece);
                if (r.compareTo(dearest) > 0) dearest = r;
            }
            return price(p.composition).plus(dearest);
        }
        if (p.priced != null) return price(p.priced);
        if (p.pricing == Primitive.Pricing.FUNCTION || p.pricing == Primitive.Pricing.ROOT)
            if (prices.isEmpty() && name.equals("unit")) return c;
        return Rational.of(switch (name) {
            case "multiplicative" -> switch (p.pricing) {
                case PRODUCT, QUOTIENT, ROOT, FUNCTION -> 1;
                default -> 0;
            };
            case "weighted" -> switch (p.pricing) {
                case QUOTIENT, UNSCALING, ROOT -> 4;
                case FUNCTION -> 10;
                default -> 1;
            };
            default -> 1;
        });
    }

    /// What a pointwise entry costs on scalars.
    ///
    /// @param byConstant whether an operand is a constant of which [Elementary#pricesConstant] says that it matters
    public Rational price(Elementary f, boolean byConstant) {
        if (f.counts().size() == 1 && f.counts().getFirst().primitive() == f.primitive(false)) return price(f.primitive(byConstant));
        Rational sum = Rational.ZERO;
        for (Elementary.Count c : f.counts()) sum = sum.plus(price(c.primitive(byConstant)).times(Rational.of(c.of(1))));
        return sum;
    }

    private Rational price(Map<Primitive, Integer> composition) {
        Rational sum = Rational.ZERO;
        for (var part : composition.entrySet()) sum = sum.plus(price(part.getKey()).times(Rational.of(part.getValue())));
        return sum;
    }

    public Rational cost(Tally tally) {
        Rational sum = Rational.ZERO;
        for (Primitive p : tally.primitives()) sum = sum.plus(price(p).times(Rational.of(tally.of(p))));
        return sum;
    }
}
