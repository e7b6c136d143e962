package nad.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The samples prove nothing unless a wrong expectation is told from a right one.
class ExpectationTest {
    @TempDir
    static Path folder;
    private static Path square;

    @BeforeAll
    static void write() throws IOException {
        square = Files.writeString(folder.resolve("square.nad"), """
                program square(x) {
                  return x * x
                }
                # expect grad --at "x=3" ->
                #     {"result": 9}
                # and more
                # expect verify -> {"verdict": "holds"}
                """);
    }

    private static List<String> differences(String line) {
        return Expectation.parse(line).differences(square);
    }

    @Test
    void aLineThatStartsWithFourBlanksContinuesTheOneAbove() throws IOException {
        assertThat(Expectation.of(square)).extracting(Expectation::text)
                .containsExactly("# expect grad --at \"x=3\" -> {\"result\": 9}", "# expect verify -> {\"verdict\": \"holds\"}");
    }

    @Test
    void whatIsExpectedMayBeAPartOfTheAnswer() {
        assertThat(differences("# expect grad --at \"x=3\" -> {\"result\": 9, \"gradient\": {\"x\": 6}}")).isEmpty();
    }

    @Test
    void anotherNumberIsADifference() {
        assertThat(differences("# expect grad --at \"x=3\" -> {\"result\": 9, \"gradient\": {\"x\": 6.0000001}}"))
                .containsExactly(".gradient.x is 6.0 and not 6.0000001");
    }

    @Test
    void aNumberMayBeAsFarAwayAsWithinSays() {
        assertThat(differences("# expect grad --at \"x=3\" within 1e-2 -> {\"gradient\": {\"x\": 6.05}}")).isEmpty();
        assertThat(differences("# expect grad --at \"x=3\" within 1e-3 -> {\"gradient\": {\"x\": 6.05}}")).isNotEmpty();
    }

    @Test
    void aKeyThatIsMissingIsADifference() {
        assertThat(differences("# expect run --at \"x=3\" -> {\"gradient\": {\"x\": 6}}")).hasSize(1);
    }

    @Test
    void anArrayOfAnotherLengthIsADifference() {
        assertThat(differences("# expect grad --at \"x=3\" -> {\"kinks\": [{}]}")).containsExactly(".kinks is [] and not [{}]");
    }

    @Test
    void anErrorThatDoesNotComeIsADifference() {
        assertThat(differences("# expect error bad-option grad --at \"x=3\"")).hasSize(2);
        assertThat(differences("# expect error missing-input grad")).isEmpty();
        assertThat(differences("# expect error unknown-input grad")).containsExactly(
                "no problem `unknown-input`: " + CommandLines.json(List.of("grad", square.toString())).text());
    }

    @Test
    void aRefusalWhereAnAnswerIsExpectedIsADifference() {
        assertThat(differences("# expect grad -> {\"gradient\": {\"x\": 6}}")).hasSize(2);
    }

    @Test
    void anotherExitStatusIsADifference() {
        assertThat(differences("# expect no verify -> {\"verdict\": \"holds\"}")).hasSize(1);
    }

    @Test
    void aLineThatExpectsNothingIsRefused() {
        assertThatThrownBy(() -> Expectation.parse("# expect grad --at \"x=3\"")).hasMessageContaining("nothing is expected");
    }
}
