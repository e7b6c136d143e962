package nad.check;

import nad.report.Problem;
import nad.report.Span;

/// Where texts come from: a disk, a test, a browser.
public interface Files {
    /// The text of a file, as it stands there.
    ///
    /// @throws Refused if it cannot be read, with the problem to tell
    String read(String path, Span asked) throws Refused;

    /// The path that `relative` means in the file `base`.
    String resolve(String base, String relative);

    /// One path for each file, however it is reached.
    String identity(String path);

    final class Refused extends Exception {
        public final transient Problem problem;

        public Refused(Problem problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }
}
