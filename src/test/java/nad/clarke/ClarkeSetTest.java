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
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.forward.Calculus;
import nad.forward.Forprop;
import nad.forward.RandomProgram;
import nad.lexi.Directions;
import nad.report.Problem;
import nad.report.Report;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// The whole Clarke set, and what must lie in it.
class ClarkeSetTest {
    @Test
    void oneVariable() {
        assertThat(vertices("program f(x) { return relu(x) - relu(-x) }", 0)).containsExactly("1");
        assertThat(vertices("program f(x) { return 10*x - 9*(relu(x) - relu(-x)) }", 0)).containsExactly("1");
        assertThat(vertices("program f(x) { return relu(-x) + x - relu(x) }", 0)).containsExactly("0");
        assertThat(vertices("program f(x) { return abs(x) - abs(x) }", 0)).containsExactly("0");
        assertThat(vertices("program f(x) { return abs(x) }", 0)).containsExactlyInAnyOrder("1", "-1");
        assertThat(vertices("program f(x) { return abs(x) }", 3)).containsExactly("1");
        assertThat(vertices("program f(x) { return leaky_relu(x, 0.25) }", 0)).containsExactlyInAnyOrder("1", "1/4");
        assertThat(vertices("program f(x) { return clip(x, 0, 1) - relu6(x) }", 1)).containsExactlyInAnyOrder("0", "-1");
        assertThat(vertices("program f(x) { return hardtanh(x) + softshrink(x, 1) }", 1)).containsExactlyInAnyOrder("1");
        assertThat(vertices("elementary g(t) { when t > 2 : 3*t - 4 \n when t < -1 : -t - 2 \n otherwise : t }\nprogram f(x) { return g(x) }", 2))
                .containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void severalVariables() {
        assertThat(vertices("program f(x, y) { return max(0, min(x, y)) }", 0, 0)).containsExactlyInAnyOrder("0 0", "1 0", "0 1");
        assertThat(vertices("program f(x, y) { return (1 + abs(x - y)) * (x - y) }", 0, 0)).containsExactly("1 -1");
        assertThat(vertices("program f(x, y) { return abs(x) + abs(y) }", 0, 0)).containsExactlyInAnyOrder("1 1", "1 -1", "-1 1", "-1 -1");
        assertThat(vertices("program f(x: real[3]) { return max(x) }", 1, 1, 0)).containsExactlyInAnyOrder("1 0 0", "0 1 0");
        assertThat(vertices("program f(x, y) { return max(x, y) + min(x, y) }", 2, 2)).containsExactly("1 1");
        assertThat(vertices("program f(W: real[2, 2], data x: real[2]) { return sum(relu(W @ x)) ^ 2 }", 1, -1, 2, 1, 1, 1))
                .containsExactlyInAnyOrder("6 6 6 6", "0 0 6 6");
    }

    /// A kink behind another one is met on one side only, so that cells do not meet face to face.
    @Test
    void kinksBehindKinks() {
        assertThat(vertices("program f(x, y) { return max(min(y, relu(x)), -relu(x)) }", 0, 0)).containsExactlyInAnyOrder("0 1", "1 0", "-1 0");
        assertThat(vertices("program f(x, y) { return relu(x) + max(min(y, relu(x)), -relu(x)) }", 0, 0))
                .containsExactlyInAnyOrder("0 0", "1 1", "2 0");
    }

    @Test
    void threeSatisfiabilityIsHiddenInIt() {
        assertThat(vertices(Satisfiability.program(3, Satisfiability.allClauses(3)), 0, 0, 0)).containsExactly("0 0 0");
        List<int[]> seven = Satisfiability.allClauses(3);
        seven.removeLast();
        assertThat(vertices(Satisfiability.program(3, seven), 0, 0, 0)).contains("0 0 0").hasSizeGreaterThan(1);
    }

    @Test
    void whatProvesThatAVectorIsInsideOrNot() throws Interpreter.Stopped {
        ClarkeSet set = set(program("program f(x, y) { return max(0, min(x, y)) }"), at2(0, 0), new ArrayList<>());
        Hull.Inside in = (Hull.Inside) set.membership(new Rational[] {Rational.of(1, 3), Rational.HALF});
        assertThat(Arrays.stream(in.weights()).reduce(Rational.ZERO, Rational::plus)).isEqualTo(Rational.ONE);
        Hull.Outside out = (Hull.Outside) set.membership(rationals(1, 1));
        assertThat(out.point()).isGreaterThan(out.hull());
        for (Rational[] v : set.vertices()) assertThat(Calculus.inner(out.normal(), v)).isLessThanOrEqualTo(out.hull());
    }

    // ---- laws on random piecewise linear programs

    @Test
    void lexicographicAndLockedElementsLieInTheSet() throws Interpreter.Stopped {
        Random random = new Random(7);
        int kinked = 0;
        for (int k = 0; k < 40; k++) {
            Program p = program(RandomProgram.piecewiseLinear(random));
            Map<String, Tensor> x = Calculus.grid(p, random);
            List<Problem> problems = new ArrayList<>();
            ClarkeSet set = ClarkeSet.of(p, null, x, 100, problems);
            if (set == null) {
                assertThat(problems).hasOnlyElementsOfType(Problem.TooManyCells.class);
                continue;
            }
            if (set.vertices().size() > 1) kinked++;
            for (int m = 0; m < 3; m++) assertThat(set.membership(lexicographic(p, x, random))).isInstanceOf(Hull.Inside.class);
            Locking locking = Locking.of(p, null, problems);
            for (long seed = 0; seed < 4; seed++) {
                Locking.Element e = locking.at(x, Arithmetic.RATIONAL, seed);
                assertThat(e.guarantee()).isEqualTo(Locking.Guarantee.CERTAIN);
                assertThat(set.membership(Gradients.exact(e.gradient()))).isInstanceOf(Hull.Inside.class);
            }
        }
        assertThat(kinked).isGreaterThan(15);
    }

    @Test
    void offKinksAllWaysAgree() throws Interpreter.Stopped {
        Random random = new Random(8);
        for (int k = 0; k < 40; k++) {
            Program p = program(RandomProgram.piecewiseSmooth(random));
            Map<String, Tensor> x = Calculus.generic(p, random);
            Run backprop = Calculus.run(Calculus.backprop(p), x, Arithmetic.RATIONAL);
            if (!backprop.kinks().isEmpty()) continue;
            Rational[] g = Gradients.exact(Gradients.vector(backprop.results().subList(1, backprop.results().size())));
            assertThat(lexicographic(p, x, random)).isEqualTo(g);
            Locking.Element e = Locking.of(p, null, new ArrayList<>()).at(x, Arithmetic.RATIONAL, k);
            assertThat(Gradients.exact(e.gradient())).isEqualTo(g);
            assertThat(e.guarantee()).isEqualTo(Locking.Guarantee.CERTAIN);
            List<Problem> problems = new ArrayList<>();
            assertThat(ClarkeSet.of(p, null, x, 1, problems).vertices()).containsExactly(g);
        }
    }

    // ---- refusals

    @Test
    void tooManyCellsAreRefused() throws Interpreter.Stopped {
        Program p = program("program f(x: real[8]) { return sum(abs(x)) }");
        List<Problem> problems = new ArrayList<>();
        Map<String, Tensor> x = Calculus.inputs(p, () -> Rational.ZERO);
        assertThat(ClarkeSet.of(p, null, x, 255, problems)).isNull();
        assertThat(problems.stream().map(Report::message)).containsExactly("Around this point `f` has more than 255 cells, too many to list its Clarke set.");
        assertThat(ClarkeSet.of(p, null, x, 256, new ArrayList<>()).vertices()).hasSize(256);
    }

    @Test
    void kinksThatFirstOrderDoesNotSeeAreToldAndNotListed() throws Interpreter.Stopped {
        assertThat(refusal("program f(x) { t = x * x; return relu(t) }", 0)).isEqualTo("The Clarke set is not listed because of `relu` in the statement of `t1`: "
                + "it is at a kink, and its arguments are not piecewise linear. This is line 1, column 34.");
        assertThat(refusal("program f(x, y) { return hypot(x, y) }", 0, 0)).contains("`hypot`", "its derivatives fill a ball");
        assertThat(refusal("program f(x: real[2]) { return norm2(x) }", 0, 0)).contains("`norm2`", "its derivatives fill a ball");
    }

    @Test
    void squaresBehindAKinkAndAwayFromKinksAreFine() {
        assertThat(vertices("program f(x) { return relu(x) ^ 2 + x * relu(x - 1) }", 1)).containsExactlyInAnyOrder("2", "3");
        assertThat(vertices("program f(x) { return relu(x * x) + abs(x - 2) }", 2)).containsExactlyInAnyOrder("3", "5");
    }

    // ---- words

    static Map<String, Tensor> at2(long... x) {
        return at(program("program f(x, y) { return x + y }"), rationals(x));
    }

    static ClarkeSet set(Program p, Map<String, Tensor> x, List<Problem> problems) throws Interpreter.Stopped {
        return ClarkeSet.of(p, null, x, ClarkeSet.STANDARD_LIMIT, problems);
    }

    private static List<String> vertices(String text, long... x) {
        try {
            Program p = program(text);
            List<Problem> problems = new ArrayList<>();
            ClarkeSet set = set(p, at(p, rationals(x)), problems);
            assertThat(problems).isEmpty();
            return set.vertices().stream().map(v -> String.join(" ", Arrays.stream(v).map(Rational::toString).toList())).toList();
        } catch (Interpreter.Stopped e) {
            throw new AssertionError(e.problem.toString());
        }
    }

    private static String refusal(String text, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        List<Problem> problems = new ArrayList<>();
        assertThat(set(p, at(p, rationals(x)), problems)).isNull();
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().isWarning()).isTrue();
        return Report.message(problems.getFirst());
    }

    /// The lexicographic subgradient for a random nonsingular M of small integers.
    static Rational[] lexicographic(Program p, Map<String, Tensor> x, Random random) {
        int n = Gradients.of(p, null, new ArrayList<>()).entries();
        Directions m = null;
        while (m == null) {
            Rational[][] rows = new Rational[n][n];
            for (Rational[] row : rows) for (int k = 0; k < n; k++) row[k] = Rational.of(random.nextInt(5) - 2);
            m = Directions.of(p, null, rows, new ArrayList<>());
        }
        Program q = Forprop.lexicographic(p, null, n, new ArrayList<>());
        Map<String, Tensor> inputs = new java.util.LinkedHashMap<>(x);
        m.tangents(q).forEach((name, v) -> inputs.put(name, Tensor.of(q.parameters().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow().shape(), v)));
        Tensor row = Calculus.run(q, inputs, Arithmetic.RATIONAL).results().getLast();
        Quantity[] r = new Quantity[row.size()];
        for (int k = 0; k < r.length; k++) r[k] = row.get(k);
        return Gradients.exact(m.subgradient(r).values().stream().flatMap(Arrays::stream).toArray(Quantity[]::new));
    }
}
