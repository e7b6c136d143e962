package nad.print;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.TermText;

/// Phrases as papers write them, in LaTeX's mathematics with amsmath: products by juxtaposition (⊙ where both operands are
/// tensors, entry by entry), sums with limits, x̄ for a bar. `outer` is the binding of what stands around, as in [NadText].
final class LatexText {
    private LatexText() {}

    static String of(Phrase.Statement s) {
        String relation = s.relation().equals("=") ? " &= " : " &\\mathrel{{" + s.relation().charAt(0) + "}{=}} ";
        return of(s.target(), 0) + relation + of(s.value(), 0) + (s.clauses().isEmpty() ? "" : " \\qquad (" + limits(s.clauses()) + ")");
    }

    static String of(Phrase p) {
        return of(p, 0);
    }

    private static String of(Phrase p, int outer) {
        return switch (p) {
            case Phrase.Name n -> LatexName.of(n.name());
            case Phrase.Number n -> n.literal().startsWith("-") && outer > 1 ? bracketed(number(n.literal())) : number(n.literal());
            case Phrase.Affine a -> outer > 1 ? bracketed(affine(a)) : affine(a);
            case Phrase.Sign s -> sign(s, outer);
            case Phrase.Dot d -> "\\left\\langle " + of(d.left(), 0) + ",\\, " + of(d.right(), 0) + " \\right\\rangle";
            case Phrase.Call c -> call(c);
            case Phrase.Filled f -> (f.ones() ? "\\mathbf{1}_{" : "\\mathbf{0}_{") + times(f.shape()) + "}";
            case Phrase.Reshaped r -> "\\operatorname{reshape}_{" + times(r.shape()) + "}" + bracketed(of(r.of(), 0));
            case Phrase.Transposed t -> atom(t.of()) + "^{\\top}";
            case Phrase.Part part -> base(part.of()) + "_{" + part.subscripts().stream().map(LatexText::subscript).collect(Collectors.joining(",\\,")) + "}";
            case Phrase.Listed l -> l.parts().stream().map(LatexText::of).collect(Collectors.joining(",\\, ", "\\left[", "\\right]"));
            case Phrase.Each e -> each(e);
            case Phrase.Over o -> over(o, outer);
        };
    }

    private static String sign(Phrase.Sign s, int outer) {
        int own = TermText.precedence(s.sign(), s.args().size());
        if (s.args().size() == 1) {
            String text = s.sign() + of(s.args().getFirst(), own);
            return outer > 1 ? bracketed(text) : text;
        }
        Phrase left = s.args().get(0);
        Phrase right = s.args().get(1);
        if (s.sign().equals("/") && !s.elementwise()) return "\\frac{" + of(left, 0) + "}{" + of(right, 0) + "}";
        String text = of(left, own) + infix(s, right) + of(right, own + 1);
        return own < outer ? bracketed(text) : text;
    }

    private static String infix(Phrase.Sign s, Phrase right) {
        return switch (s.sign()) {
            case "*" -> s.elementwise() ? " \\odot " : right instanceof Phrase.Number ? " \\cdot " : " \\, ";
            case "/" -> " \\oslash ";
            case "@" -> " \\, ";
            default -> " " + s.sign() + " ";
        };
    }

    private static String call(Phrase.Call c) {
        String axis = c.axis() > 0 ? "\\mathrm{axis}\\," + c.axis() : "";
        String own = c.f().latex;
        if (own != null && (own.contains("#") || own.contains("!"))) return filledIn(own, c.args()) + (axis.isEmpty() ? "" : "^{" + axis + "}");
        // Over all entries of a tensor: the multi-index ν runs through its indices.
        if (own != null && c.f().kind == Elementary.Kind.REDUCTION && axis.isEmpty()) {
            Phrase of = c.args().getFirst();
            return of instanceof Phrase.Listed ? own + of(of, 0) : own + "_{\\nu} " + base(of) + "_{\\nu}";
        }
        boolean prime = c.f().name.indexOf('\'') > 0;
        List<String> args = c.args().stream().map(LatexText::of).toList();
        int last = args.size() - 1;
        String inside = !prime ? String.join(",\\, ", args) : String.join(",\\, ", args.subList(0, last)) + ";\\, " + args.get(last);
        return function(c.f()) + (axis.isEmpty() ? "" : "_{" + axis + "}") + bracketed(inside);
    }

