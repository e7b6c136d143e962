package nad.cli;

import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.compile.Options;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// By what a program is run, and on how many inputs.
final class EngineOptions {
    private static final String ENGINE = "--engine";

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(names = ENGINE, paramLabel = "NAME", defaultValue = "interpreter",
            description = "interpreter, which looks for kinks and domain errors, or compiled: the same bits faster.")
    String engine;

    @Option(names = "--batch", description = "Values with one axis more than their parameter are many samples: a result for each.")
    boolean batch;

    @Option(names = "--sum", description = "With --batch: results and gradients summed over the samples.")
    boolean summed;

    @Option(names = "--threads", paramLabel = "T", defaultValue = "1", description = "Threads of the compiled engine; the bits do not depend on them.")
    int threads;

    private boolean noted;

    boolean compiled() {
        return engine.equals("compiled");
    }

    Run run(Pipeline pipe, Program p, RunOptions where) throws Refusal {
        requireSense(where);
        return run(pipe, p, where, inputs(pipe, p, where), 0);
    }

    /// @param tolerance how near to a kink is told; the compiled engine looks for none
    Run run(Pipeline pipe, Program p, RunOptions where, Map<String, Tensor> inputs, double tolerance) throws Refusal {
        if (compiled()) return pipe.runCompiled(p, inputs, batch, summed, options(pipe, p, where), threads);
        return batch ? pipe.runSamples(p, inputs, summed, where.arithmetic(), where.selections(pipe, p), where.strict, tolerance)
                : pipe.run(p, inputs, where.arithmetic(), where.selections(pipe, p), where.strict, tolerance);
    }

    void requireOneEvaluation() throws Refusal {
        if (batch) throw refused("--profile", "--batch", "one evaluation");
    }

    /// The compiled engine's profile where it was asked for and can tell statements apart, else the interpreter's.
    Profile profile(Pipeline pipe, Program p, RunOptions where) throws Refusal {
        Map<String, Tensor> inputs = inputs(pipe, p, where);
        Options o = compiled() ? options(pipe, p, where) : null;
        return pipe.stopped(p, () -> {
            Profile of = o == null ? null : Profile.compiled(p, inputs, o);
            return of != null ? of : Profile.interpreted(p, inputs, where.arithmetic(), where.selections(pipe, p));
        });
    }

    Map<String, Tensor> inputs(Pipeline pipe, Program p, RunOptions where) throws Refusal {
        return pipe.inputs(p, where.arithmetic(), where.at, where.files, where.seed, batch);
    }

    void requireSense(RunOptions where, double tolerance) throws Refusal {
        requireSense(where);
        if (compiled() && tolerance > 0) throw refused(ENGINE, engine, "interpreter with `" + KinkOptions.NAME + "`");
    }

    void requireSense(RunOptions where) throws Refusal {
        if (!List.of("interpreter", "compiled").contains(engine)) throw refused(ENGINE, engine, "interpreter or compiled");
        if (threads < 1) throw refused("--threads", Integer.toString(threads), "1, 2, …");
        if (summed && !batch) throw new Refusal(new Problem.MissingArgument(Span.NONE, "--batch, without which there is nothing to sum"));
        boolean real = where.arithmetic() == Arithmetic.FLOAT64 || where.arithmetic() == Arithmetic.FLOAT32;
        if (compiled() && !real) throw refused("--arithmetic", where.arithmetic, "float64 or float32 with `--engine compiled`");
        if (summed && !real) throw refused("--arithmetic", where.arithmetic, "float64 or float32 with `--sum`");
        if (compiled() && where.strict) throw refused(ENGINE, engine, "interpreter with `--strict`");
    }

    private static Refusal refused(String option, String value, String wanted) {
        return new Refusal(new Problem.BadOption(Span.NONE, option, value, wanted));
    }

    /// How to compile a program; says once where vectors are missing.
    Options options(Pipeline pipe, Program p, RunOptions where) throws Refusal {
        if (!noted) noteVectors(spec);
        noted = true;
        Options o = Options.STANDARD.withSelections(where.selections(pipe, p)).with(batch ? 1 : threads);
        return where.arithmetic() == Arithmetic.FLOAT32 ? o.inSingle() : o;
    }

    static void noteVectors(CommandSpec spec) {
        if (Options.vectorsPresent()) return;
        spec.commandLine().getErr().println("without the Vector API (--add-modules jdk.incubator.vector) loops run entry by entry");
        spec.commandLine().getErr().flush();
    }
}
