package nad.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import nad.compile.Batch;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.tensor.Shapes;

/// A workload by the compiled engine: a program and its gradient's, each with a workspace and arrays of its own.
record ByEngine(Running f, Running g, double ratio) implements Measured {
    /// In float64, or in float32 where the options say so.
    static ByEngine of(Program p, Program gradient, Options o, double[][] inputs) {
        double ratio = cost(gradient) / cost(p);
        return o.single() ? new ByEngine(inSingle(p, o, inputs), inSingle(gradient, o, inputs), ratio)
                : new ByEngine(inDouble(p, o, inputs), inDouble(gradient, o, inputs), ratio);
    }

    /// One program for both.
    static ByEngine only(Program p, Options o, double[][] inputs) {
        Running r = inDouble(p, o, inputs);
        return new ByEngine(r, r, 0);
    }

    private static double cost(Program p) {
        return CostModel.UNIT.cost(StaticCost.of(p)).toDouble();
    }

    /// A batch with its results summed, the first input being one of each sample.
    static ByEngine summed(Program p, Program gradient, Options o, double[][] inputs, int samples, int threads) {
        return new ByEngine(inBatch(p, o, inputs, samples, threads), inBatch(gradient, o, inputs, samples, threads),
                cost(gradient) / cost(p));
    }

    @Override
    public double value() {
        return f.run();
    }

    @Override
    public double gradient() {
        return g.run();
    }

    @Override
    public double norm() {
        return g.norm();
    }

    @Override
    public void close() {
        f.close();
        g.close();
    }

    private interface Step {
        void run() throws Interpreter.Stopped;
    }

    /// One program with its memory and arrays.
    ///
    /// @param result where the first result stands afterwards
    /// @param rest   the norm of all results but the first
    private record Running(Step step, DoubleSupplier result, DoubleSupplier rest, Runnable end) {
        double run() {
            try {
                step.run();
            } catch (Interpreter.Stopped e) {
                throw new IllegalStateException(e.problem.toString());
            }
            return result.getAsDouble();
        }

        double norm() {
            return rest.getAsDouble();
        }

        void close() {
            end.run();
        }
    }

    private static Running running(Step step, double[][] results, Runnable end) {
        return new Running(step, () -> results[0][0], () -> Measured.norm(Arrays.copyOfRange(results, 1, results.length)), end);
    }

    private static Running inDouble(Program p, Options o, double[][] inputs) {
        Engine e = Compiler.compile(p, o);
        Engine.Workspace w = e.workspace();
        double[][] results = e.newResults();
        return running(() -> w.run(inputs, results), results, w::close);
    }

    private static Running inSingle(Program p, Options o, double[][] inputs) {
        Engine.Workspace w = Compiler.compile(p, o).workspace();
        float[][] floats = new float[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            floats[k] = new float[inputs[k].length];
            for (int i = 0; i < inputs[k].length; i++) floats[k][i] = (float) inputs[k][i];
        }
        float[][] results = p.results().stream().map(r -> new float[r.size()]).toArray(float[][]::new);
        return new Running(() -> w.run(floats, results), () -> results[0][0], () -> norm(results), w::close);
    }

    private static double norm(float[][] results) {
        double s = 0;
        for (int k = 1; k < results.length; k++) for (float v : results[k]) s += (double) v * v;
        return Math.sqrt(s);
    }

    private static Running inBatch(Program p, Options o, double[][] inputs, int samples, int threads) {
        boolean[] batched = new boolean[inputs.length];
        batched[0] = true;
        Batch b = Batch.of(p, batched, true, o, threads);
        double[][] results = p.results().stream().map(r -> new double[Shapes.size(r.shape())]).toArray(double[][]::new);
        return running(() -> b.run(samples, inputs, results), results, b::close);
    }
}
