package nad.print;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import nad.core.Capture;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Declared;
import nad.dictionary.Dictionary;
import nad.dictionary.TermText;
import nad.tensor.Shapes;

/// A program as `.nad` text: one statement an operation, adjoint blocks as blocks, what a block uses once inside the
/// statement that uses it. The text parses back to the same program, and the same program always gives the same text.
public final class Printer {
    private static final int WIDTH = 132;

    private final Program p;
    private final Expression expression;

    private Printer(Program p) {
        this.p = Capture.avoided(p);
        this.expression = new Expression(this.p);
    }

    public static String print(Program p) {
        return print(p, List.of());
    }

    /// @param comments lines that stand before the program
    public static String print(Program p, List<String> comments) {
        StringBuilder out = new StringBuilder();
        try {
            print(p, comments, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    public static void print(Program p, List<String> comments, Appendable out) throws IOException {
        new Printer(p).program(comments, out);
    }

    /// The text of each instruction, for tables and reports; null for a value that stands inside another's.
    public static IntFunction<String> statements(Program p) {
        return new Printer(p)::statement;
    }

    /// The line that a program starts with: its name, its parameters and their shapes.
    public static String header(Program p) {
        return new Printer(p).header();
    }

    /// The statement that a program ends with.
    public static String result(Program p) {
        return new Printer(p).result();
    }

    private void program(List<String> comments, Appendable out) throws IOException {
        for (String c : comments) out.append("# ").append(c).append('\n');
        for (Declared d : p.declared()) declaration(d, out);
        if (p.over() != null) dictionary(p.over(), out);
        wrapped(header(), "", out);
        int i = 0;
        for (int b = 0; b < p.blocks(); b++) {
            for (; i < p.blockStart(b); i++) line(i, "  ", out);
            block(b, out);
            i = p.blockEnd(b);
        }
        for (; i < p.length(); i++) line(i, "  ", out);
        wrapped(result(), "  ", out);
        out.append("}\n");
    }

    private String result() {
        StringBuilder out = new StringBuilder("return ");
        for (int k = 0; k < p.results().size(); k++) out.append(k > 0 ? ", " : "").append(NadText.of(expression.exact(p.results().get(k))));
        return out.toString();
    }

    private String header() {
        StringBuilder out = new StringBuilder("program ").append(p.name()).append('(');
        for (int k = 0; k < p.parameters().size(); k++) {
            Program.Parameter q = p.parameters().get(k);
            out.append(k > 0 ? ", " : "").append(q.data() ? "data " : "").append(q.name());
            if (q.shape().length > 0) out.append(": ").append(Shapes.text(q.shape()));
        }
        out.append(')');
        if (p.over() != null) out.append(" over ").append(p.over().name());
        return out.append(" {").toString();
    }

    private void line(int i, String indent, Appendable out) throws IOException {
        String s = statement(i);
        if (s != null) wrapped(s, indent, out);
    }

    /// A line that is too long goes on below, from a place between brackets, where the language lets a line end: after a
    /// comma or before a clause, in as few brackets as there are in the line's second half.
    private static void wrapped(String s, String indent, Appendable out) throws IOException {
        out.append(indent);
        int from = 0;
        int depth = 0;
        while (s.length() - from > WIDTH) {
            int to = -1;
            int least = Integer.MAX_VALUE;
            int d = depth;
            for (int k = from; k < from + WIDTH; k++) {
                d += depthAt(s, k);
                boolean ends = s.charAt(k) == ' ' && (s.charAt(k - 1) == ',' || s.startsWith(" for ", k));
                if (!ends || d == 0 || k < from + WIDTH / 2 || d > least) continue;
                least = d;
                to = k;
            }
            if (to < 0) break;
            out.append(s, from, to).append('\n').append(indent).append("    ");
            from = to + 1;
            depth = least;
        }
        out.append(s, from, s.length()).append('\n');
    }

    private static int depthAt(String s, int k) {
        return switch (s.charAt(k)) {
            case '(', '[' -> 1;
            case ')', ']' -> -1;
            default -> 0;
        };
    }

    /// On one line where it is short, else a line each.
    private void block(int b, Appendable out) throws IOException {
        out.append("  adjoint ").append(p.name(p.blockTarget(b))).append(" {");
        StringBuilder line = new StringBuilder();
        int statements = 0;
        for (int i = p.blockStart(b); i < p.blockEnd(b); i++) {
            String s = statement(i);
            if (s == null) continue;
            line.append(statements++ > 0 ? "; " : " ").append(s);
        }
        if (line.length() <= 96) {
            out.append(line).append(" }\n");
            return;
        }
        out.append('\n');
        for (int i = p.blockStart(b); i < p.blockEnd(b); i++) line(i, "    ", out);
        out.append("  }\n");
    }

    /// Null for a value that stands inside the statement that uses it.
    private String statement(int i) {
        Phrase.Statement s = expression.statement(i);
        return s == null ? null : NadText.of(s);
    }

    // ---- declarations that the program needs

    private static void declaration(Declared d, Appendable out) throws IOException {
        out.append("elementary ").append(d.name()).append('(').append(String.join(", ", d.parameters())).append(')');
        if (d.cost() != null) out.append(" cost ").append(d.cost().literal());
        out.append(" {\n");
        for (Declared.Piece piece : d.pieces()) {
            out.append("  ");
            if (piece.condition() == null) out.append("otherwise");
            else out.append("when ").append(TermText.of(piece.condition(), d.parameters()));
            out.append(" : ").append(TermText.of(piece.value(), d.parameters())).append('\n');
        }
        out.append("}\n\n");
    }

    private static void dictionary(Dictionary d, Appendable out) throws IOException {
        out.append("dictionary ").append(d.name()).append(" {\n");
        if (d.allowed() != null) out.append("  allow ").append(String.join(" ", d.allowed().stream().sorted().toList())).append('\n');
        for (Map.Entry<String, nad.arithmetic.Rational> e : d.prices().entrySet())
            out.append("  cost ").append(e.getKey()).append(" = ").append(e.getValue().literal()).append('\n');
        for (Map.Entry<String, nad.arithmetic.Rational> e : d.selections().values().entrySet()) {
            if (e.getValue().equals(nad.dictionary.Selections.DEFAULT.at(e.getKey()))) continue;
            boolean tie = e.getKey().equals("max") || e.getKey().equals("min");
            out.append("  at ").append(e.getKey()).append(tie ? " tie" : " 0").append(" select ").append(e.getValue().literal()).append('\n');
        }
        for (Map.Entry<String, Map<nad.arithmetic.Rational, nad.arithmetic.Rational>> f : d.selections().points().entrySet())
            for (Map.Entry<nad.arithmetic.Rational, nad.arithmetic.Rational> e : f.getValue().entrySet())
                out.append("  at ").append(f.getKey()).append(' ').append(e.getKey().literal()).append(" select ").append(e.getValue().literal()).append('\n');
        out.append("}\n\n");
    }
}
