package nad.dictionary;

import static nad.dictionary.Primitives.*;

import nad.arithmetic.Cells;
import nad.arithmetic.Interval;
import nad.arithmetic.Library;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Registers;

/// The values of the entries that work on rows, in the order of operations that spec/4-meaning.md fixes: every engine
/// computes these very operations in an order with the same result.
final class Rows {
    /// Interleaved partial results of a sum: entry k is added to partial result k mod 8.
    static final int LANES = 8;

    private Rows() {}

    /// [row-sum] Partial results p_k += x_k mod 8 in order, then p_l += p_(l+w) for w = 4, 2, 1.
    static void sum(Registers c, int[] out, int[][] in, Elementary.Context context) {
        int[] x = in[0];
        int p = c.scratch();
        c.reserve(p + LANES);
        int lanes = Math.min(LANES, x.length);
        for (int k = 0; k < lanes; k++) c.copy(p + k, x[k]);
        for (int k = lanes; k < x.length; k++) c.apply(PLUS, p + k % LANES, p + k % LANES, x[k]);
        combine(c, p, lanes);
        c.copy(out[0], p);
    }

    private static void combine(Registers c, int p, int lanes) {
        for (int w = LANES / 2; w > 0; w /= 2)
            for (int l = 0; l < w && l + w < lanes; l++) c.apply(PLUS, p + l, p + l, p + l + w);
    }

    /// [row-dot] One entry of a contraction, by fused multiply-add: matrix times matrix in one chain, the products with a
    /// vector in partial results like a sum.
    static void dot(Registers c, int[] out, int[][] in, Elementary.Context context) {
        int[] x = in[0];
        int[] y = in[1];
        Primitive product = context.constant() ? SCALE : TIMES;
        int lanes = context.rank() == 22 ? 1 : Math.min(LANES, x.length);
        int p = c.scratch();
        c.reserve(p + LANES);
        for (int k = 0; k < lanes; k++) c.apply(product, p + k, x[k], y[k]);
        for (int k = lanes; k < x.length; k++) c.multiplyAdd(product, PLUS, p + k % lanes, x[k], y[k]);
        combine(c, p, lanes);
        c.copy(out[0], p);
    }

    /// [row-extreme] From the first entry to the last.
    static Elementary.Kernel extreme(Primitive of) {
        return (c, out, in, context) -> {
            c.copy(out[0], in[0][0]);
            for (int k = 1; k < in[0].length; k++) c.apply(of, out[0], out[0], in[0][k]);
        };
    }

    /// [row-logsumexp] m = max x, then log Σ exp(x_k − m) + m.
    static void logsumexp(Cells c, int[] out, int[][] in, Elementary.Context context) {
        int[] x = in[0];
        int[] e = shiftedExponentials(c, x);
        int m = e[0] - 1;
        int[] to = {m + x.length + 1};
        c.scratchFrom(to[0] + 1);
        sum(c, to, new int[][] {e}, context);
        c.apply(LOG, to[0], to[0]);
        c.apply(PLUS, out[0], to[0], m);
        c.scratchFrom(m);
    }

    /// [row-softmax] exp(x_k − m) / Σ exp(x_k − m).
    static void softmax(Cells c, int[] out, int[][] in, Elementary.Context context) {
        int[] x = in[0];
        int[] e = shiftedExponentials(c, x);
        int m = e[0] - 1;
        int[] to = {m + x.length + 1};
        c.scratchFrom(to[0] + 1);
        sum(c, to, new int[][] {e}, context);
        for (int k = 0; k < x.length; k++) c.apply(OVER, out[k], e[k], to[0]);
        c.scratchFrom(m);
    }

