package nad.plot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Rational;

/// The kinks of a function of one variable: between points on different pieces bisection finds the boundary to neighbouring
/// float64 numbers; the simplest rational there is the kink where rational arithmetic meets one at it. A kink that is touched and not
/// crossed is where an entry's distance to its kink is least, and 0.
///
/// A boundary is a kink of the function where the derivatives on its sides differ. Where backprop met a kink though they agree,
/// the kink is the program's and not the function's, and is kept too: what is selected there is an artefact.
public final class Kinks {
    /// More than this are not looked for: a function such as |sin(1/x)| has no end of them.
    private static final int MOST = 100;
    /// How far beside a kink, as a share of the range, the derivatives of its sides are asked for.
    private static final double BESIDE = 1e-8;
    /// How closely a minimum of the distance to a kink can be found, as a share of the range: it is flat there, so that half of the digits are lost.
    private static final double TOUCH = 1e-7;
    /// The least distance counts as none where it is this share of those around it: a parabola's at a grid's step falls to 10⁻¹².
    private static final double NONE = 1e-9;
    /// The same for rational arithmetic, where what a derivative changes by on the way is lost in rounding to float64.
    private static final Rational JUST_BESIDE = Rational.ONE.over(Rational.of(BigInteger.ONE.shiftLeft(200), BigInteger.ONE));

    /// @param at       the point as text, exact where it is rational
    /// @param left     the limits of the derivative from the left and from the right: their hull is the Clarke interval
    /// @param selected what backprop returns, at the kink or at the float64 number nearest to it
    /// @param met      whether an evaluation there is at a kink
    public record Kink(double x, String at, double value, double left, double right, double selected, boolean met) {
        public double lo() {
            return Math.min(left, right);
        }

        public double hi() {
            return Math.max(left, right);
        }

        /// Whether the function is differentiable there all the same: the kink is the program's alone.
        public boolean single() {
            return hi() - lo() < 1e-6 * (1 + Math.abs(lo()) + Math.abs(hi()));
        }

        /// Whether what is selected is in the Clarke interval.
        public boolean inside() {
            double room = 1e-6 * (1 + Math.abs(lo()) + Math.abs(hi()));
            return selected >= lo() - room && selected <= hi() + room;
        }

        /// A sentence about it.
        public String text(String variable) {
            String set = single() ? "set {" + figure(lo()) + "}" : "interval [" + figure(lo()) + ", " + figure(hi()) + "]";
            return variable + " = " + at + ": Clarke " + set + ", selected " + figure(selected) + (inside() ? "" : ", outside");
        }

        /// Five digits: the sides are limits, known to about 10⁻⁷.
        private static String figure(double v) {
            return Axis.number(new java.math.BigDecimal(Math.abs(v) < 1e-7 ? 0 : v).round(new java.math.MathContext(5)).doubleValue());
        }
    }

    private final Probe probe;
    private final double beside;
    private final List<Probe.Sample[]> boundaries = new ArrayList<>();

    private Kinks(Probe probe, double range) {
        this.probe = probe;
        this.beside = BESIDE * range;
    }

    static List<Kink> between(Probe probe, List<Probe.Sample> samples) {
        Kinks k = new Kinks(probe, samples.getLast().x()[0] - samples.getFirst().x()[0]);
        for (int i = 1; i < samples.size(); i++) k.split(samples.get(i - 1), samples.get(i));
        List<Kink> out = new ArrayList<>();
        for (Probe.Sample[] b : k.boundaries) {
            Kink found = k.refined(b[0], b[1], k.beside);
            if (found != null) out.add(found);
        }
        for (int i = 1; i < samples.size() - 1 && out.size() < MOST; i++) k.touch(samples.get(i - 1), samples.get(i), samples.get(i + 1), out);
        out.sort(java.util.Comparator.comparingDouble(Kink::x));
        return out;
    }

    /// Where an entry stays on its piece and comes nearest to its kink in the middle of three points: the kink, if it reaches it.
    private void touch(Probe.Sample a, Probe.Sample m, Probe.Sample b, List<Kink> out) {
        for (int e = 0; e < m.near().length; e++) {
            if (!(m.near()[e] > 0 && m.near()[e] <= a.near()[e] && m.near()[e] < b.near()[e] && Double.isFinite(b.near()[e]))) continue;
            if (a.pieces()[e] != m.pieces()[e] || m.pieces()[e] != b.pieces()[e]) continue;
            double x = nearest(a.x()[0], b.x()[0], e);
            double room = TOUCH * beside / BESIDE;
            if (probe.at(x).near()[e] > NONE * b.near()[e] || out.stream().anyMatch(k -> Math.abs(k.x() - x) <= 2 * room)) continue;
            Kink found = refined(probe.at(x), probe.at(x), room);
            if (found != null && found.met()) out.add(found);
        }
    }

