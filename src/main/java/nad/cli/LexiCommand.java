package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.check.Constants;
import nad.clarke.Lipschitz;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Tangents;
import nad.lexi.Directions;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "lexi", description = "The LD-derivative F'(x; M) and the lexicographic subgradient, an element of the Clarke subdifferential.",
        footer = {"", "Example:  nad lexi samples/clarke_failure.nad --at \"x=0\"", "          nad lexi samples/corners.nad --program positive_both --at \"x=0, y=0\" --directions \"[[0,1],[1,1]]\""})
final class LexiCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    RunOptions where;

    @Mixin
    GradientOptions by;

    @Option(names = "--directions", paramLabel = "\"[[1,0],[1,1]]\"",
            description = "The rows m_1, m_2, … over the differentiated parameters in order; else the identity.")
    String directions;

    private Program p;
    private Run run;
    private Directions m;
    private Map<String, Tensor> gradient;
    /// A statement of P that may not be locally Lipschitz at the point, so that nothing is claimed; else −1.
    private int violated;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        p = options.program(pipe, true);
        CostModel prices = options.prices(pipe, p);
        m = directions(pipe);
        Program q = pipe.forprop(p, by, m.count(), Tangents.Way.LEXICOGRAPHIC);
        run = run(pipe, q);
        gradient = scalar() ? gradient() : Map.of();
        Rational costP = prices.cost(StaticCost.of(p));
        Rational costQ = prices.cost(run.tally());
        if (json) answer(object(prices, costP, costQ, pipe));
        else text(prices, costP, costQ);
        return DONE;
    }

    private Directions directions(Pipeline pipe) throws Refusal {
        List<Problem> problems = new ArrayList<>();
        Directions out = directions == null ? Directions.identity(p, by.wrt, problems) : Directions.of(p, by.wrt, rows(pipe), problems);
        if (out == null) throw new Refusal(problems);
        return out;
    }

    private Rational[][] rows(Pipeline pipe) throws Refusal {
        List<Problem> problems = new ArrayList<>();
        List<Constants.Setting> settings = Constants.read(new Source("--directions", "M = " + directions), pipe.checker().items(), p.sizes(), problems);
        if (settings == null || !problems.isEmpty()) throw new Refusal(problems);
        Operand.Constant c = settings.getFirst().value();
        if (c == null || c.rank() != 2 || settings.size() > 1)
            throw new Refusal(new Problem.BadOption(Span.NONE, "--directions", directions, "a list of rows, as in [[1, 0], [1, 1]]"));
        Rational[][] rows = new Rational[c.shape()[0]][c.shape()[1]];
        for (int j = 0; j < rows.length; j++)
            for (int k = 0; k < rows[j].length; k++) rows[j][k] = c.at(0, j).get(k) instanceof Rational r ? r : Rational.of(c.at(0, j).get(k).toDouble());
        return rows;
    }

    private Run run(Pipeline pipe, Program q) throws Refusal {
        Map<String, Tensor> inputs = new LinkedHashMap<>(pipe.inputs(p, where.arithmetic(), where.at, where.files, where.seed));
        violated = violated(inputs);
        m.tangents(q).forEach((name, entries) -> inputs.put(name, Tensor.of(shape(q, name), (Quantity[]) entries)));
        return pipe.run(q, inputs, where.arithmetic(), where.selections(pipe, p), where.strict);
    }

    private int violated(Map<String, Tensor> inputs) throws Refusal {
        try {
            return new Lipschitz(p, Activity.wrt(p, by.wrt, new ArrayList<>())).violatedAt(inputs, where.arithmetic());
        } catch (Interpreter.Stopped stopped) {
            throw new Refusal(stopped.problem);
        }
    }

    private static int[] shape(Program q, String parameter) {
        for (Program.Parameter x : q.parameters()) if (x.name().equals(parameter)) return x.shape();
        throw new IllegalStateException(parameter);
    }

    private boolean scalar() {
        return p.results().size() == 1 && p.results().getFirst().rank() == 0;
    }

    /// What lies behind P's own results: for each the derivative along each direction.
    private List<Tensor> derivatives() {
        return run.results().subList(p.results().size(), run.results().size());
    }

    private Map<String, Tensor> gradient() {
        Tensor row = derivatives().getFirst();
        Quantity[] r = new Quantity[row.size()];
        for (int k = 0; k < r.length; k++) r[k] = row.get(k);
        Map<String, Tensor> out = new LinkedHashMap<>();
        m.subgradient(r).forEach((name, g) -> out.put(name, Tensor.of(shape(p, name), g)));
        return out;
    }

    private boolean isFinite() throws Refusal {
        for (Tensor t : gradient.values())
            for (int k = 0; k < t.size(); k++) if (where.arithmetic() != Arithmetic.RATIONAL && !Double.isFinite(t.get(k).toDouble())) return false;
        return true;
    }

    private Map<String, Object> object(CostModel prices, Rational costP, Rational costQ, Pipeline pipe) throws Refusal {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("arithmetic", where.arithmetic().text());
        out.put("result", RunCommand.result(run.results().subList(0, p.results().size())));
        List<List<Object>> rows = new ArrayList<>();
        for (Rational[] row : m.rows()) {
            List<Object> r = new ArrayList<>();
            for (Rational x : row) r.add(where.arithmetic() == Arithmetic.RATIONAL ? x : Json.number(x));
            rows.add(r);
        }
        out.put("directions", rows);
        out.put("derivative", RunCommand.result(derivatives()));
        out.put("gradient", gradient);
        out.put("subgradient", gradient.isEmpty() ? null : violated < 0 && isFinite() && assuming().isEmpty());
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("model", prices.name());
        cost.put("program", Json.number(costP));
        cost.put("lexi", Json.number(costQ));
        out.put("cost", cost);
        out.put("warnings", Json.problems(pipe.warnings()));
        return out;
    }

    private void text(CostModel prices, Rational costP, Rational costQ) throws Refusal {
        Arithmetic a = where.arithmetic();
        for (Tensor t : run.results().subList(0, p.results().size())) out().println("result      " + Numbers.text(t, a));
        for (Tensor t : derivatives()) out().println("derivative  " + Numbers.text(t, a) + (directions == null ? " along the unit vectors" : " along the rows of " + directions));
        gradient.forEach((name, t) -> out().println("gradient    " + name + " = " + Numbers.text(t, a)));
        if (!gradient.isEmpty()) out().println("            " + (violated >= 0 && isFinite() ? "not known to be a subgradient: `" + p.operation(violated).name
                + "` in the statement of `" + p.name(p.target(violated)) + "` (" + p.where(violated) + ") may not be locally Lipschitz here"
                : isFinite() ? "a lexicographic subgradient: an element of the Clarke subdifferential" + assuming()
                : "no subgradient: it is not finite, as `" + p.name() + "` is not locally Lipschitz here"));
        out().println("cost        " + p.name() + " " + Numbers.cost(costP) + ", along " + m.count() + (m.count() == 1 ? " direction " : " directions ")
                + Numbers.cost(costQ) + (costP.sign() == 0 ? "" : ", ratio " + Numbers.ratio(costQ.over(costP))) + " (" + prices.name() + ")");
    }

    private String assuming() {
        for (int i = 0; i < p.length(); i++)
            if (p.operation(i) != null && p.operation(i).assumedSmooth) return ", if nothing inside the pieces of `" + p.operation(i).name + "` is at a kink";
        return "";
    }
}
