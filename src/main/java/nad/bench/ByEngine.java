package nad.bench;

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
        return o.single() ? new ByEngine(new Floats(p, o, inputs), new Floats(gradient, o, inputs), ratio)
                : new ByEngine(new Doubles(p, o, inputs), new Doubles(gradient, o, inputs), ratio);
    }

    /// One program for both.
    static ByEngine only(Program p, Options o, double[][] inputs) {
        Running r = new Doubles(p, o, inputs);
        return new ByEngine(r, r, 0);
    }

    private static double cost(Program p) {
        return CostModel.UNIT.cost(StaticCost.of(p)).toDouble();
    }

    /// A batch with its results summed, the first input being one of each sample.
    static ByEngine summed(Program p, Program gradient, Options o, double[][] inputs, int samples, int threads) {
        return new ByEngine(new Summed(p, o, inputs, samples, threads), new Summed(gradient, o, inputs, samples, threads),
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

    private interface Running {
        /// The first result.
        double run();

        /// Of all results but the first.
        double norm();

        void close();
    }

    private static double norm(double[][] results) {
        return Measured.norm(java.util.Arrays.copyOfRange(results, 1, results.length));
    }

    private static IllegalStateException failed(Interpreter.Stopped e) {
        return new IllegalStateException(e.problem.toString());
    }

    private static final class Doubles implements Running {
        private final Engine.Workspace workspace;
        private final double[][] inputs;
        private final double[][] results;

        Doubles(Program p, Options o, double[][] inputs) {
            Engine e = Compiler.compile(p, o);
            this.workspace = e.workspace();
            this.inputs = inputs;
            this.results = e.newResults();
        }

        @Override
        public double run() {
            try {
                workspace.run(inputs, results);
            } catch (Interpreter.Stopped e) {
                throw failed(e);
            }
            return results[0][0];
        }

        @Override
        public double norm() {
            return ByEngine.norm(results);
        }

        @Override
        public void close() {
            workspace.close();
        }
    }

    private static final class Floats implements Running {
        private final Engine.Workspace workspace;
        private final float[][] inputs;
        private final float[][] results;

        Floats(Program p, Options o, double[][] inputs) {
            this.workspace = Compiler.compile(p, o).workspace();
            this.inputs = new float[inputs.length][];
            for (int k = 0; k < inputs.length; k++) {
                this.inputs[k] = new float[inputs[k].length];
                for (int i = 0; i < inputs[k].length; i++) this.inputs[k][i] = (float) inputs[k][i];
            }
            this.results = p.results().stream().map(r -> new float[r.size()]).toArray(float[][]::new);
        }

        @Override
        public double run() {
            try {
                workspace.run(inputs, results);
            } catch (Interpreter.Stopped e) {
                throw failed(e);
            }
            return results[0][0];
        }

        @Override
        public double norm() {
            double s = 0;
            for (int k = 1; k < results.length; k++) for (float v : results[k]) s += (double) v * v;
            return Math.sqrt(s);
        }

        @Override
        public void close() {
            workspace.close();
        }
    }

    private static final class Summed implements Running {
        private final Batch batch;
        private final double[][] inputs;
        private final double[][] results;
        private final int samples;

        Summed(Program p, Options o, double[][] inputs, int samples, int threads) {
            boolean[] batched = new boolean[inputs.length];
            batched[0] = true;
            this.batch = Batch.of(p, batched, true, o, threads);
            this.inputs = inputs;
            this.results = p.results().stream().map(r -> new double[Shapes.size(r.shape())]).toArray(double[][]::new);
            this.samples = samples;
        }

        @Override
        public double run() {
            try {
                batch.run(samples, inputs, results);
            } catch (Interpreter.Stopped e) {
                throw failed(e);
            }
            return results[0][0];
        }

        @Override
        public double norm() {
            return ByEngine.norm(results);
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
