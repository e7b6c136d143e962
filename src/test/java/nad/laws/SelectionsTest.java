package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which derivative is taken at a kink, by every convention, and what comes of ties, of NaN, of −0 and of infinite bars.
class SelectionsTest {
    private static double[] gradient(String result, Selections s, double... x) {
        Program p = Nad.program("program f(x: real[" + x.length + "]) {\n  return " + result + "\n}\n");
        return Nad.run(Nad.backprop(p), Map.of("x", Tensor.of(new int[] {x.length}, x)), Arithmetic.FLOAT64, s).results().getLast().real();
    }

    @ParameterizedTest
    @CsvSource({"default, 0, 0, '[1.0, 0.0]', '[1.0, 0.0, 0.0]'", "pytorch, 0, 0, '[0.5, 0.5]', thirds", "jax, 0, 1, '[0.5, 0.5]', thirds",
        "left, 0, -1, '[1.0, 0.0]', '[1.0, 0.0, 0.0]'", "right, 1, 1, '[0.0, 1.0]', '[0.0, 0.0, 1.0]'", "mid, 0.5, 0, '[0.5, 0.5]', thirds",
        "minnorm, 0, 0, '[0.5, 0.5]', thirds"})
    void aConventionSelects(String convention, double relu, double abs, String two, String three) {
        Selections s = Selections.of(convention);
        String thirds = Arrays.toString(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0});
        assertThat(gradient("relu(x[1])", s, 0)).containsExactly(relu);
        assertThat(gradient("abs(x[1])", s, 0)).containsExactly(abs);
        for (String f : List.of("max", "min")) {
            assertThat(Arrays.toString(gradient(f + "(x[1], x[2])", s, 2, 2))).isEqualTo(two);
            assertThat(Arrays.toString(gradient(f + "(x)", s, 2, 2, 2))).isEqualTo(three.equals("thirds") ? thirds : three);
        }
        assertThat(gradient("hypot(x[1], x[2]) + norm2(x)", s, 0, 0)).containsExactly(0, 0);
    }

    @Test
    void aSingleSelectionReplacesTheConventions() {
        Selections s = Selections.of("jax").with("relu", Rational.HALF).with("max", Rational.ZERO);
        assertThat(gradient("relu(x[1]) + abs(x[2]) + max(x[3], x[4])", s, 0, 0, 1, 1)).containsExactly(0.5, 1, 0, 1);
    }

    @Test
    void tiesOfSomeEntriesShareAmongThose() {
        assertThat(gradient("max(x)", Selections.of("pytorch"), 1, 3, 2, 3)).containsExactly(0, 0.5, 0, 0.5);
        assertThat(gradient("max(x)", Selections.of("right"), 1, 3, 2, 3)).containsExactly(0, 0, 0, 1);
        assertThat(gradient("min(x)", Selections.of("default"), 5, 3, 4, 3)).containsExactly(0, 1, 0, 0);
    }

    @Test
    void sharesAreExactInRationals() {
        Program q = Nad.backprop(Nad.program("program f(x: real[3]) {\n  return max(x)\n}\n"));
        Run run = Nad.run(q, Map.of("x", Tensor.of(new int[] {3}, 1, 1, 1)), Arithmetic.RATIONAL, Selections.of("pytorch"));
        assertThat(ProgramProperties.rationals(run.results().getLast())).containsOnly(Rational.of(1, 3));
    }

    @Test
    void besideAPieceThatClaimsAPointAloneLeftAndRightTakeTheNeighbours() {
        Program p = Nad.program("elementary g(t) {\n  when t == 0 : 5 * t\n  otherwise : t\n}\nprogram f(x) {\n  return g(x)\n}\n");
        for (String side : List.of("left", "right"))
            assertThat(Nad.run(Nad.backprop(p), Map.of("x", Tensor.of(new int[0], 0)), Arithmetic.FLOAT64, Selections.of(side)).results().getLast().real()).as(side).containsExactly(1);
    }

    @Test
    void minusZeroIsZero() {
        assertThat(gradient("relu(x[1])", Selections.of("right"), -0.0)).containsExactly(1);
        assertThat(gradient("max(x[1], x[2])", Selections.of("right"), -0.0, 0.0)).containsExactly(0, 1);
        assertThat(gradient("max(x)", Selections.of("pytorch"), -0.0, 0.0)).containsExactly(0.5, 0.5);
    }

    @Test
    void nanTiesWithNothingAndWins() {
        double nan = Double.NaN;
        assertThat(gradient("max(x[1], x[2])", Selections.of("pytorch"), nan, 1)).containsExactly(1, 0);
        assertThat(gradient("min(x[1], x[2])", Selections.of("pytorch"), 1, nan)).containsExactly(0, 1);
        assertThat(gradient("max(x)", Selections.of("pytorch"), 1, nan, 2)).containsExactly(0, 1, 0);
        assertThat(gradient("max(x[1], x[2])", Selections.DEFAULT, nan, nan)).containsExactly(1, 0);
    }

    @Test
    void whatWasNotTakenDoesNotLeakAnInfiniteBar() {
        // The bar of the inner value is ∞ where log meets 0; the other piece's derivative stays 0.
        assertThat(gradient("log(max(x[1], x[2]))", Selections.DEFAULT, 0, -1)).containsExactly(Double.POSITIVE_INFINITY, 0);
        assertThat(gradient("log(max([x[1], x[2], x[3]]))", Selections.DEFAULT, -2, 0, -1)).containsExactly(0, Double.POSITIVE_INFINITY, 0);
        assertThat(gradient("sqrt(relu(x[1]))", Selections.DEFAULT, -1)).containsExactly(0);
        assertThat(gradient("log(min(x[1], x[2]))", Selections.DEFAULT, 0, 0)).containsExactly(Double.POSITIVE_INFINITY, 0);
        assertThat(gradient("log(relu(x[1]))", Selections.DEFAULT, 0)).containsExactly(0);
        assertThat(gradient("sqrt(clip(x[1], 0, 1))", Selections.DEFAULT, -1)).containsExactly(0);
    }

    @Test
    void exampleOfTheTheory() {
        assertThat(gradient("relu(x[1]) - relu(-x[1])", Selections.DEFAULT, 0)).containsExactly(0);
        assertThat(gradient("relu(x[1]) - relu(-x[1])", Selections.of("mid"), 0)).containsExactly(1);
        assertThat(gradient("10 * x[1] - 9 * (relu(x[1]) - relu(-x[1]))", Selections.DEFAULT, 0)).containsExactly(10);
        assertThat(gradient("relu(x[1]) + min(x[1], 0)", Selections.of("pytorch"), 0)).containsExactly(0.5);
    }

    @Test
    void theKinkReportSaysWhereAndWhat() {
        Program p = Nad.program("program f(x: real[3], data y) {\n  t = relu(x)\n  u = relu(y)\n  return sum(t) + u + max(x[1], x[1])\n}\n");
        Run run = Nad.run(Nad.backprop(p), Map.of("x", Tensor.of(new int[] {3}, 1, 0, 0), "y", Tensor.of(new int[0], 0)));
        assertThat(run.kinks()).hasSize(2);
        assertThat(run.kinks().getFirst().index()).containsExactly(2);
        assertThat(run.kinks().getFirst().entries()).isEqualTo(2);
        assertThat(run.kinks().getLast().kink().set()).isEqualTo("simplex");
        assertThat(run.kinks().getLast().kink().ties()).containsExactly(0, 1);
    }
}
