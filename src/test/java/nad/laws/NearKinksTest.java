package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Elementary.Kind;
import nad.dictionary.Kink;
import nad.dictionary.Selections;
import nad.forward.RandomProgram;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Samples;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is told of kinks that are near, and of boxes that have none.
class NearKinksTest {
    static Stream<Elementary> kinked() {
        return Entries.all().stream().filter(f -> f.kink != null);
    }

    private static int arguments(Elementary f) {
        return f.kind == Kind.POINTWISE ? f.arity : 3;
    }

    /// Multiples of the step from −side/2 on.
    private static List<Quantity[]> grid(int arity, int side, double step) {
        List<Quantity[]> out = new ArrayList<>();
        for (int n = 0; n < Math.pow(side, arity); n++) {
            Quantity[] x = new Quantity[arity];
            int rest = n;
            for (int k = 0; k < arity; k++) {
                x[k] = new Real((rest % side - side / 2) * step);
                rest /= side;
            }
            out.add(x);
        }
        return out;
    }

    private static double apart(Quantity[] x, Quantity[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) sum += Math.abs(x[k].toDouble() - y[k].toDouble());
        return sum;
    }

    // ---- one entry

    @ParameterizedTest
    @MethodSource("kinked")
    void noKinkIsNearerThanTheNearest(Elementary f) {
        int n = arguments(f);
        List<Quantity[]> kinks = kinks(f);
        int said = 0;
        for (Quantity[] x : grid(n, n == 3 ? 5 : 9, 0.5)) {
            if (f.kink.at(x, Selections.DEFAULT) != null) continue;
            Kink.Near near = f.near.to(x, 0, Selections.DEFAULT);
            if (near == null) continue;
            said++;
            assertThat(kinks.stream().mapToDouble(k -> apart(k, x)).min().orElse(Double.NaN)).as(f + Arrays.toString(x)).isEqualTo(near.distance().toDouble());
        }
        assertThat(said > 0).isEqualTo(!kinks.isEmpty());
    }

    private static List<Quantity[]> kinks(Elementary f) {
        int n = arguments(f);
        return grid(n, n == 3 ? 17 : 65, n == 3 ? 0.5 : 0.125).stream().filter(x -> f.kink.at(x, Selections.DEFAULT) != null).toList();
    }

