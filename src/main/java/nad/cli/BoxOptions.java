package nad.cli;

import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Tensor;
import picocli.CommandLine.Option;

/// The box on which a program is to be proved free of kinks.
final class BoxOptions {
    private static final String NAME = "--box";

    @Option(names = NAME, paramLabel = "\"x=[1,2], v=0.1\"",
            description = {"Prove in intervals that there is no kink in a box: each parameter from 1 to 2, or by 0.1 around its value; 0.1 alone: all around theirs (repeatable).",
                "Exit status 1: not proved."})
    List<String> box = List.of();

    boolean given() {
        return !box.isEmpty();
    }

    /// An interval for each entry of each parameter; turns the arithmetic to intervals.
    Map<String, Tensor> inputs(Pipeline pipe, Program p, GradientOptions by, RunOptions where, EngineOptions means, KinkOptions kinks, boolean chosen) throws Refusal {
        if (chosen && where.arithmetic() != Arithmetic.INTERVAL) throw refused("--arithmetic", where.arithmetic, "interval with `--box`");
        if (means.compiled()) throw refused("--engine", means.engine, "interpreter with `--box`");
        if (means.batch) throw refused(NAME, "--batch", "one box, and no batch");
        if (kinks.given()) throw refused(KinkOptions.NAME, kinks.tolerance, "no `--box` beside it: a box says itself how near");
        where.arithmetic = Arithmetic.INTERVAL.text();
        return pipe.box(p, box, p.parameters().stream().filter(by::includes).map(Program.Parameter::name).toList(), where);
    }

    private static Refusal refused(String option, String value, String wanted) {
        return new Refusal(new Problem.BadOption(Span.NONE, option, value, wanted));
    }
}
