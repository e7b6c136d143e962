package nad.bound;

import nad.report.Span;

/// Leaves the check at the first place that fails.
final class Blame extends RuntimeException {
    final transient Span place;

    Blame(String reason, Span place) {
        super(reason, null, false, false);
        this.place = place;
    }
}
