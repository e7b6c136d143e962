package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Model.CommandSpec;

/// Options of the commands that a session remembers. A value: a change gives others.
record Settings(Map<String, List<String>> given) {
    static final Settings NONE = new Settings(Map.of());

    /// What a box has no use for: it is looked at in intervals.
    private static final Set<String> OF_A_POINT = Set.of("arithmetic", "kink-tolerance");
    private static final Set<String> SWITCHES = Set.of("strict", "strong-zero");

    /// What can be set, by the options' names, and what a value looks like.
    static final Map<String, String> KNOWN = known();

    private static Map<String, String> known() {
        Map<String, String> m = new LinkedHashMap<>();
        m.put("arithmetic", "float64, float32, rational or interval");
        m.put("convention", "default, pytorch, jax, left, right, mid or minnorm");
        m.put("kink", "function=value, as in relu=0.5; default for none");
        m.put("kink-tolerance", "a distance, as in 1e-9: kinks so near are told; default for none");
        m.put("cost-model", "unit, multiplicative, weighted, or a dictionary of the session");
        m.put("strict", "on or off");
        m.put("strong-zero", "on or off");
        m.put("inputs", "[name=]files with values for parameters that have none, as in data.npz; default for none");
        m.put("limit", "the most statements that a program may be written out to");
        return m;
    }

    /// The value in words.
    String text(String name) {
        List<String> v = given.get(name);
        if (v != null) return String.join(", ", v);
        return switch (name) {
            case "arithmetic" -> "float64";
            case "cost-model" -> "unit";
            case "kink-tolerance" -> "none";
            case "strict", "strong-zero" -> "off";
            case "inputs" -> "none";
            case "limit" -> Long.toString(nad.check.Checker.STANDARD_LIMIT);
            default -> "default";
        };
    }

    Settings with(String name, String value) throws Refusal {
        if (!KNOWN.containsKey(name)) throw new Refusal(new Problem.BadOption(Span.NONE, ":set", name, String.join(", ", KNOWN.keySet())));
        Map<String, List<String>> next = new LinkedHashMap<>(given);
        if (value.equals("default") || value.equals("off") && SWITCHES.contains(name)) {
            next.remove(name);
        } else if (name.equals("kink")) {
            List<String> kinks = new ArrayList<>(next.getOrDefault(name, List.of()));
            kinks.removeIf(k -> before(k).strip().equals(before(value).strip()));
            kinks.add(value.replaceAll("\\s*=\\s*", "="));
            next.put(name, kinks);
        } else if (name.equals("inputs")) {
            next.put(name, List.of(value.split("[\\s,]+")));
        } else {
            next.put(name, List.of(value));
        }
        Settings s = new Settings(next);
        if (SWITCHES.contains(name) && !List.of("on", "off").contains(value)) throw new Refusal(new Problem.BadOption(Span.NONE, ":set", name + " " + value, KNOWN.get(name)));
        s.limit();
        if (next.containsKey("kink-tolerance")) KinkOptions.parsed(s.text("kink-tolerance"));
        return s;
    }

    long limit() throws Refusal {
        String v = text("limit");
        try {
            return Long.parseLong(v);
        } catch (NumberFormatException e) {
            throw new Refusal(new Problem.BadOption(Span.NONE, ":set", "limit " + v, "a number of statements"));
        }
    }

    RunOptions runOptions() {
        RunOptions o = new RunOptions();
        o.arithmetic = text("arithmetic");
        o.convention = given.containsKey("convention") ? text("convention") : null;
        o.kinks = given.getOrDefault("kink", List.of());
        o.strict = given.containsKey("strict");
        return o;
    }

    /// As arguments of a command, where it has such options and they are not among `own`.
    ///
    /// @param data whether files are wanted for parameters without a value
    List<String> arguments(CommandSpec command, List<String> own, boolean data) {
        List<String> out = new ArrayList<>();
        boolean box = own.stream().anyMatch(o -> before(o).equals("--box"));
        given.forEach((name, values) -> {
            if (box && OF_A_POINT.contains(name)) return;
            if (name.equals("inputs") && !data) return;
            if (command.findOption("--" + name) == null || own.stream().anyMatch(o -> before(o).equals("--" + name))) return;
            for (String v : values) {
                out.add("--" + name);
                if (!SWITCHES.contains(name)) out.add(v);
            }
        });
        return out;
    }

    /// What stands before the first `=`: of `=` alone, nothing.
    private static String before(String option) {
        return option.split("=", 2)[0];
    }
}
