package nad.clarke;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.clarke.Comparison.Answer;
import nad.clarke.Comparison.Verdict;
import nad.clarke.Contradictions.Contradiction;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Whether backprop's answer is an artefact, and which selections make it one.
class ComparisonTest {
    private static final String IDENTITY = "program f(x) { return relu(x) - relu(-x) }";

    @Test
    void aDifferentiableFunctionHasOneGradientAndOtherAnswersAreArtefacts() {
        Comparison c = compare(IDENTITY, Arithmetic.RATIONAL, 0);
        assertThat(c.differ()).isTrue();
        assertThat(c.nearby().limit()).containsExactly(rationals(1));
        assertThat(c.artefacts().stream().map(Answer::way)).contains("backprop", "backprop, pytorch", "backprop, right").doesNotContain("backprop, mid");
        assertThat(c.verdict()).isEqualTo(Verdict.ARTEFACT);
    }

    @Test
    void aKinkOfTheFunctionItselfIsNone() {
        assertThat(compare("program f(x, y) { return abs(x) + max(x, y) }", Arithmetic.RATIONAL, 0, 0).verdict()).isEqualTo(Verdict.SOUND);
        assertThat(compare("program f(x) { return abs(x) - abs(x) }", Arithmetic.RATIONAL, 0).differ()).isFalse();
        assertThat(compare("program f(x) { return x * abs(x) }", Arithmetic.RATIONAL, 0).verdict()).isEqualTo(Verdict.SOUND);
    }

    @Test
    void atAKinkOfTheFunctionTheClarkeSetDecides() {
        Comparison c = compare("program f(x) { return relu(x) + relu(x) - relu(-x) }", Arithmetic.RATIONAL, 0);
        assertThat(c.nearby().limit()).isNull();
        assertThat(c.artefacts().stream().map(Answer::way)).contains("backprop").doesNotContain("backprop, mid");
    }

