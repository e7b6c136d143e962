package nad.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import nad.plot.Kinks.Kink;

/// [plot-curve] A function of one variable and, below it, the derivative that backprop selects, with the Clarke interval at each kink.
public final class Curve {
    private static final int STEPS = 800;

    private final Probe probe;
    private final Variable variable;
    private final List<Probe.Sample> samples = new ArrayList<>();
    private final List<Kink> kinks;

    public Curve(Probe probe) {
        this.probe = probe;
        this.variable = probe.variables().getFirst();
        for (int k = 0; k <= STEPS; k++) samples.add(probe.at(variable.at((double) k / STEPS)));
        this.kinks = Kinks.between(probe, samples).stream().filter(k -> k.x() >= variable.lo() && k.x() <= variable.hi()).toList();
    }

    public List<Kink> kinks() {
        return kinks;
    }

    /// Whether there is a finite value anywhere.
    public boolean seen() {
        return samples.stream().anyMatch(s -> Double.isFinite(s.value()));
    }

    /// @param name of the function; @param small what else holds: values of other parameters, the convention
    public Drawing drawing(String name, String small) {
        String of = name + "(" + variable.name() + ")";
        Page page = new Page(800, 600, of, small);
        page.line(of, Ink.CURVE, 2.5, false);
        page.line("selected derivative", Ink.SLOPE, 2.5, false);
        if (!kinks.isEmpty()) {
            if (kinks.stream().anyMatch(k -> !k.single()))
                page.legend("Clarke interval", (x, y) -> page.marks.add(new Drawing.Path(Ink.CLARKE, 7, false, List.of(new double[] {x + 12, y - 5, x + 12, y + 5}))));
            else page.dot("Clarke set", Ink.CLARKE, 4, false);
            if (kinks.stream().anyMatch(Kink::inside)) page.dot("selected", Ink.SELECTED, 5, false);
        }
        if (kinks.stream().anyMatch(k -> !k.inside())) page.dot("selected outside", Ink.SELECTED, 5.5, true);
        double middle = page.top() + (page.height - 52 - page.top()) * 0.53;
        Axis across = new Axis(variable.lo(), variable.hi(), false, 78, page.width - 24);
        Panel above = new Panel(across, axis(values(), middle - 12, page.top()), page.marks);
        Panel below = new Panel(across, axis(slopes(), page.height - 52, middle + 12), page.marks);
        above.ground(null, "value");
        below.ground(variable.name(), "derivative");
        above.curve(valueLine(), Ink.CURVE, 2.5, false);
        below.curve(slopeLine(), Ink.SLOPE, 2.5, false);
        for (Kink k : kinks) {
            above.dot(k.x(), k.value(), Ink.CLARKE, 4, false, k.text(variable.name()));
            if (!k.single()) below.bar(k.x(), k.lo(), k.hi(), Ink.CLARKE, 7);
            else below.dot(k.x(), k.lo(), Ink.CLARKE, 4, false, null);
            below.dot(k.x(), k.selected(), Ink.SELECTED, k.inside() ? 5 : 5.5, !k.inside(), k.text(variable.name()));
        }
        return page.drawing(description(of));
    }

    private String description(String of) {
        String range = " for " + variable.name() + " from " + Axis.number(variable.lo()) + " to " + Axis.number(variable.hi());
        return "Above, " + of + range + "; below, the derivative that backprop returns. " + (kinks.isEmpty() ? "No kinks."
                : "Kinks: " + kinks.stream().map(k -> k.text(variable.name())).collect(Collectors.joining("; ")) + ".");
    }

    private static Axis axis(double[] values, double from, double to) {
        double[] range = Axis.range(values);
        return new Axis(range[0], range[1], false, from, to);
    }

    private double[] values() {
        return samples.stream().mapToDouble(Probe.Sample::value).toArray();
    }

    /// Derivatives off kinks, and what is to be seen at them.
    private double[] slopes() {
        int weight = kinks.size() <= 10 ? STEPS / 10 : 1;
        double[] all = new double[samples.size() + 3 * kinks.size() * weight];
        int n = 0;
        for (Probe.Sample s : samples) all[n++] = slope(s);
        // A few kinks weigh enough not to be left out as steep ends; a hundred of them, as of |sin(1/x)|, must not press the rest flat.
        for (Kink k : kinks) for (int again = 0; again < weight; again++) for (double v : new double[] {k.left(), k.right(), k.selected()}) all[n++] = v;
        return all;
    }

    /// The derivative, where there is a value.
    private static double slope(Probe.Sample s) {
        return Double.isFinite(s.value()) ? s.gradient()[0] : Double.NaN;
    }

    private List<double[]> valueLine() {
        return line((s, out) -> out.add(new double[] {s.x()[0], s.value()}), (k, out) -> out.add(new double[] {k.x(), k.value()}));
    }

    /// At a kink the line ends at the limit from the left and begins anew at that from the right.
    private List<double[]> slopeLine() {
        return line((s, out) -> out.add(new double[] {s.x()[0], slope(s)}), (k, out) -> {
            out.add(new double[] {k.x(), k.left()});
            if (k.left() != k.right()) out.add(new double[] {k.x(), Double.NaN});
            out.add(new double[] {k.x(), k.right()});
        });
    }

    @FunctionalInterface
    private interface Adds<T> {
        void add(T what, List<double[]> to);
    }

    /// Samples and kinks in order, with a gap at poles and jumps.
    private List<double[]> line(Adds<Probe.Sample> sample, Adds<Kink> kink) {
        List<double[]> out = new ArrayList<>();
        int next = 0;
        double step = (variable.hi() - variable.lo()) / STEPS;
        Probe.Sample last = null;
        for (Probe.Sample s : samples) {
            boolean passed = false;
            while (next < kinks.size() && kinks.get(next).x() <= s.x()[0] + 1e-9 * step) {
                kink.add(kinks.get(next++), out);
                passed = true;
            }
            if (!passed && last != null && jumps(last, s)) out.add(new double[] {s.x()[0], Double.NaN});
            boolean onKink = passed && Math.abs(kinks.get(next - 1).x() - s.x()[0]) <= 1e-9 * step;
            if (!onKink) sample.add(s, out);
            last = s;
        }
        return out;
    }

    /// Whether the value changes between neighbours by far more than the derivatives at both ends allow: bisection then finds a jump.
    private boolean jumps(Probe.Sample a, Probe.Sample b) {
        if (!a.finite() || !b.finite()) return false;
        double h = b.x()[0] - a.x()[0];
        double change = b.value() - a.value();
        double allowed = h * (Math.abs(a.gradient()[0]) + Math.abs(b.gradient()[0]));
        if (Math.abs(change) <= 4 * allowed + 1e-9 && (change >= 0 || a.gradient()[0] <= 0 || b.gradient()[0] <= 0) && (change <= 0 || a.gradient()[0] >= 0 || b.gradient()[0] >= 0))
            return false;
        double lo = a.x()[0];
        double hi = b.x()[0];
        double atLo = a.value();
        double atHi = b.value();
        for (int k = 0; k < 30; k++) {
            double m = lo + (hi - lo) / 2;
            double v = probe.at(m).value();
            if (!Double.isFinite(v)) return true;
            if (Math.abs(v - atLo) > Math.abs(atHi - v)) {
                hi = m;
                atHi = v;
            } else {
                lo = m;
                atLo = v;
            }
        }
        return Math.abs(atHi - atLo) > Math.abs(change) / 4;
    }
}
