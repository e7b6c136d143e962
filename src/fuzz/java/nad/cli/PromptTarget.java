package nad.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// The prompt: a session, an entry a line; a line that ends with `\` goes on in the next.
public final class PromptTarget {
    private PromptTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = FuzzInputs.text(data);
        if (FuzzInputs.touchesFiles(text) || text.lines().count() > 20) return;
        StringWriter said = new StringWriter();
        Workbench bench = new Workbench(new PrintWriter(said), false);
        bench.take(":set limit 2000");
        for (String entry : text.replace("\\\n", "\u0000").split("\n")) bench.take(entry.replace('\u0000', '\n'));
        if (FuzzInputs.isFault(said.toString(), text)) throw new AssertionError(text + "\n" + said);
    }
}
