package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Experiments leave their numbers in files of values and pictures.
class ExperimentCommandTest {
    @TempDir
    Path folder;

    private record Told(int status, String out, String err) {}

    private Told run(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("experiment"));
        for (String w : line) all.add(w.startsWith("@") ? folder.resolve(w.substring(1)).toString() : w);
        int status = Main.run(all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Told(status, out.toString(), err.toString());
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void theValuesAreThoseOfTheTable() throws IOException {
        Told told = run("growth", "--p", "8,2", "-o", "@g.csv");
        assertThat(told.out).contains("301", "wrote ").endsWith("g.csv\n");
        assertThat(text("g.csv")).isEqualTo("""
                p,program,backprop,locked,tangents,lexicographic,symbolic_function,symbolic_gradient
                8,21,47,98,301,364,381,17941
                2,3,5,14,13,16,3,10
                """);
        run("sat", "--variables", "2", "-o", "@s.csv");
        assertThat(text("s.csv")).contains("2,4,false,8,\"[[0, 0]]\",\"[1/2, 0]\",false\n");
    }

    @Test
    void eachExperimentHasAPictureOfItsNumbers() throws Exception {
        assertThat(run("growth", "--p", "16,2,4", "-o", "@g.svg", "-o", "@g.png").status).isZero();
        assertThat(run("matmul", "--p", "2,4", "-o", "@m.svg").status).isZero();
        assertThat(run("sat", "--variables", "1,2", "-o", "@s.svg", "--json").out).contains("\"output\":[");
        for (String f : List.of("g.svg", "m.svg", "s.svg")) DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder.resolve(f).toFile());
        assertThat(text("g.svg")).contains("<desc id=\"desc\">Above, the operations of P and of each way", "branch locking", "p = 16: 1245", "p = 2: 4.66667");
        assertThat(text("m.svg")).contains("p = 4: 498").doesNotContain("p = 3");
        assertThat(text("s.svg")).contains("variables = 2: 8", "variables = 2: 3");
        assertThat(Files.readAllBytes(folder.resolve("g.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeAnythingRuns() {
        assertThat(run("growth", "-o", "@g.gif").err).contains("error[bad-option]", "a name that ends with .csv, .svg or .png");
        assertThat(run("growth", "--p", "4,4", "-o", "@g.svg").err).contains("`4` does not fit `--p`, which takes at least two sizes for a picture");
        assertThat(run("sat", "--variables", "1", "-o", "@nowhere/s.csv").err).contains("error[cannot-write]");
    }
}
