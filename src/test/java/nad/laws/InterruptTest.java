package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import nad.arithmetic.Arithmetic;
import nad.bound.CheapGradient;
import nad.compile.Batch;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Flat;
import nad.core.Optimize;
import nad.core.Program;
import nad.data.Inputs;
import nad.dictionary.CostModel;
import nad.forward.Forprop;
import nad.print.Dot;
import nad.print.JsonDump;
import nad.print.Latex;
import nad.print.Printer;
import nad.report.Source;
import nad.run.Engine;
import nad.syntax.Parser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whoever interrupts a thread gets it back from every stage.
class InterruptTest {
    private static final String TEXT = "program f(x: real[3], y) {\n z = relu(y) * x\n return sum(z * x) + exp(y)\n}";

    @TestFactory
    Stream<DynamicTest> everyStageLeavesOff() {
        Program p = Nad.program(TEXT);
        Program q = Nad.backprop(p);
        Program flat = Flat.of(p, 100, new ArrayList<>());
        Map<String, ThrowingCallable> stages = new LinkedHashMap<>();
        stages.put("reading", () -> Parser.parse(new Source("f.nad", TEXT), new ArrayList<>()));
        stages.put("checking", () -> Nad.program(TEXT));
        stages.put("flattening", () -> Flat.of(p, 100, new ArrayList<>()));
        stages.put("optimising", () -> Optimize.of(p));
        stages.put("transforming", () -> Nad.backprop(p));
        stages.put("transforming forwards", () -> Forprop.jvp(p, null, 2, new ArrayList<>()));
        stages.put("certifying", () -> CheapGradient.certify(p, q, CostModel.UNIT, null));
        stages.put("running", () -> Nad.run(p, Nad.generic(p, 1)));
        stages.put("compiling tensors", () -> Compiler.compile(p, Options.STANDARD));
        stages.put("compiling scalars", () -> Compiler.compile(flat, Options.STANDARD));
        stages.put("reading numbers", () -> Inputs.gather(p, null, Arithmetic.FLOAT64, List.of("y=1"), List.of("x=-"),
                new ByteArrayInputStream("1\n2\n3\n".getBytes(StandardCharsets.US_ASCII)), null, new ArrayList<>()));
        Engine engine = Compiler.compile(p, Options.STANDARD);
        stages.put("running compiled", () -> {
            double[][] results = engine.newResults();
            try {
                engine.workspace().run(new double[][] {new double[3], new double[1]}, results);
            } catch (CancellationException e) {
                assertThat(results[0]).as("no result").containsOnly(Double.NaN);
                throw e;
            }
        });
        stages.put("running a batch", () -> {
            boolean interrupted = Thread.interrupted();
            try (Batch b = Batch.of(p, new boolean[] {true, false}, false, Options.STANDARD, 1)) {
                if (interrupted) Thread.currentThread().interrupt();
                b.run(2, new double[][] {new double[6], new double[1]}, new double[][] {new double[2]});
            }
        });
        stages.put("printing", () -> Printer.print(q, List.of()));
        stages.put("printing LaTeX", () -> Latex.print(q));
        stages.put("printing JSON", () -> JsonDump.print(q, CostModel.UNIT));
        stages.put("printing a graph", () -> Dot.print(q));
        return stages.entrySet().stream().map(s -> dynamicTest(s.getKey(), () -> leavesOff(s.getValue())));
    }

    private static void leavesOff(ThrowingCallable stage) throws Throwable {
        stage.call();
        Thread.currentThread().interrupt();
        assertThatThrownBy(stage).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
