package nad.run;

import java.util.List;
import nad.arithmetic.Quantity;
import nad.dictionary.Kink;
import nad.dictionary.Tally;
import nad.report.Problem;

/// What one evaluation of a program gave.
///
/// @param results      one tensor for each result
/// @param tally        every primitive that was executed
/// @param forwardTally those of P's own statements, where the program is backprop(P)
/// @param kinks        the statements with an adjoint block that were at a kink; null where nothing looked for them
/// @param near         those that were at none and within the tolerance asked for of one
/// @param warnings     where a domain was left or a derivative does not exist
public record Run(List<Tensor> results, Tally tally, Tally forwardTally, List<Met> kinks, List<Met> near, List<Problem> warnings) {
    /// A kink met by a statement, or approached: the first entry where it was, or the nearest, and how many entries were.
    ///
    /// @param instruction the statement's instruction
    /// @param sample      1-based, the first of a batch where it was at one; 0 outside of a batch
    /// @param index       1-based index of that entry in the statement's result; empty for a scalar
    /// @param distance    to the kink; null for one that was met
    public record Met(int instruction, int sample, int[] index, List<Quantity> arguments, Kink kink, Quantity distance, int entries) {
        /// Of one statement: the nearer of two entries, which stands for those of both.
        Met nearer(Met later) {
            Met m = later.distance.toDouble() < distance.toDouble() ? later : this;
            return new Met(instruction, m.sample, m.index, m.arguments, m.kink, m.distance, entries + later.entries);
        }

        Met in(int sample) {
            return new Met(instruction, sample, index, arguments, kink, distance, entries);
        }
    }
}