    /// Scratch cells of exp(x_k − max x), the maximum in the cell before them. A row whose maximum is infinite is not
    /// shifted: ∞ − ∞ would lose it.
    private static int[] shiftedExponentials(Cells c, int[] x) {
        int m = c.scratch();
        c.reserve(m + x.length + 2 + LANES);
        c.copy(m, x[0]);
        for (int k = 1; k < x.length; k++) c.apply(MAX, m, m, x[k]);
        if (!c.isFinite(m) && !Double.isNaN(c.get(m).toDouble()) && !(c.get(m) instanceof Interval)) c.set(m, Rational.ZERO);
        int[] e = new int[x.length];
        for (int k = 0; k < x.length; k++) {
            e[k] = m + 1 + k;
            c.apply(MINUS, e[k], x[k], m);
            c.apply(EXP, e[k], e[k]);
        }
        return e;
    }

    /// [row-norm2] √Σ x_k².
    static void norm2(Cells c, int[] out, int[][] in, Elementary.Context context) {
        int[] x = in[0];
        int s = c.scratch();
        c.reserve(s + x.length + LANES);
        int[] squares = new int[x.length];
        for (int k = 0; k < x.length; k++) c.apply(TIMES, squares[k] = s + k, x[k], x[k]);
        c.scratchFrom(s + x.length);
        sum(c, out, new int[][] {squares}, context);
        c.scratchFrom(s);
        c.apply(SQRT, out[0], out[0]);
    }

    /// The same of quantities.
    static Quantity norm(Quantity[] x) {
        Quantity sum = x[0].zero();
        for (Quantity q : x) sum = sum.plus(q.square());
        return SQRT.exact(sum);
    }

    /// The tangent of a maximum (`sign` = 1) or minimum (−1): Σ w_k t_k with the weights of the selection.
    static Elementary.Kernel selected(String of, int sign, Primitive tallied) {
        return (c, out, in, context) -> {
            Quantity[] w = weights(c, in[0], sign, context.selections().at(of));
            Quantity t = c.get(in[1][0]).zero();
            for (int k = 0; k < w.length; k++) if (w[k].sign() != 0) t = t.plus(scaled(w[k], c.get(in[1][k])));
            c.tally(tallied, w.length - 1);
            c.set(out[0], t);
        };
    }

    /// The transpose of [#selected]: v to each argument by its weight.
    static Elementary.Kernel scattered(String of, int sign, Primitive tallied) {
        return (c, out, in, context) -> {
            Quantity[] w = weights(c, in[0], sign, context.selections().at(of));
            Quantity v = c.get(in[1][0]);
            c.tally(tallied, w.length);
            for (int k = 0; k < w.length; k++) c.set(out[k], scaled(w[k], v));
        };
    }

    /// [row-first] The first of a row and its directions that is not zero, else zero: where x moves to. Entry k of direction
    /// j stands at k · d + j.
    static void first(Cells c, int[] out, int[][] in, Elementary.Context context) {
        int n = in[0].length;
        int d = in[1].length / n;
        c.tally(FIRST_SEEN, (long) n * (d + 1));
        int j = -1;
        while (j < d && isZero(c, in, j, d)) j++;
        for (int k = 0; k < n; k++) c.copy(out[k], j < 0 || j == d ? in[0][k] : in[1][k * d + j]);
    }

    private static boolean isZero(Cells c, int[][] in, int j, int d) {
        for (int k = 0; k < in[0].length; k++) if (signOf(seen(c, in, k, j, d)) != 0) return false;
        return true;
    }

    /// Entry k of the row (j = −1) or of direction j.
    private static Quantity seen(Cells c, int[][] in, int k, int j, int d) {
        return c.get(j < 0 ? in[0][k] : in[1][k * d + j]);
    }

    private static final String DECISION = "a decision along directions";

    private static int signOf(Quantity q) {
        if (q instanceof Interval && q.sign() == 2) throw new Library.Leaves(DECISION, "intervals");
        return q.sign();
    }

