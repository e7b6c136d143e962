package nad.bound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.PlainForm;
import org.junit.jupiter.api.Assumptions;

/// The checker that is extracted from the proofs in spec/proof, built once in target/proof, as a second judge of dumps.
public final class VerifiedChecker implements AutoCloseable {
    private static final Path SOURCES = Path.of("spec/proof");
    private static final Path BUILT = Path.of("target/proof");
    private static boolean told;

    private final Path folder = Files.createTempDirectory("nad-judges");
    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    private VerifiedChecker() throws IOException {
        process = new ProcessBuilder(BUILT.resolve("nad-checker").toString(), "-").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        to = process.outputWriter();
        from = process.inputReader();
    }

    /// Skips the test, and says why, where a tool is missing.
    public static void assumeTools() {
        List<String> missing = Stream.of("make", "coqc", "coqchk", "ocamlopt").filter(tool -> Arrays.stream(System.getenv("PATH").split(":"))
                .noneMatch(d -> Files.isExecutable(Path.of(d, tool)))).toList();
        if (!missing.isEmpty() && !told) System.err.println("skipped: the proofs in spec/proof and the checker extracted from them, for want of "
                + String.join(", ", missing) + " (Debian: coq, ocaml, make)");
        told = true;
        Assumptions.assumeTrue(missing.isEmpty(), "spec/proof needs " + String.join(", ", missing));
    }

    /// Builds the proofs and the checker where they are not built from these sources.
    public static synchronized void build() throws IOException, InterruptedException {
        Files.createDirectories(BUILT);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path s : sources.filter(s -> s.toString().matches(".*(\\.v|\\.ml|\\.txt|akefile|check|_CoqProject)")).sorted().toList()) {
                Path copy = BUILT.resolve(s.getFileName());
                if (!Files.exists(copy) || !Arrays.equals(Files.readAllBytes(copy), Files.readAllBytes(s)))
                    Files.copy(s, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        make("all");
    }

    /// Runs a target of the Makefile and returns what it said.
    public static String make(String target) throws IOException, InterruptedException {
        Process p = new ProcessBuilder("make", "-s", "-C", BUILT.toString(), target).redirectErrorStream(true).start();
        String said = new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (p.waitFor() != 0) throw new AssertionError("make " + target + " in spec/proof fails:\n" + said);
        return said;
    }

    public static VerifiedChecker start() throws IOException, InterruptedException {
        build();
        return new VerifiedChecker();
    }

    /// Its answer, in one line, to a flat program and a dump of scalar statements.
    public String judge(Program p, Program q, CostModel prices) {
        try {
            Path program = folder.resolve("p.slp");
            Path dump = folder.resolve("q.slp");
            try (Writer w = Files.newBufferedWriter(program)) {
                PlainForm.program(p, x -> !x.data(), prices, w);
            }
            try (Writer w = Files.newBufferedWriter(dump)) {
                PlainForm.dump(q, p.parameters().size(), x -> !x.data(), w);
            }
            to.write(program + "\n" + dump + "\n");
            to.flush();
            String answer = from.readLine();
            if (answer == null) throw new AssertionError("nad-checker stopped");
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        to.close();
        process.waitFor();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path p : all.toList()) Files.delete(p);
        }
        Files.delete(folder);
    }
}
