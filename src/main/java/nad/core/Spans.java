package nad.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.report.Source;
import nad.report.Span;

/// Places in texts, by number: an instruction has the number of its place, −1 where it has none. A block's instructions share the one
/// of their statement.
final class Spans {
    /// Of each place the number of its source, begin and end.
    private int[] table = new int[48];
    private int count;
    private final List<Source> sources = new ArrayList<>();
    private Source lastSource;
    private int lastSourceNumber;

    Spans() {}

    /// The same places by the same numbers.
    Spans(Spans like) {
        table = Arrays.copyOf(like.table, Math.max(48, 3 * like.count));
        count = like.count;
        sources.addAll(like.sources);
    }

    int number(Span s) {
        if (s == null || s == Span.NONE) return -1;
        int source = sourceNumber(s.source());
        int at = 3 * count;
        if (count > 0 && table[at - 3] == source && table[at - 2] == s.begin() && table[at - 1] == s.end()) return count - 1;
        if (at == table.length) table = Arrays.copyOf(table, 2 * at);
        table[at] = source;
        table[at + 1] = s.begin();
        table[at + 2] = s.end();
        return count++;
    }

    Span get(int number) {
        return number < 0 ? Span.NONE : new Span(sources.get(table[3 * number]), table[3 * number + 1], table[3 * number + 2]);
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
