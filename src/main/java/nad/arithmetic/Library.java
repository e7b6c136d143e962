package nad.arithmetic;

import java.util.function.UnaryOperator;

/// A function that leaves the rationals: its float64 values, and how an interval is mapped.
///
/// @param name       for messages
/// @param real       float64 value at the arguments
/// @param enclosure  maps an interval outward (unary functions only); null where intervals are refused
/// @param exact      the value at a rational where it is rational, else null; itself null where it never is
public record Library(String name, RealFunction real, UnaryOperator<Interval> enclosure, UnaryOperator<Rational> exact) {

    /// A float64 function of as many arguments as its entry has.
    @FunctionalInterface
    public interface RealFunction {
        double at(double[] x);
    }

    /// The operation has no value in the arithmetic in use.
    public static final class Leaves extends ArithmeticException {
        public final String function;
        public final String arithmetic;

        public Leaves(String function, String arithmetic) {
            super(function + " leaves the " + arithmetic);
            this.function = function;
            this.arithmetic = arithmetic;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
