package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Standard;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// What spec/6-bound.md proves beyond the theorem, held against backprop's own counts.
class SharperBoundsTest {
    private static long cost(Program p, CostModel prices) {
        return prices.cost(StaticCost.of(p)).numerator().longValueExact();
    }

    private static long unit(Program p) {
        return cost(p, CostModel.UNIT);
    }

    /// A random rational program of n statements in p parameters: each statement uses what was used by none so far, as long as
    /// there is such a value, so that nothing is dead.
    private static String rational(Random random, int parameters, int statements, String signs) {
        List<String> unused = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int k = 1; k <= parameters; k++) {
            unused.add("x" + k);
            all.add("x" + k);
        }
        StringBuilder out = new StringBuilder("program r(" + String.join(", ", all) + ") {\n");
        for (int i = 1; i <= statements || unused.size() > 1; i++) {
            String a = unused.isEmpty() || i <= statements && random.nextInt(3) == 0 ? all.get(random.nextInt(all.size())) : unused.removeFirst();
            unused.remove(a);
            String b = unused.isEmpty() || i <= statements && random.nextInt(3) == 0 ? all.get(random.nextInt(all.size())) : unused.removeFirst();
            unused.remove(b);
            boolean exchanged = random.nextBoolean();
            char sign = signs.charAt(random.nextInt(signs.length()));
            out.append("t").append(i).append(" = ").append(exchanged ? b : a).append(' ').append(sign).append(' ').append(exchanged ? a : b).append('\n');
            unused.add("t" + i);
            all.add("t" + i);
        }
        return out + "return " + unused.getFirst() + "\n}\n";
    }

    /// Bars that begin with a contribution which the rule negates.
    private static long negatedFirst(Program q) {
        long n = 0;
        for (int i = q.forwardLength(); i < q.length(); i++) if (q.kind(i) == Program.Kind.APPLY && q.operation(i) == Standard.NEG) n++;
        return n;
    }

    @RepeatedTest(60)
    void aRationalProgramCostsFourTimesItselfAndTheSignsOfItsFirstContributions(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int parameters = 1 + random.nextInt(5);
        Program p = Texts.program(rational(random, parameters, 1 + random.nextInt(30), "+-*/"));
        Program q = Texts.backprop(p);
        assertThat(unit(q)).isLessThanOrEqualTo(4 * unit(p) + 1 - parameters + negatedFirst(q));
    }

    @RepeatedTest(20)
    void withoutDifferencesAndQuotientsNoSignIsLeft(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        int parameters = 1 + random.nextInt(5);
        Program p = Texts.program(rational(random, parameters, 1 + random.nextInt(30), "+*"));
        assertThat(unit(Texts.backprop(p))).isLessThanOrEqualTo(4 * unit(p) + 1 - parameters);
    }

    @Test
    void aChainOfQuotientsReachesTheBoundWithItsSigns() {
        Program p = Texts.program("program chain<n = 20>(x, y) { for i in 1..n { z = y / x; x = y; y = z }; return y }");
        assertThat(unit(p)).isEqualTo(20);
        assertThat(unit(Texts.backprop(p))).isEqualTo(4 * 20 + 1 - 2 + 20);
    }

    @Test
    void aProductOfNCostsThreeTimesItselfLessTwo() {
        for (int n = 2; n <= 12; n++) {
            Program p = Texts.program("program product<n = " + n + ">(x: real[n]) { return prod(x) }");
            assertThat(unit(p)).isEqualTo(n - 1);
            assertThat(unit(Texts.backprop(p))).isEqualTo(3 * (n - 1) - 2);
        }
    }

    @RepeatedTest(20)
    void whereOnlyProductsCostTheBoundIsThree(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        Program p = Texts.program(rational(random, 3, 20, "+-*/"));
        assertThat(cost(Texts.backprop(p), CostModel.MULTIPLICATIVE)).isLessThanOrEqualTo(3 * cost(p, CostModel.MULTIPLICATIVE));
        assertThat(Omegas.largest(p, CostModel.MULTIPLICATIVE)).isLessThanOrEqualTo(Rational.of(3));
    }

    @Test
    void theBlockOfAMatrixProductCostsFourProductsForEachTripleOfIndices() {
        for (int k = 1; k <= 4; k++) {
            Program p = Texts.program("program f<m = 2, k = " + k + ", n = 3>(A: real[m, k], B: real[k, n]) { C = A @ B; return sum(C * C) + sum(A) + sum(B) }");
            Program q = Texts.backprop(p);
            Certificate c = CheapGradient.certify(p, q, CostModel.UNIT, null);
            Certificate.Row row = c.rows().getFirst();
            assertThat(c.holds()).isTrue();
            assertThat(row.cost()).isEqualTo(Rational.of(2 * 3 * (2 * k - 1)));
            assertThat(row.adjoint()).isEqualTo(Rational.of(4 * 2 * 3 * k));
        }
    }

    /// However additions and subtractions are priced, what goes back through a view that repeats entries stays within ω.
    @Test
    void theLemmaOnViewsHoldsUnderEveryPrice() {
        for (String prices : List.of("+ = 10", "- = 10", "+ = 3, - = 0.5, * = 7"))
            for (String e : List.of("A - b", "b - A", "A * b", "b / A", "A + b", "-b * A", "A - x[1]", "norm2(A - b) - A")) {
                Program p = Texts.program("dictionary d { cost " + prices + " }\n"
                        + "program f(A: real[4, 3], b: real[3], x: real[2]) over d { return sum(" + e + ") + sum(A) + sum(b) + sum(x) }");
                CostModel model = p.over().costModel();
                Certificate c = CheapGradient.certify(p, Texts.backprop(p), model, null);
                assertThat(c.holds()).as(e + " under " + prices + ": " + c.reason()).isTrue();
            }
    }

    @Test
    void resultsThatFanOutCostAnAdditionForEachEntry() {
        Program p = Texts.program("dictionary d { cost + = 10 }\nprogram f(x) over d { return [x, x, x] }");
        Certificate c = CheapGradient.certify(p, Texts.backprop(p), p.over().costModel(), null);
        assertThat(c.holds()).as(c.reason()).isTrue();
        assertThat(c.costQ()).isEqualTo(Rational.of(20));
        assertThat(c.bound()).isEqualTo(Rational.of(30));
    }
}
