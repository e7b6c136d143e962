package nad.clarke;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.forward.Calculus;
import nad.forward.RandomProgram;
import nad.report.Problem;
import nad.report.Report;
import nad.run.Interpreter;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// Clarke sets of programs that leave the rationals.
class EnclosedSetTest {
    private static final String RESULT = "  return ";

    @Test
    void withoutRoundingItIsTheExactSet() throws Interpreter.Stopped {
        Random random = new Random(41);
        int several = 0;
        for (int k = 0; k < 30; k++) {
            Program p = program(RandomProgram.piecewiseLinear(random));
            Map<String, Tensor> x = Calculus.grid(p, random);
            ClarkeSet exact = ClarkeSet.of(p, null, x, 60, new ArrayList<>());
            ClarkeSet enclosed = ClarkeSet.of(p, null, x, Arithmetic.ENCLOSED, 60, new ArrayList<>());
            if (exact == null) continue;
            assertThat(enclosed.radius()).isEqualTo(Rational.ZERO);
            assertThat(enclosed.vertices()).usingElementComparator(Arrays::compare).containsExactlyElementsOf(exact.vertices());
            if (exact.cells() > 1) several++;
        }
        assertThat(several).isGreaterThan(8);
    }

    /// ∂(exp ∘ G) = e^G · ∂G.
    @Test
    void theVerticesOfASmoothFunctionOfAPiecewiseLinearOneAreEnclosed() throws Interpreter.Stopped {
        Random random = new Random(43);
        int several = 0;
        for (int k = 0; k < 30; k++) {
            String inner = RandomProgram.piecewiseLinear(random);
            int at = inner.indexOf(RESULT) + RESULT.length();
            String outer = inner.substring(0, at) + "exp((" + inner.substring(at, inner.lastIndexOf('\n', inner.length() - 3)) + ") / 8)" + inner.substring(inner.lastIndexOf('\n', inner.length() - 3));
            Program g = program(inner);
            Program f = program(outer);
            Map<String, Tensor> x = Calculus.grid(g, random);
            ClarkeSet exact = ClarkeSet.of(g, null, x, 60, new ArrayList<>());
            if (exact == null) continue;
            ClarkeSet enclosed = ClarkeSet.of(f, null, x, Arithmetic.ENCLOSED, 60, new ArrayList<>());
            double scale = Math.exp(Calculus.run(g, x, Arithmetic.RATIONAL).results().getFirst().toDouble(0) / 8) / 8;
            assertThat(enclosed.cells()).isEqualTo(exact.cells());
            assertThat(enclosed.radius().toDouble()).isLessThan(1e-12 * (1 + scale));
            double near = enclosed.radius().toDouble() + 1e-13 * (1 + scale);
            for (Rational[] v : exact.vertices())
                assertThat(enclosed.vertices().stream().mapToDouble(w -> apart(v, w, scale)).min().orElse(9)).isLessThan(near * 10);
            if (exact.cells() > 1) several++;
        }
        assertThat(several).isGreaterThan(8);
    }

    private static double apart(Rational[] v, Rational[] w, double scale) {
        double most = 0;
        for (int k = 0; k < v.length; k++) most = Math.max(most, Math.abs(v[k].toDouble() * scale - w[k].toDouble()));
        return most;
    }

    @Test
    void membershipIsUpToADistanceThatIsTold() throws Interpreter.Stopped {
        ClarkeSet set = set("program f(x) { return exp(2 * relu(x) - 1) }", rationals(0), new ArrayList<>());
        double most = 2 / Math.E;
        for (double g : new double[] {0, most / 3, most, Math.nextUp(most), most + 1e-14}) {
            Hull.Inside in = (Hull.Inside) set.membership(new Rational[] {Rational.of(g)});
            assertThat(in.within().toDouble()).isBetween(0.0, 1e-11);
        }
        assertThat(((Hull.Inside) set.membership(new Rational[] {Rational.of(most + 1e-10)})).within().toDouble()).isBetween(1e-10, 1e-8);
        for (double g : new double[] {-1e-8, most + 1e-8, 10}) {
            Hull.Outside out = (Hull.Outside) set.membership(new Rational[] {Rational.of(g)});
            assertThat(out.point()).isGreaterThan(out.hull());
        }
    }

    @Test
    void whatEnclosuresDoNotDecideIsNamed() {
        assertThat(refused("program f(x) { return abs(exp(x) - 1) }", 0)).contains("`abs`", "does not follow from enclosures");
        assertThat(refused("program f(x) { return relu(sqrt(2) * x) + relu(x) }", 0)).contains("`relu`");
        assertThat(refused("program f(x, y) { return exp(max(x * y, x)) }", 0, 0)).contains("`max`", "not piecewise linear");
        assertThat(refused("program f(x) { return sqrt(abs(x)) }", 0)).contains("`sqrt`");
        assertThat(refused("program f(x, y) { return exp(hypot(x, y)) }", 0, 0)).contains("`hypot`");
        assertThat(refused("program f(x, y) { return max([exp(x), exp(y), 0]) }", 0, 0)).contains("`max`");
    }

