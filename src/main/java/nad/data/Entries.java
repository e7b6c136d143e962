package nad.data;

import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Tensor;

import java.util.List;

/// The numbers given for one parameter, brought into an arithmetic: float64 and float32 round once, rationals stay as they
/// are, intervals enclose them. NaN, infinities and what overflows are refused, the first one of a parameter being told.
final class Entries {
    private final String name;
    private final Span at;
    private final Arithmetic arithmetic;
    private final List<Problem> problems;

    Entries(String name, Span at, Arithmetic arithmetic, List<Problem> problems) {
        this.name = name;
        this.at = at;
        this.arithmetic = arithmetic;
        this.problems = problems;
    }

    /// Null where a problem was added.
    Tensor of(Tensor t) {
        boolean exact = arithmetic == Arithmetic.RATIONAL || arithmetic == Arithmetic.INTERVAL;
        Quantity[] q = exact ? new Quantity[t.size()] : null;
        double[] d = exact ? null : t.real() != null && arithmetic == Arithmetic.FLOAT64 ? t.real() : new double[t.size()];
        for (int k = 0; k < t.size(); k++) {
            double x = t.toDouble(k);
            boolean given = t.real() != null || t.exact()[k] instanceof Real;
            if (given && !Double.isFinite(x)) {
                problems.add(new Problem.InputNotANumber(at, name, place(t.shape(), k) + " is " + x));
                return null;
            }
            if (exact) {
                q[k] = exact(t, k);
                if (q[k] == null) {
                    problems.add(new Problem.LeavesArithmetic(at, "a function of constants", "rationals"));
                    return null;
                }
                continue;
            }
            d[k] = arithmetic == Arithmetic.FLOAT32 ? (float) x : x;
            if (Double.isInfinite(d[k])) {
                problems.add(new Problem.NumberTooLarge(at, place(t.shape(), k)));
                return null;
            }
        }
        return exact ? Tensor.of(t.shape(), q) : Tensor.of(t.shape(), d);
    }

    /// A float64 of a file is the number that it is; one that a function of constants gave only approximates its value.
    private Quantity exact(Tensor t, int k) {
        boolean rational = arithmetic == Arithmetic.RATIONAL;
        if (t.real() != null) return rational ? Rational.of(t.real()[k]) : Interval.point(t.real()[k]);
        return switch (t.exact()[k]) {
            case Rational r -> rational ? r : Interval.enclosing(r);
            case Real r -> rational ? null : new Interval(Math.nextDown(r.value()), Math.nextUp(r.value()));
            default -> throw new IllegalStateException();
        };
    }

    /// `x[2, 3]`, as the language counts, of a row-major position.
    private String place(int[] shape, int position) {
        if (shape.length == 0) return "`" + name + "`";
        String index = "";
        for (int k = shape.length - 1; k >= 0; k--) {
            index = position % shape[k] + 1 + (index.isEmpty() ? "" : ", ") + index;
            position /= shape[k];
        }
        return "`" + name + "[" + index + "]`";
    }
}
