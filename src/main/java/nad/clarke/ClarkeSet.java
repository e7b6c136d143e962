package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.core.Activity;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Tensor;

/// The whole Clarke subdifferential ∂F(x) of a program whose kinks at x have piecewise linear arguments, exactly: the convex hull
/// of the gradients of the cells around x; spec/10-clarke.md [clarke-cells].
///
/// The space of directions is covered cell by cell. Each step takes a direction of what is left, goes into the cell that it
/// enters, and leaves what that cell does not cover as as many cones as it has forms: those with the first form negative; the
/// first positive and the second negative; and so on. A cone that exact linear programming finds empty is done. Nothing is
/// left out, whatever way kinks are nested, and no cell is counted that has no interior.
///
/// @param vertices of the hull, by entries of the differentiated parameters
/// @param cells    how many cells were entered; one that is cut by the cones counts for each part
public record ClarkeSet(List<Rational[]> vertices, int cells) {
    /// So many cells are entered unless another limit is given: some seconds.
    public static final int STANDARD_LIMIT = 1000;

    /// @param p     of one scalar result
    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @param at    exact values
    /// @return null where problems were added: a set that is no polytope or not seen by first order is a warning, one of too many
    ///         cells an error
    public static ClarkeSet of(Program p, List<String> names, Map<String, Tensor> at, int limit, List<Problem> problems) throws Interpreter.Stopped {
        Around around = Around.of(p, names, at, Arithmetic.RATIONAL, problems);
        if (around == null) return null;
        Problem refusal = refusal(p, new Linearity(p, Activity.wrt(p, names, problems)), around.enter());
        Enumeration e = new Enumeration(around, limit);
        if (refusal == null && !e.cover(List.of())) refusal = new Problem.TooManyCells(Span.NONE, p.name(), limit);
        if (refusal == null) return new ClarkeSet(Hull.vertices(e.gradients), e.cells);
        problems.add(refusal);
        return null;
    }

    /// Whether a vector is a mean of the vertices, and the proof of either answer.
    public Hull.Membership membership(Rational[] g) {
        return Hull.of(vertices, g);
    }

    private static Problem refusal(Program p, Linearity linearity, Around.Piece piece) {
        if (piece.rounded() >= 0) return unlisted(p, piece.rounded(), "the norm is 0 there, and its derivatives fill a ball");
        for (int i : piece.met()) if (!linearity.argumentsOf(i)) return unlisted(p, i, "it is at a kink, and its arguments are not piecewise linear");
        return null;
    }

    private static Problem unlisted(Program p, int i, String why) {
        return new Problem.NoEnumeration(p.span(i), p.operation(i).name, p.name(p.target(i)) == null ? "" : p.name(p.target(i)), why);
    }

    private static final class Enumeration {
        private final Around around;
        private final int limit;
        private final List<Rational[]> gradients = new ArrayList<>();
        private int cells;

        Enumeration(Around around, int limit) {
            this.around = around;
            this.limit = limit;
        }

        /// Enters all cells that meet a cone; false where they are more than the limit.
        boolean cover(List<Rational[]> cone) throws Interpreter.Stopped {
            Rational[] d = Cones.direction(cone, around.dimension());
            if (d == null) return true;
            if (++cells > limit) return false;
            Around.Piece piece = around.enter(d);
            if (gradients.stream().noneMatch(g -> Arrays.equals(g, piece.gradient()))) gradients.add(piece.gradient());
            List<Rational[]> within = new ArrayList<>(cone);
            for (Rational[] form : piece.forms()) {
                if (within.stream().anyMatch(f -> Arrays.equals(f, form))) continue;
                within.add(Cones.negated(form));
                if (!cover(List.copyOf(within))) return false;
                within.set(within.size() - 1, form);
            }
            return true;
        }
    }
}
