package nad.print;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Capture;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Declared;
import nad.dictionary.Dictionary;
import nad.dictionary.Tally;
import nad.dictionary.TermText;
import nad.report.Interrupt;
import nad.report.Span;

/// A program, or a dump, as one JSON object; spec/dump.schema.json is its schema. Keys come in a fixed order and the same
/// program always gives the same bytes.
///
/// Instructions stand in the order in which they are executed. Each says what it writes, how (`apply` an operation; `set`,
/// `add` to or `subtract` from entries of a bar; `zeros`), its operands both in the language and as structure, and its cost.
/// An operand is a view of a variable's row-major buffer (`offset` and `strides` in entries, `shape` by axis: index tuple
/// (i_1, …), counted from 0, shows entry `offset + Σ i_k · strides[k]`), a constant (one number for all entries, or nested
/// arrays), or operands stacked along a new axis, counted from 0. A value that the text writes inside the statement that
/// uses it has no name there; here it is called %1, %2, ….
public final class JsonDump {
    private final Program p;
    private final CostModel prices;
    private final Expression expression;
    private final IntFunction<String> text;
    private final String[] names;
    private final JsonGenerator g;

    private JsonDump(Program p, CostModel prices, JsonGenerator g) {
        p = Capture.avoided(p);
        this.p = p;
        this.prices = prices;
        this.expression = new Expression(p);
        this.text = Printer.statements(p);
        this.g = g;
        this.names = new String[p.variables()];
        int unnamed = 0;
        for (int v = 0; v < names.length; v++) names[v] = p.isNamed(v) ? p.name(v) : "%" + ++unnamed;
    }