    @ParameterizedTest
    @MethodSource("kinked")
    void nearAKinkTheDerivativeTakenIsTheOneThatIsTold(Elementary f) {
        if (f.kind != Kind.POINTWISE) return;
        int said = 0;
        for (Quantity[] x : grid(f.arity, f.arity == 3 ? 5 : 9, 0.5)) {
            Kink.Near near = f.kink.at(x, Selections.DEFAULT) == null ? f.near.to(x, 0, Selections.DEFAULT) : null;
            if (near == null) continue;
            said++;
            double[] taken = Entries.gradient(f, Arrays.stream(x).mapToDouble(Quantity::toDouble).toArray(), Selections.DEFAULT);
            for (int k = 0; k < taken.length; k++) assertThat(near.kink().selected().get(k).toDouble()).as(f + Arrays.toString(x)).isCloseTo(taken[k], within(1e-15));
        }
        assertThat(said > 0).isEqualTo(!kinks(f).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinked")
    void intervalsMissNoKink(Elementary f) {
        int n = arguments(f);
        Random random = new Random(5);
        int met = 0;
        for (Quantity[] x : grid(n, n == 3 ? 7 : 17, 0.5)) {
            Kink kink = f.kink.at(x, Selections.DEFAULT);
            if (kink == null) continue;
            met++;
            Quantity[] box = Arrays.stream(x).map(q -> new Interval(q.toDouble() - random.nextInt(2) * 0.25, q.toDouble() + random.nextInt(2) * 0.25)).toArray(Quantity[]::new);
            assertThat(f.kink.at(box, Selections.DEFAULT)).as(f + Arrays.toString(box)).isNotNull();
        }
        assertThat(met > 0).isEqualTo(!kinks(f).isEmpty());
    }

    @Test
    void whereAnEntryHasNoValueIntervalsSaySo() {
        int met = 0;
        for (Elementary f : Entries.all()) {
            if (f.domain == null || f.inPrime) continue;
            for (Quantity[] x : grid(f.arity, 17, 0.5)) {
                if (f.domain.apply(Arrays.stream(x).mapToDouble(Quantity::toDouble).toArray()) == null) continue;
                met++;
                for (double r : new double[] {0, 0.25, 3}) {
                    Quantity[] box = Arrays.stream(x).map(q -> new Interval(q.toDouble() - r, q.toDouble() + r)).toArray(Quantity[]::new);
                    assertThat(f.margin.apply(box).sign()).as(f + Arrays.toString(box)).isNotEqualTo(1);
                }
            }
        }
        assertThat(met).isPositive();
    }

    @Test
    void gradientsThatMeetLeaveNoKink() {
        assertThat(proved("huber(x, 1)", -3, 3)).isTrue();
        assertThat(proved("leaky_relu(x, 1)", -3, 3)).isTrue();
        assertThat(proved("leaky_relu(x, 0.5)", -3, 3)).isFalse();
        assertThat(proved("leaky_relu(x, 0.5)", 0.25, 3)).isTrue();
        assertThat(proved("clip(x, 0, 1)", 0.25, 0.5)).isTrue();
        assertThat(proved("clip(x, 0, 1)", 0.25, 1)).isFalse();
        assertThat(proved("hypot(x, 0)", -1, 1)).isFalse();
        assertThat(proved("norm2([x, x + 2])", -1, 1)).isTrue();
        assertThat(proved("norm2([x, 2 * x])", -1, 1)).isFalse();
    }

    @Test
    void whereThereIsNoValueOrNoDerivativeNothingIsProved() {
        assertThat(proved("sqrt(x)", 0, 1)).isFalse();
        assertThat(proved("0 * sqrt(x)", 0, 1)).isFalse();
        assertThat(proved("(x - x * 1) / x", -1, 1)).isFalse();
        assertThat(proved("0 / x", -1, 1)).isFalse();
        assertThat(proved("tan(x)", 1, 2)).isFalse();
        assertThat(proved("asin(x) + acos(x)", -0.5, 1)).isFalse();
        assertThat(proved("asin(x) + acos(x) + log(x + 2) / (x - 2) + sqrt(x + 1)", -0.5, 0.9)).isTrue();
        String inside = "elementary g(t) { when t > 1 : log(t) \n otherwise : t - 1 }\nelementary h(t) { otherwise : abs(t) * t }\n";
        assertThat(proved(inside, "g(x)", 2, 3)).isTrue();
        assertThat(proved(inside, "g(x)", -3, 0)).isTrue();
        assertThat(proved(inside, "g(x)", -3, 3)).isFalse();
        assertThat(proved(inside, "h(x)", 1, 3)).isTrue();
        assertThat(proved(inside, "h(x)", -1, 3)).isFalse();
    }

    private static boolean proved(String result, double lo, double hi) {
        return proved("", result, lo, hi);
    }

    private static boolean proved(String declarations, String result, double lo, double hi) {
        Program p = Nad.program(declarations + "program f(x) {\n  return " + result + "\n}\n");
        return isProof(Nad.run(Nad.backprop(p), Map.of("x", Tensor.of(new int[0], new Interval(lo, hi))), Arithmetic.INTERVAL, Selections.DEFAULT));
    }

    private static boolean isProof(Run run) {
        return run.kinks().isEmpty() && run.warnings().isEmpty();
    }

    // ---- whole programs

    /// On a box that is proved free of kinks no point is at one, and the intervals hold every value and every gradient; a box that
    /// holds a point at a kink is never proved free of them.
    @Test
    void aProofHoldsAtEveryPoint() {
        Random random = new Random(11);
        int proved = 0;
        int open = 0;
        int met = 0;
        for (int n = 0; n < 150; n++) {
            Program q = Nad.backprop(Nad.program(RandomProgram.piecewiseSmooth(random)));
            Map<String, Tensor> centre = n % 2 == 0 ? Nad.grid(q, n) : Nad.generic(q, n);
            double radius = n % 3 == 0 ? 0 : Math.scalb(1, -random.nextInt(12));
            Run box = Nad.run(q, moved(centre, x -> new Interval(Math.nextDown(x - radius), Math.nextUp(x + radius))), Arithmetic.INTERVAL, Selections.DEFAULT);
            Run at = Nad.run(q, centre, Arithmetic.RATIONAL, Selections.DEFAULT);
            if (!at.kinks().isEmpty()) {
                met++;
                assertThat(isProof(box)).isFalse();
            }
            if (isProof(box)) proved++;
            else open++;
            for (int k = 0; k < 4 && isProof(box); k++) {
                Run point = Nad.run(q, moved(centre, x -> Rational.of(x).plus(Rational.of(random.nextInt(2001) - 1000, 1000).times(Rational.of(radius)))), Arithmetic.RATIONAL, Selections.DEFAULT);
                assertThat(point.kinks()).isEmpty();
                for (int r = 0; r < point.results().size(); r++)
                    for (int e = 0; e < point.results().get(r).size(); e++) {
                        Interval i = (Interval) box.results().get(r).get(e);
                        Rational v = (Rational) point.results().get(r).get(e);
                        assertThat(v).isBetween(Rational.of(i.lo()), Rational.of(i.hi()));
                    }
            }
        }
        assertThat(proved).isGreaterThan(20);
        assertThat(open).isGreaterThan(20);
        assertThat(met).isGreaterThan(20);
    }

    private static Map<String, Tensor> moved(Map<String, Tensor> at, java.util.function.DoubleFunction<Quantity> f) {
        Map<String, Tensor> out = new HashMap<>();
        at.forEach((name, t) -> out.put(name, Tensor.of(t.shape(), java.util.stream.IntStream.range(0, t.size()).mapToObj(k -> f.apply(t.toDouble(k))).toArray(Quantity[]::new))));
        return out;
    }

    @Test
    void nearAndMetAreToldApartInEveryArithmetic() throws Interpreter.Stopped {
        Program q = Nad.backprop(Nad.program("program f(x, y, v: real[3]) {\n  return relu(x) + abs(y) + max(v) + sum(relu(v))\n}\n"));
        Map<String, Tensor> at = new HashMap<>();
        at.put("x", Tensor.of(new int[0], Rational.of(-1, 1000)));
        at.put("y", Tensor.of(new int[0], Rational.ZERO));
        at.put("v", Tensor.of(new int[] {3}, Rational.of(1, 500), Rational.of(-1, 1000), Rational.of(1, 1000)));
        for (Arithmetic a : new Arithmetic[] {Arithmetic.FLOAT64, Arithmetic.FLOAT32, Arithmetic.RATIONAL}) {
            Map<String, Tensor> x = a == Arithmetic.RATIONAL ? at : Nad.real(at);
            Run run = Interpreter.run(q, x, a, Selections.DEFAULT, false, 0.0015);
            assertThat(run.kinks()).extracting(Run.Met::entries).containsExactly(1);
            assertThat(run.near()).extracting(m -> q.operation(m.instruction()).name).containsExactly("relu", "max", "relu");
            assertThat(run.near()).extracting(Run.Met::entries).containsExactly(1, 1, 2);
            assertThat(run.near().get(1).kink().ties()).containsExactly(0, 2);
            for (Run.Met m : run.near()) assertThat(m.distance().toDouble()).isCloseTo(0.001, within(1e-9));
            assertThat(Interpreter.run(q, x, a, Selections.DEFAULT, false, 0.0005).near()).isEmpty();
            assertThat(Interpreter.run(q, x, a, Selections.DEFAULT, false).near()).isEmpty();
        }
    }

    @Test
    void tiesThatAreNearAreCountedTogether() throws Interpreter.Stopped {
        Program q = Nad.backprop(Nad.program("program f(v: real[4]) {\n  return max(v)\n}\n"));
        Map<String, Tensor> at = Map.of("v", Tensor.of(new int[] {4}, 3, 2.75, 0, 2.5));
        assertThat(Interpreter.run(q, at, Arithmetic.FLOAT64, Selections.DEFAULT, false, 0.5).near().getFirst().kink().ties()).containsExactly(0, 1, 3);
        assertThat(Interpreter.run(q, at, Arithmetic.FLOAT64, Selections.DEFAULT, false, 0.25).near().getFirst().kink().ties()).containsExactly(0, 1);
    }

    @Test
    void ofABatchTheNearestSampleStandsForAll() throws Interpreter.Stopped {
        Program q = Nad.backprop(Nad.program("program f(x) {\n  return relu(x)\n}\n"));
        Run run = Samples.run(q, Map.of("x", Tensor.of(new int[] {4}, 0.5, 0.25, 0.125, 0)), false, Arithmetic.FLOAT64, Selections.DEFAULT, false, 0.25);
        assertThat(run.near()).singleElement().satisfies(m -> {
            assertThat(m.sample()).isEqualTo(3);
            assertThat(m.entries()).isEqualTo(2);
        });
        assertThat(run.kinks()).singleElement().satisfies(m -> assertThat(m.sample()).isEqualTo(4));
    }

    @Test
    void whatIntervalsDoNotDecideIsToldOncePerStatement() {
        Program q = Nad.backprop(Nad.program("program f(v: real[3]) {\n  return sum(sqrt(v))\n}\n"));
        Run run = Nad.run(q, Map.of("v", Tensor.of(new int[] {3}, new Interval(0, 1), new Interval(-1, 1), new Interval(1, 2))), Arithmetic.INTERVAL, Selections.DEFAULT);
        assertThat(run.warnings()).singleElement().isInstanceOf(Problem.Undecided.class);
    }
}
