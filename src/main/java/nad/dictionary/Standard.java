package nad.dictionary;

import static nad.dictionary.Elementary.fold;
import static nad.dictionary.Elementary.pointwise;
import static nad.dictionary.Elementary.rows;
import static nad.dictionary.Primitives.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.dictionary.Elementary.Kind;
import nad.dictionary.Term.Contribution;

/// The standard dictionary D and its primes D'. Each entry says everything about its operation: to add one is to add one
/// entry here (and, if it is no composition, its scalar function in [Primitives]).
///
/// In the rules, `v` is the cotangent z̄ of the result z; `gives(k, t)` reads x̄_k += t and `takes(k, t)` x̄_k −= t. A term
/// used twice within a rule is computed once.
public final class Standard {
    private Standard() {}

    private static final Term x = new Term.Arg(0);
    private static final Term y = new Term.Arg(1);
    private static final Term w = new Term.Arg(2);
    private static final Term z = new Term.Result();
    private static final Term v = new Term.Bar();
    private static final Map<String, List<Elementary>> ENTRIES = new LinkedHashMap<>();

    // ---- arithmetic

    public static final Elementary ADD = add(pointwise(PLUS).means("x + y").rule(gives(0, v), gives(1, v)));
    public static final Elementary SUBTRACT = add(pointwise(MINUS).means("x − y").rule(gives(0, v), takes(1, v)));
    public static final Elementary NEG = add(pointwise(NEGATE).means("−x").rule(takes(0, v)));
    public static final Elementary MULTIPLY = add(pointwise(TIMES).withConstant(SCALE).means("x · y")
            .rule(rank -> List.of(gives(0, times(v, y)), gives(1, times(v, x)))));
    public static final Elementary DIVIDE = add(pointwise(OVER).withConstant(UNSCALE).means("x / y")
            .domain(a -> a[1] == 0 ? "division by zero" : null).smoothWhere(a -> modulus(a[1]))
            .rule(rank -> {
                Term t = over(v, y);
                return List.of(gives(0, t), takes(1, times(t, z)));
            })
            .tangent(rank -> over(minus(dot(0), times(dot(1), z)), y)));
    public static final Elementary FUSED = add(pointwise(FMA).withConstant(FMA_SCALED).latex("!1 \\, !2 + #3").means("x · y + z, rounded once")
            .rule(rank -> List.of(gives(0, times(v, y)), gives(1, times(v, x)), gives(2, v))));
    public static final Elementary MATMUL = add(fold("@", Kind.CONTRACTION, 2, Rows::dot).withConstant(SCALE)
            .counts(TIMES, 1, 0).counts(PLUS, 1, -1).means("matrix product: Σ_k x_ik · y_kj")
            .rule(Standard::contraction)
            .tangent(rank -> plus(matmul(rank, dot(0), y), matmul(rank, x, dot(1)))));

    // ---- smooth

