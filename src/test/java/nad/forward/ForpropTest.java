package nad.forward;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.backprop;
import static nad.forward.Calculus.concatenated;
import static nad.forward.Calculus.exactly;
import static nad.forward.Calculus.inner;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static nad.forward.Calculus.transformed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.bound.ForwardOmega;
import nad.check.Checker;
import nad.core.Flat;
import nad.core.Program;
import nad.core.StaticCost;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.dictionary.Tangents;
import nad.laws.Spoken;
import nad.print.Printer;
import nad.report.Problem;
import nad.run.Run;
import nad.run.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tangent programs: what they say, what they compute, what they cost.
class ForpropTest {
    private static final List<Calculus.Transformation> WAYS = List.of(Forprop::jvp, Forprop::directional, Forprop::lexicographic);

    // ---- text

    @Test
    void each_statement_is_followed_by_its_tangent() {
        Program p = program("program f(x, y, data a) { return relu(x * y) + a * a - x / y }");
        assertThat(Printer.print(transformed(Forprop::jvp, p, 1))).isEqualTo("""
                program f_forprop(x, y, data a, x_dot, y_dot) {
                  t1 = x * y
                  s1 = x_dot * y
                  s2 = y_dot * x
                  t1_dot = s1 + s2
                  t2 = relu(t1)
                  t2_dot = relu'(t1; t1_dot)
                  t3 = a * a
                  t4 = t2 + t3
                  t5 = x / y
                  s3 = y_dot * t5
                  s4 = x_dot - s3
                  t5_dot = s4 / y
                  t6 = t4 - t5
                  t6_dot = t2_dot - t5_dot
                  return t6, t6_dot
                }
                """);
    }

    @Test
    void several_directions_are_a_leading_axis_and_what_they_share_is_computed_once() {
        Program p = program("program f(W: real[2, 3], data x: real[3]) { return sum(sin(W @ x) * W[.., 1]) }");
        assertThat(Printer.print(transformed(Forprop::jvp, p, 4))).isEqualTo("""
                program f_forprop(W: real[2, 3], data x: real[3], W_dot: real[4, 2, 3]) {
                  t1 = W @ x
                  t1_dot = [W_dot[i] @ x for i in 1..4]
                  t2 = sin(t1)
                  s1 = cos(t1)
                  t2_dot = t1_dot * s1
                  t3 = t2 * W[.., 1]
                  s2 = t2_dot * W[.., 1]
                  s3 = W_dot[.., .., 1] * t2
                  t3_dot = s2 + s3
                  t4 = sum(t3)
                  t4_dot = sum(t3_dot, axis=2)
                  return t4, t4_dot
                }
                """);
    }

    @Test
    void along_directions_the_primes_are_asked_where_the_point_moves() {
        Program p = program("program f(x, y) { return max(abs(x), y) + clip(y, 0, 1) }");
        assertThat(Printer.print(transformed(Forprop::lexicographic, p, 2))).isEqualTo("""
                program f_lexi(x, y, x_dot: real[2], y_dot: real[2]) {
                  t1 = abs(x)
                  s1 = first'(x; x_dot)
                  t1_dot = abs'(s1; x_dot)
                  t2 = max(t1, y)
                  s2 = max'L([t1, y]; [t1_dot, y_dot])
                  s3 = max'1(s2[1], s2[2]; t1_dot)
                  s4 = max'2(s2[1], s2[2]; y_dot)
                  t2_dot = s3 + s4
                  t3 = clip(y, 0, 1)
                  s5 = y - 0
                  s6 = first'(s5; y_dot)
                  s7 = y - 1
                  s8 = first'(s7; y_dot)
                  t3_dot = clip'L1(-1, s6, s8, y, 0, 1; y_dot)
                  t4 = t2 + t3
                  t4_dot = t2_dot + t3_dot
                  return t4, t4_dot
                }
                """);
    }

