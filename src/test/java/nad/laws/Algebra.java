package nad.laws;

import nad.arithmetic.Rational;
import org.apache.commons.numbers.gamma.Erf;

/// Numbers that the naive evaluator computes with: doubles, rationals, or dual numbers over either. Written without the
/// dictionary of the program under test.
interface Algebra<T> {
    T of(Rational r);

    T of(double d);

    T plus(T x, T y);

    T minus(T x, T y);

    T times(T x, T y);

    T over(T x, T y);

    T negate(T x);

    /// The order of two values; 2 where one is NaN.
    int compare(T x, T y);

    /// A function of D that is no composition, by name.
    T call(String f, java.util.List<T> x);

    /// √Σ x_k².
    T norm(java.util.List<T> x);

    /// Doubles; remembers the largest number that it met, which says how much cancellation may have cost.
    final class Reals implements Algebra<Double> {
        double largest = 1;

        private double seen(double x) {
            if (Math.abs(x) > largest) largest = Math.abs(x);
            return x;
        }

        @Override
        public Double of(Rational r) {
            return seen(r.toDouble());
        }

        @Override
        public Double of(double d) {
            return seen(d);
        }

        @Override
        public Double plus(Double x, Double y) {
            return seen(x + y);
        }

        @Override
        public Double minus(Double x, Double y) {
            return seen(x - y);
        }

        @Override
        public Double times(Double x, Double y) {
            return seen(x * y);
        }

        @Override
        public Double over(Double x, Double y) {
            return seen(x / y);
        }

        @Override
        public Double negate(Double x) {
            return -x;
        }

        @Override
        public int compare(Double x, Double y) {
            return x < y ? -1 : x > y ? 1 : x.doubleValue() == y ? 0 : 2;
        }

        @Override
        public Double norm(java.util.List<Double> x) {
            double s = 0;
            for (double d : x) s += d * d;
            return seen(Math.sqrt(s));
        }

        @Override
        public Double call(String f, java.util.List<Double> a) {
            double x = a.getFirst();
            return seen(switch (f) {
                case "sqrt" -> Math.sqrt(x);
                case "exp" -> Math.exp(x);
                case "log" -> Math.log(x);
                case "log1p" -> Math.log1p(x);
                case "expm1" -> Math.expm1(x);
                case "sin" -> Math.sin(x);
                case "cos" -> Math.cos(x);
                case "tan" -> Math.tan(x);
                case "asin" -> Math.asin(x);
                case "acos" -> Math.acos(x);
                case "atan" -> Math.atan(x);
                case "sinh" -> Math.sinh(x);
                case "cosh" -> Math.cosh(x);
                case "tanh" -> Math.tanh(x);
                case "sigmoid" -> 1 / (1 + Math.exp(-x));
                case "softplus" -> Math.log1p(Math.exp(x));
                case "erf" -> Erf.value(x);
                case "pow" -> Math.pow(x, a.get(1));
                case "hypot" -> Math.sqrt(x * x + a.get(1) * a.get(1));
                case "relu" -> Math.max(x, 0);
                case "abs" -> Math.abs(x);
                case "max" -> Math.max(x, a.get(1));
                case "min" -> Math.min(x, a.get(1));
                case "fma" -> x * a.get(1) + a.get(2);
                default -> throw new IllegalArgumentException(f);
            });
        }
    }

    final class Rationals implements Algebra<Rational> {
        @Override
        public Rational of(Rational r) {
            return r;
        }

        @Override
        public Rational of(double d) {
            return Rational.of(d);
        }

        @Override
        public Rational plus(Rational x, Rational y) {
            return x.plus(y);
        }

        @Override
        public Rational minus(Rational x, Rational y) {
            return x.minus(y);
        }

        @Override
        public Rational times(Rational x, Rational y) {
            return x.times(y);
        }

        @Override
        public Rational over(Rational x, Rational y) {
            return x.over(y);
        }

        @Override
        public Rational negate(Rational x) {
            return x.negate();
        }

        @Override
        public int compare(Rational x, Rational y) {
            return Integer.signum(x.compareTo(y));
        }

        @Override
        public Rational norm(java.util.List<Rational> x) {
            throw new ArithmeticException("no rational");
        }

        @Override
        public Rational call(String f, java.util.List<Rational> a) {
            Rational x = a.getFirst();
            return switch (f) {
                case "relu" -> x.sign() > 0 ? x : Rational.ZERO;
                case "abs" -> x.abs();
                case "max" -> x.compareTo(a.get(1)) >= 0 ? x : a.get(1);
                case "min" -> x.compareTo(a.get(1)) <= 0 ? x : a.get(1);
                case "fma" -> x.times(a.get(1)).plus(a.get(2));
                default -> throw new ArithmeticException(f + " is not rational");
            };
        }
    }

    /// x + ε·t: derivatives by the textbook's formulas, with the default selections at kinks (relu'(0) = abs'(0) = 0, the
    /// first of a tie, 0 for norms at 0).
    record Dual<T>(T value, T tangent) {}

