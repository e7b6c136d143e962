package nad.arithmetic;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// The float64 value of a primitive as data, over the operations that a machine has: what a fast engine turns into
/// instructions. It gives the same bits as [Primitive#real]; a law holds the two together. Formulas share subterms, so they
/// are read by identity.
public sealed interface Formula {
    /// Argument k of the primitive.
    record Arg(int k) implements Formula {}

    record Number(double value) implements Formula {}

    record Apply(Op op, List<Formula> args) implements Formula {}

    /// `then` where `a test b` holds, else `otherwise`; NaN meets no test.
    record Choose(Test test, Formula a, Formula b, Formula then, Formula otherwise) implements Formula {}

    enum Test { LT, GT, EQ }

    /// The machine's operations. The first nine are exact to the last bit on every machine; the others are library
    /// functions, whose last bit is [Math]'s.
    enum Op {
        ADD(Double::sum), SUB((x, y) -> x - y), MUL((x, y) -> x * y), DIV((x, y) -> x / y), MIN(Math::min), MAX(Math::max),
        NEG(x -> -x), ABS(Math::abs), SQRT(Math::sqrt), FMA,
        EXP(Math::exp), LOG(Math::log), LOG1P(Math::log1p), EXPM1(Math::expm1), SIN(Math::sin), COS(Math::cos), TAN(Math::tan),
        ASIN(Math::asin), ACOS(Math::acos), ATAN(Math::atan), SINH(Math::sinh), COSH(Math::cosh), TANH(Math::tanh),
        POW(Math::pow), HYPOT(Math::hypot);

        public final int arity;
        private final DoubleUnaryOperator one;
        private final DoubleBinaryOperator two;

        Op(DoubleUnaryOperator f) {
            arity = 1;
            one = f;
            two = null;
        }

        Op(DoubleBinaryOperator f) {
            arity = 2;
            one = null;
            two = f;
        }

        Op() {
            arity = 3;
            one = null;
            two = null;
        }

        boolean isRounding() {
            return this != MIN && this != MAX && this != NEG && this != ABS;
        }

        public boolean isLibrary() {
            return compareTo(FMA) > 0;
        }

        public double at(double x) {
            return one.applyAsDouble(x);
        }

        public double at(double x, double y) {
            return two.applyAsDouble(x, y);
        }

        double at(double[] x) {
            return arity == 1 ? at(x[0]) : arity == 2 ? at(x[0], x[1]) : Math.fma(x[0], x[1], x[2]);
        }
    }

    Formula X = new Arg(0);
    Formula Y = new Arg(1);
    Formula W = new Arg(2);
    Formula ZERO = new Number(0);

    static Formula of(Op op, Formula... args) {
        return new Apply(op, List.of(args));
    }

    static Formula choose(Formula a, Test test, Formula b, Formula then, Formula otherwise) {
        return new Choose(test, a, b, then, otherwise);
    }

    /// The value at the arguments: the definition that engines are tested against.
    default double at(double... x) {
        return switch (this) {
            case Arg a -> x[a.k];
            case Number n -> n.value;
            case Apply f -> {
                double[] v = new double[f.args.size()];
                for (int k = 0; k < v.length; k++) v[k] = f.args.get(k).at(x);
                yield f.op.at(v);
            }
            case Choose c -> {
                double l = c.a.at(x);
                double r = c.b.at(x);
                boolean holds = switch (c.test) {
                    case LT -> l < r;
                    case GT -> l > r;
                    case EQ -> l == r;
                };
                yield holds ? c.then.at(x) : c.otherwise.at(x);
            }
        };
    }

    /// This formula with `args` for its arguments.
    default Formula with(List<Formula> args) {
        return with(args, new IdentityHashMap<>());
    }

    private Formula with(List<Formula> args, Map<Formula, Formula> known) {
        Formula found = known.get(this);
        if (found != null) return found;
        Formula made = switch (this) {
            case Arg a -> args.get(a.k);
            case Number n -> n;
            case Apply f -> {
                List<Formula> x = new ArrayList<>();
                for (Formula a : f.args) x.add(a.with(args, known));
                yield new Apply(f.op, List.copyOf(x));
            }
            case Choose c -> new Choose(c.test, c.a.with(args, known), c.b.with(args, known), c.then.with(args, known), c.otherwise.with(args, known));
        };
        known.put(this, made);
        return made;
    }

    /// Whether a library function occurs, so that the last bit depends on who computes it.
    default boolean usesLibrary() {
        return switch (this) {
            case Arg a -> false;
            case Number n -> false;
            case Apply f -> f.op.isLibrary() || f.args.stream().anyMatch(Formula::usesLibrary);
            case Choose c -> c.a.usesLibrary() || c.b.usesLibrary() || c.then.usesLibrary() || c.otherwise.usesLibrary();
        };
    }

    /// Whether a narrower format computes the same by each operation in that format: at most one of them rounds on the way
    /// from an argument to the value, and all numbers are numbers of float32.
    default boolean roundsOnce() {
        return roundings() <= 1;
    }

    private int roundings() {
        return switch (this) {
            case Arg a -> 0;
            case Number n -> (float) n.value == n.value || n.value != n.value ? 0 : 2;
            case Apply f -> {
                int most = 0;
                for (Formula a : f.args) most = Math.max(most, a.roundings());
                yield most + (f.op.isRounding() ? 1 : 0);
            }
            case Choose c -> Math.max(Math.max(c.a.roundings(), c.b.roundings()) * 2, Math.max(c.then.roundings(), c.otherwise.roundings()));
        };
    }

    /// How many operations it takes, shared ones counted once.
    default int length() {
        Map<Formula, Formula> seen = new IdentityHashMap<>();
        collect(seen);
        return seen.size();
    }

    private void collect(Map<Formula, Formula> seen) {
        if (this instanceof Arg || this instanceof Number || seen.put(this, this) != null) return;
        switch (this) {
            case Apply f -> f.args.forEach(a -> a.collect(seen));
            case Choose c -> List.of(c.a, c.b, c.then, c.otherwise).forEach(a -> a.collect(seen));
            default -> {}
        }
    }
}
