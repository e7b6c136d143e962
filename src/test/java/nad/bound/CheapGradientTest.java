package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import org.junit.jupiter.api.Test;

/// The certificate on dumps written by hand: what it accepts from anywhere, and whom it blames.
class CheapGradientTest {
    private static final String F = """
            program f(x, y) {
              t1 = x * y
              t2 = relu(t1)
              t3 = t2 + x
              return t3
            }
            """;

    private static Certificate certify(String blocks) {
        return certify(blocks, "return t3, x_bar, y_bar");
    }

    private static Certificate certify(String blocks, String results) {
        String dump = "program f_backprop(x, y) {\n  t1 = x * y\n  t2 = relu(t1)\n  t3 = t2 + x\n" + blocks + "  " + results + "\n}\n";
        Program q = Texts.program(dump);
        assertThat(q).as(dump).isNotNull();
        return CheapGradient.certify(Texts.program(F), q, CostModel.UNIT, null);
    }

    @Test
    void theDumpOfTheLanguageReferenceHolds() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { x_bar += t1_bar * y; y_bar = t1_bar * x }
                """);
        assertThat(c.reason()).isNull();
        assertThat(c.costP()).isEqualTo(Rational.of(3));
        assertThat(c.costQ()).isEqualTo(Rational.of(7));
        assertThat(c.omega()).isEqualTo(Rational.of(5));
        assertThat(c.rows().stream().map(r -> r.adjoint().literal())).containsExactly("3", "1", "0");
    }

    @Test
    void otherNamesAnotherOrderOfFactorsAndFullAdditionsHoldToo() {
        Certificate c = certify("""
                  seed = 1
                  adjoint t3 { dx = zeros(); dx += seed; d2 = seed }
                  adjoint t2 { d1 = relu'(t1; d2) }
                  adjoint t1 { dy = x * d1; dx += y * d1 }
                """, "return t3, dx, dy");
        assertThat(c.reason()).isNull();
        assertThat(c.costQ()).isEqualTo(Rational.of(8));
    }

    @Test
    void aBlockThatIsTooExpensiveIsBlamed() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { s1 = t1_bar * 1; s2 = s1 * y; x_bar += s2; y_bar = t1_bar * x }
                """);
        assertThat(c.reason()).isEqualTo("the block of `t1` (line 2) gives `x_bar` something else than the rule does, "
                + "which is `x_bar += v * y; y_bar += v * x` (v = t1_bar)");
    }

    @Test
    void unusedWorkInABlockIsBlamed() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { s1 = exp(x); x_bar += t1_bar * y; y_bar = t1_bar * x }
                """);
        assertThat(c.reason()).isEqualTo("the block of `t1` (line 2) computes `s1`, which no contribution uses");
    }

    @Test
    void aMissingContributionIsBlamed() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { y_bar = t1_bar * x }
                """);
        assertThat(c.reason()).isEqualTo("the block of `t1` (line 2) gives `x`'s bar less than the rule does, which is `x_bar += v * y; y_bar += v * x` (v = t1_bar)");
    }

    @Test
    void aMissingBlockIsBlamed() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t1 { x_bar += t3_bar * y; y_bar = t3_bar * x }
                """);
        assertThat(c.reason()).isEqualTo("`t2` (line 3) has no adjoint block in its place, and the result depends on it");
    }

    @Test
    void blocksOutOfOrderAreBlamed() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t2 { t1_bar = relu'(t1; t3_bar) }
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t1 { x_bar += t1_bar * y; y_bar = t1_bar * x }
                """);
        assertThat(c.reason()).isEqualTo("the adjoint block of `t3` (line 4) stands out of order: blocks run through the statements backwards");
    }

    @Test
    void aForwardStatementThatIsNotPsIsBlamed() {
        Program q = Texts.program("""
                program f_backprop(x, y) {
                  t1 = x * y
                  t2 = abs(t1)
                  t3 = t2 + x
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = abs'(t1; t2_bar) }
                  adjoint t1 { x_bar += t1_bar * y; y_bar = t1_bar * x }
                  return t3, x_bar, y_bar
                }
                """);
        Certificate c = CheapGradient.certify(Texts.program(F), q, CostModel.UNIT, null);
        assertThat(c.reason()).isEqualTo("statement 2 of the dump is not f's `t2` (line 3): the forward statements must be f's own, in order");
    }

    @Test
    void swappedGradientsAreBlamed() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { x_bar += t1_bar * y; y_bar = t1_bar * x }
                """, "return t3, y_bar, x_bar");
        assertThat(c.reason()).isEqualTo("the block of `t3` (line 4) gives `x_bar` what belongs to the bar of `x`, and `x_bar` is read as the bar of `y`");
    }

    @Test
    void aWrongSeedIsBlamed() {
        Certificate c = certify("""
                  t3_bar = 2
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { x_bar += t1_bar * y; y_bar = t1_bar * x }
                """);
        assertThat(c.reason()).isEqualTo("the result gives `t3_bar` something else than the rule does, which is 1");
    }

    @Test
    void theCertificatesSumsAreTheStaticCosts() {
        for (String text : MutantsTest.programs()) {
            Program p = Texts.program(text);
            Program q = Texts.backprop(p);
            for (String model : CostModel.NAMES) {
                CostModel prices = CostModel.named(model);
                Certificate c = CheapGradient.certify(p, q, prices, null);
                assertThat(c.holds()).as(text + model + c.reason()).isTrue();
                assertThat(c.costP()).isEqualTo(prices.cost(StaticCost.of(p)));
                assertThat(c.costQ()).isEqualTo(prices.cost(StaticCost.of(q)));
                Rational rows = Rational.ZERO;
                for (Certificate.Row r : c.rows()) rows = rows.plus(r.cost()).plus(r.adjoint());
                assertThat(rows).isEqualTo(c.costQ());
            }
        }
    }

    @Test
    void onlyTheParametersAskedForNeedBlocks() {
        Program p = Texts.program("program g(x, y) { a = exp(x); b = sin(y)\n return a * b }");
        Program q = Texts.program("""
                program g_backprop(x, y) {
                  a = exp(x)
                  b = sin(y)
                  t1 = a * b
                  t1_bar = 1
                  adjoint t1 { b_bar = a }
                  adjoint b { y_bar = b_bar * cos(y) }
                  return t1, y_bar
                }
                """);
        assertThat(CheapGradient.certify(p, q, CostModel.UNIT, List.of("y")).reason()).isNull();
        assertThat(CheapGradient.certify(p, q, CostModel.UNIT, null).holds()).isFalse();
    }

    private static String reason(String program, String dump) {
        Program q = Texts.program(dump);
        assertThat(q).as(dump).isNotNull();
        return CheapGradient.certify(Texts.program(program), q, CostModel.UNIT, null).reason();
    }

    @Test
    void aScanWhoseValueIsUsedHandsADerivativeOn() {
        assertThat(reason("program f(d: real[1]) {\n  return 3 * first'(0; d)\n}\n",
                "program f_backprop(d: real[1]) {\n  t1 = first'(0; d)\n  t2 = 3 * t1\n  t2_bar = 1\n  adjoint t2 { t1_bar = 3 }\n  return t2, zeros(1)\n}\n")).isNotNull();
    }

    @Test
    void aViewOverARowsEdgeIsReadByItsEntries() {
        String p = "program f(x: real[3], y: real[3], data B: real[4, 2, 3]) {\n  t = [y, x] + B\n  return sum(t * t)\n}\n";
        String q = """
                program f_backprop(x: real[3], y: real[3], data B: real[4, 2, 3]) {
                  t = [y, x] + B
                  t1 = t * t
                  t2 = sum(t1)
                  t2_bar = 1
                  adjoint t2 { t1_bar = zeros(4, 2, 3); t1_bar[..] = t2_bar }
                  adjoint t1 { s1 = t1_bar * t; t_bar = s1; t_bar += s1 }
                  adjoint t {
                    y_bar = sum(t_bar[.., 1], axis=1)
                    w = [[sum(reshape(t_bar, 4, 6)[k, i + j] for k in 1..4) for j in 1..3] for i in 2..3]
                    x_bar = reshape(w, 6)[%s]
                  }
                  return t2, x_bar, y_bar
                }
                """;
        assertThat(reason(p, q.formatted("2..4"))).contains("something else than the rule does");
        assertThat(reason(p, q.formatted("4..6"))).isNull();
    }

    @Test
    void aDeclarationMeansWhatItsOperationsMean() {
        String p = "elementary g(t) { otherwise : sin(t) }\nprogram f(x) { return g(x) }\n";
        String q = "elementary g(t) { otherwise : sin(t) }\nprogram f_backprop(x) {\n  t1 = g(x)\n  t1_bar = 1\n  adjoint t1 { x_bar = g'(x; t1_bar) }\n  return t1, x_bar\n}\n";
        assertThat(reason(p, q)).isNull();
        assertThat(reason(p, q.replace("elementary g(t) { otherwise : sin(t) }", "elementary g(u) { otherwise : sin(u) }"))).isNull();
        assertThat(reason(p, "elementary sin(t) { otherwise : 5 * t }\n" + q)).startsWith("`g` of the dump is another function than f's");
        assertThat(reason("elementary h(t) { otherwise : sin(t) }\n" + p.replace(": sin", ": h"), "elementary h(t) cost 7 { otherwise : sin(t) }\n" + q.replace(": sin", ": h")))
                .contains("`g` of the dump is another function than f's");
    }

    @Test
    void aDumpThatSelectsOtherwiseIsRefused() {
        String p = "program f(x) { return relu(x) }\n";
        String q = "program f_backprop(x) %s{\n  t1 = relu(x)\n  t1_bar = 1\n  adjoint t1 { x_bar = relu'(x; t1_bar) }\n  return t1, x_bar\n}\n";
        assertThat(reason(p, q.formatted(""))).isNull();
        assertThat(reason(p, "dictionary d { at relu 0 select 0 }\n" + q.formatted("over d "))).isNull();
        assertThat(reason(p, "dictionary d { at relu 0 select 1 }\n" + q.formatted("over d "))).isEqualTo("the dump over `d` selects 1 at the kinks of `relu` and f 0: it computes another element at kinks");
    }

    @Test
    void aDumpBeyondTheBoundViolatesIt() {
        Certificate c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { a = exp(x); b = exp(a); c = exp(b); d = exp(c); e = exp(d); g = exp(e); h = exp(g); i = exp(h); x_bar += t1_bar * y; y_bar = t1_bar * x }
                """);
        assertThat(c.costQ()).isEqualTo(Rational.of(15));
        assertThat(c).isInstanceOf(Certificate.WithinCost.class);
        c = certify("""
                  t3_bar = 1
                  adjoint t3 { t2_bar = t3_bar; x_bar = t3_bar }
                  adjoint t2 { t1_bar = relu'(t1; t2_bar) }
                  adjoint t1 { a = exp(x); b = exp(a); c = exp(b); d = exp(c); e = exp(d); g = exp(e); h = exp(g); i = exp(h); j = exp(i); x_bar += t1_bar * y; y_bar = t1_bar * x }
                """);
        assertThat(c).isInstanceOf(Certificate.Violated.class);
        assertThat(c.reason()).startsWith("the costs add up to 16, more than the bound 15; and the block of `t1`");
    }
}
