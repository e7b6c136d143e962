package nad.print;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatexNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x|x", "t1|t_{1}", "t1_bar|\\bar{t}_{1}", "x_bar2|\\bar{x}_{2}", "W2_dot|\\dot{W}_{2}", "lambda|\\lambda", "λ|\\lambda", "λ_bar|\\bar{\\lambda}",
        "ς|\\varsigma", "ω|\\omega", "Σ|\\Sigma", "Ω|\\Omega", "Α|\\mathrm{A}", "penalty|\\mathit{penalty}", "penalty_bar|\\overline{\\mathit{penalty}}",
        "t1_2_3|t_{1,2,3}", "x_max|x_{\\mathit{max}}", "Gamma0|\\Gamma_{0}", "é|\\text{é}"})
    void namesAreWrittenAsMathematics(String name, String latex) {
        assertThat(LatexName.of(name)).isEqualTo(latex);
    }
}
