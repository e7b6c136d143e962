package nad.html;

import java.util.List;
import java.util.Map;

/// What one run of backprop(P) gave, in words, to be shown beside the programs.
///
/// @param facts what was given and what came of it, in order: a label and a text each
/// @param kinks by the instruction of P that was at a kink: where it was, what was selected there, and from which set
/// @param classical whether the gradient is the classical one: no kink, and no derivative that does not exist
/// @param warnings the sentences that the run was told with: domains that were left, derivatives that do not exist, selections that
///                 contradict each other
public record Evaluation(List<Fact> facts, Map<Integer, List<String>> kinks, boolean classical, List<String> warnings) {
    public record Fact(String label, String text) {}
}
