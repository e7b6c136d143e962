package nad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import nad.arithmetic.Library;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Declared;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;
import nad.dictionary.Term;
import nad.report.Problem;
import nad.report.Span;

/// Whether the pieces of a declared function agree where they meet. For one variable every break point is looked at:
/// exactly where conditions are affine and pieces rational, else numerically. For several variables points of the
/// boundaries are sampled, and the answer says so.
final class JumpCheck {
    private static final int SAMPLES = 400;
    private static final double TOLERANCE = 1e-9;

    private final Declared function;
    private final Span at;
    private final List<Span> pieceSpans;
    private final List<Problem> problems;

    JumpCheck(Declared function, Span at, List<Span> pieceSpans, List<Problem> problems) {
        this.function = function;
        this.at = at;
        this.pieceSpans = pieceSpans;
        this.problems = problems;
    }

    void check() {
        if (function.pieces().size() == 1) return;
        if (function.parameters().size() == 1) checkBreakPoints();
        else sample();
    }

    // ---- one variable

    private void checkBreakPoints() {
        TreeSet<Rational> exact = new TreeSet<>();
        TreeSet<Double> numeric = new TreeSet<>();
        for (Piece p : function.pieces()) if (p.condition() != null) roots(p.condition(), exact, numeric);
        List<Rational> points = new ArrayList<>(exact);
        for (double d : numeric) if (exact.stream().noneMatch(r -> close(r.toDouble(), d))) points.add(Rational.of(d));
        points.sort(null);
        for (int k = 0; k < points.size(); k++) {
            Rational t = points.get(k);
            Rational before = k == 0 ? t.minus(Rational.ONE) : middle(points.get(k - 1), t);
            Rational after = k == points.size() - 1 ? t.plus(Rational.ONE) : middle(t, points.get(k + 1));
            Piece left = claiming(before);
            Piece right = claiming(after);
            Piece own = exact.contains(t) ? claiming(t) : right;
            if (left == right && own == left) continue;
            Quantity l = value(left, t);
            Quantity r = value(right, t);
            Quantity o = value(own, t);
            if (differ(l, r) || differ(l, o)) {
                if (!exact.contains(t) && within(l, r, o, spread(left, right, own, t.toDouble()))) continue;
                problems.add(new Problem.Jump(pieceSpans.get(function.pieces().indexOf(own)), function.name(), text(t), text(l), text(r), differ(o, l) && differ(o, r) ? text(o) : null));
                return;
            }
            if (own != left && own != right && !isEquation(own)) {
                Span at = pieceSpans.get(function.pieces().indexOf(own));
                problems.add(new Problem.ThinPiece(at, function.name(), function.parameters().getFirst() + " = " + text(t)));
            }
        }
    }

    /// Such a piece is told of by its condition.
    private static boolean isEquation(Piece p) {
        return p.condition() != null && p.condition().relation().equals("==");
    }

    /// The points where two sides of an affine condition of a function of one variable are equal.
    static Iterable<Rational> exactBreakPoints(Declared function) {
        TreeSet<Rational> exact = new TreeSet<>();
        for (Piece p : function.pieces()) if (p.condition() != null) roots(p.condition(), exact, new TreeSet<>());
        return exact;
    }

    private static Rational middle(Rational a, Rational b) {
        return a.plus(b).times(Rational.HALF);
    }

    /// Where the two sides of a condition are equal.
    private static void roots(Condition c, TreeSet<Rational> exact, TreeSet<Double> numeric) {
        try {
            Rational d0 = difference(c, Rational.ZERO);
            Rational slope = difference(c, Rational.ONE).minus(d0);
            boolean affine = isAffine(c.left()) && isAffine(c.right());
            if (affine) {
                if (slope.sign() != 0) exact.add(d0.negate().over(slope));
                return;
            }
        } catch (ArithmeticException e) {
            // no rational function: numerically
        }
        double[] grid = grid();
        for (int k = 0; k + 1 < grid.length; k++) {
            double a = grid[k];
            double b = grid[k + 1];
            double fa = real(c, a);
            double fb = real(c, b);
            if (fa == 0) exact.add(Rational.of(a));
            if (!(fa * fb < 0)) continue;
            for (int n = 0; n < 200 && a < b; n++) {
                double m = a + (b - a) / 2;
                if (m <= a || m >= b) break;
                if (real(c, m) * fa > 0) a = m;
                else b = m;
            }
            numeric.add(a + (b - a) / 2);
        }
    }

    private static double[] grid() {
        TreeSet<Double> g = new TreeSet<>();
        for (int k = -400; k <= 400; k++) g.add(k / 20.0);
        for (double x = 20; x < 1e9; x *= 1.3) {
            g.add(x);
            g.add(-x);
        }
        return g.stream().mapToDouble(d -> d).toArray();
    }

    private static boolean isAffine(Term t) {
        return switch (t) {
            case Term.Arg a -> true;
            case Term.Literal l -> true;
            case Term.Apply a -> switch (a.f().name) {
                case "+", "-" -> a.args().stream().allMatch(JumpCheck::isAffine);
                case "*" -> a.args().stream().allMatch(JumpCheck::isAffine) && a.args().stream().anyMatch(x -> x instanceof Term.Literal);
                case "/" -> isAffine(a.args().get(0)) && a.args().get(1) instanceof Term.Literal;
                default -> false;
            };
            default -> false;
        };
    }

