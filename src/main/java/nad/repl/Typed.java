package nad.repl;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// The line as JLine sees it: its last word up to the cursor, and whether it goes on.
///
/// @param word the part of it in front of the cursor
record Typed(String line, int cursor, String word) implements CompletingParsedLine {
    /// A line goes on while a bracket is open.
    static final class Reader implements Parser {
        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && !Lines.isWhole(line)) throw new EOFError(-1, -1, "an open bracket", "}", Lines.depth(line), "}");
            return of(line, cursor);
        }

        @Override
        public boolean isEscapeChar(char c) {
            return false;
        }
    }

    static Typed of(String line, int cursor) {
        String before = line.substring(0, cursor);
        // The names of files and of codes have more in them than names of the language.
        boolean foreign = before.matches("(?s)\\s*:?(load|watch|save|explain|verify\\s+\\S+|set\\s+inputs)\\s.*|\\s*use\\s+\".*");
        int begin = cursor;
        while (begin > 0 && belongs(before.charAt(begin - 1), foreign)) begin--;
        if (begin > 0 && before.charAt(begin - 1) == ':' && before.substring(0, begin - 1).isBlank()) begin--;
        while (begin > 0 && before.charAt(begin - 1) == '-' && before.substring(0, begin).matches("(?s).*\\s--?")) begin--;
        return new Typed(line, cursor, before.substring(begin));
    }

    private static boolean belongs(char c, boolean foreign) {
        return foreign ? !Character.isWhitespace(c) && c != '"' : Character.isLetterOrDigit(c) || c == '_' || c == '\'';
    }

    String before() {
        return line.substring(0, cursor);
    }

    @Override
    public int wordCursor() {
        return word.length();
    }

    @Override
    public int wordIndex() {
        return 0;
    }

    @Override
    public List<String> words() {
        return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return word.length();
    }

    @Override
    public int rawWordLength() {
        return word.length();
    }
}
