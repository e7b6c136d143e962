package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.bound.CheapGradient;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.print.JsonDump;
import nad.print.Printer;
import nad.report.Problem;
import nad.report.Source;
import nad.run.Run;
import nad.run.Tensor;
import nad.syntax.JsonText;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What is written of a program reads back as that program, whatever its names are: certified, at the same cost, with the same bits.
class DumpProperties {
    /// The pointwise functions of one argument that D has: a file may declare each of them anew.
    private static final List<String> BUILT_IN = Standard.entries().stream()
            .filter(e -> e.kind == Elementary.Kind.POINTWISE && e.arity == 1 && !e.isSign() && !e.inPrime).map(e -> e.name).distinct().sorted().toList();

    /// Declarations in any order, each of a number times what was declared before it or of D; and a program that uses what stands before
    /// it and after.
    @Provide
    Arbitrary<String> shadowing() {
        return Choices.tapes().map(t -> shadowing(ProgramText.any(new Choices(t)), t.hashCode()));
    }

    private static String shadowing(String program, long seed) {
        Random r = new Random(seed);
        List<String> names = new ArrayList<>(BUILT_IN);
        Collections.shuffle(names, r);
        StringBuilder out = new StringBuilder();
        for (String name : names.subList(0, r.nextInt(names.size() + 1))) {
            String inner = BUILT_IN.get(r.nextInt(BUILT_IN.size()));
            String outer = r.nextInt(3) == 0 ? BUILT_IN.get(r.nextInt(BUILT_IN.size())) : "";
            String value = "0." + (1 + r.nextInt(9)) + " * " + outer + "(" + inner + "(t)" + (r.nextBoolean() ? "^" + (2 + r.nextInt(4)) : "") + ")";
            out.append("elementary ").append(name).append("(t) { otherwise : ").append(value).append(" }\n");
        }
        return out + program;
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void a_dump_reads_back_under_names_of_the_dictionary(@ForAll("shadowing") String text, @ForAll long seed) {
        requireBack(text, seed);
    }

    @Example
    void each_function_of_the_dictionary_may_be_declared_beside_one_whose_rule_applies_it() {
        for (String declared : BUILT_IN)
            for (String used : BUILT_IN) {
                if (declared.equals(used) || Standard.named(used).getFirst().rule(0) == null) continue;
                requireBack("elementary inner(t) { otherwise : " + used + "(t) }\nelementary " + declared + "(t) { otherwise : 3 * inner(t) }\n"
                        + "program f(x) {\n  return " + declared + "(x) + " + used + "(x)\n}\n", 7);
            }
    }

    @Example
    void names_of_views_programs_and_temporaries_may_be_declared_too() {
        for (String name : List.of("zeros", "ones", "reshape", "dot", "prod", "sum", "max", "f_backprop", "t1", "x_bar", "cos_2"))
            requireBack("elementary " + name + "(t) { otherwise : 3 * t }\nelementary cos(t) { otherwise : " + name + "(t)^4 }\n"
                    + "program f(x: real[3], t2) {\n  return sin(t2) + cos(x[1]) + cos(x[2] * t2)\n}\n", 7);
    }

    private static void requireBack(String text, long seed) {
        Program p;
        try {
            p = Nad.program(text);
        } catch (AssertionError e) {
            return; // a declared name took the place of what the program needs
        }
        Program q = Nad.backprop(p);
        checked++;
        List<Problem> problems = new ArrayList<>();
        Source json = JsonText.of(new Source("d.json", JsonDump.print(q, CostModel.UNIT)), problems);
        assertThat(problems).as(text).isEmpty();
        Map<String, Tensor> at = Nad.real(Nad.grid(q, seed));
        List<Tensor> expected = results(q, at);
        for (String dump : List.of(Printer.print(q), json.text())) {
            Program again = Nad.dump(dump);
            assertThat(CheapGradient.certify(p, again, CostModel.UNIT, null).reason()).as(text + dump).isNull();
            assertThat(CostModel.UNIT.cost(StaticCost.of(again))).as(text + dump).isEqualTo(CostModel.UNIT.cost(StaticCost.of(q)));
            List<Tensor> found = results(again, at);
            assertThat(found).as(text + dump).hasSameSizeAs(expected);
            for (int k = 0; k < found.size(); k++)
                for (int e = 0; e < found.get(k).size(); e++)
                    assertThat(Double.doubleToLongBits(found.get(k).toDouble(e))).as(text + dump).isEqualTo(Double.doubleToLongBits(expected.get(k).toDouble(e)));
        }
    }

    private static int checked;

    @net.jqwik.api.lifecycle.AfterContainer
    static void programs_were_read_back() {
        assertThat(checked).isGreaterThan(100);
    }

    private static List<Tensor> results(Program q, Map<String, Tensor> at) {
        Run r = Nad.run(q, at);
        return r.results();
    }
}
