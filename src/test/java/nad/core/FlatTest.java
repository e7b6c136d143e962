package nad.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.print.Printer;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatTest {
    private static final String MLP = """
            program mlp<h = 11>(W: real[h, 9], b: real[h], V: real[3, h], data x: real[9], data y: real[3]) {
              z = relu(W @ x + b)
              s = V @ z
              return logsumexp(s) - dot(y, s) + 0.01 * (sum(abs(W)) + sum(abs(V)))
            }""";
    private static final String ROWS = """
            program rows(A: real[3, 10], x: real[10]) {
              s = softmax(A, axis=2)
              return sum(max(s * x, axis=2)) + min(A) + norm2(x[2..7]) + sum(softmax(A @ x)) + prod(x[1..3])
            }""";
    private static final String ATTENTION = """
            program attention(Q: real[3, 4], K: real[5, 4], V: real[5, 2]) {
              return sum((softmax(Q @ K.T / 2, axis=2) @ V)^2)
            }""";
    private static final String CONVOLUTION = """
            program cnn(k: real[2, 1, 3, 3], data x: real[1, 6, 6]) {
              return sum(maxpool2d(relu(conv2d(x, k, padding=1)), size=2)^2)
            }""";
    private static final String CONSTANTS = """
            program constants(x: real[9], a) {
              A = [[i * j / 7 for j in 1..9] for i in 1..4]
              return sum(A @ x + [a, 1, a, 2]) + dot([1, 2, 3, 4], A @ x), [a, 2 * a, 3]
            }""";
    private static final String PIECES = """
            elementary tent(t) {
              when t > 0 : 1 - t
              otherwise  : 1 + t
            }
            program pieces(x: real[2, 3], t_1) {
              t = tent(x) + clip(x, -1, t_1)
              return sum(t / 2) - t_1^3
            }""";
    private static final String CHAIN = """
            program chained_lq<n = 30>(x: real[n]) {
              return sum(max(-x[i] - x[i+1], -x[i] - x[i+1] + (x[i]^2 + x[i+1]^2 - 1)) for i in 1..n-1)
            }""";

    private static Program program(String text) {
        Checker c = Checker.readText(new DiskFiles(), "test.nad", text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(p).as(c.problems().toString()).isNotNull();
        return p;
    }

    private static Program flat(Program p) {
        List<Problem> problems = new ArrayList<>();
        Program q = Flat.of(p, 1_000_000, problems);
        assertThat(problems).isEmpty();
        return q;
    }

    private static Program backprop(Program p) {
        List<Problem> problems = new ArrayList<>();
        Program b = Backprop.of(p, null, problems);
        assertThat(problems).isEmpty();
        return b;
    }

    private static Run run(Program p, Arithmetic arithmetic) throws Interpreter.Stopped {
        Random random = new Random(p.parameters().size());
        Map<String, Tensor> inputs = new HashMap<>();
        for (Program.Parameter x : p.parameters()) {
            Quantity[] values = new Quantity[Shapes.size(x.shape())];
            for (int k = 0; k < values.length; k++) values[k] = Rational.of(random.nextInt(199) - 99, 1 + random.nextInt(30));
            inputs.put(x.name(), Tensor.of(x.shape(), values));
        }
        return Interpreter.run(p, inputs, arithmetic, Selections.DEFAULT, false);
    }

    private static List<Quantity> numbers(Run r) {
        List<Quantity> out = new ArrayList<>();
        for (Tensor t : r.results()) for (int k = 0; k < t.size(); k++) out.add(t.get(k));
        return out;
    }

    @ParameterizedTest
    @ValueSource(strings = {MLP, ROWS, ATTENTION, CONVOLUTION, CONSTANTS, PIECES, CHAIN})
    void theFlatProgramComputesTheSameBitsWithTheSameOperations(String text) throws Interpreter.Stopped {
        Program p = program(text);
        for (Arithmetic arithmetic : List.of(Arithmetic.FLOAT64, Arithmetic.FLOAT32)) {
            Run tensors = run(p, arithmetic);
            Run scalars = run(flat(p), arithmetic);
            assertThat(numbers(scalars)).isEqualTo(numbers(tensors));
            assertThat(scalars.tally().byName()).isEqualTo(tensors.tally().byName());
        }
        assertThat(StaticCost.of(flat(p)).byName()).isEqualTo(StaticCost.of(p).byName());
    }

    @ParameterizedTest
    @ValueSource(strings = {MLP, ROWS, ATTENTION, CONVOLUTION, CONSTANTS, PIECES, CHAIN})
    void everyStatementDefinesOneNumberUnlessItIsAFunctionOfARow(String text) {
        Program q = flat(program(text));
        for (int i = 0; i < q.length(); i++) {
            assertThat(q.shape(q.target(i)).length).isLessThanOrEqualTo(q.rank(i));
            if (q.rank(i) > 0) assertThat(q.operation(i).name).isIn("max", "min", "norm2", "logsumexp", "softmax");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MLP, ROWS, ATTENTION, CONVOLUTION, CONSTANTS, PIECES, CHAIN})
    void itsTextReadsBackAsTheSameProgram(String text) {
        String printed = Printer.print(flat(program(text)));
        assertThat(Printer.print(program(printed))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {MLP, ATTENTION, PIECES})
    void backpropCostsTheSame(String text) {
        Program p = program(text);
        assertThat(CostModel.UNIT.cost(StaticCost.of(backprop(flat(p))))).isEqualTo(CostModel.UNIT.cost(StaticCost.of(backprop(p))));
    }

    @ParameterizedTest
    @ValueSource(strings = {CONVOLUTION, CONSTANTS, PIECES, CHAIN})
    void theGradientIsTheSameExactlyAndCostsNoMore(String text) throws Interpreter.Stopped {
        Program p = program(text);
        Program scalars = backprop(flat(p));
        Program tensors = backprop(p);
        assertThat(numbers(run(scalars, Arithmetic.RATIONAL))).isEqualTo(numbers(run(tensors, Arithmetic.RATIONAL)));
        assertThat(CostModel.UNIT.cost(StaticCost.of(scalars))).isLessThanOrEqualTo(CostModel.UNIT.cost(StaticCost.of(tensors)));
    }

    @Test
    void entriesAreNamedByTheirIndicesAndPartialResultsApart() {
        assertThat(Printer.print(flat(program("""
                program f(A: real[2, 3], x: real[3], t_1) {
                  t = A @ x
                  return max(softmax(t)) * t_1
                }""")))).isEqualTo("""
                program f(A: real[2, 3], x: real[3], t_1) {
                  p1 = A[1, 1] * x[1]
                  p2 = A[1, 2] * x[2]
                  p3 = A[1, 3] * x[3]
                  p4 = p1 + p3
                  t_1_2 = p4 + p2
                  p5 = A[2, 1] * x[1]
                  p6 = A[2, 2] * x[2]
                  p7 = A[2, 3] * x[3]
                  p8 = p5 + p7
                  t_2 = p8 + p6
                  t1 = softmax([t_1_2, t_2])
                  t2 = max(t1)
                  t3 = t2 * t_1
                  return t3
                }
                """);
    }

    @Test
    void aProgramThatWouldBeTooLongIsRefusedWhereItGrows() {
        List<Problem> problems = new ArrayList<>();
        Program p = program("""
                program f(x: real[500]) {
                  y = x * x
                  return sum(y)
                }""");
        assertThat(Flat.of(p, 999, problems)).isNull();
        assertThat(problems).singleElement().isInstanceOfSatisfying(Problem.TooManyStatements.class, t -> {
            assertThat(t.limit()).isEqualTo(999);
            assertThat(t.at()).isEqualTo(p.span(1));
        });
        assertThat(Flat.of(p, 1000, new ArrayList<>()).length()).isEqualTo(999);
    }

    @Test
    void theSameStatementStandsBehindEachOfItsEntries() {
        Program p = program(CHAIN);
        Program q = flat(p);
        assertThat(q.span(0)).isEqualTo(p.span(0));
        assertThat(q.span(q.length() - 1)).isEqualTo(p.span(p.length() - 1));
    }

    @Test
    void adjointBlocksAreTheTransformersBusiness() {
        Program b = backprop(program(CHAIN));
        assertThatThrownBy(() -> Flat.of(b, 1000, new ArrayList<>())).isInstanceOf(IllegalArgumentException.class);
    }
}
