package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `verify --symbolic` and `cost --symbolic` say of all sizes and prices what is proved of them, and name where costs were counted.
class SymbolicTest {
    @TempDir
    Path folder;

    @Test
    void anOperationThatOnlyLargeSizesApplyCounts() throws Exception {
        assertThat(run("""
                program f<n = 3>(x: real[2]) {
                  y = x[1] + x[2]
                  for i in 40..n { y = erf(y) }
                  return y
                }
                """)).contains("with n in 1..10; elsewhere they may differ").contains("HOLDS for all sizes and all c >= 1, omega = 7: ").contains("+, erf");
    }

    private static final String PIECES = """
            elementary g(t) {
              when t > 0 : sin(t) * sin(2 * t) * sin(3 * t)
              otherwise  : t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t
            }
            dictionary dear { cost sin = 100, cos = 100 }
            """;

    /// At c = 1 the second piece is dearer, beyond c = 5 the first.
    @Test
    void theDearestPieceDependsOnThePrice() throws Exception {
        String text = PIECES + "program f(x) { return g(x) }\n";
        assertThat(run(text)).contains("where counted: c in 1..").contains("omega = 3.20");
        assertThat(run(text, "--cost-model", "dear")).contains("HOLDS for all sizes in the model dear, omega = 3.01");
    }

    @Test
    void aProgramOverADictionaryHasItsPrices() throws Exception {
        assertThat(run(PIECES + "program f(x) over dear { return g(x) }\n")).contains("in the model dear, omega = 3.01").doesNotContain("c >= 1");
    }

    @Test
    void whereAnOperationHasNoOmegaNothingIsClaimed() throws Exception {
        assertThat(run("elementary k(t) cost 3 { otherwise : sin(t) }\nprogram f(x) { return k(x) }\n")).contains("OPEN: k has no omega").doesNotContain("HOLDS");
        assertThat(run("dictionary free { cost relu = 0, relu' = 1 }\nprogram f(x) over free { return relu(x) }\n")).contains("OPEN: relu has no omega").doesNotContain("HOLDS");
    }

    @Test
    void costsThatAreNoPolynomialAreNotStated() throws Exception {
        String text = "program f<n = 2>(x: real[n]) { return sum(x[i]^n for i in 1..n) }\n";
        assertThat(run(text)).contains("no polynomial of low degree fits").contains("HOLDS for all sizes");
        assertThat(run(text, "--json")).contains("\"cost\":{\"program\":null,\"backprop\":null,\"omega\":5}").contains("\"verdict\":\"holds\"");
    }

    private String run(String text, String... more) throws Exception {
        Path file = folder.resolve("f.nad");
        Files.writeString(file, text);
        StringWriter out = new StringWriter();
        String[] args = Stream.concat(Stream.of("verify", file.toString(), "--symbolic"), Stream.of(more)).toArray(String[]::new);
        PrintWriter writer = new PrintWriter(out);
        Main.run(args, writer, writer);
        writer.flush();
        return out.toString();
    }
}
