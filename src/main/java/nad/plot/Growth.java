package nad.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// [plot-cost] What P and backprop(P) cost as a size grows and, below, their ratio against the bound.
///
/// @param size the parameter's name
public record Growth(String size, List<Point> points) {
    private static final int MOST = 40;

    /// @param ratio of the two costs, NaN where P costs nothing; @param omega its bound
    public record Point(int n, double program, double backprop, double ratio, double omega) {}

    /// At most forty sizes of a range, apart by a constant factor where it is wide, by a constant where not.
    public static List<Integer> sizes(int lo, int hi) {
        TreeSet<Integer> out = new TreeSet<>();
        for (int k = 0; k < MOST; k++) {
            double share = k / (MOST - 1.0);
            out.add((int) Math.round(wide(lo, hi) ? lo * Math.pow((double) hi / lo, share) : lo + share * ((double) hi - lo)));
        }
        return List.copyOf(out);
    }

    private static boolean wide(double lo, double hi) {
        return lo > 0 && hi >= 30 * lo;
    }

    /// @param name of the program; @param small what else holds
    public Drawing drawing(String name, String small) {
        Page page = new Page(800, 600, "The cost of " + name + " and backprop(" + name + ")", small);
        page.line("cost(" + name + ")", Ink.CURVE, 2.5, false);
        page.line("cost(backprop(" + name + "))", Ink.SLOPE, 2.5, false);
        page.line("ratio", Ink.CLARKE, 2.5, false);
        page.line("bound ω", Ink.SELECTED, 2, true);
        int lo = points.getFirst().n();
        int hi = points.getLast().n();
        double middle = page.top() + (page.height - 52 - page.top()) * 0.6;
        Axis across = new Axis(lo, hi, wide(lo, hi), 78, page.width - 24);
        double most = points.stream().mapToDouble(p -> Math.max(p.backprop(), p.program())).max().orElse(1);
        double least = points.stream().mapToDouble(p -> Math.min(p.program(), p.backprop())).filter(c -> c > 0).min().orElse(1);
        boolean log = across.log() && wide(least, most);
        Panel above = new Panel(across, log ? new Axis(least / 1.3, most * 1.3, true, middle - 12, page.top()) : new Axis(0, Math.max(1, most) * 1.07, false, middle - 12, page.top()),
                page.marks);
        double bound = points.stream().mapToDouble(p -> Math.max(p.omega(), Double.isFinite(p.ratio()) ? p.ratio() : 0)).max().orElse(1);
        Panel below = new Panel(across, new Axis(0, bound * 1.15, false, page.height - 52, middle + 12), page.marks);
        above.ground(null, "operations");
        below.ground(size, "ratio");
        List<double[]> program = new ArrayList<>();
        List<double[]> backprop = new ArrayList<>();
        List<double[]> ratio = new ArrayList<>();
        List<double[]> omega = new ArrayList<>();
        for (Point p : points) {
            program.add(new double[] {p.n(), log && p.program() == 0 ? Double.NaN : p.program()});
            backprop.add(new double[] {p.n(), log && p.backprop() == 0 ? Double.NaN : p.backprop()});
            ratio.add(new double[] {p.n(), p.ratio()});
            omega.add(new double[] {p.n(), p.omega()});
        }
        above.curve(program, Ink.CURVE, 2.5, false);
        above.curve(backprop, Ink.SLOPE, 2.5, false);
        below.curve(omega, Ink.SELECTED, 2, true);
        below.curve(ratio, Ink.CLARKE, 2.5, false);
        Point last = points.getLast();
        for (Point p : points) {
            above.dot(p.n(), p.program(), Ink.CURVE, 2.5, false, size + " = " + p.n() + ": " + Axis.number(p.program()));
            above.dot(p.n(), p.backprop(), Ink.SLOPE, 2.5, false, size + " = " + p.n() + ": " + Axis.number(p.backprop()));
            below.dot(p.n(), p.ratio(), Ink.CLARKE, 2.5, false, size + " = " + p.n() + ": " + Axis.number(p.ratio()));
        }
        return page.drawing("For " + size + " from " + lo + " to " + hi + ": above, the operations of " + name + " and backprop(" + name + "); below, their ratio and its bound. At "
                + size + " = " + hi + " they are " + Axis.number(last.program()) + " and " + Axis.number(last.backprop()) + ", the ratio " + Axis.number(last.ratio()) + ", the bound "
                + Axis.number(last.omega()) + ".");
    }
}
