package nad.data;

import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// Values for `--random`: uniform in [−1, 1), from a generator whose algorithm java.util.random documents, so that a seed
/// means the same values everywhere. Each parameter has a generator of its own, seeded by its name.
final class Randoms {
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS = RandomGeneratorFactory.of("L64X128MixRandom");
    /// In rational arithmetic numbers have ten binary digits, so that those of a run stay small.
    private static final int RATIONAL_GRID = 1 << 10;
    private static final int FLOAT32_GRID = 1 << 24;

    private Randoms() {}

    /// The draws are the same in every arithmetic, rounded down to those that it takes.
    static Tensor tensor(String name, int[] shape, Arithmetic arithmetic, long seed) {
        RandomGenerator g = GENERATORS.create(seed * 0x9E3779B97F4A7C15L + name.hashCode());
        double[] x = g.doubles(Shapes.size(shape), -1, 1).toArray();
        switch (arithmetic) {
            case FLOAT64 -> {}
            case FLOAT32 -> floor(x, FLOAT32_GRID);
            case RATIONAL, ENCLOSED -> {
                return exact(shape, x, d -> Rational.of((long) Math.floor(d * RATIONAL_GRID), RATIONAL_GRID));
            }
            case INTERVAL -> {
                return exact(shape, x, Interval::point);
            }
        }
        return Tensor.of(shape, x);
    }

    private static void floor(double[] x, int grid) {
        for (int k = 0; k < x.length; k++) x[k] = Math.floor(x[k] * grid) / grid;
    }

    private static Tensor exact(int[] shape, double[] x, DoubleFunction<Quantity> f) {
        Quantity[] q = new Quantity[x.length];
        for (int k = 0; k < q.length; k++) q[k] = f.apply(x[k]);
        return Tensor.of(shape, q);
    }
}
