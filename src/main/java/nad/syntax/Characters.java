package nad.syntax;

import nad.report.Source;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.misc.Interval;

/// The characters of a source by UTF-16 index, so that every offset is one of the source's own.
final class Characters implements CharStream {
    private final Source source;
    private final String text;
    private int at;

    Characters(Source source) {
        this.source = source;
        this.text = source.text();
    }

    @Override
    public String getText(Interval i) {
        return text.substring(Math.min(i.a, text.length()), Math.min(i.b + 1, text.length()));
    }

    @Override
    public void consume() {
        at++;
    }

    @Override
    public int LA(int k) {
        int i = at + (k > 0 ? k - 1 : k);
        return i >= 0 && i < text.length() ? text.charAt(i) : EOF;
    }

    @Override
    public int mark() {
        return -1;
    }

    @Override
    public void release(int marker) {}

    @Override
    public int index() {
        return at;
    }

    @Override
    public void seek(int index) {
        at = index;
    }

    @Override
    public int size() {
        return text.length();
    }

    @Override
    public String getSourceName() {
        return source.name();
    }
}
