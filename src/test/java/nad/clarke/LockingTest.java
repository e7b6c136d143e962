package nad.clarke;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.clarke.Locking.Guarantee;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.forward.Calculus;
import nad.forward.RandomProgram;
import nad.run.Interpreter;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Clarke elements by branch locking.
class LockingTest {
    @Test
    void oneDirectionDecidesEveryKink() {
        assertThat(along("program f(x) { return relu(x) - relu(-x) }", new long[] {0}, 3).gradient()).containsExactly(rationals(1));
        assertThat(along("program f(x, y) { return max(0, min(x, y)) }", new long[] {0, 0}, 3, 5).gradient()).containsExactly(rationals(1, 0));
        assertThat(along("program f(x, y) { return max(0, min(x, y)) }", new long[] {0, 0}, -3, 5).gradient()).containsExactly(rationals(0, 0));
        assertThat(along("program f(x: real[3]) { return max(x) }", new long[] {2, 2, 1}, 0, 1, 9).gradient()).containsExactly(rationals(0, 1, 0));
    }

    @Test
    void saysWhatItIsSureOf() {
        assertThat(along("program f(x) { return relu(x) ^ 2 }", new long[] {0}, 1).guarantee()).isEqualTo(Guarantee.CERTAIN);
        assertThat(along("program f(x) { return relu(x * x) }", new long[] {1}, 1).guarantee()).isEqualTo(Guarantee.CERTAIN);
        assertThat(along("program f(x) { return relu(x * x - x) }", new long[] {0}, 1).guarantee()).isEqualTo(Guarantee.QUALIFIED);
        assertThat(along("program f(x, y) { return max(x * y, y * y) }", new long[] {0, 1}, 1, 1).guarantee()).isEqualTo(Guarantee.CERTAIN);
        assertThat(along("program f(x) { return relu(x) - relu(x) + abs(relu(x) - relu(x)) }", new long[] {0}, 1).guarantee()).isEqualTo(Guarantee.CERTAIN);
    }

    @Test
    void blamesTheStatementThatTheDirectionDoesNotDecide() {
        Program p = program("program f(x) { a = relu(x)\n b = x * x\n c = relu(b)\n return a + c }");
        Locking.Element e = along(p, new long[] {0}, 1);
        assertThat(e.guarantee()).isEqualTo(Guarantee.UNQUALIFIED);
        assertThat(p.name(p.target(e.blame()))).isEqualTo("c");
        assertThat(along("program f(x) { return max([x * x, -x * x, 2 * x * x]) }", new long[] {0}, 1).guarantee()).isEqualTo(Guarantee.UNQUALIFIED);
        assertThat(along("program f(x, y) { return hypot(x * x, y * y) }", new long[] {0, 0}, 1, 1).guarantee()).isEqualTo(Guarantee.UNQUALIFIED);
    }

    /// Neither way is sure of an element where P may not be locally Lipschitz, finite as the answer may be.
    @Test
    void isSureOfNothingThatMayNotBeLocallyLipschitz() throws Interpreter.Stopped {
        String root = "elementary root(t) { when t > 0 : sqrt(t)\n otherwise : 0 }\n";
        String power = "elementary power(t) { when t > 0 : t ^ 0.5\n otherwise : 0 }\n";
        String log = "elementary entropy(t) { when t > 0 : t * log(t)\n otherwise : 0 }\n";
        String edge = "elementary edge(t) { when t < 1 : asin(t) - asin(1)\n otherwise : 0 }\n";
        String third = "elementary third(t) { when t > 0 : t ^ (1 / 3) \n when t > -1 : 0\n otherwise : t + 1 }\n";
        unsure(root + "program f(x) { return root(x) + x }", "root", 0);
        unsure(root + "program f(x) { return root(x * x) + x }", "root", 0);
        unsure(power + "program f(x) { return power(x) + x }", "power", 0);
        unsure(third + "program f(x) { return third(x) + relu(x) }", "third", 0);
        unsure(log + "program f(x) { return entropy(x) + abs(x) }", "entropy", 0);
        unsure(edge + "program f(x) { return edge(x) + x }", "edge", 1);
        unsure("program f(x) { return sqrt(relu(x)) + x }", "sqrt", -4);
        sure(root + "program f(x) { return root(x) + relu(x - 4) }", 4);
        sure("program f(x) { return sqrt(1 + relu(x)) / (2 - abs(x)) + log(2 + x) }", 0);
    }

