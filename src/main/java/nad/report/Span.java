package nad.report;

/// A place in a source: the characters from `begin` up to, not including, `end`.
///
/// @param inside where the text stands that was written out at this place, if that is the prelude's and this a call of it; else null
public record Span(Source source, int begin, int end, Span inside) {
    public static final Span NONE = new Span(new Source("", ""), 0, 0);

    public Span(Source source, int begin, int end) {
        this(source, begin, end, null);
    }

    /// This place, for a statement that stands at another and was written out here.
    public Span around(Span statement) {
        return new Span(source, begin, end, statement);
    }

    public int line() {
        return source.line(begin);
    }

    public int column() {
        return source.column(begin);
    }

    /// The file and the line.
    public String fileAndLine() {
        return source.name() + ":" + line();
    }

    /// In code points, at least 1, and within the first line.
    public int length() {
        String text = source.text();
        int stop = text.indexOf('\n', begin);
        int last = Math.min(end, stop < 0 ? text.length() : stop);
        return Math.max(1, last > begin ? text.codePointCount(begin, last) : 1);
    }
}
