package nad.cli;

import java.util.ArrayList;
import java.util.List;

/// Columns of text that line up; a column is left or right aligned. Widths count code points.
final class Table {
    private final String[] head;
    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    /// @param head a column's head; one that starts with `>` is aligned to the right
    Table(String... head) {
        this.head = new String[head.length];
        this.right = new boolean[head.length];
        for (int k = 0; k < head.length; k++) {
            right[k] = head[k].startsWith(">");
            this.head[k] = right[k] ? head[k].substring(1) : head[k];
        }
    }

    void row(String... cells) {
        rows.add(cells);
    }

    void rule() {
        rows.add(null);
    }

    @Override
    public String toString() {
        int[] width = new int[head.length];
        for (int k = 0; k < head.length; k++) width[k] = length(head[k]);
        for (String[] r : rows) if (r != null) for (int k = 0; k < r.length; k++) width[k] = Math.max(width[k], length(r[k]));
        StringBuilder out = new StringBuilder();
        line(head, width, out);
        ruled(width, out);
        for (String[] r : rows) {
            if (r == null) ruled(width, out);
            else line(r, width, out);
        }
        return out.toString();
    }

    private static int length(String s) {
        return s.codePointCount(0, s.length());
    }

    private void line(String[] cells, int[] width, StringBuilder out) {
        StringBuilder line = new StringBuilder();
        for (int k = 0; k < cells.length; k++) {
            String space = " ".repeat(width[k] - length(cells[k]));
            line.append(k > 0 ? "  " : "").append(right[k] ? space + cells[k] : cells[k] + space);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static void ruled(int[] width, StringBuilder out) {
        int total = 2 * (width.length - 1);
        for (int w : width) total += w;
        out.append("─".repeat(total)).append('\n');
    }
}
