package nad.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Lines on a grid of cells that separate what differs at the corners (marching squares: Lorensen and Cline 1987, in the plane),
/// joined to polylines.
final class Contours {
    /// Where the line crosses the edge between two corners, or null where none does.
    @FunctionalInterface
    interface Crossing {
        double[] of(int i, int j, int k, int l);
    }

    private final int n;
    private final Map<Integer, double[]> points = new HashMap<>();
    private final Map<Integer, List<Integer>> joined = new HashMap<>();

    private Contours(int n) {
        this.n = n;
    }

    /// @param n the number of corners along each side
    static List<List<double[]>> of(int n, Crossing crossing) {
        Contours c = new Contours(n);
        for (int j = 0; j < n; j++)
            for (int i = 0; i < n; i++) {
                if (i + 1 < n) c.point(2 * (j * n + i), crossing.of(i, j, i + 1, j));
                if (j + 1 < n) c.point(2 * (j * n + i) + 1, crossing.of(i, j, i, j + 1));
            }
        for (int j = 0; j + 1 < n; j++) for (int i = 0; i + 1 < n; i++) c.cell(i, j);
        return c.chains();
    }

    private void point(int edge, double[] p) {
        if (p != null) points.put(edge, p);
    }

    private void cell(int i, int j) {
        int[] edges = {2 * (j * n + i), 2 * (j * n + i + 1) + 1, 2 * ((j + 1) * n + i), 2 * (j * n + i) + 1};
        int[] crossed = Arrays.stream(edges).filter(points::containsKey).toArray();
        for (int k = 0; k + 1 < crossed.length; k += 2) join(crossed[k], crossed[k + 1]);
        if (crossed.length == 3) join(crossed[1], crossed[2]);
    }

    private void join(int a, int b) {
        joined.computeIfAbsent(a, e -> new ArrayList<>()).add(b);
        joined.computeIfAbsent(b, e -> new ArrayList<>()).add(a);
    }

    /// Open lines from their ends first, then closed ones; in the order of edges, so that the same grid gives the same lines.
    private List<List<double[]>> chains() {
        List<List<double[]>> out = new ArrayList<>();
        int[] edges = joined.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        for (int e : edges) if (joined.get(e).size() == 1) chain(e, out);
        for (int e : edges) while (!joined.get(e).isEmpty()) chain(e, out);
        return out;
    }

    private void chain(int from, List<List<double[]>> out) {
        List<double[]> line = new ArrayList<>();
        int at = from;
        line.add(points.get(at));
        while (!joined.get(at).isEmpty()) {
            Integer next = joined.get(at).removeFirst();
            joined.get(next).remove((Integer) at);
            at = next;
            line.add(points.get(at));
        }
        if (line.size() > 1) out.add(line);
    }
}
