package nad.dictionary;

import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;

/// Limits of a term in one parameter beside a point, where it need not have a value.
public final class OneSided {
    private OneSided() {}

    /// @param side −1 or 1
    /// @return a fraction, an enclosure, or ±∞ in float64; null where it is not known
    public static Quantity limit(Term t, Rational at, int side) {
        try {
            Germ g = germ(t, at, side);
            if (g.flat() == 0 && g.c().length > 0 && g.order() < 0 && g.sign() != 2) return new Real(g.sign() * Double.POSITIVE_INFINITY);
            return g.limit();
        } catch (ArithmeticException unknown) {
            return null;
        }
    }

    private static Germ germ(Term t, Rational at, int side) {
        return Germs.along(new Rational[] {at}, new Rational[] {Rational.of(side)}, new Rational[] {Rational.ZERO}, false).of(t);
    }
}
