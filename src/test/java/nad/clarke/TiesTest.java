package nad.clarke;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.forward.Calculus;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Ties of many, in every way that decides them.
class TiesTest {
    /// The largest of linear forms at their tie: Khan and Barton's element is the lexicographic one, a vertex of the hull of the forms.
    @Test
    void manyFormsThatTieAreDecidedAlike() throws Interpreter.Stopped {
        Random random = new Random(79);
        int swept = 0;
        for (int k = 0; k < 150; k++) {
            int n = 2 + random.nextInt(2);
            int m = 3 + random.nextInt(3);
            String f = random.nextBoolean() ? "max" : "min";
            List<Rational[]> forms = IntStream.range(0, m).mapToObj(i -> rationals(random.ints(n, -2, 3).asLongStream().toArray())).toList();
            Program p = program("program f(x: real[" + n + "]) { return " + f + "([" + forms.stream().map(TiesTest::form).collect(Collectors.joining(", ")) + "]) }");
            Map<String, Tensor> x = at(p, rationals(new long[n]));
            KhanBarton.Element e = KhanBarton.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL);
            assertThat(e.certain()).isTrue();
            assertThat(e.gradient()).containsExactly(Gradients.vector(Lexicographic.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL).gradient()));
            assertThat(Hull.vertices(forms)).usingElementComparator(java.util.Arrays::compare).contains(Gradients.exact(e.gradient()));
            if (e.sweeps() > 1) swept++;
        }
        assertThat(swept).isGreaterThan(50);
    }

    private static String form(Rational[] c) {
        return IntStream.range(0, c.length).mapToObj(i -> "(" + c[i] + ") * x[" + (i + 1) + "]").collect(Collectors.joining(" + "));
    }

    /// A curved race that the direction decides is a Clarke element, with that said; one that it does not decide is not.
    @Test
    void lockingTellsADecidedTieFromAnUndecidedOne() throws Interpreter.Stopped {
        assertThat(locked("program f(x, y) { return max([y + x * y, 2 * y + x * x, -y]) }", 1, 1).guarantee()).isEqualTo(Locking.Guarantee.QUALIFIED);
        assertThat(locked("program f(x, y) { return max([y + x * y, y + x * x, -y]) }", 1, 1).guarantee()).isEqualTo(Locking.Guarantee.UNQUALIFIED);
        assertThat(locked("program f(x, y) { return max([y + x * y, y + x * x, -y]) }", 1, -1).guarantee()).isEqualTo(Locking.Guarantee.QUALIFIED);
    }

    private static Locking.Element locked(String text, long... v) throws Interpreter.Stopped {
        Program p = program(text);
        return Locking.of(p, null, new ArrayList<>()).along(rationals(v), at(p, rationals(new long[v.length])), Arithmetic.RATIONAL);
    }

    @Test
    void withoutInputsToDifferentiateByTheGradientIsEmpty() throws Interpreter.Stopped {
        Program p = program("program f(data x) { return relu(x) }");
        KhanBarton.Element e = KhanBarton.of(p, null, new ArrayList<>()).at(at(p, rationals(0)), Arithmetic.RATIONAL);
        assertThat(e.gradient()).isEmpty();
        assertThat(e.certain()).isTrue();
    }

    @Test
    void aNormAtTheFirstStatementIsBlamed() throws Interpreter.Stopped {
        Program p = program("program f(x: real[2]) { return norm2(x) }");
        KhanBarton.Element e = KhanBarton.of(p, null, new ArrayList<>()).at(at(p, rationals(0, 0)), Arithmetic.FLOAT64);
        assertThat(e.gradient()).isNull();
        assertThat(e.blame()).isZero();
        assertThat(e.sweeps()).isEqualTo(1);
    }

    /// A declared function with a curved condition that moves to first order is as sure as any.
    @Test
    void aCurvedConditionThatMovesIsCertain() throws Interpreter.Stopped {
        Program p = program("elementary g(t) {\n when t * t > 1 : t * t\n otherwise : 1\n}\nprogram f(x) { return g(x) }");
        KhanBarton.Element e = KhanBarton.of(p, null, new ArrayList<>()).at(at(p, rationals(1)), Arithmetic.RATIONAL);
        assertThat(e.certain()).isTrue();
        assertThat(e.gradient()).containsExactly(rationals(2));
    }

    // ---- contradictions

    @Test
    void aNormIsHeldAgainstWeightsThatBalance() throws Interpreter.Stopped {
        String text = "program f(x) { return norm2([x, 2 * x]) - 3 * relu(x) }";
        assertThat(contradictions(text, Arithmetic.FLOAT64, Selections.of("mid"), 0)).isEmpty();
        assertThat(contradictions(text, Arithmetic.FLOAT64, Selections.of("right"), 0)).containsExactly("norm2 relu");
        assertThat(contradictions("program f(x) { return relu(x) - norm2([x, 2 * x]) }", Arithmetic.FLOAT64, Selections.of("mid"), 0)).isEmpty();
        assertThat(contradictions("program f(x) { return relu(x) - norm2([x, 2 * x]) }", Arithmetic.FLOAT64, Selections.DEFAULT, 0)).containsExactly("relu norm2");
    }

    @Test
    void eachDeclaredFunctionIsReadAtItsOwnArguments() throws Interpreter.Stopped {
        String text = "program f(x, lo) { return clip(x, lo, 5) + hardtanh(x - 1) + relu(x - 2) }";
        assertThat(contradictions(text, Arithmetic.RATIONAL, Selections.of("left"), 2, 0)).isEmpty();
        assertThat(contradictions(text, Arithmetic.RATIONAL, Selections.DEFAULT, 2, 0)).containsExactly("hardtanh relu");
        String both = "program f(x, lo) { return hardtanh(x - 1) + clip(x, lo, 5) - max(lo, x) }";
        assertThat(contradictions(both, Arithmetic.RATIONAL, Selections.of("right"), 2, 2)).isEmpty();
    }

    @Test
    void manyEntriesOrValuesAreNotLookedAt() {
        assertThat(told("program f(x) { return norm2([k * x for k in 1..19]) - relu(x) }", 0)).isEqualTo(1);
        assertThat(told("program f(x) { return norm2([k * x for k in 1..20]) - relu(x) }", 0)).isZero();
        assertThat(told("program f(x) { return max([k * x for k in 1..20]) - relu(-x) }", 0)).isEqualTo(1);
        assertThat(told("program f(x) { return max([k * x for k in 1..21]) - relu(-x) }", 0)).isZero();
    }

    private static int told(String text, long x) {
        Program p = program(text);
        Map<String, Tensor> at = at(p, rationals(x));
        List<Run.Met> met = Calculus.run(Backprop.of(p, null, new ArrayList<>()), at, Arithmetic.FLOAT64).kinks();
        List<Problem> told = Contradictions.told(p, null, at, Arithmetic.FLOAT64, Selections.DEFAULT, met);
        return told.size();
    }

    private static List<String> contradictions(String text, Arithmetic a, Selections s, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        return Contradictions.of(p, null, at(p, rationals(x)), a, s, new ArrayList<>()).stream().map(c -> p.operation(c.first()).name + " " + p.operation(c.second()).name).toList();
    }

    // ---- expressions written out

    /// By hand. x·y: by x 1·y, by y x·1. (x·y)·z: by x (1·y)·z, by y (x·1)·z, by z (x·y)·1. sin(3·x): cos(3·x)·(3·1).
    @Test
    void expressionsOfSeveralParametersAreCounted() {
        assertThat(sizes("program f(x, y) { return x * y }")).isEqualTo("1 2");
        assertThat(sizes("program f(x, y) { return x + y }")).isEqualTo("1 0");
        assertThat(sizes("program f(x, y, z) { return x * y * z }")).isEqualTo("2 6");
        assertThat(sizes("program f(x: real[2], y: real[2]) { return x[1] * y[2] + x[2] }")).isEqualTo("2 2");
        assertThat(sizes("program f(x) { return sin(3 * x) }")).isEqualTo("2 4");
    }

    private static String sizes(String text) {
        ExpressionSize.Sizes s = ExpressionSize.of(program(text));
        BigInteger f = s.function();
        return f + " " + s.gradient();
    }
}
