package nad.dictionary;

import java.util.ArrayList;
import java.util.List;

/// Terms as `.nad` text, with the fewest brackets that parse back to the same term.
public final class TermText {
    private TermText() {}

    /// A term of an entry's rule in the names of [#operands], z for the result, v for its cotangent, x_dot for the tangent of x.
    public static String ofRule(Elementary e, Term t) {
        return text(t, operands(e), 0);
    }

    /// What an entry's operands are called: a declared function's parameters, else the x, y, w of spec/5-backprop.md. In a
    /// prime the tangent follows; before the parameters of a prime of the piece entered stand the signs s1, s2, ….
    public static List<String> operands(Elementary e) {
        if (e.declared == null) return List.of("x", "y", "w");
        List<String> names = new ArrayList<>();
        int signs = e.inPrime ? e.arity - 1 - e.declared.parameters().size() : 0;
        for (int k = 1; k <= signs; k++) names.add("s" + k);
        names.addAll(e.declared.parameters());
        if (e.inPrime) names.add("tangent");
        return names;
    }

    /// A term in named parameters.
    public static String of(Term t, List<String> parameters) {
        return text(t, parameters, 0);
    }

    public static String of(Declared.Condition c, List<String> parameters) {
        return of(c.left(), parameters) + " " + c.relation() + " " + of(c.right(), parameters);
    }

    private static String text(Term t, List<String> names, int outer) {
        return switch (t) {
            case Term.Arg a -> names.get(a.k());
            case Term.Result r -> "z";
            case Term.Bar b -> "v";
            case Term.Dot d -> names.get(d.k()) + "_dot";
            case Term.Stacked s -> "[" + String.join(", ", s.of().stream().map(part -> text(part, names, 0)).toList()) + "]";
            case Term.Entry e -> text(e.of(), names, 5) + "[" + (e.k() + 1) + "]";
            case Term.Literal l -> literal(l.value().literal(), outer);
            case Term.Irrational c -> literal(Double.toString(c.value()), outer);
            case Term.Expand e -> text(e.of(), names, outer);
            case Term.Transpose s -> text(s.of(), names, 5) + ".T";
            case Term.Column c -> "column(" + text(c.of(), names, 0) + ")";
            case Term.Row r -> "row(" + text(r.of(), names, 0) + ")";
            case Term.Apply a -> apply(a, names, outer);
        };
    }

    private static String literal(String text, int outer) {
        return outer > 2 && (text.startsWith("-") || text.contains("/")) ? "(" + text + ")" : text;
    }

    /// A whole power as the tree has it: squares of one term that is there once, and products with that term. Written out, its square
    /// would be computed, and counted, twice.
    private record Power(Term base, int exponent) {}

    private static Power power(Term t) {
        if (!(t instanceof Term.Apply a) || a.f() != Standard.MULTIPLY) return new Power(t, 1);
        Term left = a.args().get(0);
        Term right = a.args().get(1);
        Power p = power(left);
        if (left == right) return new Power(p.base, 2 * p.exponent);
        return p.exponent > 1 && p.exponent % 2 == 0 && p.base == right ? new Power(right, p.exponent + 1) : new Power(t, 1);
    }

    private static String apply(Term.Apply a, List<String> names, int outer) {
        Power p = power(a);
        if (p.exponent > (p.base instanceof Term.Apply ? 1 : 2) && p.exponent <= 1000) return text(p.base, names, 5) + "^" + p.exponent;
        String name = a.f().name;
        if (a.f().isSign()) {
            int own = precedence(name, a.args().size());
            String s = a.args().size() == 1 ? "-" + text(a.args().get(0), names, own)
                    : text(a.args().get(0), names, own) + " " + name + " " + text(a.args().get(1), names, own + 1);
            return own < outer ? "(" + s + ")" : s;
        }
        StringBuilder out = new StringBuilder(name).append('(');
        for (int k = 0; k < a.args().size(); k++) {
            if (k > 0) out.append(a.f().inPrime && name.contains("'") && k == a.args().size() - 1 ? "; " : ", ");
            out.append(text(a.args().get(k), names, 0));
        }
        return out.append(')').toString();
    }

    /// Binding of a sign, as in grammar/NadParser.g4: sums 1, products 2, unary minus 3.
    public static int precedence(String sign, int arity) {
        return arity == 1 ? 3 : switch (sign) {
            case "+", "-" -> 1;
            default -> 2;
        };
    }
}
