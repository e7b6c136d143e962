package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nad.check.Checker;
import nad.dictionary.Elementary;
import org.junit.jupiter.api.Test;

class ConventionTableTest {
    private static Elementary prelude(String name) {
        return Checker.preludeEntries().stream().filter(e -> e.name.equals(name)).findFirst().orElseThrow();
    }

    @Test
    void aFunctionWhosePiecesMeetWithOneGradientHasNoKinkToSelectAt() {
        assertThat(ConventionTable.object(prelude("elu"))).isEmpty();
        // huber has a kink at delta = 0, in delta.
        for (String f : List.of("clip", "leaky_relu", "softshrink", "huber")) assertThat(ConventionTable.object(prelude(f))).as(f).containsOnlyKeys("where pieces meet");
    }
}