    private static Rational difference(Condition c, Rational t) {
        Quantity[] x = {t};
        return (Rational) Declared.eval(c.left(), x).minus(Declared.eval(c.right(), x));
    }

    private static double real(Condition c, double t) {
        Quantity[] x = {new Real(t)};
        return Declared.eval(c.left(), x).toDouble() - Declared.eval(c.right(), x).toDouble();
    }

    private Piece claiming(Rational t) {
        for (Piece p : function.pieces()) {
            if (p.condition() == null) return p;
            int sign;
            try {
                sign = difference(p.condition(), t).sign();
            } catch (ArithmeticException e) {
                sign = new Real(real(p.condition(), t.toDouble())).sign();
            }
            if (Boolean.TRUE.equals(p.condition().holds(sign))) return p;
        }
        return function.pieces().getLast();
    }

    private static Quantity value(Piece p, Rational t) {
        // Powers of long fractions would take seconds.
        if (t.numerator().bitLength() > 200 || t.denominator().bitLength() > 200) return new Real(real(p, t.toDouble()));
        try {
            return Declared.eval(p.value(), new Quantity[] {t});
        } catch (Library.Leaves e) {
            return Declared.eval(p.value(), new Quantity[] {new Real(t.toDouble())});
        } catch (ArithmeticException e) {
            return new Real(Double.POSITIVE_INFINITY);
        }
    }

    private static boolean differ(Quantity a, Quantity b) {
        if (a instanceof Rational p && b instanceof Rational q) return !p.equals(q);
        return !close(a.toDouble(), b.toDouble());
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    private static String text(Quantity q) {
        if (q instanceof Rational r && r.numerator().bitLength() < 24 && r.denominator().bitLength() < 24) return r.literal();
        return text(q.toDouble());
    }

    private static String text(double x) {
        if (Math.abs(x) < 1e-12) return "0";
        return x == Math.rint(x) && Math.abs(x) < 1e9 ? Long.toString((long) x) : String.format(Locale.ROOT, "%.6g", x);
    }

    /// How far the pieces move within the rounding of a break point that was found numerically.
    private static double spread(Piece left, Piece right, Piece own, double t) {
        double d = 4 * Math.ulp(t);
        double spread = 0;
        for (Piece p : List.of(left, right, own)) spread += Math.abs(real(p, t + d) - real(p, t - d));
        return spread;
    }

    private static double real(Piece p, double t) {
        return Declared.eval(p.value(), new Quantity[] {new Real(t)}).toDouble();
    }

    private static boolean within(Quantity l, Quantity r, Quantity own, double spread) {
        return !(Math.abs(l.toDouble() - r.toDouble()) > spread || Math.abs(l.toDouble() - own.toDouble()) > spread);
    }

    // ---- several variables

    private void sample() {
        Random random = new Random(1);
        int n = function.parameters().size();
        int found = 0;
        for (int s = 0; s < SAMPLES; s++) {
            double[] a = point(random, n);
            double[] b = point(random, n);
            for (Piece p : function.pieces()) {
                if (p.condition() == null) continue;
                double[] on = boundary(p.condition(), a, b);
                if (on == null) continue;
                found++;
                double[][] sides = {shifted(on, a, b, -1e-7), shifted(on, a, b, 1e-7)};
                double l = whole(sides[0]);
                double r = whole(sides[1]);
                if (Math.abs(l - r) > 1e-4 * Math.max(1, Math.max(Math.abs(l), Math.abs(r)))) {
                    problems.add(new Problem.Jump(at, function.name(), pointText(on), text(l), text(r), null));
                    return;
                }
            }
        }
        problems.add(new Problem.JumpUndecided(at, function.name(), found));
    }

    private static double[] point(Random random, int n) {
        double[] x = new double[n];
        for (int k = 0; k < n; k++) x[k] = 4 * random.nextDouble() - 1;
        return x;
    }

    private static double difference(Condition c, double[] x) {
        Quantity[] q = reals(x);
        return Declared.eval(c.left(), q).toDouble() - Declared.eval(c.right(), q).toDouble();
    }

    private static Quantity[] reals(double[] x) {
        Quantity[] q = new Quantity[x.length];
        for (int k = 0; k < q.length; k++) q[k] = new Real(x[k]);
        return q;
    }

    /// A point between a and b where the condition's sides are equal, or null.
    private static double[] boundary(Condition c, double[] a, double[] b) {
        double lo = 0;
        double hi = 1;
        double f = difference(c, a);
        if (!(f * difference(c, b) < 0)) return null;
        for (int k = 0; k < 60; k++) {
            double m = (lo + hi) / 2;
            if (difference(c, between(a, b, m)) * f > 0) lo = m;
            else hi = m;
        }
        return between(a, b, lo);
    }

    private static double[] between(double[] a, double[] b, double t) {
        double[] x = new double[a.length];
        for (int k = 0; k < x.length; k++) x[k] = a[k] + t * (b[k] - a[k]);
        return x;
    }

    private static double[] shifted(double[] on, double[] a, double[] b, double t) {
        double[] x = on.clone();
        for (int k = 0; k < x.length; k++) x[k] += t * (b[k] - a[k]);
        return x;
    }

    private double whole(double[] x) {
        return function.entries().getFirst().primitive(false).real(x);
    }

    private String pointText(double[] x) {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < x.length; k++) out.append(k > 0 ? ", " : "").append(function.parameters().get(k)).append(" = ").append(String.format(Locale.ROOT, "%.3g", x[k]));
        return out.toString();
    }
}
