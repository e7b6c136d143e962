package nad.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Tally;
import nad.dictionary.Tangents;
import nad.print.Printer;
import nad.tensor.Shapes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "cost", description = "What P, backprop(P) and p tangents of P cost, by operation and by statement.",
        footer = {"", "Example:  nad cost samples/mlp.nad --cost-model weighted"})
final class CostCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    GradientOptions by;

    @Option(names = "--all", description = "Print every statement, however many.")
    boolean all;

    @Option(names = "--symbolic", description = "As polynomials in the sizes that no --size fixes, and in c, the cost of an elementary function.")
    boolean symbolic;

    private CostModel prices;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        if (symbolic) return symbolic(pipe);
        Program p = options.program(pipe, true);
        prices = options.prices(pipe, p);
        Program q = pipe.backprop(p, by);
        Forward f = forward(pipe, p);
        pipe.stage("counting");
        if (json) answer(object(p, q, f));
        else out().print(text(p, q, f));
        return DONE;
    }

    /// The tangent program along as many directions as the differentiated parameters have entries: what a gradient costs
    /// without backprop. Its cost is affine in the number of directions, so it is known from one direction and two.
    private record Forward(long directions, Rational cost, Map<String, Rational> tally) {}

    private Forward forward(Pipeline pipe, Program p) throws Refusal {
        long k = p.parameters().stream().filter(by::includes).mapToLong(x -> Shapes.size(x.shape())).sum();
        Tally one = StaticCost.of(pipe.forprop(p, by, 1, Tangents.Way.SELECTION));
        Tally two = StaticCost.of(pipe.forprop(p, by, 2, Tangents.Way.SELECTION));
        Map<String, Rational> tally = new LinkedHashMap<>();
        Map<String, Rational> first = one.byName();
        two.byName().forEach((name, n) -> tally.put(name, along(k, first.getOrDefault(name, Rational.ZERO), n)));
        return new Forward(k, along(k, prices.cost(one), prices.cost(two)), tally);
    }

    private static Rational along(long k, Rational one, Rational two) {
        return one.plus(two.minus(one).times(Rational.of(k - 1)));
    }

    private int symbolic(Pipeline pipe) throws Refusal {
        pipe.readAlone(options.file);
        Symbolic.Costs c = Symbolic.costs(pipe, options, by, options.ownPrices(pipe));
        if (json) answer(SymbolicText.object(c));
        else out().print(SymbolicText.costs(c));
        return DONE;
    }

    private Map<String, Object> object(Program p, Program q, Forward f) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", prices.name());
        out.put("program", counted(StaticCost.of(p)));
        out.put("backprop", counted(StaticCost.of(q)));
        Map<String, Object> forprop = new LinkedHashMap<>();
        forprop.put("directions", f.directions);
        forprop.put("cost", Json.number(f.cost));
        out.put("forprop", forprop);
        return out;
    }

    private Map<String, Object> counted(Tally t) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("cost", Json.number(prices.cost(t)));
        out.put("tally", Facts.tally(t));
        return out;
    }

    private String text(Program p, Program q, Forward f) {
        StringBuilder out = new StringBuilder();
        out.append(p.name()).append(Facts.sizes(p)).append(", cost model ").append(prices.name()).append("\n\n");
        out.append(byOperation(StaticCost.of(p), StaticCost.of(q), f)).append('\n');
        out.append(byStatement(p));
        return out.toString();
    }

    private String byOperation(Tally p, Tally q, Forward f) {
        Table t = new Table("operation", ">P", ">backprop(P)", ">" + f.directions + (f.directions == 1 ? " tangent" : " tangents"));
        Map<String, Rational> mine = p.byName();
        Map<String, Rational> theirs = q.byName();
        TreeSet<String> names = new TreeSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        names.addAll(f.tally.keySet());
        for (String n : names) t.row(n, count(mine.get(n)), count(theirs.get(n)), count(f.tally.get(n)));
        t.rule();
        Rational cost = prices.cost(p);
        t.row("cost", Numbers.cost(cost), Numbers.cost(prices.cost(q)), Numbers.cost(f.cost));
        t.row("ratio", "1", ratio(prices.cost(q), cost), ratio(f.cost, cost));
        return t.toString();
    }

    private static String ratio(Rational of, Rational cost) {
        return cost.sign() == 0 ? "–" : Numbers.ratio(of.over(cost));
    }

    private static String count(Rational n) {
        return n == null ? "" : Numbers.cost(n);
    }

    private String byStatement(Program p) {
        Table t = new Table(">line", "statement", ">cost");
        IntFunction<String> text = Printer.statements(p);
        int shown = all ? p.length() : Math.min(p.length(), 60);
        for (int i = 0; i < shown; i++) {
            String s = text.apply(i);
            t.row(p.lines(i), s.length() <= 100 ? s : s.substring(0, 99) + "…", Numbers.cost(prices.cost(StaticCost.of(p, i))));
        }
        if (shown < p.length()) t.row("", "… " + (p.length() - shown) + " more (--all shows them)", "");
        return t.toString();
    }
}
