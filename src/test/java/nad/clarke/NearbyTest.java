package nad.clarke;

import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.forward.Calculus;
import nad.run.Interpreter;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Gradients at points close by, and what can be a mean of them.
class NearbyTest {
    private static final double TOLERANCE = 1e-4;

    /// Directions are opposite in pairs: of a kink of one variable each side is met equally often, whatever the arithmetic.
    @Test
    void eitherSideOfAKinkIsMetEquallyOften() {
        for (Arithmetic a : List.of(Arithmetic.RATIONAL, Arithmetic.FLOAT64)) {
            Nearby n = near("program f(x) { return 3 * relu(x - 1) }", a, 1);
            assertThat(n.limit()).isNull();
            assertThat(n.gradients()).hasSize(32);
            assertThat(n.gradients().stream().filter(g -> g[0].toDouble() == 3)).hasSize(16);
            assertThat(n.gradients().stream().filter(g -> g[0].sign() == 0)).hasSize(16);
        }
    }

    @Test
    void whereTheyAgreeAFewSayIt() {
        Nearby n = near("program f(x, y) { return relu(x) - relu(-x) + 2 * y }", Arithmetic.RATIONAL, 0, 0);
        assertThat(n.gradients()).hasSize(8);
        assertThat(n.limit()).containsExactly(rationals(1, 2));
        assertThat(n.distance()).isEqualTo(20);
    }

    @Test
    void pointsAtKinksTellNothing() {
        Nearby n = near("program f(x) { return relu(x - x) + x }", Arithmetic.RATIONAL, 0);
        assertThat(n.gradients()).isEmpty();
        assertThat(n.limit()).isNull();
        assertThat(n.accountsFor(rationals(1), TOLERANCE)).isFalse();
    }

    /// The tolerance is relative to the gradient: that of 10⁶·eˣ changes by about one over the first distance.
    @Test
    void largeGradientsAgreeUpToTheirSize() {
        Nearby n = near("program f(x) { return 1e6 * exp(x) }", Arithmetic.FLOAT64, 0);
        assertThat(n.distance()).isEqualTo(20);
        assertThat(n.limit()[0].toDouble()).isBetween(0.9999e6, 1.0001e6);
    }

    @Test
    void aMeanWithinTheToleranceIsAccountedForAndNothingElse() {
        Nearby corners = new Nearby(List.of(rationals(0, 0), rationals(1, 0), rationals(0, 1)), null, 40);
        assertThat(corners.accountsFor(doubles(0.25, 0.5), TOLERANCE)).isTrue();
        assertThat(corners.accountsFor(doubles(0, 1), TOLERANCE)).isTrue();
        assertThat(corners.accountsFor(doubles(0.5, 0.50001), TOLERANCE)).isTrue();
        assertThat(corners.accountsFor(doubles(-0.00001, 1.00001), TOLERANCE)).isTrue();
        assertThat(corners.accountsFor(doubles(0.5, 0.51), TOLERANCE)).isFalse();
        assertThat(corners.accountsFor(doubles(-0.01, 0.5), TOLERANCE)).isFalse();
        assertThat(corners.accountsFor(doubles(0.5, -0.01), TOLERANCE)).isFalse();
        assertThat(corners.accountsFor(doubles(1.01, 0), TOLERANCE)).isFalse();
        assertThat(corners.accountsFor(doubles(0, 1.01), TOLERANCE)).isFalse();
    }

    @Test
    void theToleranceGrowsWithTheEntry() {
        Nearby large = new Nearby(List.of(rationals(0, 1_000_000), rationals(1, 1_000_000)), null, 40);
        assertThat(large.accountsFor(doubles(0.5, 1_000_050), TOLERANCE)).isTrue();
        assertThat(large.accountsFor(doubles(0.5, 1_000_200), TOLERANCE)).isFalse();
        assertThat(large.accountsFor(doubles(1.1, 1_000_000), TOLERANCE)).isFalse();
    }

    @Test
    void whatIsNotFiniteOrTooLargeIsNotAccountedFor() {
        Nearby one = new Nearby(List.<Quantity[]>of(rationals(1)), null, 40);
        assertThat(one.accountsFor(doubles(1), TOLERANCE)).isTrue();
        assertThat(one.accountsFor(doubles(Double.NaN), TOLERANCE)).isFalse();
        assertThat(one.accountsFor(doubles(Double.POSITIVE_INFINITY), TOLERANCE)).isFalse();
        Nearby infinite = new Nearby(List.of(rationals(1), doubles(Double.NEGATIVE_INFINITY)), null, 40);
        assertThat(infinite.accountsFor(doubles(1), TOLERANCE)).isFalse();

        for (int n : new int[] {60, 61}) {
            Quantity[] g = new Quantity[n];
            Arrays.fill(g, Rational.ONE);
            assertThat(new Nearby(List.<Quantity[]>of(g), null, 40).accountsFor(g, TOLERANCE)).isEqualTo(n == 60);
        }
    }

    private static Quantity[] doubles(double... x) {
        return Arrays.stream(x).mapToObj(Real::new).toArray(Quantity[]::new);
    }

    private static Nearby near(String text, Arithmetic a, double... x) {
        Program p = program(text);
        int[] next = new int[1];
        Map<String, Tensor> at = a == Arithmetic.RATIONAL ? Calculus.inputs(p, () -> Rational.of(x[next[0]++])) : new java.util.LinkedHashMap<>();
        if (a != Arithmetic.RATIONAL) for (Program.Parameter q : p.parameters()) at.put(q.name(), Tensor.of(q.shape(), x[next[0]++]));
        try {
            return Nearby.of(p, Calculus.backprop(p), null, at, a, Selections.DEFAULT, RandomGeneratorFactory.of("L64X128MixRandom").create(3));
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }
}
