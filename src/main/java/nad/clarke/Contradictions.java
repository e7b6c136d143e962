package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.core.Activity;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// Selections that contradict each other, each of them from its own Clarke set: no mixture of the pieces around the point gives both.
/// So max(x, 0) + log1p(exp(−|x|)), softplus written out, has the derivative max'(0) − abs'(0)/2 at 0, which is right only if
/// abs'(0) = 2·max'(0) − 1; spec/10-clarke.md [clarke-joint].
///
/// It looks at pairs of kinks whose arguments are affine around the point: at a kink behind another, or with a curved argument, first
/// order does not know what is around.
public final class Contradictions {
    /// @param first    a statement of P, by instruction
    /// @param second   a later one
    /// @param ofFirst  where both look at one quantity, the share that the selection at the first gives to the side where that is
    ///                 positive; else null
    /// @param ofSecond what the selection at the second gives to that same side
    public record Contradiction(int first, int second, Rational ofFirst, Rational ofSecond) {}

    private static final int FEW_KINKS = 20;
    private static final long FEW_VALUES = 50_000;

    private Contradictions() {}

    /// [kink-joint] Those among the kinks that a run of backprop(P) met, where they are soon found: few entries at a kink, and few values
    /// along all unit vectors; of a scalar result, in rationals or float64. Else none, as where there are not two kinks.
    public static List<Problem> told(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections, List<Run.Met> met) {
        int entries = met.stream().mapToInt(Contradictions::entries).sum();
        boolean exact = arithmetic == Arithmetic.RATIONAL || arithmetic == Arithmetic.FLOAT64;
        if (entries < 2 || entries > FEW_KINKS || !exact || p.results().size() != 1 || p.results().getFirst().rank() > 0) return List.of();
        List<Problem> problems = new ArrayList<>();
        Gradients by = Gradients.of(p, names, problems);
        if (by == null || Engine.values(p) * (by.entries() + 2L) > FEW_VALUES) return List.of();
        try {
            return of(p, names, at, arithmetic, selections, problems).stream().map(c -> told(p, c)).toList();
        } catch (Interpreter.Stopped leaves) {
            return List.of();
        }
    }

    /// How many numbers at the kink decide: those that tie, or the entries of a norm, at each entry of a tensor.
    private static int entries(Run.Met m) {
        return m.entries() * (m.kink().set().equals("ball") ? m.arguments().size() : Math.max(1, m.kink().ties().size() - 1));
    }

    private static Problem told(Program p, Contradiction c) {
        List<String> shares = c.ofFirst() == null ? List.of() : List.of(c.ofFirst().toString(), c.ofSecond().toString());
        return new Problem.Contradiction(p.span(c.second()), p.operation(c.second()).name, p.name(p.target(c.second())), p.span(c.first()),
                p.operation(c.first()).name, p.name(p.target(c.first())), shares);
    }

    /// Each pair of statements once; none where problems were added, or where in float64 a number is not finite.
    public static List<Contradiction> of(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections,
            List<Problem> problems) throws Interpreter.Stopped {
        Around around = Around.of(p, names, at, arithmetic, problems);
        List<Contradiction> out = new ArrayList<>();
        Around.Piece piece = around == null ? null : around.enter();
        if (piece == null) return out;
        boolean[] plain = plain(p, new Linearity(p, Activity.wrt(p, names, problems)), piece.met());
        List<Selected> all = Selected.of(p, at, arithmetic, selections, piece.seen().stream().filter(s -> plain[s.statement()]).toList());
        Set<List<Integer>> told = new HashSet<>();
        for (int a = 0; a < all.size(); a++)
            for (int b = a + 1; b < all.size(); b++) {
                Selected s = all.get(a);
                Selected t = all.get(b);
                if (told.contains(List.of(s.statement(), t.statement()))) continue;
                Contradiction c = between(s, t, around.dimension());
                if (c == null) continue;
                told.add(List.of(s.statement(), t.statement()));
                out.add(c);
            }
        return out;
    }

    /// By instruction, whether its arguments are affine around the point: piecewise linear, and behind no kink that was met.
    private static boolean[] plain(Program p, Linearity linearity, List<Integer> met) {
        boolean[] plain = new boolean[p.length()];
        boolean[] behind = new boolean[p.variables()];
        for (int i = 0; i < p.length(); i++) {
            boolean[] any = new boolean[1];
            for (int k = 0; k < p.arity(i); k++) p.operand(i, k).forEachView(v -> any[0] |= behind[v.variable()]);
            plain[i] = !any[0] && linearity.argumentsOf(i);
            behind[p.target(i)] = any[0] || met.contains(i);
        }
        return plain;
    }

    private static Contradiction between(Selected s, Selected t, int dimension) {
        Rational[] mine = s.side();
        Rational[] theirs = t.side();
        if (mine != null && theirs != null) {
            boolean opposite = Arrays.equals(mine, Cones.negated(theirs));
            if (!opposite && !Arrays.equals(mine, theirs)) return null;
            Rational u = s.cases().getFirst().weight();
            Rational v = t.cases().get(opposite ? 1 : 0).weight();
            return u.equals(v) ? null : new Contradiction(s.statement(), t.statement(), u, v);
        }
        boolean together = s.cases().isEmpty() ? t.cases().isEmpty() || Joint.balanced(s.rounded(), t.cases(), dimension)
                : t.cases().isEmpty() ? Joint.balanced(t.rounded(), s.cases(), dimension) : Joint.mixed(s.cases(), t.cases(), dimension);
        return together ? null : new Contradiction(s.statement(), t.statement(), null, null);
    }
}
