package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.bound.Omega;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.dictionary.Term;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Laws that every entry of D and D' keeps, the prelude's and a user's own included.
class DictionaryLawsTest {
    private static final double[][] POINTS = points();
    private static final double[] SEED = {1.25, -0.5, 2, 0.75};

    private static double[][] points() {
        Random r = new Random(4);
        double[][] out = new double[40][6];
        for (int k = 0; k < out.length; k++)
            for (int d = 0; d < 6; d++) out[k][d] = k % 2 == 0 ? 0.1 + 0.8 * r.nextDouble() : 4 * r.nextDouble() - 2;
        return out;
    }

    static List<Elementary> entries() {
        return Entries.all();
    }

    static List<Elementary> differentiable() {
        return Entries.all().stream().filter(Elementary::differentiable).toList();
    }

    static List<Elementary> kinked() {
        return Entries.all().stream().filter(f -> f.kink != null && f.kind == Elementary.Kind.POINTWISE).toList();
    }

    // ---- rules

    @ParameterizedTest
    @MethodSource("differentiable")
    void theRuleAgreesWithDifferencesOffKinks(Elementary f) {
        for (int rank : Entries.ranks(f))
            for (int n : f.kind == Elementary.Kind.POINTWISE ? new int[] {1} : new int[] {1, 2, 5}) {
                int said = 0;
                for (double[] x : POINTS) {
                    Entries.Compared c = Entries.compared(f, rank, n, x, SEED);
                    assertThat(c.wrong()).isNull();
                    if (c.compared() > 0) said++;
                }
                assertThat(said).as("%s of %s", f, n).isGreaterThanOrEqualTo(POINTS.length / 4);
            }
    }

    @Test
    void aWrongRuleIsFound() {
        Primitive square = Primitive.of("square", Primitive.Pricing.FUNCTION, x -> x * x, x -> x[0].times(x[0]));
        Term v = new Term.Bar();
        Term x = new Term.Arg(0);
        Elementary right = Elementary.pointwise(square).rule(new Term.Contribution(0, false, product(v, plus(x, x)))).build();
        Elementary half = Elementary.pointwise(square).rule(new Term.Contribution(0, false, product(v, x))).build();
        Elementary negative = Elementary.pointwise(square).rule(new Term.Contribution(0, true, product(v, plus(x, x)))).build();
        assertThat(wrong(right)).isNull();
        assertThat(wrong(half)).contains("square/1 by x1");
        assertThat(wrong(negative)).contains("square/1 by x1");
    }

    private static String wrong(Elementary f) {
        for (double[] x : POINTS) {
            String d = Entries.compared(f, 0, 1, x, SEED).wrong();
            if (d != null) return d;
        }
        return null;
    }

    private static Term product(Term a, Term b) {
        return new Term.Apply(Standard.MULTIPLY, 0, List.of(a, b));
    }

