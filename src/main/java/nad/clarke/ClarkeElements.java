package nad.clarke;

import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// What NAD can say of the derivative of one scalar program at one point: backprop's answer under the selections in force, the
/// lexicographic one, the locked one, that of Khan and Barton's method, and where it can be listed the whole Clarke set with the proof that backprop's answer is in it
/// or not.
///
/// @param backprop   gradient by entries of the differentiated parameters
/// @param set        null where it is not listed
/// @param membership of backprop's answer; null without a set
public record ClarkeElements(Gradients by, Quantity[] backprop, Run run, Lexicographic.Element lexicographic, Locking.Element locked,
        KhanBarton.Element khanBarton, ClarkeSet set, Hull.Membership membership) {

    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @param exactly the same point in fractions, or enclosed
    /// @param seed  of the locking's direction
    /// @param limit the most cells to enter; 0 leaves the set out
    /// @param tolerance how near to a kink is told
    /// @return null where problems were added that leave no answer
    public static ClarkeElements of(Program p, List<String> names, Map<String, Tensor> at, Map<String, Tensor> exactly, Arithmetic arithmetic,
            Selections selections, long seed, int limit, double tolerance, List<Problem> problems) throws Interpreter.Stopped {
        Program q = Backprop.of(p, names, problems);
        if (q == null) return null;
        Run run = Interpreter.run(q, at, arithmetic, selections, false, tolerance);
        problems.addAll(run.warnings());
        Quantity[] backprop = Gradients.vector(run.results().subList(p.results().size(), run.results().size()));
        Lexicographic.Element lexicographic = Lexicographic.of(p, names, problems).at(at, arithmetic);
        Locking.Element locked = Locking.of(p, names, problems).at(at, arithmetic, seed);
        KhanBarton.Element khanBarton = KhanBarton.of(p, names, problems).at(at, arithmetic);
        ClarkeSet set = limit == 0 ? null : ClarkeSet.of(p, names, exactly, arithmetic == Arithmetic.RATIONAL ? arithmetic : Arithmetic.ENCLOSED, limit, problems);
        if (problems.stream().anyMatch(x -> !x.isWarning())) return null;
        return new ClarkeElements(Gradients.of(p, names, problems), backprop, run, lexicographic, locked, khanBarton, set,
                set == null ? null : set.membership(Gradients.exact(backprop)));
    }

    /// Whether backprop's answer is a Clarke element; null where that is not known.
    public Boolean backpropInSet() {
        return membership == null ? null : membership instanceof Hull.Inside;
    }
}
