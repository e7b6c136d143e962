package nad.clarke;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Tally;
import nad.forward.Calculus;
import nad.forward.RandomProgram;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Clarke elements by Khan and Barton's method.
class KhanBartonTest {
    @Test
    void knownElements() {
        assertThat(of("program f(x) { return relu(x) - relu(-x) }", 0).gradient()).containsExactly(rationals(1));
        assertThat(of("program f(x, y) { return max(0, min(x, y)) }", 0, 0).gradient()).containsExactly(rationals(0, 1));
        assertThat(of("program f(x, y) { return (1 + abs(x - y)) * (x - y) }", 0, 0).gradient()).containsExactly(rationals(1, -1));
        assertThat(of("program f(x) { return leaky_relu(-x, 0.5) }", 0).gradient()).containsExactly(Rational.HALF.negate());
        assertThat(of("program f(data x, y) { return relu(x) + relu(y) }", 0, 0).gradient()).containsExactly(rationals(1));
    }

    /// Past a kink that is decided in no direction to first order it is as sure as before: locking is not.
    @Test
    void curvedKinksAreNoTrouble() {
        KhanBarton.Element square = of("program f(x) { s = x * x\n return relu(s) }", 0);
        assertThat(square.gradient()).containsExactly(rationals(0));
        assertThat(square.certain()).isTrue();
        KhanBarton.Element sliver = of("program f(x, y) { return relu(y) - relu(y - x * x) }", 0, 0);
        assertThat(sliver.gradient()).containsExactly(rationals(0, 0));
        assertThat(sliver.certain()).isTrue();
    }

    @Test
    void saysWhereItDoesNotApply() throws Interpreter.Stopped {
        Program norm = program("program f(x, y) { a = relu(x)\n b = hypot(x, y)\n return a + b }");
        KhanBarton.Element none = KhanBarton.of(norm, null, new ArrayList<>()).at(at(norm, rationals(0, 0)), Arithmetic.RATIONAL);
        assertThat(none.gradient()).isNull();
        assertThat(none.certain()).isFalse();
        assertThat(norm.name(norm.target(none.blame()))).isEqualTo("b");
        KhanBarton.Element thin = of("elementary g(t) { when t * t > 0 : 2 * t \n otherwise : t }\nprogram f(x) { return g(x) }", 0);
        assertThat(thin.certain()).isFalse();
        assertThat(thin.blame()).isNotNegative();
        Program root = program("program f(x) { return sqrt(abs(x)) }");
        KhanBarton.Element infinite = KhanBarton.of(root, null, new ArrayList<>()).at(at(root, rationals(0)), Arithmetic.FLOAT64);
        assertThat(infinite.certain()).isFalse();
        assertThat(infinite.blame()).isEqualTo(-1);
    }

    /// In the Clarke set; the gradient of F itself between the directions found; the lexicographic element, since mirroring leaves
    /// the first direction that decides a kink where it is.
    @Test
    void isAnElementOfTheSetAndTheGradientOfAPieceBeside() throws Interpreter.Stopped {
        Random random = new Random(17);
        int several = 0;
        int beside = 0;
        for (int k = 0; k < 60; k++) {
            Program p = program(RandomProgram.piecewiseLinear(random));
            Map<String, Tensor> x = Calculus.grid(p, random);
            List<Problem> problems = new ArrayList<>();
            KhanBarton.Element e = KhanBarton.of(p, null, problems).at(x, Arithmetic.RATIONAL);
            assertThat(e.certain()).isTrue();
            assertThat(e.gradient()).containsExactly(lexicographic(p, x));
            if (e.sweeps() > 1) several++;
            Run near = Calculus.run(Calculus.backprop(p), between(p, x, e.basis(), random, 40), Arithmetic.RATIONAL);
            if (near.kinks().isEmpty()) {
                beside++;
                assertThat(Gradients.vector(near.results().subList(1, near.results().size()))).containsExactly(e.gradient());
            }
            ClarkeSet set = ClarkeSet.of(p, null, x, 200, problems);
            if (set != null) assertThat(set.membership(Gradients.exact(e.gradient()))).isInstanceOf(Hull.Inside.class);
        }
        assertThat(several).isGreaterThan(8);
        assertThat(beside).isGreaterThan(15);
    }

