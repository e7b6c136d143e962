package nad.arithmetic;

/// A number of some arithmetic, immutable. Values of dictionary entries that are defined exactly (piecewise rational
/// ones) are written against this interface once and then hold in every arithmetic.
///
/// Operands of one operation belong to one arithmetic; [#constant] brings a rational into this one's.
public interface Quantity {
    Quantity constant(Rational r);

    Quantity plus(Quantity y);

    Quantity minus(Quantity y);

    Quantity times(Quantity y);

    /// The product of a number with itself: an interval knows that its two factors are one.
    default Quantity square() {
        return times(this);
    }

    Quantity over(Quantity y);

    Quantity negate();

    Quantity max(Quantity y);

    Quantity min(Quantity y);

    /// The first, second or third value as this number is below, at or above 0. An interval that does not decide
    /// returns the hull of those that are possible; NaN returns NaN.
    Quantity branch(Quantity below, Quantity at, Quantity above);

    /// An elementary function that leaves the rationals, named for messages; see [Library].
    Quantity apply(Library f, Quantity... more);

    /// −1, 0, 1; 2 where it cannot be told (an undecided interval, NaN).
    int sign();

    double toDouble();

    default Quantity zero() {
        return constant(Rational.ZERO);
    }

    default Quantity one() {
        return constant(Rational.ONE);
    }
}
