package nad.check;

import java.util.List;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Parser;
import nad.syntax.Tree;

/// Where texts come from: a disk, a test, a browser.
public interface Files {
    /// The text of a file, as it stands there.
    ///
    /// @throws Refused if it cannot be read, with the problem to tell
    String read(String path, Span asked) throws Refused;

    /// The tree of a text that was read, as [Parser#parse] gives it: who keeps texts may keep their trees too.
    default Tree.File tree(Source text, List<Problem> problems) {
        return Parser.parse(text, problems);
    }

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
