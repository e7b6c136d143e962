package nad.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.plot.Drawing.Anchor;

/// [plot-field] A function of two variables: contour lines, the (sub)gradients that backprop returns as arrows, and where the function has kinks.
public final class Field {
    private static final int CORNERS = 161;
    private static final int ARROWS = 16;
    private static final int LEVELS = 10;
    /// The corners of the grid stand this share of a cell beside round numbers, another in each direction: so no line of kinks such as
    /// x = 0 or x = y runs through them.
    private static final double OFF_X = 0.0131;
    private static final double OFF_Y = 0.0173;

    private final Probe probe;
    private final Variable x;
    private final Variable y;
    private final Probe.Sample[][] corners = new Probe.Sample[CORNERS][CORNERS];
    private final List<List<double[]>> kinks = new ArrayList<>();

    public Field(Probe probe) {
        this.probe = probe;
        this.x = probe.variables().get(0);
        this.y = probe.variables().get(1);
        for (int i = 0; i < CORNERS; i++) for (int j = 0; j < CORNERS; j++) corners[i][j] = probe.at(x.at(share(i, OFF_X)), y.at(share(j, OFF_Y)));
        int pieces = corners[0][0].pieces().length;
        for (int k = 0; k < pieces; k++) {
            int piece = k;
            kinks.addAll(Contours.of(CORNERS, (a, b, c, d) -> boundary(corners[a][b], corners[c][d], piece)));
        }
    }

    private static double share(int k, double off) {
        return k == 0 ? 0 : k == CORNERS - 1 ? 1 : (k + off) / (CORNERS - 1);
    }

    public boolean seen() {
        return Arrays.stream(corners).flatMap(Arrays::stream).anyMatch(s -> Double.isFinite(s.value()));
    }

    public boolean hasKinks() {
        return !kinks.isEmpty();
    }

    /// Where between two points an entry changes its piece and the gradient jumps: by bisection, or null.
    private double[] boundary(Probe.Sample a, Probe.Sample b, int piece) {
        int before = a.pieces()[piece];
        if (before == b.pieces()[piece]) return null;
        double s = 0;
        double t = 1;
        Probe.Sample left = a;
        Probe.Sample right = b;
        for (int k = 0; k < 24; k++) {
            double m = (s + t) / 2;
            Probe.Sample at = probe.at(a.x()[0] + m * (b.x()[0] - a.x()[0]), a.x()[1] + m * (b.x()[1] - a.x()[1]));
            if (at.pieces()[piece] == before) {
                s = m;
                left = at;
            } else {
                t = m;
                right = at;
            }
        }
        if (!left.finite() || !right.finite()) return null;
        double jump = 0;
        double size = 1;
        for (int v = 0; v < 2; v++) {
            jump += Math.abs(left.gradient()[v] - right.gradient()[v]);
            size += Math.abs(left.gradient()[v]) + Math.abs(right.gradient()[v]);
        }
        return jump > 1e-5 * size ? right.x() : null;
    }

    /// @param name of the function; @param small what else holds
    public Drawing drawing(String name, String small) {
        String of = name + "(" + x.name() + ", " + y.name() + ")";
        Page page = new Page(720, 740, of, small);
        page.line("contours", Ink.LEVEL, 1.5, false);
        page.legend("(sub)gradient, size compressed", (px, py) -> arrow(page, px, py, px + 24, py, Ink.SLOPE));
        if (hasKinks()) page.line("kinks", Ink.CLARKE, 4, false);
        Axis across = new Axis(x.lo(), x.hi(), false, 78, page.width - 24);
        Axis up = new Axis(y.lo(), y.hi(), false, page.height - 56, page.top());
        Panel panel = new Panel(across, up, page.marks);
        panel.ground(x.name(), y.name());
        page.marks.add(new Drawing.Path(Ink.CLARKE, 4, false, kinks.stream().map(k -> pixels(k, panel)).toList()));
        if (!hasKinks()) page.marks.removeLast();
        List<Drawing.Mark> labels = new ArrayList<>();
        for (double level : levels()) contour(level, panel, page, labels);
        boolean met = arrows(panel, page);
        page.marks.addAll(labels);
        if (met) page.legend("at a kink", (px, py) -> arrow(page, px, py, px + 24, py, Ink.SELECTED));
        return page.drawing("Contour lines of " + of + " for " + x.name() + " from " + Axis.number(x.lo()) + " to " + Axis.number(x.hi()) + " and " + y.name()
                + " from " + Axis.number(y.lo()) + " to " + Axis.number(y.hi()) + ", with the gradients that backprop returns as arrows. "
                + (hasKinks() ? "Thick lines show where it is not differentiable." : "No lines of kinks."));
    }

