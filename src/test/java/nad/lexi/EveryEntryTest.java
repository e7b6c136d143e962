package nad.lexi;

import static nad.forward.Calculus.at;
import static nad.forward.Calculus.exactly;
import static nad.forward.Calculus.program;
import static nad.forward.Calculus.rationals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.forward.Calculus;
import nad.forward.Forprop;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The row rule of every entry that has kinks, at its kinks, against successive local approximations.
class EveryEntryTest {
    private static final String DECLARED = """
            elementary steep(a, b) {
              when a > b : 2 * a - b
              otherwise  : a
            }
            elementary middle(a, b, c) {
              when a <= b        : a
              when a - b < c * c : 2 * a - b
              otherwise          : a + c * c
            }
            elementary bent(t) {
              when t < 1 : t * t
              when t < 2 : 3 * t - 2
              otherwise  : 2 * t
            }
            """;

    private static final String TABLE = """
            relu        | relu(x - y) + z                              | 2 2 1
            abs         | abs(x + y - z)                               | 1 1 2
            max         | max(x, y) - max(y, z)                        | 1 1 1
            max         | max([x, y, z, x + y])                        | 0 0 0
            min         | min(x, min(y, z))                            | 1 1 1
            min         | min([x - y, z, 0])                           | 1 1 0
            max         | norminf([x, y, z])                           | 1 -1 1
            abs         | norm1([x, y, z])                             | 0 0 0
            leaky_relu  | leaky_relu(x - y, z)                         | 1 1 -2
            leaky_relu  | leaky_relu(x, 3) + y                         | 0 1 1
            clip        | clip(x, y, z)                                | 1 1 3
            clip        | clip(x, y, z)                                | 3 1 3
            clip        | clip(x, -1, 1) * y                           | -1 2 0
            hardtanh    | hardtanh(x) + hardtanh(y) * hardtanh(z)      | 1 -1 1
            relu6       | relu6(x) - relu6(y + z)                      | 0 3 3
            softshrink  | softshrink(x, y)                             | 2 2 0
            softshrink  | softshrink(x, y) * z                         | -2 2 3
            huber       | huber(x, y) + z                              | 2 2 0
            huber       | huber(x, 1)                                  | -1 0 0
            declared    | steep(x, y) + steep(y, z)                    | 1 1 1
            declared    | middle(x, y, z)                              | 1 1 1
            declared    | middle(x, y, z)                              | 1 1 0
            declared    | middle(x, y, z) - middle(z, x, y)            | 1 1 1
            declared    | bent(x) * y + bent(y + z)                    | 1 1 1
            sort        | sort(x, y, z)                                | 1 1 1
            sort        | sort(x, y, z)                                | 1 1 0
            """;

    private static final String SORT = "program sort(a, b, c) {\n lo = min(a, b)\n hi = max(a, b)\n m = min(hi, c)\n return min(lo, m) + 10 * max(lo, m) + 100 * max(hi, c)\n}\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = TABLE)
    void theRowIsThatOfSuccessiveLocalApproximations(String entry, String f, String point) {
        Program p = program(DECLARED + SORT + "program f(x, y, z) {\n return " + f + "\n}\n");
        Rational[] x = Arrays.stream(point.strip().split(" ")).map(Rational::parse).toArray(Rational[]::new);
        Random random = new Random(7);
        for (int k = 0; k < 60; k++) {
            Rational[][] m = new Rational[1 + random.nextInt(4)][3];
            for (Rational[] row : m) for (int j = 0; j < 3; j++) row[j] = Rational.of(random.nextInt(3) > 1 ? 0 : random.nextInt(5) - 2);
            assertThat(row(p, x, m)).as(Arrays.deepToString(m)).containsExactly(LocalApproximation.row(p, x, m));
        }
    }

    /// Along vectors whose norms are rational.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"hypot(x, y) + z | 0 0 1 | 3 -4 1", "hypot(x - y, z) | 2 2 0 | 7 4 4", "norm2([x, y, z]) | 0 0 0 | 1 2 -2", "norm2([x, y]) * z + hypot(y, x) | 0 0 2 | 12 5 0"})
    void normsToo(String f, String point, String first) {
        Rational[] triple = Arrays.stream(first.strip().split(" ")).map(Rational::parse).toArray(Rational[]::new);
        Program p = program("program f(x, y, z) {\n return " + f + "\n}\n");
        Rational[] x = Arrays.stream(point.strip().split(" ")).map(Rational::parse).toArray(Rational[]::new);
        Random random = new Random(7);
        for (int k = 0; k < 40; k++) {
            Rational[][] m = {rationals(0, 0, 0), random.nextBoolean() ? rationals(0, 0, 0) : triple, triple, rationals(random.nextInt(5), 1, random.nextInt(3) - 1), rationals(1, 0, 0)};
            assertThat(row(p, x, m)).as(Arrays.deepToString(m)).containsExactly(LocalApproximation.row(p, x, m));
        }
    }

    /// Where e^x stands in a piece the numbers are no fractions: the first direction that is not 0 decides between the slopes.
    @Test
    void seluAndEluTakeTheSlopeThatIsEntered() {
        for (double[] row : new double[][] {{0, 2, -1}, {0, -3, 1}, {1, -1, 0}, {0, 0, -4}}) {
            double first = Arrays.stream(row).filter(d -> d != 0).findFirst().orElseThrow();
            double[] selu = inDoubles("selu(x)", row);
            double[] elu = inDoubles("elu(x)", row);
            for (int k = 0; k < row.length; k++) {
                assertThat(selu[k]).isCloseTo((first > 0 ? 1.0507009873554805 : 1.7580993408473766) * row[k], within(1e-14));
                assertThat(elu[k]).isEqualTo(row[k]);
            }
        }
    }

    /// A new entry with a kink must be given its rows above.
    @Test
    void noEntryWithAKinkIsLeftOut() {
        Set<String> names = new TreeSet<>();
        for (Elementary e : Standard.entries()) if (e.kink != null && !e.inPrime) names.add(e.name);
        for (Elementary e : Checker.preludeEntries()) if (e.kink != null && !e.inPrime) names.add(e.name);
        Set<String> tested = new TreeSet<>(List.of("hypot", "norm2", "selu", "elu"));
        TABLE.lines().forEach(l -> tested.add(l.split("\\|")[0].strip()));
        assertThat(tested).containsAll(names);
    }

    private static Rational[] row(Program p, Rational[] x, Rational[][] m) {
        Program q = Calculus.transformed(Forprop::lexicographic, p, m.length);
        return exactly(q, along(p, q, at(p, x), m)).get(1);
    }

    private static double[] inDoubles(String f, double[] row) {
        Program p = program("program f(x) {\n return " + f + "\n}\n");
        Program q = Calculus.transformed(Forprop::lexicographic, p, row.length);
        Rational[][] m = Arrays.stream(row).mapToObj(d -> new Rational[] {Rational.of(d)}).toArray(Rational[][]::new);
        return Calculus.run(q, along(p, q, Map.of("x", Tensor.of(new int[0], 0.0)), m), Arithmetic.FLOAT64).results().get(1).real();
    }

    private static Map<String, Tensor> along(Program p, Program q, Map<String, Tensor> x, Rational[][] m) {
        Map<String, Tensor> in = new HashMap<>(x);
        Map<String, Rational[]> tangents = Directions.along(p, null, m, new ArrayList<>()).tangents(q);
        for (Program.Parameter t : q.parameters()) if (tangents.containsKey(t.name())) in.put(t.name(), Tensor.of(t.shape(), tangents.get(t.name())));
        return in;
    }
}
