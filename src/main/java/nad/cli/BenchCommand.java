package nad.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nad.bench.Bench;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "bench", description = {"Times f, and f with its gradient, on workloads W1 to W6: lines of workload, engine, size, ns of f, ns of both, their ratio, "
        + "f, the gradient's norm, peak memory in MB.", "Without a workload: all of them, beside gradients written by hand in Java."},
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
        for (String w : workloads.isEmpty() ? Bench.WORKLOADS : workloads) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            PrintStream to = new PrintStream(lines, true, StandardCharsets.UTF_8);
            if (workloads.isEmpty()) Bench.byHand(w, to);
            Bench.run(w, threads, to);
            out().print(lines.toString(StandardCharsets.UTF_8));
            out().flush();
        }
        return DONE;
    }
}
