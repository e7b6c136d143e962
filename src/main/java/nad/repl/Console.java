package nad.repl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;

/// A session at a terminal: editing, history, completion, colours; Ctrl-C drops the line or stops what runs, Ctrl-D ends.
public final class Console {
    /// How often a watched file is looked at, in milliseconds.
    private static final int LOOK = 250;

    private final Terminal terminal;
    private final Desk desk;
    private final LineReader reader;
    private final Painter painter = new Painter();
    private final boolean colored;
    /// The thread that carries an entry out; null between entries.
    private Thread busy;

    /// @param history where lines are kept between sessions, or null
    public Console(Terminal terminal, Desk desk, Path history, boolean colored) {
        this.terminal = terminal;
        this.desk = desk;
        this.colored = colored;
        LineReaderBuilder b = LineReaderBuilder.builder().terminal(terminal).appName("nad").parser(new Typed.Reader()).completer(this::complete)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, !dumb())
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, dumb() ? "" : "%P   > ")
                .variable(LineReader.INDENTATION, 2)
                .variable(LineReader.BLINK_MATCHING_PAREN, 0);
        if (colored) b.highlighter(painter);
        else b.option(LineReader.Option.DISABLE_HIGHLIGHTER, true);
        if (history != null) b.variable(LineReader.HISTORY_FILE, history);
        reader = b.build();
        reader.getWidgets().put(LineReader.ACCEPT_LINE, () -> {
            painter.entered(reader.getBuffer().toString());
            reader.callWidget("." + LineReader.ACCEPT_LINE);
            return true;
        });
    }

    private boolean dumb() {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /// Talks until the end.
    public void run() {
        terminal.handle(Terminal.Signal.INT, signal -> stop());
        // A dumb terminal hears no signals by itself.
        if (dumb()) Signals.register("INT", () -> terminal.raise(Terminal.Signal.INT));
        Thread watcher = Thread.ofVirtual().start(this::tellNews);
        String prompt = colored ? "\u001b[1;32mnad>\u001b[0m " : "nad> ";
        try {
            while (goesOn(prompt)) {}
        } finally {
            watcher.interrupt();
        }
    }

    private boolean goesOn(String prompt) {
        try {
            painter.entered(null);
            String line = reader.readLine(prompt);
            return line.isBlank() || take(line);
        } catch (UserInterruptException e) {
            return true;
        } catch (EndOfFileException e) {
            return false;
        }
    }

    private boolean take(String line) {
        carriesOut(Thread.currentThread());
        try {
            return desk.take(line);
        } finally {
            carriesOut(null);
            // A Ctrl-C that came too late is for nothing any more.
            Thread.interrupted();
        }
    }

    private synchronized void carriesOut(Thread entry) {
        busy = entry;
    }

    private synchronized void stop() {
        if (busy == null) return;
        busy.interrupt();
        // The terminal has echoed ^C.
        terminal.writer().println();
        terminal.writer().flush();
    }

    private void tellNews() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                String news = desk.news();
                if (news != null) reader.printAbove(news.stripTrailing());
            }
        } catch (InterruptedException e) {
            // the session is over
        }
    }

    private void complete(LineReader r, ParsedLine line, List<Candidate> out) {
        Typed t = (Typed) line;
        for (Desk.Word w : desk.words(t.before(), t.word()))
            if (w.text().startsWith(t.word())) out.add(new Candidate(w.text(), w.text(), w.group(), w.about(), null, null, w.whole() && !w.group().equals("value")));
    }

    /// The file of past lines: in XDG_STATE_HOME, else in ~/.local/state; null where none can be written.
    public static Path history() {
        try {
            String state = System.getenv("XDG_STATE_HOME");
            String home = System.getenv("HOME");
            Path folder;
            if (state != null && Path.of(state).isAbsolute()) folder = Path.of(state, "nad");
            else if (home != null && !home.isEmpty()) folder = Path.of(home, ".local", "state", "nad");
            else return null;
            Files.createDirectories(folder);
            Path file = folder.resolve("history");
            return Files.isWritable(Files.exists(file) ? file : folder) ? file : null;
        } catch (IOException | InvalidPathException | SecurityException e) {
            return null;
        }
    }
}
