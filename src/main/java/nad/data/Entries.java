package nad.data;

import java.util.List;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Tensor;

/// The numbers given for one parameter, brought into an arithmetic: float64 and float32 round once, rationals stay as they
/// are, intervals enclose them. NaN, infinities and what overflows are refused, the first one of a parameter being told.
final class Entries {
    private final String name;
    private final Given given;
    private final Arithmetic arithmetic;
    private final List<Problem> problems;

    private Entries(String name, Given given, Arithmetic arithmetic, List<Problem> problems) {
        this.name = name;
        this.given = given;
        this.arithmetic = arithmetic;
        this.problems = problems;
    }

    /// Null where a problem was added.
    static Tensor in(Arithmetic arithmetic, String name, Given given, List<Problem> problems) {
        Entries e = new Entries(name, given, arithmetic, problems);
        return switch (arithmetic) {
            case FLOAT64, FLOAT32 -> e.real();
            case RATIONAL, INTERVAL, ENCLOSED -> e.exact();
        };
    }

    private Tensor real() {
        Tensor t = given.value();
        double[] out = arithmetic == Arithmetic.FLOAT64 && t.real() != null ? t.real() : new double[t.size()];
        for (int k = 0; k < out.length; k++) {
            double x = t.toDouble(k);
            out[k] = arithmetic == Arithmetic.FLOAT32 ? (float) x : x;
            if (!Double.isFinite(out[k])) return refuse(k);
        }
        return Tensor.of(t.shape(), out);
    }

    private Tensor exact() {
        Tensor t = given.value();
        Quantity[] out = new Quantity[t.size()];
        for (int k = 0; k < out.length; k++) {
            out[k] = t.real() != null ? exact(t.real()[k]) : exact(t.exact()[k]);
            if (out[k] == null) return refuse(k);
        }
        return Tensor.of(t.shape(), out);
    }

    /// A float64 of a file is the number that it is; null if it is none.
    private Quantity exact(double d) {
        return !Double.isFinite(d) ? null : arithmetic == Arithmetic.INTERVAL ? Interval.point(d) : Rational.of(d);
    }

    /// One that a function of constants gave only approximates its value.
    private Quantity exact(Quantity q) {
        boolean rational = arithmetic == Arithmetic.RATIONAL;
        if (q instanceof Rational r) return arithmetic == Arithmetic.INTERVAL ? Interval.enclosing(r) : r;
        double d = q.toDouble();
        return rational || !Double.isFinite(d) ? null : new Interval(Math.nextDown(d), Math.nextUp(d));
    }

    private Tensor refuse(int k) {
        Quantity q = given.value().get(k);
        boolean finite = q instanceof Rational || Double.isFinite(q.toDouble());
        if (!finite) {
            problems.add(new Problem.InputNotANumber(given.notFinite() != null ? given.notFinite() : given.at(), name, index(k)));
        } else if (arithmetic == Arithmetic.RATIONAL) {
            problems.add(new Problem.LeavesArithmetic(given.at(), "a function of constants", "rationals"));
        } else {
            problems.add(new Problem.BadInput(given.at(), "`" + name + index(k) + "`", "it is too large for " + arithmetic.text()));
        }
        return null;
    }

    /// `[2, 3]`, as the language counts, of a row-major position; nothing for a scalar.
    private String index(int position) {
        int[] shape = given.value().shape();
        String index = "";
        for (int k = shape.length - 1; k >= 0; k--) {
            index = position % shape[k] + 1 + (index.isEmpty() ? "" : ", ") + index;
            position /= shape[k];
        }
        return shape.length == 0 ? "" : "[" + index + "]";
    }
}
