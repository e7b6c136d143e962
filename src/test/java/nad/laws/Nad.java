package nad.laws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.check.Files;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// NAD's pipeline in the words that laws are stated in.
final class Nad {
    static final Files NO_FILES = new Files() {
        @Override
        public String read(String path, Span asked) throws Refused {
            throw new Refused(new Problem.Unreadable(asked, path, "no files here"));
        }

        @Override
        public String resolve(String base, String relative) {
            return relative;
        }

        @Override
        public String identity(String path) {
            return path;
        }
    };

    private Nad() {}

    static Program program(String text) {
        return program(text, Checker.Options.STANDARD);
    }

    static Program dump(String text) {
        return program(text, Checker.Options.ofDump(Checker.STANDARD_LIMIT));
    }

    private static Program program(String text, Checker.Options options) {
        Checker c = Checker.readText(NO_FILES, "test", text);
        Program p = c.elaborate(null, options);
        if (p == null || c.failed()) throw new AssertionError(said(c.problems().stream().filter(x -> !x.isWarning()).toList()) + "\n" + text);
        return p;
    }

    private static String said(List<Problem> problems) {
        StringBuilder out = new StringBuilder();
        for (Problem p : problems) {
            out.append(p.at().line()).append(':').append(p.at().column()).append(' ').append(p.getClass().getSimpleName());
            for (var c : p.getClass().getRecordComponents()) {
                try {
                    if (c.getType() != Span.class) out.append(' ').append(c.getAccessor().invoke(p));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
            out.append('\n');
        }
        return out.toString();
    }

    static Program backprop(Program p, String... wrt) {
        List<Problem> problems = new ArrayList<>();
        Program q = Backprop.of(p, wrt.length == 0 ? null : List.of(wrt), problems);
        if (q == null) throw new AssertionError(said(problems));
        return q;
    }

    static Run run(Program p, Map<String, Tensor> inputs) {
        return run(p, inputs, Arithmetic.FLOAT64, Selections.DEFAULT);
    }

    static Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections) {
        try {
            return Interpreter.run(p, inputs, arithmetic, selections, false);
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(said(List.of(e.problem)));
        }
    }

    /// The run, or null where it leaves the arithmetic.
    static Run runWithin(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic) {
        try {
            return Interpreter.run(p, inputs, arithmetic, Selections.DEFAULT, false);
        } catch (Interpreter.Stopped e) {
            return null;
        }
    }

    /// Numbers k/4 between −2 and 2: ties and zeros are common.
    static Map<String, Tensor> grid(Program p, long seed) {
        Random r = new Random(seed);
        return inputs(p, () -> Rational.of(r.nextInt(17) - 8, 4));
    }

    /// Numbers that meet no kink by accident, exact in float32 too.
    static Map<String, Tensor> generic(Program p, long seed) {
        Random r = new Random(seed);
        return inputs(p, () -> Rational.of((float) (4 * r.nextDouble() - 2)));
    }

    /// A number for each entry of each parameter.
    static Map<String, Tensor> inputs(Program p, java.util.function.Supplier<Rational> next) {
        Map<String, Tensor> out = new HashMap<>();
        for (Program.Parameter q : p.parameters()) {
            Rational[] x = new Rational[Shapes.size(q.shape())];
            for (int k = 0; k < x.length; k++) x[k] = next.get();
            out.put(q.name(), Tensor.of(q.shape(), x));
        }
        return out;
    }

    static Map<String, Tensor> real(Map<String, Tensor> inputs) {
        Map<String, Tensor> out = new HashMap<>();
        inputs.forEach((name, t) -> {
            double[] d = new double[t.size()];
            for (int k = 0; k < d.length; k++) d[k] = t.toDouble(k);
            out.put(name, Tensor.of(t.shape(), d));
        });
        return out;
    }
}
