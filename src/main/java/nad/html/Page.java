package nad.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.bound.ForwardCosts;
import nad.core.Program;
import nad.print.Figures;
import nad.report.Span;

/// One self-contained HTML page on P and backprop(P), or P and a tangent program of it: the two programs side by side, linked
/// statement by part; what each costs; the proof, or the count; the kinks, where an evaluation is attached. It loads nothing, and the same
/// subject gives the same text.
///
/// It is read by eye, on paper, by keyboard and by a screen reader: each statement is a link to its part and back, so the
/// script only adds the light on the other side.
public final class Page {
    private final Subject s;
    private final String model;
    private final Markup out = new Markup();

    private Page(Subject s, String model) {
        this.s = s;
        this.model = model;
    }

    /// @param q          backprop(P), from wherever
    /// @param model      the name of the cost model that the certificate was made with
    /// @param evaluation what a run gave, or null
    public static String of(Program p, Program q, Certificate certificate, String model, Evaluation evaluation) {
        return new Page(new Adjoints(p, q, certificate, evaluation), model).whole();
    }

    /// @param q     a tangent program of P along so many directions
    /// @param kind  what it computes: jvp, directional, lexi
    /// @param model the name of the cost model that the costs were counted in
    public static String of(Program p, Program q, ForwardCosts costs, String kind, int directions, String model) {
        return new Page(new Tangents(p, q, costs, kind, directions), model).whole();
    }

    private String whole() {
        Subject.Words w = s.words();
        out.raw("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light dark\"/>\n")
                .raw("<meta name=\"generator\" content=\"NAD\"/>\n").element("title", w.title() + " – " + (s.holds() ? w.holds() : w.broken()).toLowerCase(Locale.ROOT)).raw("\n<style>\n")
                .raw(Palette.variables(Palette.LIGHT, Palette.LIGHT_PAGE)).raw("\n@media screen and (prefers-color-scheme: dark){")
                .raw(Palette.variables(Palette.DARK, Palette.DARK_PAGE)).raw("}\n").raw(Palette.classes()).raw(resource("page.css"))
                .raw("</style>\n</head>\n<body>\n").element("a class=\"skip\" href=\"#proof\"", "Skip to " + w.table().toLowerCase(Locale.ROOT)).raw("\n<main>\n");
        heading(w);
        if (s.evaluation() != null) evaluation();
        new Listing(s, out).write();
        new ProofTable(s, out).write();
        out.raw("</main>\n<script>\n").raw(resource("page.js")).raw("</script>\n</body>\n</html>\n");
        return out.toString();
    }

    private void heading(Subject.Words w) {
        out.raw("<header>\n").element("h1", w.title()).raw("\n<p class=\"sub\">").text(sizes()).text("cost model " + model).raw("</p>\n");
        out.element("p class=\"verdict " + (s.holds() ? "holds" : "broken") + "\"", s.holds() ? "✓ " + w.holds() : "✗ " + w.broken()).raw("\n");
        out.raw("<dl class=\"figures\">\n");
        figure("cost(" + s.p.name() + ")", Figures.cost(s.costP()));
        figure("cost(" + w.title() + ")", Figures.cost(s.costQ()));
        figure("ratio", Figures.ratio(s.ratio()));
        figure("ω, the most allowed", Figures.ratio(s.omega()));
        out.raw("</dl>\n");
        if (s.ratio() != null) {
            out.raw("<div class=\"gauge\" aria-hidden=\"true\">");
            bar(out, "", s.ratio(), s.omega());
            out.element("span class=\"note\"", "ratio " + Figures.ratio(s.ratio()) + " of " + Figures.ratio(s.omega())).raw("</div>\n");
        }
        out.raw("</header>\n");
    }

    private String sizes() {
        return s.p.sizes().entrySet().stream().map(e -> e.getKey() + " = " + e.getValue() + ", ").collect(Collectors.joining());
    }

    private void figure(String label, String value) {
        out.raw("<div>").element("dt", label).element("dd", value).raw("</div>\n");
    }

    /// A bar as long as the part is of the whole, in steps of a hundredth: decoration, beside the number that says it.
    static void bar(Markup out, String classes, Rational part, Rational whole) {
        double share = whole.sign() == 0 ? 0 : Math.clamp(part.toDouble() / whole.toDouble(), 0, 1);
        out.raw("<span class=\"bar" + classes + "\" aria-hidden=\"true\"><i style=\"width:" + Math.round(100 * share) + "%\"></i></span>");
    }

    private void evaluation() {
        out.raw("<section aria-labelledby=\"run\">\n<h2 id=\"run\">The evaluation</h2>\n<dl class=\"facts\">\n");
        for (Evaluation.Fact f : s.evaluation().facts()) out.raw("<div>").element("dt", f.label()).raw("<dd>").element("code", Subject.cutValue(f.text())).raw("</dd></div>\n");
        int kinks = s.evaluation().kinks().size();
        out.raw("</dl>\n").element("p", kinks == 0 ? "No statement was at a kink" + (s.evaluation().classical() ? ": this is the classical gradient." : ", but this is not known to be the classical gradient.")
                : (kinks == 1 ? "One statement was at a kink" : kinks + " statements were at kinks") + ", marked ◆ below: the answer is the selection named there, one of several derivatives.");
        for (String warning : s.evaluation().warnings()) out.raw("\n").element("p", "Warning: " + warning);
        out.raw("\n</section>\n");
    }

    /// Which file and place the blame names.
    static String place(Span at) {
        return at == Span.NONE ? "" : at.source().name() + ":" + at.line() + ":" + at.column();
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
