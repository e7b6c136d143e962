package nad.html;

import nad.arithmetic.Rational;
import nad.print.Figures;

/// The costs as a table: one row for each statement with what it and its part cost and the ω of its operation; the sums; the
/// verdict, and why it holds or whom it blames. For backprop(P) this is the proof of spec/6-bound.md.
final class ProofTable {
    private final Subject s;
    private final Markup out;

    ProofTable(Subject s, Markup out) {
        this.s = s;
        this.out = out;
    }

    void write() {
        out.raw("<section aria-labelledby=\"proof\" class=\"proof\">\n").element("h2 id=\"proof\" tabindex=\"-1\"", s.words().table()).raw("\n");
        verdict();
        out.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of costs\">\n<table>\n")
                .element("caption", "In each row the ratio (cost + cost of the " + s.words().part() + ") / cost must be at most ω, that of its operation.")
                .raw("\n<thead><tr><th scope=\"col\">#</th><th scope=\"col\">statement</th><th scope=\"col\" class=\"op\">operation</th>")
                .raw("<th scope=\"col\" class=\"r\">cost</th>").element("th scope=\"col\" class=\"r\"", s.words().part()).raw("<th scope=\"col\" class=\"r\">ratio</th><th scope=\"col\" class=\"r\">ω</th>")
                .raw("<th scope=\"col\" class=\"g\" aria-hidden=\"true\">ratio of ω</th></tr></thead>\n<tbody>\n");
        int n = s.rows().size();
        for (int k = 0; k < n; k++) {
            if (Subject.noted(k, n)) out.raw("<tr><td colspan=\"8\">").text(Subject.leftOut(n)).raw("</td></tr>\n");
            if (!Subject.hidden(k, n)) row(k);
        }
        out.raw("</tbody>\n<tfoot><tr><td></td><th scope=\"row\">sum</th><td class=\"op\"></td>");
        number(Figures.cost(s.costP()));
        number(Figures.cost(s.costQ().minus(s.costP())));
        number(Figures.ratio(s.ratio()));
        number(Figures.ratio(s.omega()));
        gauge(s.ratio(), s.omega());
        out.raw("</tr></tfoot>\n</table>\n</div>\n</section>\n");
    }

    private void row(int k) {
        Subject.Row r = s.rows().get(k);
        Rational ratio = r.cost().sign() == 0 ? null : r.cost().plus(r.part()).over(r.cost());
        out.raw("<tr class=\"" + Palette.of(k) + "\" data-s=\"" + k + "\"><td class=\"n\">" + (k + 1) + "</td><th scope=\"row\"><a href=\"#s" + k + "\">")
                .element("code", s.text(k)).raw("</a></th>").element("td class=\"op\"", r.operation());
        number(Figures.cost(r.cost()));
        number(Figures.cost(r.part()));
        number(Figures.ratio(ratio));
        number(Figures.ratio(r.omega()));
        gauge(ratio, r.omega());
        out.raw("</tr>\n");
    }

    private void number(String text) {
        out.element("td class=\"r\"", text);
    }

    private void gauge(Rational ratio, Rational omega) {
        out.raw("<td class=\"g\" aria-hidden=\"true\">");
        if (ratio != null) Page.bar(out, ratio.compareTo(omega) > 0 ? " over" : "", ratio, omega);
        out.raw("</td>");
    }

    private void verdict() {
        out.raw("<p class=\"why" + (s.holds() ? "" : " broken") + "\">").element("strong", s.why().getFirst()).text(" " + s.why().getLast());
        String at = Page.place(s.place());
        if (!at.isEmpty()) out.raw(" (").element("code", at).raw(")");
        out.raw("</p>\n");
    }
}
