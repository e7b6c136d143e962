package nad.run;

import java.lang.reflect.Array;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.report.Problem;
import nad.report.Span;
import nad.tensor.Shapes;

/// Runs one program in float64, many times: the [Interpreter], which is the meaning, or an engine that gives the same bits
/// faster. An engine may be shared by threads; each of them needs a workspace of its own.
public interface Engine {
    Program program();

    Workspace workspace();

    /// What one run executes: known beforehand, since a program is straight-line.
    default Tally tally() {
        return StaticCost.of(program());
    }

    /// How many numbers a workspace keeps.
    default long cells() {
        return values(program());
    }

    /// How many numbers all values of a program are.
    static long values(Program p) {
        long n = 0;
        for (int v = 0; v < p.variables(); v++) n += Shapes.size(p.shape(v));
        return n;
    }

    /// The memory of one run at a time.
    interface Workspace extends AutoCloseable {
        /// @param inputs  the value of each parameter in row-major order, as they are declared
        /// @param results an array for each result, written in row-major order; none of them may be an input
        void run(double[][] inputs, double[][] results) throws Interpreter.Stopped;

        /// The same in float32, by an engine that was made for it.
        default void run(float[][] inputs, float[][] results) throws Interpreter.Stopped {
            throw new UnsupportedOperationException("an engine for float64");
        }

        /// Ends what helps this workspace; one that has no helpers need not be closed.
        @Override
        default void close() {}
    }

    /// The interpreter behind this interface.
    static Engine reference(Program p, Selections selections) {
        return new ReferenceEngine(p, selections, Arithmetic.FLOAT64);
    }

    static Engine reference(Program p, Selections selections, Arithmetic arithmetic) {
        return new ReferenceEngine(p, selections, arithmetic);
    }

    /// Arrays of the right size for every result.
    default double[][] newResults() {
        return program().results().stream().map(r -> new double[r.size()]).toArray(double[][]::new);
    }

    /// Stops with the first array that does not fit, before anything runs.
    ///
    /// @param inputs, results arrays of doubles or of floats
    static void requireShapes(Program p, Object[] inputs, Object[] results) throws Interpreter.Stopped {
        if (inputs.length != p.parameters().size()) throw wrong("the inputs", p.parameters().size() + " arrays", inputs.length + " arrays");
        if (results.length != p.results().size()) throw wrong("the results", p.results().size() + " arrays", results.length + " arrays");
        for (int k = 0; k < inputs.length; k++) {
            Program.Parameter q = p.parameters().get(k);
            require(q.name(), q.shape(), inputs[k]);
        }
        for (int k = 0; k < results.length; k++) {
            int[] shape = p.results().get(k).shape();
            require("result " + (k + 1), shape, results[k]);
            for (Object x : inputs) if (x == results[k]) throw wrong("result " + (k + 1), "an array of its own", "the array of an input");
            for (int j = 0; j < k; j++) if (results[j] == results[k]) throw wrong("result " + (k + 1), "an array of its own", "the array of result " + (j + 1));
        }
    }

    private static void require(String name, int[] shape, Object given) throws Interpreter.Stopped {
        if (given == null) throw wrong(name, Shapes.text(shape), "no array");
        if (Array.getLength(given) != Shapes.size(shape)) throw wrong(name, Shapes.text(shape), Array.getLength(given) + " numbers");
    }

    private static Interpreter.Stopped wrong(String what, String wanted, String given) {
        return new Interpreter.Stopped(new Problem.InputShape(Span.NONE, what, wanted, given));
    }
}
