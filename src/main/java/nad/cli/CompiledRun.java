package nad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.compile.Batch;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Program;
import nad.core.StaticCost;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Samples;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// One evaluation, or a batch of them, by the compiled engine, told as the interpreter tells its own; without kinks and
/// warnings, which the engine does not look for.
final class CompiledRun {
    private final Program p;
    private final Options options;
    private final double[][] inputs;
    private final int samples;
    private final boolean summed;

    private CompiledRun(Program p, Map<String, Tensor> inputs, boolean summed, Options options) {
        this.p = p;
        this.options = options;
        this.inputs = arrays(p, inputs);
        this.samples = Samples.count(p, inputs);
        this.summed = summed;
    }

    static double[][] arrays(Program p, Map<String, Tensor> inputs) {
        return p.parameters().stream().map(q -> inputs.get(q.name()).real()).toArray(double[][]::new);
    }

    private static void requireRoutines(Program p, Options options) throws Refusal {
        String refused = Compiler.refuses(p, options);
        if (refused != null) throw new Refusal(new Problem.NotCompiled(Span.NONE, refused));
    }

    static Engine engine(Program p, Options options) throws Refusal {
        requireRoutines(p, options);
        try {
            return Compiler.compile(p, options);
        } catch (ArithmeticException tooManyCells) {
            throw outOfMemory(p, Engine.values(p), options.single());
        }
    }

    static Run single(Program p, Map<String, Tensor> inputs, Options options) throws Refusal, Interpreter.Stopped {
        CompiledRun r = new CompiledRun(p, inputs, false, options);
        Engine e = engine(p, options);
        double[][] results = e.newResults();
        try (Engine.Workspace w = workspace(e, options)) {
            w.run(r.inputs, results);
        }
        return r.told(results, p.results().stream().map(o -> o.shape()).toList());
    }

    static Run batch(Program p, Map<String, Tensor> inputs, boolean summed, Options options, int threads) throws Refusal, Interpreter.Stopped {
        CompiledRun r = new CompiledRun(p, inputs, summed, options);
        boolean[] batched = new boolean[r.inputs.length];
        for (int k = 0; k < batched.length; k++) {
            Program.Parameter q = p.parameters().get(k);
            batched[k] = Samples.isBatch(q, inputs.get(q.name()));
        }
        List<int[]> shapes = Samples.shapes(p, r.samples, summed);
        double[][] results = r.results(shapes);
        requireRoutines(p, options);
        try (Batch b = batch(p, batched, summed, options, threads)) {
            run(b, r, results);
        }
        return r.told(results, shapes);
    }

    private static Batch batch(Program p, boolean[] batched, boolean summed, Options options, int threads) throws Refusal {
        try {
            return Batch.of(p, batched, summed, options, threads);
        } catch (ArithmeticException tooManyCells) {
            throw outOfMemory(p, Engine.values(p), options.single());
        }
    }

    private static void run(Batch b, CompiledRun r, double[][] results) throws Refusal, Interpreter.Stopped {
        try {
            b.run(r.samples, r.inputs, results);
        } catch (OutOfMemoryError | ArithmeticException full) {
            throw new Refusal(new Problem.OutOfMemory(Span.NONE, "the memory of `" + r.p.name() + "` for the samples that are worked on at once, "
                    + numbers(b.cells(), r.options.single())));
        }
    }

    static Engine.Workspace workspace(Engine e, Options options) throws Refusal {
        try {
            return e.workspace();
        } catch (OutOfMemoryError full) {
            throw outOfMemory(e.program(), e.cells(), options.single());
        }
    }

    private double[][] results(List<int[]> shapes) throws Refusal {
        long all = 0;
        for (int[] s : shapes) {
            long n = 1;
            for (int d : s) n *= d;
            all += n;
        }
        try {
            return shapes.stream().map(s -> new double[Shapes.size(s)]).toArray(double[][]::new);
        } catch (OutOfMemoryError | ArithmeticException full) {
            throw new Refusal(new Problem.OutOfMemory(Span.NONE, "the results of " + samples + " samples, " + numbers(all, false)));
        }
    }

    private Run told(double[][] results, List<int[]> shapes) {
        List<Tensor> tensors = new ArrayList<>();
        for (int k = 0; k < results.length; k++)
            tensors.add(Samples.rounded(shapes.get(k), results[k], options.single() ? Arithmetic.FLOAT32 : Arithmetic.FLOAT64));
        return new Run(tensors, StaticCost.of(p), StaticCost.of(p, 0, p.ownLength()), null, List.of(), List.of());
    }

    // ---- memory

    static Refusal outOfMemory(Program p, long cells, boolean single) {
        return new Refusal(new Problem.OutOfMemory(Span.NONE, "the values of `" + p.name() + "` that are in use at once, " + numbers(cells, single)));
    }

    static String numbers(long n, boolean single) {
        int each = single ? Float.BYTES : Double.BYTES;
        return n + " numbers of " + each + " bytes, " + String.format(Locale.ROOT, "%.1f", n * (double) each / (1 << 20)) + " MiB";
    }
}
