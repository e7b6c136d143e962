package nad.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Real;
import nad.core.Program;
import nad.dictionary.Kink;
import nad.run.Run;

/// A kink that an evaluation met or came near to, in words.
final class KinkText {
    private KinkText() {}

    /// Which statement of P it was, and [#choice].
    static String of(Program p, Run.Met m, Arithmetic a) {
        int i = m.instruction();
        return "`" + p.name(p.target(i)) + "`" + index(m) + " (" + p.where(i) + (m.sample() > 0 ? ", sample " + m.sample() : "") + "): " + choice(p, m, a);
    }

    /// Where the operation was, the derivative selected there, and the set that it is from.
    static String choice(Program p, Run.Met m, Arithmetic a) {
        boolean near = m.distance() != null;
        return p.operation(m.instruction()).name + " at " + list(m.arguments(), a) + (near ? ", " + Numbers.text(m.distance(), a) + " from a kink, takes " : " selects ")
                + list(m.kink().selected(), a) + ", " + (m.kink().undecided() ? "not decided whether a kink; " : "") + "Clarke set " + (near ? "there " : "")
                + (m.kink().undecided() || m.kink().set().equals(Kink.OUTER) ? "within " : "") + clarke(m.kink(), a)
                + (m.entries() > 1 ? "; " + m.entries() + " entries " + (near ? "near" : "at") + " a kink" : "");
    }

    static String index(Run.Met m) {
        return m.index().length > 0 ? Arrays.toString(m.index()) : "";
    }

    /// As JSON; one that is only near has its distance too.
    static Map<String, Object> object(Program p, Run.Met m) {
        Kink k = m.kink();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("statement", p.name(p.target(m.instruction())));
        Json.place(out, p, m.instruction(), true);
        out.put("operation", p.operation(m.instruction()).name);
        out.put("arguments", m.arguments());
        out.put("selected", k.selected());
        List<List<Quantity>> clarke = new ArrayList<>();
        for (Quantity[] c : k.clarke()) clarke.add(List.of(c));
        out.put("clarke", clarke);
        out.put("set", k.set());
        if (!k.ties().isEmpty()) out.put("ties", k.ties().stream().map(t -> t + 1).toList());
        if (m.sample() > 0) out.put("sample", m.sample());
        if (m.sample() > 0 || m.index().length > 0) out.put("entries", m.entries());
        if (m.index().length > 0) out.put("index", m.index());
        if (m.distance() != null) out.put("distance", m.distance());
        return out;
    }

    private static String clarke(Kink k, Arithmetic a) {
        return switch (k.set()) {
            case "simplex" -> "the simplex of arguments " + k.ties().stream().map(t -> Integer.toString(t + 1)).collect(Collectors.joining(", "));
            case "ball" -> "the unit ball";
            default -> {
                List<String> intervals = new ArrayList<>();
                for (Quantity[] c : k.clarke()) intervals.add("[" + Numbers.text(end(c[0], true), a) + ", " + Numbers.text(end(c[1], false), a) + "]");
                yield String.join(" × ", intervals);
            }
        };
    }

    /// The outer end of what is only known to lie in an interval.
    private static Quantity end(Quantity q, boolean lower) {
        return q instanceof Interval i ? new Real(lower ? i.lo() : i.hi()) : q;
    }

    private static String list(List<Quantity> q, Arithmetic a) {
        List<String> parts = new ArrayList<>();
        for (Quantity x : q.subList(0, Math.min(q.size(), 8))) parts.add(Numbers.text(x, a));
        if (q.size() > 8) parts.add("…");
        return parts.size() == 1 ? parts.getFirst() : "(" + String.join(", ", parts) + ")";
    }
}
