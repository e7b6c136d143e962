package nad.clarke;

import java.util.List;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Tally;
import nad.forward.Forprop;
import nad.report.Problem;

/// What each way to differentiate costs as the number p of inputs grows, on one family: operations, counted from the text alone.
///
/// @param symbolic the operations of the gradient's expressions written out, nothing shared
public record Growth(int p, Tally program, Tally backprop, Tally tangents, Tally lexicographic, Tally locked, ExpressionSize.Sizes symbolic) {
    /// A chain of kinks in which each value is used twice.
    public static final String PROGRAM = """
            program chain<p = 2>(x: real[p]) {
              t = x[1]
              for i in 2..p {
                t = t * relu(t + x[i])
              }
              return t
            }
            """;

    /// @param chain the [#PROGRAM] at some size
    /// @return null where problems were added
    public static Growth of(Program chain, List<Problem> problems) {
        int p = chain.sizes().get("p");
        Program backprop = Backprop.of(chain, null, problems);
        Program tangents = Forprop.jvp(chain, null, p, problems);
        Program lexicographic = Forprop.lexicographic(chain, null, p, problems);
        Locking locking = Locking.of(chain, null, problems);
        if (!problems.isEmpty()) return null;
        return new Growth(p, StaticCost.of(chain), StaticCost.of(backprop), StaticCost.of(tangents), StaticCost.of(lexicographic), StaticCost.of(locking.program()),
                ExpressionSize.of(chain));
    }
}
