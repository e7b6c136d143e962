package nad.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.tensor.Shapes;

/// JSON: an object from names to arrays, or one array. An array is a number, or a list of arrays of one shape; a number may
/// be a string (`"3/4"`), as NAD writes rationals.
final class Json {
    private static final int MOST_DIMENSIONS = 100;
    /// NaN and infinities, which Python writes, are read so that they can be refused by name and index.
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder().maxNumberLength(Numbers.LONGEST).build()).build();

    private final Content content;
    private final Source source;
    private final JsonParser in;
    private final List<Problem> problems;
    private Numbers numbers;
    private boolean wrong;
    private int depth;

    private Json(Content content, Source source, JsonParser in, List<Problem> problems) {
        this.content = content;
        this.source = source;
        this.in = in;
        this.problems = problems;
    }

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        Source source = c.text();
        try (JsonParser in = FACTORY.createParser(source.text())) {
            return new Json(c, source, in, problems).document();
        } catch (JsonProcessingException e) {
            throw new Refused(new Problem.BadInput(place(source, e.getLocation()), "`" + c.name + "`", reason(e)));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory is read without errors of input
        }
    }

    private static Span place(Source source, JsonLocation at) {
        int end = source.text().length();
        int offset = at == null || at.getCharOffset() < 0 ? 0 : (int) Math.min(at.getCharOffset(), end);
        return new Span(source, offset, Math.min(offset + 1, end));
    }

    /// What Jackson says, without the list of what it would have taken.
    private static String reason(JsonProcessingException e) {
        return e instanceof JsonEOFException ? "it ends too early"
                : "it is no JSON here: " + e.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(": (was expecting|expected) .*", "");
    }

    private Given.Arrays document() throws IOException, Refused {
        JsonToken first = in.nextToken();
        if (first == null) throw content.refused("it is empty");
        Given.Arrays out = first == JsonToken.START_OBJECT ? new Given.Arrays(null, object()) : new Given.Arrays(array(content.at()), null);
        if (in.nextToken() != null) throw new Refused(new Problem.BadInput(here(), "`" + content.name + "`", "more follows after its end"));
        return out;
    }

    private Map<String, Given> object() throws IOException, Refused {
        Map<String, Given> out = new LinkedHashMap<>();
        Map<String, Span> places = new HashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            Span at = here();
            Span first = places.putIfAbsent(name, at);
            if (first != null) problems.add(new Problem.DefinedTwice(at, name, first));
            in.nextToken();
            Given g = array(at);
            if (first == null) out.put(name, g);
        }
        return out;
    }

    private Given array(Span at) throws IOException, Refused {
        numbers = new Numbers(content);
        wrong = false;
        depth = 0;
        int[] shape = shape();
        return wrong ? new Given(at, null, null) : numbers.given(at, shape);
    }

    /// Adds the numbers of the current value and returns its shape; one that is wrong counts as a number.
    private int[] shape() throws IOException, Refused {
        switch (in.currentToken()) {
            case START_ARRAY -> {
                return listed();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING -> tell(numbers.add(in.getText(), this::here));
            default -> {
                Span at = here();
                boolean object = in.currentToken() == JsonToken.START_OBJECT;
                String text = object ? "{" : in.getText();
                in.skipChildren();
                numbers.add("0", this::here);
                tell(new Problem.BadInput(at, "`" + text + "`", "it is no number"));
            }
        }
        return Shapes.SCALAR;
    }

    private int[] listed() throws IOException, Refused {
        if (++depth > MOST_DIMENSIONS) throw new Refused(new Problem.TooDeep(here(), MOST_DIMENSIONS));
        int[] first = null;
        int n = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            boolean list = in.currentToken() == JsonToken.START_ARRAY;
            Span at = list ? here() : null;
            int[] shape = shape();
            if (first == null) first = shape;
            else if (!Arrays.equals(first, shape) && !wrong)
                tell(new Problem.Ragged(list ? at : here(), Shapes.text(first), Shapes.text(shape)));
            n++;
        }
        depth--;
        return n == 0 ? new int[] {0} : Shapes.with(first, 0, n);
    }

    private void tell(Problem p) {
        if (p == null) return;
        wrong = true;
        problems.add(p);
    }

    /// The current token.
    private Span here() {
        int begin = (int) in.currentTokenLocation().getCharOffset();
        int end = (int) in.currentLocation().getCharOffset();
        return new Span(source, begin, Math.max(begin, Math.min(end, source.text().length())));
    }
}
