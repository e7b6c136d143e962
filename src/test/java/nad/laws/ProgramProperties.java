package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.print.Printer;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Shapes;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;

/// What holds for every program: its text is itself, it means what its syntax tree says, and what it costs is known from
/// its text.
class ProgramProperties {
    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @Provide
    Arbitrary<String> rational() {
        return Choices.tapes().map(t -> ProgramText.rational(new Choices(t)));
    }

    // ---- texts

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_program_printed_and_parsed_is_the_same_program(@ForAll("any") String text) {
        Program p = Nad.program(text);
        requireSameText(p, text, false);
        requireSameText(Nad.backprop(p), text, true);
    }

    private static void requireSameText(Program p, String text, boolean dump) {
        String printed = Printer.print(p);
        Program again;
        try {
            again = Nad.program(printed);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\nof\n" + text);
        }
        // Without blocks a text is an ordinary program, whose bars are names.
        if (p.blocks() > 0 || !dump) {
            assertThat(Printer.print(again)).as(text).isEqualTo(printed);
            requireEqual(structure(p), structure(again), printed + "\nof\n" + text);
        }
        Map<String, Tensor> x = Nad.real(Nad.generic(p, 7));
        Run a = Nad.run(p, x);
        Run b = Nad.run(again, x);
        for (int k = 0; k < a.results().size(); k++) assertThat(b.results().get(k).real()).as(printed).containsExactly(a.results().get(k).real());
        assertThat(b.tally().byName()).isEqualTo(a.tally().byName());
        if (p.blocks() > 0) assertThat(b.forwardTally().byName()).isEqualTo(a.forwardTally().byName());
    }

    private static void requireEqual(List<String> expected, List<String> actual, String text) {
        for (int k = 0; k < Math.max(expected.size(), actual.size()); k++)
            assertThat(k < actual.size() ? actual.get(k) : "").as(text).isEqualTo(k < expected.size() ? expected.get(k) : "");
    }

    /// Everything about a program but the numbers of its variables and its places in the source.
    private static List<String> structure(Program p) {
        List<String> out = new ArrayList<>();
        Map<Integer, String> names = new HashMap<>();
        for (Program.Parameter q : p.parameters()) out.add(q.name() + Shapes.brackets(q.shape()) + q.data());
        for (int i = 0; i < p.length(); i++) {
            int t = p.target(i);
            if (p.name(t) == null) names.put(t, "at " + i);
            StringBuilder s = new StringBuilder();
            s.append(p.kind(i)).append(' ').append(p.kind(i) == Program.Kind.ZEROS ? p.name(t) : operand(p.place(i), p, names));
            if (p.operation(i) != null) s.append(' ').append(p.operation(i)).append(' ').append(p.rank(i));
            for (int k = 0; k < p.arity(i); k++) s.append(' ').append(operand(p.operand(i, k), p, names));
            out.add(s.toString());
        }
        for (int b = 0; b < p.blocks(); b++) out.add("adjoint " + p.name(p.blockTarget(b)) + " " + p.blockStart(b) + " " + p.blockEnd(b));
        for (Operand r : p.results()) out.add("return " + operand(r, p, names));
        return out;
    }

    private static String operand(Operand o, Program p, Map<Integer, String> names) {
        return switch (o) {
            case Operand.View v -> names.getOrDefault(v.variable(), p.name(v.variable())) + v.layout();
            case Operand.Stack s -> "stack" + s.axis() + s.parts().stream().map(x -> operand(x, p, names)).toList();
            case Operand.Constant c -> {
                List<Double> data = new ArrayList<>();
                for (int k = 0; k < c.size(); k++) data.add(c.get(k).toDouble());
                yield Shapes.brackets(c.shape()) + data;
            }
        };
    }

    // ---- meaning

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_run_is_what_the_tree_says(@ForAll("any") String text) {
        Program p = Nad.program(text);
        Map<String, Tensor> x = Nad.generic(p, 11);
        Algebra.Reals in = new Algebra.Reals();
        List<Naive.Array<Double>> expected = Naive.run(text, doubles(x), in);
        Run run = Nad.run(p, Nad.real(x));
        for (int r = 0; r < expected.size(); r++) {
            assertThat(run.results().get(r).shape()).containsExactly(expected.get(r).shape());
            for (int k = 0; k < expected.get(r).data().size(); k++)
                assertThat(run.results().get(r).toDouble(k)).as(text).isCloseTo(expected.get(r).data().get(k), within(1e-12 * in.largest));
        }
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_rational_run_is_what_the_tree_says_exactly(@ForAll("rational") String text) {
        Program p = Nad.program(text);
        Map<String, Tensor> x = Nad.grid(p, 11);
        Map<String, Naive.Array<Rational>> inputs = new HashMap<>();
        x.forEach((name, t) -> inputs.put(name, new Naive.Array<>(t.shape(), rationals(t))));
        List<Naive.Array<Rational>> expected = Naive.run(text, inputs, new Algebra.Rationals());
        Run run = Nad.run(p, x, Arithmetic.RATIONAL, Selections.DEFAULT);
        for (int r = 0; r < expected.size(); r++) assertThat(rationals(run.results().get(r))).as(text).isEqualTo(expected.get(r).data());
    }

    static Map<String, Naive.Array<Double>> doubles(Map<String, Tensor> x) {
        Map<String, Naive.Array<Double>> inputs = new HashMap<>();
        x.forEach((name, t) -> {
            List<Double> d = new ArrayList<>();
            for (int k = 0; k < t.size(); k++) d.add(t.toDouble(k));
            inputs.put(name, new Naive.Array<>(t.shape(), d));
        });
        return inputs;
    }

    static List<Rational> rationals(Tensor t) {
        List<Rational> out = new ArrayList<>();
        for (int k = 0; k < t.size(); k++) out.add((Rational) t.get(k));
        return out;
    }

    // ---- cost

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_run_costs_what_the_text_says_in_every_arithmetic(@ForAll("any") String text) {
        Program p = Nad.program(text);
        for (Program q : List.of(p, Nad.backprop(p)))
            for (Arithmetic a : Arithmetic.values()) {
                boolean ran = requireCost(q, a);
                Spoken.of((q == p ? "P in " : "backprop(P) in ") + a, ran, a == Arithmetic.FLOAT64 || a == Arithmetic.FLOAT32 ? 100 : 10);
            }
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_rational_run_costs_what_the_text_says(@ForAll("rational") String text) {
        Program p = Nad.program(text);
        assertThat(requireCost(p, Arithmetic.RATIONAL)).isTrue();
        assertThat(requireCost(Nad.backprop(p), Arithmetic.RATIONAL)).isTrue();
    }

    /// Whether the program runs there.
    private static boolean requireCost(Program p, Arithmetic a) {
        Run run = Nad.runWithin(p, Nad.grid(p, 3), a);
        if (run == null) return false;
        Tally of = StaticCost.of(p);
        assertThat(counts(run.tally())).as(Printer.print(p)).isEqualTo(counts(of));
        assertThat(counts(run.forwardTally())).isEqualTo(counts(StaticCost.of(p, 0, p.forwardLength())));
        return true;
    }

    private static Map<String, Long> counts(Tally t) {
        Map<String, Long> out = new java.util.TreeMap<>();
        t.primitives().forEach(f -> out.put(f.name + " " + f.pricing + " " + f.arity, t.of(f)));
        return out;
    }
}
