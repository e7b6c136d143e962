package nad.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// [Symbolic] costs in words and in JSON.
final class SymbolicText {
    private SymbolicText() {}

    static String costs(Symbolic.Costs c) {
        return "cost(P)           = " + c.program() + "\ncost(backprop(P)) = " + c.backprop() + "\n" + where(c) + "\n";
    }

    static String proof(Symbolic.Costs c) {
        String gap = "omega · cost(P) - cost(backprop(P)) = " + c.slack();
        return costs(c) + gap + ", omega = " + Numbers.ratio(c.omega()) + "\n\n"
                + (c.proved() ? "HOLDS for all these sizes at once: written in the differences from the least sizes, no coefficient is negative.\n"
                        : "OPEN: the difference has a negative coefficient, so that this does not prove the bound for all sizes; nad verify --size decides each.\n");
    }

    private static String where(Symbolic.Costs c) {
        StringBuilder out = new StringBuilder("for ");
        for (int k = 0; k < c.sizes().size(); k++) out.append(c.sizes().get(k)).append(" >= ").append(c.from()[k]).append(", ");
        return out.append("c >= 1; through ").append(c.samples()).append(" elaborations").toString();
    }

    static Map<String, Object> object(Symbolic.Costs c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", Map.of("cost", c.program().toString()));
        out.put("backprop", Map.of("cost", c.backprop().toString()));
        out.put("from", from(c));
        out.put("samples", c.samples());
        return out;
    }

    private static Map<String, Object> from(Symbolic.Costs c) {
        Map<String, Object> from = new LinkedHashMap<>();
        for (int k = 0; k < c.sizes().size(); k++) from.put(c.sizes().get(k), c.from()[k]);
        return from;
    }

    static Map<String, Object> verdict(Symbolic.Costs c, String program) {
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("program", c.program().toString());
        cost.put("backprop", c.backprop().toString());
        cost.put("difference", c.slack().toString());
        cost.put("omega", Json.number(c.omega()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", program);
        out.put("verdict", c.proved() ? "holds" : "open");
        out.put("cost", cost);
        out.put("from", from(c));
        out.put("samples", c.samples());
        out.put("reason", c.proved() ? null : "omega * cost(P) - cost(backprop(P)) has a negative coefficient");
        return out;
    }
}
