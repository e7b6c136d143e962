package nad.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine.Option;

/// Where a program is evaluated, and how.
final class RunOptions {
    @Option(names = "--at", paramLabel = "\"x=1.5, v=[1,2]\"", description = "Values of parameters, as constant expressions (repeatable).")
    List<String> at = List.of();

    @Option(names = "--inputs", paramLabel = "[NAME=]FILE", description = "Values from a .json, .npz, .npy, .csv or IDX file, plain or .gz (repeatable).")
    List<String> files = List.of();

    @Option(names = "--random", paramLabel = "SEED", description = "Random values in [-1, 1) for what is not given.")
    Long seed;

    @Option(names = "--convention", paramLabel = "NAME", description = "Selections at kinks: default, pytorch, jax, left, right, mid or minnorm.")
    String convention;

    @Option(names = "--kink", paramLabel = "relu=0.5", description = "The selection at one function's kink (repeatable).")
    List<String> kinks = List.of();

    @Option(names = "--arithmetic", paramLabel = "NAME", defaultValue = "float64", description = "float64, float32, rational or interval.")
    String arithmetic;

    @Option(names = "--strict", description = "Leaving a domain, or a derivative that does not exist, is an error.")
    boolean strict;

    Arithmetic arithmetic() throws Refusal {
        for (Arithmetic a : Arithmetic.values()) if (a.text().equals(arithmetic.toLowerCase(Locale.ROOT))) return a;
        throw new Refusal(new Problem.BadOption(Span.NONE, "--arithmetic", arithmetic, "float64, float32, rational, interval"));
    }

    Selections selections(Pipeline pipe, Program p) throws Refusal {
        return pipe.selections(convention, kinks, p);
    }

    Run run(Pipeline pipe, Program p) throws Refusal {
        Map<String, Tensor> inputs = pipe.inputs(p, arithmetic(), at, files, seed);
        return pipe.run(p, inputs, arithmetic(), selections(pipe, p), strict);
    }
}
