package nad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.dictionary.Tally;
import nad.print.Figures;
import nad.run.Tensor;

/// Numbers and tensors as a person reads them.
final class Numbers {
    /// More entries than this of a tensor are not shown in full.
    private static final int MOST_SHOWN = 64;

    private Numbers() {}

    static String text(Quantity q, Arithmetic arithmetic) {
        return switch (q) {
            case Rational r -> r.toString();
            case Interval i -> "[" + real(i.lo()) + ", " + real(i.hi()) + "]";
            default -> arithmetic == Arithmetic.FLOAT32 ? real(Double.parseDouble(Float.toString((float) q.toDouble()))) : real(q.toDouble());
        };
    }

    /// The shortest text that reads back as this number, without `.0`.
    static String real(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e15) return x == 0 && 1 / x < 0 ? "-0" : Long.toString((long) x);
        return Double.toString(x);
    }

    static String text(Tensor t, Arithmetic arithmetic) {
        StringBuilder out = new StringBuilder();
        append(t, arithmetic, 0, 0, 1, out);
        return out.toString();
    }

    private static void append(Tensor t, Arithmetic arithmetic, int axis, int from, int perEntry, StringBuilder out) {
        if (axis == t.shape().length) {
            out.append(text(t.get(from), arithmetic));
            return;
        }
        int inner = 1;
        for (int k = axis + 1; k < t.shape().length; k++) inner *= t.shape()[k];
        int n = t.shape()[axis];
        int shown = t.size() <= MOST_SHOWN ? n : axis == t.shape().length - 1 ? Math.min(n, 8) : Math.min(n, 4);
        out.append('[');
        for (int k = 0; k < shown; k++) {
            if (k > 0) out.append(", ");
            append(t, arithmetic, axis + 1, from + k * inner, inner, out);
        }
        if (shown < n) out.append(", … ").append(n - shown).append(" more");
        out.append(']');
    }

    static String cost(Rational r) {
        return Figures.cost(r);
    }

    static String ratio(Rational r) {
        return Figures.ratio(r);
    }

    static String tally(Tally t) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Rational> e : t.byName().entrySet()) parts.add(e.getKey() + " " + cost(e.getValue()));
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
