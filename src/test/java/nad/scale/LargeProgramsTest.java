package nad.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nad.arithmetic.Arithmetic;
import nad.backprop.Backprop;
import nad.bound.CheapGradient;
import nad.check.Checker;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.print.Printer;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every stage is linear in the length of the program. Nothing is timed: what is counted is operations, and the bytes that are
/// allocated for n and for 2n; the time limits are such that a quadratic algorithm misses them by far.
@Timeout(300)
class LargeProgramsTest {
    private static final String LOOP = """
            program f<n>(x, y) {
              for i in 1..n {
                z = x * y
                y = abs(z - x)
                x = z / (1 + y)
              }
              return x + y
            }
            """;
    /// Each round reads one entry of x: the bar of x is written to entry by entry.
    private static final String ROUNDS = """
            program f<n>(x: real[n]) {
              s = x[1]
              for i in 2..n { s = x[i] * s / (1 + s) }
              return s
            }
            """;
    private static final String FILL = """
            program f<n>(x: real[n]) {
              y = zeros(n)
              y[1] = x[1]
              for i in 2..n {
                y[i] = x[i] * y[i-1]
                y[i-1] += x[i]
              }
              return sum(y)
            }
            """;
    private static final String SLICES = """
            program f<n>(x: real[n]) {
              y = zeros(n)
              y[1..2] = x[1..2]
              for i in 3..n { y[i] = x[i] * sum(y[i-2..i-1]) }
              return sum(y)
            }
            """;
    /// An inner range that moves with the outer index: m(m + 1)/2 products, with m² = 2n.
    private static final String TRIANGLE = """
            program f<n>(x: real[n]) {
              return sum(exp(x[j]) * x[i] for i in 1..N, j in i..N)
            }
            """;

    private static Program checked(String text, Map<String, Integer> sizes) {
        Checker c = Checker.readText(null, "f.nad", text);
        Program p = c.elaborate(null, new Checker.Options(sizes, Checker.STANDARD_LIMIT, false));
        assertThat(c.problems()).isEmpty();
        return p;
    }

    private static Map<String, Tensor> inputs(Program p) {
        Map<String, Tensor> out = new HashMap<>();
        for (Program.Parameter x : p.parameters()) {
            double[] v = new double[Shapes.size(x.shape())];
            for (int k = 0; k < v.length; k++) v[k] = 0.5 + k % 7 * 0.0625;
            out.put(x.name(), Tensor.of(x.shape(), v));
        }
        return out;
    }

    private static Run run(Program q) throws Interpreter.Stopped {
        return Interpreter.run(q, inputs(q), Arithmetic.FLOAT64, Selections.DEFAULT, false);
    }

    /// The whole pipeline, the dump's way out and back included.
    private static Program pass(String text, Map<String, Integer> sizes) throws Exception {
        Program p = checked(text, sizes);
        Program q = Backprop.of(p, null, new ArrayList<>());
        var proof = CheapGradient.certify(p, q, CostModel.UNIT, null);
        assertThat(proof.reason()).isNull();
        Run run = run(q);
        assertThat(run.tally().byName()).isEqualTo(StaticCost.of(q).byName());
        assertThat(run.forwardTally().byName()).isEqualTo(StaticCost.of(p).byName());
        String dump = Printer.print(q);
        Program again = checked(dump, Map.of());
        assertThat(again.length()).isEqualTo(q.length());
        assertThat(again.blocks()).isEqualTo(q.blocks());
        assertThat(Printer.print(again)).isEqualTo(dump);
        return p;
    }

    /// `t17 = t3 * t16`, one operand the statement before, the other any earlier one.
    private static String flat(int statements) {
        Random random = new Random(7);
        StringBuilder out = new StringBuilder("program f(t0) {\n");
        for (int k = 1; k <= statements; k++) {
            String a = "t" + (k - 1);
            String b = "t" + random.nextInt(k);
            out.append("  t").append(k).append(" = ").append(switch (random.nextInt(6)) {
                case 0 -> a + " + " + b;
                case 1 -> a + " - " + b;
                case 2 -> "max(" + a + ", " + b + ")";
                case 3 -> "0.5 * " + a;
                case 4 -> "tanh(" + a + ")";
                default -> "abs(" + a + ")";
            }).append('\n');
        }
        return out.append("  return t").append(statements).append("\n}\n").toString();
    }

    @Test
    void aFlatProgramOfAHundredThousandStatementsGoesThroughTheWholePipeline() throws Exception {
        assertThat(pass(flat(100_000), Map.of()).length()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOOP, ROUNDS, FILL, SLICES, TRIANGLE})
    void twiceTheLengthAllocatesTwiceTheMemory(String text) throws Exception {
        pass(source(text, 500), Map.of("n", 500));
        double once = allocated(text, 10_000);
        assertThat(allocated(text, 20_000)).isLessThan(2.6 * once);
    }

    private static String source(String text, int n) {
        return text.replace("N", Integer.toString((int) Math.sqrt(2.0 * n)));
    }

    private static double allocated(String text, int n) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        pass(source(text, n), Map.of("n", n));
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aVectorOfFiftyThousandEntriesIsFilledOneByOneAndSoIsItsBar() throws Exception {
        assertThat(pass(FILL, Map.of("n", 50_000)).length()).isEqualTo(2 * 49_999 + 1);
    }

    @Test
    void aSumOfAHundredThousandTermsOnOneLineIsReadAndTransformed() throws Exception {
        String terms = IntStream.range(0, 100_000).mapToObj(k -> k % 2 == 0 ? "x*y" : "y").collect(Collectors.joining(" - "));
        assertThat(pass("program f(x, y) { return " + terms + " }", Map.of()).length()).isEqualTo(50_000 + 99_999);
    }

    @Test
    void eachOfManyBlocksWithoutADerivativeIsToldOnce() throws Exception {
        StringBuilder text = new StringBuilder("program f(x) {\n  z = x - x\n  s = z\n");
        for (int k = 0; k < 30_000; k++) text.append("  s = s + sqrt(z)\n");
        Program q = Backprop.of(checked(text.append("  return s\n}\n").toString(), Map.of()), null, new ArrayList<>());
        List<Problem> warnings = run(q).warnings();
        assertThat(warnings).hasSize(30_000).allMatch(w -> w instanceof Problem.NoDerivative);
        assertThat(warnings.stream().map(w -> w.at().line()).distinct()).hasSize(30_000);
    }

    @Test
    void anErrorInEachOfManyLinesIsToldAndTheFirstWithWhatMayHaveBeenMeant() {
        StringBuilder text = new StringBuilder("program f(x) {\n");
        for (int k = 0; k < 50_000; k++) text.append("  t").append(k).append(" = x * u").append(k).append('\n');
        Checker c = Checker.readText(null, "f.nad", text.append("  return x\n}\n").toString());
        assertThat(c.elaborate(null, Checker.Options.STANDARD)).isNull();
        List<Problem.UnknownName> errors = c.problems().stream().map(p -> (Problem.UnknownName) p).toList();
        assertThat(errors).hasSize(50_000);
        assertThat(errors.getFirst().known()).contains("x");
        assertThat(errors.getLast().known()).isEmpty();
    }
}
