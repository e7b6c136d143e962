package nad.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import nad.arithmetic.Rational;
import nad.dictionary.Neighbourhood.Curve;

/// Curves from a point into what lies around it: along the axes, along and across the boundaries that run through it, and at random.
final class Curves {
    private static final int RANDOM = 24;

    private Curves() {}

    /// @param normals of the boundaries
    static List<Curve> at(int n, List<Rational[]> normals, Random random) {
        List<Rational[]> directions = new ArrayList<>();
        for (int i = 0; i < n; i++)
            for (int s = -1; s <= 1; s += 2) {
                Rational[] d = zeros(n);
                d[i] = Rational.of(s);
                directions.add(d);
            }
        List<Rational[]> critical = new ArrayList<>();
        for (Rational[] g : normals) {
            add(directions, g);
            if (n == 2) {
                add(critical, new Rational[] {g[1].negate(), g[0]});
            } else {
                // projections of the axes and of a random direction
                for (int i = 0; i < n; i++) {
                    Rational[] d = zeros(n);
                    d[i] = Rational.ONE;
                    add(critical, minus(d, times(g, dot(d, g).over(dot(g, g)))));
                }
            }
        }
        if (n == 2) between(critical, directions);
        List<Curve> out = new ArrayList<>();
        for (int k = 0; k < RANDOM * n; k++) {
            Rational[] d = zeros(n);
            for (int i = 0; i < n; i++) d[i] = Rational.of(random.nextInt(-12, 13));
            directions.add(d);
        }
        for (Rational[] g : normals) for (Rational[] h : normals) add(directions, plus(times(g, scale(h)), times(h, scale(g).times(Rational.of(1 + random.nextInt(3))))));
        for (Rational[] d : directions) if (dot(d, d).sign() != 0) out.add(new Curve(d, zeros(n)));
        // Along a boundary, bent to either side: cusps between boundaries that touch.
        for (int c = 0; c < Math.min(8, critical.size()); c++) {
            Rational[] d = critical.get(c);
            for (Rational[] g : normals) {
                if (dot(d, g).sign() != 0) continue;
                Rational unit = dot(d, d).over(dot(g, g));
                for (int e = -9; e <= 9; e++) if (e != 0) out.add(new Curve(d, times(g, unit.times(Rational.of(Math.abs(e) < 8 ? e : 8 * e, 4)))));
                out.add(new Curve(d, zeros(n)));
            }
        }
        return out;
    }

    /// In the plane: the directions halfway between neighbouring critical ones.
    private static void between(List<Rational[]> critical, List<Rational[]> into) {
        List<Rational[]> sorted = new ArrayList<>(critical);
        sorted.sort((a, b) -> Double.compare(Math.atan2(a[1].toDouble(), a[0].toDouble()), Math.atan2(b[1].toDouble(), b[0].toDouble())));
        for (int k = 0; k < sorted.size(); k++) {
            Rational[] a = sorted.get(k);
            Rational[] b = sorted.get((k + 1) % sorted.size());
            into.add(plus(times(a, scale(b)), times(b, scale(a))));
        }
    }

    private static Rational scale(Rational[] d) {
        Rational s = Rational.ZERO;
        for (Rational q : d) s = s.plus(q.abs());
        return s;
    }

    /// A direction and the opposite one.
    private static void add(List<Rational[]> into, Rational[] d) {
        if (dot(d, d).sign() == 0) return;
        into.add(d);
        into.add(times(d, Rational.of(-1)));
    }

    // ---- linear algebra

    private static Rational[] zeros(int n) {
        Rational[] z = new Rational[n];
        Arrays.fill(z, Rational.ZERO);
        return z;
    }

    static Rational dot(Rational[] a, Rational[] b) {
        Rational s = Rational.ZERO;
        for (int i = 0; i < a.length; i++) s = s.plus(a[i].times(b[i]));
        return s;
    }

    static Rational[] times(Rational[] a, Rational q) {
        Rational[] out = new Rational[a.length];
        for (int i = 0; i < out.length; i++) out[i] = a[i].times(q);
        return out;
    }

    private static Rational[] plus(Rational[] a, Rational[] b) {
        Rational[] out = new Rational[a.length];
        for (int i = 0; i < out.length; i++) out[i] = a[i].plus(b[i]);
        return out;
    }

    private static Rational[] minus(Rational[] a, Rational[] b) {
        return plus(a, times(b, Rational.of(-1)));
    }

    static boolean parallel(Rational[] a, Rational[] b) {
        Rational ab = dot(a, b);
        return ab.times(ab).equals(dot(a, a).times(dot(b, b)));
    }

    /// Whether one is the other times a negative number, or one of them is 0.
    static boolean opposite(Rational[] a, Rational[] b) {
        return parallel(a, b) && dot(a, b).sign() <= 0;
    }

    /// Whether c = −(p·a + q·b) with p, q ≥ 0, of a and b that are not parallel.
    static boolean balanced(Rational[] a, Rational[] b, Rational[] c) {
        Rational aa = dot(a, a);
        Rational bb = dot(b, b);
        Rational ab = dot(a, b);
        Rational det = aa.times(bb).minus(ab.times(ab));
        if (det.sign() == 0) return false;
        Rational p = dot(c, a).times(bb).minus(dot(c, b).times(ab)).over(det).negate();
        Rational q = dot(c, b).times(aa).minus(dot(c, a).times(ab)).over(det).negate();
        if (p.sign() < 0 || q.sign() < 0) return false;
        return Arrays.equals(c, times(plus(times(a, p), times(b, q)), Rational.of(-1)));
    }
}