    private static Term plus(Term a, Term b) {
        return new Term.Apply(Standard.ADD, 0, List.of(a, b));
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void theRuleIsLinearInTheCotangent(Elementary f) {
        for (int rank : Entries.ranks(f)) {
            Program p = Entries.program(f, rank, 3);
            if (p.results().getFirst().rank() == 0 && f.kind == Elementary.Kind.POINTWISE) continue; // its bar is the literal 1
            Program q = Nad.backprop(p, Entries.differentiated(f).toArray(new String[0]));
            int finite = 0;
            for (double[] x : Arrays.copyOf(POINTS, 10)) {
                double[][] g = new double[3][];
                double[][] seeds = {{1, 2, -1, 0.5, 3, 1}, {0.25, -1, 2, 1, 1, -2}, {1 + 3 * 0.25, 2 - 3, -1 + 6, 3.5, 6, -5}};
                for (int k = 0; k < 3; k++) g[k] = Nad.run(q, Entries.inputs(q, x, seeds[k])).results().getLast().real();
                boolean seeded = q.parameters().getLast().name().equals("seed");
                for (int e = 0; e < g[0].length; e++) {
                    if (seeded) assertThat(g[2][e]).isCloseTo(g[0][e] + 3 * g[1][e], within(1e-9 * (1 + Math.abs(g[2][e]))));
                    if (Double.isFinite(g[2][e])) finite++;
                }
            }
            assertThat(finite).as(f.toString()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void theRuleIsMadeOfEntriesOfTheDictionary(Elementary f) {
        Set<String> known = new HashSet<>();
        Entries.all().forEach(e -> known.add(e.toString()));
        for (int rank : Entries.ranks(f))
            for (Term.Contribution c : f.rule(rank)) {
                assertThat(c.arg()).isBetween(0, f.arity - 1);
                operations(c.term(), known);
                if (f.kind == Elementary.Kind.POINTWISE) scalar(c.term());
            }
    }

    /// Rules of scalar functions are made of scalar functions alone, without views.
    private static void scalar(Term t) {
        if (t instanceof Term.Apply a) {
            assertThat(a.f().kind).isEqualTo(Elementary.Kind.POINTWISE);
            a.args().forEach(DictionaryLawsTest::scalar);
        } else assertThat(t).isInstanceOfAny(Term.Arg.class, Term.Result.class, Term.Bar.class, Term.Literal.class, Term.Irrational.class);
    }

    private static void operations(Term t, Set<String> known) {
        switch (t) {
            case Term.Apply a -> {
                assertThat(known).contains(a.f().toString());
                a.args().forEach(x -> operations(x, known));
            }
            case Term.Expand e -> operations(e.of(), known);
            case Term.Transpose s -> operations(s.of(), known);
            case Term.Column c -> operations(c.of(), known);
            case Term.Row r -> operations(r.of(), known);
            default -> {}
        }
    }

    // ---- values

    /// The functions whose values, or whose primes', are not all fractions.
    private static final Set<String> LEAVE_FRACTIONS = Set.of("sqrt", "exp", "log", "log1p", "expm1", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
            "sigmoid", "softplus", "erf", "pow", "hypot", "norm2", "logsumexp", "softmax", "xlogy", "elu", "selu", "gelu", "silu", "priced");

    @ParameterizedTest
    @MethodSource("entries")
    void theValueIsTheSameInEveryArithmetic(Elementary f) {
        for (int rank : Entries.ranks(f)) {
            Program p = Entries.program(f, rank, 3);
            int said = 0;
            int boxed = 0;
            int fractions = 0;
            for (double[] point : POINTS) {
                double[] x = Arrays.stream(point).map(d -> Math.rint(16 * d) / 16).toArray();
                Map<String, Tensor> in = Entries.inputs(p, x, SEED);
                Tensor real = Nad.run(p, in).results().getFirst();
                Run exact = Nad.runWithin(p, in, Arithmetic.RATIONAL);
                Run box = Nad.runWithin(p, in, Arithmetic.INTERVAL);
                Tensor single = Nad.run(p, in, Arithmetic.FLOAT32, Selections.DEFAULT).results().getFirst();
                for (int k = 0; k < real.size(); k++) {
                    double z = real.toDouble(k);
                    if (!Double.isFinite(z)) continue;
                    said++;
                    if (exact != null) fractions++;
                    if (exact != null) assertThat(exact.results().getFirst().toDouble(k)).as(f + Arrays.toString(x)).isCloseTo(z, within(1e-14 * (1 + Math.abs(z))));
                    if (box != null && !((Interval) box.results().getFirst().get(k)).isNone()) {
                        boxed++;
                        assertThat(((Interval) box.results().getFirst().get(k)).contains(z)).as(f + Arrays.toString(x) + box.results().getFirst().get(k) + z).isTrue();
                    }
                    assertThat(single.toDouble(k)).as(f + Arrays.toString(x)).isCloseTo(z, within(2e-6 * (1 + Math.abs(z))));
                }
            }
            assertThat(said).as(f.toString()).isGreaterThanOrEqualTo(POINTS.length / 4);
            assertThat(boxed).as("%s in intervals", f).isGreaterThanOrEqualTo(said / 2);
            if (!LEAVE_FRACTIONS.contains(f.name.split("'")[0])) assertThat(fractions).as("%s in fractions", f).isEqualTo(said);
        }
    }

    // ---- kinks

    /// Functions whose pieces meet with equal derivatives.
    private static final Set<String> SMOOTHLY_JOINED = Set.of("elu", "hinge");

    /// Points k/4 of a small grid where the entry has a kink.
    private static List<double[]> kinkPoints(Elementary f) {
        List<double[]> out = new ArrayList<>();
        int side = f.arity == 3 ? 9 : f.arity == 2 ? 17 : 65;
        double step = f.arity == 3 ? 0.5 : 0.25;
        for (int n = 0; n < Math.pow(side, f.arity); n++) {
            double[] x = new double[f.arity];
            int rest = n;
            for (int k = 0; k < f.arity; k++) {
                x[k] = (rest % side - side / 2) * step;
                rest /= side;
            }
            if (f.kink.at(reals(x), Selections.DEFAULT) != null && isContinuous(f, x)) out.add(x);
        }
        return out;
    }

    /// A declared function may jump at some arguments: these are no use of it.
    private static boolean isContinuous(Elementary f, double[] x) {
        boolean continuous = true;
        for (int k = 0; k < f.arity; k++)
            for (double h : new double[] {-1e-7, 1e-7}) continuous &= Math.abs(moved(f, x, k, h) - moved(f, x, k, 0)) < 1e-5;
        return continuous;
    }

    private static Quantity[] reals(double[] x) {
        return Arrays.stream(x).mapToObj(Real::new).toArray(Quantity[]::new);
    }

    @ParameterizedTest
    @MethodSource("kinked")
    void atAKinkTheSelectionLiesInTheClarkeSet(Elementary f) {
        List<double[]> points = kinkPoints(f);
        assertThat(points.isEmpty()).isEqualTo(SMOOTHLY_JOINED.contains(f.name));
        for (String convention : Selections.CONVENTIONS) {
            Selections s = Selections.of(convention);
            for (double[] x : points) {
                Kink kink = f.kink.at(reals(x), s);
                double[] selected = kink.selected().stream().mapToDouble(Quantity::toDouble).toArray();
                assertThat(Entries.gradient(f, x, s)).as(f + convention + Arrays.toString(x)).containsExactly(selected);
                for (int k = 0; k < f.arity; k++)
                    assertThat(selected[k]).isBetween(kink.clarke().get(k)[0].toDouble(), kink.clarke().get(k)[1].toDouble());
                if (kink.set().equals("simplex")) assertThat(Arrays.stream(selected).sum()).isEqualTo(1);
                if (kink.set().equals("ball")) assertThat(Arrays.stream(selected).map(d -> d * d).sum()).isLessThanOrEqualTo(1);
                for (int k = 0; k < f.arity; k++) if (!kink.set().equals("simplex")) requireSlopes(f, x, k, kink.clarke().get(k));
            }
        }
    }

    /// The Clarke interval by an argument holds the one-sided slopes along it; for one argument it is what lies between them.
    private static void requireSlopes(Elementary f, double[] x, int k, Quantity[] clarke) {
        double h = 1e-7;
        double right = (moved(f, x, k, h) - moved(f, x, k, 0)) / h;
        double left = (moved(f, x, k, 0) - moved(f, x, k, -h)) / h;
        double lo = clarke[0].toDouble();
        double hi = clarke[1].toDouble();
        assertThat(Math.min(left, right)).as(f + Arrays.toString(x)).isGreaterThan(lo - 1e-5);
        assertThat(Math.max(left, right)).as(f + Arrays.toString(x)).isLessThan(hi + 1e-5);
        if (f.arity > 1) return;
        assertThat(Math.min(left, right)).as(f + Arrays.toString(x)).isCloseTo(lo, within(1e-5));
        assertThat(Math.max(left, right)).as(f + Arrays.toString(x)).isCloseTo(hi, within(1e-5));
    }

    private static double moved(Elementary f, double[] x, int k, double h) {
        double[] y = x.clone();
        y[k] += h;
        return f.primitive(false).real(y);
    }

    // ---- costs

    /// cost(g), the cost of its adjoint block in full, ω in the unit model with c = 1, and ω in the multiplicative model: the
    /// numbers of theory, row by row.
    @Test
    void costsAndOverheadsAreThoseOfTheTable() {
        StringBuilder out = new StringBuilder();
        for (Elementary f : Entries.all()) {
            if (f.inPrime || !f.differentiable()) continue;
            int rank = f.kind == Elementary.Kind.CONTRACTION ? 22 : Entries.ranks(f).getFirst();
            out.append(String.format("%-15s %-8s %-8s %-6s %s%n", f, affine(n -> cost(Entries.program(f, rank, n))), affine(n -> block(f, rank, n)),
                    Omega.of(f, CostModel.UNIT), Omega.of(f, CostModel.MULTIPLICATIVE)));
        }
        assertThat(out.toString()).isEqualTo(TABLE);
    }

    private static final String TABLE = """
            +/2             1        2        3      1
            -/2             1        2        3      1
            -/1             1        1        2      1
            */2             1        4        5      3
            //2             1        4        5      3
            fma/3           2        5        7/2    3
            @/2             12n-6    24n      5      3
            sqrt/1          1        3        4      2
            exp/1           1        2        3      2
            log/1           1        2        3      2
            log1p/1         1        3        4      2
            expm1/1         1        3        4      2
            sin/1           1        3        4      3
            cos/1           1        3        4      3
            tan/1           1        4        5      3
            asin/1          1        5        6      4
            acos/1          1        5        6      4
            atan/1          1        4        5      3
            sinh/1          1        3        4      3
            cosh/1          1        3        4      3
            tanh/1          1        4        5      3
            sigmoid/1       1        4        5      3
            softplus/1      2        3        5/2    2
            erf/1           1        6        7      4
            pow/2           3        11       14/3   11/3
            relu/1          1        2        3      1
            abs/1           1        2        3      1
            max/2           1        4        5      1
            max/1           n-1      2n       5      1
            min/2           1        4        5      1
            min/1           n-1      2n       5      1
            hypot/2         4        5        9/4    2
            sum/1           n-1      n        3      1
            norm2/1         2n       2n+1     5/2    2
            logsumexp/1     4n       4n       2      3
            softmax/1       5n-2     5n-1     7/3    2
            leaky_relu/2    2        6        4      3
            clip/3          3        15       6      1
            hardtanh/1      2        4        3      1
            relu6/1         2        4        3      1
            elu/1           2        5        7/2    3
            selu/1          3        6        3      3
            softshrink/2    5        12       17/5   1
            huber/2         8        20       7/2    3
            gelu/1          5        13       18/5   7/2
            silu/1          2        7        9/2    3
            hinge/1         4        6        5/2    2
            bent/2          6        11       17/6   2
            priced/1        7        5        12/7   10/7
            """;

    /// `a·n + b` through the values at two lengths.
    private static String affine(java.util.function.IntFunction<Rational> of) {
        Rational each = of.apply(4).minus(of.apply(3));
        Rational once = of.apply(3).minus(each.times(Rational.of(3)));
        if (each.sign() == 0) return once.toString();
        String n = each.equals(Rational.ONE) ? "n" : each + "n";
        return once.sign() == 0 ? n : n + (once.sign() < 0 ? "-" : "+") + once.abs();
    }

    private static Rational cost(Program p) {
        return CostModel.UNIT.cost(StaticCost.of(p));
    }

    /// What the block executes, and the accumulations that first contributions were spared; a first contribution that is
    /// negative was negated instead.
    private static Rational block(Elementary f, int rank, int n) {
        Program p = Entries.program(f, rank, n);
        Program q = seeded(p);
        long entries = p.parameters().stream().mapToLong(x -> nad.tensor.Shapes.size(x.shape())).sum();
        for (Term.Contribution c : f.rule(rank)) if (c.negative()) entries -= nad.tensor.Shapes.size(p.parameters().get(c.arg()).shape());
        return cost(q).minus(cost(p)).plus(Rational.of(entries));
    }

    /// The same with a bar that is no literal: two results.
    private static Program seeded(Program p) {
        var b = nad.core.ProgramBuilder.extending(p, p.name());
        return Nad.backprop(b.build(List.of(p.results().getFirst(), nad.core.Operand.Constant.scalar(Rational.ONE))));
    }

    @Test
    void constantsAndEqualOperandsHaveOverheadsOfTheirOwn() {
        Map<String, String> omega = new TreeMap<>();
        for (String e : List.of("x + 2", "x - 2", "2 - x", "2 * x", "x / 2", "2 / x", "max(x, 2)", "x * x", "x / x", "x + x", "pow(x, 2.5)", "x * y", "x / y", "-x", "max(x, y)")) {
            Program p = Nad.program("program f(x, y) {\n  return " + e + "\n}\n");
            omega.put(e, Omega.statement(p, 0, CostModel.UNIT) + " " + Omega.statement(p, 0, CostModel.MULTIPLICATIVE));
        }
        assertThat(omega.toString()).isEqualTo("{-x=2 1, 2 * x=3 1, 2 - x=2 1, 2 / x=4 3, max(x, 2)=3 1, max(x, y)=5 1, pow(x, 2.5)=3 7/3, x * x=4 2, "
                + "x * y=5 3, x + 2=2 1, x + x=3 1, x - 2=2 1, x / 2=3 1, x / x=5 3, x / y=5 3}");
    }
}
