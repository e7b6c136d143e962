package nad.bench;

import java.util.concurrent.TimeUnit;
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

/// What a second thread gains, function and gradient: the products of W5, and a batch of the scalar network of W4.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = {"--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class Threads {
    @Param({"1", "2"})
    int threads;

    private Measured products;
    private Measured batch;

    @Setup(Level.Trial)
    public void compile() {
        products = Bench.engine("w5", threads);
        batch = Bench.lanes(threads);
    }

    @TearDown(Level.Trial)
    public void close() {
        products.close();
        batch.close();
    }

    @Benchmark
    public double products() {
        return products.gradient();
    }

    @Benchmark
    public double batch() {
        return batch.gradient();
    }
}
