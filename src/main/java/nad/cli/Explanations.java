package nad.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pages of `nad explain`, one section `## code` each in explanations.md: what the code means, a small program or command
/// line that has it, the message, the same one mended. Tests run both, and hold the pages to the codes of [nad.report].
final class Explanations {
    private final Map<String, String> pages = new LinkedHashMap<>();

    private Explanations(String text) {
        String[] sections = text.split("(?m)^## ");
        for (int k = 1; k < sections.length; k++) pages.put(sections[k].substring(0, sections[k].indexOf('\n')).strip(), "## " + sections[k].stripTrailing() + "\n");
    }

    static Explanations read() {
        try (InputStream in = Explanations.class.getResourceAsStream("explanations.md")) {
            return new Explanations(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In alphabetical order.
    List<String> codes() {
        return pages.keySet().stream().sorted().toList();
    }

    String page(String code) {
        return pages.get(code);
    }

    /// The page's first line: what is wrong, in a sentence.
    String title(String code) {
        return pages.get(code).lines().skip(2).findFirst().orElseThrow();
    }
}
