package nad.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One JSON text as maps, lists, strings, doubles, booleans and null.
final class JsonTree {
    private JsonTree() {}

    static Object read(String text) {
        try (JsonParser in = new JsonFactory().createParser(text)) {
            Object value = value(in, in.nextToken());
            if (in.nextToken() != null) throw new IllegalArgumentException("more than one JSON value: " + text);
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + text + "\n" + e.getMessage(), e);
        }
    }

    private static Object value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> out = new LinkedHashMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String key = in.currentName();
                    out.put(key, value(in, in.nextToken()));
                }
                yield out;
            }
            case START_ARRAY -> {
                List<Object> out = new ArrayList<>();
                for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) out.add(value(in, t));
                yield out;
            }
            case VALUE_STRING -> in.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new IllegalArgumentException("not a JSON value: " + token);
        };
    }
}