    public static final Elementary ROOT = add(pointwise(SQRT).latex("\\sqrt{#1}").means("√x").notLipschitz("sqrt at 0 is not locally Lipschitz")
            .domain(a -> a[0] < 0 ? "sqrt of a negative number" : null).smoothWhere(a -> a[0])
            .rule(rank -> List.of(gives(0, over(v, plus(z, z))))));
    public static final Elementary EXPONENTIAL = add(pointwise(EXP).latex("\\exp").means("e^x").rule(rank -> List.of(gives(0, times(v, z)))));
    public static final Elementary LOGARITHM = add(pointwise(LOG).latex("\\log").means("natural logarithm")
            .domain(a -> a[0] < 0 ? "log of a negative number" : a[0] == 0 ? "log of 0" : null).smoothWhere(a -> a[0])
            .rule(rank -> List.of(gives(0, over(v, x)))));
    static final Elementary LOGARITHM1P = add(pointwise(LOG1P).means("log(1 + x)")
            .domain(a -> a[0] < -1 ? "log1p of a number below -1" : a[0] == -1 ? "log1p of -1" : null).smoothWhere(a -> a[0].plus(a[0].one()))
            .rule(rank -> List.of(gives(0, over(v, plus(lit(1), x))))));
    static final Elementary EXPONENTIALM1 = add(pointwise(EXPM1).means("e^x − 1")
            .rule(rank -> List.of(gives(0, times(v, plus(z, lit(1)))))));
    static final Elementary SINE = add(pointwise(SIN).latex("\\sin").means("sin x").rule(rank -> List.of(gives(0, times(v, call(cosine(), x))))));
    static final Elementary COSINE = add(pointwise(COS).latex("\\cos").means("cos x").rule(rank -> List.of(takes(0, times(v, call(SINE, x))))));
    static final Elementary TANGENT = add(pointwise(TAN).latex("\\tan").means("tan x")
            .rule(rank -> List.of(gives(0, times(v, plus(lit(1), times(z, z)))))));
    static final Elementary ARCSINE = add(pointwise(ASIN).latex("\\arcsin").means("arcsin x").notLipschitz("asin at -1 and 1 is not locally Lipschitz")
            .domain(a -> Math.abs(a[0]) > 1 ? "asin of a number outside [-1, 1]" : null).smoothWhere(a -> a[0].one().minus(modulus(a[0])))
            .rule(rank -> List.of(gives(0, over(v, call(ROOT, minus(lit(1), times(x, x))))))));
    static final Elementary ARCCOSINE = add(pointwise(ACOS).latex("\\arccos").means("arccos x").notLipschitz("acos at -1 and 1 is not locally Lipschitz")
            .domain(a -> Math.abs(a[0]) > 1 ? "acos of a number outside [-1, 1]" : null).smoothWhere(a -> a[0].one().minus(modulus(a[0])))
            .rule(rank -> List.of(takes(0, over(v, call(ROOT, minus(lit(1), times(x, x))))))));
    static final Elementary ARCTANGENT = add(pointwise(ATAN).latex("\\arctan").means("arctan x")
            .rule(rank -> List.of(gives(0, over(v, plus(lit(1), times(x, x)))))));
    static final Elementary HYPERBOLIC_SINE = add(pointwise(SINH).latex("\\sinh").means("sinh x")
            .rule(rank -> List.of(gives(0, times(v, call(hyperbolicCosine(), x))))));
    static final Elementary HYPERBOLIC_COSINE = add(pointwise(COSH).latex("\\cosh").means("cosh x")
            .rule(rank -> List.of(gives(0, times(v, call(HYPERBOLIC_SINE, x))))));
    static final Elementary HYPERBOLIC_TANGENT = add(pointwise(TANH).latex("\\tanh").means("tanh x")
            .rule(rank -> List.of(gives(0, times(v, minus(lit(1), times(z, z)))))));
    static final Elementary LOGISTIC = add(pointwise(SIGMOID).latex("\\sigma").means("1/(1 + e^−x)")
            .rule(rank -> List.of(gives(0, times(v, times(z, minus(lit(1), z)))))));
    static final Elementary SOFT_RELU = add(pointwise(SOFTPLUS).counts(SOFTPLUS.composition).means("log(1 + e^x)")
            .rule(rank -> List.of(gives(0, times(v, call(LOGISTIC, x))))));
    static final Elementary ERROR_FUNCTION = add(pointwise(ERF).means("2/√π ∫₀ˣ e^−t² dt")
            .rule(rank -> List.of(gives(0, times(times(new Term.Irrational(2 / Math.sqrt(Math.PI)), v),
                    call(EXPONENTIAL, call(NEG, times(x, x))))))));
    public static final Elementary POWER = add(pointwise(POW).counts(POW.composition).latex("!1^{#2}").means("x^y")
            .domain(a -> a[0] < 0 && a[1] != Math.rint(a[1]) ? "a negative number to a power that is no integer"
                    : a[0] == 0 && a[1] < 0 ? "0 to a negative power" : null).smoothWhere(a -> a[0])
            .rule(rank -> List.of(gives(0, times(v, times(y, call(power(), x, minus(y, lit(1)))))),
                    gives(1, times(v, call(zLogX(), z, x))))));

