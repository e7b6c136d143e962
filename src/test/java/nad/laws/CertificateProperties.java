package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.check.Checker;
import nad.check.Files;
import nad.core.Flat;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.print.Printer;
import nad.run.Run;
import nad.run.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/// A certificate is neither refused to NAD's own transform nor given to what computes something else. As many programs as jqwik's
/// `jqwik.tries.default` says: a campaign gives the system property of that name, and another `nad.seed` for other programs.
class CertificateProperties {
    private static final int SHIFT = Integer.getInteger("nad.seed", 0);

    @Provide
    Arbitrary<String> views() {
        return Choices.tapes().map(t -> ViewText.of(new Choices(shifted(t))));
    }

    @Provide
    Arbitrary<String> both() {
        return Choices.tapes().map(t -> {
            Choices c = new Choices(shifted(t));
            return c.chance(40) ? ProgramText.any(c) : ViewText.of(c);
        });
    }

    private static int[] shifted(int[] tape) {
        for (int k = 0; k < tape.length; k++) tape[k] = Math.floorMod(tape[k] + SHIFT * (k * 7919 + 104729), 10_000);
        return tape;
    }

    @Property(seed = Choices.SEED)
    void programs_of_many_views_are_certified(@ForAll("views") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        Program strong = Backprop.of(p, null, true, new ArrayList<>());
        for (Program dump : List.of(q, Nad.dump(Printer.print(q)), strong, Nad.dump(Printer.print(strong)))) {
            Certificate c = CheapGradient.certify(p, dump, CostModel.UNIT, null);
            assertThat(c).as(() -> text + Printer.print(dump) + c.reason()).isInstanceOf(Certificate.Holds.class);
            assertThat(c.costQ()).isEqualTo(CostModel.UNIT.cost(StaticCost.of(dump)));
        }
    }

    @StatisticsReport(onFailureOnly = true)
    /// Its row of one entry is a scalar, which has no subscripts.
    @Example
    void a_row_of_a_reshaped_scalar_is_certified() {
        programs_of_many_views_are_certified("program f(x) {\n  return sum([softmax([reshape(x, 1), reshape(x, 1)], axis=1) for i in 1..2])\n}\n");
    }

    @Example
    void blocks_do_not_nest() {
        assertThat(read("program f_backprop(x) {\n  t1 = x * x\n  t1_bar = 1\n  adjoint t1 {\n    adjoint t1 { s = t1_bar * x; x_bar = s; x_bar += s }\n  }\n  return t1, x_bar\n}\n")).isNull();
    }

    @Property(seed = Choices.SEED)
    void the_gradient_through_views_is_that_of_the_scalar_program(@ForAll("views") String text, @ForAll long seed) {
        Program p = Nad.program(text);
        Program flat = Flat.of(p, 100_000, new ArrayList<>());
        Program q = Nad.backprop(p);
        Program scalar = Nad.backprop(flat);
        Map<String, Tensor> at = Nad.real(Nad.generic(q, seed));
        double[] a = values(q, at);
        double[] b = values(scalar, entries(scalar, q, at));
        assertThat(a.length).isEqualTo(b.length);
        int finite = 0;
        for (int k = 0; k < a.length; k++) {
            if (!Double.isFinite(a[k])) continue;
            finite++;
            assertThat(a[k]).as(text).isCloseTo(b[k], within(1e-9 * Math.max(1, Math.abs(b[k]))));
        }
        Spoken.of("finite numbers", 2 * finite > a.length, 50);
    }

    /// The same numbers for the scalar program: its parameters are those of the other, entry by entry or as they are.
    private static Map<String, Tensor> entries(Program scalar, Program q, Map<String, Tensor> at) {
        Map<String, Tensor> out = new HashMap<>();
        for (int k = 0; k < scalar.parameters().size(); k++) out.put(scalar.parameters().get(k).name(), at.get(q.parameters().get(k).name()));
        return out;
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(seed = Choices.SEED)
    void a_changed_dump_that_is_certified_computes_the_same_and_keeps_the_bound(@ForAll("both") String text, @ForAll long seed) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        String dump = Printer.print(q);
        int certified = 0;
        int refused = 0;
        for (int k = 0; k < 10; k++) {
            String mutant = new Mutation(seed + k).of(dump);
            Program m = mutant.equals(dump) ? null : read(mutant);
            if (m == null) continue;
            Certificate c = CheapGradient.certify(p, m, CostModel.UNIT, null);
            if (c.holds()) {
                certified++;
                harmless(p, q, m, c, mutant, seed);
            } else {
                refused++;
                assertThat(c.reason()).isNotBlank();
            }
        }
        Spoken.of("some change is certified", certified > 0, 10);
        Spoken.of("some change is refused", refused > 0, 50);
    }

    private static void harmless(Program p, Program q, Program m, Certificate c, String mutant, long seed) {
        long entries = p.results().size() == 1 && p.results().getFirst().rank() == 0 ? 0 : p.results().stream().mapToLong(Operand::size).sum();
        Rational bound = c.omega().times(CostModel.UNIT.cost(StaticCost.of(p))).plus(Rational.of(entries));
        assertThat(CostModel.UNIT.cost(StaticCost.of(m))).as(mutant).isLessThanOrEqualTo(bound);
        for (Map<String, Tensor> at : List.of(Nad.real(Nad.generic(q, seed)), Nad.real(Nad.grid(q, seed)))) {
            Map<String, Tensor> there = new HashMap<>();
            for (int k = 0; k < m.parameters().size(); k++) there.put(m.parameters().get(k).name(), at.get(q.parameters().get(k).name()));
            double[] a = values(q, at);
            double[] b = values(m, there);
            assertThat(b.length).as(mutant).isEqualTo(a.length);
            for (int k = 0; k < a.length; k++)
                assertThat(Math.abs(a[k] - b[k]) <= 1e-9 * Math.max(1, Math.abs(a[k])) || Double.compare(a[k], b[k]) == 0 || !Double.isFinite(a[k])).as(() -> p + "\n" + mutant).isTrue();
        }
    }

    private static double[] values(Program p, Map<String, Tensor> at) {
        Run run = Nad.run(p, at, nad.arithmetic.Arithmetic.FLOAT64, p.over() == null ? nad.dictionary.Selections.DEFAULT : p.over().selections());
        return run.results().stream().flatMapToDouble(t -> java.util.stream.IntStream.range(0, t.size()).mapToDouble(t::toDouble)).toArray();
    }

    private static Program read(String text) {
        Checker c = Checker.readText(NONE, "mutant", text);
        if (c.failed()) return null;
        Program p = c.elaborate(null, Checker.Options.ofDump(10_000));
        return c.failed() ? null : p;
    }

    private static final Files NONE = Nad.NO_FILES;
}
