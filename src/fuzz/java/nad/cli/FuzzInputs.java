package nad.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the targets have in common: an input is text, or bytes, and no input makes NAD report a fault of its own. Main runs a command
/// as the shell would, and turns an exception into the exit status 3, which is a finding here.
final class FuzzInputs {
    private static final Path FOLDER = folder();
    /// What writes files or reads others than the input.
    private static final Pattern OUTSIDE = Pattern.compile("(?i)use|save|load|watch|-o|--ou|plot|inputs|bench|experiment|repl");

    private FuzzInputs() {}

    private static Path folder() {
        try {
            Path p = Files.createTempDirectory("nad-fuzz");
            p.toFile().deleteOnExit();
            return p;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }

    static boolean touchesFiles(String text) {
        return OUTSIDE.matcher(text).find();
    }

    /// Whether NAD told a fault of its own in answer to an input that does not itself say these words.
    static boolean isFault(String said, String input) {
        return said.contains("a fault of NAD") && !input.contains("fault of NAD");
    }

    static String file(String name, byte[] bytes) {
        try {
            return Files.write(FOLDER.resolve(name), bytes).toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Runs a command line; a fault of NAD is thrown as an error.
    static void run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--trace");
        StringWriter said = new StringWriter();
        PrintWriter w = new PrintWriter(said);
        int status = Main.run(all.toArray(String[]::new), w, w);
        if (status >= 3) throw new AssertionError(String.join(" ", all) + "\n" + said);
    }
}
