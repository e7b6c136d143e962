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
import nad.print.Printer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "cost", description = "What P and backprop(P) cost, by operation and by statement.",
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
        pipe.stage("counting");
        if (json) answer(object(p, q));
        else out().print(text(p, q));
        return DONE;
    }

    private int symbolic(Pipeline pipe) throws Refusal {
        pipe.readAlone(options.file);
        Symbolic.Costs c = Symbolic.of(pipe, options, by, pipe.costModel(options.costModel, null));
        if (json) answer(SymbolicText.object(c));
        else out().print(SymbolicText.costs(c));
        return DONE;
    }

    private Map<String, Object> object(Program p, Program q) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", prices.name());
        out.put("program", counted(StaticCost.of(p)));
        out.put("backprop", counted(StaticCost.of(q)));
        return out;
    }

    private Map<String, Object> counted(Tally t) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("cost", Json.number(prices.cost(t)));
        out.put("tally", Facts.tally(t));
        return out;
    }

    private String text(Program p, Program q) {
        StringBuilder out = new StringBuilder();
        out.append(p.name()).append(Facts.sizes(p)).append(", cost model ").append(prices.name()).append("\n\n");
        out.append(byOperation(StaticCost.of(p), StaticCost.of(q))).append('\n');
        out.append(byStatement(p));
        return out.toString();
    }

    private String byOperation(Tally p, Tally q) {
        Table t = new Table("operation", ">P", ">backprop(P)");
        Map<String, Rational> mine = p.byName();
        Map<String, Rational> theirs = q.byName();
        TreeSet<String> names = new TreeSet<>(mine.keySet());
        names.addAll(theirs.keySet());
        for (String n : names) t.row(n, count(mine.get(n)), count(theirs.get(n)));
        t.rule();
        t.row("cost", Numbers.cost(prices.cost(p)), Numbers.cost(prices.cost(q)));
        Rational cost = prices.cost(p);
        t.row("ratio", "1", cost.sign() == 0 ? "–" : Numbers.ratio(prices.cost(q).over(cost)));
        return t.toString();
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
            t.row(Integer.toString(p.span(i).line()), s.length() <= 100 ? s : s.substring(0, 99) + "…", Numbers.cost(prices.cost(StaticCost.of(p, i))));
        }
        if (shown < p.length()) t.row("", "… " + (p.length() - shown) + " more (--all shows them)", "");
        return t.toString();
    }
}
