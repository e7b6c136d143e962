package nad.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestTest {
    private static final List<String> KNOWN = List.of("relu", "sum", "softmax", "x", "y", "weights", "Weights2");

    @ParameterizedTest
    @CsvSource({"rel, relu", "rleu, relu", "Relu, relu", "sofmax, softmax", "wieghts, weights", "weights2, Weights2", "X, x", "summ, sum"})
    void theNameThatWasProbablyMeantIsFound(String name, String meant) {
        assertThat(Suggest.nearest(name, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"z", "relu", "entirely_other", "max", "t7"})
    void nothingIsGuessedWhereNothingIsNear(String name) {
        assertThat(Suggest.nearest(name, KNOWN)).isEmpty();
    }

    @Test
    void amongEquallyNearNamesTheFirstInTheAlphabetIsTaken() {
        assertThat(Suggest.nearest("cat3", List.of("cat2", "cat1"))).contains("cat1");
    }
}
