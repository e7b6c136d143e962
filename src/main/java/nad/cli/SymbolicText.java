package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.dictionary.CostModel;

/// [Symbolic] answers in words and in JSON.
final class SymbolicText {
    private SymbolicText() {}

    static String costs(Symbolic.Costs c) {
        String at = sizes(c);
        if (c.program() == null) return "cost: no polynomial of low degree fits what was counted at " + at + "; --size counts each\n";
        return "cost(P)           = " + c.program() + ", cost(backprop(P)) = " + c.backprop() + "\n" + (at.isEmpty() ? "" : "  where counted: " + at + "; elsewhere they may differ\n");
    }

    /// Where the costs were counted; empty where nothing was left open.
    private static String sizes(Symbolic.Costs c) {
        List<String> ranges = new ArrayList<>();
        for (int k = 0; k < c.sizes().size(); k++) ranges.add(c.sizes().get(k) + " in " + c.least()[k] + ".." + c.most()[k]);
        if (c.until() != null) ranges.add("c in 1.." + c.until());
        String with = String.join(", ", ranges);
        return c.sizes().isEmpty() ? with : c.counted() + " elaborations with " + with;
    }

    static String proof(Symbolic.Costs c, Symbolic.Bound b, CostModel prices) {
        String all = prices == CostModel.UNIT ? "all sizes and all c >= 1" : "all sizes in the model " + prices.name();
        String applied = "the text applies no other operation than " + String.join(", ", b.operations());
        return costs(c) + '\n' + (b.omega() == null
                ? "OPEN: " + String.join(", ", b.without()) + (b.without().size() == 1 ? " has" : " have") + " no omega that covers " + all + "; nad verify --size decides each.\n"
                : b.operations().isEmpty() ? "HOLDS for " + all + ": the text applies no operation, so that both costs are 0, or additions of seeds.\n"
                : "HOLDS for " + all + ", omega = " + Numbers.ratio(b.omega()) + ": " + applied + ",\n       and whatever the sizes, the block of each costs at most (omega - 1) times its statement.\n");
    }

    static Map<String, Object> object(Symbolic.Costs c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", cost(c, true));
        out.put("backprop", cost(c, false));
        out.put("counted", counted(c));
        return out;
    }

    private static Map<String, Object> cost(Symbolic.Costs c, boolean program) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("cost", c.program() == null ? null : (program ? c.program() : c.backprop()).toString());
        return out;
    }

    private static Map<String, Object> counted(Symbolic.Costs c) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        for (int k = 0; k < c.sizes().size(); k++) sizes.put(c.sizes().get(k), List.of(c.least()[k], c.most()[k]));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("elaborations", c.counted());
        out.put("sizes", sizes);
        if (c.until() != null) out.put("c", List.of(1, Json.number(c.until())));
        return out;
    }

    static Map<String, Object> verdict(Symbolic.Costs c, Symbolic.Bound b, String program) {
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("program", cost(c, true).get("cost"));
        cost.put("backprop", cost(c, false).get("cost"));
        cost.put("omega", b.omega() == null ? null : Json.number(b.omega()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", program);
        out.put("verdict", b.omega() == null ? "open" : "holds");
        out.put("cost", cost);
        out.put("counted", counted(c));
        out.put("operations", b.operations());
        out.put("reason", b.omega() == null ? "no omega covers all: " + String.join(", ", b.without()) : null);
        return out;
    }
}
