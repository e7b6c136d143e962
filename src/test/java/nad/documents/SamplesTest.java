package nad.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nad.check.Checker;
import nad.data.DiskFiles;
import nad.documents.CommandLines.Answer;
import nad.print.Printer;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The samples, each held to what its own `# expect` lines say, and all of them to what holds for every program.
class SamplesTest {
    private static final Path FOLDER = Path.of("samples");

    @TempDir
    static Path dumps;

    @TestFactory
    Stream<DynamicContainer> everySampleDoesWhatItSays() throws IOException {
        return samples().map(file -> {
            List<DynamicTest> tests = new ArrayList<>();
            List<Expectation> expected = expectations(file);
            tests.add(DynamicTest.dynamicTest("states an expectation", () -> assertThat(expected).isNotEmpty()));
            for (Expectation e : expected)
                tests.add(DynamicTest.dynamicTest(e.name(), () -> assertThat(e.differences(file)).as(e.text()).isEmpty()));
            return DynamicContainer.dynamicContainer(file.getFileName().toString(), tests);
        });
    }

    @TestFactory
    Stream<DynamicContainer> everySampleObeysTheLawsOfAllPrograms() throws IOException {
        return samples().map(file -> DynamicContainer.dynamicContainer(file.getFileName().toString(), List.of(
                DynamicTest.dynamicTest("has the warnings that it expects and no other", () -> warnings(file)),
                DynamicTest.dynamicTest("keeps the bound under unit prices", () -> bound(file, "unit")),
                DynamicTest.dynamicTest("keeps the bound where only products cost", () -> bound(file, "multiplicative")),
                DynamicTest.dynamicTest("keeps the bound under weighted prices", () -> bound(file, "weighted")),
                DynamicTest.dynamicTest("costs the same counted in the text, by the run and by the certificate", () -> costs(file)),
                DynamicTest.dynamicTest("has a dump that is certified, reads back as itself and computes the same bits", () -> dump(file)))));
    }

    @Test
    void theTableOfTheReadmeListsEverySample() throws IOException {
        List<String> rows = Pattern.compile("(?m)^\\| \\[([a-z0-9_]+\\.nad)\\]\\(\\1\\) \\| .+ \\|$").matcher(Files.readString(FOLDER.resolve("README.md")))
                .results().map((MatchResult m) -> m.group(1)).toList();
        assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(samples().map(f -> f.getFileName().toString()).toList());
    }

    private static void warnings(Path file) {
        Map<?, ?> answer = object(CommandLines.json(List.of("check", file.toString())));
        List<Object> codes = ((List<?>) answer.get("warnings")).stream().map(w -> (Object) ((Map<?, ?>) w).get("code")).toList();
        assertThat(codes).as("%s", answer.get("warnings")).isEqualTo(Expectation.warnings(expectations(file)));
    }

    private static void bound(Path file, String prices) {
        Map<?, ?> answer = object(CommandLines.json(List.of("verify", file.toString(), "--cost-model", prices)));
        assertThat(answer.get("verdict")).as("%s", answer.get("reason")).isEqualTo("holds");
    }

    private static void costs(Path file) {
        Map<?, ?> text = object(CommandLines.json(List.of("cost", file.toString())));
        List<Object> counted = Stream.of("program", "backprop").map(q -> (Object) ((Map<?, ?>) text.get(q)).get("cost")).toList();
        for (List<String> line : List.of(List.of("grad", file.toString(), "--random", "2"), List.of("verify", file.toString()))) {
            Map<?, ?> cost = (Map<?, ?>) object(CommandLines.json(line)).get("cost");
            assertThat(List.of(cost.get("program"), cost.get("backprop"))).as(line.getFirst()).isEqualTo(counted);
        }
    }

    private static void dump(Path file) throws IOException {
        String dump = dumps.resolve(file.getFileName()).toString();
        assertThat(CommandLines.plain(List.of("backprop", file.toString(), "-o", dump)).status()).isZero();
        assertThat(Printer.print(Checker.read(new DiskFiles(), dump).elaborate(null, Checker.Options.STANDARD))).isEqualTo(withoutComment(Files.readString(Path.of(dump))));
        assertThat(object(CommandLines.json(List.of("verify", file.toString(), dump))).get("verdict")).isEqualTo("holds");
        Map<?, ?> here = object(CommandLines.json(List.of("grad", file.toString(), "--random", "1")));
        Map<?, ?> there = object(CommandLines.json(List.of("run", dump, "--random", "1")));
        assertThat(there.get("result")).isEqualTo(results(file, here));
    }

    private static String withoutComment(String dump) {
        return dump.substring(dump.indexOf('\n') + 1);
    }

    /// The program's own results and its gradients as one list: the results of the dump.
    private static List<Object> results(Path file, Map<?, ?> grad) {
        List<?> shapes = (List<?>) object(CommandLines.json(List.of("check", file.toString()))).get("results");
        List<Object> out = new ArrayList<>();
        if (shapes.size() > 1) out.addAll((List<?>) grad.get("result"));
        else out.add(grad.get("result"));
        out.addAll(((Map<?, ?>) grad.get("gradient")).values());
        return out;
    }

    private static Map<?, ?> object(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isZero();
        return (Map<?, ?>) answer.tree();
    }

    private static List<Expectation> expectations(Path file) {
        try {
            return Expectation.of(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".nad")).sorted().toList().stream();
        }
    }
}
