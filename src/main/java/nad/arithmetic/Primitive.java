package nad.arithmetic;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;

/// A scalar function that is executed, tallied and priced as one: what a tally counts. Its value is given twice, once on
/// doubles and once on any [Quantity]; laws hold the two together.
public final class Primitive {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<String, Integer> FIRST = new ConcurrentHashMap<>();
    private static final Ternary FUSED = Math::fma;

    /// How a cost model by name prices a primitive; see spec/6-bound.md.
    public enum Pricing {
        /// `+`, `-`, comparisons with selection, primes of piecewise linear functions
        LINEAR,
        /// a product of two values that depend on parameters
        PRODUCT,
        /// a product with a constant
        SCALING,
        /// a quotient whose divisor depends on parameters
        QUOTIENT,
        /// a quotient by a constant
        UNSCALING,
        ROOT,
        /// any other elementary function: the c of the tables
        FUNCTION,
        /// one function made of others (softplus, pow): tallied and priced as those
        COMPOSED,
        /// a declared elementary function: tallied under its own name, priced by its composition
        DECLARED
    }

    @FunctionalInterface
    public interface Ternary {
        double at(double x, double y, double z);
    }

    /// The value in any arithmetic.
    @FunctionalInterface
    public interface Exact {
        Quantity at(Quantity[] x);
    }

    public final int id = COUNT.getAndIncrement();
    public final String name;
    /// Where a tally lists it: beside the first primitive of its name, whichever selections were made before.
    public final int order;
    public final int arity;
    public final Pricing pricing;
    /// The primitives that one evaluation is priced as, where the function is composed or declared; else null.
    public final Map<Primitive, Integer> composition;
    /// What each piece of a declared function is priced as: the dearest, in the model at hand, comes on top.
    public final List<Map<Primitive, Integer>> pieces;
    /// The function whose price this one has where a dictionary prices that and not this (a prime: its function), or null.
    public final Primitive priced;

    /// The price that a declaration sets in every model, or null.
    public final Rational fixed;

    final DoubleUnaryOperator real1;
    final DoubleBinaryOperator real2;
    final Ternary real3;
    final Library.RealFunction realN;
    final Exact exact;
    private volatile Supplier<Formula> formula = () -> null;

    private Primitive(String name, int arity, Pricing pricing, Map<Primitive, Integer> composition, Primitive priced, Rational fixed,
            DoubleUnaryOperator real1, DoubleBinaryOperator real2, Ternary real3, Library.RealFunction realN, Exact exact) {
        this(name, arity, pricing, composition, List.of(), priced, fixed, real1, real2, real3, realN, exact);
    }

    private Primitive(String name, int arity, Pricing pricing, Map<Primitive, Integer> composition, List<Map<Primitive, Integer>> pieces, Primitive priced,
            Rational fixed, DoubleUnaryOperator real1, DoubleBinaryOperator real2, Ternary real3, Library.RealFunction realN, Exact exact) {
        this.name = name;
        this.order = FIRST.computeIfAbsent(name, n -> id);
        this.arity = arity;
        this.pricing = pricing;
        this.composition = composition;
        this.pieces = pieces;
        this.priced = priced;
        this.fixed = fixed;
        this.real1 = real1;
        this.real2 = real2;
        this.real3 = real3;
        this.realN = realN;
        this.exact = exact;
    }

    public static Primitive of(String name, Pricing pricing, DoubleUnaryOperator real, Exact exact) {
        return new Primitive(name, 1, pricing, null, null, null, real, null, null, null, exact);
    }

    public static Primitive of(String name, Pricing pricing, DoubleBinaryOperator real, Exact exact) {
        return new Primitive(name, 2, pricing, null, null, null, null, real, null, null, exact);
    }

    public static Primitive of(String name, Pricing pricing, Ternary real, Exact exact) {
        return new Primitive(name, 3, pricing, null, null, null, null, null, real, null, exact);
    }

    /// The prime of a primitive: priced as it where a dictionary says nothing else.
    public static Primitive prime(String name, Primitive of, DoubleBinaryOperator real, Exact exact) {
        return new Primitive(name, 2, of.pricing, null, of, null, null, real, null, null, exact);
    }

    public static Primitive prime(String name, Primitive of, Ternary real, Exact exact) {
        return new Primitive(name, 3, of.pricing, null, of, null, null, null, real, null, exact);
    }

    public static Primitive composed(String name, Map<Primitive, Integer> composition, DoubleUnaryOperator real, Exact exact) {
        return new Primitive(name, 1, Pricing.COMPOSED, composition, null, null, real, null, null, null, exact);
    }

    public static Primitive composed(String name, Map<Primitive, Integer> composition, DoubleBinaryOperator real, Exact exact) {
        return new Primitive(name, 2, Pricing.COMPOSED, composition, null, null, null, real, null, null, exact);
    }

    /// x · y + z rounded once, priced as the product and sum that it is made of.
    public static Primitive fused(String name, Map<Primitive, Integer> composition, Exact exact) {
        return new Primitive(name, 3, Pricing.COMPOSED, composition, null, null, null, null, FUSED, null, exact);
    }

    public static Primitive declared(String name, int arity, Map<Primitive, Integer> conditions, List<Map<Primitive, Integer>> pieces, Rational fixed,
            Library.RealFunction real, Exact exact) {
        return new Primitive(name, arity, Pricing.DECLARED, conditions, pieces, null, fixed, null, null, null, real, exact);
    }

    /// Whether the value is x · y + z rounded once: a narrower format must not compute it in a wider one and round again.
    boolean isFused() {
        return real3 == FUSED;
    }

    /// Whether it is a product, of which one cell may be both factors.
    boolean squares() {
        return pricing == Pricing.PRODUCT && arity == 2;
    }

    /// Says how a machine computes the float64 value.
    public Primitive computed(Formula f) {
        return computed(() -> f);
    }

    public Primitive computed(Supplier<Formula> f) {
        formula = f;
        return this;
    }

    /// The float64 value as data, or null where it can only be called.
    public Formula formula() {
        Formula f = formula.get();
        formula = () -> f;
        return f;
    }

    public double real(double x) {
        return real1 != null ? real1.applyAsDouble(x) : realN.at(new double[] {x});
    }

    public double real(double x, double y) {
        return real2 != null ? real2.applyAsDouble(x, y) : realN.at(new double[] {x, y});
    }

    public double real(double x, double y, double z) {
        return real3 != null ? real3.at(x, y, z) : realN.at(new double[] {x, y, z});
    }

    /// The float64 value at as many arguments as the arity says.
    public double real(double... x) {
        return realN != null ? realN.at(x) : switch (arity) {
            case 1 -> real1.applyAsDouble(x[0]);
            case 2 -> real2.applyAsDouble(x[0], x[1]);
            default -> real3.at(x[0], x[1], x[2]);
        };
    }

    public Quantity exact(Quantity... x) {
        return exact.at(x);
    }

    @Override
    public String toString() {
        return name;
    }
}
