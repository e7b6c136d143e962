package nad.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nad.cli.Main;
import nad.documents.Document.Fence;
import nad.report.Problem;
import nad.report.Report;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The pages of `nad explain`: one for each code and none else; each wrong example is told exactly as its page shows, and
/// each mended one is accepted.
///
/// `mvn test -Dtest=ExplanationsTest -Dnad.update=true` writes the messages anew.
class ExplanationsTest {
    private static final Path PAGES = Path.of("spec/diagnostics");

    /// What no page can show: a machine too small.
    private static final Set<String> UNSHOWN = Set.of("out-of-memory");

    /// Files that pages describe and do not show: data, a line of a megabyte, what is no text.
    private static final Map<String, byte[]> DESCRIBED = Map.of("gap.csv", ascii("x\n1\nnan\n"), "whole.csv", ascii("x\n1\n1.5\n"),
            "deep.nad", ascii("program f(x) {\n  return " + "(".repeat(2000) + "x" + ")".repeat(2000) + "\n}\n"),
            "long.nad", ascii("program f(x) {\n  return x" + " + x".repeat(399_999) + "\n}\n"),
            "latin.nad", "# carr\u00e9\nprogram f(x) {\n  return x * x\n}\n".getBytes(StandardCharsets.ISO_8859_1));

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// An infinity in a block comes from a statement that has told of it already; what uses a dead statement is never used.
    private static final Map<String, Set<String>> COMPANIONS = Map.of("zero-times-infinity", Set.of("outside-domain"), "dead-statement", Set.of("unused-value"));

    @Test
    void thereIsAPageForEachCodeAndNoOther() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Problem p : SpecTest.problems(Problem.class, new ArrayList<>())) codes.add(Report.code(p));
        assertThat(codes()).containsExactlyElementsOf(codes);
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(p -> p.getFileName().toString().replace(".md", "")).filter(n -> !n.equals("README"))).containsExactlyInAnyOrderElementsOf(codes);
        }
    }

    @Test
    void everyPageBeginsWithItsCodeAndTheSentenceThatTheListHas() throws IOException {
        Map<?, ?> list = CommandLines.plain(List.of("explain")).text().lines().collect(Collectors.toMap(l -> l.split(" +", 2)[0], l -> l.split(" +", 2)[1]));
        for (String code : codes()) assertThat(Files.readString(PAGES.resolve(code + ".md"))).startsWith("# " + code + "\n\n" + list.get(code) + "\n");
    }

    @Test
    void everyPageSaysInItsFirstLineWhatIsWrong() {
        String list = CommandLines.plain(List.of("explain")).text();
        assertThat(list.lines()).allSatisfy(line -> assertThat(line).matches("[a-z0-9-]+ +[A-Z`].*\\."));
    }

    @Test
    void aCodeMayBeCopiedFromAMessage() {
        assertThat(CommandLines.plain(List.of("explain", "error[unknown-name]"))).isEqualTo(CommandLines.plain(List.of("explain", "unknown-name")));
    }

    @Test
    void onlyWhatCannotBeShownHasNoExample() throws IOException {
        assertThat(examples().stream().map(Example::code)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(UNSHOWN)
                .hasSize(SpecTest.problems(Problem.class, new ArrayList<>()).size() - UNSHOWN.size());
    }

    @TestFactory
    Stream<DynamicTest> everyWrongExampleIsToldAsItsPageShows() throws IOException {
        return examples().stream().map(e -> dynamicTest(e.code, () -> {
            Path folder = folder(e.wrong);
            List<String> line = words(e.told.lines().getFirst().substring(2));
            Told told = run(line, folder);
            List<String> shown = new ArrayList<>(List.of(e.told.lines().getFirst()));
            told.err.lines().forEach(shown::add);
            if (Boolean.getBoolean("nad.update")) update(e.code, shown);
            else assertThat(String.join("\n", e.told.lines())).isEqualTo(String.join("\n", shown));
            List<String> json = new ArrayList<>(line);
            json.add("--json");
            Set<String> codes = new TreeSet<>(COMPANIONS.getOrDefault(e.code, Set.of()));
            codes.add(e.code);
            assertThat(problems(run(json, folder).out)).as(told.err).isEqualTo(codes);
        }));
    }

    private static void update(String code, List<String> shown) throws IOException {
        Document d = new Document(PAGES.resolve(code + ".md"));
        d.replace(d.fences().stream().filter(f -> f.info().equals("console")).findFirst().orElseThrow(), shown);
    }

    @TestFactory
    Stream<DynamicTest> everyMendedExampleIsAccepted() throws IOException {
        return examples().stream().map(e -> dynamicTest(e.code, () -> {
            Told told = run(words(e.command), folder(e.mended));
            assertThat(told.err).isEmpty();
            assertThat(told.status).isZero();
        }));
    }

    // ---- pages as examples

    /// @param wrong  the program with the mistake; empty where the command line alone has it
    /// @param told   the terminal that shows it
    /// @param mended the program without it
    private record Example(String code, String wrong, Fence told, String mended, String command) {}

    private static List<Example> examples() throws IOException {
        List<Example> out = new ArrayList<>();
        for (String code : codes()) {
            List<Fence> fences = new Document(PAGES.resolve(code + ".md")).fences();
            if (fences.isEmpty()) continue;
            int told = fences.getFirst().language().equals("nad") ? 1 : 0;
            String wrong = told == 0 ? "" : fences.getFirst().text();
            String mended = fences.size() == told + 3 ? fences.get(told + 1).text() : wrong;
            assertThat(fences.get(told).info()).as(code).isEqualTo("console");
            assertThat(fences.getLast().info()).as(code).isEqualTo("sh");
            out.add(new Example(code, wrong, fences.get(told), mended, fences.getLast().lines().getFirst()));
        }
        return out;
    }

    private static List<String> codes() {
        return codes(CommandLines.json(List.of("explain")).tree(), "codes");
    }

    private static Path folder(String program) throws IOException {
        Path folder = Files.createTempDirectory("nad-explain");
        Files.writeString(folder.resolve("f.nad"), program);
        for (Map.Entry<String, byte[]> f : DESCRIBED.entrySet()) Files.write(folder.resolve(f.getKey()), f.getValue());
        return folder;
    }

    /// The words of a command line behind `nad`, as a shell reads them.
    private static List<String> words(String line) {
        List<String> out = new ArrayList<>();
        var m = java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line.substring(4));
        while (m.find()) out.add(m.group(1) != null ? m.group(1) : m.group(2));
        return out;
    }

    private record Told(int status, String out, String err) {}

    private static Told run(List<String> line, Path folder) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] there = line.stream().map(w -> w.matches("\\w+\\.(nad|csv)|\\w+/\\w+\\.nad") ? folder.resolve(w).toString() : w).toArray(String[]::new);
        int status = Main.run(there, new PrintWriter(out), new PrintWriter(err, true));
        return new Told(status, out.toString().replace(folder + "/", ""), err.toString().replace(folder + "/", ""));
    }

    // ---- answers as sets

    private static List<String> codes(Object answer, String key) {
        return ((List<?>) ((Map<?, ?>) answer).get(key)).stream().map(Object::toString).toList();
    }

    /// The codes of the errors and warnings of an answer.
    private static Set<String> problems(String json) {
        Map<?, ?> answer = (Map<?, ?>) JsonTree.read(json);
        Set<String> out = new TreeSet<>();
        for (String key : List.of("problems", "warnings"))
            if (answer.get(key) instanceof List<?> l) for (Object p : l) out.add(((Map<?, ?>) p).get("code").toString());
        return out;
    }
}
