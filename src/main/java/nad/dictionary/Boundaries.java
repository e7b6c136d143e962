package nad.dictionary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;

/// Where the pieces of a declared function meet: the kink at a point of a boundary, the kink nearest to a point of none, and
/// whether intervals may hold one. A boundary is no kink where the gradients on both its sides are the same.
final class Boundaries {
    private final Declared f;
    private final int arguments;

    Boundaries(Declared f) {
        this.f = f;
        this.arguments = f.parameters().size();
    }

    private Condition condition(int k) {
        return f.pieces().get(k).condition();
    }

    // ---- at a point

    /// At a point where a condition's two sides are equal, or in intervals may be.
    Kink kink(Quantity[] x, Selections selections) {
        int[] sign = f.signs(x);
        boolean intervals = x[0] instanceof Interval;
        boolean boundary = false;
        for (int k = 0; k < sign.length; k++) boundary |= condition(k) != null && (sign[k] == 0 || sign[k] == 2 && intervals);
        if (!boundary) return null;
        return intervals ? smoothAcross(x, sign) ? null : kink(x, f.claimed(sign), f.pieces(), selections) : kink(x, sign, selections);
    }

    /// With the pieces entered along ± each parameter.
    private Kink kink(Quantity[] x, int[] sign, Selections selections) {
        List<Piece> near = new ArrayList<>();
        for (int i = 0; i < arguments; i++) for (int d = -1; d <= 1; d += 2) {
            Piece q = f.claimed(along(x, sign, i, d));
            if (q != null && !near.contains(q)) near.add(q);
        }
        return kink(x, f.claimed(sign), near, selections);
    }

    /// A kink is where the gradients of pieces differ; the Clarke set's hull is taken by argument.
    private Kink kink(Quantity[] x, Piece own, List<Piece> near, Selections selections) {
        if (own == null) return null;
        Quantity[] chosen = f.gradient(own, x);
        Quantity[] first = f.gradient(near.getFirst(), x);
        Quantity[][] hull = new Quantity[arguments][];
        boolean differ = false;
        for (Piece q : near) {
            Quantity[] g = f.gradient(q, x);
            for (int i = 0; i < arguments; i++) {
                differ |= g[i].minus(first[i]).sign() != 0;
                hull[i] = hull[i] == null ? new Quantity[] {g[i], g[i]} : new Quantity[] {hull[i][0].min(g[i]), hull[i][1].max(g[i])};
            }
        }
        if (!differ) return null;
        Rational s = selections.at(f.name());
        if (s != null && arguments == 1) chosen[0] = x[0].constant(s);
        if (s != null && arguments > 1 && near.size() == 2) chosen = between(chosen, f.gradient(near.get(near.get(0) == own ? 1 : 0), x), s);
        return new Kink("interval", List.of(chosen), List.of(hull), List.of());
    }

    /// Of several variables a selection is the weight of the other piece where two meet: 0 leaves the point to the piece that
    /// claims it.
    private static Quantity[] between(Quantity[] own, Quantity[] other, Rational weight) {
        Quantity[] out = new Quantity[own.length];
        for (int i = 0; i < out.length; i++) out[i] = own[i].plus(own[i].constant(weight).times(other[i].minus(own[i])));
        return out;
    }

    private int[] along(Quantity[] x, int[] sign, int i, int direction) {
        int[] moved = sign.clone();
        for (int k = 0; k < sign.length; k++) {
            Condition c = condition(k);
            if (c == null || sign[k] != 0) continue;
            Quantity slope = Declared.eval(Declared.derivative(c.left(), i), x).minus(Declared.eval(Declared.derivative(c.right(), i), x));
            moved[k] = slope.sign() == 2 ? 0 : direction * slope.sign();
        }
        return moved;
    }

    // ---- near a point

    /// The nearest kink by the parameter that moves a condition's two sides together fastest: exact where they are affine, to first order
    /// where they are curved.
    Kink.Near near(Quantity[] x, double within, Selections selections) {
        List<Quantity> taken = List.of(f.gradient(f.claimed(f.signs(x)), x));
        Kink.Near best = null;
        for (int k = 0; k < f.pieces().size(); k++) {
            Quantity[] there = condition(k) == null ? null : meeting(condition(k), x);
            Kink met = there == null ? null : kinkOn(k, there, selections);
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
    private Kink kinkOn(int k, Quantity[] x, Selections selections) {
        try {
            int[] sign = f.signs(x);
            sign[k] = 0;
            return kink(x, sign, selections);
        } catch (ArithmeticException leaves) {
            return kinkOn(k, Arrays.stream(x).map(q -> new Real(q.toDouble())).toArray(Quantity[]::new), selections);
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
                if (condition(k) != null && (sign[k] == 0 || sign[k] == 2) && meetsKink(condition(k), x, at.clone(), moving)) return false;
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
        return kink(at, Selections.DEFAULT) != null;
    }

    private static boolean mentions(Term t, int k) {
        return t instanceof Term.Arg a ? a.k() == k : t instanceof Term.Apply f && f.args().stream().anyMatch(s -> mentions(s, k));
    }
}
