package nad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nad.bench.Bench;
import nad.bench.Timing;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bench", description = {"Times f, and f with its gradient, on workloads W1 to W6: lines of workload, engine, size, ns of f, ns of both, their ratio, "
        + "f, the gradient's norm, peak memory in MB.", "Without a workload: a table of all of them, beside gradients written by hand in Java."},
        footer = {"", "Example:  nad bench w4"})
final class BenchCommand extends NadCommand {
    @Parameters(arity = "0..*", paramLabel = "WORKLOAD", description = "w1a, w1b, w2, w3, w4, w4b, w5 or w6.")
    List<String> workloads = List.of();

    @Option(names = "--threads", paramLabel = "T", defaultValue = "1", description = "Threads for the large products of W5.")
    int threads;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        for (String w : workloads)
            if (!Bench.WORKLOADS.contains(w)) throw new Refusal(new Problem.BadOption(Span.NONE, "WORKLOAD", w, String.join(", ", Bench.WORKLOADS)));
        if (threads < 1) throw new Refusal(new Problem.BadOption(Span.NONE, "--threads", Integer.toString(threads), "1, 2, …"));
        EngineOptions.noteVectors(spec);
        if (workloads.isEmpty()) {
            table();
            return DONE;
        }
        for (String w : workloads)
            Bench.run(w, threads, t -> {
                out().println(t.line());
                out().flush();
            });
        return DONE;
    }

    /// All workloads: microseconds of the function and of it with its gradient, their ratio in time and in operations, and the
    /// time of a version by hand.
    private void table() {
        out().printf(Locale.ROOT, "%-24s %12s %12s %8s %8s %12s %8s%n", "microseconds", "f", "f, gradient", "time", "cost", "by hand", "nad/hand");
        for (String w : Bench.WORKLOADS) {
            List<Timing> hand = new ArrayList<>();
            Bench.byHand(w, hand::add);
            Bench.run(w, threads, t -> {
                row(t, hand.getFirst());
                out().flush();
            });
        }
    }

    private void row(Timing t, Timing hand) {
        String name = t.workload() + (t.workload().startsWith("W1") ? "_" + t.n() : "") + (t.peer().equals("nad") ? "" : ", scalars");
        String cost = t.operations() == 0 ? "" : String.format(Locale.ROOT, "%.2f", t.operations());
        out().printf(Locale.ROOT, "%-24s %12.2f %12.2f %8.2f %8s %12.2f %8.2f%n", name, t.f() * 1e6, t.fg() * 1e6, t.fg() / t.f(), cost,
                hand.fg() * 1e6, t.fg() / hand.fg());
    }
}
