package nad.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nad.core.Program;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Interpreter;
import nad.tensor.Shapes;

/// Runs one program on many inputs: results for each sample, or summed over the samples. Samples are worked on in blocks of
/// 128, which threads share out; the samples of a block are added in the order in which a row is summed, the blocks one
/// after the other, so that the bits do not depend on the number of threads. A batch may be run by one thread at a time.
public final class Batch implements AutoCloseable {
    private static final int BLOCK = LaneKernels.LANES;

    private final Compiled engine;
    private final boolean[] batched;
    private final Options options;
    private final LaneCode lanes;
    private final BlockRunner[] runners;
    /// For each runner the sums of a block.
    private final double[][][] sums;
    private final ExecutorService threads;
    private final boolean summed;
    /// Tells those who help that the run is left off.
    private volatile boolean stopped;

    /// Works on one block at a time.
    interface BlockRunner {
        /// Adds up (or writes) the results of `count` samples from `first` on.
        ///
        /// @param results whole arrays for results by sample, arrays of one block's sums otherwise
        void run(double[][] inputs, int first, int count, double[][] results) throws Interpreter.Stopped;
    }

    private Batch(Compiled engine, boolean[] batched, boolean summed, Options options, int threads) {
        this.engine = engine;
        this.batched = batched;
        this.summed = summed;
        this.options = options;
        this.lanes = options.single() ? null : LaneRunner.lanes(engine, batched, summed);
        this.runners = new BlockRunner[threads];
        this.sums = new double[summed ? threads : 0][][];
        this.threads = threads == 1 ? null : Executors.newFixedThreadPool(threads - 1, r -> {
            Thread t = new Thread(r, "nad-batch");
            t.setDaemon(true);
            return t;
        });
    }

    /// @param batched for each parameter whether it has a value for each sample
    /// @param summed  whether results are summed over the samples
    public static Batch of(Program p, boolean[] batched, boolean summed, Options options, int threads) {
        return new Batch((Compiled) Compiler.compile(p, options), batched.clone(), summed, options, threads);
    }

    /// How many numbers of the engine's type the first run sets aside, and later ones use again: for each thread the memory of
    /// a run, with lanes for the samples of a block or arrays for one of them.
    public long cells() {
        long each = lanes != null ? LaneRunner.cells(engine, lanes, summed) : SampleRunner.cells(engine, batched, summed);
        return runners.length * each;
    }

    private void prepare() {
        if (runners[runners.length - 1] != null) return;
        for (int k = 0; k < runners.length; k++) {
            if (summed) sums[k] = engine.newResults();
            runners[k] = lanes != null ? new LaneRunner(engine, lanes, batched, summed, options) : new SampleRunner(engine, batched, summed);
        }
    }

    /// An [Interrupt] stops it between blocks. A run that does not come to its end leaves NaN in all results: none of them can be
    /// taken for what it is not.
    ///
    /// @param inputs  for each parameter its value, or the values of all samples one after the other
    /// @param results for each result its sum, or the results of all samples one after the other
    public void run(int samples, double[][] inputs, double[][] results) throws Interpreter.Stopped {
        requireSizes(samples, inputs, results);
        prepare();
        boolean whole = false;
        try {
            runAll(samples, inputs, results);
            whole = true;
        } finally {
            if (!whole) for (double[] r : results) Arrays.fill(r, Double.NaN);
        }
    }

    private void runAll(int samples, double[][] inputs, double[][] results) throws Interpreter.Stopped {
        int blocks = (samples + BLOCK - 1) / BLOCK;
        if (!summed) {
            each(blocks, (runner, block) -> runner.run(inputs, block * BLOCK, Math.min(BLOCK, samples - block * BLOCK), results));
            return;
        }
        for (int from = 0; from < blocks; from += sums.length) {
            int start = from;
            int n = Math.min(sums.length, blocks - from);
            each(n, (runner, k) -> runner.run(inputs, (start + k) * BLOCK, Math.min(BLOCK, samples - (start + k) * BLOCK), sums[k]));
            for (int k = 0; k < n; k++) add(sums[k], results, start + k == 0);
        }
    }

    private static void add(double[][] from, double[][] to, boolean first) {
        for (int r = 0; r < to.length; r++) {
            if (first) System.arraycopy(from[r], 0, to[r], 0, to[r].length);
            else for (int k = 0; k < to[r].length; k++) to[r][k] += from[r][k];
        }
    }

    private interface Task {
        void run(BlockRunner runner, int k) throws Interpreter.Stopped;
    }

    /// Tasks 0 … n − 1, task k by runner k modulo their number. Nobody works any more when it returns.
    private void each(int n, Task task) throws Interpreter.Stopped {
        int workers = Math.min(n, runners.length);
        List<Future<Void>> others = new ArrayList<>();
        stopped = false;
        for (int w = 1; w < workers; w++) {
            int worker = w;
            Callable<Void> c = () -> {
                for (int k = worker; k < n && !stopped; k += workers) task.run(runners[worker], k);
                return null;
            };
            others.add(threads.submit(c));
        }
        boolean done = false;
        try {
            for (int k = 0; k < n; k += workers) {
                Interrupt.heed();
                task.run(runners[0], k);
            }
            done = true;
        } finally {
            stopped = !done;
            awaitAll(others);
        }
        if (stopped) throw new CancellationException();
        for (Future<Void> f : others) requireDone(f);
    }

    private void awaitAll(List<Future<Void>> tasks) {
        for (Future<Void> f : tasks)
            while (!f.isDone()) {
                try {
                    f.get();
                } catch (InterruptedException e) {
                    stopped = true;
                } catch (ExecutionException told) {
                    // by requireDone
                }
            }
    }

    private static void requireDone(Future<Void> f) throws Interpreter.Stopped {
        if (f.state() != Future.State.FAILED) return;
        if (f.exceptionNow() instanceof Interpreter.Stopped s) throw s;
        throw new IllegalStateException(f.exceptionNow());
    }

    private void requireSizes(int samples, double[][] inputs, double[][] results) throws Interpreter.Stopped {
        Program p = engine.program();
        if (samples < 1) throw new Interpreter.Stopped(new Problem.BadInput(Span.NONE, "the batch", "it has no sample"));
        if (inputs.length != batched.length || results.length != p.results().size())
            throw wrong("the batch", batched.length + " inputs and " + p.results().size() + " results", inputs.length + " and " + results.length);
        for (int k = 0; k < inputs.length; k++) {
            Program.Parameter q = p.parameters().get(k);
            require(q.name(), q.shape(), batched[k] ? samples : 0, inputs[k]);
        }
        for (int k = 0; k < results.length; k++) require("result " + (k + 1), p.results().get(k).shape(), summed ? 0 : samples, results[k]);
    }

    private static void require(String what, int[] shape, int samples, double[] given) throws Interpreter.Stopped {
        long wanted = (long) Math.max(1, samples) * Shapes.size(shape);
        if (given == null || given.length != wanted)
            throw wrong(what, samples == 0 ? Shapes.text(shape) : samples + " samples of " + Shapes.text(shape),
                    given == null ? "no array" : given.length + " numbers");
    }

    private static Interpreter.Stopped wrong(String what, String wanted, String given) {
        return new Interpreter.Stopped(new Problem.InputShape(Span.NONE, what, wanted, given));
    }

    @Override
    public void close() {
        if (threads != null) threads.shutdownNow();
    }
}
