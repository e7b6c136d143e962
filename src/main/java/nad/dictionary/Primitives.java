package nad.dictionary;

import static nad.arithmetic.Formula.W;
import static nad.arithmetic.Formula.X;
import static nad.arithmetic.Formula.Y;
import static nad.arithmetic.Formula.ZERO;
import static nad.arithmetic.Formula.choose;
import static nad.arithmetic.Formula.of;

import java.util.Map;
import nad.arithmetic.Formula;
import nad.arithmetic.Formula.Op;
import nad.arithmetic.Formula.Test;
import nad.arithmetic.Interval;
import nad.arithmetic.Library;
import nad.arithmetic.Primitive;
import nad.arithmetic.Primitive.Pricing;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/// The scalar functions that NAD executes and tallies, with their values. Which entries of D they make up, and with which
/// rules, is said in [Standard].
public final class Primitives {
    private Primitives() {}

    public static final Primitive PLUS = Primitive.of("+", Pricing.LINEAR, (x, y) -> x + y, x -> x[0].plus(x[1])).computed(of(Op.ADD, X, Y));
    public static final Primitive MINUS = Primitive.of("-", Pricing.LINEAR, (x, y) -> x - y, x -> x[0].minus(x[1])).computed(of(Op.SUB, X, Y));
    public static final Primitive NEGATE = Primitive.of("-", Pricing.LINEAR, x -> -x, x -> x[0].negate()).computed(of(Op.NEG, X));
    public static final Primitive TIMES = Primitive.of("*", Pricing.PRODUCT, (x, y) -> x * y, x -> x[0].times(x[1])).computed(of(Op.MUL, X, Y));
    public static final Primitive SCALE = Primitive.of("*", Pricing.SCALING, (x, y) -> x * y, x -> x[0].times(x[1])).computed(of(Op.MUL, X, Y));
    public static final Primitive OVER = Primitive.of("/", Pricing.QUOTIENT, (x, y) -> x / y, x -> x[0].over(x[1])).computed(of(Op.DIV, X, Y));
    public static final Primitive UNSCALE = Primitive.of("/", Pricing.UNSCALING, (x, y) -> x / y, x -> x[0].over(x[1])).computed(of(Op.DIV, X, Y));

    /// A comparison in a declared function's condition: executed inside it, priced like any other.
    static final Primitive COMPARE = Primitive.of("<", Pricing.LINEAR, (x, y) -> x < y ? 1 : 0, x -> x[0].minus(x[1]));

    static final Primitive SQRT = library("sqrt", Pricing.ROOT, Math::sqrt, Primitives::root, Rational::sqrtExact).computed(of(Op.SQRT, X));
    static final Primitive EXP = increasing("exp", Math::exp).computed(of(Op.EXP, X));
    static final Primitive LOG = increasing("log", Math::log).computed(of(Op.LOG, X));
    static final Primitive LOG1P = increasing("log1p", Math::log1p).computed(of(Op.LOG1P, X));
    static final Primitive EXPM1 = increasing("expm1", Math::expm1).computed(of(Op.EXPM1, X));
    static final Primitive SIN = function("sin", Math::sin, i -> i.wave(Math::sin, Math.PI / 2)).computed(of(Op.SIN, X));
    static final Primitive COS = function("cos", Math::cos, i -> i.wave(Math::cos, 0)).computed(of(Op.COS, X));
    static final Primitive TAN = function("tan", Math::tan, Primitives::tan).computed(of(Op.TAN, X));
    static final Primitive ASIN = increasing("asin", Math::asin).computed(of(Op.ASIN, X));
    static final Primitive ACOS = function("acos", Math::acos, i -> i.decreasing(Math::acos)).computed(of(Op.ACOS, X));
    static final Primitive ATAN = increasing("atan", Math::atan).computed(of(Op.ATAN, X));
    static final Primitive SINH = increasing("sinh", Math::sinh).computed(of(Op.SINH, X));
    static final Primitive COSH = function("cosh", Math::cosh, i -> magnitude(i).increasing(Math::cosh)).computed(of(Op.COSH, X));
    static final Primitive TANH = increasing("tanh", Math::tanh).computed(of(Op.TANH, X));
    static final Primitive SIGMOID = increasing("sigmoid", Primitives::sigmoid).computed(Primitives.sigmoidFormula());
    static final Primitive ERF = increasing("erf", org.apache.commons.numbers.gamma.Erf::value);

