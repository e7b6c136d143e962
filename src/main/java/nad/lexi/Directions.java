package nad.lexi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Activity;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Span;
import nad.tensor.Shapes;

/// Directions m_1, …, m_k of a program's differentiated parameters, each a row of all their entries in order: the M of
/// F'(x; M). They fill the tangent parameters of a forward program, and turn the LD-derivative that it returns, a row
/// r = (⟨g, m_1⟩, …, ⟨g, m_k⟩), back into the lexicographic subgradient g: an element of the Clarke subdifferential where M
/// is square and nonsingular (Nesterov 2005; Khan & Barton 2013).
public final class Directions {
    private final List<Program.Parameter> parameters;
    private final int before;
    private final Rational[][] rows;
    /// The inverse of the matrix of rows; null where there is none.
    private final Rational[][] inverse;

    private Directions(List<Program.Parameter> parameters, int before, Rational[][] rows, Rational[][] inverse) {
        this.parameters = parameters;
        this.before = before;
        this.rows = rows;
        this.inverse = inverse;
    }

    /// M = I: Nesterov's lexicographic derivative. Null where problems were added.
    ///
    /// @param names the parameters to differentiate by; null stands for all that are not data
    public static Directions identity(Program p, List<String> names, List<Problem> problems) {
        List<Program.Parameter> by = differentiated(p, names, problems);
        if (by == null) return null;
        int n = entries(by);
        Rational[][] rows = new Rational[n][n];
        for (int j = 0; j < n; j++) for (int k = 0; k < n; k++) rows[j][k] = j == k ? Rational.ONE : Rational.ZERO;
        return new Directions(by, p.parameters().size(), rows, rows);
    }

    /// As many rows as parameters have entries, so that they determine a subgradient. Null where problems were added: a row of
    /// another length, another number of rows, linearly dependent ones.
    public static Directions of(Program p, List<String> names, Rational[][] rows, List<Problem> problems) {
        Directions m = along(p, names, rows, problems);
        if (m == null) return null;
        int n = entries(m.parameters);
        Rational[][] inverse = rows.length == n ? inverse(rows) : null;
        if (rows.length != n) problems.add(new Problem.WrongDirections(Span.NONE, n + " rows of " + n, rows.length + " of " + n));
        else if (inverse == null) problems.add(new Problem.SingularDirections(Span.NONE, n));
        return inverse == null ? null : new Directions(m.parameters, m.before, rows, inverse);
    }

    /// Any directions, of which no subgradient is asked. Null where problems were added.
    public static Directions along(Program p, List<String> names, Rational[][] rows, List<Problem> problems) {
        List<Program.Parameter> by = differentiated(p, names, problems);
        if (by == null) return null;
        int n = entries(by);
        if (rows.length == 0) problems.add(new Problem.WrongDirections(Span.NONE, "rows of " + n, "none"));
        for (Rational[] row : rows) {
            if (row.length == n) continue;
            problems.add(new Problem.WrongDirections(Span.NONE, "rows of " + n, "one of " + row.length));
            return null;
        }
        return rows.length == 0 ? null : new Directions(by, p.parameters().size(), rows, null);
    }

    private static List<Program.Parameter> differentiated(Program p, List<String> names, List<Problem> problems) {
        boolean[] wrt = Activity.wrt(p, names, problems);
        if (wrt == null) return null;
        List<Program.Parameter> by = new ArrayList<>();
        for (int k = 0; k < wrt.length; k++) if (wrt[k]) by.add(p.parameters().get(k));
        return by;
    }

    private static int entries(List<Program.Parameter> by) {
        return by.stream().mapToInt(x -> Shapes.size(x.shape())).sum();
    }

    /// How many there are: what the forward program is to be made for.
    public int count() {
        return rows.length;
    }

    /// The rows m_1, …, m_k.
    public Rational[][] rows() {
        return rows;
    }

    /// The values of a forward program's tangent parameters by name, in row-major order.
    public Map<String, Rational[]> tangents(Program forward) {
        Map<String, Rational[]> out = new LinkedHashMap<>();
        int from = 0;
        for (int j = 0; j < parameters.size(); j++) {
            int n = Shapes.size(parameters.get(j).shape());
            Rational[] x = new Rational[n * rows.length];
            for (int d = 0; d < rows.length; d++) System.arraycopy(rows[d], from, x, d * n, n);
            out.put(forward.parameters().get(before + j).name(), x);
            from += n;
        }
        return out;
    }

    /// The subgradient g with ⟨g, m_j⟩ = r_j, in row-major order by parameter.
    ///
    /// @param r the LD-derivative of a scalar result along these directions, as many as there are
    /// @throws IllegalStateException where they are no basis
    public Map<String, Quantity[]> subgradient(Quantity[] r) {
        if (inverse == null) throw new IllegalStateException("these directions determine no subgradient");
        Map<String, Quantity[]> out = new LinkedHashMap<>();
        int from = 0;
        for (Program.Parameter x : parameters) {
            Quantity[] g = new Quantity[Shapes.size(x.shape())];
            for (int k = 0; k < g.length; k++) g[k] = entry(inverse[from + k], r);
            out.put(x.name(), g);
            from += g.length;
        }
        return out;
    }

    private static Quantity entry(Rational[] a, Quantity[] r) {
        Quantity sum = r[0].zero();
        for (int j = 0; j < r.length; j++) if (a[j].sign() != 0) sum = sum.plus(r[j].constant(a[j]).times(r[j]));
        return sum;
    }

    /// By Gauss and Jordan, exactly; null for a singular matrix.
    private static Rational[][] inverse(Rational[][] rows) {
        int n = rows.length;
        Rational[][] a = new Rational[n][2 * n];
        for (int j = 0; j < n; j++) for (int k = 0; k < 2 * n; k++) a[j][k] = k < n ? rows[j][k] : k - n == j ? Rational.ONE : Rational.ZERO;
        for (int c = 0; c < n; c++) {
            int pivot = c;
            while (pivot < n && a[pivot][c].sign() == 0) pivot++;
            if (pivot == n) return null;
            Rational[] row = a[pivot];
            a[pivot] = a[c];
            a[c] = row;
            Rational scale = Rational.ONE.over(row[c]);
            for (int k = c; k < 2 * n; k++) row[k] = row[k].times(scale);
            for (int j = 0; j < n; j++) if (j != c && a[j][c].sign() != 0) subtract(a[j], row, a[j][c], c);
        }
        Rational[][] out = new Rational[n][n];
        for (int j = 0; j < n; j++) System.arraycopy(a[j], n, out[j], 0, n);
        return out;
    }

    private static void subtract(Rational[] from, Rational[] row, Rational factor, int c) {
        for (int k = c; k < row.length; k++) if (row[k].sign() != 0) from[k] = from[k].minus(factor.times(row[k]));
    }
}