    // ---- nonsmooth

    public static final Elementary RELU_ = add(pointwise(RELU).means("max(x, 0)")
            .piecewise((a, s) -> a[0].sign() == 0 ? interval(a[0], s.at("relu"), Rational.ZERO, Rational.ONE)
                    : a[0].sign() == 2 ? undecided(a[0], Rational.ZERO, Rational.ONE) : null, a -> a[0].sign(),
                    (a, d, s) -> near(a[0], interval(a[0].zero(), s.at("relu"), Rational.ZERO, Rational.ONE), Primitives.reluPrime(Rational.ZERO)), Rational.ZERO, Rational.ONE)
            .rule(rank -> List.of(gives(0, call(reluPrime(), x, v)))).along(rank -> from(x, first(0, x, dot(0)))));
    public static final Elementary ABSOLUTE = add(pointwise(ABS).latex("\\left|#1\\right|").means("|x|")
            .piecewise((a, s) -> a[0].sign() == 0 ? interval(a[0], s.at("abs"), Rational.ONE.negate(), Rational.ONE)
                    : a[0].sign() == 2 ? undecided(a[0], Rational.ONE.negate(), Rational.ONE) : null, a -> a[0].sign(),
                    (a, d, s) -> near(a[0], interval(a[0].zero(), s.at("abs"), Rational.ONE.negate(), Rational.ONE), Primitives.absPrime(Rational.ZERO)),
                    Rational.ONE.negate(), Rational.ONE)
            .rule(rank -> List.of(gives(0, call(absPrime(), x, v)))).along(rank -> from(x, first(0, x, dot(0)))));
    public static final Elementary MAXIMUM = add(extreme(MAX, 1, "the larger of x and y").latex("\\max"));
    public static final Elementary MINIMUM = add(extreme(MIN, -1, "the smaller of x and y").latex("\\min"));
    static final Elementary EUCLIDEAN = add(pointwise(HYPOT).counts(HYPOT.composition).means("√(x² + y²)")
            .piecewise((a, s) -> mayVanish(a) ? ball(a) : null, Standard::atOrigin, (a, d, s) -> nearOrigin(a, HYPOT.exact(a)))
            .departsFrom(Map.of("pytorch", "NaN", "jax", "NaN"))
            .rule(rank -> {
                Term t = call(normPrime(), z, v);
                return List.of(gives(0, times(t, x)), gives(1, times(t, y)));
            })
            .tangent(rank -> call(normPrime(), z, plus(times(dot(0), x), times(dot(1), y))))
            .along(rank -> {
                Term e = first(1, pair(x, y), pair(dot(0), dot(1)));
                return from(x, entry(e, 0), y, entry(e, 1), z, call(euclidean(), entry(e, 0), entry(e, 1)));
            }));

    // ---- reductions

