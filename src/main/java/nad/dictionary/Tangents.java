package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import nad.dictionary.Term.Contribution;

/// Tangents as terms: read off the adjoint rule, and freed of what is zero.
public final class Tangents {
    /// Where the primes of a function with kinks are asked: at the point, in the selection's words; at where it moves along each
    /// direction by itself; at where it moves along all directions in order.
    public enum Way { SELECTION, DIRECTIONS, LEXICOGRAPHIC }

    private Tangents() {}

    /// Σ over the contributions, each with its operand's tangent for the cotangent.
    static Term ofRule(List<Contribution> rule) {
        Term sum = null;
        for (Contribution c : rule) {
            Term part = c.term().replaced(t -> t instanceof Term.Bar ? new Term.Dot(c.arg()) : null);
            sum = sum == null ? c.negative() ? Standard.call(Standard.NEG, part) : part
                    : c.negative() ? Standard.minus(sum, part) : Standard.plus(sum, part);
        }
        return sum;
    }

    /// The term where only the operands that are `active` have a tangent, the others' being zero; null where it is zero.
    /// Every part that holds a tangent is linear in it, but for scans, which a point without tangents passes unchanged.
    public static Term pruned(Term t, IntPredicate active) {
        return switch (t) {
            case Term.Dot d -> active.test(d.k()) ? d : null;
            case Term.Expand e -> {
                Term of = pruned(e.of(), active);
                yield of == null ? null : new Term.Expand(of);
            }
            case Term.Transpose s -> {
                Term of = pruned(s.of(), active);
                yield of == null ? null : new Term.Transpose(of);
            }
            case Term.Column c -> {
                Term of = pruned(c.of(), active);
                yield of == null ? null : new Term.Column(of);
            }
            case Term.Row r -> {
                Term of = pruned(r.of(), active);
                yield of == null ? null : new Term.Row(of);
            }
            case Term.Entry e -> {
                Term of = pruned(e.of(), active);
                yield of == null ? null : new Term.Entry(of, e.k());
            }
            case Term.Stacked s -> stacked(s, active);
            case Term.Apply a -> applied(a, active);
            default -> t;
        };
    }

    private static Term stacked(Term.Stacked s, IntPredicate active) {
        List<Term> parts = new ArrayList<>();
        boolean zero = true;
        for (Term t : s.of()) {
            Term part = pruned(t, active);
            zero &= part == null;
            parts.add(part == null ? Standard.lit(0) : part);
        }
        return zero ? null : new Term.Stacked(parts);
    }

    private static Term applied(Term.Apply a, IntPredicate active) {
        List<Term> args = new ArrayList<>();
        for (Term t : a.args()) args.add(pruned(t, active));
        if (a.f().kind == Elementary.Kind.SCAN && args.get(1) == null) return args.get(0);
        if (!args.contains(null)) return new Term.Apply(a.f(), a.rank(), args);
        if (a.f() == Standard.ADD) return args.get(0) == null ? args.get(1) : args.get(0);
        if (a.f() == Standard.SUBTRACT) return args.get(0) != null ? args.get(0) : args.get(1) == null ? null : Standard.call(Standard.NEG, args.get(1));
        return null;
    }
}
