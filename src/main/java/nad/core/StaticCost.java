package nad.core;

import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Tally;
import nad.tensor.Shapes;

/// [cost-static] What a program costs, known from its text alone: the first of NAD's three independent counts (the others are the
/// tally of a run and the sums of a certificate).
public final class StaticCost {
    private StaticCost() {}

    public static Tally of(Program p) {
        return of(p, 0, p.length());
    }

    /// The primitives of instructions `from` up to, not including, `to`.
    public static Tally of(Program p, int from, int to) {
        Tally t = new Tally();
        for (int i = from; i < to; i++) count(p, i, t);
        return t;
    }

    public static Tally of(Program p, int i) {
        return of(p, i, i + 1);
    }

    private static void count(Program p, int i, Tally into) {
        switch (p.kind(i)) {
            case SET, ZEROS -> {}
            case ADD -> into.add(Primitives.PLUS, p.place(i).size());
            case SUBTRACT -> into.add(Primitives.MINUS, p.place(i).size());
            case APPLY -> {
                Elementary f = p.operation(i);
                boolean constant = constantFactor(p, i);
                long results = Shapes.size(p.shape(p.target(i)));
                if (f.kind == Elementary.Kind.POINTWISE) {
                    if (f.counts().size() == 1 && f.counts().getFirst().primitive() == f.primitive(false)) into.add(f.primitive(constant), results);
                    else for (var c : f.counts()) into.add(c.primitive(), results * c.once());
                    return;
                }
                long n = rowLength(p, i);
                long rows = switch (f.kind) {
                    case NORMALISATION, SCATTER -> results / n;
                    case SCAN -> results / n * (1 + p.operand(i, 1).size() / p.operand(i, 0).size());
                    default -> results;
                };
                for (var c : f.counts()) into.add(c.primitive(constant), rows * c.of(n));
            }
        }
    }

    /// Whether a product has a constant factor, a quotient a constant divisor.
    public static boolean constantFactor(Program p, int i) {
        Elementary f = p.operation(i);
        for (int k = 0; k < p.arity(i); k++) if (f.pricesConstant(k) && p.constant(i, k)) return true;
        return false;
    }

    /// The entries that one row of a reduction has, or the length of the axis that a contraction sums over.
    public static long rowLength(Program p, int i) {
        int[] x = p.operand(i, 0).shape();
        if (p.operation(i).kind == Elementary.Kind.CONTRACTION) return x[x.length - 1];
        long n = 1;
        for (int k = x.length - p.rank(i); k < x.length; k++) n *= x[k];
        return n;
    }
}
