package nad.data;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.check.Constants;
import nad.check.Items;
import nad.core.Operand;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// [box-input] The box of `--box`, an interval for each entry of each parameter: `x=[1, 2]` from 1 to 2, for all entries of a tensor or,
/// with one pair for each, entry by entry; `x=0.1` by so much around its value; `0.1` the same for all that are differentiated
/// by. What no box names is the point that it is given as.
public final class Boxes {
    private static final String OPTION = "--box";

    private final Program p;
    private final List<Problem> problems;
    private final Map<String, Span> set = new HashMap<>();
    private final Map<String, Tensor> ends = new LinkedHashMap<>();
    private final Map<String, Rational> radii = new LinkedHashMap<>();
    private Rational radius;

    private Boxes(Program p, List<Problem> problems) {
        this.p = p;
        this.problems = problems;
    }

    /// A tensor of intervals for each parameter, in the program's order, or null where problems were added.
    ///
    /// @param by the parameters that a radius without a name is for
    /// @param at, files, seed as [Inputs#gather] takes them; parameters whose ends are given need no value
    public static Map<String, Tensor> gather(Program p, Items scope, List<String> box, List<String> by, List<String> at, List<String> files, InputStream standardInput, Long seed,
            List<Problem> problems) {
        int before = problems.size();
        Boxes b = new Boxes(p, problems);
        for (String text : box) b.read(text, scope);
        if (problems.subList(before, problems.size()).stream().anyMatch(x -> !x.isWarning())) return null;
        Map<String, Tensor> points = Inputs.gatherAround(p, scope, b.ends, at, files, standardInput, seed, problems);
        return points == null ? null : b.around(points, by);
    }

    private void read(String text, Items scope) {
        boolean named = text.contains("=");
        List<Constants.Setting> settings = Constants.read(new Source(OPTION, named ? text : "radius = " + text), scope, p.sizes(), problems);
        if (settings == null) return;
        for (Constants.Setting s : settings) {
            if (named) setting(s);
            else if (s.value() != null) radius = radius(s);
        }
    }

    private void setting(Constants.Setting s) {
        Span first = set.putIfAbsent(s.name(), s.nameAt());
        Program.Parameter q = p.parameters().stream().filter(x -> x.name().equals(s.name())).findFirst().orElse(null);
        if (first != null) problems.add(new Problem.DefinedTwice(s.nameAt(), s.name(), first));
        else if (q == null) problems.add(new Problem.UnknownInput(s.nameAt(), s.name(), p.parameters().stream().map(Program.Parameter::name).toList()));
        else if (s.value() == null) return;
        else if (s.value().rank() == 0) radii.put(q.name(), radius(s));
        else ends.put(q.name(), ends(q, s));
    }

    private Rational radius(Constants.Setting s) {
        if (s.value().rank() == 0 && s.value().get(0) instanceof Rational r && r.sign() >= 0) return r;
        if (s.value().rank() == 0 && s.value().get(0).toDouble() >= 0) return Rational.of(Math.nextUp(s.value().get(0).toDouble()));
        problems.add(new Problem.BadOption(s.valueAt(), OPTION, s.valueAt().source().text().substring(s.valueAt().begin(), s.valueAt().end()), "a radius of at least 0, or ends as in x=[1, 2]"));
        return Rational.ZERO;
    }

    private Tensor ends(Program.Parameter q, Constants.Setting s) {
        int[] pair = {2};
        int[] each = Shapes.concat(q.shape(), pair);
        Operand.Constant c = s.value();
        if (!Arrays.equals(c.shape(), pair) && !Arrays.equals(c.shape(), each)) {
            problems.add(new Problem.InputShape(s.valueAt(), q.name(), "a radius, " + Shapes.text(pair) + " with its ends"
                    + (q.shape().length == 0 ? "" : ", or " + Shapes.text(each) + " with those of each entry"), Shapes.text(c.shape())));
            return null;
        }
        Quantity[] out = new Quantity[Shapes.size(q.shape())];
        for (int k = 0; k < out.length; k++) {
            int from = c.rank() == 1 ? 0 : 2 * k;
            out[k] = interval(c.get(from), c.get(from + 1));
            if (out[k] != null) continue;
            problems.add(new Problem.BadInput(s.valueAt(), "the box of `" + q.name() + "`", "its lower end " + text(c.get(from)) + " is above its upper end " + text(c.get(from + 1))));
            return null;
        }
        return Tensor.of(q.shape(), out);
    }

    private static String text(Quantity q) {
        return q instanceof Rational r ? r.toString() : Double.toString(q.toDouble());
    }

    /// Rounded outward; null where the lower end is above the upper one.
    private static Interval interval(Quantity lo, Quantity hi) {
        double from = lo instanceof Rational r ? Interval.enclosing(r).lo() : Math.nextDown(lo.toDouble());
        double to = hi instanceof Rational r ? Interval.enclosing(r).hi() : Math.nextUp(hi.toDouble());
        boolean ordered = lo instanceof Rational a && hi instanceof Rational b ? a.compareTo(b) <= 0 : from <= to;
        return ordered ? new Interval(from, to) : null;
    }

    private Map<String, Tensor> around(Map<String, Tensor> points, List<String> by) {
        Map<String, Tensor> out = new LinkedHashMap<>(points);
        points.forEach((name, t) -> {
            Rational r = radii.getOrDefault(name, by.contains(name) ? radius : null);
            if (r == null || ends.containsKey(name)) return;
            List<Quantity> wide = new ArrayList<>();
            for (int k = 0; k < t.size(); k++) {
                Interval x = (Interval) t.get(k);
                wide.add(interval(Rational.of(x.lo()).minus(r), Rational.of(x.hi()).plus(r)));
            }
            out.put(name, Tensor.of(t.shape(), wide.toArray(Quantity[]::new)));
        });
        return out;
    }
}
