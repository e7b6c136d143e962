package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Rational;

/// Convex hulls of finitely many points, decided exactly: whoever reads an answer can check it by a few products.
public final class Hull {
    /// Whether a point lies in a hull, and why.
    public sealed interface Membership {}

    /// @param weights one for each point, nonnegative, of sum 1, whose mean is the point asked for
    /// @param within  or how far their mean may be from it, by each entry; null where it is the very point
    public record Inside(Rational[] weights, Rational within) implements Membership {}

    /// @param normal a direction along which the point asked for lies beyond all of the hull
    /// @param point  normal · the point
    /// @param hull   the largest normal · v over the hull, less than that
    public record Outside(Rational[] normal, Rational point, Rational hull) implements Membership {}

    private Hull() {}

    /// @param points at least one, of the dimension of `g`
    public static Membership of(List<Rational[]> points, Rational[] g) {
        int n = points.size();
        Rational[][] a = new Rational[g.length + 1][n];
        Rational[] b = new Rational[g.length + 1];
        for (int i = 0; i <= g.length; i++) {
            b[i] = i < g.length ? g[i] : Rational.ONE;
            for (int k = 0; k < n; k++) a[i][k] = i < g.length ? points.get(k)[i] : Rational.ONE;
        }
        return switch (Simplex.solve(a, b, n)) {
            case Simplex.Feasible f -> new Inside(f.x(), null);
            case Simplex.Infeasible f -> outside(points, g, f.y());
        };
    }

    /// Whether a mean of the points is at most `slack` from g by each entry: Σ w p + s = g + slack with 0 ≤ s ≤ 2 slack. If none is, the
    /// normal of the plane found is y with y·p ≤ c for each point and y·g − slack‖y‖₁ > c: it separates g from all that is so near to
    /// the hull.
    ///
    /// @param within what to say of the distance where there is one
    static Membership near(List<Rational[]> points, Rational[] g, Rational slack, Rational within) {
        int n = points.size();
        int m = g.length;
        Rational[][] a = new Rational[2 * m + 1][n + 2 * m];
        Rational[] b = new Rational[2 * m + 1];
        for (int i = 0; i < a.length; i++) {
            Arrays.fill(a[i], Rational.ZERO);
            b[i] = i < m ? g[i].plus(slack) : i < 2 * m ? slack.plus(slack) : Rational.ONE;
            for (int k = 0; k < n && (i < m || i == 2 * m); k++) a[i][k] = i < m ? points.get(k)[i] : Rational.ONE;
            if (i < 2 * m) a[i][n + i % m] = Rational.ONE;
            if (i >= m && i < 2 * m) a[i][n + i] = Rational.ONE;
        }
        return switch (Simplex.solve(a, b, n + 2 * m)) {
            case Simplex.Feasible f -> new Inside(Arrays.copyOf(f.x(), n), within);
            case Simplex.Infeasible f -> outside(points, g, f.y());
        };
    }

    /// y(v, 1) ≤ 0 for each point v and y(g, 1) > 0: the first entries of y are the normal.
    private static Outside outside(List<Rational[]> points, Rational[] g, Rational[] y) {
        Rational[] normal = Arrays.copyOf(y, g.length);
        Rational hull = null;
        for (Rational[] v : points) {
            Rational at = dot(normal, v);
            if (hull == null || at.compareTo(hull) > 0) hull = at;
        }
        return new Outside(normal, dot(normal, g), hull);
    }

    /// The points that are no mean of the others: the vertices of the hull, each once, in the order given.
    public static List<Rational[]> vertices(List<Rational[]> points) {
        List<Rational[]> left = new ArrayList<>();
        for (Rational[] p : points) if (left.stream().noneMatch(q -> Arrays.equals(p, q))) left.add(p);
        Rational[] centre = centre(left);
        for (int k = left.size() - 1; k >= 0 && left.size() > 1; k--) {
            Rational[] p = left.remove(k);
            if (leads(p, left, centre) || of(left, p) instanceof Outside) left.add(k, p);
        }
        return left;
    }

    private static Rational[] centre(List<Rational[]> points) {
        Rational[] sum = new Rational[points.getFirst().length];
        Arrays.fill(sum, Rational.ZERO);
        for (Rational[] p : points) for (int k = 0; k < sum.length; k++) sum[k] = sum[k].plus(p[k]);
        for (int k = 0; k < sum.length; k++) sum[k] = sum[k].over(Rational.of(points.size()));
        return sum;
    }

    /// Whether a point is ahead of all others along its own direction from the centre: a vertex without a linear program.
    private static boolean leads(Rational[] p, List<Rational[]> others, Rational[] centre) {
        Rational[] outward = new Rational[p.length];
        for (int k = 0; k < p.length; k++) outward[k] = p[k].minus(centre[k]);
        Rational own = dot(outward, p);
        for (Rational[] q : others) if (dot(outward, q).compareTo(own) >= 0) return false;
        return true;
    }

    static Rational dot(Rational[] x, Rational[] y) {
        Rational sum = Rational.ZERO;
        for (int k = 0; k < x.length; k++) if (x[k].sign() != 0 && y[k].sign() != 0) sum = sum.plus(x[k].times(y[k]));
        return sum;
    }
}
