package nad.cli;

import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.Selections;
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

    @Option(names = "--convention", paramLabel = "CONVENTION", completionCandidates = Choices.Conventions.class, description = "Selections at kinks: ${COMPLETION-CANDIDATES}.")
    String convention;

    @Option(names = "--kink", paramLabel = "relu=0.5", description = "The selection at one function's kink (repeatable).")
    List<String> kinks = List.of();

    @Option(names = "--arithmetic", paramLabel = "ARITHMETIC", defaultValue = "float64", completionCandidates = Choices.Arithmetics.class, description = "${COMPLETION-CANDIDATES}.")
    String arithmetic;

    @Option(names = "--strict", description = "Leaving a domain, or a derivative that does not exist, is an error.")
    boolean strict;

    /// Whether there is a point to evaluate at.
    boolean given() {
        return !at.isEmpty() || !files.isEmpty() || seed != null;
    }

    Arithmetic arithmetic() throws Refusal {
        String name = Choices.of("--arithmetic", arithmetic, Choices.ARITHMETICS);
        return Arithmetic.OFFERED.get(Choices.ARITHMETICS.indexOf(name));
    }

    Selections selections(Pipeline pipe, Program p) throws Refusal {
        return pipe.selections(convention, kinks, p);
    }

    Run run(Pipeline pipe, Program p) throws Refusal {
        Map<String, Tensor> inputs = pipe.inputs(p, arithmetic(), at, files, seed);
        return pipe.run(p, inputs, arithmetic(), selections(pipe, p), strict);
    }
}