    /// `\mathrm{relu}'`, `\mathrm{max}'_{1}`, `\log`.
    private static String function(Elementary f) {
        if (f.latex != null) return f.latex;
        int prime = f.name.indexOf('\'');
        String name = "\\mathrm{" + (prime < 0 ? f.name : f.name.substring(0, prime)).replace("_", "\\_") + "}";
        if (prime < 0) return name;
        String by = f.name.substring(prime + 1);
        return by.isEmpty() ? name + "'" : by.equals("T") ? name + "'{}^{\\top}" : name + "'_{" + by + "}";
    }

    private static String filledIn(String template, List<Phrase> args) {
        for (int k = 0; k < args.size(); k++)
            template = template.replace("#" + (k + 1), of(args.get(k), 0)).replace("!" + (k + 1), atom(args.get(k)));
        return template;
    }

    private static String each(Phrase.Each e) {
        List<Phrase.Clause> clauses = new ArrayList<>();
        Phrase body = e;
        while (body instanceof Phrase.Each inner) {
            clauses.add(inner.clause());
            body = inner.body();
        }
        return bracketed(of(body, 0)) + "_{" + limits(clauses) + "}";
    }

    private static String over(Phrase.Over o, int outer) {
        StringBuilder out = new StringBuilder();
        if (o.f() == Standard.SUM) for (Phrase.Clause c : o.clauses()) out.append("\\sum_{").append(c.index()).append("=1}^{").append(c.size()).append("} ");
        else out.append(function(o.f())).append("_{").append(limits(o.clauses())).append("} ");
        out.append(of(o.body(), 2));
        return outer > 1 ? bracketed(out.toString()) : out.toString();
    }

    private static String limits(List<Phrase.Clause> clauses) {
        return clauses.stream().map(c -> "1 \\le " + c.index() + " \\le " + c.size()).collect(Collectors.joining(",\\; "));
    }

    private static String subscript(Phrase.Subscript s) {
        return switch (s) {
            case Phrase.All a -> "{:}";
            case Phrase.Range r -> r.from() + "{:}" + r.to();
            case Phrase.At at -> affine(at.position());
        };
    }

    private static String affine(Phrase.Affine a) {
        StringBuilder out = new StringBuilder();
        for (int n = 0; n < a.indices().size(); n++) {
            int k = a.k().get(n);
            if (k == 0) continue;
            out.append(k < 0 ? "-" : out.isEmpty() ? "" : "+").append(Math.abs(k) == 1 ? "" : Math.abs(k)).append(LatexName.of(a.indices().get(n)));
        }
        if (out.isEmpty()) return Long.toString(a.constant());
        if (a.constant() > 0 && out.charAt(0) == '-') return a.constant() + out.toString();
        return a.constant() == 0 ? out.toString() : out + (a.constant() < 0 ? "" : "+") + a.constant();
    }

    private static String number(String literal) {
        int slash = literal.indexOf('/');
        if (slash > 0) {
            String sign = literal.startsWith("-") ? "-" : "";
            return sign + "\\frac{" + literal.substring(sign.length(), slash) + "}{" + literal.substring(slash + 1) + "}";
        }
        int e = literal.indexOf('e');
        return e < 0 ? literal : literal.substring(0, e) + " \\cdot 10^{" + literal.substring(e + 1) + "}";
    }

    /// What a subscript may follow: a name that has none yet.
    private static String base(Phrase p) {
        String text = of(p, 0);
        return p instanceof Phrase.Name && text.indexOf('_') < 0 || p instanceof Phrase.Listed ? text : bracketed(text);
    }

    private static String atom(Phrase p) {
        String text = of(p, 0);
        return switch (p) {
            case Phrase.Name n -> text;
            case Phrase.Part part -> text;
            case Phrase.Filled f -> text;
            case Phrase.Number n when n.literal().matches("[0-9.]+") -> text;
            default -> bracketed(text);
        };
    }

    private static String times(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(" \\times "));
    }

    private static String bracketed(String s) {
        boolean high = s.contains("\\frac") || s.contains("\\sum") || s.contains("\\left");
        return high ? "\\left(" + s + "\\right)" : "(" + s + ")";
    }
}
