package nad.compile;

import java.util.List;
import nad.run.Engine;
import nad.run.Interpreter;

/// The workspace of an engine in float32. Doubles are accepted too: they are rounded on the way in and widened on the way out.
final class SingleWorkspace implements Engine.Workspace {
    private final Compiled engine;
    private final Work[] works;
    private final Team team;
    private final int inputs;
    private final float[][] arrays;
    private float[][] roundedInputs;
    private float[][] narrowResults;

    SingleWorkspace(Compiled engine, Work[] works, List<Buffer> constants, int threads) {
        this.engine = engine;
        this.works = works;
        this.team = threads > 1 ? new Team(threads) : null;
        this.inputs = engine.program().parameters().size();
        this.arrays = new float[1 + inputs + engine.program().results().size()][];
        float[] m = new float[engine.size()];
        for (Buffer b : constants) for (int k = 0; k < b.size; k++) m[b.offset + k] = (float) b.constant[k];
        arrays[Buffer.MEMORY] = m;
    }

    @Override
    public void run(float[][] in, float[][] out) throws Interpreter.Stopped {
        if (!known(in, out)) {
            Engine.requireShapes(engine.program(), in, out);
            System.arraycopy(in, 0, arrays, 1, in.length);
            System.arraycopy(out, 0, arrays, 1 + inputs, out.length);
        }
        float[] m = arrays[Buffer.MEMORY];
        for (int k = 0; k < in.length; k++) if (engine.inputAt(k) >= 0) System.arraycopy(in[k], 0, m, engine.inputAt(k), in[k].length);
        for (Work w : works) w.run(arrays, team);
        for (int k = 0; k < out.length; k++) if (engine.resultAt(k) >= 0) System.arraycopy(m, engine.resultAt(k), out[k], 0, out[k].length);
    }

    /// Whether these are the arrays of the last run, which have been found to fit.
    private boolean known(float[][] in, float[][] out) {
        if (in.length != inputs || out.length != arrays.length - 1 - inputs) return false;
        for (int k = 0; k < in.length; k++) if (arrays[1 + k] != in[k]) return false;
        for (int k = 0; k < out.length; k++) if (arrays[1 + inputs + k] != out[k]) return false;
        return true;
    }

    @Override
    public void run(double[][] in, double[][] out) throws Interpreter.Stopped {
        Engine.requireShapes(engine.program(), in, out);
        if (roundedInputs == null) {
            roundedInputs = sized(in);
            narrowResults = sized(out);
        }
        for (int k = 0; k < in.length; k++) for (int j = 0; j < in[k].length; j++) roundedInputs[k][j] = (float) in[k][j];
        run(roundedInputs, narrowResults);
        for (int k = 0; k < out.length; k++) for (int j = 0; j < out[k].length; j++) out[k][j] = narrowResults[k][j];
    }

    private static float[][] sized(double[][] like) {
        float[][] made = new float[like.length][];
        for (int k = 0; k < made.length; k++) made[k] = new float[like[k].length];
        return made;
    }

    @Override
    public void close() {
        if (team != null) team.close();
    }
}