    public static final Elementary SUM = add(fold("sum", Kind.REDUCTION, 1, Rows::sum).onDoubles(RealRows::sum).counts(PLUS, 1, -1)
            .latex("\\sum").means("Σ x_k").rule(rank -> List.of(gives(0, new Term.Expand(v)))).tangent(rank -> sum(rank, dot(0))));
    public static final Elementary MAX_OF = add(extremeOf(MAX, 1, "the largest entry").latex("\\max"));
    public static final Elementary MIN_OF = add(extremeOf(MIN, -1, "the smallest entry").latex("\\min"));
    public static final Elementary NORM2 = add(rows("norm2", Kind.REDUCTION, 1, Rows::norm2).onDoubles(RealRows::norm2)
            .counts(TIMES, 1, 0).counts(PLUS, 1, -1).counts(SQRT, 0, 1).latex("\\left\\lVert #1 \\right\\rVert_{2}").means("√Σ x_k²")
            .piecewise((a, s) -> mayVanish(a) ? ball(a) : null, Standard::atOrigin, (a, d, s) -> nearOrigin(a, Rows.norm(a)))
            .departsFrom(Map.of("jax", "NaN"))
            .rule(rank -> List.of(gives(0, times(new Term.Expand(call(normPrime(), z, v)), x))))
            .tangent(rank -> call(normPrime(), z, sum(rank, times(dot(0), x))))
            .along(rank -> {
                Term e = first(rank, x, dot(0));
                return from(x, e, z, new Term.Apply(norm2(), rank, List.of(e)));
            }));
    public static final Elementary LOGSUMEXP = add(rows("logsumexp", Kind.REDUCTION, 1, Rows::logsumexp).onDoubles(RealRows::logsumexp)
            .counts(MAX, 1, -1).counts(MINUS, 1, 0).counts(EXP, 1, 0).counts(PLUS, 1, 0).counts(LOG, 0, 1)
            .means("log Σ e^x_k")
            .rule(rank -> List.of(gives(0, times(new Term.Expand(v), call(EXPONENTIAL, minus(x, new Term.Expand(z)))))))
            .tangent(rank -> sum(rank, times(dot(0), call(EXPONENTIAL, minus(x, new Term.Expand(z)))))));
    public static final Elementary SOFTMAX = add(rows("softmax", Kind.NORMALISATION, 1, Rows::softmax).onDoubles(RealRows::softmax)
            .counts(MAX, 1, -1).counts(MINUS, 1, 0).counts(EXP, 1, 0).counts(PLUS, 1, -1).counts(OVER, 1, 0)
            .means("e^x_k / Σ e^x_j")
            .rule(rank -> List.of(gives(0, times(z, minus(v, new Term.Expand(sum(rank, times(v, z)))))))));

    // ---- recognised, and refused by backprop

    static final Elementary SIGNUM = add(jumping(SIGN, "−1, 0 or 1 as x is below, at or above 0", "sign jumps at 0"));
    static final Elementary HEAVISIDE = add(jumping(STEP, "0 below 0, else 1", "step jumps at 0"));
    static final Elementary ROUND_DOWN = add(jumping(FLOOR, "the largest integer ≤ x", "floor jumps at every integer"));
    static final Elementary ROUND_UP = add(jumping(CEIL, "the smallest integer ≥ x", "ceil jumps at every integer"));
    static final Elementary NEAREST = add(jumping(ROUND, "the nearest integer, ties to even", "round jumps halfway between integers"));

    // ---- D': primes. Each is linear in its last argument; where it jumps in another, backprop refuses it by that.

    static final Elementary RELU_PRIME = add(prime(Primitives.reluPrime(Rational.ZERO), "relu'")
            .means("v where x > 0, s·v at 0, 0 elsewhere").discontinuous("relu' jumps at 0")
            .selecting("relu", c -> Primitives.reluPrime(c.value())));
    static final Elementary ABS_PRIME = add(prime(Primitives.absPrime(Rational.ZERO), "abs'")
            .means("v where x > 0, s·v at 0, −v where x < 0").discontinuous("abs' jumps at 0")
            .selecting("abs", c -> Primitives.absPrime(c.value())));
    static final Elementary MAX_1 = add(extremePrime(MAX, 1, true));
    static final Elementary MAX_2 = add(extremePrime(MAX, 1, false));
    static final Elementary MIN_1 = add(extremePrime(MIN, -1, true));
    static final Elementary MIN_2 = add(extremePrime(MIN, -1, false));
    static final Elementary MAX_SELECTED = add(selected(MAX, 1));
    static final Elementary MIN_SELECTED = add(selected(MIN, -1));
    static final Elementary MAX_SCATTERED = add(scattered(MAX, 1));
    static final Elementary MIN_SCATTERED = add(scattered(MIN, -1));
    static final Elementary NORM_RADIAL = add(pointwise(NORM_PRIME).prime()
            .means("v/z, and 0 where z is 0").discontinuous("the gradient of a norm jumps at 0")
            .rule(rank -> List.of(gives(1, call(normPrime(), x, v)))));
    static final Elementary Z_LOG_X = add(pointwise(XLOGY).counts(XLOGY.composition).prime()
            .means("x·log y, and 0 where x is 0")
            .rule(rank -> List.of(gives(0, times(v, call(LOGARITHM, y))), gives(1, over(times(v, x), y)))));

