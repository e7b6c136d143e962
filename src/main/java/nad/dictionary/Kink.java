package nad.dictionary;

import java.util.List;
import nad.arithmetic.Quantity;

/// [kink-set] A point where an entry is not differentiable, met by an evaluation.
///
/// @param set      the kind of Clarke set: `interval`, `simplex` (of the tying arguments) or `ball`; of a declared function also [#OUTER]
///                 and [#UNDECIDED]
/// @param selected the derivative taken, by argument
/// @param clarke   the least and the greatest derivative by argument, over the Clarke set
/// @param ties     for a simplex: the tying arguments, counted from 0; else empty
public record Kink(String set, List<Quantity> selected, List<Quantity[]> clarke, List<Integer> ties) {
    /// A kink, with a Clarke set that is somewhere in the intervals.
    public static final String OUTER = "outer";
    /// Whether there is a kink is not decided; if there is, its Clarke set is somewhere in the intervals.
    public static final String UNDECIDED = "undecided";

    public boolean undecided() {
        return set.equals(UNDECIDED);
    }

    /// Decides whether an entry has a kink at the arguments (for a reduction: at a row of them).
    @FunctionalInterface
    public interface Test {
        /// The kink at `x`, or null where the entry is differentiable there.
        Kink at(Quantity[] x, Selections selections);
    }

    /// The same kink, of which another derivative is taken.
    Kink taking(List<Quantity> derivative) {
        return new Kink(set, derivative, clarke, ties);
    }

    /// [kink-near] The kink nearest to arguments that are at none.
    ///
    /// @param kink     what is there; for its selection stands the derivative taken at the arguments themselves
    /// @param distance how far the arguments are from it, their ways added up
    public record Near(Kink kink, Quantity distance) {}

    /// Finds the nearest kink of an entry (for a reduction: of a row).
    @FunctionalInterface
    public interface Proximity {
        /// @param within ties so close are all counted as met in the kink that is found
        /// @return null where the entry has no kink to be near to
        Near to(Quantity[] x, double within, Selections selections);
    }

    /// Numbers the smooth pieces of an entry, ties among them. Between two points of different numbers lies a boundary, which
    /// bisection finds; the gradients on its two sides say whether it is a kink.
    @FunctionalInterface
    public interface Pieces {
        int of(Quantity[] x);
    }
}
