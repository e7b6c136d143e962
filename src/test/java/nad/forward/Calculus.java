package nad.forward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.Selections;
import nad.print.Printer;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// Programs, their transformations and runs in exact rationals, in the words of the laws of this package.
public final class Calculus {
    private Calculus() {}

    public static Program program(String text) {
        return program(text, Checker.Options.STANDARD);
    }

    /// A dump with its adjoint blocks as ordinary statements, to be transformed again.
    public static Program dissolved(Program dump) {
        return program(Printer.print(dump), new Checker.Options(Map.of(), Checker.STANDARD_LIMIT, true));
    }

    private static Program program(String text, Checker.Options options) {
        Checker c = Checker.readText(new DiskFiles(), "test", text);
        Program p = c.elaborate(null, options);
        if (p == null || c.failed()) throw new AssertionError(c.problems() + "\n" + text);
        return p;
    }

    /// A transformation as it is called, its problems being a failure.
    public interface Transformation {
        Program of(Program p, List<String> names, int directions, List<Problem> problems);
    }

    public static Program transformed(Transformation t, Program p, int directions, String... names) {
        List<Problem> problems = new ArrayList<>();
        Program q = t.of(p, names.length == 0 ? null : List.of(names), directions, problems);
        if (q == null || !problems.isEmpty()) throw new AssertionError(problems.toString());
        return q;
    }

    public static Program backprop(Program p, String... names) {
        return transformed((r, by, k, problems) -> Backprop.of(r, by, problems), p, 1, names);
    }

    // ---- runs

    public static Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic) {
        return run(p, inputs, arithmetic, Selections.DEFAULT);
    }

    public static Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections) {
        try {
            return Interpreter.run(p, inputs, arithmetic, selections, false);
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }

    /// Exact results, one array for each.
    public static List<Rational[]> exactly(Program p, Map<String, Tensor> inputs) {
        List<Rational[]> out = new ArrayList<>();
        for (Tensor t : run(p, inputs, Arithmetic.RATIONAL).results()) {
            Rational[] x = new Rational[t.size()];
            for (int k = 0; k < x.length; k++) x[k] = (Rational) t.get(k);
            out.add(x);
        }
        return out;
    }

    /// Values for all parameters in order, entry by entry.
    public static Map<String, Tensor> at(Program p, Rational... entries) {
        int[] next = new int[1];
        Map<String, Tensor> out = inputs(p, () -> entries[next[0]++]);
        if (next[0] != entries.length) throw new AssertionError("entries left over");
        return out;
    }

    public static Map<String, Tensor> inputs(Program p, Supplier<Rational> next) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        for (Program.Parameter q : p.parameters()) {
            Quantity[] x = new Quantity[Shapes.size(q.shape())];
            for (int k = 0; k < x.length; k++) x[k] = next.get();
            out.put(q.name(), Tensor.of(q.shape(), x));
        }
        return out;
    }

    /// Small integers: ties and zeros are common.
    public static Map<String, Tensor> grid(Program p, Random random) {
        return inputs(p, () -> Rational.of(random.nextInt(5) - 2));
    }

    /// Halves of a finer grid, off the kinks of small programs except by accident.
    public static Map<String, Tensor> generic(Program p, Random random) {
        return inputs(p, () -> Rational.of(random.nextInt(20001) - 10000, 997));
    }

    public static Rational[] rationals(long... n) {
        Rational[] out = new Rational[n.length];
        for (int k = 0; k < n.length; k++) out[k] = Rational.of(n[k]);
        return out;
    }

    public static Rational inner(Rational[] x, Rational[] y) {
        Rational sum = Rational.ZERO;
        for (int k = 0; k < x.length; k++) sum = sum.plus(x[k].times(y[k]));
        return sum;
    }

    public static Rational[] concatenated(List<Rational[]> parts) {
        return parts.stream().flatMap(java.util.Arrays::stream).toArray(Rational[]::new);
    }
}