    /// What products and quotients with a bar become where a bar that is exactly 0 is to stay 0 (`--strong-zero`).
    public static final Elementary STRONG_MULTIPLY = add(pointwise(TIMES_STRONG).withConstant(SCALE_STRONG).prime()
            .means("v · t, and 0 where v is 0").rule(rank -> List.of(gives(0, times(v, y)), gives(1, times(v, x)))));
    public static final Elementary STRONG_DIVIDE = add(pointwise(OVER_STRONG).withConstant(UNSCALE_STRONG).prime()
            .domain(a -> a[1] == 0 ? "division by zero" : null)
            .means("v / t, and 0 where v is 0").rule(rank -> {
                Term t = over(v, y);
                return List.of(gives(0, t), takes(1, times(t, z)));
            }));

    // ---- D': scans. What a point is, seen along directions: itself where nothing is undecided, else what the first direction
    // that decides makes of it. They jump wherever a kink does, so no derivative is asked of them.

    public static final Elementary FIRST = add(scan("first'", Rows::first, FIRST_SEEN, 0)
            .means("the first of x and its directions that is not zero, else zero").discontinuous("first' jumps at 0"));
    static final Elementary MAX_ALONG = add(scan("max'L", Rows.winners(1, MAX_SEEN), MAX_SEEN, -1)
            .means("1 for what is largest along the directions in order, else 0").discontinuous("max'L jumps at a tie"));
    static final Elementary MIN_ALONG = add(scan("min'L", Rows.winners(-1, MIN_SEEN), MIN_SEEN, -1)
            .means("−1 for what is smallest along the directions in order, else 0").discontinuous("min'L jumps at a tie"));

    // ---- access

    /// The entries of D and D', in order of declaration.
    public static List<Elementary> entries() {
        List<Elementary> all = new ArrayList<>();
        ENTRIES.values().forEach(all::addAll);
        return all;
    }

    /// The entries by this name: `max` is one of two arguments and one of a row.
    public static List<Elementary> named(String name) {
        return ENTRIES.getOrDefault(name, List.of());
    }

    /// The pointwise entry of this name and number of arguments, or null.
    public static Elementary pointwiseNamed(String name, int arity) {
        for (Elementary e : named(name)) if (e.kind == Kind.POINTWISE && e.arity == arity) return e;
        return null;
    }

    /// The entry of this name that works on rows, or null.
    public static Elementary rowsNamed(String name) {
        for (Elementary e : named(name)) if (e.kind != Kind.POINTWISE) return e;
        return null;
    }

    // ---- the words in which entries are written

    private static Elementary add(Elementary.Builder b) {
        Elementary e = b.build();
        ENTRIES.computeIfAbsent(e.name, n -> new ArrayList<>()).add(e);
        return e;
    }

    static Contribution gives(int k, Term t) {
        return new Contribution(k, false, t);
    }

    static Contribution takes(int k, Term t) {
        return new Contribution(k, true, t);
    }

    static Term call(Elementary f, Term... args) {
        return new Term.Apply(f, 0, List.of(args));
    }

    static Term plus(Term a, Term b) {
        return call(ADD, a, b);
    }

    static Term minus(Term a, Term b) {
        return call(SUBTRACT, a, b);
    }

    static Term times(Term a, Term b) {
        return call(MULTIPLY, a, b);
    }

    static Term over(Term a, Term b) {
        return call(DIVIDE, a, b);
    }

