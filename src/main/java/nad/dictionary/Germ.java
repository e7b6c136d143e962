package nad.dictionary;

import java.util.Arrays;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;

/// How a function behaves along a curve just beside a point, for all small t > 0: its Laurent series Σ c_k t^(order + k), cut off behind so
/// many terms. Coefficients are exact fractions, or enclosures where a function leaves these; so the sign of the first that is not 0 is the
/// function's sign beside the point, and no order of derivatives is the highest that is looked at as long as the numbers are fractions.
///
/// @param c     the first coefficient is not known to be 0
/// @param whole whether nothing is cut off: without coefficients the function is 0 then
/// @param flat  of a function that is smaller than each power of t and not 0, as exp(−1/t): its sign, 2 where that is not known; else 0
record Germ(int order, Quantity[] c, boolean whole, int flat) {
    /// Terms that are kept.
    private static final int MOST = 20;
    /// Longer fractions become enclosures.
    private static final int BITS = 4000;
    static final Germ ZERO = new Germ(0, new Quantity[0], true, 0);

    /// What a germ does not tell: the first term of a difference that is known by an enclosure around 0, a function without a series there.
    static final class Unknown extends ArithmeticException {
        static final Unknown IT = new Unknown();

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    static Germ constant(Quantity q) {
        return of(0, new Quantity[] {q}, true);
    }

    /// x + d·t + e·t².
    static Germ curve(Quantity x, Quantity d, Quantity e) {
        return of(0, new Quantity[] {x, d, e}, true);
    }

    static Germ of(int order, Quantity[] c, boolean whole) {
        int from = 0;
        while (from < c.length && isZero(c[from])) from++;
        int to = c.length;
        if (whole) while (to > from && isZero(c[to - 1])) to--;
        if (to - from > MOST) {
            to = from + MOST;
            whole = false;
        }
        Quantity[] kept = Arrays.copyOfRange(c, from, to);
        for (int k = 0; k < kept.length; k++)
            if (kept[k] instanceof Rational r && r.numerator().bitLength() + r.denominator().bitLength() > BITS) kept[k] = Interval.enclosing(r);
        return kept.length == 0 && whole ? ZERO : new Germ(order + from, kept, whole, 0);
    }

    private static Germ flat(int sign) {
        return new Germ(0, new Quantity[0], false, sign);
    }

    static boolean isZero(Quantity q) {
        return q.sign() == 0;
    }

    boolean isZero() {
        return c.length == 0 && whole;
    }

    /// The sign for small t > 0; 2 where it is not known.
    int sign() {
        return flat != 0 ? flat : isZero() ? 0 : c.length == 0 ? 2 : c[0].sign();
    }

    /// The limit for t → 0, a fraction or an enclosure; null where it is infinite or not known.
    Quantity limit() {
        if (flat != 0 || isZero() || order > 0) return Rational.ZERO;
        return order < 0 || c.length == 0 ? null : c[0] instanceof Interval i && (i.isNone() || Double.isInfinite(i.lo()) || Double.isInfinite(i.hi())) ? null : c[0];
    }

    /// The exponent from which on nothing is known.
    private int end() {
        return whole ? Integer.MAX_VALUE : order + c.length;
    }

    private Quantity at(int exponent) {
        int k = exponent - order;
        return k < 0 || k >= c.length ? Rational.ZERO : c[k];
    }

    /// A flat function as a remainder.
    private Germ cut() {
        return flat == 0 ? this : new Germ(MOST, new Quantity[0], false, 0);
    }

    // ---- arithmetic

    private static Quantity plus(Quantity a, Quantity b) {
        return isZero(a) ? b : isZero(b) ? a : a instanceof Rational p && b instanceof Rational q ? p.plus(q) : Interval.of(a).plus(Interval.of(b));
    }

    private static Quantity times(Quantity a, Quantity b) {
        if (isZero(a) || isZero(b)) return Rational.ZERO;
        return a instanceof Rational p && b instanceof Rational q ? p.times(q) : Interval.of(a).times(Interval.of(b));
    }

    private static Quantity over(Quantity a, Quantity b) {
        if (isZero(a)) return Rational.ZERO;
        return a instanceof Rational p && b instanceof Rational q ? p.over(q) : Interval.of(a).over(Interval.of(b));
    }

    Germ plus(Germ y) {
        if (isZero()) return y;
        if (y.isZero()) return this;
        if (flat != 0 && y.flat != 0) return flat == y.flat ? this : flat(2);
        Germ a = cut();
        Germ b = y.cut();
        int from = Math.min(a.order, b.order);
        int to = Math.min(a.end(), b.end());
        boolean whole = to == Integer.MAX_VALUE;
        if (whole) to = Math.max(a.order + a.c.length, b.order + b.c.length);
        if (to - from > 4 * MOST) {
            to = from + 4 * MOST;
            whole = false;
        }
        Quantity[] out = new Quantity[Math.max(0, to - from)];
        for (int k = 0; k < out.length; k++) out[k] = plus(a.at(from + k), b.at(from + k));
        return of(to < from ? to : from, out, whole);
    }

    Germ negate() {
        if (flat != 0) return flat(flat == 2 ? 2 : -flat);
        return new Germ(order, Arrays.stream(c).map(Quantity::negate).toArray(Quantity[]::new), whole, 0);
    }

    Germ minus(Germ y) {
        return plus(y.negate());
    }

