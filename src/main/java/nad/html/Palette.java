package nad.html;

import java.util.List;

/// The colours that tell statements apart, used in turn. They are those of Okabe and Ito, *Color Universal Design* (2008),
/// chosen to differ under every common kind of colour vision; in the light scheme the pale ones are darkened until each has
/// a contrast of 3 : 1 or more against the page, which WCAG 2.2 (1.4.11) asks of what carries meaning. A number says the
/// same as the colour.
final class Palette {
    static final String LIGHT_PAGE = "#ffffff";
    static final String DARK_PAGE = "#14171c";
    static final List<String> LIGHT = List.of("#0072b2", "#c06000", "#00845f", "#b0508a", "#8a6d00", "#2f8fc4", "#8f2d00", "#555555");
    static final List<String> DARK = List.of("#4aa3df", "#f0883e", "#1fb88c", "#dd8fba", "#e6b800", "#7cc7f2", "#e0653a", "#a8adb5");

    private Palette() {}

    /// The custom properties that the style sheet names: `--c0`, `--c1`, …
    static String variables(List<String> colours, String page) {
        StringBuilder out = new StringBuilder(":root{--page:").append(page).append(';');
        for (int k = 0; k < colours.size(); k++) out.append("--c").append(k).append(':').append(colours.get(k)).append(';');
        return out.append('}').toString();
    }

    /// The classes that give a row the colour of its statement.
    static String classes() {
        StringBuilder out = new StringBuilder();
        for (int k = 0; k < LIGHT.size(); k++) out.append(".c").append(k).append("{--c:var(--c").append(k).append(")}\n");
        return out.toString();
    }

    /// The class of the statement of this number, from 0.
    static String of(int statement) {
        return "c" + statement % LIGHT.size();
    }
}
