package nad.compile;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import nad.core.Program;
import nad.run.Engine;
import nad.run.Interpreter;

/// What one run of a compiled program changes at a time: its memory, the arrays that its caller handed over, and its helpers.
/// An engine in float32 accepts doubles too: they are rounded on the way in and widened on the way out.
final class RunMemory implements Engine.Workspace {
    private final Compiled engine;
    private final Work[] works;
    private final Team team;
    /// The memory, the inputs, the results; in float32 also cells in double precision for entries that work on rows.
    private final Object[] arrays;
    /// The caller's inputs and results of the last run, which have been found to fit.
    private final Object[] fitting;
    private float[][] roundedInputs;
    private float[][] narrowResults;

    /// @param wide cells in double precision that a step in float32 works with
    RunMemory(Compiled engine, Work[] works, Object memory, int wide, int threads) {
        this.engine = engine;
        this.works = works;
        this.team = threads > 1 ? new Team(threads) : null;
        Program p = engine.program();
        this.arrays = new Object[1 + p.parameters().size() + p.results().size() + (engine.single() ? 1 : 0)];
        this.fitting = new Object[p.parameters().size() + p.results().size()];
        arrays[Buffer.MEMORY] = memory;
        if (engine.single()) arrays[arrays.length - 1] = new double[wide];
    }

    @Override
    public void run(double[][] inputs, double[][] results) throws Interpreter.Stopped {
        requireFitting(inputs, results);
        if (!engine.single()) {
            start(inputs, results, results);
            return;
        }
        if (roundedInputs == null) {
            roundedInputs = sized(inputs);
            narrowResults = sized(results);
        }
        for (int k = 0; k < inputs.length; k++) for (int j = 0; j < inputs[k].length; j++) roundedInputs[k][j] = (float) inputs[k][j];
        start(roundedInputs, narrowResults, results);
        for (int k = 0; k < results.length; k++) for (int j = 0; j < results[k].length; j++) results[k][j] = narrowResults[k][j];
    }

    @Override
    public void run(float[][] inputs, float[][] results) throws Interpreter.Stopped {
        if (!engine.single()) Engine.Workspace.super.run(inputs, results);
        requireFitting(inputs, results);
        start(inputs, results, results);
    }

    private static float[][] sized(double[][] like) {
        return List.of(like).stream().map(x -> new float[x.length]).toArray(float[][]::new);
    }

    /// @param asked the results as the caller gave them
    private void start(Object[] inputs, Object[] results, Object[] asked) {
        System.arraycopy(inputs, 0, arrays, 1, inputs.length);
        System.arraycopy(results, 0, arrays, 1 + inputs.length, results.length);
        try {
            engine.start(works, arrays, team);
        } catch (CancellationException e) {
            for (Object r : asked) spoil(r);
            throw e;
        }
    }

    /// What a run that was left off leaves can be taken for no result.
    private static void spoil(Object result) {
        if (result instanceof double[] d) Arrays.fill(d, Double.NaN);
        else Arrays.fill((float[]) result, Float.NaN);
    }

    private void requireFitting(Object[] inputs, Object[] results) throws Interpreter.Stopped {
        if (isFitting(inputs, results)) return;
        Engine.requireShapes(engine.program(), inputs, results);
        System.arraycopy(inputs, 0, fitting, 0, inputs.length);
        System.arraycopy(results, 0, fitting, inputs.length, results.length);
    }

    private boolean isFitting(Object[] inputs, Object[] results) {
        Program p = engine.program();
        if (inputs.length != p.parameters().size() || results.length != p.results().size()) return false;
        for (int k = 0; k < inputs.length; k++) if (fitting[k] == null || fitting[k] != inputs[k]) return false;
        for (int k = 0; k < results.length; k++) if (fitting[inputs.length + k] == null || fitting[inputs.length + k] != results[k]) return false;
        return true;
    }

    @Override
    public void close() {
        if (team != null) team.close();
    }
}
