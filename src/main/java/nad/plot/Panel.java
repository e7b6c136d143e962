package nad.plot;

import java.util.ArrayList;
import java.util.List;
import nad.plot.Drawing.Anchor;

/// Two axes and what is drawn between them.
final class Panel {
    final Axis x;
    final Axis y;
    private final List<Drawing.Mark> marks;

    Panel(Axis x, Axis y, List<Drawing.Mark> marks) {
        this.x = x;
        this.y = y;
        this.marks = marks;
    }

    /// The ground: grid, frame, ticks and the names of the axes; `below` null leaves the numbers of x to a panel beneath.
    void ground(String below, String beside) {
        ground(below, beside, x.ticks(64));
    }

    /// The same where x is a size, with ticks at whole numbers only.
    void groundOfSizes(String below, String beside) {
        ground(below, beside, x.ticks(64).stream().filter(t -> Math.abs(t.value() - Math.rint(t.value())) < 1e-9).toList());
    }

    private void ground(String below, String beside, List<Axis.Tick> across) {
        List<double[]> grid = new ArrayList<>();
        List<Axis.Tick> up = y.ticks(36);
        for (Axis.Tick t : across) grid.add(new double[] {x.at(t.value()), y.from(), x.at(t.value()), y.to()});
        for (Axis.Tick t : up) grid.add(new double[] {x.from(), y.at(t.value()), x.to(), y.at(t.value())});
        marks.add(new Drawing.Path(Ink.GRID, 1, false, grid));
        marks.add(new Drawing.Path(Ink.FRAME, 1, false, List.of(new double[] {x.from(), y.to(), x.from(), y.from(), x.to(), y.from(), x.to(), y.to(), x.from(), y.to()})));
        if (!y.log() && y.lo() < 0 && y.hi() > 0) marks.add(new Drawing.Path(Ink.FRAME, 1, false, List.of(new double[] {x.from(), y.at(0), x.to(), y.at(0)})));
        for (Axis.Tick t : up) marks.add(new Drawing.Text(Ink.QUIET, x.from() - 8, y.at(t.value()) + 4.5, 13, false, Anchor.END, false, t.label()));
        marks.add(new Drawing.Text(Ink.TEXT, x.from() - 58, (y.from() + y.to()) / 2, 15, false, Anchor.MIDDLE, true, beside));
        if (below == null) return;
        for (Axis.Tick t : across) marks.add(new Drawing.Text(Ink.QUIET, x.at(t.value()), y.from() + 19, 13, false, Anchor.MIDDLE, false, t.label()));
        marks.add(new Drawing.Text(Ink.TEXT, (x.from() + x.to()) / 2, y.from() + 40, 15, false, Anchor.MIDDLE, false, below));
    }

    /// A line through points, broken where one is no finite number and where it would run across the panel from a pole's one side to the other.
    void curve(List<double[]> points, Ink ink, double width, boolean dashed) {
        List<double[]> lines = new ArrayList<>();
        List<double[]> line = new ArrayList<>();
        double[] last = null;
        for (double[] p : points) {
            boolean there = Double.isFinite(p[0]) && Double.isFinite(p[1]);
            double[] here = there ? new double[] {x.at(p[0]), Math.clamp(y.at(p[1]), -1e7, 1e7)} : null;
            if (last != null && here != null) {
                double[] seen = visible(last, here);
                if (seen != null) {
                    if (line.isEmpty() || line.getLast()[0] != seen[0] || line.getLast()[1] != seen[1]) {
                        finish(line, lines);
                        line.add(new double[] {seen[0], seen[1]});
                    }
                    line.add(new double[] {seen[2], seen[3]});
                }
            }
            last = here;
        }
        finish(line, lines);
        if (!lines.isEmpty()) marks.add(new Drawing.Path(ink, width, dashed, lines));
    }

    private static void finish(List<double[]> line, List<double[]> lines) {
        if (line.size() > 1) lines.add(Lines.simplified(line, 0.03));
        line.clear();
    }

    /// The part of a line that lies between the axes, or null.
    private double[] visible(double[] a, double[] b) {
        double top = y.to();
        double bottom = y.from();
        if (Math.min(a[1], b[1]) < top && Math.max(a[1], b[1]) > bottom) return null;
        double s = 0;
        double t = 1;
        double dy = b[1] - a[1];
        if (dy == 0) return a[1] < top - 0.5 || a[1] > bottom + 0.5 ? null : new double[] {a[0], a[1], b[0], b[1]};
        double enter = ((dy > 0 ? top : bottom) - a[1]) / dy;
        double leave = ((dy > 0 ? bottom : top) - a[1]) / dy;
        s = Math.max(s, enter);
        t = Math.min(t, leave);
        if (s >= t) return null;
        double dx = b[0] - a[0];
        return new double[] {s == 0 ? a[0] : a[0] + s * dx, s == 0 ? a[1] : a[1] + s * dy, t == 1 ? b[0] : a[0] + t * dx, t == 1 ? b[1] : a[1] + t * dy};
    }

    boolean shows(double v) {
        return v >= y.lo() && v <= y.hi();
    }

    void dot(double px, double py, Ink ink, double radius, boolean hollow, String says) {
        if (shows(py)) marks.add(new Drawing.Dot(ink, x.at(px), y.at(py), radius, hollow, says));
    }

    /// A vertical bar from one value to another, cut at the panel's edges.
    void bar(double px, double lo, double hi, Ink ink, double width) {
        double from = Math.max(lo, y.lo());
        double to = Math.min(hi, y.hi());
        if (from > to) return;
        double cx = x.at(px);
        marks.add(new Drawing.Path(ink, width, false, List.of(new double[] {cx, y.at(from), cx, y.at(to)})));
    }
}
