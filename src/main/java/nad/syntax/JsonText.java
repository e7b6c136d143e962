package nad.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nad.report.Problem;
import nad.report.Source;
import nad.syntax.JsonTree.Node;
import nad.syntax.JsonTree.Wrong;

/// [dump-json] A dump that stands in JSON (spec/dump.schema.json), as the text that it says in its `text` fields: each of its statements is
/// there once in the language and once as structure. What the text means is checked like any other; whether the structure means the same
/// is for whoever reads it to compare.
public final class JsonText {
    private final Source json;
    private final StringBuilder out = new StringBuilder();

    private JsonText(Source json) {
        this.json = json;
    }

    /// The text, as a source of its own for messages; null where a problem was added.
    public static Source of(Source json, List<Problem> problems) {
        try {
            JsonText t = new JsonText(json);
            t.dump(t.object(JsonTree.read(json)));
            return new Source(json.name() + " (as text)", t.out.toString());
        } catch (Wrong e) {
            problems.add(e.problem);
            return null;
        }
    }

    private void dump(Map<String, Node> d) throws Wrong {
        for (Node e : list(d, "elementary")) elementary(object(e));
        String over = d.containsKey("over") ? dictionary(object(d.get("over"))) : null;
        List<String> parameters = new ArrayList<>();
        for (Node x : list(d, "parameters")) {
            Map<String, Node> p = object(x);
            String shape = numbers(list(p, "shape"));
            parameters.add((Boolean.TRUE.equals(field(p, "data").value()) ? "data " : "") + string(p, "name") + (shape.isEmpty() ? "" : ": real[" + shape + "]"));
        }
        out.append("program ").append(string(d, "program")).append('(').append(String.join(", ", parameters)).append(')');
        if (over != null) out.append(" over ").append(over);
        out.append(" {\n");
        body(list(d, "statements"), list(d, "blocks"));
        List<String> results = new ArrayList<>();
        for (Node r : list(d, "results")) results.add(string(object(r), "text"));
        out.append("  return ").append(String.join(", ", results)).append("\n}\n");
    }

    /// Each block behind as many statements as it says.
    private void body(List<Node> statements, List<Node> blocks) throws Wrong {
        int k = 0;
        for (Node n : blocks) {
            Map<String, Node> b = object(n);
            int after = natural(field(b, "after"));
            if (after < k || after > statements.size()) throw JsonTree.wrong(json, field(b, "after").at(), "a block stands after statements that are not there, or before the block above it");
            for (; k < after; k++) statement(statements.get(k), "  ");
            out.append("  adjoint ").append(string(b, "statement")).append(" {\n");
            for (Node i : list(b, "instructions")) statement(i, "    ");
            out.append("  }\n");
        }
        for (; k < statements.size(); k++) statement(statements.get(k), "  ");
    }

    /// A value inside the statement that uses it has no text of its own.
    private void statement(Node n, String indent) throws Wrong {
        Map<String, Node> s = object(n);
        if (s.containsKey("text")) out.append(indent).append(string(s, "text")).append('\n');
    }

    private void elementary(Map<String, Node> e) throws Wrong {
        List<String> parameters = new ArrayList<>();
        for (Node x : list(e, "parameters")) parameters.add(string(x));
        out.append("elementary ").append(string(e, "name")).append('(').append(String.join(", ", parameters)).append(')');
        if (e.containsKey("cost")) out.append(" cost ").append(number(e.get("cost")));
        out.append(" {\n");
        for (Node n : list(e, "pieces")) {
            Map<String, Node> p = object(n);
            out.append("  ").append(p.containsKey("when") ? "when " + string(p, "when") : "otherwise").append(" : ").append(string(p, "value")).append('\n');
        }
        out.append("}\n\n");
    }

    private String dictionary(Map<String, Node> d) throws Wrong {
        String name = string(d, "name");
        out.append("dictionary ").append(name).append(" {\n");
        if (d.containsKey("allow")) {
            List<String> allowed = new ArrayList<>();
            for (Node a : list(d, "allow")) allowed.add(string(a));
            out.append("  allow ").append(String.join(" ", allowed)).append('\n');
        }
        for (Map.Entry<String, Node> e : object(field(d, "cost")).entrySet()) out.append("  cost ").append(word(e)).append(" = ").append(number(e.getValue())).append('\n');
        for (Map.Entry<String, Node> e : object(field(d, "select")).entrySet()) {
            String at = word(e).replace(" at ", " ");
            boolean tie = at.equals("max") || at.equals("min");
            out.append("  at ").append(at).append(tie ? " tie" : at.contains(" ") ? "" : " 0").append(" select ").append(number(e.getValue())).append('\n');
        }
        out.append("}\n\n");
        return name;
    }

    // ---- fields

    private Node field(Map<String, Node> of, String name) throws Wrong {
        Node n = of.get(name);
        if (n == null) throw JsonTree.wrong(json, of.values().stream().mapToInt(Node::at).min().orElse(0), "a field `" + name + "` is missing: spec/dump.schema.json says what a dump has");
        return n;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Node> object(Node n) throws Wrong {
        if (n.value() instanceof Map<?, ?> m) return (Map<String, Node>) m;
        throw JsonTree.wrong(json, n.at(), "an object is expected here");
    }

    @SuppressWarnings("unchecked")
    private List<Node> list(Map<String, Node> of, String name) throws Wrong {
        Node n = field(of, name);
        if (n.value() instanceof List<?> l) return (List<Node>) l;
        throw JsonTree.wrong(json, n.at(), "a list is expected here");
    }

    private String string(Map<String, Node> of, String name) throws Wrong {
        return string(field(of, name));
    }

    private String string(Node n) throws Wrong {
        if (n.value() instanceof String s && oneLine(s)) return s;
        throw JsonTree.wrong(json, n.at(), "a text of one line is expected here");
    }

    /// What goes on in the next line, or hides its end in a comment, would be another text than its neighbours make of it.
    private static boolean oneLine(String s) {
        return s.chars().noneMatch(c -> c == '\n' || c == '\r' || c == '#');
    }

    private String word(Map.Entry<String, Node> e) throws Wrong {
        if (oneLine(e.getKey())) return e.getKey();
        throw JsonTree.wrong(json, e.getValue().at(), "a name is expected here");
    }

    /// A number, or a quotient as text.
    private String number(Node n) throws Wrong {
        return n.value() instanceof JsonTree.Digits d ? d.text() : string(n);
    }

    private String numbers(List<Node> l) throws Wrong {
        List<Integer> all = new ArrayList<>();
        for (Node n : l) all.add(natural(n));
        return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private int natural(Node n) throws Wrong {
        if (n.value() instanceof JsonTree.Digits d && d.text().matches("[0-9]{1,9}")) return Integer.parseInt(d.text());
        throw JsonTree.wrong(json, n.at(), "a whole number is expected here");
    }
}
