package nad.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Declared.Condition;

/// Where the two sides of a declared function's conditions meet: the kink nearest to a point, and whether intervals may hold one.
final class Meetings {
    private final Boundary boundary;
    private final int arguments;

    Meetings(Boundary boundary) {
        this.boundary = boundary;
        this.arguments = boundary.function().parameters().size();
    }

    /// At a point of a boundary, or in intervals that may hold a kink.
    Kink kink(Quantity[] x, Choice choice) {
        return x[0] instanceof Interval && smoothAcross(x, boundary.signs(x)) ? null : boundary.kink(x, choice);
    }

    /// The nearest kink by the parameter that moves a condition's two sides together fastest: exact where they are affine, to first order
    /// where they are curved.
    Kink.Near near(Quantity[] x, Choice choice) {
        List<Quantity> taken = List.of(boundary.gradient(boundary.claimed(boundary.signs(x)), x));
        Kink.Near best = null;
        for (int k = 0; k < boundary.function().pieces().size(); k++) {
            Quantity[] there = boundary.condition(k) == null ? null : meeting(boundary.condition(k), x);
            Kink met = there == null ? null : kinkOn(k, there, choice);
            if (met == null) continue;
            Quantity way = x[0].zero();
            for (int i = 0; i < arguments; i++) way = way.plus(x[i].minus(in(x[0], there[i])).max(in(x[0], there[i]).minus(x[i])));
            if (best == null || Rows.compare(way, best.distance()) < 0) best = new Kink.Near(in(x[0], met).taking(taken), way);
        }
        return best;
    }

    /// Arguments at which the two sides are equal, as fractions where all numbers are; null where nothing moves the sides.
    private Quantity[] meeting(Condition c, Quantity[] x) {
        for (Quantity q : x) if (q instanceof Real r && !Double.isFinite(r.value())) return null;
        try {
            return moved(c, Arrays.stream(x).map(q -> q instanceof Rational r ? r : Rational.of(q.toDouble())).toArray(Quantity[]::new));
        } catch (ArithmeticException leaves) {
            return moved(c, x);
        }
    }

    private Quantity[] moved(Condition c, Quantity[] x) {
        int fastest = -1;
        Quantity most = x[0].zero();
        Quantity slope = null;
        for (int i = 0; i < arguments; i++) {
            Quantity s = Declared.eval(Declared.derivative(c.difference(), i), x);
            Quantity size = s.max(s.negate());
            if (Rows.compare(size, most) <= 0) continue;
            fastest = i;
            most = size;
            slope = s;
        }
        if (slope == null) return null;
        Quantity[] out = x.clone();
        out[fastest] = x[fastest].minus(Declared.eval(c.difference(), x).over(slope));
        return out;
    }

    /// The kink at arguments that are on the boundary of piece k's condition.
    private Kink kinkOn(int k, Quantity[] x, Choice choice) {
        try {
            int[] sign = boundary.signs(x);
            sign[k] = 0;
            return boundary.kink(x, sign, choice);
        } catch (ArithmeticException leaves) {
            return kinkOn(k, Arrays.stream(x).map(q -> new Real(q.toDouble())).toArray(Quantity[]::new), choice);
        }
    }

    private static Quantity in(Quantity arithmetic, Quantity q) {
        return q instanceof Rational r ? arithmetic.constant(r) : q;
    }

    private static Kink in(Quantity arithmetic, Kink k) {
        List<Quantity[]> clarke = new ArrayList<>();
        for (Quantity[] c : k.clarke()) clarke.add(new Quantity[] {in(arithmetic, c[0]), in(arithmetic, c[1])});
        return new Kink(k.set(), k.selected(), clarke, k.ties());
    }

    // ---- in intervals

    /// Whether no boundary that the intervals may meet is a kink, exactly: where one argument moves and the two sides of each
    /// undecided condition are affine in it, they meet in single points, and those are looked at.
    private boolean smoothAcross(Quantity[] x, int[] sign) {
        int moving = -1;
        Rational[] at = new Rational[arguments];
        for (int i = 0; i < arguments; i++) {
            Interval v = (Interval) x[i];
            boolean point = v.lo() == v.hi();
            if (v.isNone() || Double.isInfinite(v.lo()) || Double.isInfinite(v.hi()) || !point && moving >= 0) return false;
            if (!point) moving = i;
            at[i] = Rational.of(v.lo());
        }
        try {
            for (int k = 0; k < sign.length; k++)
                if (boundary.condition(k) != null && (sign[k] == 0 || sign[k] == 2) && meetsKink(boundary.condition(k), x, at.clone(), moving)) return false;
            return true;
        } catch (ArithmeticException leaves) {
            return false;
        }
    }

    private boolean meetsKink(Condition c, Quantity[] x, Rational[] at, int moving) {
        if (moving >= 0) {
            Term slopeOf = Declared.derivative(c.difference(), moving);
            if (mentions(slopeOf, moving)) return true;
            at[moving] = Rational.ZERO;
            Rational slope = (Rational) Declared.eval(slopeOf, at);
            Rational offset = (Rational) Declared.eval(c.difference(), at);
            if (slope.sign() == 0) return offset.sign() == 0;
            at[moving] = offset.negate().over(slope);
            Interval v = (Interval) x[moving];
            if (at[moving].compareTo(Rational.of(v.lo())) < 0 || at[moving].compareTo(Rational.of(v.hi())) > 0) return false;
        }
        return boundary.kink(at, null) != null;
    }

    private static boolean mentions(Term t, int k) {
        return t instanceof Term.Arg a ? a.k() == k : t instanceof Term.Apply f && f.args().stream().anyMatch(s -> mentions(s, k));
    }
}
