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
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.forward.Calculus;
import nad.forward.RandomProgram;
import nad.report.Problem;
import nad.report.Report;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

/// No cell is missed and none is listed of a program whose cells first order does not see.
class CellsTest {
    /// The gradient at every point nearby is in the set.
    @Test
    void gradientsNearbyLieInTheSet() throws Interpreter.Stopped {
        Random random = new Random(71);
        int several = 0;
        int looked = 0;
        for (int k = 0; k < 60; k++) {
            Program p = program(RandomProgram.piecewiseLinear(random));
            Map<String, Tensor> x = Calculus.grid(p, random);
            ClarkeSet set = ClarkeSet.of(p, null, x, 60, new ArrayList<>());
            if (set == null) continue;
            if (set.cells() > 2) several++;
            for (int m = 0; m < 12; m++) looked += gradientNearby(p, x, random, set) ? 1 : 0;
        }
        assertThat(several).isGreaterThan(15);
        assertThat(looked).isGreaterThan(400);
    }

    /// Kinks behind kinks in two variables, deeply nested: what is met along a circle is all there is.
    @Test
    void aCircleMeetsEveryCellOfTwoVariables() throws Interpreter.Stopped {
        Random random = new Random(73);
        int many = 0;
        for (int k = 0; k < 40; k++) {
            Program p = program(nested(random));
            Map<String, Tensor> x = at(p, rationals(0, 0));
            ClarkeSet set = ClarkeSet.of(p, null, x, 100, new ArrayList<>());
            List<List<Rational>> met = new ArrayList<>();
            for (int a = -60; a <= 60; a++)
                for (int[] d : new int[][] {{60, a}, {-60, a}, {a, 60}, {a, -60}}) {
                    // between the rays of small integers that kinks lie along
                    Rational[] moved = {Rational.of(7001L * d[0] + 3, 1000), Rational.of(7001L * d[1] + 11, 1000)};
                    Rational[] g = differences(p, moved);
                    if (!met.contains(List.of(g))) met.add(List.of(g));
                }
            List<Rational[]> hull = Hull.vertices(met.stream().map(g -> g.toArray(Rational[]::new)).toList());
            assertThat(set.vertices()).usingElementComparator(Arrays::compare).containsExactlyInAnyOrderElementsOf(hull);
            if (set.cells() > 5) many++;
        }
        assertThat(many).isGreaterThan(20);
    }

    /// Of a piecewise linear function they are its gradient, whatever its text is at a kink of.
    private static Rational[] differences(Program p, Rational[] x) {
        Rational h = Rational.of(1, 1_000_000_000);
        Rational[] g = new Rational[x.length];
        for (int k = 0; k < g.length; k++) {
            Rational[] beside = x.clone();
            beside[k] = x[k].plus(h);
            g[k] = value(p, beside).minus(value(p, x)).over(h);
        }
        return g;
    }

    private static Rational value(Program p, Rational[] x) {
        return (Rational) Calculus.run(p, at(p, x), Arithmetic.RATIONAL).results().getFirst().get(0);
    }

    private static String nested(Random random) {
        StringBuilder body = new StringBuilder();
        List<String> names = new ArrayList<>(List.of("x", "y"));
        for (int k = 0; k < 5; k++) {
            String a = names.get(random.nextInt(names.size()));
            String b = names.get(random.nextInt(names.size()));
            body.append("  t").append(k).append(" = ").append(switch (random.nextInt(5)) {
                case 0 -> "relu(" + a + " - " + b + ")";
                case 1 -> "min(" + a + ", relu(" + b + "))";
                case 2 -> "max(" + a + ", -" + b + ")";
                case 3 -> "abs(" + a + " + 2 * " + b + ")";
                default -> "max([" + a + ", " + b + ", x - y])";
            }).append('\n');
            names.add("t" + k);
        }
        return "program f(x, y) {\n" + body + "  return t4 - t3 + x\n}\n";
    }

    private static boolean gradientNearby(Program p, Map<String, Tensor> x, Random random, ClarkeSet set) {
        Map<String, Tensor> moved = new LinkedHashMap<>();
        for (Program.Parameter q : p.parameters()) {
            Quantity[] v = new Quantity[x.get(q.name()).size()];
            for (int k = 0; k < v.length; k++) v[k] = x.get(q.name()).get(k).plus(Rational.of(random.nextInt(2001) - 1000, 1L << 40));
            moved.put(q.name(), Tensor.of(q.shape(), v));
        }
        Run run = Calculus.run(Calculus.backprop(p), moved, Arithmetic.RATIONAL);
        if (!run.kinks().isEmpty()) return false;
        Rational[] g = Gradients.exact(Gradients.vector(run.results().subList(1, run.results().size())));
        assertThat(set.membership(g)).isInstanceOf(Hull.Inside.class);
        return true;
    }

    // ---- what is linear in pieces

    private static final String HALF_SQUARE = "elementary g(t) {\n when t > 0 : t + t * t\n otherwise : t\n}\n";

