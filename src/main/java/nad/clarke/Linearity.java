package nad.clarke;

import java.util.function.IntPredicate;
import nad.core.Program;
import nad.dictionary.Declared;
import nad.dictionary.Elementary;
import nad.dictionary.Elementary.Smoothness;
import nad.dictionary.Term;

/// Which values of a program are piecewise linear in the differentiated parameters, read off the rules: an operation is affine
/// on each of its pieces if no coefficient of its rule mentions an operand that depends on them, or the result. Primes may look
/// at such operands, since between kinks they do not change.
///
/// A kink whose arguments are piecewise linear is decided by first order: along a direction its argument moves at once or
/// not at all. Past one that is curved, such as relu at x² = 0, first order does not say which piece is entered.
final class Linearity {
    private final Program p;
    private final boolean[] active;
    private final boolean[] linear;

    /// @param wrt for each parameter whether it is differentiated by
    Linearity(Program p, boolean[] wrt) {
        this.p = p;
        this.active = new boolean[p.variables()];
        this.linear = new boolean[p.variables()];
        for (int k = 0; k < wrt.length; k++) {
            active[p.parameters().get(k).variable()] = wrt[k];
            linear[p.parameters().get(k).variable()] = true;
        }
        for (int i = 0; i < p.length(); i++) {
            int z = p.target(i);
            for (int k = 0; k < p.arity(i); k++) active[z] |= active(i, k);
            linear[z] = argumentsOf(i) && (!active[z] || isAffine(i));
        }
    }

    private boolean active(int i, int k) {
        boolean[] found = new boolean[1];
        p.operand(i, k).forEachView(v -> found[0] |= active[v.variable()]);
        return found[0];
    }

    /// Whether what statement i reads is piecewise linear, and so are the conditions that it decides by.
    boolean argumentsOf(int i) {
        boolean[] all = {true};
        for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> all[0] &= linear[v.variable()]);
        Elementary f = p.operation(i);
        return all[0] && (f == null || f.declared == null || f.inPrime || conditionsAffine(f.declared, k -> active(i, k)));
    }

    /// [kink-assumed] The first statement of those needed whose function takes pieces with kinks as smooth: first order does not see
    /// those kinks. −1 where there is none.
    int assumed() {
        for (int i = 0; i < p.length(); i++) if (p.operation(i) != null && p.operation(i).assumedSmooth && active[p.target(i)]) return i;
        return -1;
    }

    private boolean isAffine(int i) {
        Elementary f = p.operation(i);
        if (f == null) return true;
        if (f.declared != null && !f.inPrime) return f.declared.pieces().stream().allMatch(piece -> affine(piece.value(), f.arity, k -> active(i, k)));
        return f.differentiable() && f.rule(p.rank(i)).stream().allMatch(c -> !active(i, c.arg()) || constantCoefficient(c.term(), k -> active(i, k)));
    }

    private static boolean conditionsAffine(Declared d, IntPredicate active) {
        for (Declared.Piece piece : d.pieces())
            if (piece.condition() != null
                    && !(affine(piece.condition().left(), d.parameters().size(), active) && affine(piece.condition().right(), d.parameters().size(), active))) return false;
        return true;
    }

    /// Whether a term in parameters is affine in those that are active.
    private static boolean affine(Term t, int parameters, IntPredicate active) {
        for (int k = 0; k < parameters; k++) if (active.test(k) && !constantCoefficient(Declared.derivative(t, k), active)) return false;
        return true;
    }

    private static boolean constantCoefficient(Term t, IntPredicate active) {
        return switch (t) {
            case Term.Arg a -> !active.test(a.k());
            case Term.Result r -> false;
            case Term.Expand e -> constantCoefficient(e.of(), active);
            case Term.Transpose s -> constantCoefficient(s.of(), active);
            case Term.Column c -> constantCoefficient(c.of(), active);
            case Term.Row r -> constantCoefficient(r.of(), active);
            case Term.Entry e -> constantCoefficient(e.of(), active);
            case Term.Stacked s -> s.of().stream().allMatch(x -> constantCoefficient(x, active));
            case Term.Apply a when a.f().inPrime && a.f().smoothness == Smoothness.DISCONTINUOUS -> constantCoefficient(a.args().getLast(), active);
            case Term.Apply a -> a.args().stream().allMatch(x -> constantCoefficient(x, active));
            default -> true;
        };
    }
}