    private static double[] pixels(List<double[]> line, Panel panel) {
        return Lines.simplified(line.stream().map(p -> new double[] {panel.x.at(p[0]), panel.y.at(p[1])}).toList(), 0.05);
    }

    // ---- levels

    /// Round levels, evenly apart where the values are spread so, else apart by a constant factor over the least value.
    private double[] levels() {
        double[] v = Arrays.stream(corners).flatMap(Arrays::stream).mapToDouble(Probe.Sample::value).filter(Double::isFinite).sorted().toArray();
        if (v.length == 0 || v[0] == v[v.length - 1]) return new double[0];
        double least = v[0];
        double spread = v[v.length - 1] - least;
        double middle = v[v.length / 2] - least;
        if (spread > 8 * middle && middle > 0) {
            List<Double> out = new ArrayList<>();
            for (double e = Math.floor(Math.log10(v[v.length / 20] - least + middle / 1e3)); e <= Math.log10(spread); e++)
                for (int m : new int[] {1, 3}) {
                    double level = m * Math.pow(10, e) + (Math.abs(least) < 1e-2 * middle ? 0 : least);
                    if (level < v[v.length - 1]) out.add(level);
                }
            return out.stream().mapToDouble(Double::doubleValue).toArray();
        }
        double step = Axis.step(spread / LEVELS);
        List<Double> out = new ArrayList<>();
        for (double k = Math.ceil(least / step); k * step < v[v.length - 1]; k++) if (k * step > least) out.add(k * step);
        return out.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void contour(double level, Panel panel, Page page, List<Drawing.Mark> labels) {
        List<double[]> lines = Contours.of(CORNERS, (a, b, c, d) -> crossing(corners[a][b], corners[c][d], level)).stream().map(l -> pixels(l, panel)).toList();
        if (lines.isEmpty()) return;
        page.marks.add(new Drawing.Path(Ink.LEVEL, 1.4, false, lines));
        double[] longest = lines.stream().max(java.util.Comparator.comparingDouble(Field::length)).orElseThrow();
        if (length(longest) > 110) label(Axis.number(level), longest, panel, labels, kinks.stream().map(k -> pixels(k, panel)).toList());
    }

    /// Linear interpolation, repeated within what remains: along a narrow valley once is not enough.
    private double[] crossing(Probe.Sample a, Probe.Sample b, double level) {
        if (!Double.isFinite(a.value()) || !Double.isFinite(b.value()) || a.value() < level == b.value() < level) return null;
        double[] at = between(a, b, level);
        for (int k = 0; k < 4; k++) {
            Probe.Sample m = probe.at(at);
            if (!Double.isFinite(m.value())) return at;
            if (m.value() < level == a.value() < level) a = m;
            else b = m;
            at = between(a, b, level);
        }
        return at;
    }

    private static double[] between(Probe.Sample a, Probe.Sample b, double level) {
        double t = (level - a.value()) / (b.value() - a.value());
        return new double[] {a.x()[0] + t * (b.x()[0] - a.x()[0]), a.x()[1] + t * (b.x()[1] - a.x()[1])};
    }

    private static double length(double[] line) {
        double sum = 0;
        for (int k = 2; k < line.length; k += 2) sum += Math.hypot(line[k] - line[k - 2], line[k + 1] - line[k - 1]);
        return sum;
    }

    /// On the line, where no other label is near, no kink and not the frame.
    private static void label(String text, double[] line, Panel panel, List<Drawing.Mark> labels, List<double[]> kinks) {
        double half = Drawing.width(text, 12) / 2 + 3;
        double total = length(line);
        for (int attempt = 0; attempt < 19; attempt++) {
            double[] p = along(line, total * (0.5 + (attempt % 2 == 0 ? 1 : -1) * 0.025 * attempt));
            if (p[0] - half < panel.x.from() + 2 || p[0] + half > panel.x.to() - 2 || p[1] - 9 < panel.y.to() || p[1] + 9 > panel.y.from()) continue;
            boolean free = labels.stream().noneMatch(m -> m instanceof Drawing.Box b && Math.abs(b.x() + b.width() / 2 - p[0]) < half + b.width() / 2 + 4
                    && Math.abs(b.y() + b.height() / 2 - p[1]) < 20);
            if (!free || kinks.stream().anyMatch(k -> Lines.distance(k, p[0], p[1]) < half + 4)) continue;
            labels.add(new Drawing.Box(Ink.PAPER, p[0] - half, p[1] - 8, 2 * half, 16));
            labels.add(new Drawing.Text(Ink.TEXT, p[0], p[1] + 4.2, 12, false, Anchor.MIDDLE, false, text));
            return;
        }
    }

    private static double[] along(double[] line, double way) {
        for (int k = 2; k < line.length; k += 2) {
            double step = Math.hypot(line[k] - line[k - 2], line[k + 1] - line[k - 1]);
            if (way <= step && step > 0) return new double[] {line[k - 2] + way / step * (line[k] - line[k - 2]), line[k - 1] + way / step * (line[k + 1] - line[k - 1])};
            way -= step;
        }
        return new double[] {line[line.length - 2], line[line.length - 1]};
    }

    // ---- arrows

    /// Arrows at round points, which may lie on kinks; their length grows with the cube root of the gradient's.
    private boolean arrows(Panel panel, Page page) {
        List<Probe.Sample> at = new ArrayList<>();
        for (int i = 1; i < ARROWS; i++) for (int j = 1; j < ARROWS; j++) at.add(probe.at(x.at((double) i / ARROWS), y.at((double) j / ARROWS)));
        at.removeIf(s -> !s.finite());
        double perX = (panel.x.to() - panel.x.from()) / (x.hi() - x.lo());
        double perY = (panel.y.to() - panel.y.from()) / (y.hi() - y.lo());
        double most = at.stream().mapToDouble(s -> Math.hypot(s.gradient()[0], s.gradient()[1])).max().orElse(0);
        double cell = (panel.x.to() - panel.x.from()) / ARROWS * 0.8;
        boolean met = false;
        for (Probe.Sample s : at) {
            met |= s.kink();
            double size = Math.hypot(s.gradient()[0], s.gradient()[1]);
            double px = panel.x.at(s.x()[0]);
            double py = panel.y.at(s.x()[1]);
            Ink ink = s.kink() ? Ink.SELECTED : Ink.SLOPE;
            if (size < 1e-12 * most || most == 0) {
                page.marks.add(new Drawing.Dot(ink, px, py, 2.5, false, null));
                continue;
            }
            double dx = s.gradient()[0] * Math.signum(perX);
            double dy = s.gradient()[1] * Math.signum(perY);
            double length = cell * Math.cbrt(size / most) / size;
            arrow(page, px - dx * length / 2, py - dy * length / 2, px + dx * length / 2, py + dy * length / 2, ink);
        }
        return met;
    }

    private static void arrow(Page page, double fromX, double fromY, double toX, double toY, Ink ink) {
        double length = Math.hypot(toX - fromX, toY - fromY);
        double ux = (toX - fromX) / length;
        double uy = (toY - fromY) / length;
        double head = Math.min(7, length * 0.6);
        page.marks.add(new Drawing.Path(ink, 1.5, false, List.of(new double[] {fromX, fromY, toX - ux * head * 0.7, toY - uy * head * 0.7})));
        page.marks.add(new Drawing.Area(ink, new double[] {toX, toY, toX - ux * head - uy * head * 0.42, toY - uy * head + ux * head * 0.42,
            toX - ux * head + uy * head * 0.42, toY - uy * head - ux * head * 0.42}));
    }
}
