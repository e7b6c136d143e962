package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// IEEE 754 where a domain is left, with a warning that says where; an error under `--strict`.
class DomainTest {
    private static Program program(String result) {
        return Nad.backprop(Nad.program("program f(x, y) {\n  return " + result + "\n}\n"));
    }

    private static Map<String, Tensor> at(double x, double y) {
        return Map.of("x", Tensor.of(new int[0], x), "y", Tensor.of(new int[0], y));
    }

    private static Run run(String result, double x, double y) {
        return Nad.run(program(result), at(x, y));
    }

    private static Problem strict(String result, double x, double y) {
        Interpreter.Stopped s = catchThrowableOfType(Interpreter.Stopped.class,
                () -> Interpreter.run(program(result), at(x, y), Arithmetic.FLOAT64, Selections.DEFAULT, true));
        return s == null ? null : s.problem;
    }

    private static void warns(String result, double x, String operation, String what, int column) {
        List<Problem> w = run(result, x, 1).warnings();
        assertThat(w).as(result).isNotEmpty();
        assertThat(w.getFirst()).isInstanceOfSatisfying(Problem.Domain.class, d -> {
            assertThat(d.operation()).isEqualTo(operation);
            assertThat(d.what()).isEqualTo(what);
            assertThat(d.at().line()).isEqualTo(2);
            assertThat(d.at().column()).isEqualTo(column);
        });
        assertThat(strict(result, x, 1)).isInstanceOfSatisfying(Problem.StrictDomain.class, 
                s -> assertThat(s.cause()).isInstanceOfSatisfying(Problem.Domain.class, d -> assertThat(d.what()).isEqualTo(what)));
    }

    @Test
    void aDomainThatIsLeftIsNamedWithItsPlace() {
        warns("log(x) + y", -1, "log", "log of a negative number", 10);
        warns("y + log(x)", 0, "log", "log of 0", 14);
        warns("y / x", 0, "/", "division by zero", 10);
        warns("sqrt(x) + y", -4, "sqrt", "sqrt of a negative number", 10);
        warns("asin(x) + y", 2, "asin", "asin of a number outside [-1, 1]", 10);
        warns("log1p(x) + y", -2, "log1p", "log1p of a number below -1", 10);
        warns("pow(x, 0.5) + y", -2, "pow", "a negative number to a power that is no integer", 10);
        warns("exp(x) + y", 1000, "exp", "overflow", 10);
    }

    @Test
    void valuesFollowIeee() {
        assertThat(run("log(x) + y", -1, 1).results().getFirst().toDouble(0)).isNaN();
        assertThat(run("y / x", 0, 1).results().getFirst().toDouble(0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(run("max(x, y)", Double.NaN, 1).results().getFirst().toDouble(0)).isNaN();
        assertThat(run("x * y", Double.MAX_VALUE, 2).results().getFirst().toDouble(0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(run("x + y", 1, 2).warnings()).isEmpty();
        assertThat(strict("x + y", 1, 2)).isNull();
    }

    @Test
    void aDerivativeThatDoesNotExistIsSaid() {
        Run run = run("sqrt(x) + y", 0, 1);
        assertThat(run.results().get(1).toDouble(0)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(run.warnings()).hasSize(1).first().isInstanceOfSatisfying(Problem.NoDerivative.class, n -> {
            assertThat(n.operation()).isEqualTo("sqrt");
            assertThat(n.why()).contains("not locally Lipschitz");
        });
        assertThat(strict("sqrt(x) + y", 0, 1)).isInstanceOf(Problem.StrictDomain.class);
    }

    @Test
    void whatFollowsFromAnArgumentOutsideTheDomainIsNotToldAgain() {
        assertThat(run("asin(x) + y", 2, 1).warnings()).singleElement().isInstanceOf(Problem.Domain.class);
        assertThat(run("asin(x) + y", 1, 1).warnings()).singleElement().isInstanceOf(Problem.NoDerivative.class);
    }

    @Test
    void zeroTimesInfinityInABlockIsSaid() {
        // relu'(−1) = 0, and the derivative of the root at 0 is infinite.
        Run run = run("relu(sqrt(x) - 1) + y", 0, 1);
        assertThat(run.results().get(1).toDouble(0)).isNaN();
        assertThat(run.warnings()).isNotEmpty();
        assertThat(strict("relu(sqrt(x) - 1) + y", 0, 1)).isInstanceOf(Problem.StrictDomain.class);
    }

    @Test
    void powersAtZeroAreWhatIsFiniteInTheLimit() {
        assertThat(run("pow(x, y)", 0, 2).results().stream().map(t -> t.toDouble(0))).containsExactly(0.0, 0.0, 0.0);
        assertThat(run("pow(x, y)", 0, 1).results().stream().map(t -> t.toDouble(0))).containsExactly(0.0, 1.0, 0.0);
        assertThat(run("x^0 + y", 0, 1).results().getFirst().toDouble(0)).isEqualTo(2);
    }

    @Test
    void exactArithmeticHasNoInfinity() {
        Interpreter.Stopped s = catchThrowableOfType(Interpreter.Stopped.class,
                () -> Interpreter.run(program("y / x"), at(0, 1), Arithmetic.RATIONAL, Selections.DEFAULT, false));
        assertThat(s.problem).isInstanceOfSatisfying(Problem.ExactDivisionByZero.class, d -> assertThat(d.at().column()).isEqualTo(10));
        s = catchThrowableOfType(Interpreter.Stopped.class,
                () -> Interpreter.run(program("exp(x) + y"), at(1, 1), Arithmetic.RATIONAL, Selections.DEFAULT, false));
        assertThat(s.problem).isInstanceOfSatisfying(Problem.LeavesArithmetic.class, d -> assertThat(d.function()).isEqualTo("exp"));
    }
}
