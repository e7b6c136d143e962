package nad.plot;

import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

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
            out.add((int) Math.round(lo > 0 && hi >= Costs.WIDE * lo ? lo * Math.pow((double) hi / lo, share) : lo + share * ((double) hi - lo)));
        }
        return List.copyOf(out);
    }

    /// @param name of the program; @param small what else holds
    public Drawing drawing(String name, String small) {
        List<Costs.Line> above = List.of(line("cost(" + name + ")", Ink.CURVE, false, Point::program), line("cost(backprop(" + name + "))", Ink.SLOPE, false, Point::backprop));
        List<Costs.Line> below = List.of(line("ratio", Ink.CLARKE, false, Point::ratio), line("bound ω", Ink.SELECTED, true, Point::omega));
        int lo = points.getFirst().n();
        int hi = points.getLast().n();
        Point last = points.getLast();
        return new Costs(size, points.stream().map(Point::n).toList(), above, below, List.of("operations", "ratio"), Costs.WIDE).drawing("The cost of " + name + " and backprop(" + name + ")", small,
                "For " + size + " from " + lo + " to " + hi + ": above, the operations of " + name + " and backprop(" + name + "); below, their ratio and its bound. At "
                        + size + " = " + hi + " they are " + Axis.number(last.program()) + " and " + Axis.number(last.backprop()) + ", the ratio " + Axis.number(last.ratio())
                        + ", the bound " + Axis.number(last.omega()) + ".");
    }

    private Costs.Line line(String name, Ink ink, boolean dashed, ToDoubleFunction<Point> value) {
        return new Costs.Line(name, ink, dashed, true, points.stream().mapToDouble(value).toArray());
    }
}