    @Test
    void ofCurvedProgramsItIsALimitOfGradients() throws Interpreter.Stopped {
        Random random = new Random(23);
        int said = 0;
        for (int k = 0; k < 40; k++) {
            Program p = program(RandomProgram.piecewiseSmooth(random));
            Map<String, Tensor> x = Calculus.grid(p, random);
            KhanBarton.Element e = KhanBarton.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL);
            assertThat(e.certain()).isTrue();
            assertThat(e.gradient()).containsExactly(lexicographic(p, x));
            Run near = Calculus.run(Calculus.backprop(p), between(p, x, e.basis(), random, 40), Arithmetic.RATIONAL);
            if (!near.kinks().isEmpty()) continue;
            said++;
            Quantity[] g = Gradients.vector(near.results().subList(1, near.results().size()));
            for (int i = 0; i < g.length; i++) assertThat(g[i].toDouble()).isCloseTo(e.gradient()[i].toDouble(), within(1e-6));
        }
        assertThat(said).isGreaterThan(10);
    }

    private static Quantity[] lexicographic(Program p, Map<String, Tensor> x) throws Interpreter.Stopped {
        return Gradients.vector(Lexicographic.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL).gradient());
    }

    /// A point of x + the cone between the directions, 2^−`exponent` away.
    private static Map<String, Tensor> between(Program p, Map<String, Tensor> x, Rational[][] basis, Random random, int exponent) {
        Rational[] d = rationals(new long[basis.length]);
        for (Rational[] y : basis) {
            Rational w = Rational.of(1 + random.nextInt(1000), 1000L << exponent);
            for (int k = 0; k < d.length; k++) d[k] = d[k].plus(w.times(y[k]));
        }
        Map<String, Tensor> out = new LinkedHashMap<>();
        int at = 0;
        for (Program.Parameter q : p.parameters()) {
            Quantity[] moved = new Quantity[x.get(q.name()).size()];
            for (int k = 0; k < moved.length; k++) moved[k] = x.get(q.name()).get(k).plus(d[at++]);
            out.put(q.name(), Tensor.of(q.shape(), moved));
        }
        return out;
    }

    @Test
    void offKinksItIsTheGradientInOneSweep() throws Interpreter.Stopped {
        Random random = new Random(29);
        for (int k = 0; k < 30; k++) {
            Program p = program(RandomProgram.piecewiseSmooth(random));
            Map<String, Tensor> x = Calculus.generic(p, random);
            Run run = Calculus.run(Calculus.backprop(p), x, Arithmetic.RATIONAL);
            if (!run.kinks().isEmpty()) continue;
            KhanBarton.Element e = KhanBarton.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL);
            assertThat(e.sweeps()).isEqualTo(1);
            assertThat(e.gradient()).containsExactly(Gradients.vector(run.results().subList(1, run.results().size())));
        }
    }

    @Test
    void isCountedAsItIsRunAndSweepsNoMoreThanOncePerKink() throws Interpreter.Stopped {
        Random random = new Random(31);
        for (int k = 0; k < 30; k++) {
            Program p = program(RandomProgram.piecewiseSmooth(random));
            KhanBarton method = KhanBarton.of(p, null, new ArrayList<>());
            KhanBarton.Element e = method.at(Calculus.grid(p, random), Arithmetic.RATIONAL);
            Tally sweeps = new Tally();
            for (int s = 0; s < e.sweeps(); s++) sweeps.add(StaticCost.of(method.program()));
            assertThat(e.tally().byName()).isEqualTo(sweeps.byName());
            assertThat(e.sweeps()).isLessThanOrEqualTo(1 + Scan.of(method.program()).size());
        }
    }

    /// With rounded numbers too it ends, and where it says that it is certain it is right up to rounding.
    @Test
    void roundingDoesNotKeepItFromEnding() throws Interpreter.Stopped {
        Random random = new Random(37);
        int certain = 0;
        for (int k = 0; k < 60; k++) {
            Program p = program(RandomProgram.piecewiseSmooth(random).replace(" - 2 *", " - (2/3) *").replace("/ 4", "/ 3"));
            Map<String, Tensor> x = Calculus.grid(p, random);
            KhanBarton method = KhanBarton.of(p, null, new ArrayList<>());
            Quantity[] exact = method.at(x, Arithmetic.RATIONAL).gradient();
            KhanBarton.Element e = method.at(x, Arithmetic.FLOAT64);
            if (!e.certain() || !sameKinks(p, x)) continue;
            certain++;
            for (int i = 0; i < exact.length; i++) assertThat(e.gradient()[i].toDouble()).isCloseTo(exact[i].toDouble(), within(1e-9 * (1 + Math.abs(exact[i].toDouble()))));
        }
        assertThat(certain).isGreaterThan(25);
    }

    private static boolean sameKinks(Program p, Map<String, Tensor> x) {
        Program q = Calculus.backprop(p);
        return Calculus.run(q, x, Arithmetic.RATIONAL).kinks().stream().map(Run.Met::instruction).toList()
                .equals(Calculus.run(q, x, Arithmetic.FLOAT64).kinks().stream().map(Run.Met::instruction).toList());
    }

    private static KhanBarton.Element of(String text, long... x) {
        Program p = program(text);
        try {
            return KhanBarton.of(p, null, new ArrayList<>()).at(at(p, rationals(x)), Arithmetic.RATIONAL);
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }
}
