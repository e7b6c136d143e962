package nad.bound;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.check.Files;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// Programs from text, for the tests of the bound.
final class Texts {
    private static final Files FILES = new DiskFiles();

    private Texts() {}

    /// The last program of a text, or null where it has mistakes.
    static Program program(String text) {
        Checker c = Checker.readText(FILES, "test.nad", text);
        return c.failed() ? null : c.elaborate(null, Checker.Options.STANDARD);
    }

    static Program backprop(Program p) {
        List<Problem> problems = new ArrayList<>();
        Program q = Backprop.of(p, null, problems);
        if (q == null) throw new AssertionError(problems);
        return q;
    }

    /// The results' entries at a random point of [0.1, 0.3), the same for every program with these parameters.
    static double[] at(Program p, long seed) {
        Map<String, Tensor> inputs = new HashMap<>();
        for (Program.Parameter x : p.parameters()) {
            Random r = new Random(seed * 31 + x.name().hashCode());
            inputs.put(x.name(), Tensor.of(x.shape(), r.doubles(Shapes.size(x.shape()), 0.1, 0.3).toArray()));
        }
        try {
            List<Tensor> results = Interpreter.run(p, inputs, Arithmetic.FLOAT64, Selections.DEFAULT, false).results();
            return results.stream().flatMapToDouble(t -> java.util.stream.IntStream.range(0, t.size()).mapToDouble(t::toDouble)).toArray();
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem);
        }
    }
}
