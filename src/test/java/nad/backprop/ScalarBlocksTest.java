package nad.backprop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nad.check.Checker;
import nad.core.Flat;
import nad.core.Program;
import nad.core.StaticCost;
import nad.print.Printer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarBlocksTest {
    private static final String[] BINARY = {"%s + %s", "%s - %s", "%s * %s", "%s / %s", "max(%s, %s)", "min(%s, %s)", "hypot(%s, %s)", "pow(%s, %s)", "huber(%s, %s)"};
    private static final String[] UNARY = {"-%s", "relu(%s)", "abs(%s)", "exp(%s)", "sqrt(%s)", "sigmoid(%s)", "tanh(%s)", "erf(%s)", "%s ^ 3", "%s ^ 2.5", "sin(%s)"};

    @Property(tries = 300)
    void aStencilWritesWhatABlockDoes(@ForAll long seed, @ForAll boolean strongZero) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("program f(x, y, v: real[3], data d) {\n");
        List<String> known = new ArrayList<>(List.of("2", "0.5", "x", "y", "v[1]", "v[2]", "v[3]", "d"));
        for (int k = 0; k < 12; k++) {
            String form = random.nextInt(3) > 0 ? BINARY[random.nextInt(BINARY.length)] : UNARY[random.nextInt(UNARY.length)];
            String a = known.get(2 + random.nextInt(known.size() - 2));
            String b = random.nextInt(4) == 0 ? a : known.get(random.nextInt(known.size()));
            boolean swapped = random.nextBoolean() && form.chars().filter(c -> c == '%').count() == 2;
            text.append("  a").append(k).append(" = ").append(swapped ? form.formatted(b, a) : form.formatted(a, b)).append('\n');
            known.add("a" + k);
        }
        same(program(text + "  return a11\n}\n"), strongZero);
        same(program(text + "  return a11, a10\n}\n"), strongZero);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "program f(x: real[4, 3], w: real[3], b: real[4]) { return dot(relu(x @ w + b), b) }",
        "program f(x: real[5]) { return sum(softmax(x) * x) + logsumexp(x) + norm2(x) + max(x) }",
        "program f(x: real[6]) { s = x[1]; for i in 2..6 { s = x[i] * s / (1 + s) }; return s, x[2] * 3 }",
    })
    void ofAFlatProgramToo(String text) {
        Program flat = Flat.of(program(text), 5000, new ArrayList<>());
        same(flat, false);
        same(flat, true);
    }

    private static void same(Program p, boolean strongZero) {
        assertThat(Backprop.refusals(p, null)).isEmpty();
        Program q = Backprop.of(p, null, strongZero, new ArrayList<>());
        Program wanted = Backprop.withoutStencils(p, strongZero);
        assertThat(Printer.print(q)).isEqualTo(Printer.print(wanted));
        assertThat(StaticCost.of(q).byName()).isEqualTo(StaticCost.of(wanted).byName());
        for (int i = 0; i < q.length(); i++) assertThat(q.span(i)).isEqualTo(wanted.span(i));
    }

    @Test
    void namesMadeUpDoNotMeetThoseOfTheProgram() {
        Program q = Backprop.of(program("program f(s1, x_bar, x) { s2 = s1 / x; return s2 * x_bar / x }"), null, new ArrayList<>());
        List<String> names = new ArrayList<>();
        for (int v = 0; v < q.variables(); v++) if (q.isNamed(v)) names.add(q.name(v));
        assertThat(names).doesNotHaveDuplicates().contains("t2_bar2", "x_bar_bar2", "s3");
    }

    private static Program program(String text) {
        Checker c = Checker.readText(null, "f.nad", text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(p).as("%s: %s", text, c.problems()).isNotNull();
        return p;
    }
}
