package nad.clarke;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
/// From a first cell C the others are reached through facets. A direction in the facet where one form ℓ vanishes, decided by the way
/// across, enters the cell D behind it. What a kink looks at changes there by a multiple of ℓ alone: a kink before it whose argument
/// vanishes in all of the hyperplane has the same value there on either side, and any other takes the same piece. So D has the forms
/// of C up to multiples of ℓ, and touches all of the facet. All cells are connected that way, since what has codimension 2 separates
/// nothing.
///
/// Of a program that leaves the rationals, but at no kink that is met, the cells are as exact, and the gradients on them are enclosed:
/// [clarke-enclosed].
///
/// @param vertices of the hull, by entries of the differentiated parameters
/// @param cells    how many cells there are
/// @param radius   how far each entry of a vertex may be from the truth; null where all is exact
public record ClarkeSet(List<Rational[]> vertices, int cells, Rational radius) {
    /// So many cells are entered unless another limit is given: some seconds.
    public static final int STANDARD_LIMIT = 1000;

    /// The same in fractions.
    public static ClarkeSet of(Program p, List<String> names, Map<String, Tensor> at, int limit, List<Problem> problems) throws Interpreter.Stopped {
        return of(p, names, at, Arithmetic.RATIONAL, limit, problems);
    }

    /// @param p     of one scalar result
    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @param at    exact values
    /// @param arithmetic rational, or enclosed where the program leaves the rationals
    /// @return null where problems were added: a set that is no polytope or not seen by first order is a warning, one of too many
    ///         cells an error
    public static ClarkeSet of(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, int limit, List<Problem> problems) throws Interpreter.Stopped {
        Around around = Around.of(p, names, at, arithmetic, problems);
        if (around == null) return null;
        if (arithmetic == Arithmetic.RATIONAL) return of(p, names, around, false, limit, problems);
        try {
            return of(p, names, around, true, limit, problems);
        } catch (Interpreter.Stopped s) {
            problems.add(undecided(p, s.problem));
            return null;
        }
    }

    private static ClarkeSet of(Program p, List<String> names, Around around, boolean enclosed, int limit, List<Problem> problems) throws Interpreter.Stopped {
        Problem refusal = refusal(p, new Linearity(p, Activity.wrt(p, names, problems)), around.enter());
        Enumeration e = new Enumeration(around, limit);
        if (refusal == null && !e.all()) refusal = new Problem.TooManyCells(Span.NONE, p.name(), limit);
        Rational radius = refusal == null ? e.radius() : null;
        if (refusal == null && radius == null) refusal = new Problem.NoEnumeration(Span.NONE, p.name(), "", "its gradients have no bound there");
        if (refusal == null && !enclosed) return new ClarkeSet(Hull.vertices(e.gradients()), e.cells.size(), null);
        if (refusal == null) return new ClarkeSet(Hull.vertices(apart(e.gradients(), radius.plus(radius))), e.cells.size(), radius.times(Rational.of(3)));
        problems.add(refusal);
        return null;
    }

    /// Whether a vector is a mean of the vertices, and the proof of either answer. Of enclosed vertices: whether it is within a small
    /// distance of one, by each entry, the least of some that are tried; if not, it is in the set for no vertices that the enclosures allow.
    public Hull.Membership membership(Rational[] g) {
        if (radius == null || radius.sign() == 0 && Hull.of(vertices, g) instanceof Hull.Inside) return Hull.of(vertices, g);
        Rational size = Rational.ONE;
        for (Rational x : g) size = (Rational) size.max(x.abs());
        Hull.Membership answer = null;
        for (String relative : new String[] {"1e-15", "1e-12", "1e-9"}) {
            Rational slack = radius.plus(size.times(Rational.parse(relative)));
            answer = Hull.near(vertices, g, slack, slack.plus(radius));
            if (answer instanceof Hull.Inside) return answer;
        }
        return answer;
    }

    /// Points of which none is closer to an earlier one by every entry.
    private static List<Rational[]> apart(List<Rational[]> points, Rational distance) {
        List<Rational[]> out = new ArrayList<>();
        for (Rational[] p : points) if (out.stream().noneMatch(q -> close(p, q, distance))) out.add(p);
        return out;
    }

    private static boolean close(Rational[] p, Rational[] q, Rational distance) {
        for (int k = 0; k < p.length; k++) if (p[k].minus(q[k]).abs().compareTo(distance) > 0) return false;
        return true;
    }

    /// What stopped a run in enclosures, with the statement of P that it was about.
    private static Problem undecided(Program p, Problem stopped) {
        for (int i = 0; i < p.length(); i++)
            if (p.span(i).equals(stopped.at()) && p.operation(i) != null) return unlisted(p, i, "what it does there does not follow from enclosures of its arguments");
        return new Problem.NoEnumeration(stopped.at(), p.name(), "", "enclosures do not decide its kinks");
    }

    private static Problem refusal(Program p, Linearity linearity, Around.Piece piece) {
        if (linearity.assumed() >= 0) return unlisted(p, linearity.assumed(), "its pieces have kinks inside, which are not looked at");
        if (piece.rounded() >= 0) return unlisted(p, piece.rounded(), "the norm is 0 there, and its derivatives fill a ball");
        if (piece.blurred() >= 0) return unlisted(p, piece.blurred(), "it is at a kink, and how its arguments move is known by enclosures alone");
        for (int i : piece.met()) if (!linearity.argumentsOf(i)) return unlisted(p, i, "it is at a kink, and its arguments are not piecewise linear");
        return null;
    }

    private static Problem unlisted(Program p, int i, String why) {
        return new Problem.NoEnumeration(p.span(i), p.operation(i).name, p.name(p.target(i)) == null ? "" : p.name(p.target(i)), why);
    }

    private static final class Enumeration {
        private final Around around;
        private final int limit;
        private final Map<Set<List<Rational>>, Around.Piece> cells = new LinkedHashMap<>();
        private final Deque<Around.Piece> left = new ArrayDeque<>();

        Enumeration(Around around, int limit) {
            this.around = around;
            this.limit = limit;
        }

        List<Rational[]> gradients() {
            return cells.values().stream().map(Around.Piece::gradient).toList();
        }

        /// The largest of all cells; null where one has no bound.
        Rational radius() {
            Rational most = Rational.ZERO;
            for (Around.Piece c : cells.values()) {
                if (c.radius() == null) return null;
                most = (Rational) most.max(c.radius());
            }
            return most;
        }

        /// Finds all cells; false where they are more than the limit.
        boolean all() throws Interpreter.Stopped {
            found(around.enter());
            while (!left.isEmpty() && cells.size() <= limit) {
                Around.Piece c = left.removeFirst();
                for (Rational[] facet : c.forms()) cross(facet, c);
            }
            return cells.size() <= limit;
        }

        private void found(Around.Piece c) {
            Set<List<Rational>> key = c.forms().stream().map(List::of).collect(Collectors.toSet());
            if (cells.putIfAbsent(key, c) == null) left.add(c);
        }

        /// Finds the cell behind a facet.
        private void cross(Rational[] facet, Around.Piece c) throws Interpreter.Stopped {
            Rational[] d = Cones.direction(c.forms().stream().filter(f -> f != facet).toList(), facet);
            if (d != null && cells.size() <= limit) found(around.enter(d, Cones.negated(facet)));
        }
    }
}