    @Test
    void withoutASetAMeanOfTheGradientsNearbyIsNoArtefactAndOthersAreOpen() {
        assertThat(compare("program f(x, y) { return hypot(x, y) }", Arithmetic.FLOAT64, 0, 0).verdict()).isEqualTo(Verdict.SOUND);
        assertThat(compare("program f(x) { return exp(x) * abs(x) }", Arithmetic.FLOAT64, 0).verdict()).isEqualTo(Verdict.SOUND);
        Comparison c = compare("program f(x, y) { return hypot(x, y) + 10 * (relu(x) - relu(-x)) }", Arithmetic.FLOAT64, 0, 0);
        assertThat(c.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(c.open().stream().map(Answer::way)).contains("backprop", "backprop, right").doesNotContain("backprop, mid");
    }

    @Test
    void strongCurvatureIsLookedAtFromCloser() {
        Comparison c = compare("program f(x) { return 1e6 * x * x + relu(x) - relu(-x) }", Arithmetic.RATIONAL, 0);
        assertThat(c.nearby().distance()).isEqualTo(40);
        assertThat(c.nearby().limit()[0].toDouble()).isBetween(0.9999, 1.0001);
        assertThat(c.verdict()).isEqualTo(Verdict.ARTEFACT);
        assertThat(compare("program f(x) { return 1e6 * x * x + relu(x) }", Arithmetic.FLOAT64, 0).nearby().limit()).isNull();
    }

    @Test
    void whatIsNotFiniteIsComparedToo() {
        assertThat(compare("program f(x) { return sqrt(abs(x)) }", Arithmetic.FLOAT64, 0).differ()).isTrue();
        assertThat(contradictions("program f(x) { return log(abs(x)) * relu(x) }", Arithmetic.FLOAT64, Selections.DEFAULT, 0)).isEmpty();
    }

    @Test
    void softplusWithMaxAndAbs() {
        Comparison c = compare("program f(x) { return max(x, 0) + log1p(exp(-abs(x))) }", Arithmetic.FLOAT64, 0);
        assertThat(c.nearby().limit()[0].toDouble()).isBetween(0.4999, 0.5001);
        assertThat(c.verdict()).isEqualTo(Verdict.ARTEFACT);
    }

    @Test
    void selectionsThatContradictEachOtherAreNamed() {
        assertThat(contradictions(IDENTITY, Selections.DEFAULT, 0)).containsExactly("relu 0 relu 1");
        assertThat(contradictions(IDENTITY, Selections.of("mid"), 0)).isEmpty();
        assertThat(contradictions("program f(x, y) { return max(x, y) + min(x, y) }", Selections.DEFAULT, 1, 1)).containsExactly("max 1 min 0");
        assertThat(contradictions("program f(x, y) { return max(x, y) + min(x, y) }", Selections.of("pytorch"), 1, 1)).isEmpty();
        assertThat(contradictions("program f(x) { return max(x, 0) - abs(x) }", Selections.DEFAULT, 0)).containsExactly("max 1 abs 1/2");
        assertThat(contradictions("program f(x) { return max(x, 0) - abs(x) }", Selections.DEFAULT.with("abs", Rational.ONE), 0)).isEmpty();
        assertThat(contradictions("program f(x) { return max(2*x, 0) - abs(-x) + relu(x - 1) }", Selections.DEFAULT, 0)).containsExactly("max 1 abs 1/2");
        assertThat(contradictions("program f(x, y) { return abs(x) + relu(y) }", Selections.DEFAULT, 0, 0)).isEmpty();
    }

    @Test
    void declaredFunctionsAreHeldAgainstOthersWithTheirSides() {
        String hardtanh = "program f(x) { return hardtanh(x) + relu(x - 1) }"; // x for x > -1: the share of x > 1 must be one
        assertThat(contradictions(hardtanh, Selections.DEFAULT, 1)).containsExactly("hardtanh 1 relu 0");
        assertThat(contradictions(hardtanh, Selections.of("left"), 1)).isEmpty();
        assertThat(contradictions(hardtanh, Selections.of("right"), 1)).isEmpty();
        assertThat(contradictions(hardtanh, Selections.of("mid"), 1)).isEmpty();
        assertThat(contradictions(hardtanh, Selections.DEFAULT, 0)).isEmpty();
        assertThat(contradictions("program f(x, lo) { return clip(x, lo, 5) - max(x, lo) }", Selections.DEFAULT, 2, 2)).containsExactly("clip 0 max 1");
        assertThat(contradictions("program f(x, lo) { return clip(x, lo, 5) - max(x, lo) }", Selections.of("jax"), 2, 2)).isEmpty();
        assertThat(contradictions("elementary kink(t) {\n when 2 * t < 2 : t\n otherwise : 3 * t - 2\n}\nprogram f(x: real[2]) { return sum(kink(x) - abs(1 - x)) }",
                Selections.DEFAULT, 0, 1)).containsExactly("kink 1 abs 1/2");
    }

    @Test
    void tiesOfSeveralAreHeldAgainstEachOther() {
        String text = "program f(x, y, z) { return max([x, y, z]) + max(x, y) }";
        assertThat(contradictions(text, Selections.DEFAULT, 1, 1, 1)).isEmpty();
        assertThat(contradictions(text, Selections.of("pytorch"), 1, 1, 1)).isEmpty();
        String swapped = "program f(x, y, z) { return max([x, y, z]) + max(y, x) }";
        assertThat(contradictions(swapped, Selections.DEFAULT, 1, 1, 1)).containsExactly("max null max null");
        assertThat(contradictions(swapped, Selections.of("pytorch"), 1, 1, 1)).isEmpty();
        assertThat(contradictions(swapped, Selections.DEFAULT, 1, 1, 0)).containsExactly("max 1 max 0");
        assertThat(contradictions("program f(x, y, z) { return max([x, y, z]) + min([x, y, z]) }", Selections.DEFAULT, 1, 1, 1)).containsExactly("max null min null");
        assertThat(contradictions("program f(x, y) { return max([x, x, y]) - max(x, y) }", Selections.of("mid"), 1, 1)).containsExactly("max 2/3 max 1/2");
    }

    @Test
    void aNormNeedsDirectionsThatBalance() {
        assertThat(contradictions("program f(x) { return norm2([x, 2 * x]) - 3 * relu(x) }", Arithmetic.FLOAT64, Selections.DEFAULT, 0)).containsExactly("norm2 null relu null");
        assertThat(contradictions("program f(x, y) { return hypot(x, y) - relu(x) }", Arithmetic.FLOAT64, Selections.DEFAULT, 0, 0)).isEmpty();
        assertThat(contradictions("program f(x, y) { return hypot(x, y) - max([x, y, -x, -y]) }", Arithmetic.FLOAT64, Selections.DEFAULT, 0, 0)).containsExactly("hypot null max null");
        assertThat(contradictions("program f(x, y) { return hypot(x, y) - max([x, y, -x, -y]) }", Arithmetic.FLOAT64, Selections.of("mid"), 0, 0)).isEmpty();
    }

    @Test
    void whatStandsBehindAnotherKinkOrIsCurvedIsNotHeldAgainstIt() {
        assertThat(contradictions("program f(x) { return abs(x) + relu(abs(x)) }", Selections.DEFAULT, 0)).isEmpty();
        assertThat(contradictions("program f(x, y) { return relu(y) - relu(x * x - y) }", Selections.DEFAULT, 0, 0)).isEmpty();
    }

    @Test
    void aGradientThatMetThemTellsOfThem() {
        assertThat(told("program f(x, y) { return max(x, y) + min(x, y) }", Arithmetic.FLOAT64, 1)).containsExactly("max min [1, 0]");
        assertThat(told("program f(x) { return sum(relu([x, -x])) }", Arithmetic.RATIONAL, 0)).containsExactly("relu relu [0, 1]");
        assertThat(told("program f(x) { return relu(x) + relu(2 * x) }", Arithmetic.FLOAT64, 0)).isEmpty();
        assertThat(told("program f(x) { return relu(x) + log(x) - relu(-x) }", Arithmetic.FLOAT64, 0)).isEmpty();
    }

    @Test
    void itIsSilentWhereTheCheckIsNotSoonDone() {
        assertThat(told("program f(x) { return sum(relu([k * x for k in 1..20])) - relu(-x) }", Arithmetic.FLOAT64, 0)).isEmpty();
        assertThat(told("program f(x) { return sum(relu([k * x for k in 1..19])) - relu(-x) }", Arithmetic.FLOAT64, 0)).containsExactly("relu relu [0, 1]");
        assertThat(told("program f(x: real[300]) { return relu(x[1]) - relu(-x[1]) + dot(x, x) }", Arithmetic.FLOAT64, 0)).isEmpty();
        assertThat(told("program f(x) { return relu(x) - relu(-x) }", Arithmetic.FLOAT32, 0)).isEmpty();
        assertThat(told("program f(x) { return relu(x), relu(-x) }", Arithmetic.FLOAT64, 0)).isEmpty();
    }

    /// What a gradient warns of where all entries are one number.
    private static List<String> told(String text, Arithmetic a, long x) {
        Program p = program(text);
        Program gradient = nad.backprop.Backprop.of(p, null, new ArrayList<>());
        Map<String, Tensor> at = new java.util.HashMap<>();
        for (Program.Parameter q : gradient.parameters()) {
            Rational[] entries = new Rational[nad.tensor.Shapes.size(q.shape())];
            java.util.Arrays.fill(entries, Rational.of(x));
            at.put(q.name(), Tensor.of(q.shape(), entries));
        }
        try {
            List<nad.run.Run.Met> met = Interpreter.run(gradient, at, a, Selections.DEFAULT, false).kinks();
            return Contradictions.told(p, null, at, a, Selections.DEFAULT, met).stream().map(c -> (nad.report.Problem.Contradiction) c)
                    .map(c -> c.firstOperation() + " " + c.operation() + " " + c.shares()).toList();
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }

    private static Comparison compare(String text, Arithmetic arithmetic, long... x) {
        Program p = program(text);
        Map<String, Tensor> at = at(p, rationals(x));
        try {
            ClarkeSet set = arithmetic == Arithmetic.RATIONAL ? ClarkeSet.of(p, null, at, ClarkeSet.STANDARD_LIMIT, new ArrayList<>()) : null;
            return Comparison.of(p, null, at, arithmetic, Selections.DEFAULT, set, 1, new ArrayList<>());
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }

    private static List<String> contradictions(String text, Selections s, long... x) {
        return contradictions(text, Arithmetic.RATIONAL, s, x);
    }

    private static List<String> contradictions(String text, Arithmetic a, Selections s, long... x) {
        Program p = program(text);
        try {
            List<Contradiction> found = Contradictions.of(p, null, at(p, rationals(x)), a, s, new ArrayList<>());
            return found.stream().map(c -> p.operation(c.first()).name + " " + c.ofFirst() + " " + p.operation(c.second()).name + " " + c.ofSecond()).toList();
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }
}
