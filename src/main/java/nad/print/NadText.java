package nad.print;

import java.util.List;
import java.util.stream.Collectors;
import nad.dictionary.Elementary;
import nad.dictionary.TermText;

/// Phrases as the language writes them, with the fewest brackets that parse back. `outer` is the binding of what stands
/// around: 0 nothing, 1 a sum, 2 a product, 3 a minus sign.
final class NadText {
    private NadText() {}

    static String of(Phrase.Statement s) {
        return of(s.target()) + " " + s.relation() + " " + of(s.value()) + (s.clauses().isEmpty() ? "" : clauses(s.clauses()));
    }

    static String of(Phrase p) {
        return of(p, 0);
    }

    private static String of(Phrase p, int outer) {
        return switch (p) {
            case Phrase.Name n -> n.name();
            case Phrase.Number n -> n.literal().startsWith("-") && outer > 3 || n.literal().contains("/") && outer > 0 ? "(" + n.literal() + ")" : n.literal();
            case Phrase.Affine a -> outer > 1 ? "(" + affine(a) + ")" : affine(a);
            case Phrase.Sign s -> sign(s, outer);
            case Phrase.Dot d -> "dot(" + of(d.left()) + ", " + of(d.right()) + ")";
            case Phrase.Call c -> call(c.f(), c.args(), c.axis());
            case Phrase.Filled f -> (f.ones() ? "ones(" : "zeros(") + joined(f.shape()) + ")";
            case Phrase.Reshaped r -> "reshape(" + of(r.of()) + ", " + joined(r.shape()) + ")";
            case Phrase.Transposed t -> atom(t.of()) + ".T";
            case Phrase.Part part -> atom(part.of()) + "[" + part.subscripts().stream().map(NadText::subscript).collect(Collectors.joining(", ")) + "]";
            case Phrase.Listed l -> l.parts().stream().map(NadText::of).collect(Collectors.joining(", ", "[", "]"));
            case Phrase.Each e -> "[" + of(e.body()) + clauses(List.of(e.clause())) + "]";
            case Phrase.Over o -> o.f().name + "(" + of(o.body()) + clauses(o.clauses()) + ")";
        };
    }

    private static String sign(Phrase.Sign s, int outer) {
        int own = TermText.precedence(s.sign(), s.args().size());
        String text = s.args().size() == 1 ? s.sign() + of(s.args().get(0), own)
                : of(s.args().get(0), own) + " " + s.sign() + " " + of(s.args().get(1), own + 1);
        return own < outer ? "(" + text + ")" : text;
    }

    private static String call(Elementary f, List<Phrase> args, int axis) {
        StringBuilder out = new StringBuilder(f.name).append('(');
        boolean prime = f.name.indexOf('\'') > 0;
        for (int k = 0; k < args.size(); k++) {
            boolean linear = prime && k == args.size() - 1;
            if (linear && axis > 0) out.append(", axis=").append(axis);
            out.append(k == 0 ? "" : linear ? "; " : ", ").append(of(args.get(k)));
        }
        if (!prime && axis > 0) out.append(", axis=").append(axis);
        return out.append(')').toString();
    }

    private static String subscript(Phrase.Subscript s) {
        return switch (s) {
            case Phrase.All a -> "..";
            case Phrase.Range r -> r.from() + ".." + r.to();
            case Phrase.At at -> affine(at.position());
        };
    }

    private static String clauses(List<Phrase.Clause> clauses) {
        return clauses.stream().map(c -> c.index() + " in 1.." + c.size()).collect(Collectors.joining(", ", " for ", ""));
    }

    private static String affine(Phrase.Affine a) {
        StringBuilder out = new StringBuilder();
        for (int n = 0; n < a.indices().size(); n++) {
            int k = a.k().get(n);
            if (k == 0) continue;
            out.append(out.isEmpty() ? k < 0 ? "-" : "" : k < 0 ? " - " : " + ");
            out.append(Math.abs(k) == 1 ? "" : Math.abs(k) + " * ").append(a.indices().get(n));
        }
        long c = a.constant();
        if (out.isEmpty()) return Long.toString(c);
        if (c > 0 && out.charAt(0) == '-') return c + " - " + out.substring(1);
        return c == 0 ? out.toString() : out + (c < 0 ? " - " : " + ") + Math.abs(c);
    }

    /// What subscripts and `.T` may follow.
    private static String atom(Phrase p) {
        return switch (p) {
            case Phrase.Number n -> "(" + n.literal() + ")";
            case Phrase.Affine a -> "(" + affine(a) + ")";
            case Phrase.Sign s -> "(" + of(p) + ")";
            default -> of(p);
        };
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