    @Test
    void piecesOfADeclaredFunctionAreLookedAt() throws Interpreter.Stopped {
        assertThat(refusal(HALF_SQUARE + "program f(x) { return relu(g(x)) }", 0)).contains("`relu`", "not piecewise linear");
        assertThat(vertices("program f(x) { return relu(leaky_relu(x, 0.5)) }", 0)).containsExactlyInAnyOrder("1", "0");
        assertThat(vertices(HALF_SQUARE + "program f(data c, x) { return relu(g(c) * x) }", 2, 0)).containsExactlyInAnyOrder("6", "0");
        assertThat(locked(HALF_SQUARE + "program f(x) { return relu(g(x)) }", 0)).isEqualTo(Locking.Guarantee.QUALIFIED);
        assertThat(locked("program f(x) { return relu(leaky_relu(x, 0.5)) }", 0)).isEqualTo(Locking.Guarantee.CERTAIN);
    }

    /// What is curved in data alone is a constant.
    @Test
    void conditionsMayBeCurvedInWhatIsNotDifferentiated() throws Interpreter.Stopped {
        String g = "elementary g(t, d) {\n when t > d * d : 2 * t - d * d\n otherwise : t\n}\n";
        assertThat(vertices(g + "program f(data d, x) { return g(x, d) }", 2, 4)).containsExactlyInAnyOrder("1", "2");
        assertThat(refusal(g + "program f(d, x) { return g(x, d) }", 2, 4)).contains("`g`", "not piecewise linear");
        String h = "elementary h(t, d) {\n when t > 0 : t * d * d\n otherwise : t\n}\n";
        assertThat(vertices(h + "program f(data d, x) { return relu(h(x, d)) }", 3, 0)).containsExactlyInAnyOrder("9", "0");
    }

    @Test
    void kinksInsideAPieceAreNotAnswered() throws Interpreter.Stopped {
        String hat = "elementary hat(t) {\n when t > 0 : abs(t - 1)\n otherwise : 1 - t\n}\nprogram f(x) { return hat(x) }";
        assertThat(refusal(hat, 0)).contains("`hat`", "its pieces have kinks inside");
        Program p = program(hat);
        Locking.Element e = Locking.of(p, null, new ArrayList<>()).at(at(p, rationals(0)), Arithmetic.RATIONAL, 1);
        assertThat(e.guarantee()).isEqualTo(Locking.Guarantee.UNQUALIFIED);
        assertThat(e.blame()).isZero();
        assertThat(vertices(hat.replace("(x) { return hat(x)", "(x, data d) { return relu(x) + hat(d)"), 0, 1)).hasSize(2);
    }

    // ---- enclosures

    @Test
    void gradientsThatEnclosuresDoNotTellApartAreOneVertex() throws Interpreter.Stopped {
        Program p = program("program f(x) { return sqrt(2) * sqrt(3) * relu(x) - sqrt(6) * relu(-x) }");
        ClarkeSet set = ClarkeSet.of(p, null, at(p, rationals(0)), Arithmetic.ENCLOSED, 10, new ArrayList<>());
        assertThat(set.cells()).isEqualTo(2);
        assertThat(set.vertices()).hasSize(1);
        assertThat(set.vertices().getFirst()[0].toDouble()).isBetween(Math.sqrt(6) - 1e-14, Math.sqrt(6) + 1e-14);
    }

    /// Where enclosures are exact, so is the answer.
    @Test
    void withoutRoundingMembershipIsExact() throws Interpreter.Stopped {
        Program p = program("program f(x) { return 3 * relu(x) }");
        ClarkeSet set = ClarkeSet.of(p, null, at(p, rationals(0)), Arithmetic.ENCLOSED, 10, new ArrayList<>());
        assertThat(((Hull.Inside) set.membership(rationals(1))).within()).isNull();
        assertThat(((Hull.Inside) set.membership(rationals(3))).within()).isNull();
        assertThat(set.membership(rationals(4))).isInstanceOf(Hull.Outside.class);
    }

    @Test
    void aPointAtTheCentreIsNoVertex() {
        List<Rational[]> square = List.of(rationals(1, 1), rationals(0, 0), rationals(2, 0), rationals(0, 2), rationals(2, 2), rationals(0, 0));
        assertThat(Hull.vertices(square)).usingElementComparator(Arrays::compare).containsExactly(rationals(0, 0), rationals(2, 0), rationals(0, 2), rationals(2, 2));
        assertThat(Hull.vertices(List.<Rational[]>of(rationals(3)))).hasSize(1);
    }

    private static Locking.Guarantee locked(String text, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        return Locking.of(p, null, new ArrayList<>()).at(at(p, rationals(x)), Arithmetic.RATIONAL, 2).guarantee();
    }

    private static List<String> vertices(String text, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        List<Problem> problems = new ArrayList<>();
        ClarkeSet set = ClarkeSet.of(p, null, at(p, rationals(x)), 100, problems);
        assertThat(problems).isEmpty();
        return set.vertices().stream().map(v -> String.join(" ", Arrays.stream(v).map(Rational::toString).toList())).toList();
    }

    private static String refusal(String text, long... x) throws Interpreter.Stopped {
        Program p = program(text);
        List<Problem> problems = new ArrayList<>();
        assertThat(ClarkeSet.of(p, null, at(p, rationals(x)), 100, problems)).isNull();
        assertThat(problems).hasSize(1);
        return Report.message(problems.getFirst());
    }
}
