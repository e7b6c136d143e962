package nad.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.arithmetic.Primitive.Pricing;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.bound.Omega;
import nad.bound.Polynomial;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;

/// D and D' as the Markdown tables of spec/3-dictionary.md: costs in c, the price of an elementary function, and in n, the
/// length of a row; ω at c = 1.
final class DictionaryTable {
    private static final List<String> VARIABLES = List.of("n", "c");

    private DictionaryTable() {}

    static String markdown(List<Elementary> entries) {
        StringBuilder d = new StringBuilder("| operation | meaning | cost | adjoint block | its cost | ω, c = 1 | kinks and Clarke set |\n|---|---|---|---|---|---|---|\n");
        StringBuilder primes = new StringBuilder("| operation | meaning | cost | adjoint block |\n|---|---|---|---|\n");
        CostModel[] prices = {CostModel.UNIT, doubled(entries)};
        for (Elementary e : entries) {
            String cost = text((n, p) -> Omega.cost(e, n, p), prices);
            String rule = e.differentiable() ? code(DictionaryCommand.rule(e)) : "none: " + e.caveat;
            if (e.inPrime && e.declared != null) continue; // what every declaration brings is said once, in words
            if (e.inPrime) row(primes, code(DictionaryCommand.call(e)), prose(e.doc), cost, rule);
            else
                row(d, code(DictionaryCommand.call(e)), e.declared == null ? prose(e.doc) : code(e.doc), cost, rule,
                        e.differentiable() ? text((n, p) -> Omega.block(e, n, p), prices) : "", Numbers.ratio(Omega.of(e, CostModel.UNIT)), kinks(e));
        }
        return d + "\n" + primes;
    }

    private static void row(StringBuilder out, String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String s) {
        return "`" + s + "`";
    }

    private static String prose(String s) {
        return s.replace("|", "\\|");
    }

    /// The unit model with c = 2.
    private static CostModel doubled(List<Elementary> entries) {
        Map<String, Rational> two = new HashMap<>();
        for (Elementary e : entries) for (Elementary.Count c : e.counts()) price(c.primitive(), two);
        return CostModel.of("c = 2", two);
    }

    private static void price(Primitive p, Map<String, Rational> two) {
        if (p.composition != null) p.composition.keySet().forEach(q -> price(q, two));
        else if (p.pricing == Pricing.FUNCTION || p.pricing == Pricing.ROOT) two.put(p.name, Rational.of(2));
    }

    private interface Cost {
        Rational of(int n, CostModel prices);
    }

    /// A cost as the polynomial in n and c that it is: of degree 1 in each.
    private static String text(Cost cost, CostModel[] prices) {
        Rational[] values = {cost.of(1, prices[0]), cost.of(1, prices[1]), cost.of(2, prices[0]), cost.of(2, prices[1])};
        return Polynomial.through(VARIABLES, new int[] {1, 1}, new int[] {1, 1}, values).toString().replace("*", "");
    }

    private static String kinks(Elementary e) {
        if (e.caveat != null) return e.caveat;
        if (e.kink == null) return "smooth";
        if (e.declared != null) return "where pieces meet: the hull of their derivatives";
        Rational[] zero = new Rational[Math.max(e.arity, e.kind == Elementary.Kind.POINTWISE ? 1 : 2)];
        java.util.Arrays.fill(zero, Rational.ZERO);
        Kink k = e.kink.at(zero, Selections.DEFAULT);
        Quantity[] hull = k.clarke().getFirst();
        return switch (k.set()) {
            case "simplex" -> "ties: the simplex of the tying arguments";
            case "ball" -> "0: the unit ball";
            default -> "0: [" + hull[0] + ", " + hull[1] + "]";
        };
    }
}
