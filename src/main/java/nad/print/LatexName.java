package nad.print;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names as mathematics: `t1` is t₁, `x_bar` x̄, `x_dot` ẋ, `W_2_3` W with subscripts 2, 3; `lambda` and `λ` the Greek letter;
/// longer words stand in one piece.
final class LatexName {
    private static final Pattern WORD_AND_DIGITS = Pattern.compile("(.*?)(\\p{Nd}*)");
    private static final Pattern ACCENT = Pattern.compile("(.+)_(bar|dot)(\\p{Nd}*)");
    private static final List<String> GREEK = List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
            "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega");
    private static final List<String> CAPITALS = List.of("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    private LatexName() {}

    static String of(String name) {
        String accent = null;
        Matcher m = ACCENT.matcher(name);
        List<String> subscripts = new ArrayList<>();
        if (m.matches()) {
            name = m.group(1);
            accent = m.group(2);
        }
        String[] parts = name.split("_+");
        Matcher first = WORD_AND_DIGITS.matcher(parts[0]);
        boolean split = first.matches() && !first.group(1).isEmpty();
        String letters = letters(split ? first.group(1) : parts[0]);
        if (split && !first.group(2).isEmpty()) subscripts.add(first.group(2));
        for (int k = 1; k < parts.length; k++) subscripts.add(Character.isDigit(parts[k].charAt(0)) ? parts[k] : letters(parts[k]));
        if (m.matches() && !m.group(3).isEmpty()) subscripts.add(m.group(3));
        String word = accent == null ? letters : accent(accent, letters);
        return subscripts.isEmpty() ? word : word + "_{" + String.join(",", subscripts) + "}";
    }

    private static String accent(String accent, String letters) {
        boolean wide = letters.startsWith("\\mathit") || letters.startsWith("\\text");
        return (wide && accent.equals("bar") ? "\\overline{" : "\\" + accent + "{") + letters + "}";
    }

    private static String letters(String word) {
        if (GREEK.contains(word) || CAPITALS.contains(word)) return greek(word);
        if (word.length() == 1) return letter(word.charAt(0));
        return word.chars().allMatch(c -> c < 128) ? "\\mathit{" + word + "}" : word.chars().mapToObj(c -> letter((char) c)).reduce("", String::concat);
    }

    /// Unicode's Greek block has the small letters in order from α and the capitals from Α; what looks Latin is written so.
    private static String letter(char c) {
        if (c >= 'α' && c <= 'ω') return greek(GREEK.get(c - 'α'));
        if (c >= 'Α' && c <= 'Ω') {
            String small = GREEK.get(c - 'Α');
            String capital = Character.toUpperCase(small.charAt(0)) + small.substring(1);
            return CAPITALS.contains(capital) ? greek(capital) : "\\mathrm{" + Character.toUpperCase(small.charAt(0)) + "}";
        }
        return c < 128 ? String.valueOf(c) : "\\text{" + c + "}";
    }

    private static String greek(String word) {
        return word.equals("omicron") ? "o" : "\\" + word;
    }
}
