package nad.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;

/// Numbers in lines, separated by commas, under a line of names or not: one column is a vector, several are a matrix. With
/// names, each column is also a vector by itself. A field may stand in quotes; a comma within them separates all the same,
/// as no number has one.
final class Csv {
    private final Content content;
    private final Source source;
    private final List<Problem> problems;
    private final List<Numbers> columns = new ArrayList<>();
    private Numbers all;
    private List<Span> names;
    private int rows;
    private boolean wrong;

    private Csv(Content content, Source source, List<Problem> problems) {
        this.content = content;
        this.source = source;
        this.problems = problems;
    }

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        return new Csv(c, c.text(), problems).read();
    }

    private Given.Arrays read() throws Refused {
        String text = source.text();
        all = new Numbers(content);
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin);
            if (end < 0) end = text.length();
            if (!text.substring(begin, end).isBlank()) line(fields(begin, end));
            begin = end + 1;
        }
        if (rows == 0) throw content.refused("there are no numbers in it");
        return new Given.Arrays(given(all, columns.size() == 1 ? new int[] {rows} : new int[] {rows, columns.size()}), named());
    }

    private Given given(Numbers n, int... shape) {
        return wrong ? new Given(content.at(), null, null) : n.given(content.at(), shape);
    }

    private Map<String, Given> named() throws Refused {
        if (names == null) return null;
        Map<String, Given> out = new LinkedHashMap<>();
        Map<String, Span> places = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            String name = text(names.get(k));
            Span first = places.putIfAbsent(name, names.get(k));
            if (first != null) problems.add(new Problem.DefinedTwice(names.get(k), name, first));
            else out.put(name, given(columns.get(k), rows));
        }
        return out;
    }

    private void line(List<Span> fields) throws Refused {
        boolean first = columns.isEmpty();
        if (first) for (Span f : fields) columns.add(new Numbers(content));
        if (first && fields.stream().noneMatch(f -> text(f).isEmpty() || Numbers.isNumber(text(f)))) {
            names = fields;
            return;
        }
        rows++;
        if (fields.size() != columns.size()) {
            Span last = fields.getLast();
            tell(new Problem.BadInput(last, "line " + last.line(), "it has " + count(fields.size()) + " where the lines before have " + columns.size()));
            return;
        }
        for (int k = 0; k < fields.size(); k++) {
            Span f = fields.get(k);
            String text = text(f);
            if (text.isEmpty()) tell(new Problem.BadInput(f, "field " + (k + 1) + " of line " + f.line(), "it is empty"));
            else tell(all.add(text, () -> f));
            if (names != null) columns.get(k).add(text, () -> f);
        }
    }

    private static String count(int fields) {
        return fields == 1 ? "1 field" : fields + " fields";
    }

    private void tell(Problem p) {
        if (p == null) return;
        wrong = true;
        problems.add(p);
    }

    // ---- fields

    private List<Span> fields(int begin, int end) {
        List<Span> out = new ArrayList<>();
        for (int from = begin; from <= end; ) {
            int to = source.text().indexOf(',', from);
            if (to < 0 || to > end) to = end;
            out.add(trimmed(from, to));
            from = to + 1;
        }
        return out;
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