    private static void unsure(String text, String operation, double x) throws Interpreter.Stopped {
        Program p = program(text);
        Map<String, Tensor> at = Map.of("x", Tensor.of(new int[0], x));
        for (long seed = 1; seed < 9; seed++) {
            Locking.Element e = Locking.of(p, null, new ArrayList<>()).at(at, Arithmetic.FLOAT64, seed);
            assertThat(e.guarantee()).as(text).isEqualTo(Guarantee.UNQUALIFIED);
            if (Double.isFinite(e.gradient()[0].toDouble()) && !e.lipschitz()) assertThat(p.operation(e.blame()).name).isEqualTo(operation);
        }
        assertThat(KhanBarton.of(p, null, new ArrayList<>()).at(at, Arithmetic.FLOAT64).certain()).as(text).isFalse();
    }

    private static void sure(String text, double x) throws Interpreter.Stopped {
        Map<String, Tensor> at = Map.of("x", Tensor.of(new int[0], x));
        assertThat(Locking.of(program(text), null, new ArrayList<>()).at(at, Arithmetic.FLOAT64, 1).guarantee()).as(text).isNotEqualTo(Guarantee.UNQUALIFIED);
        assertThat(KhanBarton.of(program(text), null, new ArrayList<>()).at(at, Arithmetic.FLOAT64).certain()).as(text).isTrue();
    }

    @Test
    void isSureOfNothingThatIsNotFinite() throws Interpreter.Stopped {
        Program p = program("program f(x) { return sqrt(abs(x)) }");
        Locking.Element e = Locking.of(p, null, new ArrayList<>()).at(at(p, rationals(0)), Arithmetic.FLOAT64, 1);
        assertThat(e.guarantee()).isEqualTo(Guarantee.UNQUALIFIED);
        assertThat(e.blame()).isEqualTo(-1);
    }

    @Test
    void aSeedGivesOneDirectionAndTheNextAnother() {
        assertThat(Locking.direction(5, 1)).isEqualTo(Locking.direction(5, 1)).isNotEqualTo(Locking.direction(5, 2));
    }

    @Test
    void isCountedAsItIsRun() throws Interpreter.Stopped {
        Random random = new Random(3);
        for (int k = 0; k < 30; k++) {
            Program p = program(RandomProgram.piecewiseSmooth(random));
            Locking l = Locking.of(p, null, new ArrayList<>());
            Locking.Element e = l.at(Calculus.grid(p, random), Arithmetic.RATIONAL, k);
            assertThat(e.run().tally().byName()).isEqualTo(StaticCost.of(l.program()).byName());
        }
    }

    /// Six times the cost of P with the kinks counted as Kakade and Lee do; here a scan counts two comparisons.
    @Test
    void costsNoMoreForMoreInputs() {
        Rational last = null;
        for (int n : new int[] {4, 40, 400}) {
            Program p = program("program f(W: real[" + n + ", " + n + "], data x: real[" + n + "]) { return sum(relu(W @ x)) }");
            Rational ratio = CostModel.UNIT.cost(StaticCost.of(Locking.of(p, null, new ArrayList<>()).program())).over(CostModel.UNIT.cost(StaticCost.of(p)));
            assertThat(ratio).isLessThan(Rational.of(6));
            if (last != null) assertThat(ratio.minus(last).abs()).isLessThan(Rational.ONE);
            last = ratio;
        }
    }

    @Test
    void costsAtMostEightTimesThatOfSumsProductsAndRelus() {
        for (String body : new String[] {"x * y", "relu(x)", "x + y", "relu(x * y) * relu(x * x + y) + x"}) {
            Program p = program("program f(x, y) { return " + body + " }");
            Rational cost = CostModel.UNIT.cost(StaticCost.of(p));
            assertThat(CostModel.UNIT.cost(StaticCost.of(Locking.of(p, null, new ArrayList<>()).program()))).isLessThanOrEqualTo(cost.times(Rational.of(8)));
        }
    }

    private static Locking.Element along(String text, long[] x, long... v) {
        return along(program(text), x, v);
    }

    private static Locking.Element along(Program p, long[] x, long... v) {
        Map<String, Tensor> at = at(p, rationals(x));
        try {
            return Locking.of(p, null, new ArrayList<>()).along(rationals(v), at, Arithmetic.RATIONAL);
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }
}
