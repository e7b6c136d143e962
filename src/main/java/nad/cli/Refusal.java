package nad.cli;

import java.util.List;
import nad.report.Problem;

/// Bad input: leaves a command with exit status 2 and what is to be told.
final class Refusal extends Exception {
    final transient List<Problem> problems;

    Refusal(List<Problem> problems) {
        super(null, null, false, false);
        this.problems = problems;
    }

    Refusal(Problem problem) {
        this(List.of(problem));
    }
}