    /// The point of an interval where an entry is nearest to its kink, by thirds.
    private double nearest(double lo, double hi, int entry) {
        for (int k = 0; k < 80; k++) {
            double third = (hi - lo) / 3;
            if (probe.at(lo + third).near()[entry] <= probe.at(hi - third).near()[entry]) hi -= third;
            else lo += third;
        }
        return lo + (hi - lo) / 2;
    }

    private void split(Probe.Sample a, Probe.Sample b) {
        if (a.samePiece(b) || boundaries.size() >= MOST) return;
        double middle = a.x()[0] + (b.x()[0] - a.x()[0]) / 2;
        if (middle > a.x()[0] && middle < b.x()[0]) {
            Probe.Sample m = probe.at(middle);
            split(a, m);
            split(m, b);
        } else if (!boundaries.isEmpty() && a.x()[0] - boundaries.getLast()[1].x()[0] <= beside) {
            boundaries.getLast()[1] = b;
        } else {
            boundaries.add(new Probe.Sample[] {a, b});
        }
    }

    /// The kink between two neighbours, or null where the function has none or no finite derivative beside it.
    ///
    /// @param reach how far from them it may be, where rounding hides it
    private Kink refined(Probe.Sample a, Probe.Sample b, double reach) {
        Probe.Sample left = probe.at(a.x()[0] - beside);
        Probe.Sample right = probe.at(b.x()[0] + beside);
        if (!left.finite() || !right.finite()) return null;
        double least = Math.max(b.x()[0] - a.x()[0], Math.ulp(b.x()[0]));
        Rational simple = simplest(Rational.of(a.x()[0] - least), Rational.of(b.x()[0] + least));
        Rational exact = exact(a.x()[0], b.x()[0], least, reach);
        Probe.Sample at = null;
        if (exact != null) {
            simple = exact;
            at = probe.exact(exact);
            Probe.Sample before = probe.exact(simple.minus(JUST_BESIDE));
            Probe.Sample behind = probe.exact(simple.plus(JUST_BESIDE));
            if (before != null) left = before;
            if (behind != null) right = behind;
        }
        String text = simple.isInteger() || simple.denominator().bitLength() < 20 ? simple.toString().replace('-', '−') : Axis.number(simple.toDouble());
        for (double x : new double[] {simple.toDouble(), a.x()[0], b.x()[0]}) {
            if (at != null) break;
            Probe.Sample s = probe.at(x);
            if (s.kink()) {
                at = s;
                text = Axis.number(x);
            }
        }
        boolean met = at != null;
        if (!met) {
            at = probe.at(simple.toDouble());
            text = Axis.number(simple.toDouble());
        }
        double l = limit(left);
        double r = limit(right);
        if (!at.finite() || !met && Math.abs(l - r) <= 1e-6 * (1 + Math.abs(l) + Math.abs(r))) return null;
        return new Kink(at.x()[0], text, at.value(), l, r, at.gradient()[0], met);
    }

    /// The simplest rational at a kink in the least interval around two points that has one, of intervals each ten times wider than the one before;
    /// null where there is none or rational arithmetic is left.
    private Rational exact(double lo, double hi, double least, double reach) {
        Rational tried = null;
        for (double room = least; room <= Math.max(least, reach); room *= 10) {
            Rational r = simplest(Rational.of(lo - room), Rational.of(hi + room));
            if (r.equals(tried)) continue;
            Probe.Sample s = probe.exact(r);
            if (s == null) return null;
            if (s.kink()) return r;
            tried = r;
        }
        return null;
    }

    /// What is left just beside a limit of 0 is none.
    private static double limit(Probe.Sample beside) {
        double slope = beside.gradient()[0];
        return Math.abs(slope) < 1e-40 ? 0 : slope;
    }

    /// The rational of least denominator in an interval, by continued fractions.
    static Rational simplest(Rational lo, Rational hi) {
        if (lo.sign() <= 0 && hi.sign() >= 0) return Rational.ZERO;
        if (hi.sign() < 0) return simplest(hi.negate(), lo.negate()).negate();
        BigInteger whole = lo.numerator().divide(lo.denominator());
        Rational floor = Rational.of(whole, BigInteger.ONE);
        if (floor.compareTo(lo) == 0) return floor;
        Rational next = floor.plus(Rational.ONE);
        if (next.compareTo(hi) <= 0) return next;
        return floor.plus(Rational.ONE.over(simplest(Rational.ONE.over(hi.minus(floor)), Rational.ONE.over(lo.minus(floor)))));
    }
}
