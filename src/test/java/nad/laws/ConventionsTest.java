package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeSet;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every named convention selects at every kink of D and of the prelude: the derivative by x.
///
/// Sources of what `pytorch` and `jax` are to reproduce, by function. PyTorch: tools/autograd/derivatives.yaml (`relu`:
/// threshold_backward at 0; `abs`: grad * self.sgn(); `maximum`, `minimum`: grad / 2 where equal; `max`, `min`, `amax`, `amin`:
/// evenly_distribute_backward and scale_grad_by_count; `clamp`: FunctionsManual.cpp clamp_backward, min <= self <= max;
/// `hypot`: grad * self / result, NaN at 0; `norm`: masked to 0; softshrink: 0 where |self| <= lambd) and the kernels behind it
/// (hardtanh_backward, also relu6: 0 where self <= min or self >= max; leaky_relu_backward: self > 0 ? 1 : slope; elu_backward,
/// also selu: the negative side where self <= 0). JAX: jax/_src/nn/functions.py (relu: custom_jvp, select(x > 0, g, 0); relu6:
/// minimum(maximum(x, 0), 6); hard_tanh: where(x > 1, 1, where(x < -1, -1, x)); leaky_relu: where(x >= 0, x, slope * x);
/// selu: where(x > 0, …)), jax/_src/lax/lax.py (abs: select(x >= 0, g, -g); max, min: _balanced_eq, halves; reduce_max:
/// location indicators over their count), jax/_src/numpy (clip: minimum(maximum(x, lo), hi)).
class ConventionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # derivative at x of        | x    | default | pytorch | jax | left | right | mid  | minnorm
            relu(x)                     | 0    | 0       | 0       | 0   | 0    | 1     | 1/2  | 0
            abs(x)                      | 0    | 0       | 0       | 1   | -1   | 1     | 0    | 0
            max(x, 1)                   | 1    | 1       | 1/2     | 1/2 | 1    | 0     | 1/2  | 1/2
            max(1, x)                   | 1    | 0       | 1/2     | 1/2 | 0    | 1     | 1/2  | 1/2
            min(x, 1)                   | 1    | 1       | 1/2     | 1/2 | 1    | 0     | 1/2  | 1/2
            max([x, 1, 1])              | 1    | 1       | 1/3     | 1/3 | 1    | 0     | 1/3  | 1/3
            max([1, 1, x])              | 1    | 0       | 1/3     | 1/3 | 0    | 1     | 1/3  | 1/3
            min([1, x, 2])              | 1    | 0       | 1/2     | 1/2 | 0    | 1     | 1/2  | 1/2
            hypot(x, 0)                 | 0    | 0       | 0       | 0   | 0    | 0     | 0    | 0
            norm2([x, 0 * x])           | 0    | 0       | 0       | 0   | 0    | 0     | 0    | 0
            norm1([x, 1])               | 0    | 0       | 0       | 1   | -1   | 1     | 0    | 0
            norminf([x, 1])             | 1    | 1       | 1/2     | 1/2 | 1    | 0     | 1/2  | 1/2
            leaky_relu(x, 0.5)          | 0    | 1/2     | 1/2     | 1   | 1/2  | 1     | 3/4  | 1/2
            leaky_relu(x, -0.5)         | 0    | -1/2    | -1/2    | 1   | -1/2 | 1     | 1/4  | 0
            clip(x, -1, 2)              | -1   | 0       | 1       | 1/2 | 0    | 1     | 1/2  | 1/2
            clip(x, -1, 2)              | 2    | 0       | 1       | 1/2 | 1    | 0     | 1/2  | 1/2
            hardtanh(x)                 | -1   | 0       | 0       | 1   | 0    | 1     | 1/2  | 0
            hardtanh(x)                 | 1    | 0       | 0       | 1   | 1    | 0     | 1/2  | 0
            relu6(x)                    | 0    | 0       | 0       | 1/2 | 0    | 1     | 1/2  | 0
            relu6(x)                    | 6    | 0       | 0       | 1/2 | 1    | 0     | 1/2  | 0
            softshrink(x, 0.5)          | 1/2  | 0       | 0       | 0   | 0    | 1     | 1/2  | 0
            softshrink(x, 0.5)          | -1/2 | 0       | 0       | 0   | 1    | 0     | 1/2  | 0
            huber(x, 2)                 | 2    | 2       | 2       | 2   | 2    | 2     | 2    | 2
            """)
    void everyConventionSelects(String f, String x, String byDefault, String pytorch, String jax, String left, String right, String mid, String minnorm) {
        Map<String, String> wanted = Map.of("default", byDefault, "pytorch", pytorch, "jax", jax, "left", left, "right", right, "mid", mid, "minnorm", minnorm);
        assertThat(wanted.keySet()).isEqualTo(java.util.Set.copyOf(Selections.CONVENTIONS));
        wanted.forEach((c, g) -> assertThat(exact(f, x, c)).as(f + " at " + x + " under " + c).isEqualTo(g));
    }

    private static String exact(String f, String x, String convention) {
        String[] q = x.split("/");
        Rational at = q.length == 1 ? Rational.parse(x) : Rational.parse(q[0]).over(Rational.parse(q[1]));
        Program p = Nad.program("program f(x) {\n  return " + f + "\n}\n");
        return Nad.run(Nad.backprop(p), Map.of("x", Tensor.of(new int[0], at)), Arithmetic.RATIONAL, Selections.of(convention)).results().getLast().get(0).toString();
    }

    /// What leaves the rationals, and what has no kink.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            selu(x)        | 0 | 1.7580993408473766 | 1.7580993408473766 | 1.7580993408473766 | 1.7580993408473766 | 1.0507009873554805 | 1.4044001641014286 | 1.0507009873554805
            elu(x)         | 0 | 1                  | 1                  | 1                  | 1                  | 1                  | 1                  | 1
            softplus(x)    | 0 | 0.5                | 0.5                | 0.5                | 0.5                | 0.5                | 0.5                | 0.5
            """)
    void everyConventionSelectsInFloat64(String f, double x, double byDefault, double pytorch, double jax, double left, double right, double mid, double minnorm) {
        double[] wanted = {byDefault, pytorch, jax, left, right, mid, minnorm};
        Program q = Nad.backprop(Nad.program("program f(x) {\n  return " + f + "\n}\n"));
        for (int k = 0; k < wanted.length; k++) {
            Selections s = Selections.of(Selections.CONVENTIONS.get(k));
            assertThat(Nad.run(q, Map.of("x", Tensor.of(new int[0], x)), Arithmetic.FLOAT64, s).results().getLast().real()[0]).as(f + " under " + s.convention()).isCloseTo(wanted[k], within(1e-15));
        }
    }

    /// A new entry with a kink must be given its rows above.
    @Test
    void noEntryWithAKinkIsLeftOut() {
        TreeSet<String> names = new TreeSet<>();
        for (Elementary e : Standard.entries()) if (e.kink != null && !e.inPrime) names.add(e.name);
        for (Elementary e : Checker.preludeEntries()) if (e.kink != null && !e.inPrime) names.add(e.name);
        assertThat(names).containsExactly("abs", "clip", "elu", "hardtanh", "huber", "hypot", "leaky_relu", "max", "min", "norm2", "relu", "relu6", "selu", "softshrink");
    }

    /// At an end of clip the point is shared between x and the end.
    @ParameterizedTest
    @CsvSource({"default, 0, 1", "pytorch, 1, 0", "jax, 1/2, 1/2", "left, 0, 1", "right, 1, 0", "mid, 1/2, 1/2", "minnorm, 1/2, 1/2"})
    void clipSharesWithItsEnds(String convention, String x, String lo) {
        Program q = Nad.backprop(Nad.program("program f(x, lo, hi) {\n  return clip(x, lo, hi)\n}\n"));
        Map<String, Tensor> at = Map.of("x", Tensor.of(new int[0], Rational.ONE), "lo", Tensor.of(new int[0], Rational.ONE), "hi", Tensor.of(new int[0], Rational.of(3)));
        var g = Nad.run(q, at, Arithmetic.RATIONAL, Selections.of(convention)).results();
        assertThat(g.get(1).get(0)).hasToString(x);
        assertThat(g.get(2).get(0)).hasToString(lo);
        assertThat(g.get(3).get(0)).hasToString("0");
    }

    private static final String THREE = "elementary steps(x) {\n  when x <= -1 : -1\n  when x >= 1 : 2 * x - 1\n  otherwise : x\n}\n";

    @ParameterizedTest
    @CsvSource({"default, 0, 2", "left, 0, 1", "right, 1, 2", "mid, 1/2, 3/2", "minnorm, 0, 1", "pytorch, 0, 2"})
    void aFilesOwnFunctionHasASideAtEachOfItsKinks(String convention, String atMinusOne, String atOne) {
        assertThat(own(THREE, "steps(x)", -1, Selections.of(convention))).isEqualTo(atMinusOne);
        assertThat(own(THREE, "steps(x)", 1, Selections.of(convention))).isEqualTo(atOne);
    }

    @Test
    void aKinkMayBeSetByItself() {
        Selections s = Selections.of("left").with("steps", Rational.ONE, Rational.parse("1.25"));
        assertThat(own(THREE, "steps(x)", 1, s)).isEqualTo("5/4");
        assertThat(own(THREE, "steps(x)", -1, s)).isEqualTo("0");
    }

    @Test
    void aFilesOwnFunctionDoesNotInheritWhatAFrameworkDoesAtOneOfItsName() {
        String clip = "elementary clip(x) {\n  when x > 1 : 5 * x - 4\n  otherwise : x\n}\n";
        assertThat(own(clip, "clip(x)", 1, Selections.of("pytorch"))).isEqualTo("1");
    }

    private static String own(String text, String f, long x, Selections s) {
        Program q = Nad.backprop(Nad.program(text + "program f(x) {\n  return " + f + "\n}\n"));
        return Nad.run(q, Map.of("x", Tensor.of(new int[0], Rational.of(x))), Arithmetic.RATIONAL, s).results().getLast().get(0).toString();
    }

    @Test
    void weightsOfATieGoToItsFirstAndItsLast() {
        Program q = Nad.backprop(Nad.program("program f(x: real[4]) {\n  return max(x)\n}\n"));
        Selections s = Selections.DEFAULT.with("max", Rational.parse("0.3"));
        for (Arithmetic a : new Arithmetic[] {Arithmetic.RATIONAL, Arithmetic.FLOAT64})
            assertThat(Nad.run(q, Map.of("x", Tensor.of(new int[] {4}, 2, 1, 2, 2)), a, s).results().getLast()).satisfies(t -> {
                for (int k = 0; k < 4; k++) assertThat(t.toDouble(k)).isEqualTo(new double[] {0.3, 0, 0, 0.7}[k]);
            });
    }
}
