package nad.clarke;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.clarke.Comparison.Answer;
import nad.clarke.Comparison.Verdict;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// What is asked at a point, all ways at once, and whether each answer is there.
class AnswersTest {
    private static final List<String> BY_SELECTIONS = List.of("backprop", "backprop, default", "backprop, pytorch", "backprop, jax", "backprop, left", "backprop, right",
            "backprop, mid", "backprop, minnorm", "backprop, random selection 1", "backprop, random selection 2", "backprop, random selection 3",
            "backprop, random selection 4");

    @Test
    void everyWayGivesAnAnswer() throws Interpreter.Stopped {
        List<String> all = new ArrayList<>(BY_SELECTIONS);
        all.addAll(List.of("lexicographic", "locked, seed 5", "locked, seed 6", "locked, seed 7", "Khan-Barton"));
        assertThat(compare("program f(x) { return abs(x) }", 5, 0).answers().stream().map(Answer::way)).containsExactlyElementsOf(all);
        all.removeLast();
        assertThat(compare("program f(x, y) { return hypot(x, y) }", 5, 0, 0).answers().stream().map(Answer::way)).containsExactlyElementsOf(all);
    }

    /// The locked answers are those of consecutive seeds.
    @Test
    void lockedAnswersAreThoseOfTheirSeeds() throws Interpreter.Stopped {
        Program p = program("program f(x: real[3]) { return sum(abs(x)) }");
        Map<String, Tensor> x = at(p, rationals(0, 0, 0));
        Comparison c = compare("program f(x: real[3]) { return sum(abs(x)) }", 9, 0, 0, 0);
        for (long k = 0; k < 3; k++) {
            String way = "locked, seed " + (9 + k);
            Quantity[] told = c.answers().stream().filter(a -> a.way().equals(way)).findFirst().orElseThrow().gradient();
            assertThat(told).containsExactly(Locking.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL, 9 + k).gradient());
        }
    }

    /// A single function's selections all lie in its Clarke set, by chance too; and chance takes several.
    @Test
    void randomSelectionsOfAFunctionLieInItsClarkeSet() throws Interpreter.Stopped {
        for (String body : List.of("relu(x)", "abs(x)", "hardtanh(x + 1)", "leaky_relu(x, 0.25)", "clip(x, 0, 5)", "softshrink(x - 2, 2)", "max(x, 0)", "max(3*x, x)")) {
            Comparison c = compare("program f(x) { return " + body + " }", 1, 0);
            assertThat(c.set().vertices()).as(body).hasSize(2);
            assertThat(c.verdict()).as(body).isEqualTo(Verdict.SOUND);
            List<Answer> random = c.answers().stream().filter(a -> a.way().contains("random")).toList();
            assertThat(random.stream().map(a -> a.gradient()[0]).distinct().count()).as(body).isGreaterThan(1);
        }
    }

    @Test
    void elementsTellWhetherBackpropIsInTheSet() throws Interpreter.Stopped {
        for (Arithmetic a : List.of(Arithmetic.RATIONAL, Arithmetic.FLOAT64)) {
            assertThat(elements("program f(x) { return relu(x) }", a, 100, new ArrayList<>(), 0).backpropInSet()).isTrue();
            assertThat(elements("program f(x) { return relu(x) - relu(-x) }", a, 100, new ArrayList<>(), 0).backpropInSet()).isFalse();
            assertThat(elements("program f(x) { return relu(x) }", a, 0, new ArrayList<>(), 0).backpropInSet()).isNull();
        }
        assertThat(elements("program f(x) { return exp(relu(x)) }", Arithmetic.FLOAT64, 100, new ArrayList<>(), 0).backpropInSet()).isTrue();
        assertThat(elements("program f(x) { return exp(relu(x) - relu(-x)) }", Arithmetic.FLOAT64, 100, new ArrayList<>(), 0).backpropInSet()).isFalse();
    }

    @Test
    void anErrorLeavesNoAnswerAndAWarningDoes() throws Interpreter.Stopped {
        List<Problem> problems = new ArrayList<>();
        assertThat(elements("program f(x, y) { return abs(x) + abs(y) }", Arithmetic.RATIONAL, 3, problems, 0, 0)).isNull();
        assertThat(problems).hasOnlyElementsOfType(Problem.TooManyCells.class).hasSize(1);
        problems.clear();
        ClarkeElements e = elements("program f(x) { return relu(x * x) }", Arithmetic.RATIONAL, 3, problems, 0);
        assertThat(problems).hasOnlyElementsOfType(Problem.NoEnumeration.class).hasSize(1);
        assertThat(e.set()).isNull();
        assertThat(e.backprop()).containsExactly(rationals(0));
    }

    /// Vectors of all entries and tensors by name hold the same, parameter by parameter.
    @Test
    void vectorsAndTensorsHoldTheSame() {
        Program p = program("program f(s, data c: real[2], W: real[2, 3], v: real[2]) { return s + sum(W) + sum(c * v) }");
        Gradients by = Gradients.of(p, null, new ArrayList<>());
        assertThat(by.entries()).isEqualTo(9);
        Map<String, Tensor> tensors = by.tensors(rationals(1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(tensors.keySet()).containsExactly("s", "W", "v");
        assertThat(tensors.get("W").shape()).containsExactly(2, 3);
        assertThat(tensors.get("W").exact()).containsExactly(rationals(2, 3, 4, 5, 6, 7));
        assertThat(Gradients.vector(List.copyOf(tensors.values()))).containsExactly(rationals(1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(Gradients.of(p, List.of("v"), new ArrayList<>()).tensors(rationals(1, 2)).keySet()).containsExactly("v");
    }

    /// Of parameters of different shapes each gets its own gradient.
    @Test
    void lexicographicGradientsHaveTheShapesOfTheParameters() throws Interpreter.Stopped {
        Program p = program("program f(s, W: real[2, 3], v: real[3]) { return relu(s) + sum(relu(W @ v)) }");
        Map<String, Tensor> x = at(p, rationals(0, 1, 2, 4, 4, 5, 6, 1, 1, -1));
        List<Tensor> g = Lexicographic.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL).gradient();
        assertThat(g.stream().map(t -> Arrays.toString(t.shape()))).containsExactly("[]", "[2, 3]", "[3]");
        assertThat(g.get(0).exact()).containsExactly(rationals(1));
        assertThat(g.get(1).exact()).containsExactly(rationals(0, 0, 0, 1, 1, -1));
        assertThat(g.get(2).exact()).containsExactly(rationals(4, 5, 6));
    }

    private static Comparison compare(String text, long seed, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        Map<String, Tensor> at = at(p, rationals(x));
        Arithmetic a = text.contains("hypot") ? Arithmetic.FLOAT64 : Arithmetic.RATIONAL;
        ClarkeSet set = ClarkeSet.of(p, null, at, ClarkeSet.STANDARD_LIMIT, new ArrayList<>());
        return Comparison.of(p, null, at, a, Selections.DEFAULT, set, seed, new ArrayList<>());
    }

    private static ClarkeElements elements(String text, Arithmetic a, int limit, List<Problem> problems, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        Map<String, Tensor> exactly = at(p, rationals(x));
        Map<String, Tensor> real = new LinkedHashMap<>();
        exactly.forEach((name, t) -> real.put(name, Tensor.of(t.shape(), Arrays.stream(t.exact()).mapToDouble(Quantity::toDouble).toArray())));
        return ClarkeElements.of(p, null, a == Arithmetic.RATIONAL ? exactly : real, exactly, a, Selections.DEFAULT, 1, limit, 0, problems);
    }
}
