package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.print.Printer;
import nad.run.Run;
import nad.run.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/// backprop(P) computes the gradient: it agrees with dual numbers, exactly in rationals and at kinks too, and with
/// differences off kinks.
class GradientProperties {
    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @Provide
    Arbitrary<String> rational() {
        return Choices.tapes().map(t -> ProgramText.rational(new Choices(t)));
    }

    /// Numbers for the seeds of results that are no scalars; 1 for a scalar.
    private static Map<String, Tensor> withSeeds(Program q, Map<String, Tensor> x, long seed) {
        Random r = new Random(seed);
        Map<String, Tensor> out = Nad.inputs(q, () -> Rational.of(r.nextInt(9) - 4, 2));
        out.putAll(x);
        return out;
    }

    private static List<Rational> seeds(Program p, Map<String, Tensor> inputs) {
        boolean scalar = p.results().size() == 1 && p.results().getFirst().rank() == 0;
        if (scalar) return List.of(Rational.ONE);
        List<Rational> out = new ArrayList<>();
        for (int k = 1; k <= p.results().size(); k++) out.addAll(ProgramProperties.rationals(inputs.get(p.results().size() == 1 ? "seed" : "seed" + k)));
        return out;
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void in_rationals_the_gradient_is_exactly_that_of_dual_numbers(@ForAll("rational") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        Map<String, Tensor> x = withSeeds(q, Nad.grid(p, 5), 6);
        Run run = Nad.run(q, x, Arithmetic.RATIONAL, Selections.DEFAULT);
        List<Rational> seeds = seeds(p, x);
        int result = p.results().size();
        for (Program.Parameter by : p.parameters()) {
            if (by.data()) continue;
            List<Rational> gradient = ProgramProperties.rationals(run.results().get(result++));
            for (int k = 0; k < gradient.size(); k++)
                assertThat(gradient.get(k)).as(text + Printer.print(q) + by.name() + " " + k)
                        .isEqualTo(slope(text, p, x, by.name(), k, seeds, new Algebra.Rationals()));
        }
    }

    /// Σ seed · ∂result/∂x_k, by dual numbers.
    private static <T> T slope(String text, Program p, Map<String, Tensor> x, String by, int entry, List<Rational> seeds, Algebra<T> in) {
        Map<String, Naive.Array<Algebra.Dual<T>>> inputs = new HashMap<>();
        for (Program.Parameter q : p.parameters()) {
            Tensor t = x.get(q.name());
            List<Algebra.Dual<T>> d = new ArrayList<>();
            for (int k = 0; k < t.size(); k++)
                d.add(new Algebra.Dual<>(in.of((Rational) t.get(k)), in.of(Rational.of(q.name().equals(by) && k == entry ? 1 : 0))));
            inputs.put(q.name(), new Naive.Array<>(t.shape(), d));
        }
        T sum = in.of(Rational.ZERO);
        int at = 0;
        for (Naive.Array<Algebra.Dual<T>> r : Naive.run(text, inputs, new Algebra.Duals<>(in)))
            for (Algebra.Dual<T> d : r.data()) sum = in.plus(sum, in.times(in.of(seeds.get(at++)), d.tangent()));
        return sum;
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void in_float64_the_gradient_is_that_of_dual_numbers(@ForAll("any") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        Map<String, Tensor> x = withSeeds(q, Nad.generic(p, 8), 9);
        Run run = Nad.run(q, Nad.real(x));
        Spoken.of("off kinks", run.kinks().isEmpty(), 50);
        if (!run.kinks().isEmpty()) return; // ties that rounding makes or breaks
        List<Rational> seeds = seeds(p, x);
        int result = p.results().size();
        for (Program.Parameter by : p.parameters()) {
            if (by.data()) continue;
            Tensor gradient = run.results().get(result++);
            for (int k = 0; k < gradient.size(); k++) {
                Algebra.Reals in = new Algebra.Reals();
                double expected = slope(text, p, x, by.name(), k, seeds, in);
                assertThat(gradient.toDouble(k)).as(text + Printer.print(q) + by.name() + " " + k).isCloseTo(expected, within(1e-10 * in.largest));
            }
        }
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void off_kinks_the_gradient_is_that_of_differences(@ForAll("any") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        Map<String, Tensor> x = withSeeds(q, Nad.generic(p, 12), 13);
        Run run = Nad.run(q, Nad.real(x));
        int compared = 0;
        List<Rational> seeds = seeds(p, x);
        int result = p.results().size();
        for (Program.Parameter by : p.parameters()) {
            if (by.data() || !run.kinks().isEmpty()) continue;
            Tensor gradient = run.results().get(result++);
            for (int k = 0; k < gradient.size(); k++) {
                double coarse = difference(p, x, by.name(), k, seeds, 1e-4);
                double fine = difference(p, x, by.name(), k, seeds, 0.5e-4);
                double scale = Math.max(1, Math.abs(fine));
                // Where two steps disagree a kink or noise lies between: nothing is claimed there.
                if (!(Math.abs(coarse - fine) < 1e-6 * scale)) continue;
                compared++;
                assertThat(gradient.toDouble(k)).as(text + Printer.print(q) + by.name() + " " + k).isCloseTo(fine, within(1e-5 * scale));
            }
        }
        Spoken.of("differences", compared > 0, 50);
    }

    private static double difference(Program p, Map<String, Tensor> x, String by, int entry, List<Rational> seeds, double h) {
        return (weighted(p, x, by, entry, seeds, h) - weighted(p, x, by, entry, seeds, -h)) / (2 * h);
    }

    private static double weighted(Program p, Map<String, Tensor> x, String by, int entry, List<Rational> seeds, double h) {
        Map<String, Tensor> moved = Nad.real(x);
        moved.get(by).real()[entry] += h;
        double sum = 0;
        int at = 0;
        for (Tensor r : Nad.run(p, moved).results()) for (double d : r.real()) sum += seeds.get(at++).toDouble() * d;
        return sum;
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_part_of_the_gradient_is_that_part(@ForAll("any") String text) {
        Program p = Nad.program(text);
        List<String> by = p.parameters().stream().filter(q -> !q.data()).map(Program.Parameter::name).toList();
        Program all = Nad.backprop(p);
        Map<String, Tensor> x = Nad.real(withSeeds(all, Nad.generic(p, 20), 21));
        Run whole = Nad.run(all, x);
        for (int k = 0; k < by.size(); k++) {
            Program one = Nad.backprop(p, by.get(k));
            Run part = Nad.run(one, x);
            assertThat(part.results().getLast().real()).as(text + Printer.print(one)).containsExactly(whole.results().get(p.results().size() + k).real());
            assertThat(part.tally().byName().values().stream().reduce(Rational.ZERO, Rational::plus))
                    .isLessThanOrEqualTo(whole.tally().byName().values().stream().reduce(Rational.ZERO, Rational::plus));
        }
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void results_and_gradients_lie_in_the_intervals_of_a_box_around_the_point(@ForAll("any") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        Map<String, Tensor> x = withSeeds(q, Nad.generic(p, 30), 31);
        Run real = Nad.run(q, Nad.real(x));
        Map<String, Tensor> box = new HashMap<>();
        x.forEach((name, t) -> {
            Interval[] d = new Interval[t.size()];
            for (int k = 0; k < d.length; k++) d[k] = new Interval(t.toDouble(k) - 1e-6, t.toDouble(k) + 1e-6);
            box.put(name, Tensor.of(t.shape(), d));
        });
        Run boxed = Nad.runWithin(q, box, Arithmetic.INTERVAL);
        int enclosed = 0;
        for (int r = 0; r < real.results().size() && boxed != null; r++)
            for (int k = 0; k < real.results().get(r).size(); k++) {
                Interval i = (Interval) boxed.results().get(r).get(k);
                if (i.isNone()) continue;
                enclosed++;
                assertThat(i.contains(real.results().get(r).toDouble(k))).as(i + " " + real.results().get(r).toDouble(k) + " result " + r + " " + text + Printer.print(q)).isTrue();
            }
        Spoken.of("enclosures", enclosed > 0, 50);
    }
}
