package nad.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.core.StaticCost;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.print.Dot;
import nad.print.JsonDump;
import nad.print.Latex;
import nad.print.Printer;
import nad.report.Problem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What NAD prints for the programs in src/test/resources/golden, pinned byte for byte: name.core.txt is P, name.backprop.txt
/// backprop(P), and name.json, name.dot and name.tex are backprop(P) in the other formats.
///
/// `mvn test -Dtest=GoldenTest -Dnad.update=true` writes the files anew: read the difference before you commit it.
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("nad.update");

    @TempDir
    Path scratch;

    static List<String> programs() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".nad")).map(f -> f.substring(0, f.length() - 4)).sorted().toList();
        }
    }

    private static Program source(String name) {
        return elaborated(Checker.read(new DiskFiles(), GOLDEN.resolve(name + ".nad").toString()));
    }

    private static Program parsed(String text) {
        return elaborated(Checker.readText(new DiskFiles(), "printed.nad", text));
    }

    private static Program elaborated(Checker c) {
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(p).as(c.problems().toString()).isNotNull();
        return p;
    }

    private static Program backprop(String name) {
        List<Problem> problems = new ArrayList<>();
        Program b = Backprop.of(source(name), null, problems);
        assertThat(problems).isEmpty();
        return b;
    }

    private static void pinned(String file, String text) throws IOException {
        Path golden = GOLDEN.resolve(file);
        if (UPDATE) Files.writeString(golden, text);
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void printsAreAsPinned(String name) throws IOException {
        Program b = backprop(name);
        pinned(name + ".core.txt", Printer.print(source(name)));
        pinned(name + ".backprop.txt", Printer.print(b));
        pinned(name + ".json", JsonDump.print(b, CostModel.UNIT));
        pinned(name + ".dot", Dot.print(b));
        pinned(name + ".tex", Latex.print(b));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void theTextReadsBackAsTheSameProgram(String name) {
        for (Program p : List.of(source(name), backprop(name))) {
            Program again = parsed(Printer.print(p));
            assertThat(Printer.print(again)).isEqualTo(Printer.print(p));
            assertThat(StaticCost.of(again).byName()).isEqualTo(StaticCost.of(p).byName());
            assertThat(Dot.print(again)).isEqualTo(Dot.print(p));
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void linesArePleasantlyShort(String name) {
        assertThat(Printer.print(backprop(name)).lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(140));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void graphvizDrawsTheGraph(String name) throws Exception {
        Path dot = Files.writeString(scratch.resolve("graph.dot"), Dot.print(backprop(name)));
        assertThat(run("dot", "-Tsvg", "-o", scratch.resolve("graph.svg").toString(), dot.toString())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void latexSetsTheEquations(String name) throws Exception {
        String document = "\\documentclass{article}\\usepackage{amsmath}\\allowdisplaybreaks\\begin{document}\n"
                + Latex.print(backprop(name)) + "\\end{document}\n";
        Files.writeString(scratch.resolve("equations.tex"), document);
        assertThat(run("pdflatex", "-interaction=batchmode", "-halt-on-error", "equations.tex")).doesNotContain("rror");
        assertThat(scratch.resolve("equations.pdf")).exists();
    }

    /// The schema and the dumps name the same keys: nothing is written that it does not describe.
    @ParameterizedTest
    @MethodSource("programs")
    void theSchemaDescribesEveryKey(String name) throws IOException {
        Set<String> described = keys(Files.readString(Path.of("spec/dump.schema.json")));
        Set<String> free = Set.of("sizes", "tally", "select");
        try (JsonParser json = new JsonFactory().createParser(JsonDump.print(backprop(name), CostModel.UNIT))) {
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME) continue;
                assertThat(described).contains(json.currentName());
                String within = json.getParsingContext().getParent().getCurrentName();
                boolean map = free.contains(json.currentName()) || json.currentName().equals("cost") && "over".equals(within);
                if (json.nextToken() == JsonToken.START_OBJECT && map) json.skipChildren();
            }
        }
    }

    private static Set<String> keys(String json) throws IOException {
        Set<String> keys = new HashSet<>();
        try (JsonParser p = new JsonFactory().createParser(json)) {
            while (p.nextToken() != null) if (p.currentToken() == JsonToken.FIELD_NAME) keys.add(p.currentName());
        }
        return keys;
    }

    /// What a program that may be missing writes; the test stands aside where it is.
    private String run(String... command) throws Exception {
        Path log = scratch.resolve("log");
        Process process;
        try {
            process = new ProcessBuilder(command).directory(scratch.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        } catch (IOException missing) {
            assumeTrue(false, command[0] + " is not installed");
            return "";
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return Files.readString(log);
    }
}
