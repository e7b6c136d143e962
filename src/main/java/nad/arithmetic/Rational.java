package nad.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/// An exact fraction in lowest terms, its denominator positive. Small ones are held in two longs, which keeps constants
/// and exact runs of small programs fast; the others in [BigInteger]s.
public final class Rational implements Quantity, Comparable<Rational> {
    /// What most costs are.
    private static final Rational[] SMALL = new Rational[16];

    static {
        for (int n = 0; n < SMALL.length; n++) SMALL[n] = new Rational(n, 1);
    }

    public static final Rational ZERO = SMALL[0];
    public static final Rational ONE = SMALL[1];
    public static final Rational HALF = new Rational(1, 2);

    private final long num;
    private final long den; // 0: the two big ones hold the value
    private final BigInteger bigNum;
    private final BigInteger bigDen;

    private Rational(long num, long den) {
        this.num = num;
        this.den = den;
        this.bigNum = null;
        this.bigDen = null;
    }

    private Rational(BigInteger num, BigInteger den) {
        this.num = 0;
        this.den = 0;
        this.bigNum = num;
        this.bigDen = den;
    }

    public static Rational of(long n) {
        if (n >= 0 && n < SMALL.length) return SMALL[(int) n];
        return n == Long.MIN_VALUE ? of(BigInteger.valueOf(n), BigInteger.ONE) : new Rational(n, 1);
    }

    public static Rational of(long num, long den) {
        return of(BigInteger.valueOf(num), BigInteger.valueOf(den));
    }

    /// @throws ArithmeticException if the denominator is 0
    public static Rational of(BigInteger num, BigInteger den) {
        if (den.signum() == 0) throw new ArithmeticException("division by zero");
        if (!den.equals(BigInteger.ONE)) {
            BigInteger g = num.gcd(den);
            if (den.signum() < 0) g = g.negate();
            num = num.divide(g);
            den = den.divide(g);
        }
        // Whatever fits is small, so that a number has one form; the least long does not, as its negative is none.
        if (num.bitLength() < 64 && den.bitLength() < 64 && num.longValue() != Long.MIN_VALUE) {
            long d = den.longValue();
            return d == 1 ? of(num.longValue()) : new Rational(num.longValue(), d);
        }
        return new Rational(num, den);
    }

    /// A decimal such as `0.5`, `-3` or `1e-3`, exactly.
    public static Rational parse(String decimal) {
        return of(new BigDecimal(decimal));
    }

    public static Rational of(BigDecimal d) {
        if (d.scale() <= 0) return of(d.toBigIntegerExact(), BigInteger.ONE);
        return of(d.unscaledValue(), BigInteger.TEN.pow(d.scale()));
    }

    /// The value of a finite double, exactly.
    public static Rational of(double d) {
        return d == Math.rint(d) && Math.abs(d) < 1e15 ? of((long) d) : of(new BigDecimal(d));
    }

    public BigInteger numerator() {
        return den == 0 ? bigNum : BigInteger.valueOf(num);
    }

    public BigInteger denominator() {
        return den == 0 ? bigDen : BigInteger.valueOf(den);
    }

    public boolean isInteger() {
        return den == 1 || den == 0 && bigDen.equals(BigInteger.ONE);
    }

    /// The value as an int, or null if it is not an integer of that range.
    public Integer asInt() {
        return den == 1 && num == (int) num ? (int) num : null;
    }

    @Override
    public int sign() {
        return den == 0 ? bigNum.signum() : Long.signum(num);
    }

    public Rational plus(Rational y) {
        if (den == 1 && y.den == 1) {
            long s = num + y.num;
            if (((num ^ s) & (y.num ^ s)) >= 0) return of(s);
        }
        return of(numerator().multiply(y.denominator()).add(y.numerator().multiply(denominator())),
                denominator().multiply(y.denominator()));
    }

    public Rational minus(Rational y) {
        return plus(y.negate());
    }

    public Rational times(Rational y) {
        if (den == 1 && y.den == 1) {
            long hi = Math.multiplyHigh(num, y.num);
            long lo = num * y.num;
            if (hi == 0 && lo >= 0 || hi == -1 && lo < 0) return of(lo);
        }
        return of(numerator().multiply(y.numerator()), denominator().multiply(y.denominator()));
    }

    /// @throws ArithmeticException if `y` is 0
    public Rational over(Rational y) {
        return of(numerator().multiply(y.denominator()), denominator().multiply(y.numerator()));
    }

