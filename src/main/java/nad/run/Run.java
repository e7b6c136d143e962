package nad.run;

import java.util.List;
import nad.dictionary.Kink;
import nad.dictionary.Tally;
import nad.report.Problem;

/// What one evaluation of a program gave.
///
/// @param results      one tensor for each result
/// @param tally        every primitive that was executed
/// @param forwardTally those of P's own statements, where the program is backprop(P)
/// @param kinks        the statements with an adjoint block that were at a kink; null where nothing looked for them
/// @param warnings     where a domain was left or a derivative does not exist
public record Run(List<Tensor> results, Tally tally, Tally forwardTally, List<Met> kinks, List<Problem> warnings) {
    /// A kink met by a statement: the first entry where it was, and how many entries were at one.
    ///
    /// @param instruction the statement's instruction
    /// @param sample      1-based, the first of a batch where it was at one; 0 outside of a batch
    /// @param index       1-based index of that entry in the statement's result; empty for a scalar
    public record Met(int instruction, int sample, int[] index, List<nad.arithmetic.Quantity> arguments, Kink kink, int entries) {}
}
