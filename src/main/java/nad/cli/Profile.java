package nad.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.compile.Options;
import nad.compile.StepTimes;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.run.Interpreter;
import nad.run.Tensor;

/// Where the time of a run goes: its statements by the lines that they stand on, with their operations. What an engine does
/// together, a loop over several statements, is one part.
///
/// @param engine which one was measured
/// @param runs   how many were measured, after others that were not
record Profile(String engine, int runs, List<Part> parts) {
    private static final int MOST_SHOWN = 20;
    /// The Java compiler needs a while until it has translated what runs often.
    private static final long WARMING_NS = 1_000_000_000;
    private static final int MOST_WARMING = 200_000;
    private static final long MEASURED_NS = 300_000_000;
    private static final int MOST_RUNS = 1000;

    /// @param lines       of the source; none for copies to results
    /// @param nanoseconds of one run
    /// @param operations  of one run, in the unit model
    record Part(List<Integer> lines, String text, double nanoseconds, Rational operations) {
        double gigaflops() {
            return nanoseconds == 0 ? 0 : operations.toDouble() / nanoseconds;
        }
    }

    private interface Timed {
        void run() throws Interpreter.Stopped;
    }

    static Profile interpreted(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections) throws Interpreter.Stopped {
        long[] times = new long[p.length()];
        int runs = repeat(times, () -> Interpreter.run(p, inputs, arithmetic, selections, false, times));
        List<int[]> steps = new ArrayList<>();
        for (int i = 0; i < times.length; i++) steps.add(new int[] {i});
        return new Profile("interpreter", runs, parts(p, steps, times, runs));
    }

    /// Null where the engine's code cannot be told apart by statements.
    static Profile compiled(Program p, Map<String, Tensor> inputs, Options options) throws Interpreter.Stopped {
        double[][] in = CompiledRun.arrays(p, inputs);
        double[][] out = p.results().stream().map(r -> new double[r.size()]).toArray(double[][]::new);
        try (StepTimes steps = StepTimes.of(p, options)) {
            if (steps == null) return null;
            int runs = repeat(steps.nanoseconds(), () -> steps.run(in, out));
            return new Profile("compiled", runs, parts(p, steps.steps(), steps.nanoseconds(), runs));
        }
    }

    /// Runs for a while, forgets what that took, and measures.
    private static int repeat(long[] times, Timed r) throws Interpreter.Stopped {
        repeat(r, WARMING_NS, MOST_WARMING);
        Arrays.fill(times, 0);
        return repeat(r, MEASURED_NS, MOST_RUNS);
    }

    private static int repeat(Timed r, long nanoseconds, int most) throws Interpreter.Stopped {
        int runs = 0;
        for (long start = System.nanoTime(); runs == 0 || runs < most && System.nanoTime() - start < nanoseconds; runs++) r.run();
        return runs;
    }

    // ---- from steps to parts

    private static List<Part> parts(Program p, List<int[]> steps, long[] times, int runs) {
        int[] group = groups(steps);
        Map<List<Integer>, Tally> operations = new LinkedHashMap<>();
        Map<List<Integer>, Double> time = new LinkedHashMap<>();
        Map<Integer, TreeSet<Integer>> instructions = new LinkedHashMap<>();
        for (int k = 0; k < steps.size(); k++) for (int i : steps.get(k)) instructions.computeIfAbsent(group[k], g -> new TreeSet<>()).add(i);
        Map<Integer, List<Integer>> lines = new HashMap<>();
        instructions.forEach((g, all) -> {
            List<Integer> on = all.stream().filter(i -> i < p.length()).map(i -> p.span(i).line()).distinct().sorted().toList();
            lines.put(g, on);
            Tally t = operations.computeIfAbsent(on, x -> new Tally());
            for (int i : all) if (i < p.length()) t.add(StaticCost.of(p, i));
        });
        for (int k = 0; k < steps.size(); k++)
            if (lines.containsKey(group[k])) time.merge(lines.get(group[k]), (double) times[k] / runs, Double::sum);
        List<Part> out = new ArrayList<>();
        operations.forEach((on, t) -> out.add(new Part(on, text(p, on), time.get(on), CostModel.UNIT.cost(t))));
        out.sort(Comparator.comparingDouble((Part q) -> -q.nanoseconds()));
        return out;
    }

    /// Steps that share an instruction are of one group.
    private static int[] groups(List<int[]> steps) {
        int[] group = new int[steps.size()];
        Map<Integer, Integer> of = new HashMap<>();
        for (int k = 0; k < group.length; k++) {
            group[k] = k;
            for (int i : steps.get(k)) {
                Integer other = of.putIfAbsent(i, k);
                if (other != null) group[root(group, k)] = root(group, other);
            }
        }
        for (int k = 0; k < group.length; k++) group[k] = root(group, k);
        return group;
    }

    private static int root(int[] group, int k) {
        while (group[k] != k) k = group[k];
        return k;
    }

    private static String text(Program p, List<Integer> lines) {
        if (lines.isEmpty()) return "";
        for (int i = 0; i < p.length(); i++)
            if (p.span(i).line() == lines.getFirst()) return p.span(i).source().lineText(lines.getFirst()).strip() + (lines.size() > 1 ? " …" : "");
        return "";
    }

    // ---- as text and as JSON

    double nanoseconds() {
        return parts.stream().mapToDouble(Part::nanoseconds).sum();
    }

    String table() {
        Table t = new Table(">line", ">µs", ">%", ">operations", ">GFLOP/s", "statement");
        for (Part q : parts.subList(0, Math.min(parts.size(), MOST_SHOWN)))
            t.row(lines(q.lines()), number("%.2f", q.nanoseconds() / 1000), number("%.1f", 100 * q.nanoseconds() / Math.max(1, nanoseconds())),
                    Numbers.cost(q.operations()), number("%.3f", q.gigaflops()), q.text().length() > 60 ? q.text().substring(0, 59) + "…" : q.text());
        String rest = parts.size() > MOST_SHOWN ? (parts.size() - MOST_SHOWN) + " cheaper parts are not shown\n" : "";
        return "profile  " + engine + ", mean of " + runs + " runs: " + number("%.2f", nanoseconds() / 1000) + " µs\n" + t + rest;
    }

    private static String number(String format, double x) {
        return String.format(Locale.ROOT, format, x);
    }

    private static String lines(List<Integer> lines) {
        return lines.isEmpty() ? "–" : lines.size() == 1 ? lines.getFirst().toString() : lines.getFirst() + "–" + lines.getLast();
    }

    Map<String, Object> object() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("engine", engine);
        out.put("runs", runs);
        out.put("nanoseconds", new Real(nanoseconds()));
        out.put("parts", parts.stream().map(q -> {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("lines", q.lines());
            part.put("text", q.text());
            part.put("nanoseconds", new Real(q.nanoseconds()));
            part.put("operations", Json.number(q.operations()));
            part.put("gflops", new Real(q.gigaflops()));
            return part;
        }).toList());
        return out;
    }
}
