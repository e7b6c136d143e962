package nad.clarke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Program;
import nad.core.StaticCost;
import nad.data.DiskFiles;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.forward.Calculus;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// What is hard, what is impossible, and what each way costs.
class ExperimentsTest {
    @Test
    void backpropOfDirectionalDerivativesIsAMatrixProduct() throws Interpreter.Stopped {
        MatrixProduct m = product(2);
        Run run = m.run(matrix(1, -1, 1, 1), matrix(2, 3, 5, 7));
        assertThat(run.results().getLast().exact()).containsExactly(Calculus.rationals(-1, -2, 5, 12));
        assertThat(run.tally().byName()).isEqualTo(StaticCost.of(m.product()).byName());
    }

    @Test
    void theProductIsExactForRandomMatricesAndWithinFiveTimesItsProgram() throws Interpreter.Stopped {
        Random random = new Random(5);
        for (int p = 2; p <= 6; p++) {
            MatrixProduct m = product(p);
            Rational[][] s = new Rational[p][p];
            Rational[][] d = new Rational[p][p];
            for (int j = 0; j < p; j++) for (int k = 0; k < p; k++) {
                s[j][k] = Rational.of(random.nextBoolean() ? 1 : -1);
                d[j][k] = Rational.of(random.nextInt(19) - 9, 1 + random.nextInt(4));
            }
            Tensor product = m.run(s, d).results().getLast();
            Rational[][] direct = MatrixProduct.direct(s, d);
            for (int k = 0; k < p * p; k++) assertThat(product.get(k)).isEqualTo(direct[k / p][k % p]);
            assertThat(cost(m.product())).isLessThanOrEqualTo(cost(m.derivatives()).times(Rational.of(5)));
        }
    }

    @Test
    void allClausesOnThreeVariablesAreAnArtefactOfReluAtOneHalf() throws Interpreter.Stopped {
        Program p = Calculus.program(Satisfiability.program(3, Satisfiability.allClauses(3)));
        Map<String, Tensor> x = Calculus.inputs(p, () -> Rational.ZERO);
        ClarkeElements e = ClarkeElements.of(p, null, x, x, Arithmetic.RATIONAL, Selections.DEFAULT.with("relu", Rational.HALF), 1, 1000, 0, new ArrayList<>());
        assertThat(e.backprop()).containsExactly(Rational.HALF, Rational.ZERO, Rational.ZERO);
        assertThat(e.set().vertices()).containsExactly(Calculus.rationals(0, 0, 0));
        assertThat(e.backpropInSet()).isFalse();
    }

    @Test
    void backpropAndLockingStayFlatAndForwardWaysGrow() {
        Growth small = growth(64);
        Growth large = growth(512);
        assertThat(ratio(large.backprop(), large)).isLessThan(Rational.of(5)).isLessThan(ratio(small.backprop(), small).plus(Rational.of(1, 10)));
        assertThat(ratio(large.locked(), large)).isLessThan(Rational.of(5)).isLessThan(ratio(small.locked(), small).plus(Rational.of(1, 10)));
        assertThat(ratio(large.tangents(), large)).isGreaterThan(ratio(small.tangents(), small).times(Rational.of(7)));
        assertThat(ratio(large.lexicographic(), large)).isGreaterThan(ratio(small.lexicographic(), small).times(Rational.of(7)));
        assertThat(large.symbolic().gradient().bitLength()).isGreaterThan(500);
    }

    /// By hand: of t·r(t + x), t and x being inputs, the tangent by t is 1·r(t+x) + t·r'(t+x; 1) and that by x is t·r'(t+x; 1).
    @Test
    void expressionsAreCountedAsTheyWouldBeWritten() {
        ExpressionSize.Sizes s = growth(2).symbolic();
        assertThat(s.function()).isEqualTo(3);
        assertThat(s.gradient()).isEqualTo(7 + 3);
    }

    private static Rational ratio(nad.dictionary.Tally t, Growth g) {
        return CostModel.UNIT.cost(t).over(CostModel.UNIT.cost(g.program()));
    }

    private static Rational cost(Program p) {
        return CostModel.UNIT.cost(StaticCost.of(p));
    }

    private static Growth growth(int p) {
        return Growth.of(program(Growth.PROGRAM, p), new ArrayList<>());
    }

    private static MatrixProduct product(int p) {
        return MatrixProduct.of(program(MatrixProduct.PROGRAM, p), new ArrayList<>());
    }

    private static Program program(String text, int p) {
        return Checker.readText(new DiskFiles(), "test", text).elaborate(null, new Checker.Options(Map.of("p", p), Checker.STANDARD_LIMIT, false));
    }

    private static Rational[][] matrix(long a, long b, long c, long d) {
        return new Rational[][] {Calculus.rationals(a, b), Calculus.rationals(c, d)};
    }
}
