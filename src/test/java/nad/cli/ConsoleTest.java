package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nad.repl.Console;
import nad.repl.Desk;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The prompt at a terminal: JLine's own line discipline on pipes, keys in, screen out.
@Timeout(60)
class ConsoleTest {
    private static final String TAB = "\t";
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    /// What Up does too, whatever the terminal sends for it.
    private static final String CTRL_P = "\u0010";

    @TempDir
    Path scratch;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private LineDisciplineTerminal terminal;
    private Thread console;

    @BeforeEach
    void open() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", screen, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(100, 40));
    }

    @AfterEach
    void close() throws Exception {
        type(CTRL_C);
        type(CTRL_D);
        console.join(20_000);
        terminal.close();
        assertThat(console.isAlive()).isFalse();
    }

    private void start(Desk desk, boolean colored) {
        console = Thread.ofPlatform().daemon().start(() -> new Console(terminal, desk, scratch.resolve("history"), colored).run());
        shows("nad>");
    }

    private void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    /// What is on the screen, without the terminal's commands.
    private String screen() {
        return screen.toString(StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;?]*[a-zA-Z]|\u001b[=>]|\r", "");
    }

    private void shows(String text) {
        try {
            for (int k = 0; k < 4000 && !screen().contains(text); k++) Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(screen()).contains(text);
    }

    @Test
    void wordsAreCompletedWithTab() throws IOException {
        start(new Workbench(terminal.writer(), false), false);
        type("width = 3\r");
        shows("width = 3\nwidth = 3");
        type("log_so" + TAB + "[wid" + TAB + ", width])[1]\r");
        shows("log_softmax([width, width])[1]");
        shows("-0.693147180559945");
        type(":conv" + TAB + "pyt" + TAB + "\r");
        shows("convention pytorch");
        type(":explain unknown-na" + TAB + "\r");
        shows("# unknown-name");
    }

    @Test
    void filesAreCompletedBehindLoad() throws IOException {
        Files.writeString(scratch.resolve("single.nad"), "program single(x) { return x * x }");
        start(new Workbench(terminal.writer(), false), false);
        type(":load " + scratch + "/si" + TAB + "\r");
        shows("program single(x)");
    }

    @Test
    void dumpsAreCompletedBehindVerifyAndDataBehindInputs() throws IOException {
        start(new Workbench(terminal.writer(), false), false);
        Files.writeString(scratch.resolve("square.nad"), "program square(x) {\n  f = x * x\n  f_bar = 1\n  adjoint f { x_bar = f_bar * x; x_bar += x * f_bar }\n  return f, x_bar\n}\n");
        Files.writeString(scratch.resolve("values.csv"), "a\n7\n");
        type("x = 3\rf = x * x\r");
        shows("f = 9");
        type(":set inputs " + scratch + "/va" + TAB + "\r:set inputs\r");
        shows("inputs " + scratch + "/values.csv");
        type(":verify f " + scratch + "/sq" + TAB + "\r");
        shows("verify f " + scratch + "/square.nad");
    }

    /// What is left on the screen has no cursor whose bracket could stand out.
    @Test
    void bracketsStandOutOnlyWhileTheyAreTyped() throws IOException {
        start(new Workbench(terminal.writer(), true), true);
        type("(31)");
        shows("(31)");
        screen.reset();
        type("\r");
        shows("31\n");
        assertThat(screen.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b[1;4m", "\u001b[4;1m").contains("(");
    }

    @Test
    void aLineGoesOnWhileABracketIsOpen() throws IOException {
        start(new Workbench(terminal.writer(), false), false);
        type("program sq(α) {\rβ = α * α\rreturn β\r}\rsq(12)\r");
        shows("144");
    }

    @Test
    void ctrlCDropsTheLine() throws IOException {
        start(new Workbench(terminal.writer(), false), false);
        type("x = (3" + CTRL_C);
        type("7 * 11\r");
        shows("\n77");
    }

    @Test
    void ctrlCStopsWhatRunsAndTheSessionGoesOn() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        start(new Desk() {
            @Override
            public boolean take(String entry) {
                if (!entry.equals("long")) return say(entry + " is done");
                running.countDown();
                try {
                    Thread.sleep(50_000);
                } catch (InterruptedException e) {
                    stopped.countDown();
                }
                return true;
            }

            private boolean say(String what) {
                terminal.writer().println(what);
                return true;
            }

            @Override
            public List<Word> words(String line, String word) {
                return List.of();
            }

            @Override
            public String news() {
                return null;
            }
        }, false);
        type("long\r");
        assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
        type(CTRL_C);
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
        type("short\r");
        shows("short is done");
    }

    @Test
    void linesAreKeptForTheNextSession() throws Exception {
        start(new Workbench(terminal.writer(), false), false);
        type("3 * 41\r");
        shows("123");
        close();
        screen.reset();
        open();
        start(new Workbench(terminal.writer(), false), false);
        type(CTRL_P + "\r");
        shows("123");
    }

    @Test
    void wordsHaveColours() throws IOException {
        start(new Workbench(terminal.writer(), true), true);
        type("x = 31\r");
        shows("x = 31\n");
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("\u001b[34m3");
    }
}