    @Test
    void whatTheyDecideIsListed() throws Interpreter.Stopped {
        assertThat(set("program f(x, y) { return max([exp(x), exp(y), 0]) + abs(y) }", rationals(1, 0), new ArrayList<>()).vertices()).hasSize(2);
        assertThat(set("program f(x, y) { return abs(x) + relu(exp(y) - 3) }", rationals(0, 1), new ArrayList<>()).vertices()).hasSize(2);
        assertThat(set("program f(x: real[2]) { return logsumexp(relu(x)) - abs(x[1] + x[2]) }", rationals(0, 0), new ArrayList<>()).cells()).isEqualTo(6);
    }

    /// Where no operation leaves the fractions, they are what an enclosed run computes; else it encloses what float64 rounds.
    @Test
    void anEnclosedRunIsExactAsLongAsItCanBe() {
        Random random = new Random(47);
        for (int k = 0; k < 40; k++) {
            Program q = Calculus.backprop(program(RandomProgram.piecewiseSmooth(random)));
            Map<String, Tensor> x = Calculus.grid(q, random);
            List<Tensor> enclosed = Calculus.run(q, x, Arithmetic.ENCLOSED).results();
            List<Tensor> exact = Calculus.run(q, x, Arithmetic.RATIONAL).results();
            for (int r = 0; r < exact.size(); r++) assertThat(enclosed.get(r).exact()).containsExactly(exact.get(r).exact());
        }
        Program s = Calculus.backprop(program("program f(x: real[3]) { return logsumexp(x) * max(softmax(x)) + pow(x[1] + 3, 0.5) - norm2(x) / sigmoid(x[2]) + elu(x[3]) }"));
        for (int k = 0; k < 20; k++) {
            Map<String, Tensor> x = Calculus.generic(s, random);
            if (x.get("x").toDouble(0) <= -3) continue;
            List<Tensor> enclosed = Calculus.run(s, x, Arithmetic.ENCLOSED).results();
            List<Tensor> rounded = Calculus.run(s, x, Arithmetic.FLOAT64).results();
            for (int r = 0; r < enclosed.size(); r++)
                for (int e = 0; e < enclosed.get(r).size(); e++) {
                    Interval i = (Interval) enclosed.get(r).get(e);
                    double slack = 1e-9 * (1 + Math.abs(rounded.get(r).toDouble(e)));
                    assertThat(rounded.get(r).toDouble(e)).isBetween(i.lo() - slack, i.hi() + slack);
                }
        }
    }

    @Test
    void nearnessToAHullIsProvedEitherWay() {
        Random random = new Random(53);
        int inside = 0;
        int outside = 0;
        for (int k = 0; k < 200; k++) {
            int m = 1 + random.nextInt(3);
            List<Rational[]> points = new ArrayList<>();
            for (int j = 0; j < 1 + random.nextInt(5); j++) points.add(vector(m, random));
            Rational[] g = vector(m, random);
            Rational slack = Rational.of(random.nextInt(20), 10);
            switch (Hull.near(points, g, slack, slack)) {
                case Hull.Inside in -> {
                    inside++;
                    assertThat(Arrays.stream(in.weights()).reduce(Rational.ZERO, Rational::plus)).isEqualTo(Rational.ONE);
                    for (int i = 0; i < m; i++) {
                        Rational mean = Rational.ZERO;
                        for (int j = 0; j < points.size(); j++) mean = mean.plus(in.weights()[j].times(points.get(j)[i]));
                        assertThat(mean.minus(g[i]).abs()).isLessThanOrEqualTo(slack);
                    }
                }
                case Hull.Outside out -> {
                    outside++;
                    Rational size = Arrays.stream(out.normal()).map(Rational::abs).reduce(Rational.ZERO, Rational::plus);
                    assertThat(out.point().minus(slack.times(size))).isGreaterThan(out.hull());
                }
            }
        }
        assertThat(inside).isGreaterThan(40);
        assertThat(outside).isGreaterThan(40);
    }

    private static Rational[] vector(int m, Random random) {
        Rational[] v = new Rational[m];
        for (int k = 0; k < m; k++) v[k] = Rational.of(random.nextInt(21) - 10, 2);
        return v;
    }

    private static ClarkeSet set(String text, Rational[] x, List<Problem> problems) throws Interpreter.Stopped {
        Program p = program(text);
        return ClarkeSet.of(p, null, at(p, x), Arithmetic.ENCLOSED, 100, problems);
    }

    private static String refused(String text, long... x) {
        List<Problem> problems = new ArrayList<>();
        try {
            assertThat(set(text, rationals(x), problems)).isNull();
        } catch (Interpreter.Stopped s) {
            throw new AssertionError(s.problem.toString());
        }
        assertThat(problems).hasSize(1);
        return Report.message(problems.getFirst());
    }
}
