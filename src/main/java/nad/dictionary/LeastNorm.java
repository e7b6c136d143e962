package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;

/// The point of least norm in the hull of some points: on the face that it lies in the interior of, it is the point of least norm of the
/// plane through that face, with positive weights. So all faces are tried, of at most one point more than there are dimensions.
final class LeastNorm {
    private LeastNorm() {}

    static Quantity[] of(List<Quantity[]> points) {
        int n = points.getFirst().length;
        Quantity[] best = null;
        Quantity norm = null;
        for (int set = 1; set < 1 << points.size(); set++) {
            if (Integer.bitCount(set) > n + 1) continue;
            List<Quantity[]> face = new ArrayList<>();
            for (int k = 0; k < points.size(); k++) if ((set >> k & 1) == 1) face.add(points.get(k));
            Quantity[] foot = foot(face);
            if (foot == null) continue;
            Quantity square = dot(foot, foot);
            if (best != null && Rows.compare(square, norm) >= 0) continue;
            best = foot;
            norm = square;
        }
        return best == null ? points.getFirst() : best;
    }

    /// The point nearest to 0 of the plane through the points, if it is between them; null where not, or where they are dependent.
    private static Quantity[] foot(List<Quantity[]> face) {
        int m = face.size() - 1;
        Quantity[] first = face.getFirst();
        Quantity zero = first[0].zero();
        Quantity[][] a = new Quantity[m][m + 1];
        List<Quantity[]> edges = new ArrayList<>();
        for (int k = 1; k <= m; k++) edges.add(minus(face.get(k), first));
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) a[i][j] = dot(edges.get(i), edges.get(j));
            a[i][m] = dot(edges.get(i), first).negate();
        }
        for (int i = 0; i < m; i++) {
            int pivot = i;
            for (int r = i + 1; r < m; r++) if (Rows.compare(a[r][i].max(a[r][i].negate()), a[pivot][i].max(a[pivot][i].negate())) > 0) pivot = r;
            if (a[pivot][i].sign() == 0 || a[pivot][i].sign() == 2) return null;
            Quantity[] row = a[i];
            a[i] = a[pivot];
            a[pivot] = row;
            for (int r = 0; r < m; r++) {
                if (r == i) continue;
                Quantity f = a[r][i].over(a[i][i]);
                for (int c = i; c <= m; c++) a[r][c] = a[r][c].minus(f.times(a[i][c]));
            }
        }
        Quantity rest = first[0].constant(Rational.ONE);
        Quantity[] out = first.clone();
        for (int i = 0; i < m; i++) {
            Quantity w = a[i][m].over(a[i][i]);
            if (w.sign() < 0) return null;
            rest = rest.minus(w);
            for (int k = 0; k < out.length; k++) out[k] = out[k].plus(w.times(edges.get(i)[k]));
        }
        // On a line of numbers the foot is 0, and not what rounding leaves of it.
        if (m == 1 && out.length == 1) out[0] = zero;
        return rest.sign() < 0 ? null : out;
    }

    private static Quantity[] minus(Quantity[] a, Quantity[] b) {
        Quantity[] out = new Quantity[a.length];
        for (int i = 0; i < out.length; i++) out[i] = a[i].minus(b[i]);
        return out;
    }

    private static Quantity dot(Quantity[] a, Quantity[] b) {
        Quantity sum = a[0].times(b[0]);
        for (int i = 1; i < a.length; i++) sum = sum.plus(a[i].times(b[i]));
        return sum;
    }
}
