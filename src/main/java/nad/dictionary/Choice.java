package nad.dictionary;

import java.util.Map;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;

/// What is selected at the kinks of one function.
///
/// @param value  one number for all of its kinks, or null. Of a function of one variable it is the derivative; for a tie of max or min
///               the weight of the first argument; of a declared function of several variables that of the piece which does not
///               claim the point, where two meet
/// @param points of a declared function of one variable, the derivative at single kinks; they go before `value`
/// @param side   what decides at the kinks of a declared function that have no number
public record Choice(Rational value, Map<Rational, Rational> points, Side side) {
    /// Which of the pieces around a kink gives the derivative.
    public enum Side {
        /// the one that claims the point
        CLAIMED,
        /// the one that is entered where the variable falls; of several variables the first that makes a difference
        LEFT,
        /// where it rises
        RIGHT,
        /// the mean of all
        MIDDLE,
        /// what is nearest to 0 among them and between any two
        LEAST
    }

    /// The number chosen at this point, or null. Float64 and float32 know a breakpoint by its rounding.
    Rational at(Quantity x) {
        for (Map.Entry<Rational, Rational> e : points.entrySet()) {
            double p = e.getKey().toDouble();
            if (x instanceof Rational ? e.getKey().equals(x) : p == x.toDouble() || (float) p == x.toDouble()) return e.getValue();
        }
        return value;
    }
}
