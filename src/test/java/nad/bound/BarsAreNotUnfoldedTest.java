package nad.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.Printer;
import org.junit.jupiter.api.Test;

/// What a bar is defined as is not all that it gets: the certificate may not take the one for the other.
class BarsAreNotUnfoldedTest {
    private static Program read(String text) {
        Checker c = Checker.readText(null, "f.nad", text);
        Program p = c.elaborate(null, Checker.Options.STANDARD);
        assertThat(c.problems()).isEmpty();
        return p;
    }

    @Test
    void aBarDefinedByANegationIsNegatedOnceMore() {
        Program p = read("""
                program f(x, y, z) {
                  t = x - y
                  u = z - t
                  return u
                }
                """);
        Program q = Backprop.of(p, null, new ArrayList<>());
        assertThat(Printer.print(q)).contains("adjoint u { z_bar = u_bar; t_bar = -u_bar }", "adjoint t { x_bar = t_bar; y_bar = -t_bar }");
        assertThat(CheapGradient.certify(p, q, CostModel.UNIT, null).reason()).isNull();
    }

    @Test
    void aDumpThatTakesABarsFirstContributionForItsValueIsRejected() {
        Program p = read("""
                program f(x, y, z) {
                  t = x - y
                  u = t * z
                  w = u - t
                  return w
                }
                """);
        String dump = Printer.print(Backprop.of(p, null, new ArrayList<>()));
        assertThat(dump).contains("t_bar = -w_bar", "t_bar += u_bar * z", "y_bar = -t_bar");
        Program wrong = read(dump.replace("y_bar = -t_bar", "y_bar = w_bar"));
        assertThat(CheapGradient.certify(p, wrong, CostModel.UNIT, null)).isInstanceOfSatisfying(Certificate.WithinCost.class,
                c -> assertThat(c.reason()).contains("the block of `t`", "y_bar"));
    }
}
