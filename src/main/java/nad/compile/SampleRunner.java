package nad.compile;

import nad.dictionary.RealRows;
import nad.run.Engine;
import nad.run.Interpreter;

/// A batch's block sample by sample: for any program.
final class SampleRunner implements Batch.BlockRunner {
    private final Engine.Workspace workspace;
    private final boolean[] batched;
    private final boolean summed;
    private final double[][] one;
    private final double[][] results;
    private final double[][] partial;

    SampleRunner(Engine e, boolean[] batched, boolean summed) {
        this.workspace = e.workspace();
        this.batched = batched;
        this.summed = summed;
        this.one = new double[batched.length][];
        for (int k = 0; k < one.length; k++)
            if (batched[k]) one[k] = new double[nad.tensor.Shapes.size(e.program().parameters().get(k).shape())];
        this.results = e.newResults();
        this.partial = new double[results.length][];
        if (summed) for (int r = 0; r < results.length; r++) partial[r] = new double[8 * results[r].length];
    }

    /// Numbers that one runner keeps.
    static long cells(Engine e, boolean[] batched, boolean summed) {
        long n = e.cells();
        for (int k = 0; k < batched.length; k++) if (batched[k]) n += nad.tensor.Shapes.size(e.program().parameters().get(k).shape());
        for (nad.core.Operand r : e.program().results()) n += (summed ? 10L : 1L) * r.size();
        return n;
    }

    @Override
    public void run(double[][] inputs, int first, int count, double[][] out) throws Interpreter.Stopped {
        for (double[] p : partial) if (p != null) java.util.Arrays.fill(p, -0.0);
        for (int s = 0; s < count; s++) {
            for (int k = 0; k < one.length; k++) {
                if (batched[k]) System.arraycopy(inputs[k], (first + s) * one[k].length, one[k], 0, one[k].length);
                else one[k] = inputs[k];
            }
            workspace.run(one, results);
            for (int r = 0; r < results.length; r++) {
                int n = results[r].length;
                if (!summed) System.arraycopy(results[r], 0, out[r], (first + s) * n, n);
                else add(results[r], partial[r], s & 7);
            }
        }
        for (int r = 0; summed && r < results.length; r++)
            for (int k = 0; k < out[r].length; k++) out[r][k] = combined(partial[r], k, out[r].length);
    }

    private static void add(double[] x, double[] partial, int lane) {
        int at = lane * x.length;
        for (int k = 0; k < x.length; k++) partial[at + k] += x[k];
    }

    private static double combined(double[] p, int k, int n) {
        return RealRows.combined(p[k], p[k + n], p[k + 2 * n], p[k + 3 * n], p[k + 4 * n], p[k + 5 * n], p[k + 6 * n], p[k + 7 * n]);
    }
}