    record Duals<T>(Algebra<T> base) implements Algebra<Dual<T>> {
        private T zero() {
            return base.of(Rational.ZERO);
        }

        private T one() {
            return base.of(Rational.ONE);
        }

        @Override
        public Dual<T> of(Rational r) {
            return new Dual<>(base.of(r), zero());
        }

        @Override
        public Dual<T> of(double d) {
            return new Dual<>(base.of(d), zero());
        }

        @Override
        public Dual<T> plus(Dual<T> x, Dual<T> y) {
            return new Dual<>(base.plus(x.value, y.value), base.plus(x.tangent, y.tangent));
        }

        @Override
        public Dual<T> minus(Dual<T> x, Dual<T> y) {
            return new Dual<>(base.minus(x.value, y.value), base.minus(x.tangent, y.tangent));
        }

        @Override
        public Dual<T> times(Dual<T> x, Dual<T> y) {
            return new Dual<>(base.times(x.value, y.value), base.plus(base.times(x.tangent, y.value), base.times(x.value, y.tangent)));
        }

        @Override
        public Dual<T> over(Dual<T> x, Dual<T> y) {
            T z = base.over(x.value, y.value);
            return new Dual<>(z, base.over(base.minus(x.tangent, base.times(z, y.tangent)), y.value));
        }

        @Override
        public Dual<T> negate(Dual<T> x) {
            return new Dual<>(base.negate(x.value), base.negate(x.tangent));
        }

        @Override
        public int compare(Dual<T> x, Dual<T> y) {
            return base.compare(x.value, y.value);
        }

        @Override
        public Dual<T> norm(java.util.List<Dual<T>> x) {
            T n = base.norm(x.stream().map(Dual::value).toList());
            T t = zero();
            if (base.compare(n, zero()) != 0)
                for (Dual<T> d : x) t = base.plus(t, base.over(base.times(d.value, d.tangent), n));
            return new Dual<>(n, t);
        }

        private T f(String name, T... x) {
            return base.call(name, java.util.List.of(x));
        }

        @Override
        public Dual<T> call(String f, java.util.List<Dual<T>> a) {
            T z = base.call(f, a.stream().map(Dual::value).toList());
            T x = a.getFirst().value;
            T y = a.size() > 1 ? a.get(1).value : null;
            T t = switch (f) {
                case "pow" -> base.plus(scaled(base.times(y, f("pow", x, base.minus(y, one()))), a.get(0)), scaled(base.times(z, f("log", x)), a.get(1)));
                case "hypot" -> base.compare(z, zero()) == 0 ? zero()
                        : base.plus(scaled(base.over(x, z), a.get(0)), scaled(base.over(y, z), a.get(1)));
                case "max" -> base.compare(x, y) >= 0 ? a.get(0).tangent : a.get(1).tangent;
                case "min" -> base.compare(x, y) <= 0 ? a.get(0).tangent : a.get(1).tangent;
                case "fma" -> plus(times(a.get(0), a.get(1)), a.get(2)).tangent;
                case "relu" -> base.compare(x, zero()) > 0 ? a.get(0).tangent : zero();
                case "abs" -> base.compare(x, zero()) > 0 ? a.get(0).tangent : base.compare(x, zero()) < 0 ? base.negate(a.get(0).tangent) : zero();
                default -> scaled(slope(f, x), a.get(0));
            };
            return new Dual<>(z, t);
        }

        /// A factor that meets a tangent of exactly 0 is not looked at: the argument does not depend on the input.
        private T scaled(T factor, Dual<T> by) {
            return base.compare(by.tangent, zero()) == 0 ? zero() : base.times(factor, by.tangent);
        }

        private T slope(String f, T x) {
            T one = one();
            return switch (f) {
                case "sqrt" -> base.over(base.of(Rational.HALF), f("sqrt", x));
                case "exp" -> f("exp", x);
                case "log" -> base.over(one, x);
                case "log1p" -> base.over(one, base.plus(one, x));
                case "expm1" -> f("exp", x);
                case "sin" -> f("cos", x);
                case "cos" -> base.negate(f("sin", x));
                case "tan" -> base.over(one, base.times(f("cos", x), f("cos", x)));
                case "asin" -> base.over(one, f("sqrt", base.minus(one, base.times(x, x))));
                case "acos" -> base.negate(base.over(one, f("sqrt", base.minus(one, base.times(x, x)))));
                case "atan" -> base.over(one, base.plus(one, base.times(x, x)));
                case "sinh" -> f("cosh", x);
                case "cosh" -> f("sinh", x);
                case "tanh" -> base.over(one, base.times(f("cosh", x), f("cosh", x)));
                case "sigmoid" -> base.times(f("sigmoid", x), f("sigmoid", base.negate(x)));
                case "softplus" -> f("sigmoid", x);
                case "erf" -> base.times(base.of(2 / Math.sqrt(Math.PI)), f("exp", base.negate(base.times(x, x))));
                default -> throw new IllegalArgumentException(f);
            };
        }
    }
}
