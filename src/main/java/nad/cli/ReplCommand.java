package nad.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import nad.repl.Console;
import nad.repl.Lines;
import nad.repl.Screen;
import nad.report.Problem;
import nad.report.Span;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "repl", description = "Interactive: type expressions, statements and programs; ask for gradients, costs and proofs.",
        footer = {"", "Example:  nad repl samples/mlp.nad", "          nad repl < lines.txt   (without a prompt; 2 if a line failed)"})
final class ReplCommand extends NadCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A .nad file to load first.")
    String file;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        try {
            boolean terminal = System.console() != null && System.console().isTerminal();
            return terminal ? talk() : script(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), new Workbench(out(), colored()));
        } catch (IOException e) {
            throw new Refusal(new Problem.Unreadable(Span.NONE, "standard input", e.getMessage()));
        }
    }

    @Override
    boolean converses() {
        return true;
    }

    private int talk() throws IOException {
        // JNI starts at once, where the foreign function interface first makes classes; no terminal is asked what it takes for one letter.
        try (Terminal t = TerminalBuilder.builder().name("nad").system(true).dumb(true).providers("jni,ffm,exec").graphemeCluster(false).nativeSignals(true).build()) {
            // A terminal that another program plays may not say how large it is.
            if (t.getWidth() == 0) t.setSize(Size.of(80, 24));
            PrintWriter out = new PrintWriter(new Screen(t.writer()));
            Workbench bench = new Workbench(out, colored());
            if (!quiet) out.println("NAD. :help lists the commands, Ctrl-D ends.");
            if (file != null) bench.take(":load " + file);
            new Console(t, bench, Console.history(), colored()).run();
            return DONE;
        }
    }

    /// Lines that come without a terminal: each entry is carried out, those that fail as well as the others.
    private int script(BufferedReader in, Workbench bench) throws IOException {
        if (file != null) bench.take(":load " + file);
        StringBuilder entry = new StringBuilder();
        boolean open = true;
        for (String line = in.readLine(); open && line != null; line = in.readLine()) {
            entry.append(entry.isEmpty() ? "" : "\n").append(line);
            if (!Lines.isWhole(entry.toString())) continue;
            open = bench.take(entry.toString());
            entry.setLength(0);
        }
        if (open && !entry.isEmpty()) bench.take(entry.toString());
        return bench.failed() ? BAD_INPUT : DONE;
    }
}
