package nad.html;

import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.print.Figures;

/// The proof as a table, spec/6-bound.md: one row for each statement with what it and its block cost and the ω of its
/// operation; the sums; the verdict, and why it holds or whom it blames.
final class ProofTable {
    private final Subject s;
    private final Certificate c;
    private final Markup out;

    ProofTable(Subject s, Markup out) {
        this.s = s;
        this.c = s.certificate;
        this.out = out;
    }

    void write() {
        out.raw("<section aria-labelledby=\"proof\" class=\"proof\">\n<h2 id=\"proof\" tabindex=\"-1\">The proof</h2>\n");
        verdict();
        out.raw("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of the proof\">\n<table>\n")
                .element("caption", "In each row the ratio (cost + cost of the block) / cost must be at most ω, that of its operation.")
                .raw("\n<thead><tr><th scope=\"col\">#</th><th scope=\"col\">statement</th><th scope=\"col\" class=\"op\">operation</th>")
                .raw("<th scope=\"col\" class=\"r\">cost</th><th scope=\"col\" class=\"r\">block</th><th scope=\"col\" class=\"r\">ratio</th><th scope=\"col\" class=\"r\">ω</th>")
                .raw("<th scope=\"col\" aria-hidden=\"true\">ratio of ω</th></tr></thead>\n<tbody>\n");
        int n = s.rows().size();
        for (int k = 0; k < n; k++) {
            if (Subject.noted(k, n)) out.raw("<tr><td colspan=\"8\">").text(Subject.leftOut(n)).raw("</td></tr>\n");
            if (!Subject.hidden(k, n)) row(k);
        }
        Rational block = c.costQ().minus(c.costP());
        out.raw("</tbody>\n<tfoot><tr><td></td><th scope=\"row\">sum</th><td class=\"op\"></td>");
        number(Figures.cost(c.costP()));
        number(Figures.cost(block));
        number(Figures.ratio(c.ratio()));
        number(Figures.ratio(c.omega()));
        gauge(c.ratio(), c.omega());
        out.raw("</tr></tfoot>\n</table>\n</div>\n</section>\n");
    }

    private void row(int k) {
        Certificate.Row r = s.rows().get(k);
        Rational ratio = r.cost().sign() == 0 ? null : r.cost().plus(r.adjoint()).over(r.cost());
        out.raw("<tr class=\"" + Palette.of(k) + "\" data-s=\"" + k + "\"><td class=\"n\">" + (k + 1) + "</td><th scope=\"row\"><a href=\"#s" + k + "\">")
                .element("code", s.text(k)).raw("</a></th>").element("td class=\"op\"", r.operation());
        number(Figures.cost(r.cost()));
        number(Figures.cost(r.adjoint()));
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
        String name = s.p.name();
        String bound = Figures.ratio(c.omega()) + " · " + Figures.cost(c.costP()) + entries() + " = " + Figures.cost(c.bound());
        if (c.holds()) {
            out.raw("<p class=\"why\"><strong>It holds.</strong> ").text("Each adjoint block is an instance of its statement's rule, which is data, and costs at most ω − 1 times its"
                    + " statement. Summed over all statements, cost(backprop(" + name + ")) = " + Figures.cost(c.costQ()) + " ≤ ω · cost(" + name + ")"
                    + (entries().isEmpty() ? "" : " + the entries of the results") + " = " + bound + ".").raw("</p>\n");
            return;
        }
        out.raw("<p class=\"why broken\"><strong>Not certified.</strong> ").text(c.reason());
        String at = Page.place(c.place());
        if (!at.isEmpty()) out.raw(" (").element("code", at).raw(")");
        out.raw("</p>\n");
    }

    /// What the fan-out of a result that is no scalar may add.
    private String entries() {
        Rational spread = c.bound().minus(c.omega().times(c.costP()));
        return spread.sign() == 0 ? "" : " + " + Figures.cost(spread);
    }
}
