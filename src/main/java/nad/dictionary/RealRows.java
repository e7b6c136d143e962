package nad.dictionary;

import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;

/// The values of the entries on rows once more, on arrays of doubles, for engines: the same operations in the same order as
/// in [Rows], and hence the same bits. In float32 every operation is rounded once more, as the interpreter does.
public final class RealRows {
    private RealRows() {}

    /// One row in float64: its n entries are `x[at], x[at + 1], …`; `v` holds the second operand where there is one. The
    /// scratch cells, n of them, are free to use. `single` asks for float32.
    @FunctionalInterface
    public interface Row {
        void apply(double[] out, int to, double[] x, int at, int n, double[] v, int vAt, Selections selections,
                double[] scratch, int free, boolean single);
    }

    /// Eight interleaved partial results; those that a short row lacks are −0, which changes nothing.
    public static double sum(double[] x, int at, int n) {
        double a = -0.0;
        double b = -0.0;
        double c = -0.0;
        double d = -0.0;
        double e = -0.0;
        double f = -0.0;
        double g = -0.0;
        double h = -0.0;
        int k = at;
        for (int end = at + (n & -8); k < end; k += 8) {
            a += x[k];
            b += x[k + 1];
            c += x[k + 2];
            d += x[k + 3];
            e += x[k + 4];
            f += x[k + 5];
            g += x[k + 6];
            h += x[k + 7];
        }
        int rest = n & 7;
        if (rest > 0) a += x[k];
        if (rest > 1) b += x[k + 1];
        if (rest > 2) c += x[k + 2];
        if (rest > 3) d += x[k + 3];
        if (rest > 4) e += x[k + 4];
        if (rest > 5) f += x[k + 5];
        if (rest > 6) g += x[k + 6];
        return combined(a, b, c, d, e, f, g, h);
    }

    /// The eight partial results of a sum, pairwise.
    public static double combined(double a, double b, double c, double d, double e, double f, double g, double h) {
        return ((a + e) + (c + g)) + ((b + f) + (d + h));
    }

    public static double combined(double[] p, int at) {
        return combined(p[at], p[at + 1], p[at + 2], p[at + 3], p[at + 4], p[at + 5], p[at + 6], p[at + 7]);
    }

    private static double sum(double[] x, int at, int n, boolean single) {
        if (!single) return sum(x, at, n);
        float a = -0f;
        float b = -0f;
        float c = -0f;
        float d = -0f;
        float e = -0f;
        float f = -0f;
        float g = -0f;
        float h = -0f;
        for (int k = 0; k < n; k++) {
            float y = (float) x[at + k];
            switch (k & 7) {
                case 0 -> a += y;
                case 1 -> b += y;
                case 2 -> c += y;
                case 3 -> d += y;
                case 4 -> e += y;
                case 5 -> f += y;
                case 6 -> g += y;
                default -> h += y;
            }
        }
        return combined(a, b, c, d, e, f, g, h);
    }

    /// The same in float32.
    public static float combined(float a, float b, float c, float d, float e, float f, float g, float h) {
        return ((a + e) + (c + g)) + ((b + f) + (d + h));
    }

    public static float combined(float[] p, int at) {
        return combined(p[at], p[at + 1], p[at + 2], p[at + 3], p[at + 4], p[at + 5], p[at + 6], p[at + 7]);
    }

    private static double rounded(double x, boolean single) {
        return single ? (float) x : x;
    }

    static void sum(double[] out, int to, double[] x, int at, int n, double[] v, int vAt, Selections s, double[] scratch, int free,
            boolean single) {
        out[to] = sum(x, at, n, single);
    }

    static Row extreme(Primitive of) {
        return (out, to, x, at, n, v, vAt, s, scratch, free, single) -> {
            double m = x[at];
            for (int k = 1; k < n; k++) m = of.real(m, x[at + k]);
            out[to] = m;
        };
    }

    static void logsumexp(double[] out, int to, double[] x, int at, int n, double[] v, int vAt, Selections s, double[] scratch, int free,
            boolean single) {
        double m = shiftedExponentials(x, at, n, scratch, free, single);
        out[to] = rounded(rounded(Math.log(sum(scratch, free, n, single)), single) + m, single);
    }

    static void softmax(double[] out, int to, double[] x, int at, int n, double[] v, int vAt, Selections s, double[] scratch, int free,
            boolean single) {
        shiftedExponentials(x, at, n, scratch, free, single);
        double sum = sum(scratch, free, n, single);
        for (int k = 0; k < n; k++) out[to + k] = rounded(scratch[free + k] / sum, single);
    }

    private static double shiftedExponentials(double[] x, int at, int n, double[] e, int to, boolean single) {
        double m = x[at];
        for (int k = 1; k < n; k++) m = Math.max(m, x[at + k]);
        if (Double.isInfinite(m)) m = 0;
        for (int k = 0; k < n; k++) e[to + k] = rounded(Math.exp(rounded(x[at + k] - m, single)), single);
        return m;
    }

    static void norm2(double[] out, int to, double[] x, int at, int n, double[] v, int vAt, Selections s, double[] scratch, int free,
            boolean single) {
        for (int k = 0; k < n; k++) scratch[free + k] = rounded(x[at + k] * x[at + k], single);
        out[to] = rounded(Math.sqrt(sum(scratch, free, n, single)), single);
    }

    /// Σ w_k t_k over the arguments that the selection gives a weight.
    static Row selected(String of, int sign) {
        return (out, to, x, at, n, v, vAt, s, scratch, free, single) -> {
            weights(x, at, n, sign, s.at(of), scratch, free);
            double t = 0;
            for (int k = 0; k < n; k++) if (scratch[free + k] != 0) t += scaled(scratch[free + k], v[vAt + k]);
            out[to] = t;
        };
    }

    static Row scattered(String of, int sign) {
        return (out, to, x, at, n, v, vAt, s, scratch, free, single) -> {
            weights(x, at, n, sign, s.at(of), scratch, free);
            for (int k = 0; k < n; k++) out[to + k] = scaled(scratch[free + k], v[vAt]);
        };
    }

    private static double scaled(double w, double v) {
        return w == 0 ? 0 : w == 1 ? v : w * v;
    }

    /// As in [Rows#weights]: NaN wins and ties with nothing.
    private static void weights(double[] x, int at, int n, int sign, Rational tie, double[] w, int to) {
        int best = 0;
        int last = 0;
        int ties = 1;
        for (int k = 1; k < n; k++) {
            double y = x[at + k];
            double b = x[at + best];
            if (b != b) break;
            if (y != y || (sign > 0 ? y > b : y < b)) {
                best = last = k;
                ties = 1;
            } else if (y == b) {
                ties++;
                last = k;
            }
        }
        for (int k = 0; k < n; k++) w[to + k] = 0;
        if (ties == 1) w[to + best] = 1;
        else if (tie.equals(Rational.HALF)) {
            for (int k = 0; k < n; k++) if (x[at + k] == x[at + best]) w[to + k] = 1.0 / ties;
        } else {
            w[to + best] = tie.toDouble();
            w[to + last] = Rational.ONE.minus(tie).toDouble();
        }
    }
}
