package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import nad.arithmetic.Rational;
import nad.dictionary.Selections;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    private static List<String> broken(Selections s) {
        return Identities.of(s, null).broken().stream().map(Identities.Broken::text).toList();
    }

    @Test
    void theMiddleOfEverySetBreaksNoIdentity() {
        assertThat(broken(Selections.of("mid"))).isEmpty();
    }

    @Test
    void everyIdentityIsBrokenBySomeSelections() {
        Set<String> all = new TreeSet<>(broken(Selections.DEFAULT.with("softshrink", Rational.ONE)));
        for (String c : Selections.CONVENTIONS) all.addAll(broken(Selections.of(c)));
        assertThat(all).hasSize(Identities.of(Selections.DEFAULT, null).looked());
    }

    @Test
    void wherePiecesAreAtOddsTheirOperationsAreNamed() {
        for (String c : Selections.CONVENTIONS)
            for (Identities.Broken b : Identities.of(Selections.of(c), null).broken()) assertThat(b.operations()).as("%s under %s", b.text(), c).isNotEmpty();
    }

    @Test
    void softplusWrittenOutNeedsWhatTheSpecificationSays() {
        String softplus = "max(x, 0) + log1p(exp(-abs(x))) = softplus(x)";
        assertThat(broken(Selections.DEFAULT)).contains(softplus);
        assertThat(broken(Selections.DEFAULT.with("abs", Rational.ONE))).doesNotContain(softplus);
    }

    @Test
    void identitiesOfOtherOperationsAreLeftOut() {
        assertThat(Identities.of(Selections.DEFAULT, List.of("relu", "abs")).looked()).isEqualTo(3);
        assertThat(Identities.of(Selections.DEFAULT, List.of("exp")).looked()).isZero();
    }
}
