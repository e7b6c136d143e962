package nad.backprop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
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
import nad.report.Problem;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// backprop(P), dissolved, is a program like any other: transformed again it gives products with the Hessian, or says which
/// prime has no derivative.
class SecondOrderTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "program rosenbrock(x: real[4]) { return sum(100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 for i in 1..3) }",
        "program network(x: real[4]) { W = [[1, -2, 0.5, 1], [0.3, 1, -1, 2], [2, 0, 1, -1]]; return logsumexp(tanh(W @ x)) + sum(softplus(x)) }",
        "program functions(x: real[4]) { return sqrt(1 + dot(x, x)) * erf(x[1]) + gelu(x[2]) * silu(x[3]) + x[4] / (2 + cos(x[1])) + (1 + x[2]^2)^0.7 + dot(softmax(x), [1, 2, 3, 4]) }",
    })
    void backprop_of_backprop_gives_hessian_products(String text) {
        Program p = Calculus.program(text);
        Program gradient = Calculus.backprop(p);
        Program second = Calculus.backprop(Calculus.dissolved(gradient));
        Random random = new Random(5);
        double[] x = random.doubles(4, -1, 1).toArray();
        double[] v = random.doubles(4, -1, 1).toArray();
        Map<String, Tensor> in = new HashMap<>(Map.of("x", Tensor.of(new int[] {4}, x)));
        in.put("seed1", Tensor.of(new int[0], 0));
        in.put("seed2", Tensor.of(new int[] {4}, v));
        Tensor product = Calculus.run(second, in, Arithmetic.FLOAT64).results().getLast();
        double h = 1e-5;
        Tensor plus = Calculus.run(gradient, Map.of("x", moved(x, v, h)), Arithmetic.FLOAT64).results().get(1);
        Tensor minus = Calculus.run(gradient, Map.of("x", moved(x, v, -h)), Arithmetic.FLOAT64).results().get(1);
        for (int k = 0; k < 4; k++) {
            double difference = (plus.toDouble(k) - minus.toDouble(k)) / (2 * h);
            assertThat(product.toDouble(k)).isCloseTo(difference, within(1e-7 * Math.max(1, Math.abs(difference))));
        }
    }

    private static Tensor moved(double[] x, double[] v, double h) {
        double[] y = new double[x.length];
        for (int k = 0; k < y.length; k++) y[k] = x[k] + h * v[k];
        return Tensor.of(new int[] {x.length}, y);
    }

    @Test
    void the_tangent_of_backprop_is_the_same_product_exactly() {
        Program p = Calculus.program("program f(A: real[3, 3], x: real[3]) { return dot(x, A @ x) * x[1] - x[2]^3 / (1 + x[3]^2) }");
        Program gradient = Calculus.dissolved(Calculus.backprop(p, "x"));
        Program reverse = Calculus.backprop(gradient, "x");
        Program forward = Calculus.transformed(Forprop::jvp, gradient, 1, "x");
        Map<String, Tensor> in = Calculus.grid(reverse, new Random(3));
        in.put("seed1", Tensor.of(new int[0], Rational.ZERO));
        in.put("x_dot", in.get("seed2"));
        Rational[] product = Calculus.exactly(reverse, in).getLast();
        assertThat(product).isNotEqualTo(Calculus.rationals(0, 0, 0));
        assertThat(Calculus.exactly(forward, in).getLast()).containsExactly(product);
    }

    @Test
    void a_hessian_product_costs_a_constant_times_the_function() {
        Program p = Calculus.program("program f(x: real[50]) { return sum(x[i] * x[i+1] * x[i+1] for i in 1..49) }");
        Program second = Calculus.backprop(Calculus.dissolved(Calculus.backprop(p)));
        Rational ratio = CostModel.UNIT.cost(StaticCost.of(second)).over(CostModel.UNIT.cost(StaticCost.of(p)));
        assertThat(ratio).isLessThanOrEqualTo(Rational.of(25));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x * relu(x)                    | relu' | relu' jumps at 0",
        "x * abs(x)                     | abs'  | abs' jumps at 0",
        "x * max(x, 1)                  | max'1 | max'1 jumps at a tie",
        "x * max([x, 2 * x, 1])         | max'T | max'T jumps at a tie",
        "norm2([x, 1])                  | norm2' | the gradient of a norm jumps at 0",
        "x * huber(x, 1)                | huber'1 | huber'1 is the prime of a function in pieces, and may jump where they meet",
    })
    void where_a_prime_is_not_locally_lipschitz_it_is_named(String expression, String prime, String why) {
        Program dump = Calculus.dissolved(Calculus.backprop(Calculus.program("program f(x) { return " + expression + " }")));
        List<Problem> problems = new ArrayList<>();
        assertThat(Backprop.of(dump, null, problems)).isNull();
        assertThat(problems).hasSize(1).first().isInstanceOfSatisfying(Problem.NotPathDifferentiable.class, n -> {
            assertThat(n.operation()).isEqualTo(prime);
            assertThat(n.why()).isEqualTo(why);
            assertThat(n.at().source().text().substring(n.at().begin())).startsWith(prime);
        });
    }

    @Test
    void a_prime_at_a_point_that_is_data_is_linear_and_goes_through() {
        Program p = Calculus.program("program f(w, data x) { return w * w * relu(x) + max(w * w, 0 * w) * 0 }");
        List<Problem> problems = new ArrayList<>();
        assertThat(Backprop.of(Calculus.dissolved(Calculus.backprop(Calculus.program("program f(w, data x) { return w * w * relu(x) }"))), null, problems)).isNotNull();
        assertThat(Backprop.of(Calculus.dissolved(Calculus.backprop(p)), null, problems)).isNull();
    }
}