    static final Primitive SOFTPLUS = Primitive.composed("softplus", Map.of(EXP, 1, LOG1P, 1), Primitives::softplus,
            apply(new Library("softplus", x -> softplus(x[0]), i -> i.increasing(Primitives::softplus), null)))
            .computed(of(Op.ADD, of(Op.MAX, X, ZERO), of(Op.LOG1P, of(Op.EXP, of(Op.NEG, of(Op.ABS, X))))));
    static final Primitive POW = Primitive.composed("pow", Map.of(EXP, 1, LOG, 1, TIMES, 1), Math::pow, Primitives::power)
            .computed(of(Op.POW, X, Y));
    static final Primitive HYPOT = Primitive.composed("hypot", Map.of(SQRT, 1, TIMES, 2, PLUS, 1), Math::hypot,
            x -> SQRT.exact(x[0].square().plus(x[1].square()))).computed(of(Op.HYPOT, X, Y));
    static final Primitive FMA = fused(TIMES);
    static final Primitive FMA_SCALED = fused(SCALE);

    static final Primitive RELU = Primitive.of("relu", Pricing.LINEAR, x -> Math.max(x, 0.0), x -> x[0].max(x[0].zero()))
            .computed(of(Op.MAX, X, ZERO));
    static final Primitive ABS = Primitive.of("abs", Pricing.LINEAR, Math::abs, x -> x[0].max(x[0].negate()).max(x[0].zero()))
            .computed(of(Op.ABS, X));
    static final Primitive MAX = Primitive.of("max", Pricing.LINEAR, Math::max, x -> x[0].max(x[1])).computed(of(Op.MAX, X, Y));
    static final Primitive MIN = Primitive.of("min", Pricing.LINEAR, Math::min, x -> x[0].min(x[1])).computed(of(Op.MIN, X, Y));

    static final Primitive SIGN = Primitive.of("sign", Pricing.LINEAR, Math::signum,
            x -> x[0].branch(x[0].one().negate(), x[0].zero(), x[0].one()));
    static final Primitive STEP = Primitive.of("step", Pricing.LINEAR, x -> x >= 0 ? 1 : x < 0 ? 0 : x,
            x -> x[0].branch(x[0].zero(), x[0].one(), x[0].one()));
    static final Primitive FLOOR = rounding("floor", Math::floor);
    static final Primitive CEIL = rounding("ceil", Math::ceil);
    static final Primitive ROUND = rounding("round", Math::rint);

    // ---- D'

    static Primitive reluPrime(Rational s) {
        double at = s.toDouble();
        return Primitive.prime("relu'", RELU, (x, v) -> x > 0 ? v : x == 0 ? share(at, v) : 0,
                x -> x[0].branch(x[1].zero(), share(s, x[1]), x[1]))
                .computed(choose(X, Test.GT, ZERO, Y, at == 0 ? ZERO : choose(X, Test.EQ, ZERO, shared(at, Y), ZERO)));
    }

    static Primitive absPrime(Rational s) {
        double at = s.toDouble();
        return Primitive.prime("abs'", ABS, (x, v) -> x > 0 ? v : x < 0 ? -v : x == 0 ? share(at, v) : x,
                x -> x[0].branch(x[1].negate(), share(s, x[1]), x[1]))
                .computed(choose(X, Test.GT, ZERO, Y, choose(X, Test.LT, ZERO, of(Op.NEG, Y), choose(X, Test.EQ, ZERO, shared(at, Y), X))));
    }

