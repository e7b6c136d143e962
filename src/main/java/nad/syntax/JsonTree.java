package nad.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;

/// A JSON text as a tree that knows where each value stands.
public final class JsonTree {
    private static final JsonFactory JSON = JsonFactory.builder().enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(1_000_000).maxNestingDepth(200).maxStringLength(Integer.MAX_VALUE).build()).build();

    /// @param at    where it begins in the text
    /// @param value a map, a list, a string, [Digits], a boolean or null
    public record Node(int at, Object value) {}

    /// A number as it is written.
    public record Digits(String text) {}

    /// What is no JSON dump, with the problem to tell.
    static final class Wrong extends Exception {
        final transient Problem problem;

        Wrong(Problem problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }

    private final JsonParser in;

    private JsonTree(JsonParser in) {
        this.in = in;
    }

    /// Whether a text is JSON and no program: no program begins with a brace.
    public static boolean isJson(String text) {
        int k = 0;
        while (k < text.length() && Character.isWhitespace(text.charAt(k))) k++;
        return k < text.length() && text.charAt(k) == '{';
    }

    /// The tree, or null where a problem was added.
    public static Node read(Source s, List<Problem> problems) {
        try {
            return read(s);
        } catch (Wrong e) {
            problems.add(e.problem);
            return null;
        }
    }

    static Node read(Source s) throws Wrong {
        try (JsonParser in = JSON.createParser(s.text())) {
            JsonTree t = new JsonTree(in);
            Node n = t.value(in.nextToken());
            if (in.nextToken() != null) throw wrong(s, t.offset(), "there is more behind the JSON object");
            return n;
        } catch (JsonProcessingException e) {
            int at = e.getLocation() == null ? 0 : (int) Math.clamp(e.getLocation().getCharOffset(), 0L, (long) s.text().length());
            throw wrong(s, at, "it begins like a JSON dump and is no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Wrong wrong(Source s, int at, String why) {
        int from = Math.clamp(at, 0, Math.max(0, s.text().length() - 1));
        return new Wrong(new Problem.BadInput(new Span(s, from, 1), "`" + s.name() + "`", why));
    }

    private int offset() {
        return (int) in.currentTokenLocation().getCharOffset();
    }

    private Node value(JsonToken token) throws IOException {
        int at = offset();
        Object v = switch (token) {
            case START_OBJECT -> {
                Map<String, Node> out = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    out.put(name, value(in.nextToken()));
                }
                yield out;
            }
            case START_ARRAY -> {
                List<Node> out = new ArrayList<>();
                for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) out.add(value(t));
                yield out;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Digits(in.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
        return new Node(at, v);
    }
}
