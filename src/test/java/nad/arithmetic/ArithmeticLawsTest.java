package nad.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import nad.dictionary.Primitives;
import org.junit.jupiter.api.Test;

/// The numbers themselves: rationals against BigInteger fractions, float32 against Java's, intervals against exact results.
class ArithmeticLawsTest {
    private static Rational random(Random r) {
        return switch (r.nextInt(4)) {
            case 0 -> Rational.of(r.nextInt(9) - 4);
            case 1 -> Rational.of(r.nextInt(2000) - 1000, 1 + r.nextInt(50));
            case 2 -> Rational.of(r.nextLong(), 1 + Math.abs(r.nextInt()));
            default -> Rational.of(new BigInteger(200, r).subtract(new BigInteger(200, r)), BigInteger.ONE.add(new BigInteger(150, r)));
        };
    }

    @Test
    void rationalsAreAField() {
        Random r = new Random(1);
        for (int n = 0; n < 3000; n++) {
            Rational a = random(r);
            Rational b = random(r);
            Rational c = random(r);
            assertThat(a.plus(b)).isEqualTo(b.plus(a)).hasSameHashCodeAs(b.plus(a));
            assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.times(b.plus(c))).isEqualTo(a.times(b).plus(a.times(c)));
            assertThat(a.minus(b).plus(b)).isEqualTo(a);
            if (b.sign() != 0) assertThat(a.over(b).times(b)).isEqualTo(a);
            assertThat(a.negate().negate()).isEqualTo(a);
            assertThat(a.numerator().gcd(a.denominator())).isEqualTo(BigInteger.ONE);
            assertThat(a.denominator().signum()).isPositive();
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(a.minus(b).sign());
            assertThat(a.plus(b).numerator().multiply(a.denominator()).multiply(b.denominator()))
                    .isEqualTo(a.numerator().multiply(b.denominator()).add(b.numerator().multiply(a.denominator())).multiply(a.plus(b).denominator()));
        }
    }

    @Test
    void rationalsAtTheEdgesOfLong() {
        Rational least = Rational.of(Long.MIN_VALUE);
        assertThat(least.negate().minus(Rational.ONE)).isEqualTo(Rational.of(Long.MAX_VALUE));
        assertThat(Rational.of(Long.MAX_VALUE).plus(Rational.ONE).negate()).isEqualTo(least);
        assertThat(least.times(Rational.of(-1)).sign()).isEqualTo(1);
        assertThat(Rational.of(1, Long.MIN_VALUE).sign()).isEqualTo(-1);
    }

    @Test
    void toDoubleIsTheNearest() {
        Random r = new Random(2);
        for (int n = 0; n < 3000; n++) {
            Rational a = random(r);
            double d = a.toDouble();
            Rational off = Rational.of(d).minus(a).abs();
            assertThat(off).isLessThanOrEqualTo(Rational.of(Math.nextUp(d)).minus(a).abs());
            assertThat(off).isLessThanOrEqualTo(Rational.of(Math.nextDown(d)).minus(a).abs());
        }
        assertThat(Rational.of(BigInteger.TEN.pow(400), BigInteger.ONE).toDouble()).isInfinite();
        assertThat(Rational.parse("4.9e-324").toDouble()).isEqualTo(Double.MIN_VALUE);
    }

    @Test
    void literalsReadBack() {
        for (String s : List.of("0", "-3", "0.1", "0.000125", "12345678901234567890123", "1e-30", "0.30000000000000004"))
            assertThat(Rational.parse(Rational.parse(s).literal())).isEqualTo(Rational.of(new BigDecimal(s)));
        assertThat(Rational.of(1, 3).literal()).isEqualTo("1/3");
    }

    @Test
    void squareRootsAreExactOrNone() {
        assertThat(Rational.of(9, 16).sqrtExact()).isEqualTo(Rational.of(3, 4));
        assertThat(Rational.of(2).sqrtExact()).isNull();
        assertThat(Rational.of(-4).sqrtExact()).isNull();
    }

    @Test
    void float32IsJavasFloat() {
        Cells c = Arithmetic.FLOAT32.cells(4);
        Random r = new Random(3);
        for (int n = 0; n < 20_000; n++) {
            float x = n % 2 == 0 ? Float.intBitsToFloat(r.nextInt()) : (float) (8 * r.nextDouble() - 4);
            float y = n % 3 == 0 ? Float.intBitsToFloat(r.nextInt()) : (float) (8 * r.nextDouble() - 4);
            c.set(0, (double) x);
            c.set(1, (double) y);
            same(c, Primitives.PLUS, x + y);
            same(c, Primitives.MINUS, x - y);
            same(c, Primitives.TIMES, x * y);
            same(c, Primitives.OVER, x / y);
            c.set(2, 0.5);
            c.multiplyAdd(Primitives.TIMES, Primitives.PLUS, 2, 0, 1);
            assertThat(Double.valueOf(c.get(2).toDouble())).isEqualTo(Double.valueOf(Math.fma(x, y, 0.5f)));
        }
    }

    private static void same(Cells c, Primitive f, float expected) {
        c.apply(f, 2, 0, 1);
        assertThat(Double.valueOf(c.get(2).toDouble())).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void intervalsHoldTheExactResults() {
        Random r = new Random(4);
        for (int n = 0; n < 5000; n++) {
            Interval x = box(r);
            Interval y = box(r);
            Rational a = within(x, r);
            Rational b = within(y, r);
            holds((Interval) x.plus(y), a.plus(b));
            holds((Interval) x.minus(y), a.minus(b));
            holds((Interval) x.times(y), a.times(b));
            holds((Interval) x.max(y), a.compareTo(b) > 0 ? a : b);
            holds((Interval) x.min(y), a.compareTo(b) < 0 ? a : b);
            boolean quotients = y.lo() > 0 || y.hi() < 0;
            if (quotients) holds((Interval) x.over(y), a.over(b));
            else if (b.sign() != 0 && !((Interval) x.over(y)).isNone()) holds((Interval) x.over(y), a.over(b));
            holds(Interval.enclosing(a), a);
        }
    }

    private static Interval box(Random r) {
        double lo = Math.rint(8 * r.nextDouble() - 4) * (r.nextBoolean() ? 1 : 0.1);
        return new Interval(lo, lo + (r.nextInt(3) == 0 ? 0 : r.nextDouble()));
    }

    private static Rational within(Interval i, Random r) {
        Rational lo = Rational.of(i.lo());
        return lo.plus(Rational.of(i.hi()).minus(lo).times(Rational.of(r.nextInt(5), 4)));
    }

    private static void holds(Interval i, Rational exact) {
        assertThat(i.isNone()).as("%s has %s", i, exact).isFalse();
        boolean below = Double.isInfinite(i.lo()) || Rational.of(i.lo()).compareTo(exact) <= 0;
        boolean above = Double.isInfinite(i.hi()) || Rational.of(i.hi()).compareTo(exact) >= 0;
        assertThat(below && above).as(i + " holds " + exact).isTrue();
    }
}
