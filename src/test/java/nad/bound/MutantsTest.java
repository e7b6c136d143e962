package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.print.Printer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A dump in which one token was changed is rejected, unless the token does not matter: then the program that it says
/// computes the same, and its cost is within the bound (which is what "holds" says).
class MutantsTest {
    private static int allMutants;
    private static int allRefused;

    /// Most mutants are not programs at all; enough have to be left that it is the certificate that refuses.
    @AfterAll
    static void theCertificateItselfRefusesMany() {
        assertThat(allRefused).isGreaterThan(allMutants / 10);
    }

    static List<String> programs() {
        return List.of("""
                program f(x, y) {
                  t1 = x * y
                  t2 = relu(t1)
                  t3 = t2 + x
                  return t3
                }
                """, """
                program g(x: real[3], A: real[2, 3], s) {
                  u = x + A
                  v = u @ A.T
                  w = exp(u[1]) * s
                  return sum(v) + max(x) - norm2(w) + logsumexp(u[2])
                }
                """, """
                program h<n = 4>(x: real[n], data y: real[n]) {
                  r = x[1..n-1] / x[2..n] - y[1]
                  return sum(abs(r)) * sum(x[i] * x[i+1]^2 for i in 1..n-1) + hypot(x[1], x[n]) + x[2]
                }
                """, """
                elementary bend(t) {
                  when t > 1 : 2 * t - 1
                  otherwise  : t
                }
                program k(x: real[2], y) {
                  a = bend(x * y) - sqrt(x * x + 1)
                  b = min(a[1], a[2]) * tanh(y)
                  return b * b, [y, b]
                }
                """);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aMutatedDumpIsRejected(String text) {
        rejectsMutants(Texts.program(text), 6);
    }

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("samples"))) {
            return files.filter(f -> f.toString().endsWith(".nad")).sorted().toList().stream();
        }
    }

    /// Every token of the samples' dumps, each changed once.
    @ParameterizedTest
    @MethodSource("samples")
    void aMutatedDumpOfASampleIsRejected(Path sample) {
        Checker c = Checker.read(new DiskFiles(), sample.toString());
        Program p = c.elaborate(null, new Checker.Options(Map.of(), 100_000, true));
        assertThat(Backprop.refusals(p, null)).isEmpty();
        rejectsMutants(p, 1);
    }

    /// @param most how many mutants of each token are tried
    private static void rejectsMutants(Program p, int most) {
        Program q = Texts.backprop(p);
        String dump = Printer.print(q);
        assertThat(CheapGradient.certify(p, Texts.program(dump), CostModel.UNIT, null).holds()).isTrue();
        int mutants = 0;
        int unread = 0;
        int refused = 0;
        List<String> accepted = new ArrayList<>();
        for (String mutant : TokenMutants.of(dump, most)) {
            mutants++;
            Program read = Texts.program(mutant);
            if (read == null) unread++;
            else if (isRejected(p, read)) refused++;
            else if (!same(q, read)) accepted.add(mutant);
        }
        assertThat(accepted).isEmpty();
        assertThat(unread + refused).isGreaterThan(mutants * 8 / 10);
        allMutants += mutants;
        allRefused += refused;
    }

    private static boolean isRejected(Program p, Program q) {
        Certificate c = CheapGradient.certify(p, q, CostModel.UNIT, null);
        if (!c.holds()) assertThat(c.reason()).isNotBlank();
        return !c.holds();
    }

    private static boolean same(Program q, Program mutant) {
        if (q.parameters().size() != mutant.parameters().size()) return false;
        for (long seed = 1; seed <= 3; seed++) {
            double[] a = Texts.at(q, seed);
            double[] b = Texts.at(mutant, seed);
            if (a.length != b.length) return false;
            for (int k = 0; k < a.length; k++) if (!(Math.abs(a[k] - b[k]) <= 1e-12 * Math.max(1, Math.abs(a[k])))) return false;
        }
        return true;
    }
}
