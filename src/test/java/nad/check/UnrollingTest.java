package nad.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Tensor;
import nad.tensor.Shapes;
import org.junit.jupiter.api.Test;

/// Comprehensions that cannot be tensor statements.
class UnrollingTest {
    /// The inner index is being unrolled when the outer one turns out to need it too: what was remembered till then must not
    /// come back in the loop's next round, where s is another.
    @Test
    void whatOneRoundRemembersIsForgottenInTheNext() throws Exception {
        Checker c = Checker.readText(null, "f.nad", """
                program f(x: real[4], y) {
                  s = y
                  for t in 1..2 {
                    s = s + sum(sum(x[j*j] * x[i*i] * exp(s) for j in 1..2) for i in 1..2)
                  }
                  return s
                }
                """);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(c.problems()).isEmpty();
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(new int[] {4}, 0.5, 9, 9, 0.25), "y", Tensor.of(Shapes.SCALAR, 0.125));
        double s = 0.125;
        for (int t = 0; t < 2; t++) s += 0.75 * 0.75 * Math.exp(s);
        assertThat(Interpreter.run(p, inputs, Arithmetic.FLOAT64, Selections.DEFAULT, false).results().getFirst().toDouble(0))
                .isCloseTo(s, org.assertj.core.data.Offset.offset(1e-14));
    }
}
