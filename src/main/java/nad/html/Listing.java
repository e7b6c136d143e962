package nad.html;

import java.util.List;
import nad.arithmetic.Rational;
import nad.print.Figures;
import nad.print.Printer;

/// The two programs: P's statements with their costs on the left, the parts of the program made of it in the order of their
/// execution, for adjoint blocks the reverse, on the right. A statement and its part have one number, one colour, and a link
/// to each other.
final class Listing {
    private final Subject s;
    private final Markup out;
    /// The dearest statement or part: a full bar.
    private final Rational most;

    Listing(Subject s, Markup out) {
        this.s = s;
        this.out = out;
        Rational largest = Rational.ZERO;
        for (Subject.Row r : s.rows()) {
            if (r.cost().compareTo(largest) > 0) largest = r.cost();
            if (r.part().compareTo(largest) > 0) largest = r.part();
        }
        this.most = largest;
    }

    void write() {
        out.raw("<div class=\"panes\">\n<section aria-labelledby=\"program\" class=\"pane\">\n").element("h2 id=\"program\"", "P = " + s.p.name())
                .raw("\n<div class=\"scroll\">\n");
        line(Printer.header(s.p));
        out.raw("<ol role=\"list\">\n");
        int n = s.rows().size();
        for (int k = 0; k < n; k++) {
            if (Subject.noted(k, n)) note(Subject.leftOut(n));
            if (!Subject.hidden(k, n)) statement(k);
        }
        out.raw("</ol>\n");
        line(Printer.result(s.p) + " }");
        out.raw("</div>\n</section>\n<section aria-labelledby=\"blocks\" class=\"pane\">\n").element("h2 id=\"blocks\"", s.words().parts())
                .raw("\n<div class=\"scroll\">\n");
        parts();
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
        Subject.Row r = s.rows().get(k);
        boolean part = s.hasPart(k);
        row("s" + k, k, false);
        number(k);
        if (part) out.raw("<a href=\"#b" + k + "\">");
        out.element("code", s.text(k));
        if (part) out.raw("</a>");
        out.element("span class=\"where\"", s.p.where(r.instruction()));
        cost("cost", r.cost());
        if (!part) out.element("span class=\"note\"", s.words().none());
        if (s.evaluation() != null)
            for (String kink : s.evaluation().kinks().getOrDefault(r.instruction(), List.of())) out.element("span class=\"kink\"", "◆ kink: " + kink);
        out.raw("</li>\n");
    }

    private void parts() {
        for (String text : s.before()) line(text);
        out.raw("<ol role=\"list\">\n");
        int n = s.parts().size();
        for (int k = 0; k < n; k++) {
            if (Subject.noted(k, n)) note(Subject.leftOut(n));
            if (!Subject.hidden(k, n)) part(s.parts().get(k));
        }
        out.raw("</ol>\n");
        for (String text : s.after()) line(text);
    }

    private void part(Subject.Part part) {
        Integer k = part.statement();
        if (k == null) out.raw("<li class=\"row stray" + (part.blamed() ? " blamed" : "") + "\">").element("code", part.name());
        else {
            row("b" + k, k, part.blamed());
            number(k);
            out.raw("<a href=\"#s" + k + "\">").element("code", part.name()).raw("</a>");
            cost("cost of the " + s.words().part(), s.rows().get(k).part());
        }
        out.raw("<pre>");
        List<String> texts = s.texts(part.from(), part.to());
        int shown = Math.min(texts.size(), 40);
        out.text(String.join("\n", texts.subList(0, shown)) + (shown < texts.size() ? "\n… " + (texts.size() - shown) + " more" : "")).raw("</pre>");
        if (part.blamed()) out.element("span class=\"kink\"", "✗ the proof fails here");
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
