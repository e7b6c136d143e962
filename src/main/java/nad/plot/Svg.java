package nad.plot;

import java.util.List;
import java.util.Locale;

/// A [Drawing] as SVG: text stays text, the colours follow the reader's light or dark, the same drawing gives the same bytes.
public final class Svg {
    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    public static String of(Drawing d) {
        return new Svg().write(d);
    }

    private String write(Drawing d) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(d.width()).append(' ').append(d.height()).append("\" width=\"")
                .append(d.width()).append("\" height=\"").append(d.height()).append("\" role=\"img\" aria-labelledby=\"title desc\">\n");
        out.append("<title id=\"title\">").append(escaped(d.title())).append("</title>\n<desc id=\"desc\">").append(escaped(d.description())).append("</desc>\n");
        style();
        for (Drawing.Mark m : d.marks()) mark(m);
        return out.append("</svg>\n").toString();
    }

    private void style() {
        out.append("<style>\nsvg { font-family: system-ui, -apple-system, \"Segoe UI\", \"DejaVu Sans\", sans-serif }\n"
                + "path { stroke-linecap: round; stroke-linejoin: round }\n");
        for (Ink i : Ink.values()) rule(i, i.light);
        out.append("@media (prefers-color-scheme: dark) {\n");
        for (Ink i : Ink.values()) rule(i, i.dark);
        out.append("}\n</style>\n");
    }

    private void rule(Ink i, String color) {
        out.append('.').append(i.css()).append(" { fill: ").append(color).append(" } path.").append(i.css()).append(", .ring.").append(i.css())
                .append(" { fill: none; stroke: ").append(color).append(" }\n");
    }

    private void mark(Drawing.Mark m) {
        switch (m) {
            case Drawing.Path p -> {
                out.append("<path class=\"").append(p.ink().css()).append("\" stroke-width=\"").append(number(p.width())).append('"');
                if (p.dashed()) out.append(" stroke-dasharray=\"5 4\"");
                out.append(" d=\"").append(lines(p.lines())).append("\"/>\n");
            }
            case Drawing.Box b -> out.append("<rect class=\"").append(b.ink().css()).append("\" x=\"").append(number(b.x())).append("\" y=\"").append(number(b.y()))
                    .append("\" width=\"").append(number(b.width())).append("\" height=\"").append(number(b.height())).append("\"/>\n");
            case Drawing.Area a -> {
                out.append("<polygon class=\"").append(a.ink().css()).append("\" points=\"");
                for (int k = 0; k < a.corners().length; k += 2) out.append(k > 0 ? " " : "").append(number(a.corners()[k])).append(',').append(number(a.corners()[k + 1]));
                out.append("\"/>\n");
            }
            case Drawing.Dot c -> {
                out.append("<circle class=\"").append(c.hollow() ? "ring " : "").append(c.ink().css()).append('"');
                if (c.hollow()) out.append(" stroke-width=\"2\"");
                out.append(" cx=\"").append(number(c.x())).append("\" cy=\"").append(number(c.y())).append("\" r=\"").append(number(c.radius())).append('"');
                if (c.says() == null) out.append("/>\n");
                else out.append("><title>").append(escaped(c.says())).append("</title></circle>\n");
            }
            case Drawing.Text t -> {
                out.append("<text class=\"").append(t.ink().css()).append("\" x=\"").append(number(t.x())).append("\" y=\"").append(number(t.y()))
                        .append("\" font-size=\"").append(number(t.size())).append('"');
                if (t.bold()) out.append(" font-weight=\"600\"");
                if (t.anchor() != Drawing.Anchor.START) out.append(" text-anchor=\"").append(t.anchor().name().toLowerCase(Locale.ROOT)).append('"');
                if (t.upwards()) out.append(" transform=\"rotate(-90 ").append(number(t.x())).append(' ').append(number(t.y())).append(")\"");
                out.append('>').append(escaped(t.text())).append("</text>\n");
            }
        }
    }

    private static String lines(List<double[]> lines) {
        StringBuilder d = new StringBuilder();
        for (double[] line : lines)
            for (int k = 0; k < line.length; k += 2) d.append(k == 0 ? 'M' : 'L').append(number(line[k])).append(' ').append(number(line[k + 1]));
        return d.toString();
    }

    /// Hundredths of a pixel, without what says nothing.
    private static String number(double x) {
        long hundredths = Math.round(100 * x);
        String s = Long.toString(Math.abs(hundredths) / 100);
        long rest = Math.abs(hundredths) % 100;
        if (rest > 0) s += rest % 10 == 0 ? "." + rest / 10 : String.format(Locale.ROOT, ".%02d", rest);
        return hundredths < 0 ? "-" + s : s;
    }

    private static String escaped(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
