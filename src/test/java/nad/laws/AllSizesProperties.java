package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nad.arithmetic.Rational;
import nad.bound.Omega;
import nad.bound.Omegas;
import nad.check.Checker;
import nad.check.Occurring;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// What is said of all sizes and prices at once holds at each that is tried: the operations read off a text contain those of every
/// elaboration, and the ω for any row length, constants and price is no smaller than that of a statement.
class AllSizesProperties {
    /// A loop and ranges that are empty for small sizes, powers of both signs, whatever may be called.
    private static final String SIZED = """
            elementary bend(t) {
              when t > 1 : 2 * t - 1
              otherwise  : t
            }
            program part<m>(y: real[m]) {
              return prod(y) + sum(tanh(y[i]) for i in 4..m)
            }
            program f<n = 3>(x: real[n], z) {
              s = x[1] ^ n + z ^ (2 - n)
              for i in 3..n { s = erf(s) / 2 }
              for i in 4..n { s -= bend(s) }
              t = [max(x[i], z) for i in 1..n]
              return dot(x, x) + max(x) + part(x) + s + -z + norm2(x) + sum(t)
            }
            """;

    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void the_text_says_which_operations_and_which_omega(@ForAll("any") String text) {
        holds(text, Checker.Options.STANDARD);
    }

    @Example
    void what_small_sizes_do_not_apply_is_named_too() {
        Set<Integer> lengths = new java.util.HashSet<>();
        for (int n = 1; n <= 7; n++) lengths.add(holds(SIZED, new Checker.Options(java.util.Map.of("n", n), 10_000, false)).operations().length);
        assertThat(lengths).hasSizeGreaterThan(2);
    }

    private static Program holds(String text, Checker.Options options) {
        Checker c = Checker.readText(Nad.NO_FILES, "test", text);
        Set<Occurring.Use> uses = c.occurring(null);
        Program p = c.elaborate(null, options);
        assertThat(p).as(text).isNotNull();
        for (int i = 0; i < p.length(); i++) {
            Elementary f = p.operation(i);
            assertThat(uses.stream().map(Occurring.Use::entry)).as(f.name + " in " + text).contains(f);
        }
        for (CostModel m : List.of(CostModel.UNIT, CostModel.MULTIPLICATIVE, CostModel.WEIGHTED)) {
            Rational all = Rational.ONE;
            for (Occurring.Use u : uses) {
                if (!u.entry().differentiable()) continue;
                Rational w = Omega.ofAny(u.entry(), u.literals(), m);
                assertThat(w).as(u.entry().name + " in " + m.name()).isNotNull();
                if (w.compareTo(all) > 0) all = w;
            }
            if (p.operations().length > 0 && differentiable(p)) assertThat(Omegas.largest(p, m)).as(m.name() + " of " + text).isLessThanOrEqualTo(all);
        }
        return p;
    }

    private static boolean differentiable(Program p) {
        for (Elementary f : p.operations()) if (!f.differentiable()) return false;
        return true;
    }

    /// Declared functions whose dearest piece changes with c, also one inside another.
    private static final String PIECES = """
            elementary g(t) {
              when t > 0 : sin(t) * sin(2 * t) * sin(3 * t)
              otherwise  : t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t
            }
            elementary h(t) {
              when t > 0 : g(t) * exp(t)
              otherwise  : t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t + t
            }
            program f(x, y) { return g(x) + h(y) }
            """;

    @Property(tries = 200, seed = Choices.SEED)
    void omega_at_all_prices_bounds_that_at_each(@ForAll @IntRange(min = 0, max = 400) int tenths, @ForAll @IntRange(min = 0, max = 7) int literals) {
        Rational c = Rational.ONE.plus(Rational.of(tenths, 10));
        List<Elementary> all = new ArrayList<>(Standard.entries());
        all.addAll(Checker.preludeEntries());
        Nad.program(PIECES).declared().forEach(d -> all.addAll(d.entries()));
        int checked = 0;
        for (Elementary f : all) {
            int constants = literals & (1 << f.arity) - 1;
            if (!f.differentiable() || constants == (1 << f.arity) - 1) continue;
            Rational w = Omega.ofAnyPrice(f, constants);
            assertThat(w).as(f.name).isNotNull();
            assertThat(Omega.ofAny(f, constants, CostModel.unit(c))).as(f.name + " at c = " + c).isLessThanOrEqualTo(w);
            checked++;
        }
        assertThat(checked).isGreaterThan(10);
    }

    /// The largest ω is one that some price comes close to, and no larger.
    @Example
    void omega_at_all_prices_is_reached() {
        for (Elementary f : Nad.program(PIECES).declared().stream().map(d -> d.entries().getFirst()).toList()) {
            Rational w = Omega.ofAnyPrice(f, 0);
            Rational largest = Rational.ZERO;
            for (int c = 1; c <= 100_000; c = c < 60 ? c + 1 : c * 2) {
                Rational at = Omega.ofAny(f, 0, CostModel.unit(Rational.of(c)));
                if (at.compareTo(largest) > 0) largest = at;
            }
            assertThat(largest.toDouble()).as(f.name).isBetween(0.99 * w.toDouble(), w.toDouble());
        }
    }

    @Example
    void a_fixed_price_with_a_dearer_block_has_no_omega_for_all_prices() {
        Elementary f = Nad.program("elementary k(t) cost 3 { otherwise : sin(t) }\nprogram f(x) { return k(x) }").declared().iterator().next().entries().getFirst();
        assertThat(Omega.ofAnyPrice(f, 0)).isNull();
        assertThat(Omega.ofAny(f, 0, CostModel.UNIT)).isNotNull();
    }
}
