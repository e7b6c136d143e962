package nad.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nad.check.Checker;
import nad.data.DiskFiles;
import nad.documents.Document.Fence;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Span;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// README.md and spec/ say what is so: their programs check, their terminals show what the commands write, their tables are
/// those of the code, their labels and names stand in it.
///
/// `mvn test -Dtest=SpecTest -Dnad.update=true` writes terminals and tables anew: read the difference before you commit it.
class SpecTest {
    private static final boolean UPDATE = Boolean.getBoolean("nad.update");
    private static final Pattern LABEL = Pattern.compile("\\[([a-z]+-[a-z0-9-]+|omega)\\](?!\\()");

    /// A block `nad` is a file that checks; headed by a comment `# file: name.nad` it is one that later terminals may use;
    /// marked `nad mistake` it is one that has errors. A block `java` is headed by `// file: Name.java`, for a terminal to run.
    @TestFactory
    Stream<DynamicContainer> everyExampleDoesWhatItsDocumentSays() throws IOException {
        return Document.all().stream().map(d -> DynamicContainer.dynamicContainer(d.path.toString(), examples(d)));
    }

    private static List<DynamicTest> examples(Document d) {
        try {
            Session session = new Session(Files.createTempDirectory("nad-document"));
            List<DynamicTest> out = new ArrayList<>();
            List<Fence> fences = d.fences();
            for (int k = 0; k < fences.size(); k++) {
                Fence f = fences.get(k);
                int number = k;
                if (f.language().equals("nad")) out.add(DynamicTest.dynamicTest("line " + f.line() + ": a program", () -> program(f, session)));
                if (f.language().equals("java")) out.add(DynamicTest.dynamicTest("line " + f.line() + ": a class", () -> session.write(f.lines().getFirst().substring(9), f.text())));
                if (f.language().equals("console")) out.add(DynamicTest.dynamicTest("line " + f.line() + ": a terminal", () -> terminal(d, number, session)));
            }
            return out;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void program(Fence f, Session session) throws IOException {
        if (f.lines().getFirst().startsWith("# file: ")) session.write(f.lines().getFirst().substring(8), f.text());
        Checker c = Checker.readText(new DiskFiles(), "example.nad", f.text());
        for (String name : c.programs()) c.elaborate(name, Checker.Options.STANDARD);
        assertThat(c.failed()).as(Report.text(c.problems(), false)).isEqualTo(f.info().equals("nad mistake"));
    }

    private static void terminal(Document d, int number, Session session) throws IOException {
        Fence f = d.fences().get(number);
        List<String> shown = session.replay(f.lines());
        if (UPDATE) d.replace(f, shown);
        else assertThat(String.join("\n", f.lines())).isEqualTo(String.join("\n", shown));
    }

    @Test
    void theTablesOfTheDictionaryAreThoseOfTheCode() throws IOException {
        Document d = new Document(Path.of("spec/3-dictionary.md"));
        String table = CommandLines.plain(List.of("dictionary", "--format", "markdown")).text();
        if (UPDATE) d.replaceBetween("dictionary", table);
        assertThat(d.between("dictionary")).isEqualTo(table);
    }

    @Test
    void theListOfProblemsIsThatOfTheCode() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Problem p : problems(Problem.class, new ArrayList<>())) codes.add((p.isWarning() ? "warning " : "error ") + Report.code(p));
        String list = new Document(Path.of("spec/8-diagnostics.md")).between("problems");
        List<String> said = Pattern.compile("(?m)^\\| \\[`([a-z0-9-]+)`\\]\\(diagnostics/\\1\\.md\\) \\| (error|warning) \\| .+ \\|$").matcher(list).results()
                .map((MatchResult m) -> m.group(2) + " " + m.group(1)).toList();
        assertThat(said).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(codes);
    }

    /// One problem of each kind, about nothing.
    static List<Problem> problems(Class<?> kind, List<Problem> out) {
        for (Class<?> c : kind.getPermittedSubclasses()) {
            if (c.isSealed()) {
                problems(c, out);
                continue;
            }
            try {
                RecordComponent[] parts = c.getRecordComponents();
                Object[] values = new Object[parts.length];
                Class<?>[] types = new Class<?>[parts.length];
                for (int k = 0; k < parts.length; k++) {
                    types[k] = parts[k].getType();
                    values[k] = types[k] == Span.class ? Span.NONE : types[k] == Problem.class ? new Problem.EmptyList(Span.NONE) : types[k] == Problem.Warning.class ? new Problem.DeadStatement(Span.NONE, "x")
                            : types[k] == List.class ? List.of("x") : types[k] == int.class ? (Object) 1
                            : types[k] == long.class ? (Object) 1L : "x";
                }
                var constructor = c.getDeclaredConstructor(types);
                constructor.setAccessible(true);
                out.add((Problem) constructor.newInstance(values));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return out;
    }

    @Test
    void labelsOfTheSpecificationAreThoseOfTheCode() throws IOException {
        Set<String> inCode = new TreeSet<>();
        for (Path p : files("src/main/java", ".java"))
            for (String line : Files.readAllLines(p))
                if (line.strip().startsWith("/// ")) labels(line, inCode);
        Set<String> inSpec = new TreeSet<>();
        for (Document d : Document.all()) if (d.path.startsWith("spec")) for (String line : prose(d)) labels(line, inSpec);
        assertThat(inSpec).isEqualTo(inCode);
    }

    private static List<String> prose(Document d) {
        String text = d.text();
        for (Fence f : d.fences()) text = text.replace(f.text(), "");
        return text.lines().toList();
    }

    private static void labels(String line, Set<String> into) {
        LABEL.matcher(line).results().forEach(m -> into.add(m.group(1)));
    }

    @Test
    void whatIsNamedInTheDocumentsIsThere() throws IOException {
        Pattern packages = Pattern.compile("\\bnad\\.([a-z]+)(?:\\.([A-Z]\\w+))?");
        Pattern link = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
        for (Document d : Document.all())
            for (String line : prose(d)) {
                packages.matcher(line).results().forEach(m -> {
                    String path = "java/nad/" + m.group(1) + (m.group(2) == null ? "" : "/" + m.group(2) + ".java");
                    assertThat(Files.exists(Path.of("src/main", path)) || Files.exists(Path.of("src/test", path))).as(d.path + " names " + m.group()).isTrue();
                });
                link.matcher(line).results().forEach(m -> assertThat(d.path.toAbsolutePath().resolveSibling(m.group(1))).as(d.path.toString()).exists());
            }
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(p -> p.toString().endsWith(ending)).toList();
        }
    }
}
