package nad.report;

import java.util.Arrays;

/// A text with a name, and its lines. Text is held as UTF-16; columns count code points, from 1; a tab is one column.
public final class Source {
    private final String name;
    private final String text;
    private int[] lineStarts;

    public Source(String name, String text) {
        this.name = name;
        this.text = text;
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /// The 1-based line that holds the character at `offset`.
    public int line(int offset) {
        int i = Arrays.binarySearch(starts(), offset);
        return i >= 0 ? i + 1 : -i - 1;
    }

    /// The 1-based column, in code points.
    public int column(int offset) {
        int start = starts()[line(offset) - 1];
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    public String lineText(int line) {
        int start = starts()[line - 1];
        int end = text.indexOf('\n', start);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private int[] starts() {
        if (lineStarts == null) {
            int[] found = new int[16];
            int n = 1;
            for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
                if (n == found.length) found = Arrays.copyOf(found, 2 * n);
                found[n++] = i + 1;
            }
            lineStarts = Arrays.copyOf(found, n);
        }
        return lineStarts;
    }
}