    Germ times(Germ y) {
        if (isZero() || y.isZero()) return ZERO;
        if (flat != 0 || y.flat != 0) return flat(sign() == 2 || y.sign() == 2 ? 2 : sign() * y.sign());
        boolean all = whole && y.whole;
        int length = all ? c.length + y.c.length - 1 : Math.min(whole ? Integer.MAX_VALUE : c.length, y.whole ? Integer.MAX_VALUE : y.c.length);
        Quantity[] out = new Quantity[Math.min(length, all ? length : MOST)];
        for (int k = 0; k < out.length; k++) {
            out[k] = Rational.ZERO;
            for (int j = Math.max(0, k - y.c.length + 1); j <= Math.min(k, c.length - 1); j++) out[k] = plus(out[k], times(c[j], y.c[k - j]));
        }
        return of(order + y.order, out, all);
    }

    Germ over(Germ y) {
        if (y.flat != 0 || y.c.length == 0 || y.c[0].sign() == 2) throw Unknown.IT;
        if (isZero()) return ZERO;
        if (flat != 0) return flat(flat == 2 ? 2 : flat * y.sign());
        boolean all = whole && y.whole && y.c.length == 1;
        int length = all ? c.length : Math.min(whole ? MOST : c.length, y.whole ? MOST : y.c.length);
        Quantity[] out = new Quantity[length];
        for (int k = 0; k < length; k++) {
            Quantity rest = k < c.length ? c[k] : Rational.ZERO;
            for (int j = 1; j <= k && j < y.c.length; j++) rest = plus(rest, times(y.c[j], out[k - j]).negate());
            out[k] = over(rest, y.c[0]);
        }
        return of(order - y.order, out, all);
    }

    /// By t.
    private Germ slope() {
        Germ g = cut();
        Quantity[] out = new Quantity[g.c.length];
        for (int k = 0; k < out.length; k++) out[k] = times(Rational.of(g.order + k), g.c[k]);
        return of(g.order - 1, out, g.whole);
    }

    /// The integral that has this value at t = 0, of a series without negative exponents.
    private Germ integral(Quantity at) {
        if (order < 0) throw Unknown.IT;
        Quantity[] out = new Quantity[c.length];
        for (int k = 0; k < out.length; k++) out[k] = over(c[k], Rational.of(order + k + 1));
        return of(order + 1, out, whole).plus(constant(at));
    }

    // ---- functions

    /// The value that a series begins with; the rest is of order 1 at least.
    Quantity start() {
        Quantity q = order < 0 && flat == 0 && !isZero() ? null : cut().at(0);
        if (q == null || flat == 0 && !whole && end() <= 0) throw Unknown.IT;
        return q;
    }

    /// Without the constant term.
    Germ rest() {
        Germ g = cut();
        if (g.order < 0) throw Unknown.IT;
        Quantity[] out = g.c.clone();
        if (g.order == 0 && out.length > 0) out[0] = Rational.ZERO;
        return of(g.order, out, g.whole);
    }

    /// @param e e to the power of the constant term
    Germ exp(java.util.function.UnaryOperator<Quantity> e) {
        if (flat == 0 && !isZero() && order < 0) {
            if (sign() < 0) return flat(1);
            throw Unknown.IT;
        }
        Germ u = rest();
        if (u.isZero()) return constant(e.apply(start()));
        // E' = u'·E, coefficient by coefficient.
        int length = Math.min(MOST, u.end());
        Quantity[] out = new Quantity[length];
        out[0] = Rational.ONE;
        for (int k = 1; k < length; k++) {
            Quantity sum = Rational.ZERO;
            for (int j = 1; j <= k; j++) sum = plus(sum, times(times(Rational.of(j), u.at(j)), out[k - j]));
            out[k] = over(sum, Rational.of(k));
        }
        return of(0, out, false).times(constant(e.apply(start())));
    }

    /// sin and cos, from those of the constant term.
    Germ[] wave(Quantity sin, Quantity cos) {
        Germ u = rest();
        if (u.isZero()) return new Germ[] {constant(sin), constant(cos)};
        int length = Math.min(MOST, u.end());
        Quantity[] s = new Quantity[length];
        Quantity[] c = new Quantity[length];
        s[0] = Rational.ZERO;
        c[0] = Rational.ONE;
        for (int k = 1; k < length; k++) {
            Quantity a = Rational.ZERO;
            Quantity b = Rational.ZERO;
            for (int j = 1; j <= k; j++) {
                Quantity w = times(Rational.of(j), u.at(j));
                a = plus(a, times(w, c[k - j]));
                b = plus(b, times(w, s[k - j]));
            }
            s[k] = over(a, Rational.of(k));
            c[k] = over(b, Rational.of(k)).negate();
        }
        Germ sine = of(0, s, false);
        Germ cosine = of(0, c, false);
        return new Germ[] {sine.times(constant(cos)).plus(cosine.times(constant(sin))), cosine.times(constant(cos)).minus(sine.times(constant(sin)))};
    }

    /// A function by its value at the constant term and by its derivative, whose germ at this one is given.
    Germ integrated(Quantity value, Germ derivative) {
        if (rest().isZero()) return constant(value);
        return derivative.times(slope()).integral(value);
    }

    /// @param root of the first coefficient
    Germ sqrt(java.util.function.UnaryOperator<Quantity> root) {
        if (isZero()) return ZERO;
        if (flat == 1) return this;
        if (sign() != 1 || order % 2 != 0) throw Unknown.IT;
        int length = whole && c.length == 1 ? 1 : whole ? MOST : c.length;
        Quantity[] out = new Quantity[length];
        out[0] = root.apply(c[0]);
        for (int k = 1; k < length; k++) {
            Quantity rest = k < c.length ? c[k] : Rational.ZERO;
            for (int j = 1; j < k; j++) rest = plus(rest, times(out[j], out[k - j]).negate());
            out[k] = over(rest, times(Rational.of(2), out[0]));
        }
        return of(order / 2, out, whole && c.length == 1);
    }
}
