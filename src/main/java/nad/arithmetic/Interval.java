package nad.arithmetic;

import java.util.function.DoubleUnaryOperator;

/// A closed interval of reals with double ends, every operation rounded outward: the exact result of the operation on
/// any points of the operands lies inside. NaN at both ends stands for "no value".
public record Interval(double lo, double hi) implements Quantity {
    public static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    public static Interval point(double x) {
        return new Interval(x, x);
    }

    public static Interval enclosing(Rational r) {
        double d = r.toDouble();
        if (Double.isInfinite(d)) return d > 0 ? new Interval(Double.MAX_VALUE, d) : new Interval(d, -Double.MAX_VALUE);
        int c = Rational.of(d).compareTo(r);
        return c == 0 ? point(d) : c < 0 ? new Interval(d, Math.nextUp(d)) : new Interval(Math.nextDown(d), d);
    }

    /// A fraction beside an interval is one itself.
    public static Interval of(Quantity q) {
        return q instanceof Rational r ? enclosing(r) : (Interval) q;
    }

    /// Where one of several quantities is an interval, all of them as such.
    public static Quantity[] alike(Quantity[] x) {
        for (Quantity q : x) if (q instanceof Interval) return java.util.Arrays.stream(x).map(Interval::of).toArray(Quantity[]::new);
        return x;
    }

    private boolean isZero() {
        return lo == 0 && hi == 0;
    }

    public boolean isNone() {
        return Double.isNaN(lo) || Double.isNaN(hi);
    }

    public boolean contains(double x) {
        return lo <= x && x <= hi;
    }

    public Interval hull(Interval y) {
        return isNone() || y.isNone() ? NONE : new Interval(Math.min(lo, y.lo), Math.max(hi, y.hi));
    }

    private static Interval outward(double lo, double hi) {
        return Double.isNaN(lo) || Double.isNaN(hi) ? NONE : new Interval(Math.nextDown(lo), Math.nextUp(hi));
    }

    /// The image under an increasing function whose float64 values are within 2 units in the last place.
    public Interval increasing(DoubleUnaryOperator f) {
        if (isNone()) return NONE;
        return widen(f.applyAsDouble(lo), f.applyAsDouble(hi));
    }

    public Interval decreasing(DoubleUnaryOperator f) {
        return isNone() ? NONE : widen(f.applyAsDouble(hi), f.applyAsDouble(lo));
    }

    /// The image under a 2π-periodic wave with maxima at `peak + 2πk` and values in [−1, 1] (sin, cos).
    public Interval wave(DoubleUnaryOperator f, double peak) {
        if (isNone()) return NONE;
        if (!(hi - lo < 2 * Math.PI) || Math.abs(lo) > 1e12 || Math.abs(hi) > 1e12) return new Interval(-1, 1);
        Interval ends = widen(Math.min(f.applyAsDouble(lo), f.applyAsDouble(hi)), Math.max(f.applyAsDouble(lo), f.applyAsDouble(hi)));
        double low = meets(peak + Math.PI) ? -1 : Math.max(-1, ends.lo);
        double high = meets(peak) ? 1 : Math.min(1, ends.hi);
        return new Interval(low, high);
    }

    /// Whether some `at + 2πk` lies within, or nearer to it than rounding can tell.
    private boolean meets(double at) {
        double slack = 1e-9 * Math.max(1, Math.max(Math.abs(lo), Math.abs(hi)));
        double k = Math.ceil((lo - slack - at) / (2 * Math.PI));
        return at + 2 * Math.PI * k <= hi + slack;
    }

    private static Interval widen(double lo, double hi) {
        Interval once = outward(lo, hi);
        return once.isNone() ? NONE : outward(Math.nextDown(once.lo), Math.nextUp(once.hi));
    }

    @Override
    public Interval constant(Rational r) {
        return enclosing(r);
    }

    @Override
    public Interval plus(Quantity q) {
        Interval y = of(q);
        return outward(lo + y.lo, hi + y.hi);
    }

    @Override
    public Interval minus(Quantity q) {
        Interval y = of(q);
        return outward(lo - y.hi, hi - y.lo);
    }

    @Override
    public Interval times(Quantity q) {
        Interval y = of(q);
        if (isNone() || y.isNone()) return NONE;
        // An exact zero stays exact: masks and unit bars would otherwise smear a structural zero.
        if (isZero() || y.isZero()) return point(0);
        double a = product(lo, y.lo);
        double b = product(lo, y.hi);
        double c = product(hi, y.lo);
        double d = product(hi, y.hi);
        double low = Math.min(Math.min(a, b), Math.min(c, d));
        double high = Math.max(Math.max(a, b), Math.max(c, d));
        return outward(low, high);
    }

    @Override
    public Interval square() {
        Interval all = times(this);
        return all.isNone() || lo > 0 || hi < 0 || isZero() ? all : new Interval(0, all.hi);
    }

    /// 0 · ∞ is 0 here: the ends stand for finite reals of any size.
    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    @Override
    public Interval over(Quantity q) {
        Interval y = of(q);
        if (isNone() || y.isNone() || y.isZero()) return NONE;
        if (y.lo <= 0 && y.hi >= 0) {
            if (isZero()) return point(0);
            if (y.lo == 0 && lo >= 0) return new Interval(Math.max(0, Math.nextDown(lo / y.hi)), Double.POSITIVE_INFINITY);
            if (y.lo == 0 && hi <= 0) return new Interval(Double.NEGATIVE_INFINITY, Math.min(0, Math.nextUp(hi / y.hi)));
            return ALL;
        }
        double a = lo / y.lo;
        double b = lo / y.hi;
        double c = hi / y.lo;
        double d = hi / y.hi;
        return outward(Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    @Override
    public Interval negate() {
        return new Interval(-hi, -lo);
    }

    @Override
    public Interval max(Quantity q) {
        Interval y = of(q);
        return new Interval(Math.max(lo, y.lo), Math.max(hi, y.hi));
    }

    @Override
    public Interval min(Quantity q) {
        Interval y = of(q);
        return new Interval(Math.min(lo, y.lo), Math.min(hi, y.hi));
    }

    @Override
    public Quantity branch(Quantity below, Quantity at, Quantity above) {
        if (isNone()) return NONE;
        Interval out = null;
        if (lo < 0) out = of(below);
        if (contains(0)) out = out == null ? of(at) : out.hull(of(at));
        if (hi > 0) out = out == null ? of(above) : out.hull(of(above));
        return out;
    }

    @Override
    public Quantity apply(Library f, Quantity... more) {
        if (more.length > 0 || f.enclosure() == null) throw new Library.Leaves(f.name(), "intervals");
        return f.enclosure().apply(this);
    }

    @Override
    public int sign() {
        return lo > 0 ? 1 : hi < 0 ? -1 : lo == 0 && hi == 0 ? 0 : 2;
    }

    @Override
    public double toDouble() {
        return lo + (hi - lo) / 2;
    }

    @Override
    public String toString() {
        return "[" + lo + ", " + hi + "]";
    }
}
