package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Tensor;

/// Selections that contradict each other, each of them from its own Clarke set: at two kinks that look at the same quantity one
/// takes more of the side where it is positive than the other. So max(x, 0) + log1p(exp(−|x|)), softplus written out, has the
/// derivative max'(0) − abs'(0)/2 at 0, which is right only if abs'(0) = 2·max'(0) − 1; spec/10-clarke.md [clarke-joint].
///
/// It looks at the functions of D with one argument and a kink at 0, or with two that tie.
public final class Contradictions {
    /// @param first   a statement of P, by instruction
    /// @param second  a later one
    /// @param ofFirst the share that the selection at the first gives to the side where its argument is positive
    /// @param ofSecond what the selection at the second gives to that same side
    public record Contradiction(int first, int second, Rational ofFirst, Rational ofSecond) {}

    private Contradictions() {}

    /// Each pair of statements once; none where problems were added, or where in float64 a number is not finite.
    public static List<Contradiction> of(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections,
            List<Problem> problems) throws Interpreter.Stopped {
        Around around = Around.of(p, names, at, arithmetic, problems);
        List<Contradiction> out = new ArrayList<>();
        Around.Piece piece = around == null ? null : around.enter();
        if (piece == null) return out;
        List<Around.Side> sides = piece.sides().stream().filter(s -> isPlain(p.operation(s.statement()))).toList();
        for (int a = 0; a < sides.size(); a++)
            for (int b = a + 1; b < sides.size(); b++) {
                Around.Side s = sides.get(a);
                Around.Side t = sides.get(b);
                boolean opposite = Arrays.equals(s.form(), Cones.negated(t.form()));
                if (!opposite && !Arrays.equals(s.form(), t.form())) continue;
                Rational u = share(p.operation(s.statement()), selections);
                Rational v = share(p.operation(t.statement()), selections);
                Contradiction c = new Contradiction(s.statement(), t.statement(), u, opposite ? Rational.ONE.minus(v) : v);
                if (!c.ofFirst.equals(c.ofSecond) && out.stream().noneMatch(d -> d.first == c.first && d.second == c.second)) out.add(c);
            }
        return out;
    }

    private static boolean isPlain(Elementary f) {
        return f.kind == Elementary.Kind.POINTWISE && f.declared == null && f.kink != null;
    }

    /// The selected derivative by the first argument is this share of the one-sided derivative on the positive side and the rest
    /// of that on the negative side.
    private static Rational share(Elementary f, Selections selections) {
        Quantity[] zeros = new Quantity[f.arity];
        Arrays.fill(zeros, Rational.ZERO);
        Kink kink = f.kink.at(zeros, selections);
        Rational selected = (Rational) kink.selected().getFirst();
        Rational right = value(f, zeros, Rational.ONE);
        Rational left = value(f, zeros, Rational.of(-1)).negate();
        return selected.minus(left).over(right.minus(left));
    }

    private static Rational value(Elementary f, Quantity[] zeros, Rational first) {
        Quantity[] x = zeros.clone();
        x[0] = first;
        return (Rational) f.primitive(false).exact(x);
    }
}
