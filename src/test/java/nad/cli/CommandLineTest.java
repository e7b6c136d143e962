package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import nad.check.Files;
import nad.data.DiskFiles;
import nad.report.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// The command line as scripts and people meet it: statuses, files, standard input, help, slips of the hand.
class CommandLineTest {
    private static final String SQUARE = "program f(x) {\n  return x * x\n}\n";

    @TempDir
    Path folder;

    record Told(int status, String out, String err) {}

    private static Told run(Files files, String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.line(files).setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true)).execute(line);
        return new Told(status, out.toString(), err.toString());
    }

    private static Told run(String... line) {
        return run(new DiskFiles(), line);
    }

    private static Told given(String text, String... line) {
        return run(new DiskFiles(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))), line);
    }

    private String file(String name, String text) throws Exception {
        return java.nio.file.Files.writeString(folder.resolve(name), text).toString();
    }

    private String dump(String name, String from, String to) throws Exception {
        String text = run("backprop", file("f.nad", SQUARE)).out;
        assertThat(text).contains(from);
        return file(name, text.replace(from, to));
    }

    // ---- help

    @Test
    void everySampleThatHelpNamesIsThere() {
        for (CommandLine c : Main.line(new DiskFiles()).getSubcommands().values()) {
            Matcher named = Pattern.compile("samples/\\w+\\.nad").matcher(String.join("\n", c.getCommandSpec().usageMessage().footer()));
            while (named.find()) assertThat(Path.of(named.group())).as(c.getCommandName()).exists();
        }
    }

    @Test
    void theFirstLineOfACommandsHelpIsAWholeSentenceForTheListIsMadeOfThem() {
        for (String group : List.of("", "experiment")) {
            CommandLine line = Main.line(new DiskFiles());
            if (!group.isEmpty()) line = line.getSubcommands().get(group);
            line.getSubcommands().values().forEach(c -> assertThat(c.getCommandSpec().usageMessage().description()[0]).as(c.getCommandName()).endsWith("."));
        }
    }

    // ---- what is said of an answer

    @Test
    void whatIsNotFiniteIsCalledNoSubgradient() throws Exception {
        String root = file("root.nad", "program root(x) {\n  return sqrt(abs(x))\n}\n");
        assertThat(run("lexi", root, "--at", "x=0").out).contains("no subgradient: it is not finite, as `root` is not locally Lipschitz here").doesNotContain("an element of");
        assertThat(run("lexi", root, "--at", "x=4").out).contains("a lexicographic subgradient");
        Told clarke = run("clarke", root, "--at", "x=0");
        assertThat(clarke.status).isZero();
        assertThat(clarke.out).contains("unqualified: it is not finite");
    }

    @Test
    void aFormatThatIsNoneIsToldWithThoseThatAre() throws Exception {
        String f = file("f.nad", SQUARE);
        for (String command : List.of("backprop", "forprop"))
            assertThat(run(command, f, "--format", "pdf").err).contains("which takes nad, json, dot, latex, slp, html.");
    }

    // ---- exit statuses

    /// A disk that fails in a way that no code foresees.
    private static final class Failing implements Files {
        @Override
        public String read(String path, Span asked) {
            throw new IllegalStateException("the disk is on fire");
        }

        @Override
        public String resolve(String base, String relative) {
            return relative;
        }

        @Override
        public String identity(String path) {
            return path;
        }
    }

    @Test
    void whatIsDoneIsZero() throws Exception {
        assertThat(run("verify", file("f.nad", SQUARE)).status).isZero();
    }

    @Test
    void theAnswerNoIsOne() throws Exception {
        Told told = run("verify", file("f.nad", SQUARE), dump("dump.nad", "x_bar += x", "x_bar -= x"));
        assertThat(told.status).isEqualTo(1);
        assertThat(told.out).contains("WITHIN THE COST, BUT NOT AN INSTANCE OF THE RULES");
    }

    @Test
    void badInputIsTwo() throws Exception {
        assertThat(run("check", "nowhere.nad").status).isEqualTo(2);
        assertThat(run("check", file("f.nad", SQUARE), "--nonsense").status).isEqualTo(2);
        assertThat(run("chek").status).isEqualTo(2);
    }

    @Test
    void aFaultOfNadIsThreeAndSaysWhereItWas() {
        Told told = run(new Failing(), "check", "f.nad");
        assertThat(told.status).isEqualTo(3);
        assertThat(told.out).isEmpty();
        assertThat(told.err).isEqualTo("nad: a fault of NAD itself, while reading f.nad (IllegalStateException). Please report it with the input that led to it;"
                + " --trace shows where it happened." + System.lineSeparator());
    }

    @Test
    void aTraceIsPrintedOnlyWhereItIsAskedFor() {
        assertThat(run(new Failing(), "check", "f.nad", "--trace").err).contains("the disk is on fire", "\tat nad.");
    }

    // ---- files

    @Test
    void standardInputIsAFile() {
        assertThat(given(SQUARE, "check", "-").out).contains("program      f");
        assertThat(given(SQUARE, "run", "-", "--at", "x=3", "--json").out).contains("\"result\":9.0");
        assertThat(given("program f(x) {\n  return y\n}\n", "check", "-").err).contains(" --> -:2:10");
    }

    @Test
    void standardInputIsReadOnce() throws Exception {
        String dump = run("backprop", file("f.nad", SQUARE)).out;
        assertThat(given(dump, "verify", folder.resolve("f.nad").toString(), "-").status).isZero();
        assertThat(given(SQUARE, "verify", "-", "-").status).isEqualTo(1);
    }

    @Test
    void badBytesOnStandardInputAreTold() {
        Told told = run(new DiskFiles(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff})), "check", "-", "--json");
        assertThat(told.status).isEqualTo(2);
        assertThat(told.out).contains("not-utf-8");
    }

    @Test
    void severalFilesGetOneAnswerEachAndTheWorstStatus() throws Exception {
        String good = file("good.nad", SQUARE);
        String bad = file("bad.nad", "program f(x) {\n  return y\n}\n");
        Told told = run("check", good, bad, good);
        assertThat(told.status).isEqualTo(2);
        assertThat(told.out.split("==> ")).hasSize(4);
        assertThat(told.out).contains("==> " + bad + " <==");
        assertThat(told.err).containsOnlyOnce("error[unknown-name]");
        assertThat(run("check", good, good).status).isZero();
    }

    @Test
    void severalAnswersInJsonAreOneObjectALine() throws Exception {
        String good = file("good.nad", SQUARE);
        Told told = run("check", good, "nowhere.nad", "--json");
        assertThat(told.status).isEqualTo(2);
        assertThat(told.err).isEmpty();
        assertThat(told.out.lines()).hasSize(2).first().asString().startsWith("{\"file\":\"" + good + "\",\"program\":\"f\"");
        assertThat(told.out.lines()).last().asString().startsWith("{\"file\":\"nowhere.nad\",\"problems\":");
    }

    @Test
    void verifyNeverGuessesWhetherASecondFileIsADump() throws Exception {
        String f = file("f.nad", SQUARE);
        assertThat(run("verify", f, f).status).isEqualTo(1);
        assertThat(run("verify", "--each", f, f).status).isZero();
        assertThat(run("verify", f, f, f).err).contains("error[superfluous-argument]");
        assertThat(run("verify", "--each", f, "nowhere.nad").status).isEqualTo(2);
    }

    // ---- reports

    @Test
    void aReportIsWrittenBesideTheAnswer() throws Exception {
        Path report = folder.resolve("report.html");
        Told told = run("verify", file("f.nad", "program f(x) {\n  return relu(x)\n}\n"), "-o", report.toString(), "--at", "x=0");
        assertThat(told.status).isZero();
        assertThat(told.out).contains("HOLDS");
        assertThat(java.nio.file.Files.readString(report)).startsWith("<!DOCTYPE html>").contains("The bound holds", "◆ kink: relu at 0 selects 0, Clarke set [0, 1]", "gradient x");
    }

    @Test
    void aBrokenDumpGetsAReportToo() throws Exception {
        Path report = folder.resolve("report.html");
        assertThat(run("verify", file("f.nad", SQUARE), dump("dump.nad", "x_bar += x", "x_bar -= x"), "-o", report.toString()).status).isEqualTo(1);
        assertThat(java.nio.file.Files.readString(report)).contains("✗ Within the cost, but not an instance of the rules", "✗ the proof fails here");
    }

    @Test
    void theTransformationIsPrintedAsAPage() throws Exception {
        assertThat(run("backprop", file("f.nad", SQUARE), "--format", "html").out).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(run("forprop", file("f.nad", SQUARE), "--format", "html").out).startsWith("<!DOCTYPE html>").contains("jvp(f)").endsWith("</html>\n");
        assertThat(run("forprop", file("f.nad", SQUARE), "--format", "htm").err).contains("error[bad-option]", "html");
    }

    @Test
    void aPointWithoutAReportIsNotLost() throws Exception {
        assertThat(run("verify", file("f.nad", SQUARE), "--at", "x=0").err).contains("error[missing-argument]", "-o REPORT");
        assertThat(run("verify", file("f.nad", SQUARE), "--each", "-o", "r.html").err).contains("error[bad-option]");
        assertThat(run("verify", file("f.nad", SQUARE), "--symbolic", "-o", "r.html").err).contains("error[bad-option]");
    }

    // ---- slips of the hand

    @Test
    void aNearCommandOptionOrValueIsNamed() throws Exception {
        String f = file("f.nad", SQUARE);
        assertThat(run("verfy", f).err).contains("did you mean `verify`?");
        assertThat(run("help", "verfy").err).contains("did you mean `verify`?");
        assertThat(run("verify", f, "--quite").err).contains("perhaps `--quiet` is meant");
        assertThat(run("run", f, "--at", "x=1", "--arithmetic", "flaot64").err).contains("did you mean `float64`?");
        assertThat(run("backprop", f, "--format", "latx").err).contains("did you mean `latex`?");
        assertThat(run("grad", f, "--at", "x=1", "--convention", "pytorhc").err).contains("did you mean `pytorch`?");
        assertThat(run("check", f, "--color", "alwys").err).contains("did you mean `always`?");
        assertThat(run("completion", "bsh").err).contains("did you mean `bash`?");
        assertThat(run("explain", "unknown-nam").err).contains("did you mean `unknown-name`?");
    }

    @Test
    void theVersionIsTold() {
        assertThat(run("--version").out).matches("nad \\d+\\.\\d+\\.\\d+\\R");
    }

    // ---- help

    static List<CommandLine> commands() {
        return List.copyOf(Main.line(new DiskFiles()).getSubcommands().values());
    }

    private static List<String> examples(CommandLine c) {
        List<String> out = new ArrayList<>();
        for (String line : c.getCommandSpec().usageMessage().footer())
            Pattern.compile("\\bnad ([a-z]+[^|&<>)]*)").matcher(line.replaceFirst("  +\\(.*|    in .*", "")).results().forEach(m -> out.add(m.group(1).strip()));
        return out;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasExamplesThatAreItsOwn(CommandLine c) {
        if (c.getCommandSpec().usageMessage().hidden()) return;
        List<String> examples = examples(c);
        assertThat(examples).as(c.getCommandName()).isNotEmpty();
        for (String example : examples) {
            List<String> words = new ArrayList<>();
            Matcher m = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(example);
            while (m.find()) words.add(m.group(1) != null ? m.group(1) : m.group(2));
            assertThat(words.getFirst()).as(example).isEqualTo(c.getCommandName());
            Main.line(new DiskFiles()).parseArgs(words.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsTheSameFromBothSides(CommandLine c) {
        assertThat(run("help", c.getCommandName()).out).isEqualTo(run(c.getCommandName(), "--help").out).contains("Usage: nad " + c.getCommandName());
    }

    @Test
    void colourIsAskedForOrFitsTheTerminal() {
        assertThat(NadCommand.colored("auto", true, Map.of())).isTrue();
        assertThat(NadCommand.colored("auto", false, Map.of())).isFalse();
        assertThat(NadCommand.colored("auto", true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(NadCommand.colored("auto", true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(NadCommand.colored("always", false, Map.of("NO_COLOR", "1"))).isTrue();
        assertThat(NadCommand.colored("never", true, Map.of())).isFalse();
        assertThat(run("check", "nowhere.nad", "--color", "always").err).contains("\u001b[");
        assertThat(run("check", "nowhere.nad").err).doesNotContain("\u001b");
    }

    // ---- data on standard input

    @Test
    void dataOnStandardInputIsReadAsItBegins() throws Exception {
        String sum = file("sum.nad", "program f(v: real[2, 2]) {\n  return sum(v)\n}\n");
        assertThat(given("{\"v\": [[1, 2], [3, 4]]}", "run", sum, "--inputs", "-").out).startsWith("result  10\n");
        assertThat(given(" [[1, 2], [3, 5]]", "run", sum, "--inputs", "v=-").out).startsWith("result  11\n");
        assertThat(given("1,2\n3,6\n", "run", sum, "--inputs", "-").out).startsWith("result  12\n");
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 7};
        assertThat(run(new DiskFiles(new ByteArrayInputStream(idx)), "run", sum, "--inputs", "-").out).startsWith("result  13\n");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gz = new GZIPOutputStream(packed)) {
            gz.write("1,2\n3,8\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(run(new DiskFiles(new ByteArrayInputStream(packed.toByteArray())), "run", sum, "--inputs", "-").out).startsWith("result  14\n");
    }

    @Test
    void standardInputIsTheProgramOrTheData() {
        Told told = given(SQUARE, "run", "-", "--inputs", "-");
        assertThat(told.status).isEqualTo(2);
        assertThat(told.err).contains("error[bad-input]: Standard input cannot be used: nothing stands on it, or what stood there was the program.");
    }

    @Test
    void aMistakeOnStandardInputHasItsPlace() throws Exception {
        assertThat(given("{\"x\": [1, }", "run", file("f.nad", SQUARE), "--inputs", "-").err).contains(" --> standard input:1:");
    }
}