    /// The prime of max (`sign` = 1) or min (−1) by its first or second argument, the first taking the part `w` of a tie.
    static Primitive extremePrime(Primitive of, int sign, boolean first, Rational w) {
        Rational part = first ? w : Rational.ONE.minus(w);
        double share = part.toDouble();
        int wins = first ? sign : -sign;
        return Primitive.prime(of.name + (first ? "'1" : "'2"), of, (x, y, v) -> {
            if (x == y) return share(share, v);
            if (x != x || y != y) return x != x == first ? v : 0; // NaN wins; of two the first
            return x > y == wins > 0 ? v : 0;
        }, x -> {
            Quantity d = wins > 0 ? x[0].minus(x[1]) : x[1].minus(x[0]);
            return d.branch(x[2].zero(), share(part, x[2]), x[2]);
        }).computed(choose(X, Test.GT, Y, wins > 0 ? W : ZERO, choose(X, Test.LT, Y, wins > 0 ? ZERO : W,
                choose(X, Test.EQ, Y, shared(share, W), choose(X, Test.EQ, X, first ? ZERO : W, first ? W : ZERO)))));
    }

    private static double share(double part, double v) {
        return part == 0 ? 0 : part * v;
    }

    private static Formula shared(double part, Formula v) {
        return part == 0 ? ZERO : of(Op.MUL, new Formula.Number(part), v);
    }

    private static Quantity share(Rational part, Quantity v) {
        return part.sign() == 0 ? v.zero() : v.constant(part).times(v);
    }

    /// v/z, and 0 where the norm z is 0: the selection at the kink of a norm.
    static final Primitive NORM_PRIME = Primitive.of("norm2'", Pricing.QUOTIENT, (z, v) -> z == 0 ? 0 : v / z,
            x -> x[0].sign() == 0 ? x[1].zero() : x[1].over(x[0])).computed(choose(X, Test.EQ, ZERO, ZERO, of(Op.DIV, Y, X)));

    /// z·log x, and its limit 0 where z is 0.
    static final Primitive XLOGY = Primitive.composed("xlogy", Map.of(TIMES, 1, LOG, 1), (z, x) -> z == 0 ? 0 : z * Math.log(x),
            x -> x[0].sign() == 0 ? x[0].zero() : x[0].times(LOG.exact(x[1])))
            .computed(choose(X, Test.EQ, ZERO, ZERO, of(Op.MUL, X, of(Op.LOG, Y))));

    /// v · t and v / t with a strong zero: 0 where v is 0, whatever t is.
    static final Primitive TIMES_STRONG = strong("mul0", TIMES);
    static final Primitive SCALE_STRONG = strong("mul0", SCALE);
    static final Primitive OVER_STRONG = strong("div0", OVER);
    static final Primitive UNSCALE_STRONG = strong("div0", UNSCALE);

    private static Primitive strong(String name, Primitive f) {
        return Primitive.prime(name, f, (v, t) -> v == 0 ? 0 : f.real(v, t), x -> x[0].sign() == 0 ? x[0] : f.exact(x));
    }

    // What a scan counts: one comparison for the point and for each direction.
    static final Primitive FIRST_SEEN = Primitive.of("first'", Pricing.LINEAR, x -> x, x -> x[0]);
    static final Primitive MAX_SEEN = Primitive.prime("max'L", MAX, (x, y) -> Math.max(x, y), x -> x[0].max(x[1]));
    static final Primitive MIN_SEEN = Primitive.prime("min'L", MIN, (x, y) -> Math.min(x, y), x -> x[0].min(x[1]));

    // ---- values

    private static double sigmoid(double x) {
        if (x >= 0) return 1 / (1 + Math.exp(-x));
        double e = Math.exp(x);
        return e / (1 + e);
    }

