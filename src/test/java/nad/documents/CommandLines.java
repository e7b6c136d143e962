package nad.documents;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import nad.cli.Main;

/// Runs NAD's own command line in this process.
final class CommandLines {
    private CommandLines() {}

    /// @param text what was written: the answer, then what was told beside it
    record Answer(int status, String text) {
        Object tree() {
            return JsonTree.read(text);
        }
    }

    /// The answer as JSON.
    static Answer json(List<String> line) {
        List<String> with = new ArrayList<>(line);
        with.add("--json");
        return plain(with);
    }

    static Answer plain(List<String> line) {
        StringWriter out = new StringWriter();
        PrintWriter both = new PrintWriter(out);
        int status = Main.run(line.toArray(String[]::new), both, both);
        both.flush();
        return new Answer(status, out.toString());
    }
}
