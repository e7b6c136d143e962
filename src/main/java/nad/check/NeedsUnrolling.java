package nad.check;

/// Leaves a comprehension that cannot be evaluated for all values of an index at once: it is then unrolled by that index.
final class NeedsUnrolling extends RuntimeException {
    final transient Value.Axis axis;

    NeedsUnrolling(Value.Axis axis) {
        super(null, null, false, false);
        this.axis = axis;
    }
}
