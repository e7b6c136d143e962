package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The proofs speak of the tables that NAD runs on: spec/proof/Dictionary.v is what `nad dictionary --format coq` prints.
/// `mvn test -Dtest=CoqDictionaryTest -Dnad.update=true` writes it anew.
class CoqDictionaryTest {
    private static final Path FILE = Path.of("spec/proof/Dictionary.v");

    @Test
    void theFileOfTheProofsIsWhatTheCodeSays() throws Exception {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        assertThat(Main.run(new String[] {"dictionary", "--format", "coq"}, writer, writer)).isZero();
        writer.flush();
        if (Boolean.getBoolean("nad.update")) Files.writeString(FILE, out.toString());
        assertThat(out.toString()).isEqualTo(Files.readString(FILE));
    }
}