    private static Term sum(int rank, Term t) {
        return new Term.Apply(SUM, rank, List.of(t));
    }

    private static Term dot(int k) {
        return new Term.Dot(k);
    }

    private static Term pair(Term a, Term b) {
        return new Term.Stacked(List.of(a, b));
    }

    private static Term entry(Term t, int k) {
        return new Term.Entry(t, k);
    }

    static Term first(int rank, Term at, Term directions) {
        return new Term.Apply(FIRST, rank, List.of(at, directions));
    }

    /// `from(a, b, c, d, …)`: b in the place of a, d in that of c.
    private static UnaryOperator<Term> from(Term... pairs) {
        return t -> {
            for (int k = 0; k < pairs.length; k += 2) if (t.equals(pairs[k])) return pairs[k + 1];
            return null;
        };
    }

    static Term lit(long n) {
        return new Term.Literal(Rational.of(n));
    }

    // Entries declared further down: a rule is built on first use, when all of them exist.
    private static Elementary cosine() {
        return COSINE;
    }

    private static Elementary hyperbolicCosine() {
        return HYPERBOLIC_COSINE;
    }

    private static Elementary power() {
        return POWER;
    }

    private static Elementary zLogX() {
        return Z_LOG_X;
    }

    private static Elementary reluPrime() {
        return RELU_PRIME;
    }

    private static Elementary absPrime() {
        return ABS_PRIME;
    }

    private static Elementary euclidean() {
        return EUCLIDEAN;
    }

    private static Elementary norm2() {
        return NORM2;
    }

    private static Elementary normPrime() {
        return NORM_RADIAL;
    }

    /// X̄ += V·Yᵀ, Ȳ += Xᵀ·V, and what that is where X or Y is a vector.
    private static List<Contribution> contraction(int rank) {
        return switch (rank) {
            case 11 -> List.of(gives(0, times(v, y)), gives(1, times(v, x)));
            case 21 -> List.of(gives(0, times(new Term.Column(v), new Term.Row(y))), gives(1, matmul(21, new Term.Transpose(x), v)));
            case 12 -> List.of(gives(0, matmul(21, y, v)), gives(1, times(new Term.Column(x), new Term.Row(v))));
            default -> List.of(gives(0, matmul(22, v, new Term.Transpose(y))), gives(1, matmul(22, new Term.Transpose(x), v)));
        };
    }

    private static Term matmul(int rank, Term a, Term b) {
        return new Term.Apply(MATMUL, rank, List.of(a, b));
    }

    private static Elementary.Builder extreme(Primitive of, int sign, String doc) {
        return pointwise(of).means(doc)
                .piecewise((a, s) -> {
                    int c = Rows.compare(a[0], a[1]);
                    boolean tie = a[0].minus(a[1]).sign() == 2 ? !(a[0] instanceof nad.arithmetic.Real) : c == 0 && !Double.isNaN(a[0].toDouble()) && !Double.isNaN(a[1].toDouble());
                    return tie ? simplex(a, List.of(0, 1), sign, s.at(of.name)) : null;
                }, a -> a[0].minus(a[1]).sign(), (a, within, s) -> nearTie(a, within, sign, s.at(of.name)), Rational.ZERO, Rational.ONE)
                .rule(rank -> List.of(gives(0, call(Standard.pointwiseNamed(of.name + "'1", 3), x, y, v)),
                        gives(1, call(Standard.pointwiseNamed(of.name + "'2", 3), x, y, v))))
                .along(rank -> {
                    Term won = new Term.Apply(rowsNamed(of.name + "'L"), 1, List.of(pair(x, y), pair(dot(0), dot(1))));
                    return from(x, entry(won, 0), y, entry(won, 1));
                });
    }

