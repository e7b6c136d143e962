package nad.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("xt_0019").ofMinLength(1).ofMaxLength(14).map(s -> "a" + s);
    }

    @Property(tries = 1000)
    void aNameIsItsTextAgain(@ForAll("names") String text) {
        Names n = new Names();
        assertThat(n.text(n.of(text))).isEqualTo(text);
        assertThat(n.of(text)).isEqualTo(n.of(text));
    }

    @Property(tries = 1000)
    void aSuffixedNameIsTheNameOfThatText(@ForAll("names") String text) {
        Names n = new Names();
        for (String suffix : List.of("_bar", "_bar2", "_dot"))
            for (String name : List.of(text, "t2", text, "t1", "t3")) assertThat(n.with(suffix, n.of(name))).isEqualTo(n.of(name + suffix));
    }

    @Property(tries = 500)
    void whatIsTakenIsASet(@ForAll List<@net.jqwik.api.From("names") String> texts) {
        Names n = new Names();
        Set<String> taken = new HashSet<>();
        for (String t : texts) {
            assertThat(n.isTaken(t)).isEqualTo(taken.contains(t));
            n.reserve(t);
            taken.add(t);
            String made = n.text(n.numbered("a", 1));
            assertThat(taken.add(made)).as("%s is new", made).isTrue();
        }
        for (String t : texts) n.forget(n.of(t));
        for (String t : texts) assertThat(n.isTaken(t)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x0", "x00", "x007", "x999999999", "x1234567890", "t17_bar", "t17_bar2", "x0_1", "_1", "é1"})
    void numbersInNamesAreReadAsTheyStand(String text) {
        Names n = new Names();
        assertThat(n.text(n.of(text))).isEqualTo(text);
    }

    @Test
    void numbersFarApartTakeNoMoreThanTheirPlace() {
        Names n = new Names();
        for (int k = 0; k < 1000; k++) n.bear(n.of("x" + (999_999_999 - 1_000_000 * k)));
        assertThat(n.isTaken("x999999999")).isTrue();
        assertThat(n.isTaken("x999999998")).isFalse();
        assertThat(n.isBorne(n.of("x0"))).isFalse();
    }
}
