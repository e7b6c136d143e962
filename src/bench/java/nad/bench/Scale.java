package nad.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.check.Checker;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.print.Printer;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// Takes growing programs once through the whole pipeline and prints a line for each stage: time on the clock, time of the
/// processor (all threads: on a busy machine it says more), the heap that is live afterwards, and time over that of the same program by
/// hand. Each stage runs once, warm-up and garbage included; the small sizes come first, and whether a stage is linear
/// shows in its nanoseconds a statement.
public final class Scale {
    private static final OperatingSystemMXBean MACHINE = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int[] SIZES = {10_000, 100_000, 1_000_000};

    /// One program for several sizes.
    ///
    /// @param flat   by hand, or null
    /// @param source the text, which may depend on n
    private record Case(String name, int n, Flat flat, String source) {}

    private interface Stage {
        void run() throws Exception;
    }

    private final Case c;
    private final double byHand;
    private int statements;
    private Checker checker;
    private Program p;
    private Program q;
    private Run run;
    private String dump;

    private Scale(Case c) {
        this.c = c;
        this.byHand = c.flat == null ? 0 : seconds(c.flat);
    }

    /// @param args the names of the programs to run; all where there is none
    public static void main(String[] args) throws Exception {
        System.out.printf("%-10s %9s %-11s %9s %9s %9s %13s %11s%n", "program", "n", "stage", "seconds", "cpu", "heap MiB", "ns/statement", "by hand = 1");
        for (int n : SIZES) if (wanted("flat", args)) flat(n);
        for (int n : SIZES)
            for (String name : Sources.NAMES) if (wanted(name, args)) new Scale(new Case(name, n / 10, null, Sources.of(name, n / 10))).pass();
    }

    private static boolean wanted(String name, String[] args) {
        return args.length == 0 || Arrays.asList(args).contains(name);
    }

    private static void flat(int n) throws Exception {
        Flat f = Flat.of(n);
        new Scale(new Case("flat", n, f, f.text())).pass();
    }

    private static double seconds(Flat f) {
        long best = Long.MAX_VALUE;
        for (int k = 0; k < 20; k++) {
            long start = System.nanoTime();
            f.forward();
            f.reverse();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e9;
    }

    private void pass() throws Exception {
        Map<String, Integer> sizes = c.flat == null && !c.name.equals("chain") ? Map.of("n", c.n) : Map.of();
        checker = Checker.readText(null, c.name, c.source);
        statements = checker.elaborate(null, new Checker.Options(sizes, Checker.STANDARD_LIMIT, false)).length();
        if (byHand > 0) line("by hand", new double[] {byHand, byHand}, "");
        double[] parse = stage("parse", () -> checker = Checker.readText(null, c.name, c.source));
        double[] check = stage("check", () -> p = checker.elaborate(null, new Checker.Options(sizes, Checker.STANDARD_LIMIT, false)));
        checker = null;
        Map<String, Tensor> inputs = c.flat != null ? c.flat.inputs() : inputs();
        double[] transform = stage("transform", () -> q = Backprop.of(p, null, new ArrayList<>()));
        double[] certify = stage("certify", () -> require(CheapGradient.certify(p, q, CostModel.UNIT, null)));
        double[] running = stage("run", () -> run = Interpreter.run(q, inputs, Arithmetic.FLOAT64, Selections.DEFAULT, false));
        total("last three", transform, certify, running);
        total("all five", parse, check, transform, certify, running);
        require(StaticCost.of(q).byName().equals(run.tally().byName()), "the static cost is the tally");
        if (c.flat != null) require(run.results().getFirst().toDouble(0) == c.flat.forward(), "the result is that by hand");
        stage("print", () -> dump = Printer.print(q));
        q = null;
        run = null;
        stage("parse dump", () -> checker = Checker.readText(null, c.name, dump));
        stage("check dump", () -> q = checker.elaborate(null, Checker.Options.STANDARD));
        checker = null;
        require(CheapGradient.certify(p, q, CostModel.UNIT, null));
    }

    private Map<String, Tensor> inputs() {
        Map<String, Tensor> out = new HashMap<>();
        for (Program.Parameter x : p.parameters()) {
            double[] v = new double[Shapes.size(x.shape())];
            for (int k = 0; k < v.length; k++) v[k] = 0.5 + k % 7 * 0.0625;
            out.put(x.name(), Tensor.of(x.shape(), v));
        }
        return out;
    }

    private static void require(Certificate proof) {
        require(proof.holds(), "the bound is certified: " + proof.reason());
    }

    private static void require(boolean holds, String what) {
        if (!holds) throw new IllegalStateException("not so: " + what);
    }

    private double[] stage(String name, Stage s) throws Exception {
        long cpu = MACHINE.getProcessCpuTime();
        long start = System.nanoTime();
        s.run();
        double[] spent = {(System.nanoTime() - start) / 1e9, (MACHINE.getProcessCpuTime() - cpu) / 1e9};
        System.gc();
        Runtime r = Runtime.getRuntime();
        line(name, spent, String.format(Locale.ROOT, "%.0f", (r.totalMemory() - r.freeMemory()) / 1048576.0));
        return spent;
    }

    private void total(String name, double[]... parts) {
        double[] sum = new double[2];
        for (double[] part : parts) for (int k = 0; k < 2; k++) sum[k] += part[k];
        line(name, sum, "");
    }

    private void line(String stage, double[] spent, String heap) {
        System.out.printf(Locale.ROOT, "%-10s %9d %-11s %9.4f %9.4f %9s %13.1f %11s%n", c.name, c.n, stage, spent[0], spent[1], heap,
                spent[1] * 1e9 / statements, byHand == 0 ? "" : String.format(Locale.ROOT, "%.1f", spent[1] / byHand));
    }
}
