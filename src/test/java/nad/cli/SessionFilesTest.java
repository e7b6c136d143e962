package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import nad.data.DiskFiles;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Tree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFilesTest {
    private final SessionFiles files = new SessionFiles(new DiskFiles());

    @TempDir
    Path folder;

    private Tree.File tree(Path file) throws Exception {
        return files.tree(new Source(file.toString(), files.read(file.toString(), Span.NONE)), new ArrayList<>());
    }

    @Test
    void aTextBecomesATreeOnce() throws Exception {
        Path f = Files.writeString(folder.resolve("f.nad"), "program f(x) {\n  return x * x\n}\n");
        Tree.File first = tree(f);
        assertThat(tree(f)).isSameAs(first);
        Files.writeString(f, "program g(x) {\n  return x + x\n}\n");
        assertThat(tree(f)).as("kept until it is loaded anew").isSameAs(first);
        files.forget(f.toString());
        assertThat(tree(f)).isNotEqualTo(first);
    }

    @Test
    void mistakesAreToldEachTime() throws Exception {
        Path f = Files.writeString(folder.resolve("f.nad"), "program f(x) {\n  return x *\n}\n");
        for (int k = 0; k < 2; k++) {
            ArrayList<nad.report.Problem> problems = new ArrayList<>();
            files.tree(new Source(f.toString(), files.read(f.toString(), Span.NONE)), problems);
            assertThat(problems).isNotEmpty();
        }
    }
}
