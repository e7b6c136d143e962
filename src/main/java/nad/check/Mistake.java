package nad.check;

import nad.report.Problem;

/// Leaves an expression in which a mistake was found. A null problem follows from one that was told already.
final class Mistake extends RuntimeException {
    final transient Problem problem;

    Mistake(Problem problem) {
        super(null, null, false, false);
        this.problem = problem;
    }
}
