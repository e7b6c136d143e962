package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import nad.core.Program;
import nad.report.Span;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Every statement stands in the reader's own text; the prelude is named only inside.
class PlacesProperties {
    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void no_statement_stands_in_the_prelude(@ForAll("any") String text) {
        Program p = Nad.program(text);
        check(p, text);
        check(Nad.backprop(p), text);
    }

    private static void check(Program p, String text) {
        for (int i = 0; i < p.length(); i++) {
            Span at = p.span(i);
            if (at == Span.NONE) continue;
            assertThat(at.source().text()).isEqualTo(text);
            if (at.inside() != null) assertThat(at.inside().source().name()).isEqualTo("prelude.nad");
        }
        assertThat(p.isOfSeveralFiles()).isFalse();
    }
}
