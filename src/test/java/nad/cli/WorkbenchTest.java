package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a session keeps when an entry is stopped or a file changes.
class WorkbenchTest {
    private final StringWriter said = new StringWriter();
    private final Workbench bench = new Workbench(new PrintWriter(said), false);

    @TempDir
    Path folder;

    private String take(String entry) {
        said.getBuffer().setLength(0);
        bench.take(entry);
        return said.toString();
    }

    private String interrupted(String entry) {
        Thread.currentThread().interrupt();
        String answer = take(entry);
        assertThat(Thread.interrupted()).isFalse();
        return answer;
    }

    @Test
    void anInterruptedEntryLeavesTheSessionAsItWas() {
        take("x = 1");
        take("f = x + 1");
        Workbench.State before = bench.state();
        assertThat(interrupted("for i in 1..5000 { f = f * x }")).isEqualTo("interrupted: the session is as it was\n");
        assertThat(interrupted("sum(exp(i * x) for i in 1..10000)")).isEqualTo("interrupted: the session is as it was\n");
        assertThat(bench.state()).isEqualTo(before);
        assertThat(take("f")).isEqualTo("2\n");
    }

    @Test
    void aCommandIsInterruptedLikeAnEntry() {
        take("x = 1");
        assertThat(interrupted(":grad sum(exp(i * x) for i in 1..10000)")).isEqualTo("interrupted: the session is as it was\n");
        assertThat(take(":run x * x")).startsWith("result  1\n");
    }

    @Test
    void aWatchedFileIsReadAgainAndTheLastCommandRepeated() throws Exception {
        Path file = folder.resolve("f.nad");
        write(file, "program f(x) { return x * x }", 1000);
        take(":watch " + file);
        take(":run f --at \"x=3\"");
        assertThat(bench.news()).isNull();
        write(file, "program f(x) { return x * x * x }", 2000);
        assertThat(bench.news()).isEqualTo("read " + file + " again\nresult  27\ncost    2 (unit)\ntally   * 2\n");
        write(file, "program f(x) { return x * }", 3000);
        assertThat(bench.news()).contains("Expected an expression here");
        assertThat(take("f(2)")).isEqualTo("8\n");
    }

    private static void write(Path file, String text, long time) throws Exception {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time));
    }

    @Test
    void aValueThatIsSetAgainMovesWithWhatDependsOnIt() {
        take("a = 1");
        take("b = a + 1");
        take("c = b + 1");
        take("d = c + a");
        assertThat(take("b = 10 * a")).isEqualTo("b = 10\nc = 11\nd = 12\n");
        assertThat(take("e = 5 * a")).isEqualTo("e = 5\n");
        assertThat(take("b = e")).isEqualTo("b = 5\nc = 6\nd = 7\n");
        assertThat(take("a = 2")).isEqualTo("a = 2\ne = 10\nb = 10\nc = 11\nd = 13\n");
    }
}
