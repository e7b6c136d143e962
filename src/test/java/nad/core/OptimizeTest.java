package nad.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.check.Checker;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Tensor;
import nad.tensor.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            return x * 1 + 0 / 1                     | 2 | 0
            return exp(x) * y + y * exp(x)           | 5 | 3
            return -(-x) * y                         | 3 | 1
            a = sin(x); return x * y                 | 2 | 1
            return (x - 0) / 1 + (0 + y)             | 4 | 1
            return (x * y) * (y * x) - 0 * x         | 5 | 4
            return sum([x, y] * [x, y]) + sum([x, y] * [x, y]) | 7 | 4
            return x + x                             | 1 | 1
            """)
    void whatChangesNothingIsLeftOut(String body, int before, int after) {
        Program p = program("program f(x, y) { " + body.strip() + " }");
        Program q = Optimize.of(p);
        assertThat(CostModel.UNIT.cost(StaticCost.of(p)).literal()).isEqualTo(Integer.toString(before));
        assertThat(CostModel.UNIT.cost(StaticCost.of(q)).literal()).isEqualTo(Integer.toString(after));
        assertThat(value(q)).isEqualTo(value(p));
    }

    @Test
    void tensorsAreSharedToo() {
        Program p = program("program f(A: real[3, 3], x: real[3]) { return sum(relu(A @ x)) * dot(x, relu(A @ x)) + sum(A.T @ x) }");
        Program q = Optimize.of(p);
        assertThat(p.length() - q.length()).isEqualTo(2);
        assertThat(value(q)).isEqualTo(value(p));
    }

    private static Program program(String text) {
        return Checker.readText(new DiskFiles(), "test.nad", text).elaborate(null, Checker.Options.STANDARD);
    }

    private static double value(Program p) {
        Map<String, Tensor> inputs = new HashMap<>();
        for (Program.Parameter x : p.parameters())
            inputs.put(x.name(), Tensor.of(x.shape(), new Random(x.name().hashCode()).doubles(Shapes.size(x.shape()), -1, 1).toArray()));
        try {
            return Interpreter.run(p, inputs, Arithmetic.FLOAT64, Selections.DEFAULT, false).results().getFirst().toDouble(0);
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem);
        }
    }
}
