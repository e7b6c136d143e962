package nad.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// [plot-experiment] Costs over a size and, below, ratios of them: the picture of [Growth] and of experiments. Axes are logarithmic where a range is wide.
///
/// @param size   the name of what grows
/// @param at     the sizes, rising
/// @param above  costs
/// @param below  ratios
/// @param beside the names of the two axes upwards
/// @param wide   the factor from which on a range is
public record Costs(String size, List<Integer> at, List<Line> above, List<Line> below, List<String> beside, int wide) {
    static final int WIDE = 30;
    /// Experiments take sizes apart by factors.
    private static final int FACTORS = 8;

    /// @param values one for each size; NaN leaves a gap
    /// @param scales whether the axis has room for it; else it is cut where it leaves
    record Line(String name, Ink ink, boolean dashed, boolean scales, double[] values) {}

    private static final Ink[] INKS = {Ink.CURVE, Ink.SLOPE, Ink.CLARKE, Ink.SELECTED, Ink.LEVEL};

    /// The lines of one panel of an experiment, in one order of colours.
    public static final class Lines {
        private final List<Line> lines = new ArrayList<>();

        public Lines line(String name, int color, double[] values) {
            lines.add(new Line(name, INKS[color], false, true, values));
            return this;
        }

        /// What is only to be compared with, dashed.
        public Lines beside(String name, double[] values) {
            lines.add(new Line(name, Ink.QUIET, true, false, values));
            return this;
        }
    }

    public static Costs of(String size, List<Integer> at, Lines above, String upwards, Lines below, String ratio) {
        return new Costs(size, at, List.copyOf(above.lines), List.copyOf(below.lines), List.of(upwards, ratio), FACTORS);
    }

    private boolean isWide(double lo, double hi) {
        return lo > 0 && hi >= wide * lo;
    }

    /// @param heading what it is; @param small what else holds
    public Drawing drawing(String heading, String small, String description) {
        Page page = new Page(800, 600, heading, small);
        for (Line l : above) page.line(l.name, l.ink, thick(l), l.dashed);
        for (Line l : below) if (above.stream().noneMatch(a -> a.name.equals(l.name))) page.line(l.name, l.ink, thick(l), l.dashed);
        double middle = page.top() + (page.height - 52 - page.top()) * 0.6;
        Axis across = new Axis(at.getFirst(), at.getLast(), isWide(at.getFirst(), at.getLast()), 78, page.width - 24);
        panel(page, across, above, beside.get(0), null, middle - 12, page.top(), 1.07);
        panel(page, across, below, beside.get(1), size, page.height - 52, middle + 12, 1.15);
        return page.drawing(description);
    }

    private static double thick(Line l) {
        return l.dashed ? 2 : 2.5;
    }

    private void panel(Page page, Axis across, List<Line> lines, String upwards, String size, double from, double to, double room) {
        double[] all = lines.stream().filter(Line::scales).flatMapToDouble(l -> DoubleStream.of(l.values)).filter(Double::isFinite).toArray();
        double most = DoubleStream.of(all).max().orElse(1);
        double least = DoubleStream.of(all).filter(v -> v > 0).min().orElse(1);
        boolean log = across.log() && isWide(least, most);
        Axis up = log ? new Axis(least / 1.3, most * 1.3, true, from, to) : new Axis(0, Math.max(1, most) * room, false, from, to);
        Panel panel = new Panel(across, up, page.marks);
        panel.groundOfSizes(size, upwards);
        for (Line l : lines) {
            List<double[]> points = new ArrayList<>();
            for (int k = 0; k < at.size(); k++) points.add(new double[] {at.get(k), log && l.values[k] <= 0 ? Double.NaN : l.values[k]});
            panel.curve(points, l.ink, thick(l), l.dashed);
        }
        for (Line l : lines) if (!l.dashed)
            for (int k = 0; k < at.size(); k++) if (!log || l.values[k] > 0) panel.dot(at.get(k), l.values[k], l.ink, 2.5, false, this.size + " = " + at.get(k) + ": " + Axis.number(l.values[k]));
    }
}
