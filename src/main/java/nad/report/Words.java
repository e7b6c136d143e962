package nad.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Mends for what comes from other languages or from a slip of the hand.
final class Words {
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("%", "there is no remainder; `#` starts a comment"), Map.entry("×", "write `*`"), Map.entry("·", "write `*`"),
            Map.entry("÷", "write `/`"), Map.entry("−", "write `-`"), Map.entry("–", "write `-`"), Map.entry("≤", "write `<=`"),
            Map.entry("≥", "write `>=`"), Map.entry("²", "write `^2`"), Map.entry("³", "write `^3`"), Map.entry("√", "write `sqrt(x)`"),
            Map.entry("∞", "there is no infinity"), Map.entry("“", "write `\"`"), Map.entry("”", "write `\"`"), Map.entry("…", "write `..`"),
            Map.entry("&", "conditions cannot be joined: write a piece for each"), Map.entry("|", "the absolute value is `abs(x)`"),
            Map.entry("!", "pieces are tried in order: put the other case first"), Map.entry("\\", "inside `( )` and `[ ]` a line may simply end"),
            Map.entry(".", "a number is written `0.5` or `1.0`, a range `1..n`"), Map.entry("_", "a name begins with a letter"),
            Map.entry("$", "a name begins with a letter"), Map.entry("~", "the negative of x is `-x`"), Map.entry("?", "write the cases as an `elementary` function"));

    /// What other languages call it.
    private static final Map<String, String> FUNCTIONS = Map.ofEntries(
            Map.entry("ln", "log"), Map.entry("fabs", "abs"), Map.entry("maximum", "max"), Map.entry("minimum", "min"), Map.entry("fmax", "max"),
            Map.entry("fmin", "min"), Map.entry("arcsin", "asin"), Map.entry("arccos", "acos"), Map.entry("arctan", "atan"), Map.entry("sqr", "x^2"),
            Map.entry("square", "x^2"), Map.entry("power", "pow"), Map.entry("logistic", "sigmoid"), Map.entry("transpose", "A.T"),
            Map.entry("matmul", "A @ B"), Map.entry("mean", "sum(x) / n"), Map.entry("length", "sizes <n>"), Map.entry("len", "sizes <n>"));

    private static final List<String> LANGUAGE = List.of("use", "const", "elementary", "dictionary", "program", "for", "adjoint", "return", "when",
            "otherwise", "data", "real", "over", "cost", "allow", "select", "tie");

    private Words() {}

    static String instead(String character) {
        return INSTEAD.get(character);
    }

    static String function(String name, String near) {
        String other = FUNCTIONS.get(name);
        return other != null ? "write `" + other + "`" : near;
    }

    static String number(String text) {
        if (text.matches("[0-9]+(_[0-9]+)+")) return "write the digits without `_`: `" + Excerpt.quoted(text.replace("_", "")) + "`";
        if (text.matches("0[xXbB].*")) return "numbers are decimal";
        if (text.matches("[0-9.]+[eE]")) return "an exponent needs digits: `1e-3`";
        var product = Pattern.compile("([0-9.]+)(\\p{L}.*)").matcher(text);
        return product.matches() ? "a product needs its sign: `" + Excerpt.quoted(product.group(1) + " * " + product.group(2)) + "`"
                : "a name begins with a letter";
    }

    static String closing(String bracket) {
        return bracket.equals("(") ? ")" : bracket.equals("[") ? "]" : "}";
    }

    static String unexpected(Problem.Unexpected u) {
        String found = u.found();
        String before = wordBefore(u.at());
        if (found.equals("`*`") && u.previous().equals("*")) return "a power is written `x^2`";
        if (found.equals("`=`") && u.expected().contains("`==`")) return "two values are compared by `==`";
        if (found.equals("the end of the line") && u.expected().contains("an expression")) return "to go on in the next line, put it in `( )`";
        if (found.equals("`]`") && u.previous().equals(".")) return "a range has both ends: `x[2..n]`";
        if (found.equals("`return`") && u.expected().contains("the end of the line")) return "end the statement before it with `;` or its line";
        if (found.equals("`==`")) return "a value is defined by a single `=`; `==` compares, after `when`";
        if (found.equals("`=`") && (u.previous().equals("+") || u.previous().equals("-"))) return "write `+=` or `-=` without a blank";
        if (found.matches("`[*/^]`") && u.at().source().text().startsWith("=", u.at().end())) return "write `x = x * y`; only `+=` and `-=` are short forms";
        if (found.equals("`=`") && (u.previous().equals("*") || u.previous().equals("/"))) return "write `x = x * y`; only `+=` and `-=` are short forms";
        if (found.matches("`[)\\]}]`") && !u.expected().contains(found) && !before.isEmpty()) return "no bracket is open that it could close";
        if (found.equals("`..`")) return "a range stands behind `in` and inside `[ ]`";
        if (found.equals("`.T`")) return "`.T` follows a value";
        if (u.expected().contains("a name") && found.matches("`(use|const|elementary|dictionary|program|for|in|adjoint|return|when|otherwise)`"))
            return found + " is a word of the language and cannot be a name";
        if (found.equals("`{`") && u.expected().contains("an expression")) return "a vector is written `[1, 2, 3]`";
        if (u.expected().contains("a statement") && found.matches("`([-+*/^@]|[.]T)`")) return "a statement ends with its line, except inside `( )` and `[ ]`";
        if (u.expected().contains("`+=`") && found.matches("`[-*/^@(\\[,]`")) return "a statement gives its value a name: `y = …`";
        String foreign = foreign(before);
        if (foreign == null) foreign = foreign(found.replace("`", ""));
        if (foreign != null) return foreign;
        String near = near(found, u.expected());
        return near == null && u.expected().contains("`+=`") ? near("`" + before + "`", u.expected()) : near;
    }

    /// A word of the language that was meant: sooner one that may stand there.
    private static String near(String found, List<String> expected) {
        if (found.length() < 5) return null;
        String word = found.replace("`", "");
        String here = Sentences.meant(word, LANGUAGE.stream().filter(w -> expected.contains("`" + w + "`")).toList());
        return here != null ? here : Sentences.meant(word, LANGUAGE);
    }

    private static String foreign(String word) {
        return switch (word) {
            case "if", "while", "else", "switch" -> "there are no branches: write the cases as an `elementary` function, or use `max`, `min`, `relu`, `abs`";
            case "def", "function", "fn", "func", "fun" -> "a program is written `program f(x) { … }`";
            case "let", "var", "val", "double", "float" -> "a value is defined by `name = expression`";
            case "import", "include", "from" -> "another file is brought in by `use \"file.nad\"`";
            default -> null;
        };
    }

    private static String wordBefore(Span at) {
        String text = at.source().text();
        int end = Math.min(at.begin(), text.length());
        while (end > 0 && text.charAt(end - 1) == ' ') end--;
        int begin = end;
        while (begin > 0 && end - begin < 12 && Character.isLetterOrDigit(text.charAt(begin - 1))) begin--;
        return text.substring(begin, end);
    }

    static String index(Problem.IndexOutOfRange i) {
        if (i.index().equals("0")) return "the first entry has the index 1";
        if (i.index().startsWith("-")) return "the last entry has the index " + i.size();
        return i.index().equals(Integer.toString(i.size() + 1)) ? "the last entry has the index " + i.size() + "; a range `1..n` includes n" : null;
    }

    /// The first pair of sizes, counted from the last, that do not fit.
    static String broadcast(Problem.NoBroadcast b) {
        int[] x = sizes(b.left());
        int[] y = sizes(b.right());
        for (int k = 1; k <= Math.min(x.length, y.length); k++) {
            int p = x[x.length - k];
            int q = y[y.length - k];
            if (p != q && p != 1 && q != 1) return (k == 1 ? "the last sizes, " : "the sizes " + k + " from the end, ") + p + " and " + q + ", differ";
        }
        return "their sizes differ";
    }

    static String product(Problem.NoProduct n) {
        int[] x = sizes(n.left());
        int[] y = sizes(n.right());
        if (x.length == 0 || y.length == 0) return "by a scalar multiply with `*`";
        if (x.length > 2 || y.length > 2) return "take the matrices out of a tensor with `A[k]`";
        if (x.length == 2 && x[0] == y[0]) return "the transpose of the left one, `A.T`, would fit";
        if (y.length == 2 && x[x.length - 1] == y[1]) return "the transpose of the right one, `B.T`, would fit";
        return null;
    }

    static int[] sizes(String shape) {
        int open = shape.indexOf('[');
        if (open < 0) return new int[0];
        String[] parts = shape.substring(open + 1, shape.length() - 1).split(", *");
        return Arrays.stream(parts).mapToInt(s -> s.matches("[0-9]{1,9}") ? Integer.parseInt(s) : -1).toArray();
    }
}