    @Test
    void names_of_the_program_are_kept_and_made_up_ones_avoid_them() {
        Program p = program("program f(x, x_dot, s1) { t1 = x * x_dot; return cos(t1) * s1 }");
        Program q = transformed(Forprop::jvp, p, 1, "x");
        assertThat(q.parameters()).extracting(Program.Parameter::name).containsExactly("x", "x_dot", "s1", "x_dot_2");
        assertThat(Printer.print(q)).contains("s2 = sin(t1)");
    }

    @Test
    void the_tangent_of_a_name_is_a_name() {
        Program p = program("program f(x: real[3]) { y = x + 1; return sum(y[2..3]) + y[1], reshape(y, 3, 1), y.T }");
        String text = Printer.print(transformed(Forprop::jvp, p, 2));
        assertThat(text).contains("t1_dot = sum(x_dot[.., 2..3], axis=2)").contains("reshape(x_dot, 2, 3, 1)").doesNotContain("y_dot");
        assertThat(Printer.print(program(text))).isEqualTo(text);
    }

    // ---- the linear tangent

    @Property(tries = 100)
    void the_tangent_is_the_transpose_of_the_pullback(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseSmooth(random).replace("return ", "return 2 * t1, "));
        Selections s = Selections.of(Selections.CONVENTIONS.get(random.nextInt(Selections.CONVENTIONS.size())));
        Program jvp = transformed(Forprop::jvp, p, 1);
        Program vjp = backprop(p);
        Map<String, Tensor> x = Calculus.grid(p, random);
        Map<String, Tensor> d = new HashMap<>(Calculus.grid(jvp, random));
        Map<String, Tensor> u = new HashMap<>(Calculus.grid(vjp, random));
        d.putAll(x);
        u.putAll(x);
        List<Rational[]> tangents = results(jvp, d, s);
        List<Rational[]> bars = results(vjp, u, s);
        Rational left = inner(given(u, vjp, p.parameters().size()), concatenated(tangents.subList(2, 4)));
        Rational right = inner(given(d, jvp, p.parameters().size()), concatenated(bars.subList(2, bars.size())));
        assertThat(left).as(Printer.print(p)).isEqualTo(right);
    }

    @Property(tries = 50)
    void backprop_of_the_tangent_program_by_the_directions_is_the_pullback(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseSmooth(random));
        Program jvp = transformed(Forprop::jvp, p, 1);
        Program adjoint = backprop(jvp, jvp.parameters().stream().map(Program.Parameter::name).filter(n -> n.endsWith("_dot")).toArray(String[]::new));
        Map<String, Tensor> x = new HashMap<>(Calculus.grid(adjoint, random));
        x.put("seed1", Tensor.of(new int[0], Rational.ZERO));
        x.put("seed2", Tensor.of(new int[0], Rational.ONE));
        List<Rational[]> bars = exactly(adjoint, x);
        List<Rational[]> gradient = exactly(backprop(p), x);
        assertThat(concatenated(bars.subList(2, bars.size()))).containsExactly(concatenated(gradient.subList(1, gradient.size())));
    }

    /// Every rule of D, over tensors: in float64 the dot-product law holds up to rounding.
    @ParameterizedTest
    @ValueSource(strings = {
        "program f(x: real[3], y: real[3]) { return x / y, softmax(x * y), -x }",
        "program f(x: real[3], y: real[3]) { return sqrt(1 + x * x), exp(x), log(2 + x * x), log1p(y * y), expm1(y) }",
        "program f(x: real[3], y: real[3]) { return sin(x), cos(y), tan(x / 4), asin(tanh(x)), acos(sigmoid(y)), atan(x), sinh(x), cosh(y), erf(x) }",
        "program f(x: real[3], y: real[3]) { return softplus(x), (1 + x * x)^y, hypot(x, y), logsumexp(x), norm2(y), gelu(x), silu(y) }",
        "program f(x: real[2, 3], y: real[3, 2]) { return x @ y, x @ y[.., 1], x[1] @ y, dot(x[1], y[.., 2]), softmax(x, axis=2), log_softmax(x, axis=1) }",
        "program f(x: real[2, 3], y: real[2, 3]) { return [logsumexp(x[i]) * norm2(y[i]) for i in 1..2], sum(x, axis=1), max(x, axis=2), min(x + y), prod(y) }",
        "program f(x: real[1, 4, 4], y: real[1, 1, 2, 2]) { return conv2d(x, y), maxpool2d(x, 2), avgpool2d(x, 2) }",
    })
    void the_law_holds_for_every_rule(String text) {
        Random random = new Random(7);
        Program p = program(text);
        for (int k = 1; k <= 2; k++) {
            Program jvp = transformed(Forprop::jvp, p, k);
            assertThat(Printer.print(program(Printer.print(jvp)))).isEqualTo(Printer.print(jvp));
            Program vjp = backprop(p);
            Map<String, Tensor> x = Calculus.generic(p, random);
            Map<String, Tensor> d = new HashMap<>(Calculus.generic(jvp, random));
            Map<String, Tensor> u = new HashMap<>(Calculus.generic(vjp, random));
            for (var e : x.entrySet()) e.setValue(small(e.getValue()));
            d.putAll(x);
            u.putAll(x);
            Run forward = Calculus.run(jvp, d, Arithmetic.FLOAT64);
            Run backward = Calculus.run(vjp, u, Arithmetic.FLOAT64);
            assertThat(forward.tally().byName()).isEqualTo(StaticCost.of(jvp).byName());
            int results = p.results().size();
            int parameters = p.parameters().size();
            for (int j = 0; j < k; j++) {
                double left = 0;
                double right = 0;
                for (int r = 0; r < results; r++) left += part(u.get(vjp.parameters().get(parameters + r).name()), 0, forward.results().get(results + r), j, k);
                for (int r = 0; r < parameters; r++) right += part(backward.results().get(results + r), 0, d.get(jvp.parameters().get(parameters + r).name()), j, k);
                assertThat(left).isCloseTo(right, org.assertj.core.data.Percentage.withPercentage(1e-9));
            }
        }
    }

    private static Tensor small(Tensor t) {
        Rational[] x = new Rational[t.size()];
        for (int k = 0; k < x.length; k++) x[k] = ((Rational) t.get(k)).over(Rational.of(8));
        return Tensor.of(t.shape(), x);
    }

    /// ⟨x, y_j⟩, y_j the j-th of k parts of y.
    private static double part(Tensor x, int from, Tensor y, int j, int k) {
        double sum = 0;
        for (int e = 0; e < x.size(); e++) sum += x.toDouble(from + e) * y.toDouble(j * (y.size() / k) + e);
        return sum;
    }

    // ---- the one-sided derivative

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "relu(x)              | 0 0 | 3 0   | 3",
        "relu(x)              | 0 0 | -3 0  | 0",
        "abs(x)               | 0 0 | -3 0  | 3",
        "max(x, y)            | 1 1 | -3 2  | 2",
        "min(x, y)            | 1 1 | -3 2  | -3",
        "max([x, y, 1])       | 1 1 | -3 -2 | 0",
        "hypot(x, y)          | 0 0 | 3 -4  | 5",
        "norm2([x, y, 0])     | 0 0 | 3 -4  | 5",
        "leaky_relu(x, 0.5)   | 0 0 | -4 0  | -2",
        "clip(x, y, 3)        | 1 1 | -4 2  | 2",
        "huber(x, 1)          | 1 0 | 2 0   | 2",
        "softshrink(x, 1)     | 1 0 | 2 0   | 2",
        "relu(x) - relu(-x)   | 0 0 | -4 0  | -4",
    })
    void at_a_kink_it_is_that_of_the_piece_entered(String expression, String point, String direction, long expected) {
        Program p = program("program f(x, y) { return " + expression + " + 0 * y }");
        Program q = transformed(Forprop::directional, p, 1);
        Rational[] in = java.util.stream.Stream.of((point.trim() + " " + direction.trim()).split(" +")).map(Rational::parse).toArray(Rational[]::new);
        assertThat(exactly(q, at(q, in)).get(1)).containsExactly(Rational.of(expected));
    }

    @Property(tries = 100)
    void it_is_the_slope_of_a_piecewise_linear_function_along_the_direction(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseLinear(random));
        Program q = transformed(Forprop::directional, p, 1);
        Map<String, Tensor> xd = Calculus.grid(q, random);
        // Slopes are bounded and kinks lie on a grid: so short a step meets no other.
        Rational step = Rational.of(1, 1 << 30);
        Map<String, Tensor> moved = new HashMap<>();
        for (Program.Parameter x : p.parameters()) {
            Rational[] e = new Rational[xd.get(x.name()).size()];
            for (int k = 0; k < e.length; k++)
                e[k] = ((Rational) xd.get(x.name()).get(k)).plus(((Rational) xd.get(x.name() + "_dot").get(k)).times(step));
            moved.put(x.name(), Tensor.of(x.shape(), e));
        }
        List<Rational[]> value = exactly(q, xd);
        assertThat(value.get(1)[0]).as(Printer.print(p)).isEqualTo(exactly(p, moved).get(0)[0].minus(value.get(0)[0]).over(step));
    }

    @Property(tries = 60)
    void it_is_positively_homogeneous_and_the_same_for_one_direction_as_for_many(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseSmooth(random));
        Program one = transformed(Forprop::directional, p, 1);
        Program two = transformed(Forprop::directional, p, 2);
        Map<String, Tensor> x = Calculus.grid(one, random);
        Map<String, Tensor> pair = new HashMap<>(x);
        for (Program.Parameter q : two.parameters()) {
            Tensor t = x.get(q.name());
            if (!q.name().endsWith("_dot")) continue;
            Rational[] both = new Rational[2 * t.size()];
            for (int k = 0; k < t.size(); k++) {
                both[k] = ((Rational) t.get(k)).times(Rational.of(5, 3));
                both[t.size() + k] = (Rational) t.get(k);
            }
            pair.put(q.name(), Tensor.of(q.shape(), both));
        }
        Rational d = exactly(one, x).get(1)[0];
        assertThat(exactly(two, pair).get(1)).containsExactly(d.times(Rational.of(5, 3)), d);
    }

    /// Branch locking (Kakade & Lee 2018): the branches that the direction decides, then one reverse sweep.
    @Property(tries = 80)
    void backprop_of_the_one_sided_derivative_by_its_direction_is_the_gradient_of_the_piece_entered(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseLinear(random));
        Program directional = transformed(Forprop::directional, p, 1);
        Program locked = backprop(directional, directional.parameters().stream().map(Program.Parameter::name).filter(n -> n.endsWith("_dot")).toArray(String[]::new));
        Map<String, Tensor> x = Calculus.grid(p, random);
        Map<String, Tensor> in = new HashMap<>(Calculus.generic(locked, random));
        in.putAll(x);
        in.put("seed1", Tensor.of(new int[0], Rational.ZERO));
        in.put("seed2", Tensor.of(new int[0], Rational.ONE));
        Map<String, Tensor> near = new HashMap<>();
        for (Program.Parameter q : p.parameters()) {
            Rational[] e = new Rational[x.get(q.name()).size()];
            for (int k = 0; k < e.length; k++)
                e[k] = ((Rational) x.get(q.name()).get(k)).plus(((Rational) in.get(q.name() + "_dot").get(k)).times(Rational.of(1, 1 << 30)));
            near.put(q.name(), Tensor.of(q.shape(), e));
        }
        List<Rational[]> found = exactly(locked, in);
        List<Rational[]> gradient = exactly(backprop(p), near);
        assertThat(concatenated(found.subList(2, found.size()))).as(Printer.print(p)).containsExactly(concatenated(gradient.subList(1, gradient.size())));
        CostModel prices = CostModel.UNIT;
        Certificate proof = CheapGradient.certify(directional, locked, prices, directional.parameters().stream().map(Program.Parameter::name).filter(n -> n.endsWith("_dot")).toList());
        assertThat(proof.holds()).as(proof.reason()).isTrue();
    }

    /// Σ_i f'(0; (d_i, e_i)) of f(x, y) = Σ_j |(Ax + By)_j|, pulled back to A at A = 0, B = S, the e_i being the unit vectors: the
    /// product S · Dᵀ of a matrix of signs and any other.
    @Test
    void the_pullback_of_p_one_sided_derivatives_multiplies_matrices() {
        Program h = program("program h(u: real[2]) { return sum(abs(u)) }");
        String along = Printer.print(transformed(Forprop::directional, h, 2)).replace("return t2, t2_dot", "return sum(t2_dot)");
        Program g = program(along + "program g(A: real[2, 2], data B: real[2, 2], data D: real[2, 2]) { return h_directional(zeros(2), D.T @ A.T + B.T) }");
        Rational[] in = rationals(0, 0, 0, 0, 1, -1, 1, 1, 2, 3, 5, 7);
        assertThat(exactly(backprop(g), at(g, in)).get(1)).containsExactly(rationals(-1, -2, 5, 12));
    }

    // ---- all ways

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 60)
    void off_kinks_all_ways_agree(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseSmooth(random));
        Map<String, Tensor> x = Calculus.generic(p, random);
        boolean off = Calculus.run(backprop(p), x, Arithmetic.RATIONAL).kinks().isEmpty();
        Spoken.of("off kinks", off, 30);
        if (!off) return;
        List<List<Rational[]>> answers = new ArrayList<>();
        for (Calculus.Transformation way : WAYS) {
            Program q = transformed(way, p, 3);
            Map<String, Tensor> in = new HashMap<>(Calculus.generic(q, new Random(seed)));
            in.putAll(x);
            answers.add(exactly(q, in));
        }
        assertThat(answers.get(1).get(1)).containsExactly(answers.get(0).get(1));
        assertThat(answers.get(2).get(1)).containsExactly(answers.get(0).get(1));
    }

    @Property(tries = 60)
    void what_is_printed_parses_back_and_costs_what_a_run_counts(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseSmooth(random));
        Program q = transformed(WAYS.get(random.nextInt(3)), p, 1 + random.nextInt(3));
        String text = Printer.print(q);
        Program r = program(text);
        assertThat(Printer.print(r)).isEqualTo(text);
        Map<String, Tensor> x = Calculus.grid(q, random);
        assertThat(exactly(r, x)).usingRecursiveComparison().isEqualTo(exactly(q, x));
        for (Arithmetic a : List.of(Arithmetic.RATIONAL, Arithmetic.FLOAT64)) {
            assertThat(Calculus.run(q, x, a).tally().byName()).isEqualTo(StaticCost.of(q).byName());
            assertThat(Calculus.run(r, x, a).tally().byName()).isEqualTo(StaticCost.of(q).byName());
        }
    }

    @TestFactory
    Stream<DynamicTest> samples_can_be_transformed_in_all_ways() throws IOException {
        try (Stream<Path> samples = Files.list(Path.of("samples"))) {
            return samples.filter(f -> f.toString().endsWith(".nad")).sorted().toList().stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> sample(f)));
        }
    }

    private static void sample(Path file) {
        Checker c = Checker.read(new DiskFiles(), file.toString());
        Program p = c.elaborate(null, new Checker.Options(Map.of(), Checker.STANDARD_LIMIT, true));
        assertThat(p).as(file + ": " + c.problems()).isNotNull();
        assertThat(p.blocks()).isZero();
        assertThat(Backprop.refusals(p, null)).isEmpty();
        for (int way = 0; way < 3; way++) {
            Program q = transformed(WAYS.get(way), p, 1 + way);
            String text = Printer.print(q);
            assertThat(Printer.print(program(text))).isEqualTo(text);
            Rational cost = CostModel.UNIT.cost(StaticCost.of(q));
            assertThat(cost).isLessThanOrEqualTo(ForwardOmega.of(p, 1 + way, Tangents.Way.values()[way], CostModel.UNIT).times(CostModel.UNIT.cost(StaticCost.of(p))));
            if (cost.toDouble() > 1e5) continue;
            Run run = Calculus.run(q, Calculus.grid(q, new Random(1)), Arithmetic.FLOAT64);
            assertThat(run.tally().byName()).isEqualTo(StaticCost.of(q).byName());
        }
    }

    @Property(tries = 40)
    void the_scalar_program_computes_and_costs_the_same(@ForAll long seed) {
        Random random = new Random(seed);
        Program q = transformed(WAYS.get(random.nextInt(3)), program(RandomProgram.piecewiseSmooth(random)), 1 + random.nextInt(3));
        List<Problem> problems = new ArrayList<>();
        Program flat = Flat.of(q, 1_000_000, problems);
        assertThat(problems).isEmpty();
        Map<String, Tensor> x = Calculus.grid(q, random);
        assertThat(exactly(flat, x)).usingRecursiveComparison().isEqualTo(exactly(q, x));
        assertThat(CostModel.UNIT.cost(StaticCost.of(flat))).isEqualTo(CostModel.UNIT.cost(StaticCost.of(q)));
        String text = Printer.print(flat);
        assertThat(Printer.print(program(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void the_dictionary_of_a_transformed_program_allows_what_the_transformation_needs(int way) {
        Program p = program("dictionary d { allow exp relu; cost exp = 3 }\nprogram f(x) over d { return relu(exp(exp(x))) }");
        Program q = way == 3 ? backprop(p) : transformed(WAYS.get(way), p, 2);
        String text = Printer.print(q);
        assertThat(text).contains("allow * exp relu").contains("cost exp = 3");
        assertThat(Printer.print(program(text))).isEqualTo(text);
        assertThat(Printer.print(p)).contains("allow exp relu");
    }

    @Test
    void only_statements_that_matter_get_tangents() {
        Program p = program("program f(x, data a) { b = a * a; dead = exp(x); return x * b }");
        assertThat(Printer.print(transformed(Forprop::jvp, p, 1))).doesNotContain("dead_dot").doesNotContain("b_dot").contains("t1_dot = x_dot * b");
    }

    @Test
    void what_has_no_derivative_is_refused_by_name() {
        List<Problem> problems = new ArrayList<>();
        assertThat(Forprop.jvp(program("program f(x) { return x * sign(x) }"), null, 1, problems)).isNull();
        assertThat(Forprop.lexicographic(program("program f(x) { return floor(x) }"), null, 1, problems)).isNull();
        assertThat(Forprop.jvp(program("program f(x) { return x }"), List.of("y"), 1, problems)).isNull();
        assertThat(Backprop.of(transformed(Forprop::directional, program("program f(x) { return relu(x) }"), 1), null, problems)).isNull();
        assertThat(Backprop.of(transformed(Forprop::lexicographic, program("program f(x) { return relu(x) }"), 2), List.of("x_dot"), problems)).isNull();
        assertThat(problems.subList(3, 5)).extracting(x -> ((Problem.NotPathDifferentiable) x).operation()).containsExactly("first'", "first'");
        assertThat(problems.get(0)).isInstanceOfSatisfying(Problem.NotPathDifferentiable.class, n -> assertThat(n.operation()).isEqualTo("sign"));
        assertThat(problems.get(1)).isInstanceOfSatisfying(Problem.NotPathDifferentiable.class, n -> assertThat(n.operation()).isEqualTo("floor"));
        assertThat(problems.get(2)).isInstanceOf(Problem.UnknownWrt.class);
        assertThat(Forprop.jvp(backprop(program("program f(x) { return x * x }")), null, 1, problems)).isNull();
        assertThat(problems.getLast()).isInstanceOf(Problem.Misplaced.class);
    }

    private static List<Rational[]> results(Program p, Map<String, Tensor> inputs, Selections s) {
        List<Rational[]> out = new ArrayList<>();
        for (Tensor t : Calculus.run(p, inputs, Arithmetic.RATIONAL, s).results())
            out.add(java.util.Arrays.copyOf(t.exact(), t.size(), Rational[].class));
        return out;
    }

    /// The entries given for all parameters from the n-th on.
    private static Rational[] given(Map<String, Tensor> inputs, Program p, int n) {
        List<Rational[]> out = new ArrayList<>();
        for (Program.Parameter q : p.parameters().subList(n, p.parameters().size()))
            out.add(java.util.Arrays.copyOf(inputs.get(q.name()).exact(), inputs.get(q.name()).size(), Rational[].class));
        return concatenated(out);
    }
}
