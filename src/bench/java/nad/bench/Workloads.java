package nad.bench;

import java.util.concurrent.TimeUnit;
import nad.compile.Options;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The workloads of `nad bench`, function and gradient: by the engine, with and without vectors, and by hand.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class Workloads {
    @Param({"w1a", "w1b", "w2", "w3", "w4", "w4b", "w5"})
    String workload;

    private Measured engine;
    private Measured plain;
    private Measured hand;

    @Setup(Level.Trial)
    public void compile() {
        engine = Bench.engine(workload, 1);
        plain = Bench.engine(workload, Options.STANDARD.withoutVectors());
        hand = ByHand.of(workload);
    }

    @TearDown(Level.Trial)
    public void close() {
        engine.close();
        plain.close();
    }

    @Benchmark
    public double value() {
        return engine.value();
    }

    @Benchmark
    public double gradient() {
        return engine.gradient();
    }

    @Benchmark
    public double gradientWithoutVectors() {
        return plain.gradient();
    }

    @Benchmark
    public double gradientByHand() {
        return hand.gradient();
    }
}
