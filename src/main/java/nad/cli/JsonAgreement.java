package nad.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.JsonDump;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.JsonTree;
import nad.syntax.JsonTree.Node;

/// [dump-json] Whether a JSON dump says one thing: the program that its texts are, printed as JSON, is the dump that was read. Another tool
/// computes what the structure says, and its costs are claims, so neither may differ from what NAD runs and certifies.
final class JsonAgreement {
    /// Places in a source and sizes that were chosen are of the file that the dump was made of.
    private static final Set<String> ELSEWHERE = Set.of("line", "column", "sizes");
    private static final Set<String> STRUCTURE = Set.of("variable", "offset", "shape", "strides", "constant", "stack", "of");
    /// Larger operands that are not written alike are told as different.
    private static final int MOST_ENTRIES = 1_000_000;

    private final Source json;
    private final boolean costs;
    private Problem different;

    private JsonAgreement(Source json, boolean costs) {
        this.json = json;
        this.costs = costs;
    }

    /// What differs first, or null.
    static Problem wrong(Source json, Program p) {
        List<Problem> problems = new ArrayList<>();
        Node given = JsonTree.read(json, problems);
        if (given == null) return problems.getFirst();
        CostModel prices = prices(given, p);
        String printed = JsonDump.print(p, prices == null ? CostModel.UNIT : prices);
        JsonAgreement a = new JsonAgreement(json, prices != null);
        a.compare(given, JsonTree.read(new Source("printed", printed), problems), "the dump");
        return a.different;
    }

    /// The model whose costs the dump states, where it is known here.
    private static CostModel prices(Node given, Program p) {
        if (!(child(child(given, "cost"), "model") instanceof Node n) || !(n.value() instanceof String name)) return null;
        if (CostModel.NAMES.contains(name)) return CostModel.named(name);
        return p.over() != null && p.over().name().equals(name) ? p.over().costModel() : null;
    }

    private static Node child(Node n, String name) {
        return n != null && n.value() instanceof Map<?, ?> m && m.get(name) instanceof Node c ? c : null;
    }

    private void compare(Node a, Node b, String what) {
        if (different != null) return;
        switch (b.value()) {
            case Map<?, ?> m when a.value() instanceof Map<?, ?> g -> objects(a, g, m, what);
            case List<?> l when a.value() instanceof List<?> g && g.size() == l.size() -> {
                for (int k = 0; k < l.size() && different == null; k++) compare((Node) g.get(k), (Node) l.get(k), what);
            }
            case null, default -> {
                if (!same(a.value(), b.value())) differ(a, what);
            }
        }
    }

    private void objects(Node at, Map<?, ?> given, Map<?, ?> printed, String what) {
        Set<String> keys = new TreeSet<>();
        given.keySet().forEach(k -> keys.add((String) k));
        printed.keySet().forEach(k -> keys.add((String) k));
        keys.removeAll(ELSEWHERE);
        // What is written otherwise may show the same entries.
        if (keys.stream().anyMatch(STRUCTURE::contains) && (printed.containsKey("variable") || printed.containsKey("constant") || printed.containsKey("stack"))) {
            List<Object> mine = new ArrayList<>();
            List<Object> theirs = new ArrayList<>();
            if (!entries(given, mine) || !entries(printed, theirs) || !mine.equals(theirs)) {
                if (!equal(given, printed)) differ(at, what);
            }
            keys.removeAll(STRUCTURE);
        }
        for (String k : keys) {
            if (k.equals("cost") && !costs && !(printed.get(k) instanceof Node n && n.value() instanceof Map<?, ?> m && !m.containsKey("model"))) continue;
            if (!(given.get(k) instanceof Node g) || !(printed.get(k) instanceof Node p)) {
                differ(given.get(k) instanceof Node g ? g : at, "`" + k + "`");
                return;
            }
            compare(g, p, "`" + k + "`");
            if (different != null) return;
        }
    }

    private boolean equal(Map<?, ?> a, Map<?, ?> b) {
        JsonAgreement inner = new JsonAgreement(json, costs);
        for (String k : STRUCTURE) {
            if (a.containsKey(k) != b.containsKey(k)) return false;
            if (a.containsKey(k)) inner.compare((Node) a.get(k), (Node) b.get(k), k);
        }
        return inner.different == null;
    }

    private void differ(Node at, String what) {
        if (different != null) return;
        int from = Math.clamp(at.at(), 0, Math.max(0, json.text().length() - 1));
        different = new Problem.BadInput(new Span(json, from, 1), "`" + json.name() + "`", what + " says something else here than the statements' texts do");
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof JsonTree.Digits d && b instanceof JsonTree.Digits e) return d.equals(e) || value(d.text()).compareTo(value(e.text())) == 0;
        return java.util.Objects.equals(a, b);
    }

    /// Exactly, whatever the exponent.
    private static Rational value(String digits) {
        BigDecimal d = new BigDecimal(digits);
        return d.scale() > 10_000 || d.scale() < -10_000 ? Rational.ZERO : Rational.parse(d.toPlainString());
    }

    // ---- what an operand shows, entry by entry

    private static boolean entries(Map<?, ?> o, List<Object> out) {
        try {
            int[] shape = shape(o);
            out.add(java.util.Arrays.toString(shape));
            long size = 1;
            for (int n : shape) size = Math.multiplyExact(size, n);
            if (size > MOST_ENTRIES) return false;
            int[] index = new int[shape.length];
            for (long k = 0; k < size; k++) {
                out.add(entry(o, index, shape));
                for (int d = shape.length - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
            }
            return true;
        } catch (RuntimeException e) {
            return false; // not the structure of the schema: then it is compared as it is written
        }
    }

    private static int[] shape(Map<?, ?> o) {
        if (!o.containsKey("stack")) return integers(o, "shape");
        List<?> parts = (List<?>) ((Node) o.get("of")).value();
        int[] of = shape((Map<?, ?>) ((Node) parts.getFirst()).value());
        int axis = integer((Node) o.get("stack"));
        int[] out = new int[of.length + 1];
        for (int k = 0; k < out.length; k++) out[k] = k < axis ? of[k] : k == axis ? parts.size() : of[k - 1];
        return out;
    }

    private static Object entry(Map<?, ?> o, int[] index, int[] shape) {
        if (o.containsKey("stack")) {
            List<?> parts = (List<?>) ((Node) o.get("of")).value();
            int axis = integer((Node) o.get("stack"));
            int[] inner = new int[index.length - 1];
            for (int k = 0; k < inner.length; k++) inner[k] = index[k < axis ? k : k + 1];
            Map<?, ?> part = (Map<?, ?>) ((Node) parts.get(index[axis])).value();
            return entry(part, inner, shape(part));
        }
        if (o.containsKey("variable")) {
            int at = integer((Node) o.get("offset"));
            int[] strides = integers(o, "strides");
            if (strides.length != shape.length) throw new IllegalArgumentException();
            for (int k = 0; k < index.length; k++) at += index[k] * strides[k];
            return ((Node) o.get("variable")).value() + "@" + at;
        }
        Node n = (Node) o.get("constant");
        if (n.value() instanceof List<?>) for (int k : index) n = (Node) ((List<?>) n.value()).get(k);
        return n.value() instanceof JsonTree.Digits d ? value(d.text()) : n.value();
    }

    private static int[] integers(Map<?, ?> o, String field) {
        return ((List<?>) ((Node) o.get(field)).value()).stream().mapToInt(n -> integer((Node) n)).toArray();
    }

    private static int integer(Node n) {
        return Integer.parseInt(((JsonTree.Digits) n.value()).text());
    }
}
