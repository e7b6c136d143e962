package nad.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.bound.Omegas;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Tally;

/// What the commands say of P and backprop(P) in the same words.
final class Facts {
    private Facts() {}

    /// ` <n = 3>`, or nothing.
    static String sizes(Program p) {
        return p.sizes().isEmpty() ? ""
                : p.sizes().entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).collect(Collectors.joining(", ", "<", ">"));
    }

    /// The first line of a dump: language.md, section 8.
    static String dumpComment(Program p, Program q, CostModel prices) {
        Rational costP = prices.cost(StaticCost.of(p));
        Rational costQ = prices.cost(StaticCost.of(q));
        String ratio = costP.sign() == 0 ? "" : ", ratio " + Numbers.ratio(costQ.over(costP));
        String model = prices == CostModel.UNIT ? "" : " (" + prices.name() + ")";
        return "backprop(" + p.name() + ")" + sizes(p) + ": cost(" + p.name() + ") = " + Numbers.cost(costP) + ", cost(backprop(" + p.name() + ")) = "
                + Numbers.cost(costQ) + ratio + " <= omega_b = " + Numbers.ratio(Omegas.largest(p, prices)) + model;
    }

    static Map<String, Object> tally(Tally t) {
        Map<String, Object> out = new LinkedHashMap<>();
        t.byName().forEach((name, n) -> out.put(name, Json.number(n)));
        return out;
    }

    static Map<String, Object> cost(Certificate c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", Json.number(c.costP()));
        out.put("backprop", Json.number(c.costQ()));
        out.put("ratio", Json.number(c.ratio()));
        out.put("bound", Json.number(c.bound()));
        out.put("omega", Json.number(c.omega()));
        return out;
    }
}
