package nad.report;

/// Draws the lines of a source that a problem is about. Columns are code points: a tab is drawn as one blank, what would
/// not be seen or would command the terminal as one visible character. Of a long line only a window is drawn.
final class Excerpt {
    /// Code points of a line that are drawn.
    static final int WIDTH = 120;
    /// Of a longer line, so many code points stand before the place.
    private static final int BEFORE = 40;
    /// So many code points of a text are quoted in a sentence.
    private static final int QUOTED = 60;

    private Excerpt() {}

    /// Draws places, and returns the width of the column of line numbers.
    static int draw(Problem p, Sentence s, Paint paint, StringBuilder out) {
        Span at = p.at();
        if (at.source() == null || at.source().name().isEmpty()) return 2;
        if (at.end() == 0) {
            out.append('\n').append(paint.frame(" --> ")).append(visible(at.source().name()));
            return 2;
        }
        Span second = s.second();
        boolean together = second != null && second.source() == at.source();
        int last = Math.max(at.line(), Math.max(second == null ? 0 : second.line(), at.inside() == null ? 0 : at.inside().line()));
        int gutter = Integer.toString(last).length() + 1;
        place("--> ", at, gutter, paint, out);
        if (together && second.line() <= at.line()) line(second, "-", s.label(), gutter, paint, out);
        if (together && second.line() < at.line() - 1) out.append('\n').append(paint.frame("..."));
        if (together && second.line() == at.line() && Window.of(second).text.equals(Window.of(at).text)) underline(at, "^", "", gutter, paint, out);
        else line(at, "^", "", gutter, paint, out);
        if (together && second.line() > at.line() + 1) out.append('\n').append(paint.frame("..."));
        if (together && second.line() > at.line()) line(second, "-", s.label(), gutter, paint, out);
        if (second != null && !together) {
            place("::: ", second, gutter, paint, out);
            line(second, "-", s.label(), gutter, paint, out);
        }
        if (at.inside() != null) {
            place("::: ", at.inside(), gutter, paint, out);
            line(at.inside(), "-", "inside", gutter, paint, out);
        }
        return gutter;
    }

    private static void place(String arrow, Span at, int gutter, Paint paint, StringBuilder out) {
        out.append('\n').append(" ".repeat(gutter - 1)).append(paint.frame(arrow))
                .append(visible(at.source().name())).append(':').append(at.line()).append(':').append(at.column());
        out.append('\n').append(" ".repeat(gutter)).append(paint.frame("|"));
    }

    private static void line(Span at, String mark, String label, int gutter, Paint paint, StringBuilder out) {
        String number = Integer.toString(at.line());
        out.append('\n').append(paint.frame(number + " ".repeat(gutter - number.length()) + "| ")).append(Window.of(at).text);
        underline(at, mark, label, gutter, paint, out);
    }

    private static void underline(Span at, String mark, String label, int gutter, Paint paint, StringBuilder out) {
        Window w = Window.of(at);
        String marks = mark.repeat(w.length) + (label.isEmpty() ? "" : " " + label);
        out.append('\n').append(" ".repeat(gutter)).append(paint.frame("|")).append(' ').append(" ".repeat(w.from))
                .append(mark.equals("^") ? paint.mark(marks) : paint.frame(marks));
    }

    /// The part of a line that is drawn, and where in it the place is, both in code points.
    record Window(String text, int from, int length) {
        static Window of(Span at) {
            String text = at.source().text();
            int begin = Math.min(at.begin(), text.length());
            int lineStart = text.lastIndexOf('\n', begin - 1) + 1;
            int lineEnd = text.indexOf('\n', begin);
            if (lineEnd < 0) lineEnd = text.length();
            boolean fits = lineEnd - lineStart <= 2 * WIDTH && text.codePointCount(lineStart, lineEnd) <= WIDTH;
            int start = fits ? lineStart : back(text, begin, lineStart, BEFORE);
            int stop = fits ? lineEnd : forward(text, start, lineEnd, WIDTH);
            int from = text.codePointCount(start, begin) + (start > lineStart ? 1 : 0);
            int length = Math.max(1, text.codePointCount(begin, Math.max(begin, Math.min(at.end(), stop))));
            return new Window((start > lineStart ? "…" : "") + visible(text.substring(start, stop)) + (stop < lineEnd ? "…" : ""), from, length);
        }

        private static int back(String text, int at, int least, int n) {
            for (; n > 0 && at > least; n--) at = text.offsetByCodePoints(at, -1);
            return at;
        }

        private static int forward(String text, int at, int most, int n) {
            for (; n > 0 && at < most; n--) at = text.offsetByCodePoints(at, 1);
            return at;
        }
    }

    /// The same number of code points, none of which a terminal obeys.
    static String visible(String s) {
        StringBuilder out = new StringBuilder(s.length());
        s.codePoints().map(Excerpt::visible).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static int visible(int c) {
        if (c == '\t' || c == 0xA0) return ' ';
        if (c < 0x20) return 0x2400 + c;
        if (c == 0x7F) return 0x2421;
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                 Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> 0xFFFD;
            default -> c;
        };
    }

    /// A piece of the reader's own text in a sentence: on one line, and not long.
    static String quoted(String s) {
        int n = s.codePointCount(0, s.length());
        return visible(n <= QUOTED ? s : s.substring(0, s.offsetByCodePoints(0, QUOTED)) + "…");
    }
}
