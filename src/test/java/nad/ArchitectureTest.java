package nad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/// Packages import each other as spec/README.md says, and no other way.
class ArchitectureTest {
    private static final Pattern ARROW = Pattern.compile("(?m)^(\\w+) +->(.*)$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^ +nad\\.(\\w+) +-> nad\\.(\\w+) ");

    @Test
    void packagesImportOnlyWhatTheSpecificationAllows() throws IOException {
        Map<String, Set<String>> allowed = allowed();
        Map<String, Set<String>> found = found();
        assertThat(allowed.keySet()).isEqualTo(found.keySet());
        found.forEach((from, to) -> assertThat(allowed.get(from)).as(from).containsAll(to));
    }

    @Test
    void everyArrowOfTheSpecificationIsOneOfTheCode() throws IOException {
        Map<String, Set<String>> found = found();
        allowed().forEach((from, to) -> assertThat(found.get(from)).as(from).containsAll(to));
    }

    private static Map<String, Set<String>> allowed() throws IOException {
        String text = Files.readString(Path.of("spec/README.md"));
        text = text.substring(text.indexOf("<!-- arrows -->"));
        Map<String, Set<String>> arrows = new TreeMap<>();
        Matcher m = ARROW.matcher(text);
        while (m.find()) arrows.put(m.group(1), m.group(2).isBlank() ? new TreeSet<>() : new TreeSet<>(Set.of(m.group(2).strip().split(" +"))));
        return arrows;
    }

    private static Map<String, Set<String>> found() {
        StringWriter out = new StringWriter();
        ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(System.err), "-verbose:package", "-filter:none",
                "--ignore-missing-deps", "target/classes");
        Map<String, Set<String>> arrows = new TreeMap<>();
        Matcher packages = Pattern.compile("(?m)^ +nad\\.(\\w+) ").matcher(out.toString());
        while (packages.find()) arrows.putIfAbsent(packages.group(1), new TreeSet<>());
        Matcher m = DEPENDENCY.matcher(out.toString());
        while (m.find()) if (!m.group(1).equals(m.group(2))) arrows.get(m.group(1)).add(m.group(2));
        return arrows;
    }
}
