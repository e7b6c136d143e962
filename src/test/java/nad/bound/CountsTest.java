package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Tangents.Way;
import nad.forward.Calculus;
import nad.forward.Forprop;
import nad.forward.RandomProgram;
import org.junit.jupiter.api.Test;

/// The certificate's own count against the static count and the tally, scans included; and ω of forward programs against what they cost.
class CountsTest {
    private static final List<CostModel> MODELS = List.of(CostModel.UNIT, CostModel.MULTIPLICATIVE, CostModel.WEIGHTED,
            CostModel.of("own", Map.of("+", Rational.of(3), "max", Rational.of(5), "first'", Rational.of(7), "relu", Rational.of(2))));

    private static Program forward(Program p, int k, Way way) {
        return Calculus.transformed(switch (way) {
            case SELECTION -> Forprop::jvp;
            case DIRECTIONS -> Forprop::directional;
            case LEXICOGRAPHIC -> Forprop::lexicographic;
        }, p, k);
    }

    private static void agree(Program q) {
        for (CostModel m : MODELS) assertThat(new Costs(m).of(q, 0, q.length())).as(m.name()).isEqualTo(m.cost(StaticCost.of(q)));
    }

    private static long scans(Program q) {
        long n = 0;
        for (int i = 0; i < q.length(); i++) if (q.operation(i) != null && q.operation(i).kind == Elementary.Kind.SCAN) n++;
        return n;
    }

    @Test
    void allCountsAgreeOnForwardProgramsAndTheirScans() {
        Random random = new Random(83);
        long scans = 0;
        for (int k = 0; k < 40; k++) {
            Program p = Calculus.program(RandomProgram.piecewiseSmooth(random));
            for (Way way : Way.values()) {
                Program q = forward(p, 1 + random.nextInt(3), way);
                scans += scans(q);
                agree(q);
                assertThat(Calculus.run(q, Calculus.grid(q, random), Arithmetic.RATIONAL).tally().byName()).isEqualTo(StaticCost.of(q).byName());
            }
            agree(Calculus.backprop(p));
        }
        assertThat(scans).isGreaterThan(100);
    }

    @Test
    void allCountsAgreeOnTensors() {
        for (String e : List.of("sum(max(A, axis=1))", "sum(min(A, axis=2) * 2)", "sum(norm2(A, axis=2)) / 3", "sum(softmax(A, axis=2) * A)", "sum(logsumexp(A, axis=1))", "sum(A @ B)",
                "dot(A[1], B[.., 1])", "sum(abs(A)) - sum(relu(A - 1))", "sum(max(A, B.T))", "hypot(A[1, 1], A[1, 2]) * pow(B[1, 1], 2.5)", "sum(clip(A, 0, 1))")) {
            Program p = Calculus.program("program f(A: real[2, 3], B: real[3, 2]) { return " + e + " }");
            agree(p);
            agree(Calculus.backprop(p));
            agree(Backprop.of(p, null, true, new ArrayList<>()));
            for (Way way : Way.values()) for (int k : new int[] {1, 4}) agree(forward(p, k, way));
        }
    }

    /// ω of an entry on rows bounds the ratio for rows of every length and is met by one of them, or by long rows in the limit.
    @Test
    void omegaOfARowIsItsLeastBound() {
        Map<String, Elementary> entries = Map.of("sum(x)", Standard.SUM, "max(x)", Standard.MAX_OF, "min(x)", Standard.MIN_OF, "norm2(x)", Standard.NORM2, "logsumexp(x)", Standard.LOGSUMEXP,
                "softmax(x)", Standard.SOFTMAX, "reshape(x, 1, N) @ reshape(y, N, 1)", Standard.MATMUL);
        entries.forEach((e, f) -> {
            for (CostModel m : List.of(CostModel.UNIT, CostModel.WEIGHTED))
                for (Way way : Way.values())
                    for (int k = 1; k <= 3; k++) {
                        double omega = ForwardOmega.of(f, k, way, m).toDouble();
                        double most = 0;
                        for (int n : new int[] {1, 2, 3, 4, 7, 400}) {
                            Program p = Calculus.program("program f(x: real[" + n + "]" + (e.contains("y") ? ", y: real[" + n + "]" : "") + ") { return " + e.replace("N", "" + n) + " }");
                            Rational cost = m.cost(StaticCost.of(p));
                            if (cost.sign() == 0) continue;
                            double ratio = m.cost(StaticCost.of(forward(p, k, way))).toDouble() / cost.toDouble();
                            assertThat(ratio).as("%s of %s, %s along %s, %s", e, n, way, k, m.name()).isLessThanOrEqualTo(omega + 1e-12);
                            most = Math.max(most, ratio);
                        }
                        assertThat(most).as("%s, %s along %s, %s", e, way, k, m.name()).isGreaterThan(omega * 0.99);
                    }
        });
    }
}
