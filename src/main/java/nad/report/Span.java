package nad.report;

/// A place in a source: the characters from `begin` up to, not including, `end`.
public record Span(Source source, int begin, int end) {
    public static final Span NONE = new Span(new Source("", ""), 0, 0);

    public int line() {
        return source.line(begin);
    }

    public int column() {
        return source.column(begin);
    }

    /// In code points, at least 1, and within the first line.
    public int length() {
        String text = source.text();
        int stop = text.indexOf('\n', begin);
        int last = Math.min(end, stop < 0 ? text.length() : stop);
        return Math.max(1, last > begin ? text.codePointCount(begin, last) : 1);
    }
}
