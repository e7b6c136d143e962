package nad.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import nad.report.Source;
import nad.report.Span;

/// Places in texts, by number: an instruction has the number of its place, −1 where it has none. A block's instructions share the one
/// of their statement.
final class Spans {
    private static final int ROW = 4;
    /// Of each place the number of its source, begin and end, and the number of the place inside, −1 for none.
    private int[] table = new int[16 * ROW];
    private int count;
    private final List<Source> sources = new ArrayList<>();
    private Source lastSource;
    private int lastSourceNumber;
    /// The source of the first place, and whether another place is of another.
    private Source first;
    private boolean several;

    Spans() {}

    /// The same places by the same numbers.
    Spans(Spans like) {
        table = Arrays.copyOf(like.table, Math.max(16 * ROW, ROW * like.count));
        count = like.count;
        sources.addAll(like.sources);
        first = like.first;
        several = like.several;
    }

    int number(Span s) {
        if (s == null || s == Span.NONE) return -1;
        if (first == null) first = s.source();
        several |= s.source() != first;
        return row(s);
    }

    private int row(Span s) {
        int source = sourceNumber(s.source());
        int at = ROW * count;
        if (count > 0 && table[at - 4] == source && table[at - 3] == s.begin() && table[at - 2] == s.end() && Objects.equals(s.inside(), inside(count - 1)))
            return count - 1;
        int inside = s.inside() == null ? -1 : row(s.inside());
        at = ROW * count;
        if (at == table.length) table = Arrays.copyOf(table, 2 * at);
        table[at] = source;
        table[at + 1] = s.begin();
        table[at + 2] = s.end();
        table[at + 3] = inside;
        return count++;
    }

    Span get(int number) {
        return number < 0 ? Span.NONE : new Span(sources.get(table[ROW * number]), table[ROW * number + 1], table[ROW * number + 2], inside(number));
    }

    private Span inside(int number) {
        int inside = table[ROW * number + 3];
        return inside < 0 ? null : get(inside);
    }

    /// Whether the places are in more than one text, those inside not counted: then a line alone does not say where.
    boolean several() {
        return several;
    }

    private int sourceNumber(Source s) {
        if (s == lastSource) return lastSourceNumber;
        int n = sources.indexOf(s);
        if (n < 0) {
            n = sources.size();
            sources.add(s);
        }
        lastSource = s;
        return lastSourceNumber = n;
    }
}
