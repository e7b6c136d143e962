package nad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The pages of `nad explain`, those of spec/diagnostics: what a code means, a small program or command line that has it, the
/// message, the same one mended. Tests run both, and hold the pages to the codes of [nad.report].
final class Explanations {
    private static final Pattern LISTED = Pattern.compile("(?m)^- \\[([a-z0-9-]+)\\]\\(\\1\\.md\\): (.*)$");

    /// What each code says is wrong, in alphabetical order.
    private final Map<String, String> titles = new TreeMap<>();

    private Explanations() {
        LISTED.matcher(text("README")).results().forEach(m -> titles.put(m.group(1), m.group(2)));
    }

    static Explanations read() {
        return new Explanations();
    }

    private static String text(String name) {
        try (InputStream in = Explanations.class.getResourceAsStream("diagnostics/" + name + ".md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In alphabetical order.
    List<String> codes() {
        return List.copyOf(titles.keySet());
    }

    /// The page of one of the codes.
    String page(String code) {
        return text(code);
    }

    /// What is wrong, in a sentence.
    String title(String code) {
        return titles.get(code);
    }
}
