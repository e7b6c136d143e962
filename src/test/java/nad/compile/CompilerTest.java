package nad.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nad.arithmetic.Arithmetic;
import nad.core.Flat;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Engine;
import nad.run.Interpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {
    static List<String> programs() {
        return Samples.PROGRAMS;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aCompiledProgramGivesTheInterpretersBits(String text) {
        Program p = Samples.program(text);
        agrees(p);
        agrees(Samples.backprop(p));
    }

    @ParameterizedTest
    @MethodSource("nad.compile.Samples#flattened")
    void aFlatProgramGivesTheInterpretersBitsToo(String text) {
        List<Problem> problems = new ArrayList<>();
        Program flat = Flat.of(Samples.program(text), 5000, problems);
        agrees(flat);
        agrees(Samples.backprop(flat));
    }

    /// The second run finds what the first one left in memory.
    private static void agrees(Program p) {
        Samples.options().forEach((name, o) -> {
            Engine e = Compiler.compile(p, o);
            Engine.Workspace w = e.workspace();
            for (boolean coarse : new boolean[] {true, false})
                for (long seed = 1; seed <= 2; seed++) {
                    double[][] inputs = Samples.inputs(p, seed, coarse);
                    double[][] wanted = Samples.reference(p, inputs);
                    double[][] results = e.newResults();
                    for (int run = 0; run < 2; run++) {
                        for (double[] r : results) Arrays.fill(r, Double.NaN);
                        Samples.run(w, inputs, results);
                    }
                    for (int k = 0; k < wanted.length; k++)
                        assertThat(results[k]).as("%s, %s, result %s, seed %s", p.name(), name, k + 1, seed).isEqualTo(wanted[k]);
                }
        });
    }

    @ParameterizedTest
    @MethodSource("programs")
    void float32GivesTheInterpretersBits(String text) {
        Program p = Samples.program(text);
        List<Program> both = new ArrayList<>(List.of(p, Samples.backprop(p)));
        Program flat = Flat.of(p, 2000, new ArrayList<>());
        if (flat != null) both.add(Samples.backprop(flat));
        for (Program q : both)
            Samples.options().forEach((name, o) -> {
                assertThat(Compiler.refuses(q, o.inSingle())).isNull();
                for (boolean coarse : new boolean[] {true, false}) {
                    double[][] inputs = Samples.inputs(q, 3, coarse);
                    double[][] wanted = Samples.run(Engine.reference(q, Selections.DEFAULT, Arithmetic.FLOAT32), inputs);
                    double[][] results = Samples.run(Compiler.compile(q, o.inSingle()), inputs);
                    for (int k = 0; k < wanted.length; k++) assertThat(results[k]).as("%s, %s", q.name(), name).isEqualTo(wanted[k]);
                }
            });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pytorch", "jax", "left", "right", "mid"})
    void everyConventionGivesTheInterpretersBits(String convention) {
        Selections s = Selections.of(convention);
        Program p = Samples.backprop(Samples.program("program f(x: real[24], y: real[24]) { "
                + "return sum(max(x, y) * min(x, y) + abs(x) + relu(y)) + max(x) + min(y) + max(x[1], y[2]) * relu(x[3]) }"));
        double[][] inputs = Samples.inputs(p, 7, true);
        for (Options o : Samples.options().values())
            assertThat(Samples.run(Compiler.compile(p, o.withSelections(s)), inputs)).isDeepEqualTo(Samples.run(Engine.reference(p, s), inputs));
    }

    @Test
    void vectorLibraryFunctionsDifferInTheLastUnitAtMost() {
        Program p = Samples.program("program f(x: real[999]) { return exp(x), log(1.5 + x), sin(x), tanh(x) }");
        double[][] inputs = Samples.inputs(p, 3, false);
        double[][] wanted = Samples.reference(p, inputs);
        double[][] got = Samples.run(Compiler.compile(p, Options.STANDARD.inexact()), inputs);
        for (int k = 0; k < wanted.length; k++)
            for (int i = 0; i < wanted[k].length; i++)
                assertThat(Math.abs(got[k][i] - wanted[k][i])).isLessThanOrEqualTo(4 * Math.ulp(Math.max(Math.abs(wanted[k][i]), 0.25)));
    }

    @Test
    void aRunAllocatesNothing() {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String text : List.of("program f(x: real[200]) { return sum(100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 for i in 1..199) }",
                "program f(x, y) { return sin(x * y) + relu(x - y) * exp(x) }",
                "program f(X: real[13, 7], W: real[7, 37], b: real[37]) { return sum(logsumexp(relu(X @ W + b), axis=2)) }")) {
            Program p = Samples.backprop(Samples.program(text));
            double[][] inputs = Samples.inputs(p, 1, false);
            for (Options o : List.of(Options.STANDARD.withoutVectors(), Options.STANDARD.withoutVectors().inSingle())) {
                Engine e = Compiler.compile(p, o);
                Engine.Workspace w = e.workspace();
                double[][] results = e.newResults();
                for (int k = 0; k < 3; k++) Samples.run(w, inputs, results);
                long before = bean.getThreadAllocatedBytes(Thread.currentThread().threadId());
                for (int k = 0; k < 1000; k++) Samples.run(w, inputs, results);
                long after = bean.getThreadAllocatedBytes(Thread.currentThread().threadId());
                assertThat(after - before).as("%s, %s", text, o).isLessThan(1000);
            }
        }
    }

    @Test
    void threadsWithWorkspacesOfTheirOwnGetTheSameBits() throws Exception {
        Program p = Samples.backprop(Samples.program("program f(X: real[20, 16], W: real[16, 40]) { return sum(softplus(X @ W)) + norm2(W) }"));
        Engine e = Compiler.compile(p, Options.STANDARD);
        List<double[][]> inputs = new ArrayList<>();
        List<double[][]> wanted = new ArrayList<>();
        for (long seed = 0; seed < 4; seed++) {
            inputs.add(Samples.inputs(p, seed, false));
            wanted.add(Samples.reference(p, inputs.getLast()));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int k = t;
                tasks.add(() -> {
                    Engine.Workspace w = e.workspace();
                    double[][] results = e.newResults();
                    for (int run = 0; run < 50; run++) {
                        Samples.run(w, inputs.get(k), results);
                        assertThat(results).isDeepEqualTo(wanted.get(k));
                    }
                    return null;
                });
            }
            for (Future<Void> f : threads.invokeAll(tasks)) f.get();
        }
    }

    @Test
    void floatsGoStraightIntoAFloat32Engine() throws Exception {
        Program p = Samples.program("program f(x: real[20], y) { return sum(x * x) + y, y * x }");
        Engine e = Compiler.compile(p, Options.STANDARD.inSingle());
        double[][] inputs = Samples.inputs(p, 2, true);
        double[][] wanted = Samples.run(e, inputs);
        float[][] results = {new float[1], new float[20]};
        e.workspace().run(new float[][] {floats(inputs[0]), floats(inputs[1])}, results);
        for (int k = 0; k < wanted.length; k++) assertThat(results[k]).isEqualTo(floats(wanted[k]));
    }

    private static float[] floats(double[] x) {
        float[] out = new float[x.length];
        for (int k = 0; k < out.length; k++) out[k] = (float) x[k];
        return out;
    }

    @Test
    void helpersOfARunDoNotChangeItsBits() {
        Program p = Samples.backprop(Samples.program("program f(X: real[70, 128], W: real[128, 99], V: real[99, 5]) { return sum(relu(X @ W) @ V) }"));
        double[][] inputs = Samples.inputs(p, 1, false);
        double[][] wanted = Samples.reference(p, inputs);
        for (int threads = 2; threads <= 3; threads++)
            for (Options o : Samples.options().values()) {
                Engine e = Compiler.compile(p, o.with(threads));
                try (Engine.Workspace w = e.workspace()) {
                    for (int run = 0; run < 3; run++) {
                        double[][] results = e.newResults();
                        Samples.run(w, inputs, results);
                        assertThat(results).isDeepEqualTo(wanted);
                    }
                }
            }
    }

    @Test
    void arraysThatDoNotFitAreToldBeforeAnythingRuns() {
        Program p = Samples.program("program f(x: real[2, 3], y) { return x * y, sum(x) }");
        Engine e = Compiler.compile(p, Options.STANDARD);
        double[] shared = new double[6];
        Map<String, double[][][]> wrong = Map.of(
                "InputShape[at=NONE, name=x, wanted=real[2, 3], given=5 numbers]", new double[][][] {{new double[5], {1}}, {new double[6], {0}}},
                "InputShape[at=NONE, name=x, wanted=real[2, 3], given=no array]", new double[][][] {{null, {1}}, {new double[6], {0}}},
                "InputShape[at=NONE, name=the inputs, wanted=2 arrays, given=1 arrays]", new double[][][] {{new double[6]}, {new double[6], {0}}},
                "InputShape[at=NONE, name=result 2, wanted=real, given=2 numbers]", new double[][][] {{new double[6], {1}}, {new double[6], {0, 0}}},
                "InputShape[at=NONE, name=result 1, wanted=an array of its own, given=the array of an input]", new double[][][] {{shared, {1}}, {shared, {0}}});
        wrong.forEach((message, arrays) -> {
            Interpreter.Stopped s = catchThrowableOfType(Interpreter.Stopped.class, () -> e.workspace().run(arrays[0], arrays[1]));
            assertThat(text(s.problem)).isEqualTo(message);
        });
        assertThat(shared).containsOnly(0);
    }

    private static String text(Problem p) {
        return p.toString().replaceAll("at=Span\\[[^\\]]*\\]", "at=NONE");
    }

    @Test
    void theTallyOfARunIsTheInterpreters() {
        Program p = Samples.backprop(Samples.program(Samples.PROGRAMS.get(6)));
        assertThat(Compiler.compile(p, Options.STANDARD).tally().byName()).isEqualTo(StaticCost.of(p).byName());
    }
}
