package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `nad verify FILE DUMP` where the result depends on the parameters through views alone: a dump without adjoint blocks.
class VerifyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "program f(x) { return x }",
        "program f(x: real[3]) { return x[2] }",
        "program f(x: real[2, 3]) { return x.T, x[1] }",
        "program f(x: real[3], y, data d) { t = d * d; return [x[3], y, t, 1] }",
        "program f(x, data d) { return d }",
        "program f(x) { return 3 }"})
    void aDumpWithoutBlocksIsReadAsADump(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("f.nad"), text);
        Path dump = folder.resolve("dump.nad");
        assertThat(run("backprop", file.toString(), "-o", dump.toString())).isZero();
        assertThat(run("verify", file.toString(), dump.toString())).isZero();
        Files.writeString(dump, Files.readString(dump).replaceFirst("(?m)^(  \\w+_bar\\S* = .*)(1|seed1?)", "$1 2"));
        if (Files.readString(dump).contains(" 2\n")) assertThat(run("verify", file.toString(), dump.toString())).isOne();
    }

    private static int run(String... line) {
        return Main.run(line, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    }
}
