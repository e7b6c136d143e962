package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nad.repl.Lines;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Sessions as they look: in src/test/resources/repl/*.txt lines that start with `> ` are typed, the others are the answer.
/// `mvn test -Dtest=TranscriptsTest -Dnad.update=true` writes the answers anew, for a look at the difference.
class TranscriptsTest {
    private static final Path SESSIONS = Path.of("src/test/resources/repl");

    private static final Path CHAPTER = Path.of("spec/11-repl.md");
    private static final Pattern BLOCK = Pattern.compile("```repl\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> everySessionGoesAsPinned() throws IOException {
        return sessions().stream().map(s -> dynamicTest(s.getFileName().toString(), () -> {
            String gone = replay(Files.readString(s));
            if (Boolean.getBoolean("nad.update")) Files.writeString(s, gone);
            assertThat(gone).isEqualTo(Files.readString(s));
        }));
    }

    /// The sessions of spec/11-repl.md, in blocks `repl`.
    @Test
    void theSpecificationShowsSessionsAsTheyGo() throws IOException {
        String text = Files.readString(CHAPTER);
        String gone = BLOCK.matcher(text).replaceAll(b -> Matcher.quoteReplacement("```repl\n" + replay(b.group(1)) + "```"));
        if (Boolean.getBoolean("nad.update")) Files.writeString(CHAPTER, gone);
        assertThat(gone).isEqualTo(Files.readString(CHAPTER));
    }

    @Test
    void everyCommandIsTypedInASession() throws IOException {
        Set<String> typed = new TreeSet<>();
        for (Path s : sessions())
            for (String line : Files.readAllLines(s)) if (line.startsWith("> :")) typed.add(line.substring(3).split(" ")[0]);
        assertThat(typed).containsAll(PromptCommands.names());
    }

    private static Set<Path> sessions() throws IOException {
        try (Stream<Path> all = Files.list(SESSIONS)) {
            return new TreeSet<>(all.filter(p -> p.toString().endsWith(".txt")).toList());
        }
    }

    /// The lines of a session with the answers that they get.
    private static String replay(String session) {
        StringWriter said = new StringWriter();
        Workbench bench = new Workbench(new PrintWriter(said), false);
        StringBuilder entry = new StringBuilder();
        boolean open = true;
        for (String line : session.lines().filter(l -> l.startsWith(">")).toList()) {
            said.write(line + "\n");
            if (!open) continue;
            entry.append(entry.isEmpty() ? "" : "\n").append(line.length() < 2 ? "" : line.substring(2));
            if (!Lines.isWhole(entry.toString())) continue;
            open = bench.take(entry.toString());
            entry.setLength(0);
        }
        return said.toString();
    }
}