    private static Elementary.Builder extremeOf(Primitive of, int sign, String doc) {
        return rows(of.name, Kind.REDUCTION, 1, Rows.extreme(of)).onDoubles(RealRows.extreme(of)).counts(of, 1, -1).means(doc)
                .piecewise((a, s) -> {
                    List<Integer> ties = winners(a, sign);
                    return ties.size() > 1 ? simplex(a, ties, sign, s.at(of.name)) : null;
                }, a -> winners(a, sign).hashCode(), (a, within, s) -> nearTie(a, within, sign, s.at(of.name)), Rational.ZERO, Rational.ONE)
                .rule(rank -> List.of(gives(0, new Term.Apply(rowsNamed(of.name + "'T"), rank, List.of(x, v)))))
                .tangent(rank -> new Term.Apply(rowsNamed(of.name + "'"), rank, List.of(x, dot(0))))
                .along(rank -> from(x, new Term.Apply(rowsNamed(of.name + "'L"), rank, List.of(x, dot(0)))));
    }

    /// The entries of a row that attain its extreme.
    private static List<Integer> winners(Quantity[] a, int sign) {
        Quantity[] shared = Rows.weights(a, sign, Rational.HALF);
        List<Integer> ties = new ArrayList<>();
        for (int k = 0; k < a.length; k++) if (shared[k].sign() != 0) ties.add(k);
        return ties;
    }

    /// Whether all arguments are 0, or are intervals that all hold 0.
    private static boolean mayVanish(Quantity[] a) {
        for (Quantity q : a) if (q.sign() != 0 && !(q instanceof nad.arithmetic.Interval i && i.contains(0))) return false;
        return true;
    }

    private static Quantity modulus(Quantity q) {
        return q.max(q.negate());
    }

    private static Kink.Near near(Quantity x, Kink atZero, Primitive prime) {
        return new Kink.Near(atZero.taking(List.of(prime.exact(x, x.one()))), modulus(x));
    }

    /// @param norm of the arguments, not 0
    private static Kink.Near nearOrigin(Quantity[] a, Quantity norm) {
        Quantity way = a[0].zero();
        List<Quantity> unit = new ArrayList<>();
        for (Quantity q : a) {
            way = way.plus(modulus(q));
            unit.add(q.over(norm));
        }
        return new Kink.Near(ball(a).taking(unit), way);
    }

    /// The winner and the argument next to it, or all that are so near, moved to a tie.
    private static Kink.Near nearTie(Quantity[] a, double within, int sign, Rational tie) {
        List<Quantity> taken = List.of(Rows.weights(a, sign, tie));
        int winner = winners(a, sign).getFirst();
        Quantity gap = null;
        for (int k = 0; k < a.length; k++) {
            Quantity way = modulus(a[winner].minus(a[k]));
            if (k != winner && (gap == null || Rows.compare(way, gap) < 0)) gap = way;
        }
        if (gap == null) return null;
        Quantity[] moved = a.clone();
        for (int k = 0; k < a.length; k++) {
            Quantity way = modulus(a[winner].minus(a[k]));
            if (way.toDouble() <= within || Rows.compare(way, gap) == 0) moved[k] = a[winner];
        }
        return new Kink.Near(simplex(moved, winners(moved, sign), sign, tie).taking(taken), gap);
    }

    /// A norm is smooth everywhere else.
    private static int atOrigin(Quantity[] a) {
        for (Quantity q : a) if (q.sign() != 0) return 0;
        return 1;
    }

    private static Elementary.Builder scan(String name, Elementary.Kernel kernel, Primitive seen, int once) {
        return rows(name, Kind.SCAN, 2, kernel).counts(seen, 1, once).prime();
    }

    private static Elementary.Builder jumping(Primitive f, String doc, String why) {
        return pointwise(f).means(doc).discontinuous(why);
    }

    /// A prime, linear in its last argument and piecewise constant in the others: its own transpose by the last.
    private static Elementary.Builder prime(Primitive f, String name) {
        return pointwise(f).prime().rule(rank -> {
            List<Term> args = new ArrayList<>();
            for (int k = 0; k < f.arity - 1; k++) args.add(new Term.Arg(k));
            args.add(v);
            return List.of(gives(f.arity - 1, new Term.Apply(pointwiseNamed(name, f.arity), 0, args)));
        });
    }