    /// [row-winners] ±1 for the entries that are largest (`sign` = 1) or smallest (−1), ties of the row being decided by the
    /// first direction, ties of that by the second, and so on; 0 for the others.
    static Elementary.Kernel winners(int sign, Primitive tallied) {
        return (c, out, in, context) -> {
            int n = in[0].length;
            int d = in[1].length / n;
            c.tally(tallied, (n - 1L) * (d + 1));
            boolean[] wins = new boolean[n];
            java.util.Arrays.fill(wins, true);
            for (int j = -1; j < d; j++) keepBest(c, in, j, d, sign, wins);
            for (int k = 0; k < n; k++) c.set(out[k], Rational.of(wins[k] ? sign : 0));
        };
    }

    private static void keepBest(Cells c, int[][] in, int j, int d, int sign, boolean[] wins) {
        int[] left = java.util.stream.IntStream.range(0, wins.length).filter(k -> wins[k]).toArray();
        Quantity[] x = new Quantity[left.length];
        for (int k = 0; k < x.length; k++) x[k] = seen(c, in, left[k], j, d);
        Quantity[] w = weights(x, sign, Rational.HALF);
        boolean several = java.util.Arrays.stream(w).filter(q -> q.sign() != 0).count() > 1;
        if (several && w[0] instanceof Interval) throw new Library.Leaves(DECISION, "intervals");
        for (int k = 0; k < x.length; k++) wins[left[k]] = w[k].sign() != 0;
    }

    private static Quantity scaled(Quantity w, Quantity v) {
        if (w.sign() == 0) return v.zero();
        return w instanceof Interval i && i.lo() == 0 ? v instanceof nad.arithmetic.Real ? v : Interval.of(v.zero()).hull(Interval.of(v))
                : w.toDouble() == 1 ? v : w.times(v);
    }

    /// [row-ties] The weight of each argument of a maximum or minimum: 1 for the only winner; among those that tie equal shares where
    /// `tie` is ½, else `tie` for the first and the rest for the last. NaN wins and ties with nothing.
    static Quantity[] weights(Cells c, int[] x, int sign, Rational tie) {
        Quantity[] value = new Quantity[x.length];
        for (int k = 0; k < x.length; k++) value[k] = c.get(x[k]);
        return weights(value, sign, tie);
    }

    static Quantity[] weights(Quantity[] x, int sign, Rational tie) {
        int n = x.length;
        Quantity[] w = new Quantity[n];
        x = Interval.alike(x);
        java.util.Arrays.fill(w, x[0].zero());
        if (x[0] instanceof Interval) return possibleWeights(x, sign, w);
        int best = 0;
        int ties = 1;
        int last = 0;
        for (int k = 1; k < n; k++) {
            int c = compare(x[k], x[best]) * sign;
            boolean nan = Double.isNaN(x[best].toDouble());
            if (!nan && (Double.isNaN(x[k].toDouble()) || c > 0)) {
                best = last = k;
                ties = 1;
            } else if (!nan && c == 0) {
                ties++;
                last = k;
            }
        }
        if (ties == 1) w[best] = x[0].one();
        else if (tie.equals(Rational.HALF)) {
            for (int k = 0; k < n; k++) if (compare(x[k], x[best]) == 0) w[k] = x[0].constant(Rational.of(1, ties));
        } else {
            w[best] = x[0].constant(tie);
            w[last] = x[0].constant(Rational.ONE.minus(tie));
        }
        return w;
    }

    /// In intervals an argument that may win has the weight [0, 1], the only one that can has 1.
    private static Quantity[] possibleWeights(Quantity[] x, int sign, Quantity[] w) {
        int candidates = 0;
        int only = -1;
        for (int k = 0; k < x.length; k++) {
            boolean beaten = false;
            for (Quantity y : x) beaten |= y.minus(x[k]).sign() == sign;
            if (beaten) continue;
            candidates++;
            only = k;
            w[k] = new Interval(0, 1);
        }
        if (candidates == 1) w[only] = Interval.point(1);
        return w;
    }

    static int compare(Quantity a, Quantity b) {
        if (a instanceof Rational p && b instanceof Rational q) return p.compareTo(q);
        double x = a.toDouble();
        double y = b.toDouble();
        return x < y ? -1 : x > y ? 1 : 0;
    }
}
