package nad.lexi;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.concatenated;
import static nad.forward.Calculus.exactly;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.forward.Calculus;
import nad.forward.Forprop;
import nad.forward.RandomProgram;
import nad.laws.Spoken;
import nad.print.Printer;
import nad.report.Problem;
import nad.run.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// LD-derivatives and lexicographic subgradients: the numbers of the literature, the specification, the gradient off kinks.
class LexiTest {
    /// The LD-derivative of the only result, and the subgradient, at a point.
    private record Derivative(Rational[] row, Rational[] subgradient) {}

    private static Derivative lexicographic(Program p, Map<String, Tensor> x, Rational[][] rows) {
        List<Problem> problems = new ArrayList<>();
        Directions m = rows == null ? Directions.identity(p, null, problems) : Directions.of(p, null, rows, problems);
        assertThat(problems).isEmpty();
        Program q = Calculus.transformed(Forprop::lexicographic, p, m.count());
        Rational[] row = exactly(q, along(q, x, m)).get(1);
        List<Rational[]> g = m.subgradient(row).values().stream().map(v -> Arrays.copyOf(v, v.length, Rational[].class)).toList();
        return new Derivative(row, concatenated(g));
    }

    private static Map<String, Tensor> along(Program q, Map<String, Tensor> x, Directions m) {
        Map<String, Tensor> in = new HashMap<>(x);
        Map<String, Rational[]> tangents = m.tangents(q);
        for (Program.Parameter t : q.parameters()) if (tangents.containsKey(t.name())) in.put(t.name(), Tensor.of(t.shape(), tangents.get(t.name())));
        return in;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "program f(x) { return relu(x) - relu(-x) }                              | 0   | 1",
        "program f(x) { return 10 * x - 9 * (relu(x) - relu(-x)) }               | 0   | 1",
        "program f(x) { return relu(-x) + x - relu(x) }                          | 0   | 0",
        "program f(x, y) { return max(0, min(x, y)) }                            | 0 0 | 0 1",
        "program f(x) { return abs(x) - abs(x) }                                 | 0   | 0",
        "program f(x, y) { d = x - y; return (1 + abs(d)) * d }                  | 0 0 | 1 -1",
        "program f(x) { return relu(x) + min(x, 0) }                             | 0   | 1",
        "program f(x, y) { return hypot(x, y) }                                  | 0 0 | 1 0",
        "program f(x: real[3]) { return norm2(x) }                               | 0 0 0 | 1 0 0",
        "program f(x: real[3]) { return max(x) }                                 | 2 2 2 | 1 0 0",
        "program f(x: real[3]) { return min(x) }                                 | 2 2 2 | 0 0 1",
        "program f(x: real[2]) { return norm1(x) }                               | 0 0 | 1 1",
        "program f(x) { return clip(x, -1, 1) }                                  | 1   | 0",
        "program f(x) { return clip(x, -1, 1) }                                  | -1  | 1",
        "program f(x) { return leaky_relu(-x, 0.25) }                            | 0   | -1/4",
        "program f(x) { return huber(x, 1) }                                     | 1   | 1",
        "program f(x) { return relu(x * x) }                                     | 0   | 0",
    })
    void the_lexicographic_subgradient_is_a_clarke_element(String text, String point, String expected) {
        Program p = program(text);
        Derivative d = lexicographic(p, at(p, numbers(point)), null);
        assertThat(d.subgradient).containsExactly(numbers(expected));
    }

    @Test
    void directions_choose_among_the_clarke_elements() {
        Program p = program("program f(x, y) { return max(x, y) }");
        Rational[][] m = {rationals(-1, 0), rationals(0, 1)};
        Derivative d = lexicographic(p, at(p, rationals(0, 0)), m);
        assertThat(d.row).containsExactly(rationals(0, 1));
        assertThat(d.subgradient).containsExactly(rationals(0, 1));
        Rational[][] other = {rationals(1, 1), rationals(1, 0)};
        assertThat(lexicographic(p, at(p, rationals(0, 0)), other).subgradient).containsExactly(rationals(1, 0));
    }

    @Test
    void norms_at_zero_are_decided_by_the_first_direction_that_moves() {
        Program p = program("program f(x, y) { return hypot(x, y) }");
        Derivative d = lexicographic(p, at(p, rationals(0, 0)), new Rational[][] {rationals(3, 4), rationals(1, 0)});
        assertThat(d.row[0]).isEqualTo(Rational.of(5));
        assertThat(d.subgradient).containsExactly(Rational.of(3, 5), Rational.of(4, 5));
    }

    @Test
    void dependent_directions_and_those_of_another_length_are_refused() {
        Program p = program("program f(x, y) { return max(x, y) }");
        List<Problem> problems = new ArrayList<>();
        assertThat(Directions.of(p, null, new Rational[][] {rationals(1, 2), rationals(2, 4)}, problems)).isNull();
        assertThat(Directions.of(p, null, new Rational[][] {rationals(1, 2, 3), rationals(2, 4, 5)}, problems)).isNull();
        assertThat(Directions.of(p, null, new Rational[][] {rationals(1, 2)}, problems)).isNull();
        assertThat(Directions.of(p, List.of("x", "z"), new Rational[][] {rationals(1)}, problems)).isNull();
        assertThat(problems).extracting(x -> x.getClass().getSimpleName())
                .containsExactly("SingularDirections", "WrongDirections", "WrongDirections", "UnknownWrt");
        assertThat(Directions.along(p, null, new Rational[][] {rationals(1, 2)}, problems).count()).isEqualTo(1);
    }

    @Test
    void the_norm_of_a_moved_point_is_that_of_successive_local_approximations() {
        Program p = program("program f(x, y, v: real[3]) { return hypot(relu(x), abs(y)) * 2 - norm2([v[1] - x, v[2], abs(v[3])]) }");
        Rational[][] m = {rationals(0, 0, 0, 0, 0), rationals(3, -4, 1, -2, 1), rationals(1, 2, -3, 4, 5), rationals(-1, 1, 1, 1, 1)};
        Map<String, Tensor> x = at(p, rationals(0, 0, 0, 0, 0));
        Program q = Calculus.transformed(Forprop::lexicographic, p, 4);
        Rational[] row = exactly(q, along(q, x, Directions.along(p, null, m, new ArrayList<>()))).get(1);
        assertThat(row).containsExactly(LocalApproximation.row(p, entries(p, x), m));
        assertThat(row[1]).isEqualTo(Rational.of(7));
    }

    /// Many entries are zero, so that kinks stay undecided for several directions.
    @Property(tries = 250)
    void the_derivative_is_that_of_successive_local_approximations(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(seed % 2 == 0 ? RandomProgram.piecewiseLinear(random) : RandomProgram.piecewiseSmooth(random));
        Map<String, Tensor> x = random.nextBoolean() ? Calculus.grid(p, random) : Calculus.inputs(p, () -> Rational.ZERO);
        Rational[][] m = new Rational[1 + random.nextInt(9)][9];
        for (Rational[] row : m) for (int k = 0; k < row.length; k++) row[k] = Rational.of(random.nextInt(3) > 0 ? 0 : random.nextInt(5) - 2);
        Directions directions = Directions.along(p, null, m, new ArrayList<>());
        Program q = Calculus.transformed(Forprop::lexicographic, p, m.length);
        assertThat(exactly(q, along(q, x, directions)).get(1)).as(Printer.print(p)).containsExactly(LocalApproximation.row(p, entries(p, x), m));
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 60)
    void off_kinks_the_subgradient_is_the_gradient_for_any_basis(@ForAll long seed) {
        Random random = new Random(seed);
        Program p = program(RandomProgram.piecewiseSmooth(random));
        Map<String, Tensor> x = Calculus.generic(p, random);
        boolean off = Calculus.run(Calculus.backprop(p), x, Arithmetic.RATIONAL).kinks().isEmpty();
        Spoken.of("off kinks", off, 50);
        if (!off) return;
        List<Rational[]> gradient = exactly(Calculus.backprop(p), x);
        Rational[][] m = new Rational[9][9];
        for (int j = 0; j < 9; j++) for (int k = 0; k < 9; k++) m[j][k] = Rational.of(j == k ? 1 + random.nextInt(3) : j > k ? 0 : random.nextInt(7) - 3);
        assertThat(lexicographic(p, x, m).subgradient).containsExactly(concatenated(gradient.subList(1, gradient.size())));
    }

    @Test
    void of_a_smooth_program_the_derivative_is_the_gradient() {
        Program p = program("program f(x: real[3], y) { return logsumexp(x * y) + tanh(y) * softplus(x[1]) + sqrt(1 + dot(x, x)) + gelu(y) }");
        Map<String, Tensor> x = at(p, Rational.HALF, Rational.of(-1), Rational.of(2), Rational.of(3, 4));
        Directions m = Directions.identity(p, null, new ArrayList<>());
        Program q = Calculus.transformed(Forprop::lexicographic, p, m.count());
        Tensor row = Calculus.run(q, along(q, x, m), Arithmetic.FLOAT64).results().get(1);
        List<Tensor> g = Calculus.run(Calculus.backprop(p), x, Arithmetic.FLOAT64).results();
        for (int k = 0; k < 4; k++)
            assertThat(row.toDouble(k)).isCloseTo(k < 3 ? g.get(1).toDouble(k) : g.get(2).toDouble(0), org.assertj.core.data.Offset.offset(1e-14));
    }

    /// k directions cost 8k here, 3k each for the product and the maximum, and the scans of the two kinks 2(k + 1).
    @ParameterizedTest
    @CsvSource({"1, 12, 16", "2, 20, 26", "100, 804, 1006", "4096, 32772, 40966"})
    void the_cost_is_linear_in_the_directions(int k, int jvp, int lexicographic) {
        Program p = program("program f(x, y) { return relu(x * y) + max(x, y) }");
        assertThat(cost(Calculus.transformed(Forprop::jvp, p, k))).isEqualTo(Rational.of(jvp));
        assertThat(cost(Calculus.transformed(Forprop::lexicographic, p, k))).isEqualTo(Rational.of(lexicographic));
    }

    private static Rational cost(Program q) {
        return CostModel.UNIT.cost(StaticCost.of(q));
    }

    private static Rational[] numbers(String text) {
        return Arrays.stream(text.trim().split(" +")).map(s -> {
            String[] parts = s.split("/");
            return parts.length == 1 ? Rational.parse(s) : Rational.parse(parts[0]).over(Rational.parse(parts[1]));
        }).toArray(Rational[]::new);
    }

    private static Rational[] entries(Program p, Map<String, Tensor> x) {
        return p.parameters().stream().map(q -> x.get(q.name())).flatMap(t -> Arrays.stream(t.exact())).toArray(Rational[]::new);
    }
}
