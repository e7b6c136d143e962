package nad.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nad.arithmetic.Quantity;

/// The rows of an experiment, of the same columns; the first is the size.
record Rows(List<Map<String, Object>> all) {
    static Rows sorted(List<Map<String, Object>> rows) {
        List<Map<String, Object>> sorted = new ArrayList<>();
        rows.stream().sorted(Comparator.comparingInt(Rows::size)).forEach(r -> {
            if (!sorted.contains(r)) sorted.add(r);
        });
        return new Rows(sorted);
    }

    private static int size(Map<String, Object> row) {
        return (Integer) row.values().iterator().next();
    }

    Rows where(String column, Object value) {
        return new Rows(all.stream().filter(r -> value.equals(r.get(column))).toList());
    }

    List<Integer> sizes() {
        return all.stream().map(Rows::size).toList();
    }

    double[] column(String name) {
        return all.stream().mapToDouble(r -> number(r.get(name))).toArray();
    }

    double[] ratio(String above, String below) {
        return all.stream().mapToDouble(r -> number(r.get(above)) / number(r.get(below))).toArray();
    }

    double[] lengths(String name) {
        return all.stream().mapToDouble(r -> ((List<?>) r.get(name)).size()).toArray();
    }

    private static double number(Object o) {
        return o instanceof Quantity q ? q.toDouble() : Double.parseDouble(o.toString());
    }

    /// Values with commas between them, as RFC 4180 has them but for the lines' ends; vectors in brackets.
    static String csv(List<Map<String, Object>> rows) {
        StringBuilder out = new StringBuilder();
        if (!rows.isEmpty()) out.append(String.join(",", rows.getFirst().keySet())).append('\n');
        for (Map<String, Object> r : rows) out.append(r.values().stream().map(Rows::cell).collect(Collectors.joining(","))).append('\n');
        return out.toString();
    }

    private static String cell(Object o) {
        String s = text(o);
        return s.contains(",") ? '"' + s + '"' : s;
    }

    private static String text(Object o) {
        return o instanceof List<?> l ? l.stream().map(Rows::text).collect(Collectors.joining(", ", "[", "]")) : String.valueOf(o);
    }
}
