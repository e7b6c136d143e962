package nad.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.compile.Batch;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.report.Problem;
import nad.run.Engine;
import nad.run.Interpreter;

/// `nad bench`: the workloads W1 to W6 from their `.nad` sources, f and f with its gradient, a line each.
public final class Bench {
    public static final List<String> WORKLOADS = List.of("w1a", "w1b", "w2", "w3", "w4", "w4b", "w5", "w6");

    /// Programs that are built before the one that is timed.
    private static final int WARM_UPS = 24;

    private final PrintStream out;
    private final Options options;

    private Bench(PrintStream out, int threads) {
        this.out = out;
        this.options = Options.STANDARD.inexact().atOnce().with(threads);
    }

    /// Workloads by name, all of them where none is named; `--threads T`; `--by-hand` for lines of plain Java beside them.
    public static void main(String[] args) {
        List<String> names = new ArrayList<>(List.of(args));
        boolean byHand = names.remove("--by-hand");
        int threads = 1;
        int at = names.indexOf("--threads");
        if (at >= 0) {
            threads = Integer.parseInt(names.get(at + 1));
            names.subList(at, at + 2).clear();
        }
        for (String w : names.isEmpty() ? WORKLOADS : names) {
            if (byHand) byHand(w, System.out);
            run(w, threads, System.out);
        }
    }

    /// The workload written by hand in plain Java, where there is such a version.
    public static void byHand(String workload, PrintStream out) {
        ByHand.run(workload, out);
    }

    /// Measures one workload and prints its lines.
    public static void run(String workload, int threads, PrintStream out) {
        Bench b = new Bench(out, threads);
        switch (workload) {
            case "w1a" -> b.measure("W1_rosen", "nad", 1000, program("rosenbrock", Map.of("n", 1000)), Data.rosenbrock(1000));
            case "w1b" -> b.measure("W1_rosen", "nad", 100_000, program("rosenbrock", Map.of("n", 100_000)), Data.rosenbrock(100_000));
            case "w2" -> b.measure("W2_helmholtz", "nad", Data.HELMHOLTZ, program("helmholtz", Map.of()), Data.helmholtz());
            case "w3" -> b.measure("W3_gmm", "nad", 330, program("mixture", Map.of()), Data.mixture());
            case "w4" -> {
                double[][] inputs = with(Data.networkInputs(1), Data.network());
                b.measure("W4_relu", "nad", 8449, program("mlp", Map.of()), inputs);
                b.measure("W4_relu", "nad_scalar", 8449, program("mlp_scalar", Map.of()), inputs);
            }
            case "w4b" -> {
                double[][] inputs = with(Data.networkInputs(Data.BATCH), Data.network());
                b.measure("W4_relu_batch", "nad", Data.BATCH, program("mlp_batch", Map.of()), inputs);
                b.lanes(inputs);
            }
            case "w5" -> {
                b.measure("W5_mnist_f64_t" + threads, "nad", Data.IMAGES, program("mnist", Map.of()), Data.images());
                b.single("W5_mnist_f32_t" + threads, Data.IMAGES, program("mnist", Map.of()), Data.images());
            }
            case "w6" -> b.straight();
            default -> throw new IllegalArgumentException(workload);
        }
    }

    private static double[][] with(double[] first, double[][] others) {
        double[][] all = new double[others.length + 1][];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }

    private static Program program(String name, Map<String, Integer> sizes) {
        String file = name + ".nad";
        try (InputStream in = Bench.class.getResourceAsStream("/nad/bench/" + file)) {
            Checker c = Checker.readText(new DiskFiles(), file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Program p = c.elaborate(null, new Checker.Options(sizes, Checker.STANDARD_LIMIT, false));
            if (p == null) throw new IllegalStateException(file + ": " + c.problems());
            return p;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Program gradient(Program p) {
        List<Problem> problems = new ArrayList<>();
        Program q = Backprop.of(p, null, problems);
        if (q == null) throw new IllegalStateException(p.name() + ": " + problems);
        return q;
    }

    private void measure(String workload, String peer, long n, Program p, double[]... inputs) {
        try (Running f = new Running(Compiler.compile(p, options), inputs); Running g = new Running(Compiler.compile(gradient(p), options), inputs)) {
            double tf = Clock.seconds(f);
            double tg = Clock.seconds(g);
            out.println(Clock.line(workload, peer, n, tf, tg, g.results[0][0], norm(g.results)));
        }
    }

    /// In float32.
    private void single(String workload, long n, Program p, double[]... inputs) {
        float[][] floats = new float[inputs.length][];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = new float[inputs[k].length];
            for (int i = 0; i < floats[k].length; i++) floats[k][i] = (float) inputs[k][i];
        }
        try (RunningSingle f = new RunningSingle(Compiler.compile(p, options.inSingle()), floats);
                RunningSingle g = new RunningSingle(Compiler.compile(gradient(p), options.inSingle()), floats)) {
            double tf = Clock.seconds(f);
            double tg = Clock.seconds(g);
            double s = 0;
            for (int k = 1; k < g.results.length; k++) for (float v : g.results[k]) s += (double) v * v;
            out.println(Clock.line(workload, "nad", n, tf, tg, g.results[0][0], Math.sqrt(s)));
        }
    }

    /// The scalar network on a batch, a lane for each sample; gradients by the weights, summed.
    private void lanes(double[][] inputs) {
        Program p = program("mlp_scalar", Map.of());
        List<String> weights = p.parameters().stream().map(Program.Parameter::name).filter(n -> !n.equals("x")).toList();
        Program q = Backprop.of(p, weights, new ArrayList<>());
        boolean[] batched = new boolean[inputs.length];
        batched[0] = true;
        try (Batch f = Batch.of(p, batched, true, options, 1); Batch g = Batch.of(q, batched, true, options, 1)) {
            Summed value = new Summed(f, inputs, p);
            Summed gradient = new Summed(g, inputs, q);
            double tf = Clock.seconds(value);
            double tg = Clock.seconds(gradient);
            out.println(Clock.line("W4_relu_batch", "nad_scalar", Data.BATCH, tf, tg, gradient.results[0][0], norm(gradient.results)));
        }
    }

    private record Summed(Batch batch, double[][] inputs, double[][] results) implements Runnable {
        Summed(Batch batch, double[][] inputs, Program p) {
            this(batch, inputs, p.results().stream().map(r -> new double[r.size()]).toArray(double[][]::new));
        }

        @Override
        public void run() {
            try {
                batch.run(Data.BATCH, inputs, results);
            } catch (Interpreter.Stopped e) {
                throw new IllegalStateException(e.problem.toString());
            }
        }
    }

    /// Of all results but the first: the gradient.
    private static double norm(double[][] results) {
        double s = 0;
        for (int k = 1; k < results.length; k++) for (double v : results[k]) s += v * v;
        return Math.sqrt(s);
    }

    /// Recording, and that with transformation, compilation and one gradient: cold, and once the JVM has done the same for smaller
    /// programs, as a peer's code has been compiled before. Then the gradient warm.
    private void straight() {
        int[] ix = Data.straightIndices();
        build("nad_cold", ix);
        for (int k = 0; k < WARM_UPS; k++) built(Arrays.copyOf(ix, ix.length / 4 - 600 * k)).run();
        Running g = build("nad", ix);
        Running f = new Running(Compiler.compile(Straight.program(ix), options), new double[][] {Data.straightInputs()});
        out.println(Clock.line("W6_slp", "nad", 9L * Data.STRAIGHT_GROUPS, Clock.seconds(f), Clock.seconds(g), g.results[0][0], norm(g.results)));
    }

    private Running build(String peer, int[] ix) {
        long begin = System.nanoTime();
        Program p = Straight.program(ix);
        long recorded = System.nanoTime();
        Running g = new Running(Compiler.compile(gradient(p), options), new double[][] {Data.straightInputs()});
        g.run();
        long end = System.nanoTime();
        out.println(Clock.line("W6_build", peer, 9L * Data.STRAIGHT_GROUPS, (recorded - begin) * 1e-9, (end - begin) * 1e-9, g.results[0][0], norm(g.results)));
        return g;
    }

    private Running built(int[] ix) {
        return new Running(Compiler.compile(gradient(Straight.program(ix)), options), new double[][] {Data.straightInputs()});
    }

    /// An engine with its workspace and arrays: what is timed.
    private record Running(Engine.Workspace workspace, double[][] inputs, double[][] results) implements Runnable, AutoCloseable {
        Running(Engine e, double[][] inputs) {
            this(e.workspace(), inputs, e.newResults());
        }

        @Override
        public void run() {
            try {
                workspace.run(inputs, results);
            } catch (Interpreter.Stopped e) {
                throw new IllegalStateException(e.problem.toString());
            }
        }

        @Override
        public void close() {
            workspace.close();
        }
    }

    private record RunningSingle(Engine.Workspace workspace, float[][] inputs, float[][] results) implements Runnable, AutoCloseable {
        RunningSingle(Engine e, float[][] inputs) {
            this(e.workspace(), inputs, e.program().results().stream().map(r -> new float[r.size()]).toArray(float[][]::new));
        }

        @Override
        public void run() {
            try {
                workspace.run(inputs, results);
            } catch (Interpreter.Stopped e) {
                throw new IllegalStateException(e.problem.toString());
            }
        }

        @Override
        public void close() {
            workspace.close();
        }
    }
}