    /// 1/(1 + e^−x) for x ≥ 0, else e^x/(1 + e^x); NaN takes the second way.
    private static Formula sigmoidFormula() {
        Formula one = new Formula.Number(1);
        Formula e = of(Op.EXP, of(Op.NEG, of(Op.ABS, X)));
        Formula d = of(Op.ADD, one, e);
        Formula positive = of(Op.DIV, one, d);
        return choose(X, Test.GT, ZERO, positive, choose(X, Test.EQ, ZERO, positive, of(Op.DIV, e, d)));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /// x^y: exact for an integer exponent, by the interval rule of increasing powers for positive bases.
    private static Quantity power(Quantity[] a) {
        Quantity x = a[0];
        Quantity y = a[1];
        if (y instanceof Rational r) {
            Integer k = r.asInt();
            if (k == null || Math.abs(k) > 10_000) throw new Library.Leaves("pow", "rationals");
            Quantity p = x.one();
            for (int i = 0; i < Math.abs(k); i++) p = p.times(x);
            return k < 0 ? p.one().over(p) : p;
        }
        if (x instanceof Interval i) {
            if (!(i.lo() >= 0)) throw new Library.Leaves("pow of a negative base", "intervals");
            return EXP.exact(LOG.exact(x).times(y));
        }
        return x.apply(new Library("pow", v -> Math.pow(v[0], v[1]), null, null), y);
    }

    /// Of what lies in the domain: rounding alone brings sums of squares below 0. Whether an operation leaves its domain is asked
    /// of its margin.
    private static Interval root(Interval i) {
        return i.hi() < 0 ? Interval.NONE : i.max(Interval.point(0)).increasing(Math::sqrt).max(Interval.point(0));
    }

    private static Interval tan(Interval i) {
        double shift = Math.floor((i.lo() + Math.PI / 2) / Math.PI);
        boolean branch = shift == Math.floor((i.hi() + Math.PI / 2) / Math.PI) && Math.abs(i.lo()) < 1e9 && Math.abs(i.hi()) < 1e9;
        return branch ? i.increasing(Math::tan) : Interval.ALL;
    }

    private static Interval magnitude(Interval i) {
        return (Interval) ABS.exact(i);
    }

    private static Primitive increasing(String name, DoubleUnaryOperator f) {
        return function(name, f, i -> i.increasing(f));
    }

    private static Primitive function(String name, DoubleUnaryOperator f, UnaryOperator<Interval> enclosure) {
        return library(name, Pricing.FUNCTION, f, enclosure, null);
    }

    private static Primitive library(String name, Pricing pricing, DoubleUnaryOperator f, UnaryOperator<Interval> enclosure,
            UnaryOperator<Rational> exact) {
        return Primitive.of(name, pricing, f, apply(new Library(name, x -> f.applyAsDouble(x[0]), enclosure, exact)));
    }

    private static Primitive fused(Primitive product) {
        return Primitive.fused("fma", Map.of(product, 1, PLUS, 1), x -> x[0].times(x[1]).plus(x[2])).computed(of(Op.FMA, X, Y, W));
    }

    private static Primitive.Exact apply(Library f) {
        return x -> x[0].apply(f);
    }

    private static Primitive rounding(String name, DoubleUnaryOperator f) {
        UnaryOperator<Rational> exact = r -> {
            java.math.BigInteger[] q = r.numerator().divideAndRemainder(r.denominator());
            java.math.BigInteger floor = r.sign() < 0 && q[1].signum() != 0 ? q[0].subtract(java.math.BigInteger.ONE) : q[0];
            Rational low = Rational.of(floor, java.math.BigInteger.ONE);
            if (low.equals(r) || name.equals("floor")) return low;
            if (name.equals("ceil")) return low.plus(Rational.ONE);
            int c = r.minus(low).compareTo(Rational.HALF);
            return c < 0 || c == 0 && !floor.testBit(0) ? low : low.plus(Rational.ONE);
        };
        return library(name, Pricing.LINEAR, f, i -> i.isNone() ? Interval.NONE : new Interval(f.applyAsDouble(i.lo()), f.applyAsDouble(i.hi())), exact);
    }
}
