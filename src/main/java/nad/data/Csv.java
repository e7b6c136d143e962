package nad.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;

/// Numbers in lines, separated by commas, under a line of names or not: one column is a vector, several are a matrix. With
/// names, each column is also a vector by itself. A field may stand in quotes, and a comma or a doubled quote within those.
///
/// Left out are columns without a name where others have one (an index that pandas or R wrote), columns of empty fields (commas at the
/// ends of lines) and, beside others, columns of text. What is wrong in a column is told where it is asked for.
final class Csv {
    /// So many mistakes are told of a column.
    private static final int MOST_TOLD = 100;

    private final Content content;
    private final Source source;
    private final List<Problem> problems;
    private final List<Column> columns = new ArrayList<>();
    private boolean named;
    private int rows;
    /// The lines that have not as many fields as the others.
    private final List<Problem> uneven = new ArrayList<>();

    private Csv(Content content, Source source, List<Problem> problems) {
        this.content = content;
        this.source = source;
        this.problems = problems;
    }

    /// @param name null where the first line has none
    private final class Column {
        Span name;
        final Numbers numbers = new Numbers(content);
        final List<Problem> wrong = new ArrayList<>();
        boolean hasNumbers;
        boolean hasText;

        void add(Span field) throws Refused {
            String text = text(field);
            hasNumbers |= Numbers.isNumber(text);
            hasText |= !text.isEmpty();
            Problem p = numbers.add(text.isEmpty() ? "0" : text, () -> field);
            if (text.isEmpty()) p = new Problem.BadInput(field, "field " + (columns.indexOf(this) + 1) + " of line " + field.line(), "it is empty");
            if (p != null && wrong.size() < MOST_TOLD) wrong.add(p);
        }

        boolean isText() {
            return hasText && !hasNumbers && rows > 1;
        }

        boolean isLeftOut() {
            return !hasText || named && text(name).isEmpty() || isText();
        }
    }

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        return new Csv(c, c.text(), problems).read();
    }

    private Given.Arrays read() throws Refused {
        String text = source.text();
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin);
            if (end < 0) end = text.length();
            if (!text.substring(begin, end).isBlank()) line(fields(begin, end));
            begin = end + 1;
        }
        List<Column> kept = columns.stream().filter(c -> !c.isLeftOut()).toList();
        if (rows == 0 || kept.isEmpty()) throw content.refused("there are no numbers in it");
        return new Given.Arrays(whole(kept), named ? named() : null);
    }

    private Given whole(List<Column> kept) throws Refused {
        List<Problem> wrong = inOrder(kept);
        if (!wrong.isEmpty()) return new Given(content.at(), null, null, wrong, false);
        if (kept.size() == 1) return kept.getFirst().numbers.given(content.at(), new int[] {rows});
        return Numbers.columns(content.at(), kept.stream().map(c -> c.numbers).toList());
    }

    private List<Problem> inOrder(List<Column> of) {
        return Stream.concat(uneven.stream(), of.stream().flatMap(c -> c.wrong.stream())).sorted(Comparator.comparingInt(p -> p.at().begin())).toList();
    }

    private Map<String, Given> named() {
        Map<String, Given> out = new LinkedHashMap<>();
        Map<String, Span> places = new LinkedHashMap<>();
        for (Column c : columns) {
            String name = text(c.name);
            if (name.isEmpty()) continue;
            List<Problem> wrong = inOrder(List.of(c));
            Span first = places.putIfAbsent(name, c.name);
            if (first != null) problems.add(new Problem.DefinedTwice(c.name, name, first));
            else if (!wrong.isEmpty()) out.put(name, new Given(content.at(), null, null, wrong, !c.hasNumbers));
            else out.put(name, c.numbers.given(content.at(), new int[] {rows}));
        }
        return out;
    }

    private void line(List<Span> fields) throws Refused {
        if (columns.isEmpty()) {
            for (int k = 0; k < fields.size(); k++) columns.add(new Column());
            named = isNames(fields.stream().map(this::text).toList());
            if (named) {
                for (int k = 0; k < fields.size(); k++) columns.get(k).name = fields.get(k);
                return;
            }
        }
        rows++;
        int n = columns.size();
        // A comma at the end of the line, which that of names has or has not.
        boolean ends = fields.size() == n + 1 && text(fields.getLast()).isEmpty();
        boolean shorter = fields.size() == n - 1 && n > 1 && columns.getLast().name != null && text(columns.getLast().name).isEmpty();
        if (fields.size() != n && !ends && !shorter) {
            Span last = fields.getLast();
            if (uneven.size() < MOST_TOLD)
                uneven.add(new Problem.BadInput(last, "line " + last.line(), "it has " + count(fields.size()) + " where the lines before have " + n));
            return;
        }
        content.requireRoom((long) rows * n);
        for (int k = 0; k < (shorter ? n - 1 : n); k++) columns.get(k).add(fields.get(k));
    }

    /// Whether a first line is of names: no field is a number. pandas leaves that of its index empty, and counts columns without names.
    private static boolean isNames(List<String> fields) {
        if (fields.stream().allMatch(String::isEmpty)) return false;
        if (fields.stream().noneMatch(Numbers::isNumber)) return true;
        if (fields.size() < 2 || !fields.getFirst().isEmpty()) return false;
        for (int k = 1; k < fields.size(); k++) if (!fields.get(k).equals(Integer.toString(k - 1))) return false;
        return true;
    }

    private static String count(int fields) {
        return fields == 1 ? "1 field" : fields + " fields";
    }

    // ---- fields

    private List<Span> fields(int begin, int end) {
        List<Span> out = new ArrayList<>();
        for (int from = begin; from <= end; ) {
            int to = source.text().indexOf(',', quoted(from, end));
            if (to < 0 || to > end) to = end;
            out.add(trimmed(from, to));
            from = to + 1;
        }
        return out;
    }

    /// The end of what stands in quotes at the beginning of a field; the beginning where nothing does.
    private int quoted(int from, int end) {
        String t = source.text();
        int begin = from;
        while (begin < end && t.charAt(begin) <= ' ') begin++;
        if (begin == end || t.charAt(begin) != '"') return from;
        for (int k = begin + 1; k < end; k++) {
            if (t.charAt(k) != '"') continue;
            if (k + 1 < end && t.charAt(k + 1) == '"') k++;
            else return k + 1;
        }
        return from;
    }

    /// Without blanks around it and the quotes within those.
    private Span trimmed(int begin, int end) {
        String t = source.text();
        while (begin < end && t.charAt(begin) <= ' ') begin++;
        while (begin < end && t.charAt(end - 1) <= ' ') end--;
        return end - begin >= 2 && t.charAt(begin) == '"' && t.charAt(end - 1) == '"' ? trimmed(begin + 1, end - 1) : new Span(source, begin, end);
    }

    private String text(Span field) {
        return source.text().substring(field.begin(), field.end());
    }
}
