package nad.data;

import java.util.List;
import java.util.Map;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Tensor;

/// An array that was given, before anything is known of the parameter that it is for.
///
/// @param at        where it stands
/// @param value     its numbers, NaN and infinities among them; null where it is wrong, which was told or is in `problems`
/// @param notFinite where the first number stands that is not finite; null where only its index is known
/// @param problems  what is wrong with it, told where the array is asked for
/// @param optional  whether it is left out where no parameter has its name
record Given(Span at, Tensor value, Span notFinite, List<Problem> problems, boolean optional) {
    Given(Span at, Tensor value, Span notFinite) {
        this(at, value, notFinite, List.of(), false);
    }

    /// What a file holds: an array without a name, arrays with names, or one with names for its columns.
    ///
    /// @param whole null where all arrays have names
    /// @param named null where none has
    record Arrays(Given whole, Map<String, Given> named) {}
}
