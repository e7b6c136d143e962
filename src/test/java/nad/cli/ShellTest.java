package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import nad.data.DiskFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What NAD gives to other programs of the system: completion to shells, a page to man.
class ShellTest {
    @TempDir
    Path folder;

    private static String said(String... line) {
        StringWriter out = new StringWriter();
        assertThat(Main.line(new DiskFiles()).setOut(new PrintWriter(out)).execute(line)).isZero();
        return out.toString();
    }

    /// What bash offers for the last word of a command line. (compopt, which has a say only under the reader's fingers, is not heard.)
    private List<String> offered(String... words) throws Exception {
        Path script = Files.writeString(folder.resolve("nad_completion"), said("completion", "bash"));
        return List.of(run("bash", "--norc", "-c", "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD=" + (words.length - 1)
                + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; _complete_nad 2>&-; echo \"${COMPREPLY[@]}\"").strip().split("\\s+"));
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws Exception {
        assertThat(offered("nad", "ver")).containsExactly("verify");
        assertThat(offered("nad", "grad", "--arith")).containsExactly("--arithmetic");
        assertThat(offered("nad", "grad", "--convention", "py")).containsExactly("pytorch");
        assertThat(offered("nad", "backprop", "--format", "h")).containsExactly("html");
    }

    @Test
    void zshReadsTheScript() throws Exception {
        Path script = Files.writeString(folder.resolve("nad_completion"), said("completion", "zsh"));
        assertThat(run("zsh", "-f", "-c", "autoload -U +X compinit && compinit -u -d " + folder.resolve("dump") + "; source " + script + " && echo read")).endsWith("read\n");
    }

    @Test
    void theManualPageTellsOfEveryCommandAndEveryOption() {
        String page = said("man");
        assertThat(page).startsWith(".TH \"NAD\" \"1\"");
        for (CommandLine c : Main.line(new DiskFiles()).getSubcommands().values()) {
            if (c.getCommandSpec().usageMessage().hidden()) continue;
            assertThat(page).contains(".SS \"nad " + c.getCommandName() + "\"");
            c.getCommandSpec().options().forEach(o -> assertThat(page).contains("\\fB" + o.longestName().replace("-", "\\-") + "\\fR"));
        }
    }

    @Test
    void manSetsThePageWithoutAWarning() throws Exception {
        Path page = Files.writeString(folder.resolve("nad.1"), said("man"));
        assertThat(run("env", "LC_ALL=C.UTF-8", "MANROFFSEQ=", "MANWIDTH=90", "man", "--warnings", "-l", page.toString())).contains("nad verify", "EXIT STATUS").doesNotContainPattern(":\\d+: warning");
    }

    /// The launcher with a JDK that is a shell script.
    @Test
    void theLauncherDropsTheLineOnTheVectorModuleAndNothingElse() throws Exception {
        Path nad = Files.copy(Path.of("nad"), folder.resolve("nad"));
        Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.createDirectories(folder.resolve("target/lib"));
        Files.writeString(folder.resolve("target/nad.jar"), "");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
        String script = "#!/bin/sh\necho 'WARNING: Using incubator modules: jdk.incubator.vector' >&2\necho 'WARNING: another' >&2\n"
                + "case $* in *-Dnad.stderr=3*) echo restored >&3 ;; esac\necho answer\nexit 7\n";
        for (String name : List.of("java", "javac")) {
            Path program = Files.writeString(bin.resolve(name), script);
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder b = new ProcessBuilder("sh", nad.toString(), "bench").redirectError(folder.resolve("err").toFile());
        b.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        Process p = b.start();
        String out = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(p.exitValue()).isEqualTo(7);
        assertThat(out).isEqualTo("answer\n");
        awaitLines(folder.resolve("err"), 2);
        assertThat(Files.readAllLines(folder.resolve("err"))).containsExactlyInAnyOrder("restored", "WARNING: another");
    }

    /// The reader of standard error may end a moment after the program.
    private static void awaitLines(Path file, int lines) throws Exception {
        for (int k = 0; k < 200 && Files.readAllLines(file).size() < lines; k++) Thread.sleep(10);
    }

    /// What a program writes that may be missing; the test stands aside where it is.
    private String run(String... command) throws Exception {
        Path out = folder.resolve("out");
        Process p = null;
        try {
            p = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        } catch (IOException missing) {
            assumeTrue(false, command[0] + " is not installed");
        }
        assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(out);
        assumeTrue(p.exitValue() != 127, text);
        return text;
    }
}
