package nad.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nad.documents.CommandLines.Answer;

/// What a sample says of itself: a comment line `# expect COMMAND OPTIONS -> JSON`, whose form samples/README.md describes.
///
/// @param text    the line as it stands in the sample, continuations joined
/// @param status  the exit status: 0, 1 for `expect no`, 2 for `expect error CODE`
/// @param code    the problem that must be among those told, or null
/// @param command the command word and what follows it; the sample's file is put between them
/// @param within  the relative error that numbers may have
/// @param answer  what the answer must contain, or null
record Expectation(String text, int status, String code, List<String> command, double within, Object answer) {
    private static final Pattern LINE = Pattern.compile("# expect (?:(no)|error (\\S+)) ?(.*)|# expect (.*)");
    private static final Pattern WITHIN = Pattern.compile("(.*) within (\\S+)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final double ROUNDING = 1e-9;

    /// All expectations of a file, in order; a comment line that starts with four blanks continues the one above it.
    static List<Expectation> of(Path file) throws IOException {
        List<StringBuilder> lines = new ArrayList<>();
        boolean open = false;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# expect ")) lines.add(new StringBuilder(line));
            else if (open && line.startsWith("#    ")) lines.getLast().append(' ').append(line.substring(1).strip());
            open = line.startsWith("# expect ") || open && line.startsWith("#    ");
        }
        return lines.stream().map(l -> parse(l.toString())).toList();
    }

    static Expectation parse(String line) {
        int arrow = line.indexOf(" -> ");
        String said = arrow < 0 ? line : line.substring(0, arrow);
        Object answer = arrow < 0 ? null : JsonTree.read(line.substring(arrow + 4));
        double within = ROUNDING;
        Matcher w = WITHIN.matcher(said);
        if (w.matches()) {
            within = Double.parseDouble(w.group(2));
            said = w.group(1);
        }
        Matcher m = LINE.matcher(said);
        if (!m.matches()) throw new IllegalArgumentException("no expectation: " + line);
        String command = m.group(4) != null ? m.group(4) : m.group(3);
        if (answer == null && m.group(2) == null) throw new IllegalArgumentException("nothing is expected: " + line);
        return new Expectation(line, m.group(1) != null ? 1 : m.group(2) != null ? 2 : 0, m.group(2), words(command), within, answer);
    }

    private static List<String> words(String command) {
        List<String> out = new ArrayList<>();
        Matcher m = WORD.matcher(command);
        while (m.find()) out.add(m.group(1) != null ? m.group(1) : m.group(2));
        return out;
    }

    /// How the program's answer for this file differs from what is expected: one sentence each.
    List<String> differences(Path file) {
        List<String> line = new ArrayList<>(command);
        line.add(1, file.toString());
        Answer given = CommandLines.json(line);
        List<String> out = new ArrayList<>();
        if (given.status() != status) out.add("exit status " + given.status() + " and not " + status + ": " + given.text());
        if (code != null && !codes(given.tree()).contains(code)) out.add("no problem `" + code + "`: " + given.text());
        if (answer != null) compare("", answer, given.tree(), out);
        return out;
    }

    private static List<Object> codes(Object answer) {
        List<Object> out = new ArrayList<>();
        if (answer instanceof Map<?, ?> a && a.get("problems") instanceof List<?> problems)
            for (Object p : problems) out.add(((Map<?, ?>) p).get("code"));
        return out;
    }

    /// Numbers within the relative error; strings, booleans and arrays exactly; of objects the keys that are expected.
    private void compare(String path, Object expected, Object given, List<String> out) {
        switch (expected) {
            case Map<?, ?> e when given instanceof Map<?, ?> g -> e.forEach((key, value) -> {
                if (g.containsKey(key)) compare(path + "." + key, value, g.get(key), out);
                else out.add(path + " has no `" + key + "`: " + g);
            });
            case List<?> e when given instanceof List<?> g && e.size() == g.size() -> {
                for (int k = 0; k < e.size(); k++) compare(path + "[" + (k + 1) + "]", e.get(k), g.get(k), out);
            }
            case Double e when given instanceof Double g -> {
                if (!(Math.abs(g - e) <= within * (e == 0 ? 1 : Math.abs(e)))) out.add(path + " is " + g + " and not " + e);
            }
            case null, default -> {
                if (!Objects.equals(expected, given)) out.add(path + " is " + given + " and not " + expected);
            }
        }
    }

    /// The warnings that a sample's `expect check` lines name; by default it has none.
    static List<Object> warnings(List<Expectation> all) {
        for (Expectation e : all)
            if (e.command.equals(List.of("check")) && e.answer instanceof Map<?, ?> a && a.get("warnings") instanceof List<?> w)
                return w.stream().map(x -> ((Map<?, ?>) x).get("code")).map(Object.class::cast).toList();
        return List.of();
    }

    /// The name that a test of this expectation goes by.
    String name() {
        return text.length() <= 100 ? text.substring(2) : text.substring(2, 99) + "…";
    }
}
