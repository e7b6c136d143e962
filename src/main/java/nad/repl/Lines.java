package nad.repl;

import java.util.ArrayList;
import java.util.List;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Lexemes;
import nad.syntax.Lexemes.Kind;
import nad.syntax.Lexemes.Lexeme;

/// What was typed, cut into items, statements and expressions.
public final class Lines {
    private Lines() {}

    public enum What { ITEM, STATEMENT, EXPRESSION }

    /// @param text from its first word to its last
    public record Entry(What what, String text) {}

    /// Whether the text ends here: no bracket is open, and no item, loop or block waits for its brace. A colon starts a
    /// command, which is one line.
    public static boolean isWhole(String text) {
        if (text.stripLeading().startsWith(":")) return true;
        Cut cut = new Cut();
        for (Lexeme l : Lexemes.of(text)) cut.add(l);
        return cut.depth <= 0 && !cut.waits();
    }

    /// How many brackets are open at the end.
    public static int depth(String text) {
        Cut cut = new Cut();
        for (Lexeme l : Lexemes.of(text)) cut.add(l);
        return Math.max(0, cut.depth);
    }

    public static List<Entry> entries(String text) {
        Cut cut = new Cut();
        for (Lexeme l : Lexemes.of(text)) cut.add(l);
        cut.end();
        return cut.entries.stream().map(e -> new Entry(what(e), text.substring(e.getFirst().begin(), e.getLast().end()))).toList();
    }

    /// A bracket that closes nothing, or another than the open one; null where there is none.
    public static Problem unbalanced(String text) {
        List<Character> open = new ArrayList<>();
        for (Lexeme l : Lexemes.of(text)) {
            if (l.kind() == Kind.OPEN) open.add(l.text().charAt(0));
            if (l.kind() != Kind.CLOSE) continue;
            if (open.isEmpty() || open.removeLast() != Lexemes.partner(l.text().charAt(0)))
                return new Problem.Unexpected(new Span(new Source(Session.NAME, text), l.begin(), l.end()), "`" + l.text() + "`", "", List.of());
        }
        return null;
    }

    private static What what(List<Lexeme> entry) {
        if (entry.getFirst().kind() == Kind.ITEM) return What.ITEM;
        if (entry.getFirst().kind() == Kind.STATEMENT) return What.STATEMENT;
        int depth = 0;
        for (Lexeme l : entry) {
            depth += l.kind() == Kind.OPEN ? 1 : l.kind() == Kind.CLOSE ? -1 : 0;
            if (depth == 0 && l.kind() == Kind.ASSIGN) return What.STATEMENT;
        }
        return What.EXPRESSION;
    }

    private static final class Cut {
        final List<List<Lexeme>> entries = new ArrayList<>();
        private List<Lexeme> entry = new ArrayList<>();
        private boolean braced;
        int depth;

        void add(Lexeme l) {
            switch (l.kind()) {
                case COMMENT -> {}
                case END -> {
                    if (depth > 0 || waits() && l.text().equals("\n")) return;
                    end();
                }
                default -> {
                    depth += l.kind() == Kind.OPEN ? 1 : l.kind() == Kind.CLOSE ? -1 : 0;
                    braced |= l.text().equals("{");
                    entry.add(l);
                }
            }
        }

        boolean waits() {
            return !entry.isEmpty() && !braced && switch (entry.getFirst().text()) {
                case "program", "elementary", "dictionary", "for", "adjoint" -> true;
                default -> false;
            };
        }

        void end() {
            if (!entry.isEmpty()) entries.add(entry);
            entry = new ArrayList<>();
            braced = false;
        }
    }
}
