package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a statement stands that was written out from the prelude or from another file: at the reader's own line, and what is behind it.
class PlacesTest {
    private static final String PRELUDE = """
            program f(x: real[2]) {
              return norminf(x)
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aKinkInThePreludeIsAtTheCall() throws Exception {
        assertThat(run(PRELUDE, "grad", "--at", "x=[0,0]")).contains("(line 2, in prelude.nad:").doesNotContain("(line 6");
        assertThat(run(PRELUDE, "grad", "--at", "x=[0,0]", "--json")).contains("\"line\":2,\"column\":10,\"inside\":{\"file\":\"prelude.nad\",\"line\":");
    }

    @Test
    void costsAreAtTheCall() throws Exception {
        assertThat(run(PRELUDE, "cost")).containsPattern("(?m)^ *2, prelude\\.nad:\\d+ .*abs\\(x\\)");
        assertThat(run(PRELUDE, "verify", "--json")).contains("\"line\":2,\"inside\":{\"file\":\"prelude.nad\"").doesNotContain("\"line\":68,\"operation\"");
    }

    @Test
    void aWarningInThePreludeIsDrawnAtTheCallWithThePreludesLineBehind() throws Exception {
        assertThat(run("program f(x: real[2]) {\n  return sum(log_softmax(1e308 * x))\n}\n", "grad", "--at", "x=[1e10,1]")).contains("f.nad:2:").doesNotContain("--> prelude.nad");
        assertThat(run("program f(x: real[1, 3, 3]) {\n  return sum(conv2d(x, ones(1, 1, 5, 5)))\n}\n", "check")).contains("f.nad:2:14").doesNotContain("--> prelude.nad");
    }

    @Test
    void whereStatementsStandInSeveralFilesTheFileIsNamed() throws Exception {
        Files.writeString(folder.resolve("lib.nad"), "\n\nprogram g(x: real[2]) {\n  return max(x)\n}\n");
        String text = "use \"lib.nad\"\nprogram f(x: real[2]) {\n  return abs(g(x))\n}\n";
        assertThat(run(text, "grad", "--at", "x=[0,0]")).contains("(line 4 of ").contains("lib.nad)").contains("(line 3 of ");
        assertThat(run(text, "grad", "--at", "x=[0,0]", "--json")).containsPattern("\"line\":4,\"column\":10,\"file\":\"[^\"]*lib\\.nad\"");
        assertThat(run(text, "cost")).containsPattern("lib\\.nad:4 ");
    }

    private String run(String text, String command, String... more) throws Exception {
        Path file = folder.resolve("f.nad");
        Files.writeString(file, text);
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        Main.run(Stream.concat(Stream.of(command, file.toString()), Stream.of(more)).toArray(String[]::new), writer, writer);
        writer.flush();
        return out.toString();
    }
}
