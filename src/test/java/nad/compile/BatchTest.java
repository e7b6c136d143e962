package nad.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CancellationException;
import nad.core.Program;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.tensor.Shapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {
    private static final String SCALAR = "program f(x: real[3], w: real[3], b) { z = b; for i in 1..3 { z = z + x[i] * w[i] }; "
            + "y = relu(z) + clip(z, -0.5, 0.5) * erf(w[1]); return max(y, sin(z)) + w[2] * w[3] - b / (2 + x[1]) }";
    private static final String TENSOR = "program f(x: real[3], W: real[3, 5], b: real[5]) { return logsumexp(relu(x @ W + b)) }";

    @ParameterizedTest
    @ValueSource(strings = {SCALAR, TENSOR})
    void eachSampleGetsTheBitsOfARunOfItsOwn(String text) throws Exception {
        Program p = Samples.backprop(Samples.program(text));
        for (Options o : List.of(Options.STANDARD, Options.STANDARD.withoutVectors()))
            for (int samples : new int[] {1, 7, 128, 300}) {
                double[][] inputs = inputs(p, samples);
                double[][] results = results(p, samples);
                try (Batch b = Batch.of(p, first(p), false, o, 2)) {
                    b.run(samples, inputs, results);
                }
                double[][] each = bySample(p, samples, inputs);
                assertThat(results).isDeepEqualTo(each);
            }
    }

    @ParameterizedTest
    @ValueSource(strings = {SCALAR, TENSOR})
    void sumsHaveTheSameBitsForAnyNumberOfThreadsAndAnyMeans(String text) throws Exception {
        Program p = Samples.backprop(Samples.program(text));
        for (int samples : new int[] {1, 5, 128, 700}) {
            double[][] inputs = inputs(p, samples);
            double[][] wanted = sums(p, samples, bySample(p, samples, inputs));
            for (Options o : List.of(Options.STANDARD, Options.STANDARD.withoutVectors()))
                for (int threads = 1; threads <= 3; threads++)
                    try (Batch b = Batch.of(p, first(p), true, o, threads)) {
                        double[][] results = results(p, 1);
                        for (int run = 0; run < 2; run++) b.run(samples, inputs, results);
                        assertThat(results).as("%s samples, %s threads", samples, threads).isDeepEqualTo(wanted);
                    }
        }
    }

    @Test
    void aBatchOfTheWrongSizeIsAnError() {
        Program p = Samples.program(TENSOR);
        try (Batch b = Batch.of(p, first(p), false, Options.STANDARD, 1)) {
            assertThatThrownBy(() -> b.run(4, new double[][] {new double[11], new double[15], new double[5]}, new double[][] {new double[4]}))
                    .isInstanceOfSatisfying(Interpreter.Stopped.class, s -> assertThat(s.problem.toString())
                            .contains("name=x, wanted=4 samples of real[3], given=11 numbers"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SCALAR, TENSOR})
    void theFirstRunSetsAsideWhatTheBatchSaysAndLaterOnesNextToNothing(String text) throws Exception {
        Program p = Samples.backprop(Samples.program(text));
        for (boolean summed : new boolean[] {false, true}) {
            double[][] inputs = inputs(p, 300);
            double[][] results = results(p, summed ? 1 : 300);
            try (Batch loadsClasses = Batch.of(p, first(p), summed, Options.STANDARD.withoutVectors(), 1);
                    Batch b = Batch.of(p, first(p), summed, Options.STANDARD.withoutVectors(), 1)) {
                allocated(loadsClasses, 3, inputs, results);
                assertThat(allocated(b, 1, inputs, results)).isBetween(b.cells() * 8, b.cells() * 8 + 20_000);
                assertThat(allocated(b, 100, inputs, results)).isLessThan(100 * 1000);
            }
        }
    }

    private static long allocated(Batch b, int runs, double[][] inputs, double[][] results) throws Exception {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = bean.getThreadAllocatedBytes(Thread.currentThread().threadId());
        for (int k = 0; k < runs; k++) b.run(300, inputs, results);
        return bean.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    }

    @Test
    void anInterruptedRunLeavesNoHalfResultsAndTheNextOneIsWhole() throws Exception {
        Program p = Samples.backprop(Samples.program(TENSOR));
        double[][] inputs = inputs(p, 700);
        double[][] results = results(p, 700);
        try (Batch b = Batch.of(p, first(p), false, Options.STANDARD, 2)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> b.run(700, inputs, results)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isFalse();
            for (double[] r : results) assertThat(r).containsOnly(Double.NaN);
            b.run(700, inputs, results);
        }
        assertThat(results).isDeepEqualTo(bySample(p, 700, inputs));
    }

    private static boolean[] first(Program p) {
        boolean[] out = new boolean[p.parameters().size()];
        out[0] = true;
        return out;
    }

    private static double[][] inputs(Program p, int samples) {
        double[][] in = Samples.inputs(p, 5, false);
        double[] all = new double[samples * in[0].length];
        java.util.Random random = new java.util.Random(11);
        for (int k = 0; k < all.length; k++) all[k] = random.nextInt(4) == 0 ? random.nextInt(-2, 3) / 2.0 : random.nextDouble(-1, 1);
        in[0] = all;
        return in;
    }

    private static double[][] results(Program p, int samples) {
        return p.results().stream().map(r -> new double[samples * Shapes.size(r.shape())]).toArray(double[][]::new);
    }

    private static double[][] bySample(Program p, int samples, double[][] inputs) {
        double[][] out = results(p, samples);
        Engine e = Engine.reference(p, nad.dictionary.Selections.DEFAULT);
        int n = inputs[0].length / samples;
        for (int s = 0; s < samples; s++) {
            double[][] one = inputs.clone();
            one[0] = java.util.Arrays.copyOfRange(inputs[0], s * n, (s + 1) * n);
            double[][] r = Samples.run(e, one);
            for (int k = 0; k < r.length; k++) System.arraycopy(r[k], 0, out[k], s * r[k].length, r[k].length);
        }
        return out;
    }

    /// Eight interleaved partial sums in each block of 128 samples, the blocks one after the other.
    private static double[][] sums(Program p, int samples, double[][] each) {
        double[][] out = results(p, 1);
        for (int r = 0; r < out.length; r++)
            for (int k = 0; k < out[r].length; k++)
                for (int block = 0; block < samples; block += 128) {
                    double[] q = new double[8];
                    java.util.Arrays.fill(q, -0.0);
                    for (int s = block; s < Math.min(samples, block + 128); s++) q[(s - block) % 8] += each[r][s * out[r].length + k];
                    double sum = ((q[0] + q[4]) + (q[2] + q[6])) + ((q[1] + q[5]) + (q[3] + q[7]));
                    out[r][k] = block == 0 ? sum : out[r][k] + sum;
                }
        return out;
    }
}
