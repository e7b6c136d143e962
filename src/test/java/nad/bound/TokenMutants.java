package nad.bound;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts of dumps in which one token was changed.
public final class TokenMutants {
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}][\\p{L}0-9_]*('\\d+|'T|')?|[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?|\\+=|-=|\\.\\.|\\.T|[-+*/@=;,()\\[\\]{}]");

    private TokenMutants() {}

    /// Each token behind the comment at the top in turn, replaced by what may stand there; what else the text holds stays.
    ///
    /// @param most how many mutants of each token there are
    public static List<String> of(String dump, int most) {
        List<String> out = new ArrayList<>();
        int start = dump.indexOf("program");
        Matcher m = TOKEN.matcher(dump);
        Set<String> words = words(dump.substring(start));
        while (m.find(start)) {
            start = m.end();
            for (String other : instead(m.group(), words).stream().limit(most).toList()) out.add(dump.substring(0, m.start()) + other + dump.substring(m.end()));
        }
        return out;
    }

    private static Set<String> words(String dump) {
        Set<String> out = new LinkedHashSet<>();
        Matcher m = TOKEN.matcher(dump);
        while (m.find()) if (Character.isLetter(m.group().charAt(0))) out.add(m.group());
        out.removeAll(Set.of("program", "adjoint", "return", "real", "data", "for", "in"));
        return out;
    }

    /// What may stand instead of a token: another sign, another number, other names (of nearby ones some).
    private static List<String> instead(String token, Set<String> words) {
        char c = token.charAt(0);
        if (Character.isDigit(c)) return List.of("1".equals(token) ? "2" : "1", token + "1", "0");
        if (Character.isLetter(c)) {
            List<String> out = new ArrayList<>();
            List<String> all = new ArrayList<>(words);
            int at = Math.max(0, all.indexOf(token));
            for (int d : new int[] {-7, -2, -1, 1, 2, 5}) if (at + d >= 0 && at + d < all.size() && d != 0) out.add(all.get(at + d));
            return out;
        }
        return switch (token) {
            case "+" -> List.of("-", "*");
            case "-" -> List.of("+", "");
            case "*" -> List.of("/", "+", "@");
            case "/" -> List.of("*");
            case "@" -> List.of("*");
            case "+=" -> List.of("=", "-=");
            case "-=" -> List.of("=", "+=");
            case "=" -> List.of("+=", "= -");
            case ".T" -> List.of("");
            default -> List.of("");
        };
    }
}
