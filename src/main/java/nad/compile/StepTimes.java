package nad.compile;

import java.util.List;
import nad.core.Program;
import nad.run.Engine;
import nad.run.Interpreter;

/// Runs a compiled program step by step with a clock beside it. Scalar programs are one piece of code and have no steps.
public final class StepTimes implements AutoCloseable {
    private final long[] nanoseconds;
    private final List<int[]> steps;
    private final Engine.Workspace workspace;

    private StepTimes(Compiled engine) {
        this.steps = engine.steps();
        this.nanoseconds = new long[steps.size()];
        this.workspace = engine.timed(nanoseconds).workspace();
    }

    /// Null where the program has no steps that could be told apart.
    public static StepTimes of(Program p, Options options) {
        Compiled e = (Compiled) Compiler.compile(p, options);
        return e.steps() == null ? null : new StepTimes(e);
    }

    /// For each step the instructions that it carries out; the program's length stands for copies to results.
    public List<int[]> steps() {
        return steps;
    }

    /// The nanoseconds of each step: runs add to them, and who reads them may set them back.
    public long[] nanoseconds() {
        return nanoseconds;
    }

    public void run(double[][] inputs, double[][] results) throws Interpreter.Stopped {
        workspace.run(inputs, results);
    }

    @Override
    public void close() {
        workspace.close();
    }
}
