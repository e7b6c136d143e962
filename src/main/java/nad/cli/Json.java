package nad.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Span;
import nad.run.Tensor;

/// The machine-readable answers of interfaces: values made of maps, lists, strings and numbers, written as one JSON object.
/// Numbers round-trip; NaN and infinities are strings, exact rationals are strings `3/4`, intervals pairs `{"lo", "hi"}`.
final class Json {
    private Json() {}

    static String text(Map<String, ?> object) {
        StringWriter out = new StringWriter();
        try (JsonGenerator g = new JsonFactory().createGenerator(out)) {
            write(object, g);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.append('\n').toString();
    }

    private static void write(Object value, JsonGenerator g) throws IOException {
        switch (value) {
            case null -> g.writeNull();
            case Map<?, ?> m -> {
                g.writeStartObject();
                for (Map.Entry<?, ?> e : m.entrySet()) {
                    g.writeFieldName(e.getKey().toString());
                    write(e.getValue(), g);
                }
                g.writeEndObject();
            }
            case List<?> l -> {
                g.writeStartArray();
                for (Object x : l) write(x, g);
                g.writeEndArray();
            }
            case Tensor t -> tensor(t, 0, new int[1], g);
            case Quantity q -> quantity(q, g);
            case String s -> g.writeString(s);
            case Boolean b -> g.writeBoolean(b);
            case Integer i -> g.writeNumber(i);
            case Long i -> g.writeNumber(i);
            case int[] a -> {
                g.writeStartArray();
                for (int i : a) g.writeNumber(i);
                g.writeEndArray();
            }
            default -> throw new IllegalArgumentException(value.getClass().toString());
        }
    }

    private static void tensor(Tensor t, int axis, int[] next, JsonGenerator g) throws IOException {
        if (axis == t.shape().length) {
            quantity(t.get(next[0]++), g);
            return;
        }
        g.writeStartArray();
        for (int k = 0; k < t.shape()[axis]; k++) tensor(t, axis + 1, next, g);
        g.writeEndArray();
    }

    private static void quantity(Quantity q, JsonGenerator g) throws IOException {
        switch (q) {
            case Rational r -> g.writeString(r.toString());
            case Interval i -> {
                g.writeStartObject();
                g.writeFieldName("lo");
                real(i.lo(), g);
                g.writeFieldName("hi");
                real(i.hi(), g);
                g.writeEndObject();
            }
            default -> real(q.toDouble(), g);
        }
    }

    private static void real(double x, JsonGenerator g) throws IOException {
        if (Double.isFinite(x)) g.writeNumber(x);
        else g.writeString(Double.toString(x));
    }

    /// A cost: an integer where it is one, else the nearest float64.
    static Object number(Rational r) {
        return r == null ? null : r.asInt() != null ? (Object) r.asInt() : r.isInteger() && r.numerator().bitLength() < 63 ? r.numerator().longValue() : new Real(r.toDouble());
    }

    /// The line of a statement of P, the file where there are several, and the place in the prelude that was written out there.
    static void place(Map<String, Object> out, Program p, int i, boolean column) {
        Span at = p.span(i);
        out.put("line", at == Span.NONE ? null : at.line());
        if (column) out.put("column", at == Span.NONE ? null : at.column());
        if (p.isOfSeveralFiles()) out.put("file", at == Span.NONE ? null : at.source().name());
        inside(out, at);
    }

    private static void inside(Map<String, Object> out, Span at) {
        if (at.inside() == null) return;
        Map<String, Object> inside = new java.util.LinkedHashMap<>();
        inside.put("file", at.inside().source().name());
        inside.put("line", at.inside().line());
        inside.put("column", at.inside().column());
        out.put("inside", inside);
    }

    static List<Map<String, Object>> problems(List<Problem> problems) {
        return Report.inOrder(problems).stream().map(Json::problem).toList();
    }

    private static Map<String, Object> problem(Problem p) {
        Map<String, Object> out = new java.util.LinkedHashMap<>();
        out.put("severity", p.isWarning() ? "warning" : "error");
        out.put("code", Report.code(p));
        boolean placed = p.at() != Span.NONE;
        out.put("file", placed ? p.at().source().name() : null);
        out.put("line", placed ? p.at().line() : null);
        out.put("column", placed ? p.at().column() : null);
        out.put("length", placed ? p.at().length() : null);
        inside(out, p.at());
        out.put("message", Report.message(p));
        out.put("hint", Report.hint(p));
        return out;
    }
}