    @Override
    public Rational negate() {
        return den == 0 ? of(bigNum.negate(), bigDen) : num == 0 ? this : new Rational(-num, den);
    }

    public Rational abs() {
        return sign() < 0 ? negate() : this;
    }

    @Override
    public int compareTo(Rational y) {
        if (den == 1 && y.den == 1) return Long.compare(num, y.num);
        return numerator().multiply(y.denominator()).compareTo(y.numerator().multiply(denominator()));
    }

    /// The square root if it is rational, else null.
    public Rational sqrtExact() {
        if (sign() < 0) return null;
        BigInteger[] n = numerator().sqrtAndRemainder();
        BigInteger[] d = denominator().sqrtAndRemainder();
        return n[1].signum() == 0 && d[1].signum() == 0 ? of(n[0], d[0]) : null;
    }

    /// The nearest double.
    @Override
    public double toDouble() {
        if (den == 1 && Math.abs(num) <= 1L << 53) return num;
        if (den != 0 && den <= 1L << 53 && Math.abs(num) <= 1L << 53) return (double) num / (double) den;
        if (isInteger()) return numerator().doubleValue();
        BigInteger d = denominator();
        BigDecimal decimal = terminatingDecimal();
        if (decimal != null) return decimal.doubleValue();
        // 800 digits decide every rounding of a quotient whose exact value is no tie; a tie terminates and is done above.
        return new BigDecimal(numerator()).divide(new BigDecimal(d), new MathContext(800)).doubleValue();
    }

    private BigDecimal terminatingDecimal() {
        BigInteger d = denominator();
        d = d.shiftRight(d.getLowestSetBit());
        BigInteger five = BigInteger.valueOf(5);
        if (d.bitLength() > 4000) return null;
        while (d.mod(five).signum() == 0) d = d.divide(five);
        return d.equals(BigInteger.ONE) ? new BigDecimal(numerator()).divide(new BigDecimal(denominator())) : null;
    }

    /// A literal of the language if there is one (`0.125`, `1e-9`), else a quotient of two (`1/3`).
    public String literal() {
        BigDecimal d = terminatingDecimal();
        if (d == null) return toString();
        d = d.stripTrailingZeros();
        String plain = d.toPlainString();
        if (plain.length() <= 17) return plain;
        String scientific = d.unscaledValue() + (d.scale() == 0 ? "" : "e" + -d.scale());
        return plain.length() <= scientific.length() ? plain : scientific;
    }

    @Override
    public String toString() {
        return isInteger() ? numerator().toString() : numerator() + "/" + denominator();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Rational r && num == r.num && den == r.den
                && (den != 0 || bigNum.equals(r.bigNum) && bigDen.equals(r.bigDen));
    }

    @Override
    public int hashCode() {
        return den == 0 ? bigNum.hashCode() * 31 + bigDen.hashCode() : Long.hashCode(num) * 31 + Long.hashCode(den);
    }

    // ---- as a Quantity

    @Override
    public Rational constant(Rational r) {
        return r;
    }

    @Override
    public Quantity plus(Quantity y) {
        return y instanceof Rational r ? plus(r) : Interval.enclosing(this).plus(y);
    }

    @Override
    public Quantity minus(Quantity y) {
        return y instanceof Rational r ? minus(r) : Interval.enclosing(this).minus(y);
    }

    @Override
    public Quantity times(Quantity y) {
        return y instanceof Rational r ? times(r) : Interval.enclosing(this).times(y);
    }

    @Override
    public Quantity over(Quantity y) {
        return y instanceof Rational r ? over(r) : Interval.enclosing(this).over(y);
    }

    @Override
    public Quantity max(Quantity y) {
        return !(y instanceof Rational r) ? Interval.enclosing(this).max(y) : compareTo(r) >= 0 ? this : y;
    }

    @Override
    public Quantity min(Quantity y) {
        return !(y instanceof Rational r) ? Interval.enclosing(this).min(y) : compareTo(r) <= 0 ? this : y;
    }

    @Override
    public Quantity branch(Quantity below, Quantity at, Quantity above) {
        return sign() < 0 ? below : sign() == 0 ? at : above;
    }

    @Override
    public Quantity apply(Library f, Quantity... more) {
        Rational r = more.length == 0 && f.exact() != null ? f.exact().apply(this) : null;
        if (r == null) throw new Library.Leaves(f.name(), "rationals");
        return r;
    }
}
