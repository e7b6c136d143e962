package nad.html;

import java.util.List;
import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.core.Program;
import nad.print.Figures;
import nad.print.Printer;
import nad.report.Span;

/// The two programs: P's statements with their costs on the left, the adjoint blocks in the order of their execution, which
/// is the reverse, on the right. A statement and its block have one number, one colour, and a link to each other.
final class Listing {
    private final Subject s;
    private final Markup out;
    /// The dearest statement and the dearest block: full bars.
    private final Rational most;

    Listing(Subject s, Markup out) {
        this.s = s;
        this.out = out;
        Rational largest = Rational.ZERO;
        for (Certificate.Row r : s.rows()) {
            if (r.cost().compareTo(largest) > 0) largest = r.cost();
            if (r.adjoint().compareTo(largest) > 0) largest = r.adjoint();
        }
        this.most = largest;
    }

    void write() {
        out.raw("<div class=\"panes\">\n<section aria-labelledby=\"program\" class=\"pane\">\n").element("h2 id=\"program\"", "P = " + s.p.name())
                .raw("\n<div class=\"scroll\">\n");
        line(Printer.header(s.p));
        out.raw("<ol>\n");
        int n = s.rows().size();
        for (int k = 0; k < n; k++) {
            if (Subject.noted(k, n)) note(Subject.leftOut(n));
            if (!Subject.hidden(k, n)) statement(k);
        }
        out.raw("</ol>\n");
        line(Printer.result(s.p) + " }");
        out.raw("</div>\n</section>\n<section aria-labelledby=\"blocks\" class=\"pane\">\n").element("h2 id=\"blocks\"", "Adjoint blocks, in reverse")
                .raw("\n<div class=\"scroll\">\n");
        blocks();
        line(Printer.result(s.q) + " }");
        out.raw("</div>\n</section>\n</div>\n");
    }

    private void line(String text) {
        out.element("p class=\"edge\"", Subject.cut(text)).raw("\n");
    }

    private void note(String text) {
        out.element("li class=\"more\"", text).raw("\n");
    }

    private void statement(int k) {
        Certificate.Row r = s.rows().get(k);
        boolean block = s.block(k) != null;
        row("s" + k, k, false);
        number(k);
        if (block) out.raw("<a href=\"#b" + k + "\">");
        out.element("code", s.text(k));
        if (block) out.raw("</a>");
        out.element("span class=\"where\"", r.span() == Span.NONE ? "" : "line " + r.span().line());
        cost("cost", r.cost());
        if (!block) out.element("span class=\"note\"", "no block: the result does not depend on it, or it on data alone");
        if (s.evaluation != null)
            for (String kink : s.evaluation.kinks().getOrDefault(r.instruction(), List.of())) out.element("span class=\"kink\"", "◆ kink: " + kink);
        out.raw("</li>\n");
    }

    private void blocks() {
        Program q = s.q;
        int first = q.forwardLength();
        List<String> seeds = s.texts(Math.min(q.ownLength(), first), first);
        for (String seed : seeds) line(seed);
        out.raw("<ol>\n");
        int n = q.blocks();
        for (int b = 0; b < n; b++) {
            if (Subject.noted(b, n)) note(Subject.leftOut(n));
            if (!Subject.hidden(b, n)) block(b);
        }
        out.raw("</ol>\n");
        int last = n == 0 ? q.length() : q.blockEnd(n - 1);
        for (String rest : s.texts(last, q.length())) line(rest);
    }

    private void block(int b) {
        Integer k = s.statement(b);
        boolean blamed = s.blamed(b);
        String name = "adjoint " + s.q.name(s.q.blockTarget(b));
        if (k == null) out.raw("<li class=\"row stray" + (blamed ? " blamed" : "") + "\">").element("code", name);
        else {
            row("b" + k, k, blamed);
            number(k);
            out.raw("<a href=\"#s" + k + "\">").element("code", name).raw("</a>");
            cost("cost of the block", s.rows().get(k).adjoint());
        }
        out.raw("<pre>");
        List<String> texts = s.texts(s.q.blockStart(b), s.q.blockEnd(b));
        int shown = Math.min(texts.size(), 40);
        out.text(String.join("\n", texts.subList(0, shown)) + (shown < texts.size() ? "\n… " + (texts.size() - shown) + " more" : "")).raw("</pre>");
        if (blamed) out.element("span class=\"kink\"", "✗ the proof fails here");
        out.raw("</li>\n");
    }

    private void row(String id, int statement, boolean blamed) {
        out.raw("<li id=\"" + id + "\" class=\"row " + Palette.of(statement) + (blamed ? " blamed" : "") + "\" data-s=\"" + statement + "\">");
    }

    private void number(int statement) {
        out.element("span class=\"n\"", Integer.toString(statement + 1));
    }

    private void cost(String what, Rational cost) {
        out.raw("<span class=\"cost\">").element("span class=\"hide\"", what + " ").text(Figures.cost(cost));
        Page.bar(out, "", cost, most);
        out.raw("</span>");
    }
}
