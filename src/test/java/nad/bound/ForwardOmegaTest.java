package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Tangents.Way;
import nad.forward.Calculus;
import nad.forward.Forprop;
import nad.forward.RandomProgram;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ω_f: from the tables, against the paper's numbers and against what programs cost.
class ForwardOmegaTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 4096})
    void on_sums_products_and_relu_it_is_one_and_three_for_each_direction(int k) {
        List<Elementary> d = List.of(Standard.ADD, Standard.MULTIPLY, Standard.RELU_);
        Rational expected = Rational.of(1 + 3L * k);
        assertThat(d.stream().map(f -> ForwardOmega.of(f, k, Way.SELECTION, CostModel.UNIT)).max(Rational::compareTo)).hasValue(expected);
        assertThat(d.stream().map(f -> ForwardOmega.paper(f, k, CostModel.UNIT)).max(Rational::compareTo)).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({"+, 2, 1", "*, 2, 3", "/, 2, 3", "relu, 1, 1", "max, 2, 3", "exp, 1, 1", "tanh, 1, 1", "sin, 1, 1", "cos, 1, 2"})
    void each_further_direction_costs_products_and_sums_only(String name, int arity, int each) {
        Elementary f = Standard.pointwiseNamed(name, arity);
        Rational more = ForwardOmega.of(f, 11, Way.SELECTION, CostModel.UNIT).minus(ForwardOmega.of(f, 10, Way.SELECTION, CostModel.UNIT));
        assertThat(more).isEqualTo(Rational.of(each));
    }

    /// A kink decided along directions costs one comparison more for each, and one for the point.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void scans_cost_one_comparison_for_the_point_and_for_each_direction(int k) {
        for (Elementary f : List.of(Standard.RELU_, Standard.ABSOLUTE, Standard.MAXIMUM, Standard.MINIMUM)) {
            Rational linear = ForwardOmega.of(f, k, Way.SELECTION, CostModel.UNIT);
            assertThat(ForwardOmega.of(f, k, Way.LEXICOGRAPHIC, CostModel.UNIT).minus(linear)).isEqualTo(Rational.of(k + 1L));
            assertThat(ForwardOmega.of(f, k, Way.DIRECTIONS, CostModel.UNIT).minus(linear)).isEqualTo(Rational.of(2L * k));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x + y", "x - y", "-x", "x * y", "x * x", "x / y", "x / 3", "2 * x", "sqrt(x)", "exp(x)", "cos(x)", "erf(x)", "asin(x)", "softplus(x)", "pow(x, y)",
        "pow(x, 0.5)", "hypot(x, y)", "hypot(x, 2)", "relu(x)", "abs(x)", "max(x, y)", "max(x, 1)", "min(x, x)", "clip(x, 0, 1)", "clip(x, y, 1)", "gelu(x)", "huber(x, 1)"})
    void of_one_statement_it_is_what_the_program_costs(String expression) {
        Program p = Calculus.program("program f(x, y) { return " + expression + " }");
        for (CostModel prices : List.of(CostModel.UNIT, CostModel.WEIGHTED)) {
            for (int k = 1; k <= 3; k++) {
                for (Way way : Way.values()) {
                    Rational cost = prices.cost(StaticCost.of(forward(p, k, way)));
                    assertThat(ForwardOmega.of(p, k, way, prices)).as("%s along %s in %s", expression, k, way)
                            .isEqualTo(cost.over(prices.cost(StaticCost.of(p))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(x)", "max(x)", "min(x, axis=1)", "norm2(x)", "logsumexp(x)", "softmax(x)", "x @ y", "x @ y[.., 1]", "dot(x[1], y[.., 1])", "prod(x)", "norm1(x)",
        "log_softmax(x)", "[norm2(x[i]) for i in 1..2]"})
    void no_program_on_tensors_costs_more_than_it_says(String expression) {
        Program p = Calculus.program("program f(x: real[2, 3], y: real[3, 2]) { return " + expression + " }");
        holds(p);
    }

    @Property(tries = 60)
    void no_random_program_costs_more_than_it_says(@ForAll long seed) {
        holds(Calculus.program(RandomProgram.piecewiseSmooth(new Random(seed))));
    }

    private static void holds(Program p) {
        for (CostModel prices : List.of(CostModel.UNIT, CostModel.WEIGHTED)) {
            for (int k = 1; k <= 3; k++) {
                for (Way way : Way.values()) {
                    Rational bound = ForwardOmega.of(p, k, way, prices).times(prices.cost(StaticCost.of(p)));
                    assertThat(prices.cost(StaticCost.of(forward(p, k, way)))).as("along %s in %s", k, way).isLessThanOrEqualTo(bound);
                }
            }
        }
    }

    @Test
    void it_bounds_what_occurs_in_a_program_by_the_worst_of_the_dictionary() {
        for (Elementary f : Standard.entries()) {
            Rational w = ForwardOmega.of(f, 5, Way.LEXICOGRAPHIC, CostModel.UNIT);
            assertThat(w == null).as(f.toString()).isEqualTo(!f.differentiable());
        }
        assertThat(Checker.preludeEntries()).filteredOn(Elementary::differentiable)
                .allSatisfy(f -> assertThat(ForwardOmega.of(f, 5, Way.SELECTION, CostModel.UNIT)).isNotNull());
    }

    private static Program forward(Program p, int k, Way way) {
        return Calculus.transformed(switch (way) {
            case SELECTION -> Forprop::jvp;
            case DIRECTIONS -> Forprop::directional;
            case LEXICOGRAPHIC -> Forprop::lexicographic;
        }, p, k);
    }
}