    public static String print(Program p, CostModel prices) {
        StringWriter out = new StringWriter();
        try {
            print(p, prices, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /// Writes the object and a newline; the writer stays open.
    public static void print(Program p, CostModel prices, Writer out) throws IOException {
        try (JsonGenerator g = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            g.setPrettyPrinter(new JsonLines());
            new JsonDump(p, prices, g).program();
            g.writeRaw('\n');
        }
    }

    private void program() throws IOException {
        g.writeStartObject();
        g.writeStringField("program", p.name());
        g.writeObjectFieldStart("sizes");
        for (Map.Entry<String, Integer> s : p.sizes().entrySet()) g.writeNumberField(s.getKey(), s.getValue());
        g.writeEndObject();
        g.writeObjectFieldStart("cost");
        g.writeStringField("model", prices.name());
        cost("forward", StaticCost.of(p, 0, p.forwardLength()));
        cost("total", StaticCost.of(p));
        g.writeEndObject();
        if (p.over() != null) dictionary(p.over());
        g.writeArrayFieldStart("elementary");
        for (Declared d : p.declared()) elementary(d);
        g.writeEndArray();
        g.writeArrayFieldStart("parameters");
        for (Program.Parameter x : p.parameters()) parameter(x);
        g.writeEndArray();
        instructions();
        g.writeArrayFieldStart("results");
        for (Operand r : p.results()) operand(r);
        g.writeEndArray();
        g.writeEndObject();
    }

    private void cost(String field, Tally t) throws IOException {
        g.writeFieldName(field);
        number(prices.cost(t));
    }

    private void parameter(Program.Parameter x) throws IOException {
        g.writeStartObject();
        g.writeStringField("name", x.name());
        shape(x.shape());
        g.writeBooleanField("data", x.data());
        g.writeEndObject();
    }

    private void elementary(Declared d) throws IOException {
        g.writeStartObject();
        g.writeStringField("name", d.name());
        g.writeArrayFieldStart("parameters");
        for (String x : d.parameters()) g.writeString(x);
        g.writeEndArray();
        if (d.cost() != null) {
            g.writeFieldName("cost");
            number(d.cost());
        }
        g.writeArrayFieldStart("pieces");
        for (Declared.Piece piece : d.pieces()) {
            g.writeStartObject();
            if (piece.condition() != null) g.writeStringField("when", TermText.of(piece.condition(), d.parameters()));
            g.writeStringField("value", TermText.of(piece.value(), d.parameters()));
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeEndObject();
    }

    private void dictionary(Dictionary d) throws IOException {
        g.writeObjectFieldStart("over");
        g.writeStringField("name", d.name());
        if (d.allowed() != null) {
            g.writeArrayFieldStart("allow");
            for (String s : d.allowed().stream().sorted().toList()) g.writeString(s);
            g.writeEndArray();
        }
        numbers("cost", d.prices());
        Map<String, Rational> select = new HashMap<>(d.selections().values());
        d.selections().points().forEach((function, points) -> points.forEach((at, value) -> select.put(function + " at " + at.literal(), value)));
        numbers("select", select);
        g.writeEndObject();
    }

    private void numbers(String field, Map<String, Rational> values) throws IOException {
        g.writeObjectFieldStart(field);
        for (Map.Entry<String, Rational> e : values.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
            g.writeFieldName(e.getKey());
            number(e.getValue());
        }
        g.writeEndObject();
    }

    // ---- instructions

    private void instructions() throws IOException {
        g.writeArrayFieldStart("statements");
        int i = 0;
        int outside = 0;
        List<Integer> before = new ArrayList<>();
        for (int b = 0; b < p.blocks(); b++) {
            for (; i < p.blockStart(b); i++, outside++) instruction(i);
            before.add(outside);
            i = p.blockEnd(b);
        }
        for (; i < p.length(); i++) instruction(i);
        g.writeEndArray();
        g.writeArrayFieldStart("blocks");
        for (int b = 0; b < p.blocks(); b++) block(b, before.get(b));
        g.writeEndArray();
    }

    private void block(int b, int after) throws IOException {
        g.writeStartObject();
        g.writeStringField("statement", names[p.blockTarget(b)]);
        g.writeNumberField("after", after);
        cost("cost", StaticCost.of(p, p.blockStart(b), p.blockEnd(b)));
        g.writeArrayFieldStart("instructions");
        for (int i = p.blockStart(b); i < p.blockEnd(b); i++) instruction(i);
        g.writeEndArray();
        g.writeEndObject();
    }

    private void instruction(int i) throws IOException {
        Interrupt.heed();
        g.writeStartObject();
        g.writeStringField("kind", p.kind(i).name().toLowerCase(java.util.Locale.ROOT));
        g.writeStringField("target", names[p.target(i)]);
        shape(p.shape(p.target(i)));
        if (text.apply(i) != null) g.writeStringField("text", text.apply(i));
        if (p.kind(i) == Program.Kind.APPLY) {
            g.writeStringField("operation", p.operation(i).name);
            g.writeNumberField("rank", p.rank(i));
        } else {
            g.writeFieldName("place");
            g.writeStartObject();
            view(p.place(i));
            g.writeEndObject();
        }
        g.writeArrayFieldStart("operands");
        for (int k = 0; k < p.arity(i); k++) operand(p.operand(i, k));
        g.writeEndArray();
        Tally t = StaticCost.of(p, i);
        cost("cost", t);
        numbers("tally", t.byName());
        Span at = p.span(i);
        if (at != Span.NONE) {
            g.writeNumberField("line", at.line());
            g.writeNumberField("column", at.column());
        }
        g.writeEndObject();
    }

    // ---- operands

    private void operand(Operand o) throws IOException {
        g.writeStartObject();
        g.writeStringField("text", NadText.of(expression.exact(o)));
        structure(o);
        g.writeEndObject();
    }

    private void structure(Operand o) throws IOException {
        switch (o) {
            case Operand.View v -> view(v);
            case Operand.Constant c -> {
                g.writeFieldName("constant");
                Quantity u = c.uniform();
                if (u != null) number(u);
                else nested(c);
                shape(c.shape());
            }
            case Operand.Stack s -> {
                g.writeNumberField("stack", s.axis());
                g.writeArrayFieldStart("of");
                for (Operand part : s.parts()) {
                    g.writeStartObject();
                    structure(part);
                    g.writeEndObject();
                }
                g.writeEndArray();
            }
        }
    }

    private void view(Operand.View v) throws IOException {
        g.writeStringField("variable", names[v.variable()]);
        g.writeNumberField("offset", v.layout().offset());
        shape(v.layout().shape());
        integers("strides", v.layout().strides());
    }

    private void shape(int[] shape) throws IOException {
        integers("shape", shape);
    }

    private void integers(String field, int[] values) throws IOException {
        g.writeFieldName(field);
        g.writeArray(values, 0, values.length);
    }

    private void nested(Operand.Constant c) throws IOException {
        if (c.rank() == 0) {
            number(c.get(0));
            return;
        }
        g.writeStartArray();
        for (int k = 0; k < c.shape()[0]; k++) nested(c.at(0, k));
        g.writeEndArray();
    }

    /// A JSON number where the language has a literal for it; else a quotient as text, or the name of what is not finite.
    private void number(Quantity q) throws IOException {
        String s = q instanceof Rational r ? r.literal() : null;
        if (s == null) g.writeNumber(q.toDouble());
        else if (s.contains("/")) g.writeString(s);
        else g.writeNumber(s);
    }
}
