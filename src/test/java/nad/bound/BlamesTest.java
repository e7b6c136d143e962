package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import nad.core.Program;
import nad.dictionary.CostModel;
import nad.report.Span;
import org.junit.jupiter.api.Test;

/// What is said of a dump that is not backprop(P)'s, and of which place.
class BlamesTest {
    private static final String P = """
            program f(x: real[2], y) {
              t1 = x * y
              t2 = sum(t1)
              return t2, x[1]
            }
            """;
    private static final String DUMP = """
            program f_backprop(x: real[2], y, seed1, seed2) {
              t1 = x * y
              t2 = sum(t1)
              t2_bar = seed1
              x_bar = zeros(2)
              x_bar[1] = seed2
              adjoint t2 { t1_bar = zeros(2); t1_bar[..] = t2_bar }
              adjoint t1 { x_bar += t1_bar * y; y_bar = sum(t1_bar * x) }
              return t2, x[1], x_bar, y_bar
            }
            """;

    private static Certificate certify(String from, String to) {
        assertThat(DUMP).contains(from);
        Program q = Texts.program(DUMP.replace(from, to));
        assertThat(q).isNotNull();
        return CheapGradient.certify(Texts.program(P), q, CostModel.UNIT, null);
    }

    private static void blames(String from, String to, String... says) {
        Certificate c = certify(from, to);
        assertThat(c.holds()).isFalse();
        assertThat(c.reason()).contains(says);
    }

    @Test
    void theDumpItselfHolds() {
        Certificate c = certify("t2_bar", "t2_bar");
        assertThat(c.reason()).isNull();
        assertThat(c.holds()).isTrue();
    }

    @Test
    void resultsAreCountedFromOne() {
        blames("return t2, x[1]", "return t1[1], x[1]", "result 1 of the dump is not f's");
        blames("return t2, x[1]", "return t2, x[2]", "result 2 of the dump is not f's");
    }

    @Test
    void parametersAndSeedsAreNamedWithTheirShapes() {
        blames("x: real[2], y, seed1", "x: real[2], seed1, y", "parameter 2 of the dump is `seed1: real` and not `y: real`");
        blames(", seed1, seed2", ", seed1, seed2, more", "the dump has 5 parameters where backprop(f) has 4");
    }

    @Test
    void statementsAreCountedFromOneAndNamed() {
        blames("t1 = x * y", "t1 = x + y", "statement 1 of the dump is not f's `t1` (line 2)");
        blames("t2 = sum(t1)", "t2 = sum(x)", "statement 2 of the dump is not f's `t2` (line 3)");
        blames("t1 = x * y", "t1 = y * x", "statement 1 of the dump");
    }

    @Test
    void whatABlockGivesIsNamed() {
        blames("x_bar += t1_bar * y", "x_bar += t1_bar * x", "the block of `t1` (line 2)", "`x_bar`");
        blames("y_bar = sum(t1_bar * x)", "y_bar = sum(t1_bar * t1)", "the block of `t1` (line 2)", "`y_bar`");
        blames("t1_bar[..] = t2_bar", "t1_bar[1] = t2_bar", "the block of `t2` (line 3)");
        blames("x_bar[1] = seed2", "x_bar[2] = seed2", "x_bar");
        blames("t2_bar = seed1", "t2_bar = seed2", "t2_bar");
        blames("return t2, x[1], x_bar, y_bar", "return t2, x[1], x_bar, t1_bar[1]", "");
    }

    /// The place is that of the block, or of the statement.
    @Test
    void placesAreInTheDump() {
        Program q = Texts.program(DUMP);
        Words words = new Words(Texts.program(P), q);
        for (int b = 0; b < q.blocks(); b++) assertThat(words.at(b)).isEqualTo(q.span(q.blockStart(b)));
        assertThat(words.at(0).line()).isEqualTo(7);
        assertThat(words.at(-1)).isEqualTo(Span.NONE);
        assertThat(words.named(q.target(0))).isEqualTo("t1");
        assertThat(words.named(q.parameters().getFirst().variable())).isEqualTo("x");
        assertThat(words.whose(-1)).isEqualTo("the result");
        assertThat(words.whose(0)).isEqualTo("the block of `t1` (line 2)");
        assertThat(words.rule(-1)).isEqualTo("its seed");
        assertThat(words.rule(0)).isEqualTo("`x_bar += v * y; y_bar += v * x` (v = t1_bar)");
        assertThat(Words.scalar(q)).isFalse();
        assertThat(Words.scalar(Texts.program("program f(x) { return x }"))).isTrue();
        assertThat(Words.scalar(Texts.program("program f(x: real[2]) { return x }"))).isFalse();
    }
}
