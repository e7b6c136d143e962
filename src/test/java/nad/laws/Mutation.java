package nad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Random changes of a dump's text: of one token, of two, of whole statements and blocks, of what stands before the program.
final class Mutation {
    private static final Pattern TOKEN = Pattern.compile("[\\p{L}][\\p{L}0-9_]*('\\d+|'T|'L\\d*|')?|[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?|\\+=|-=|\\.\\.|\\.T|[-+*/@=;,()\\[\\]{}]");
    private static final List<String> SIGNS = List.of("+", "-", "*", "/", "@");

    private final Random random;

    Mutation(long seed) {
        this.random = new Random(seed);
    }

    String of(String dump) {
        String out = dump;
        for (int k = 1 + (random.nextInt(4) == 0 ? 1 : 0); k > 0; k--) out = once(out);
        return out;
    }

    private String once(String dump) {
        return switch (random.nextInt(12)) {
            case 0 -> lines(dump);
            case 1 -> statements(dump);
            case 2 -> declared(dump);
            case 3 -> swapped(dump);
            case 4, 5 -> numbers(dump);
            default -> token(dump);
        };
    }

    private int body(String dump) {
        int at = dump.lastIndexOf("program ");
        return Math.max(0, at);
    }

    private List<int[]> tokens(String dump, java.util.function.Predicate<String> like) {
        List<int[]> out = new ArrayList<>();
        Matcher m = TOKEN.matcher(dump);
        int at = body(dump);
        while (m.find(at)) {
            at = m.end();
            if (like.test(m.group())) out.add(new int[] {m.start(), m.end()});
        }
        return out;
    }

    private String token(String dump) {
        List<int[]> all = tokens(dump, t -> true);
        int[] t = all.get(random.nextInt(all.size()));
        String old = dump.substring(t[0], t[1]);
        return dump.substring(0, t[0]) + instead(old, dump, all) + dump.substring(t[1]);
    }

    /// A token of the same kind: names for names, numbers for numbers.
    private String instead(String old, String dump, List<int[]> all) {
        if (SIGNS.contains(old)) return SIGNS.get(random.nextInt(SIGNS.size()));
        if (old.equals("+=") || old.equals("-=") || old.equals("=")) return List.of("+=", "-=", "=", "= -").get(random.nextInt(4));
        if (Character.isDigit(old.charAt(0))) return number(old);
        if (!Character.isLetter(old.charAt(0))) return random.nextBoolean() ? "" : old + old;
        for (int k = 0; k < 8; k++) {
            int[] t = all.get(random.nextInt(all.size()));
            String other = dump.substring(t[0], t[1]);
            if (Character.isLetter(other.charAt(0)) && !other.equals(old)) return other;
        }
        return old;
    }

    private String number(String old) {
        if (old.contains(".") || old.contains("e") || old.length() > 6) return random.nextBoolean() ? "0.5" : old + "1";
        int n = Integer.parseInt(old);
        return Integer.toString(Math.max(0, n + List.of(-2, -1, 1, 2).get(random.nextInt(4))));
    }

    /// Two numbers changed against each other, as of a range or a subscript.
    private String numbers(String dump) {
        List<int[]> all = tokens(dump, t -> t.matches("\\d{1,3}"));
        if (all.isEmpty()) return token(dump);
        int k = random.nextInt(all.size());
        int d = random.nextBoolean() ? 1 : -1;
        String out = dump;
        for (int j = Math.min(all.size() - 1, k + random.nextInt(2)); j >= k; j--) {
            int[] t = all.get(j);
            out = out.substring(0, t[0]) + Math.max(0, Integer.parseInt(out.substring(t[0], t[1])) + d) + out.substring(t[1]);
        }
        return out;
    }

    /// Two names changed for each other at one place each.
    private String swapped(String dump) {
        List<int[]> all = tokens(dump, t -> Character.isLetter(t.charAt(0)));
        if (all.size() < 2) return token(dump);
        int i = random.nextInt(all.size() - 1);
        int j = Math.min(all.size() - 1, i + 1 + random.nextInt(4));
        int[] a = all.get(i);
        int[] b = all.get(j);
        return dump.substring(0, a[0]) + dump.substring(b[0], b[1]) + dump.substring(a[1], b[0]) + dump.substring(a[0], a[1]) + dump.substring(b[1]);
    }

    private String lines(String dump) {
        List<String> lines = new ArrayList<>(List.of(dump.split("\n")));
        int from = (int) dump.substring(0, body(dump)).chars().filter(c -> c == '\n').count() + 1;
        return String.join("\n", rearranged(lines, from, lines.size() - 2)) + "\n";
    }

    /// The statements of one block.
    private String statements(String dump) {
        Matcher m = Pattern.compile("adjoint \\S+ \\{ (.*?) \\}").matcher(dump);
        List<int[]> blocks = new ArrayList<>();
        while (m.find()) blocks.add(new int[] {m.start(1), m.end(1)});
        if (blocks.isEmpty()) return lines(dump);
        int[] b = blocks.get(random.nextInt(blocks.size()));
        List<String> parts = new ArrayList<>(Arrays.asList(dump.substring(b[0], b[1]).split("; ")));
        return dump.substring(0, b[0]) + String.join("; ", rearranged(parts, 0, parts.size())) + dump.substring(b[1]);
    }

    private List<String> rearranged(List<String> parts, int from, int to) {
        if (to <= from) return parts;
        int i = from + random.nextInt(to - from);
        int j = from + random.nextInt(to - from);
        switch (random.nextInt(4)) {
            case 0 -> parts.remove(i);
            case 1 -> parts.add(j, parts.get(i));
            case 2 -> java.util.Collections.swap(parts, i, j);
            default -> parts.add(j, parts.remove(i));
        }
        return parts;
    }

    /// Another meaning for a name, or other selections.
    private String declared(String dump) {
        int at = body(dump);
        int brace = dump.indexOf('{', at);
        if (brace < 0) return token(dump);
        String head = dump.substring(at, brace);
        return switch (random.nextInt(4)) {
            case 0 -> dump.substring(0, at) + "dictionary d { at relu 0 select 1; at abs 0 select 1 }\n" + head + (head.contains(" over ") ? "" : "over d ") + dump.substring(at + head.length());
            case 1 -> "elementary " + List.of("sin", "exp", "tanh", "relu").get(random.nextInt(4)) + "(t) { otherwise : 5 * t }\n" + dump;
            case 2 -> dump.replaceFirst("when t > 1", "when t >= 1").replaceFirst("- 0\\.5", "- 0.25");
            default -> dump.replaceFirst("cost 3", "cost 2").replaceFirst("a \\* a", "a * b");
        };
    }
}
