package nad.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.core.Program;
import nad.dictionary.Kink;
import nad.run.Run;

/// A kink that an evaluation met, in words.
final class KinkText {
    private KinkText() {}

    /// Which statement of P it was, and [#choice].
    static String of(Program p, Run.Met m, Arithmetic a) {
        int i = m.instruction();
        return "`" + p.name(p.target(i)) + "`" + index(m) + " (line " + p.span(i).line() + (m.sample() > 0 ? ", sample " + m.sample() : "") + "): " + choice(p, m, a);
    }

    /// Where the operation was, the derivative selected there, and the set that it is from.
    static String choice(Program p, Run.Met m, Arithmetic a) {
        return p.operation(m.instruction()).name + " at " + list(m.arguments(), a) + " selects " + list(m.kink().selected(), a)
                + ", Clarke set " + clarke(m.kink(), a) + (m.entries() > 1 ? "; " + m.entries() + " entries at a kink" : "");
    }

    static String index(Run.Met m) {
        return m.index().length > 0 ? Arrays.toString(m.index()) : "";
    }

    private static String clarke(Kink k, Arithmetic a) {
        return switch (k.set()) {
            case "simplex" -> "the simplex of arguments " + k.ties().stream().map(t -> Integer.toString(t + 1)).collect(Collectors.joining(", "));
            case "ball" -> "the unit ball";
            default -> {
                List<String> intervals = new ArrayList<>();
                for (Quantity[] c : k.clarke()) intervals.add("[" + Numbers.text(c[0], a) + ", " + Numbers.text(c[1], a) + "]");
                yield String.join(" × ", intervals);
            }
        };
    }

    private static String list(List<Quantity> q, Arithmetic a) {
        List<String> parts = new ArrayList<>();
        for (Quantity x : q.subList(0, Math.min(q.size(), 8))) parts.add(Numbers.text(x, a));
        if (q.size() > 8) parts.add("…");
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(", ", parts) + ")";
    }
}
