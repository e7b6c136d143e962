package nad.data;

import java.util.Map;
import nad.report.Span;
import nad.run.Tensor;

/// An array that was given, before anything is known of the parameter that it is for.
///
/// @param at        where it stands
/// @param value     its numbers, NaN and infinities among them; null where it is wrong, which was told
/// @param notFinite where the first number stands that is not finite; null where only its index is known
record Given(Span at, Tensor value, Span notFinite) {
    /// What a file holds: an array without a name, arrays with names, or one with names for its columns.
    ///
    /// @param whole null where all arrays have names
    /// @param named null where none has
    record Arrays(Given whole, Map<String, Given> named) {}
}
