package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.bound.TokenMutants;
import nad.bound.VerifiedChecker;
import nad.check.Checker;
import nad.core.Flat;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.print.PlainForm;
import nad.print.Printer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The certificate's checker beside the one that is extracted from the proofs in spec/proof, which shares nothing with it but the text of
/// the two programs: the same verdict, and the same costs and ω, on samples, on random programs, and on dumps of both in which one token
/// was changed. A difference that is meant is named in [#meant].
class TwoJudgesTest {
    private static final int RANDOM = Integer.getInteger("nad.judges.random", 60);
    /// Of each dump so many mutants; all with -Dnad.judges.mutants=1000000.
    private static final int MUTANTS = Integer.getInteger("nad.judges.mutants", 150);
    private static VerifiedChecker second;

    private int judged;
    private int refused;

    @BeforeAll
    static void start() throws Exception {
        VerifiedChecker.assumeTools();
        second = VerifiedChecker.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (second != null) second.close();
    }

    @Test
    void theProofsAreCheckedAndAssumeNothingMore() throws Exception {
        assertThat(VerifiedChecker.make("check")).containsPattern("checked: \\d+ theorems that rest on no axiom, \\d+ on the standard library's real numbers only");
    }

    /// Samples whose flat programs have an operation on a whole row, for which the proofs have no statement.
    private static final Set<String> WITH_ROWS = new TreeSet<>(List.of("active_faces", "attention", "chained_cb3", "conv_net", "deep", "fermat", "gaussian_mixture",
            "geometry", "k_means", "maxq", "mlp", "mxhilb", "pooling_ties", "satisfiability"));

    @Test
    void theyAgreeOnSamples() throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        for (Path sample : samples()) {
            Program p = flat(Checker.read(new DiskFiles(), sample.toString()).elaborate(null, new Checker.Options(Map.of(), 100_000, true)));
            if (p == null || !Backprop.refusals(p, null).isEmpty()) continue;
            Program q = Nad.backprop(p);
            if (PlainForm.refusal(q) != null) rows.add(sample.getFileName().toString().replace(".nad", ""));
            else agree(p, q, MUTANTS);
        }
        assertThat(rows).isEqualTo(WITH_ROWS);
        assertThat(refused).isGreaterThan(1000);
        System.out.println("two judges, samples: " + judged + " dumps, " + refused + " refused by both");
    }

    @Test
    void theyAgreeOnRandomPrograms() {
        int programs = 0;
        Random random = new Random(Long.parseLong(Choices.SEED));
        for (int k = 0; k < RANDOM; k++) {
            Program p = flat(Nad.program(ProgramText.any(new Choices(random.ints(400, 0, 9999).toArray()))));
            if (p == null) continue;
            Program q = Nad.backprop(p);
            if (PlainForm.refusal(q) != null) continue;
            programs++;
            agree(p, q, MUTANTS / 5);
        }
        assertThat(programs).isGreaterThan(RANDOM / 5);
        System.out.println("two judges, random: " + programs + " programs, " + judged + " dumps, " + refused + " refused by both");
    }

    private static Program flat(Program p) {
        return p == null ? null : Flat.of(p, 20_000, new ArrayList<>());
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(f -> f.toString().endsWith(".nad")).sorted().toList();
        }
    }

    private void agree(Program p, Program q, int most) {
        for (CostModel m : List.of(CostModel.UNIT, CostModel.MULTIPLICATIVE, CostModel.WEIGHTED)) {
            Certificate c = CheapGradient.certify(p, q, m, null);
            assertThat(c.holds()).isTrue();
            assertThat(second.judge(p, q, m)).as(Printer.print(q)).isEqualTo("HOLDS cost(P) = " + c.costP() + ", cost(Q) = " + c.costQ() + ", omega = " + c.omega()
                    + ", bound = " + c.bound());
            judged++;
        }
        String dump = Printer.print(q);
        List<String> mutants = TokenMutants.of(dump, 1);
        int step = Math.max(1, mutants.size() / most);
        for (int k = dump.length() % step; k < mutants.size(); k += step) {
            Checker read = Checker.readText(new DiskFiles(), "mutant.nad", mutants.get(k));
            Program mutant = read.failed() ? null : read.elaborate(null, Checker.Options.ofDump(Checker.STANDARD_LIMIT));
            if (mutant == null || PlainForm.refusal(mutant) != null) continue;
            Certificate c = CheapGradient.certify(p, mutant, CostModel.UNIT, null);
            String other = second.judge(p, mutant, CostModel.UNIT);
            judged++;
            if (other.startsWith("HOLDS") == c.holds()) {
                if (!c.holds()) refused++;
            } else if (!meant(c, other)) {
                throw new AssertionError("the first says " + (c.holds() ? "holds" : c.reason()) + ", the second " + other + ", of\n" + mutants.get(k) + "\nfor\n" + Printer.print(p));
            }
        }
    }

    /// The first counts `+=` to an entry of `zeros(…)` in full and accepts it; the second asks for a bar's first contribution to be set.
    /// The second sees entries of parameters and not their names or shapes.
    private static boolean meant(Certificate first, String second) {
        return first.holds() && second.startsWith("BROKEN: a bar that has no value is added to")
                || !first.holds() && first.reason().matches("(?s)parameter \\d+ of the dump is `.*");
    }
}
