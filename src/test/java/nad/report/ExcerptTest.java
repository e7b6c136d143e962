package nad.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Columns are code points, whatever they look like, and no line floods or commands the terminal.
class ExcerptTest {
    private static Span at(String text, String place) {
        int begin = text.indexOf(place);
        return new Span(new Source("f.nad", text), begin, begin + place.length());
    }

    private static String drawn(String text, String place) {
        String[] lines = Report.text(new Problem.EmptyList(at(text, place)), false).split("\n");
        return lines[1] + "\n" + lines[3] + "\n" + lines[4];
    }

    @Test
    void thePlaceIsUnderlined() {
        assertThat(drawn("a\n  b = []\n", "[]")).isEqualTo(" --> f.nad:2:7\n2 |   b = []\n  |       ^^");
    }

    @Test
    void aTabIsOneColumn() {
        assertThat(drawn("\t\tb = []", "[]")).isEqualTo(" --> f.nad:1:7\n1 |   b = []\n  |       ^^");
    }

    @Test
    void aCharacterBeyondTheBasicPlaneIsOneColumn() {
        assertThat(drawn("𝑥λ = []", "[]")).isEqualTo(" --> f.nad:1:6\n1 | 𝑥λ = []\n  |      ^^");
    }

    @Test
    void whatWouldCommandTheTerminalIsShownInstead() {
        assertThat(drawn("\u001b[2J\u202e\u0007 []", " []")).isEqualTo(" --> f.nad:1:7\n1 | ␛[2J\uFFFD␇ []\n  |       ^^^");
    }

    @Test
    void ofALongLineAWindowIsDrawn() {
        String[] lines = drawn("x + ".repeat(1_000_000) + "[]" + " + x".repeat(1_000_000), "[]").split("\n");
        assertThat(lines[0]).isEqualTo(" --> f.nad:1:4000001");
        assertThat(lines[1]).startsWith("1 | …").endsWith("…").hasSize(4 + 1 + Excerpt.WIDTH + 1);
        int column = lines[2].indexOf("^^");
        assertThat(lines[1].substring(column, column + 2)).isEqualTo("[]");
    }

    @Test
    void aPlaceOverManyLinesIsUnderlinedToTheEndOfItsFirst() {
        assertThat(drawn("a = [\n1,\n2]", "[\n1,\n2]")).isEqualTo(" --> f.nad:1:5\n1 | a = [\n  |     ^");
    }

    @Test
    void thePlaceBehindTheLastCharacterIsDrawnToo() {
        assertThat(Report.text(new Problem.EmptyList(new Span(new Source("f.nad", "x"), 1, 1)), false)).contains("1 | x\n  |  ^");
    }

    @Test
    void theReadersOwnWordsInASentenceAreShortAndOnOneLine() {
        String message = Report.message(new Problem.UnknownName(Span.NONE, "a\n\u001b" + "b".repeat(1000), java.util.List.of()));
        assertThat(message).startsWith("There is no value named `a␊␛bbb").contains("b…`").hasSizeLessThan(110);
    }

    @Test
    void coloursAreThoseOfATerminalAndOnlyWhereAskedFor() {
        Problem p = new Problem.EmptyList(at("b = []", "[]"));
        assertThat(Report.text(p, true)).contains("\u001b[1;31merror[empty-list]\u001b[0m").contains("\u001b[1;31m^^\u001b[0m");
        assertThat(Report.text(p, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Report.text(p, false));
    }

    @Test
    void severalProblemsStandInTheOrderOfTheirPlacesEachOnceAndAreCounted() {
        Source s = new Source("f.nad", "abc");
        Problem second = new Problem.UnknownName(new Span(s, 1, 2), "second", java.util.List.of());
        Problem first = new Problem.UnusedValue(new Span(s, 0, 1), "first");
        Problem third = new Problem.UnknownName(new Span(s, 2, 3), "third", java.util.List.of());
        String text = Report.text(java.util.List.of(second, third, first, second), false);
        assertThat(text.indexOf("`first`")).isLessThan(text.indexOf("`second`"));
        assertThat(text.indexOf("`second`")).isLessThan(text.indexOf("`third`"));
        assertThat(text).endsWith("\n\n2 errors, 1 warning");
    }
}
