package nad.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.report.Problem;

/// `nad bench`: the workloads W1 to W6 from their `.nad` sources, f and f with its gradient.
public final class Bench {
    public static final List<String> WORKLOADS = List.of("w1a", "w1b", "w2", "w3", "w4", "w4b", "w5", "w6");

    /// Programs that are built before the one that is timed.
    private static final int WARM_UPS = 24;

    private final Consumer<Timing> out;
    private final Options options;
    private final int threads;

    private Bench(Consumer<Timing> out, int threads) {
        this.out = out;
        this.options = options(threads);
        this.threads = threads;
    }

    private static Options options(int threads) {
        return Options.STANDARD.inexact().atOnce().with(threads);
    }

    /// Measures one workload.
    public static void run(String workload, int threads, Consumer<Timing> out) {
        new Bench(out, threads).run(workload);
    }

    /// The same written by hand in plain Java.
    public static void byHand(String workload, Consumer<Timing> out) {
        out.accept(Timing.of(name(workload, 1), "java_hand", size(workload), ByHand.of(workload)));
    }

    private static String name(String workload, int threads) {
        return switch (workload) {
            case "w1a", "w1b" -> "W1_rosen";
            case "w2" -> "W2_helmholtz";
            case "w3" -> "W3_gmm";
            case "w4" -> "W4_relu";
            case "w4b" -> "W4_relu_batch";
            case "w5" -> "W5_mnist_f64_t" + threads;
            case "w6" -> "W6_slp";
            default -> throw new IllegalArgumentException(workload);
        };
    }

    private static long size(String workload) {
        return switch (workload) {
            case "w1a" -> 1000;
            case "w1b" -> 100_000;
            case "w2" -> Data.HELMHOLTZ;
            case "w3" -> 330;
            case "w4" -> 8449;
            case "w4b" -> Data.BATCH;
            case "w5" -> Data.IMAGES;
            case "w6" -> 9L * Data.STRAIGHT_GROUPS;
            default -> throw new IllegalArgumentException(workload);
        };
    }

    /// A workload's tensor program by the engine.
    static Measured engine(String workload, Options o) {
        Program p = switch (workload) {
            case "w1a", "w1b" -> program("rosenbrock", Map.of("n", (int) size(workload)));
            case "w2" -> program("helmholtz", Map.of());
            case "w3" -> program("mixture", Map.of());
            case "w4" -> program("mlp", Map.of());
            case "w4b" -> program("mlp_batch", Map.of());
            case "w5" -> program("mnist", Map.of());
            default -> throw new IllegalArgumentException(workload);
        };
        return ByEngine.of(p, gradient(p, null), o, inputs(workload));
    }

    static Measured engine(String workload, int threads) {
        return engine(workload, options(threads));
    }

    private static double[][] inputs(String workload) {
        return switch (workload) {
            case "w1a", "w1b" -> new double[][] {Data.rosenbrock((int) size(workload))};
            case "w2" -> Data.helmholtz();
            case "w3" -> Data.mixture();
            case "w4" -> with(Data.networkInputs(1), Data.network());
            case "w4b" -> with(Data.networkInputs(Data.BATCH), Data.network());
            default -> Data.images();
        };
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

    private static Program gradient(Program p, List<String> by) {
        List<Problem> problems = new ArrayList<>();
        Program q = Backprop.of(p, by, problems);
        if (q == null) throw new IllegalStateException(p.name() + ": " + problems);
        return q;
    }

    private void run(String workload) {
        if (workload.equals("w6")) {
            straight();
            return;
        }
        measure(name(workload, threads), "nad", size(workload), engine(workload, options));
        switch (workload) {
            case "w4" -> {
                Program p = program("mlp_scalar", Map.of());
                measure(name(workload, threads), "nad_scalar", size(workload), ByEngine.of(p, gradient(p, null), options, inputs(workload)));
            }
            case "w4b" -> measure(name(workload, threads), "nad_scalar", size(workload), lanes(threads));
            case "w5" -> measure("W5_mnist_f32_t" + threads, "nad", size(workload), engine(workload, options.inSingle()));
            default -> {}
        }
    }

    private void measure(String workload, String peer, long n, Measured m) {
        try (m) {
            out.accept(Timing.of(workload, peer, n, m));
        }
    }

    /// The scalar network on a batch, a lane for each sample; gradients by the weights, summed.
    static Measured lanes(int threads) {
        Program p = program("mlp_scalar", Map.of());
        List<String> weights = p.parameters().stream().map(Program.Parameter::name).filter(n -> !n.equals("x")).toList();
        return ByEngine.summed(p, gradient(p, weights), options(1), inputs("w4b"), Data.BATCH, threads);
    }

    /// Recording, and that with transformation, compilation and one gradient: cold, and once the JVM has done the same for smaller
    /// programs, as a peer's code has been compiled before. Then the gradient warm.
    private void straight() {
        int[] ix = Data.straightIndices();
        build("nad_cold", ix).close();
        for (int k = 0; k < WARM_UPS; k++) {
            try (Measured smaller = compiled(Straight.program(Arrays.copyOf(ix, ix.length / 4 - 600 * k)))) {
                smaller.gradient();
            }
        }
        try (Measured g = build("nad", ix); Measured f = ByEngine.only(Straight.program(ix), options, new double[][] {Data.straightInputs()})) {
            out.accept(Timing.of("W6_slp", "nad", size("w6"), Clock.seconds(f::value), Clock.seconds(g::gradient), g));
        }
    }

    private Measured build(String peer, int[] ix) {
        // What was built before is no part of this.
        System.gc();
        long begin = System.nanoTime();
        Program p = Straight.program(ix);
        long recorded = System.nanoTime();
        Measured g = compiled(p);
        g.gradient();
        long end = System.nanoTime();
        out.accept(Timing.of("W6_build", peer, size("w6"), (recorded - begin) * 1e-9, (end - begin) * 1e-9, g));
        return g;
    }

    private Measured compiled(Program p) {
        return ByEngine.only(gradient(p, null), options, new double[][] {Data.straightInputs()});
    }
}
