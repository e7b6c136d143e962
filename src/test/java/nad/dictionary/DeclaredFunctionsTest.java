package nad.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import nad.arithmetic.Interval;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import org.junit.jupiter.api.Test;

/// Functions in pieces against what they are: their values, and slopes taken from one side.
class DeclaredFunctionsTest {
    /// Continuous, with kinks of all sorts at multiples of ½.
    private static final String TEXT = """
            elementary steps(x) {
              when x <= -1 : -1
              when x >= 1  : 2 * x - 1
              otherwise    : x
            }
            elementary wave(x) {
              when x * x < 1 : 1 - x * x
              when x > 1.5   : x - 1.5
              otherwise      : 0
            }
            elementary lone(x) {
              when x == 0 : 5 * x
              otherwise   : x
            }
            elementary tilt(x, y) {
              when x < y : 2 * x - y
              otherwise  : x
            }
            elementary bowl(x, y) {
              when x + y < 1 : (x + y) * (x + y)
              otherwise      : x + y
            }
            elementary plain(x) {
              otherwise : x * x - 3 / (x + 8)
            }
            program f(x) {
              return steps(x) + wave(x) + lone(x) + tilt(x, x) + bowl(x, x) + plain(x)
            }
            """;

    private static double value(String name, double... x) {
        return switch (name) {
            case "steps" -> x[0] <= -1 ? -1 : x[0] >= 1 ? 2 * x[0] - 1 : x[0];
            case "wave" -> x[0] * x[0] < 1 ? 1 - x[0] * x[0] : x[0] > 1.5 ? x[0] - 1.5 : 0;
            case "lone" -> x[0];
            case "tilt" -> x[0] < x[1] ? 2 * x[0] - x[1] : x[0];
            case "bowl" -> x[0] + x[1] < 1 ? (x[0] + x[1]) * (x[0] + x[1]) : x[0] + x[1];
            case "plain" -> x[0] * x[0] - 3 / (x[0] + 8);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<Declared> declared() {
        Checker c = Checker.readText(new DiskFiles(), "test", TEXT);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(c.failed()).isFalse();
        List<Declared> all = new ArrayList<>(p.declared());
        assertThat(all).hasSize(6);
        return all;
    }

    private static List<double[]> grid(int arity) {
        List<double[]> out = new ArrayList<>();
        for (int k = -8; k <= 8; k++)
            for (int m = -8; m <= (arity == 1 ? -8 : 8); m++) out.add(arity == 1 ? new double[] {k / 4.0} : new double[] {k / 4.0, m / 4.0});
        return out;
    }

    private static Quantity[] reals(double... x) {
        return Arrays.stream(x).mapToObj(Real::new).toArray(Quantity[]::new);
    }

    private static Rational[] fractions(double... x) {
        return Arrays.stream(x).mapToObj(Rational::of).toArray(Rational[]::new);
    }

    private static double[] with(double[] x, double last) {
        double[] out = Arrays.copyOf(x, x.length + 1);
        out[x.length] = last;
        return out;
    }

    private static DoubleUnaryOperator along(String name, double[] x, int i) {
        return h -> {
            double[] y = x.clone();
            y[i] += h;
            return value(name, y);
        };
    }

    private static double slope(DoubleUnaryOperator f, double h) {
        return (4 * (f.applyAsDouble(h) - f.applyAsDouble(0)) - (f.applyAsDouble(2 * h) - f.applyAsDouble(0))) / (2 * h);
    }

    @Test
    void valuesAreThoseOfThePieceThatClaims() {
        for (Declared d : declared()) {
            Primitive f = d.entries().getFirst().primitive(false);
            for (double[] x : grid(f.arity)) {
                double wanted = value(d.name(), x);
                assertThat(f.real(x.clone())).as(d.name() + Arrays.toString(x)).isEqualTo(wanted);
                assertThat(f.exact(fractions(x)).toDouble()).as(d.name()).isCloseTo(wanted, within(1e-15));
                assertThat(f.formula().at(x.clone())).as(d.name()).isEqualTo(wanted);
                Interval box = (Interval) f.exact(Arrays.stream(x).mapToObj(v -> new Interval(v - 0.25, v + 0.25)).toArray(Quantity[]::new));
                for (double dx : new double[] {-0.25, -0.125, 0, 0.125, 0.25}) {
                    double[] beside = x.clone();
                    beside[0] += dx;
                    assertThat(box.contains(value(d.name(), beside))).as(d.name() + Arrays.toString(beside)).isTrue();
                }
            }
            double[] nan = new double[f.arity];
            Arrays.fill(nan, Double.NaN);
            assertThat(f.real(nan)).isNaN();
        }
    }

    /// A kink is where the slopes of two sides along a parameter differ, for lone where its own piece's differs; there are some of each
    /// function but of the smooth one.
    @Test
    void kinksAreWhereOneSidedSlopesDiffer() {
        for (Declared d : declared()) {
            Elementary f = d.entries().getFirst();
            int kinks = 0;
            for (double[] x : grid(f.arity)) {
                boolean differ = d.name().equals("lone") && x[0] == 0;
                for (int i = 0; i < x.length; i++) {
                    DoubleUnaryOperator g = along(d.name(), x, i);
                    differ |= Math.abs(slope(g, 1e-5) - slope(g, -1e-5)) > 1e-3;
                }
                Kink kink = f.kink == null ? null : f.kink.at(reals(x), Selections.DEFAULT);
                assertThat(kink != null).as(d.name() + Arrays.toString(x)).isEqualTo(differ);
                assertThat(f.kink != null && f.kink.at(fractions(x), Selections.DEFAULT) != null).isEqualTo(differ);
                if (kink == null) continue;
                kinks++;
                assertThat(kink.set()).isEqualTo("interval");
                for (int i = 0; i < x.length; i++) {
                    DoubleUnaryOperator g = along(d.name(), x, i);
                    double lo = Math.min(slope(g, 1e-5), slope(g, -1e-5));
                    double hi = Math.max(slope(g, 1e-5), slope(g, -1e-5));
                    assertThat(kink.clarke().get(i)[0].toDouble()).as(d.name() + Arrays.toString(x)).isCloseTo(lo, within(1e-4));
                    assertThat(kink.clarke().get(i)[1].toDouble()).as(d.name() + Arrays.toString(x)).isCloseTo(hi, within(1e-4));
                }
            }
            assertThat(kinks > 0).as(d.name()).isEqualTo(!d.name().equals("plain"));
        }
    }

    /// The prime: off kinks the slope; at one, by convention, that of the left, of the right, their mean, the least; by default the slope of the
    /// piece that claims. In fractions, float64 and as a formula alike.
    @Test
    void primesTakeTheSideOfTheConvention() {
        int atKinks = 0;
        for (Declared d : declared()) {
            List<Elementary> all = d.entries();
            Elementary f = all.getFirst();
            for (String convention : List.of("default", "left", "right", "mid", "minnorm")) {
                Selections s = Selections.of(convention);
                for (double[] x : grid(f.arity)) {
                    Kink kink = f.kink == null ? null : f.kink.at(reals(x), s);
                    for (int i = 0; i < f.arity; i++) {
                        Primitive prime = all.get(1 + i).primitive(false, s);
                        double got = prime.real(with(x, 3)) / 3;
                        String where = d.name() + " by " + i + " at " + Arrays.toString(x) + " " + convention;
                        assertThat(prime.exact(fractions(with(x, 3))).toDouble() / 3).as(where).isCloseTo(got, within(1e-14));
                        if (prime.formula() != null) assertThat(prime.formula().at(with(x, 3)) / 3).as(where).isCloseTo(got, within(1e-14));
                        DoubleUnaryOperator g = along(d.name(), x, i);
                        double left = slope(g, -1e-5);
                        double right = slope(g, 1e-5);
                        if (kink == null) {
                            assertThat(got).as(where).isCloseTo(right, within(1e-4));
                            continue;
                        }
                        atKinks++;
                        assertThat(kink.selected().get(i).toDouble()).as(where).isCloseTo(got, within(1e-12));
                        if (f.arity > 1) continue;
                        double wanted = switch (convention) {
                            case "left" -> left;
                            case "right" -> right;
                            case "mid" -> (left + right) / 2;
                            case "minnorm" -> left * right <= 0 ? 0 : Math.abs(left) < Math.abs(right) ? left : right;
                            default -> claimed(d.name(), x[0]);
                        };
                        assertThat(got).as(where).isCloseTo(wanted, within(1e-4));
                    }
                }
            }
        }
        assertThat(atKinks).isGreaterThan(100);
    }

    /// The slope at a kink of the piece that claims it.
    private static double claimed(String name, double x) {
        return switch (name) {
            case "steps" -> x == -1 ? 0 : 2;
            case "wave" -> 0;
            default -> 5;
        };
    }

    /// Of two variables the gradients at a tie are pairs: of one piece, or their mean, or the nearest to 0 between.
    @Test
    void atATieOfTwoVariablesTheGradientsArePairs() {
        Declared tilt = declared().stream().filter(d -> d.name().equals("tilt")).findFirst().orElseThrow();
        assertThat(gradient(tilt, "default")).containsExactly(1, 0);
        assertThat(gradient(tilt, "left")).containsExactly(2, -1);
        assertThat(gradient(tilt, "right")).containsExactly(1, 0);
        assertThat(gradient(tilt, "mid")).containsExactly(1.5, -0.5);
        assertThat(gradient(tilt, "minnorm")).containsExactly(1, 0);
        Selections third = Selections.DEFAULT.with("tilt", Rational.of(1, 4));
        assertThat(gradient(tilt, third)).containsExactly(1.25, -0.25);
        Kink kink = tilt.entries().getFirst().kink.at(fractions(1, 1), third);
        assertThat(new Boundary(tilt).share(fractions(1, 1), kink)).isEqualTo(Rational.of(3, 4));
    }

    private static double[] gradient(Declared d, String convention) {
        return gradient(d, Selections.of(convention));
    }

    private static double[] gradient(Declared d, Selections s) {
        double[] out = new double[2];
        for (int i = 0; i < 2; i++) {
            Primitive prime = d.entries().get(1 + i).primitive(false, s);
            out[i] = prime.real(1, 1, 1);
            assertThat(prime.exact(fractions(1, 1, 1)).toDouble()).isEqualTo(out[i]);
            assertThat(prime.formula().at(new double[] {1, 1, 1})).isEqualTo(out[i]);
        }
        return out;
    }

    @Test
    void aNumberForOneKinkIsTakenThereAlone() {
        Declared steps = declared().getFirst();
        Selections s = Selections.of("left").with("steps", Rational.ONE, Rational.parse("1.25"));
        Primitive prime = steps.entries().get(1).primitive(false, s);
        for (double at : new double[] {1, -1, 0.5}) {
            double wanted = at == 1 ? 1.25 : at == -1 ? 0 : 1;
            assertThat(prime.real(at, 2)).isEqualTo(2 * wanted);
            assertThat(prime.exact(fractions(at, 2))).isEqualTo(Rational.of(2 * wanted));
            assertThat(prime.formula().at(new double[] {at, 2})).isEqualTo(2 * wanted);
        }
    }

    /// What a derivative of 0 is multiplied with does not leak.
    @Test
    void aZeroDerivativeStaysZero() {
        Declared steps = declared().getFirst();
        for (String convention : List.of("default", "left")) {
            Primitive prime = steps.entries().get(1).primitive(false, Selections.of(convention));
            for (double x : new double[] {-1, -2}) {
                assertThat(prime.real(x, Double.POSITIVE_INFINITY)).isZero();
                assertThat(prime.formula().at(new double[] {x, Double.POSITIVE_INFINITY})).isZero();
            }
        }
    }

    /// The prime of the piece that is entered asks the signs, and not the point.
    @Test
    void thePieceEnteredIsThatOfTheSigns() {
        Declared steps = declared().getFirst();
        Primitive entered = steps.entries().get(2).primitive(false);
        assertThat(entered.name).isEqualTo("steps'L");
        for (int first = -1; first <= 1; first++)
            for (int second = -1; second <= 1; second++) {
                double wanted = first <= 0 ? 0 : second >= 0 ? 2 : 1;
                double[] x = {first, second, 0.25, 3};
                assertThat(entered.real(x.clone())).isEqualTo(3 * wanted);
                assertThat(entered.exact(fractions(x))).isEqualTo(Rational.of(3 * wanted));
                assertThat(entered.formula().at(x.clone())).isEqualTo(3 * wanted);
            }
    }

    /// Second derivatives of a function of one piece: of x·x − 3/(x + 8).
    @Test
    void thePrimeOfASmoothFunctionHasARuleOfItsOwn() {
        Declared plain = declared().getLast();
        Elementary prime = plain.entries().get(1);
        assertThat(prime.smoothness).isEqualTo(Elementary.Smoothness.SMOOTH);
        assertThat(prime.rule(0)).hasSize(2);
        assertThat(prime.rule(0).getFirst().arg()).isZero();
        Term second = prime.rule(0).getFirst().term().replaced(t -> t instanceof Term.Bar ? Standard.lit(1) : null);
        for (double x : new double[] {-2, 0.5, 3}) assertThat(Declared.eval(second, reals(x, 2)).toDouble()).isCloseTo(2 * (2 - 6 / Math.pow(x + 8, 3)), within(1e-12));
        assertThat(declared().getFirst().entries().get(1).smoothness).isEqualTo(Elementary.Smoothness.DISCONTINUOUS);
    }
}