    private static Elementary.Builder extremePrime(Primitive of, int sign, boolean first) {
        Function<Rational, Primitive> p = r -> Primitives.extremePrime(of, sign, first, r);
        return prime(p.apply(Rational.ONE), of.name + (first ? "'1" : "'2"))
                .means("v times the share of " + (first ? "x" : "y") + " in " + of.name + "(x, y)")
                .discontinuous(of.name + (first ? "'1" : "'2") + " jumps at a tie")
                .selecting(of.name, c -> p.apply(c.value()));
    }

    private static Elementary.Builder selected(Primitive of, int sign) {
        Primitive tallied = Primitive.prime(of.name + "'", of, (a, b) -> Double.NaN, q -> q[0]);
        return rows(of.name + "'", Kind.REDUCTION, 2, Rows.selected(of.name, sign, tallied)).onDoubles(RealRows.selected(of.name, sign)).counts(tallied, 1, -1).prime()
                .means("the selected tangent of " + of.name).discontinuous(of.name + "' jumps at a tie")
                .rule(rank -> List.of(gives(1, new Term.Apply(rowsNamed(of.name + "'T"), rank, List.of(x, v)))))
                .tangent(rank -> new Term.Apply(rowsNamed(of.name + "'"), rank, List.of(x, dot(1))));
    }

    private static Elementary.Builder scattered(Primitive of, int sign) {
        Primitive tallied = Primitive.prime(of.name + "'T", of, (a, b) -> Double.NaN, q -> q[0]);
        return rows(of.name + "'T", Kind.SCATTER, 2, Rows.scattered(of.name, sign, tallied)).onDoubles(RealRows.scattered(of.name, sign)).counts(tallied, 1, 0).prime()
                .means("v to the selected argument of " + of.name).discontinuous(of.name + "'T jumps at a tie")
                .rule(rank -> List.of(gives(1, new Term.Apply(rowsNamed(of.name + "'"), rank, List.of(x, v)))))
                .tangent(rank -> new Term.Apply(rowsNamed(of.name + "'T"), rank, List.of(x, dot(1))));
    }

    private static Kink interval(Quantity q, Rational selected, Rational lo, Rational hi) {
        return new Kink("interval", List.of(q.constant(selected)),
                List.<Quantity[]>of(new Quantity[] {q.constant(lo), q.constant(hi)}), List.of());
    }

    /// In intervals: a kink may lie in the box, and any derivative of the Clarke set may be needed.
    private static Kink undecided(Quantity q, Rational lo, Rational hi) {
        return q instanceof nad.arithmetic.Interval i && !i.isNone()
                ? new Kink("interval", List.of(new nad.arithmetic.Interval(lo.toDouble(), hi.toDouble())),
                        List.<Quantity[]>of(new Quantity[] {q.constant(lo), q.constant(hi)}), List.of())
                : null;
    }

    private static Kink simplex(Quantity[] a, List<Integer> ties, int sign, Rational tie) {
        List<Quantity> selected = new ArrayList<>();
        List<Quantity[]> clarke = new ArrayList<>();
        Quantity[] weights = Rows.weights(a, sign, tie);
        for (int k = 0; k < a.length; k++) {
            selected.add(weights[k]);
            clarke.add(new Quantity[] {a[k].zero(), ties.contains(k) ? a[k].one() : a[k].zero()});
        }
        return new Kink("simplex", selected, clarke, ties);
    }

    private static Kink ball(Quantity[] a) {
        List<Quantity> selected = new ArrayList<>();
        List<Quantity[]> clarke = new ArrayList<>();
        for (Quantity q : a) {
            selected.add(q.zero());
            clarke.add(new Quantity[] {q.one().negate(), q.one()});
        }
        return new Kink("ball", selected, clarke, List.of());
    }
}
