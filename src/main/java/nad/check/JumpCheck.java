package nad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.check.Univariate.Quotient;
import nad.check.Univariate.Root;
import nad.dictionary.Declared;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;
import nad.dictionary.OneSided;
import nad.report.Problem;
import nad.report.Span;

/// Whether the pieces of a declared function agree where they meet. For one variable every break point is looked at, by limits beside it:
/// exactly where conditions and pieces are rational functions or close to it ([BreakPoints]), else numerically, and the answer says so. For several variables points of the
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

    /// A point where pieces may meet.
    ///
    /// @param root where it is irrational, with the polynomial `of` that is 0 there; null for an exact point or one of a grid
    private record Point(Rational at, boolean exact, Root root, Univariate of) {
        Rational lo() {
            return root == null ? at : root.lo();
        }

        Rational hi() {
            return root == null ? at : root.hi();
        }
    }

    private void checkBreakPoints() {
        BreakPoints found = new BreakPoints(function);
        List<Point> points = new ArrayList<>();
        for (Rational t : found.exact) points.add(new Point(t, true, null, null));
        found.algebraic.forEach((r, f) -> points.add(new Point(r.middle(), false, r, f)));
        for (double d : found.numeric) if (points.stream().noneMatch(q -> close(q.at.toDouble(), d))) points.add(new Point(Rational.of(d), false, null, null));
        points.sort(java.util.Comparator.comparing(Point::at));
        boolean decided = found.complete;
        for (int k = 0; k < points.size(); k++) {
            Point q = points.get(k);
            Piece left = claiming(k == 0 ? q.lo().minus(Rational.ONE) : middle(points.get(k - 1).hi(), q.lo()));
            Piece right = claiming(k == points.size() - 1 ? q.hi().plus(Rational.ONE) : middle(q.hi(), points.get(k + 1).lo()));
            Piece own = q.exact ? claiming(q.at) : q.root == null ? right : claiming(q.root, q.of);
            if (left == right && own == left) continue;
            Boolean agree = q.root == null ? null : agree(q, List.of(left, own, right));
            if (Boolean.TRUE.equals(agree)) continue;
            Quantity l = limit(left, q, -1);
            Quantity r = limit(right, q, 1);
            Quantity o = limit(own, q, 0);
            if (l == null || r == null || o == null) {
                decided = false;
            } else if (Boolean.FALSE.equals(agree) || differ(l, r) || differ(l, o)) {
                if (agree == null && !q.exact && within(l, r, o, spread(left, right, own, q.at.toDouble()))) {
                    decided = false;
                    continue;
                }
                problems.add(new Problem.Jump(pieceSpans.get(function.pieces().indexOf(own)), function.name(), text(q.at), text(l), text(r), differ(o, l) && differ(o, r) ? text(o) : null));
                return;
            } else decided &= l instanceof Rational && r instanceof Rational && o instanceof Rational || left == right && left == own;
            if (own != left && own != right && !isEquation(own)) {
                Span at = pieceSpans.get(function.pieces().indexOf(own));
                problems.add(new Problem.ThinPiece(at, function.name(), function.parameters().getFirst() + " = " + text(q.at)));
            }
        }
        if (!decided) problems.add(new Problem.JumpUndecided(at, function.name(), points.size()));
    }

    /// Whether pieces that are rational functions agree at a root; null where one is none, or has a pole there.
    private static Boolean agree(Point q, List<Piece> pieces) {
        Quotient first = Univariate.of(pieces.getFirst().value());
        for (Piece p : pieces) {
            Quotient v = Univariate.of(p.value());
            if (v == null || first == null || v.under().vanishesAt(q.root, q.of)) return null;
            Univariate apart = v.over().times(first.under()).plus(first.over().times(v.under()).times(Rational.of(-1)));
            if (!apart.vanishesAt(q.root, q.of)) return false;
        }
        return true;
    }

    /// The limit of a piece from a side, or its value; in float64 where the point is not exact. Null where it is not known.
    private static Quantity limit(Piece p, Point q, int side) {
        if (!q.exact) {
            double v = real(p, q.at.toDouble());
            return Double.isNaN(v) ? null : new Real(v);
        }
        // Powers of long fractions would take seconds.
        boolean longer = q.at.numerator().bitLength() > 200 || q.at.denominator().bitLength() > 200;
        Quantity beside = longer ? null : OneSided.limit(p.value(), q.at, side);
        if (beside != null) return beside;
        double v = real(p, q.at.toDouble());
        return Double.isFinite(v) ? new Real(v) : null;
    }

    /// The piece that claims an irrational root.
    private Piece claiming(Root r, Univariate f) {
        for (Piece p : function.pieces()) {
            if (p.condition() == null) return p;
            Quotient d = Univariate.of(p.condition().difference());
            int sign = d != null && d.over().vanishesAt(r, f) ? 0 : sign(p.condition(), r.middle());
            if (Boolean.TRUE.equals(p.condition().holds(sign))) return p;
        }
        return function.pieces().getLast();
    }

    /// Such a piece is told of by its condition.
    private static boolean isEquation(Piece p) {
        return p.condition() != null && p.condition().relation().equals("==");
    }

    /// The points where two sides of a condition of a function of one variable are equal, so far as they are fractions.
    static Iterable<Rational> exactBreakPoints(Declared function) {
        return new BreakPoints(function).exact;
    }

    private static Rational middle(Rational a, Rational b) {
        return a.plus(b).times(Rational.HALF);
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
            int sign = sign(p.condition(), t);
            if (Boolean.TRUE.equals(p.condition().holds(sign))) return p;
        }
        return function.pieces().getLast();
    }

    private static int sign(Condition c, Rational t) {
        try {
            return difference(c, t).sign();
        } catch (ArithmeticException e) {
            return new Real(real(c, t.toDouble())).sign();
        }
    }

    private static boolean differ(Quantity a, Quantity b) {
        if (a instanceof Rational p && b instanceof Rational q) return !p.equals(q);
        return !close(a.toDouble(), b.toDouble());
    }

    private static boolean close(double a, double b) {
        if (Double.isInfinite(a) || Double.isInfinite(b)) return a == b;
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
