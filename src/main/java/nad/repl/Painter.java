package nad.repl;

import java.util.ArrayList;
import java.util.List;
import nad.syntax.Lexemes;
import nad.syntax.Lexemes.Kind;
import nad.syntax.Lexemes.Lexeme;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Colours of what is being typed, from the lexer's own words; the bracket at the cursor and its partner stand out.
final class Painter implements Highlighter {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle MATCH = PLAIN.bold().underline();
    private static final int NOWHERE = -1;
    private static final AttributedStyle WRONG = PLAIN.foreground(AttributedStyle.RED).bold();

    /// The text that was entered last, which stays on the screen and has no cursor; null where none was yet.
    private String entered;

    void entered(String text) {
        entered = text;
    }

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        return paint(text, text.equals(entered) ? NOWHERE : reader.getBuffer().cursor());
    }

    static AttributedString paint(String text, int cursor) {
        AttributedStringBuilder out = new AttributedStringBuilder();
        int start = 0;
        if (text.stripLeading().startsWith(":")) {
            start = text.indexOf(':') + 1;
            while (start < text.length() && Character.isLetter(text.charAt(start))) start++;
            out.styled(PLAIN.foreground(AttributedStyle.CYAN).bold(), text.substring(0, start));
            // What follows may be a file's name or an option, which are no words of the language.
            if (text.substring(start).indexOf('/') >= 0) return out.append(text, start, text.length()).toAttributedString();
        }
        List<Lexeme> words = Lexemes.of(text.substring(start));
        int[] partner = partners(words);
        int at = start;
        for (int k = 0; k < words.size(); k++) {
            Lexeme l = words.get(k);
            out.append(text, at, start + l.begin());
            boolean call = k + 1 < words.size() && words.get(k + 1).text().equals("(");
            out.styled(style(l, call, start, partner[k] < 0 ? null : words.get(partner[k]), partner[k] == -2, cursor), l.text());
            at = start + l.end();
        }
        return out.append(text, at, text.length()).toAttributedString();
    }

    private static AttributedStyle style(Lexeme l, boolean call, int start, Lexeme partner, boolean unmatched, int cursor) {
        if (unmatched) return WRONG;
        if (partner != null && (touches(l, start, cursor) || touches(partner, start, cursor))) return MATCH;
        return switch (l.kind()) {
            case ITEM, STATEMENT, CLAUSE -> PLAIN.foreground(AttributedStyle.MAGENTA).bold();
            case NUMBER -> PLAIN.foreground(AttributedStyle.BLUE);
            case STRING -> PLAIN.foreground(AttributedStyle.GREEN);
            case COMMENT -> PLAIN.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
            case NAME -> call ? PLAIN.foreground(AttributedStyle.CYAN) : PLAIN;
            case UNKNOWN -> WRONG;
            default -> PLAIN;
        };
    }

    /// Whether the cursor stands on the bracket or just behind it.
    private static boolean touches(Lexeme l, int start, int cursor) {
        return cursor == start + l.begin() || cursor == start + l.end();
    }

    /// For each bracket the index of its partner; −2 where a closing one has none, −1 for everything else.
    private static int[] partners(List<Lexeme> words) {
        int[] out = new int[words.size()];
        List<Integer> open = new ArrayList<>();
        for (int k = 0; k < out.length; k++) {
            out[k] = -1;
            if (words.get(k).kind() == Kind.OPEN) open.add(k);
            if (words.get(k).kind() != Kind.CLOSE) continue;
            char wanted = Lexemes.partner(words.get(k).text().charAt(0));
            if (open.isEmpty() || words.get(open.getLast()).text().charAt(0) != wanted) {
                out[k] = -2;
                continue;
            }
            out[k] = open.removeLast();
            out[out[k]] = k;
        }
        return out;
    }
}
