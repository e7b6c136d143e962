package nad.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import nad.arithmetic.Arithmetic;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.check.Checker;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Each stage on a flat program of n scalar statements, and the same program by hand.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = {"-Xmx2g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class Pipeline {
    @Param({"10000", "100000", "1000000"})
    int size;

    private Flat flat;
    private String text;
    private Checker checker;
    private Program p;
    private Program q;
    private Map<String, Tensor> inputs;

    @Setup
    public void read() {
        flat = Flat.of(size);
        text = flat.text();
        checker = Checker.readText(null, "flat.nad", text);
        p = checker.elaborate(null, Checker.Options.STANDARD);
        q = Backprop.of(p, null, List.of());
        inputs = flat.inputs();
    }

    @Benchmark
    public Checker parse() {
        return Checker.readText(null, "flat.nad", text);
    }

    @Benchmark
    public Program check() {
        return checker.elaborate(null, Checker.Options.STANDARD);
    }

    @Benchmark
    public Program transform() {
        return Backprop.of(p, null, List.of());
    }

    @Benchmark
    public Certificate certify() {
        return CheapGradient.certify(p, q, CostModel.UNIT, null);
    }

    @Benchmark
    public Run run() throws Interpreter.Stopped {
        return Interpreter.run(q, inputs, Arithmetic.FLOAT64, Selections.DEFAULT, false);
    }

    @Benchmark
    public double byHand() {
        return flat.forward() + flat.reverse()[0];
    }
}
