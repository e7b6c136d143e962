package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/// How the command line speaks where something is wrong with it.
class MainTest {
    private static String told(String... line) {
        StringWriter err = new StringWriter();
        Main.run(line, new PrintWriter(new StringWriter()), new PrintWriter(err));
        return err.toString();
    }

    @Test
    void aMessageEndsItsLine() {
        assertThat(told("grad", "no_such_file.nad")).startsWith("error[").endsWith("\n");
    }

    @Test
    void whereToFindHelpStandsOnALineOfItsOwn() {
        assertThat(told("verfy").lines()).hasSizeGreaterThan(1).last().isEqualTo("`nad --help` lists the commands.");
    }
}
