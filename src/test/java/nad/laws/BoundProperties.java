package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.bound.Omega;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Tally;
import nad.print.Printer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// THE THEOREM, program by program: cost(backprop(P)) ≤ ω · cost(P), one more for each entry of a result that is pulled
/// back by a seed.
class BoundProperties {
    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @Provide
    Arbitrary<String> rationalScalar() {
        return Choices.tapes().map(t -> ProgramText.rationalScalar(new Choices(t)));
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void backprop_costs_at_most_omega_times_the_program(@ForAll("any") String text, @ForAll long seed) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        for (CostModel m : List.of(CostModel.UNIT, CostModel.MULTIPLICATIVE, CostModel.WEIGHTED, random(StaticCost.of(q), seed))) {
            Rational cost = m.cost(StaticCost.of(p));
            Rational omega = Rational.ONE;
            for (int i = 0; i < p.length(); i++) {
                Rational w = Omega.statement(p, i, m);
                if (w.compareTo(omega) > 0) omega = w;
            }
            Rational bound = omega.times(cost).plus(seeds(p, m));
            assertThat(m.cost(StaticCost.of(q))).as(m.name() + "\n" + text + Printer.print(q)).isLessThanOrEqualTo(bound);
        }
    }

    /// A price of at least 1 for every primitive by name.
    private static CostModel random(Tally t, long seed) {
        Random r = new Random(seed);
        Map<String, Rational> prices = new HashMap<>();
        for (var p : t.primitives()) prices.put(p.name, Rational.of(4 + r.nextInt(40), 4));
        return CostModel.of("random", prices);
    }

    private static Rational seeds(Program p, CostModel m) {
        if (p.results().size() == 1 && p.results().getFirst().rank() == 0) return Rational.ZERO;
        long entries = p.results().stream().mapToLong(Operand::size).sum();
        return Rational.of(entries).times(m.price(nad.dictionary.Primitives.PLUS));
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void the_certificate_holds_for_the_text_of_every_dump(@ForAll("any") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        for (Program dump : List.of(q, Nad.dump(Printer.print(q)))) {
            Certificate c = CheapGradient.certify(p, dump, CostModel.UNIT, null);
            assertThat(c.reason()).as(text + Printer.print(q)).isNull();
            assertThat(c.costP()).isEqualTo(CostModel.UNIT.cost(StaticCost.of(p)));
            assertThat(c.costQ()).isEqualTo(CostModel.UNIT.cost(StaticCost.of(dump)));
        }
    }

    @Example
    void the_certificate_holds_where_no_subscripts_say_the_places() {
        for (String e : List.of("norminf(x[1..2, ..])", "sum(reshape(x, 9)[2..8])", "sum(x[4 - i, i] * i for i in 1..3)", "x[1] @ [x[3, 3], x[2, 3], x[3, 1]]"))
            the_certificate_holds_for_the_text_of_every_dump("program f(x: real[3, 3]) {\n  return " + e + "\n}\n");
    }

    @Example
    void the_certificate_holds_where_a_reshaped_parameter_is_given_its_bar_at_once() {
        for (String e : List.of("dot(reshape(x, 12), y)", "dot(reshape(x, 12), ones(12))", "sum(relu(reshape(x, 12)))", "sum(reshape(x, 2, 6) @ ones(6, 6))",
                "sum(reshape(x, 2, 6) * reshape(y, 2, 6)) + sum(reshape(x, 6, 2) * reshape(y, 6, 2))", "sum(exp(reshape(x[1..2], 8)))", "sum(reshape(x.T, 12) * y)"))
            the_certificate_holds_for_the_text_of_every_dump("program f(x: real[3, 4], y: real[12]) {\n  return " + e + "\n}\n");
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void rational_scalar_programs_without_dead_statements_cost_four_times_and_one(@ForAll("rationalScalar") String text) {
        Program p = Nad.program(text);
        Program q = Nad.backprop(p);
        Rational cost = CostModel.UNIT.cost(StaticCost.of(p));
        assertThat(CostModel.UNIT.cost(StaticCost.of(q))).as(text + Printer.print(q)).isLessThanOrEqualTo(cost.times(Rational.of(4)).plus(Rational.ONE));
    }

    @Example
    void a_product_of_n_numbers_costs_three_times_n_minus_1_less_2() {
        for (int n = 2; n < 12; n++) {
            Program p = Nad.program("program f<n = " + n + ">(x: real[n]) {\n  return prod(x)\n}\n");
            assertThat(CostModel.UNIT.cost(StaticCost.of(p))).isEqualTo(Rational.of(n - 1));
            assertThat(CostModel.UNIT.cost(StaticCost.of(Nad.backprop(p)))).isEqualTo(Rational.of(3 * (n - 1) - 2));
        }
    }
}
