package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Flat;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.forward.Forprop;
import nad.print.Printer;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.run.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.Test;

/// Whatever the engine compiles gives the bits that the interpreter gives.
class EngineProperties {
    private static final List<Options> OPTIONS = List.of(Options.STANDARD.atOnce(), Options.STANDARD, Options.STANDARD.withoutVectors());

    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 200)
    void a_compiled_program_gives_the_interpreters_bits(@ForAll("any") String text) {
        List<Program> all = programs(text);
        Spoken.of("flat programs", all.size() > 2, 50);
        for (Program p : all)
            for (Options o : OPTIONS) {
                assertThat(Compiler.refuses(p, o)).as(text).isNull();
                requireSame(p, o, Arithmetic.FLOAT64);
            }
    }

    @StatisticsReport(onFailureOnly = true)
    @Property(tries = 100)
    void in_float32_too(@ForAll("any") String text) {
        boolean compiled = false;
        for (Program p : programs(text)) for (Options o : OPTIONS) compiled |= requireSame(p, o.inSingle(), Arithmetic.FLOAT32);
        Spoken.of("float32", compiled, 90);
    }

    private static List<Program> programs(String text) {
        Program p = Nad.program(text);
        List<Program> all = new ArrayList<>(List.of(p, Nad.backprop(p)));
        Program flat = Flat.of(p, 2000, new ArrayList<>());
        if (flat != null) {
            all.add(flat);
            all.add(Nad.backprop(flat));
        }
        return all;
    }

    /// Whether it is compiled.
    private static boolean requireSame(Program p, Options o, Arithmetic a) {
        if (Compiler.refuses(p, o) != null) return false;
        requireSame(p, o, a, Nad.real(Nad.generic(p, 7)));
        return true;
    }

    private static void requireSame(Program p, Options o, Arithmetic a, Map<String, Tensor> x) {
        Engine e = Compiler.compile(p, o);
        double[][] inputs = p.parameters().stream().map(q -> x.get(q.name()).real()).toArray(double[][]::new);
        double[][] wanted = run(Engine.reference(p, o.selections(), a), inputs);
        double[][] got = run(e, inputs);
        for (int k = 0; k < wanted.length; k++) assertThat(got[k]).as("%s, %s at %s, result %s of\n%s", o, a, x, k + 1, Printer.print(p)).isEqualTo(wanted[k]);
    }

    private static double[][] run(Engine e, double[][] inputs) {
        double[][] results = e.newResults();
        try {
            e.workspace().run(inputs, results);
        } catch (Interpreter.Stopped s) {
            throw new AssertionError(s.problem.toString());
        }
        return results;
    }

    private static final String PIECES = """
            elementary steps(x) {
              when x <= -1 : -1
              when x >= 1  : 2 * x - 1
              otherwise    : x
            }

            elementary cheaper(x, y, z) {
              when x < y  : x * z + y
              when x == y : y * z + x
              otherwise   : y * z + x
            }

            elementary bowl(x, y, z) {
              when x + y < z : (x + y) * (x + y)
              otherwise      : z * (x + y)
            }

            """;

    private static final List<String> CALLS = List.of("clip(x, y, z)", "clip(x, z, 1)", "leaky_relu(x, y)", "softshrink(x, y)", "huber(x, z)", "hardtanh(x)", "relu6(x)",
            "elu(y)", "selu(z)", "steps(x)", "cheaper(x, y, z)", "cheaper(y, x, 1)", "bowl(x, y, z)");

    @Test
    void the_primes_of_declared_functions_have_formulas_under_every_convention() {
        Program p = Nad.backprop(Nad.program(PIECES + "program f(x, y, z) {\n  return " + String.join(" + ", CALLS) + "\n}\n"));
        assertThat(java.util.Arrays.stream(p.operations()).filter(f -> f.declared != null).count()).isGreaterThan(20);
        for (String c : Selections.CONVENTIONS)
            for (Elementary f : p.operations())
                if (f.declared != null) assertThat(f.primitive(false, Selections.of(c)).formula()).as("%s under %s", f.name, c).isNotNull();
    }

    private static final Rational THIRD = Rational.of(1, 3);

    /// A sum of a few calls of declared functions, of scalars or of vectors, at multiples of ½, and at what is no number.
    @Property(tries = 60, seed = Choices.SEED)
    void at_the_kinks_of_declared_functions_too_under_every_convention(@ForAll("tape") Choices c) {
        List<String> parts = new ArrayList<>();
        for (int k = c.between(1, 3); k > 0; k--) parts.add(c.between(1, 3) + " * " + CALLS.get(c.below(CALLS.size())));
        String type = c.chance(50) ? "real[11]" : "real";
        Program p = Nad.program(PIECES + "program f(x: " + type + ", y: " + type + ", z: " + type + ") {\n  return " + (type.equals("real") ? "" : "sum") + "(" + String.join(" + ", parts) + ")\n}\n");
        Selections s = Selections.of(Selections.CONVENTIONS.get(c.below(Selections.CONVENTIONS.size())));
        if (c.chance(25)) s = s.with("cheaper", THIRD).with("hardtanh", Rational.ZERO).with("steps", Rational.ONE, Rational.of(5, 4)).with("clip", THIRD);
        for (Program q : List.of(p, Nad.backprop(p), Forprop.jvp(p, null, 1, new ArrayList<>()))) {
            Map<String, Tensor> at = Nad.real(Nad.inputs(q, () -> Rational.of(c.below(9) - 4, 2)));
            if (c.chance(20)) at.get("y").real()[0] = c.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e-320);
            for (Options o : OPTIONS) {
                requireSame(q, o.withSelections(s), Arithmetic.FLOAT64, at);
                Options single = o.withSelections(s).inSingle();
                if (Compiler.refuses(q, single) == null) requireSame(q, single, Arithmetic.FLOAT32, at);
            }
        }
    }

    @Provide
    Arbitrary<Choices> tape() {
        return Choices.tapes().map(Choices::new);
    }

    @Test
    void a_formula_is_the_function_to_the_last_bit() {
        double[] values = {0.0, -0.0, 1, -1, 0.5, -2.75, 3e-9, 710, -745.5, 1e300, Double.MIN_VALUE, Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY, Double.NaN, 0.1, -0.3};
        List<Elementary> entries = new ArrayList<>(Standard.entries());
        entries.addAll(nad.check.Checker.preludeEntries());
        int tested = 0;
        for (Elementary f : entries)
            for (String convention : Selections.CONVENTIONS) {
                if (f.kind != Elementary.Kind.POINTWISE) continue;
                var g = f.primitive(false, Selections.of(convention));
                if (g.formula() == null) continue;
                tested++;
                double[] x = new double[g.arity];
                for (int n = 0; n < 400; n++) {
                    for (int k = 0, m = n * 7919 + 13; k < x.length; k++, m /= values.length) x[k] = values[m % values.length];
                    assertThat(Double.valueOf(g.formula().at(x))).as("%s%s", f.name, java.util.Arrays.toString(x)).isEqualTo(Double.valueOf(g.real(x.clone())));
                }
            }
        assertThat(tested).isGreaterThan(200);
    }
}
