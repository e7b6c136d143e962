package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.bound.Omegas;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Kink;
import nad.dictionary.Tally;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "grad", description = "Runs backprop(P): the result, the gradient by each parameter, the kinks met, the operations executed, and the bound.",
        footer = {"", "Example:  nad grad samples/mlp.nad --random 1 --wrt b1,b2", "          nad grad samples/clarke_failure.nad --at \"x=0\" --kink relu=0.5"})
final class GradCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    RunOptions where;

    @Mixin
    EngineOptions means;

    @Mixin
    GradientOptions by;

    @Option(names = "--kinks", description = "Print the kinks only.")
    boolean kinksOnly;

    private Program p;
    private CostModel prices;
    private Run run;
    private Map<String, Tensor> gradient;
    private Tally forward;
    private Rational costP;
    private Rational costQ;
    private Rational omega;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        p = options.program(pipe, true);
        prices = options.prices(pipe, p);
        run = means.run(pipe, pipe.backprop(p, by), where);
        gradient = gradient();
        forward = run.forwardTally();
        costP = prices.cost(forward);
        costQ = prices.cost(run.tally());
        omega = Omegas.largest(p, prices);
        if (json) answer(object(pipe));
        else text();
        return DONE;
    }

    /// The results behind P's own are the gradients, in the order of the parameters.
    private Map<String, Tensor> gradient() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        int k = p.results().size();
        for (Program.Parameter x : p.parameters())
            if (by.includes(x)) out.put(x.name(), run.results().get(k++));
        return out;
    }

    private Map<String, Object> object(Pipeline pipe) throws Refusal {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("arithmetic", where.arithmetic().text());
        out.put("result", RunCommand.result(run.results().subList(0, p.results().size())));
        out.put("gradient", gradient);
        out.put("classical", run.kinks() == null ? null : classical(run));
        out.put("kinks", run.kinks() == null ? null : run.kinks().stream().map(this::kink).toList());
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("model", prices.name());
        cost.put("program", Json.number(costP));
        cost.put("backprop", Json.number(costQ));
        cost.put("ratio", costP.sign() == 0 ? null : Json.number(costQ.over(costP)));
        cost.put("omega", Json.number(omega));
        out.put("cost", cost);
        Map<String, Object> tally = new LinkedHashMap<>();
        tally.put("program", Facts.tally(forward));
        tally.put("backprop", Facts.tally(run.tally()));
        out.put("tally", tally);
        out.put("warnings", Json.problems(pipe.warnings()));
        return out;
    }

    /// No kink was met, and no derivative was missing.
    static boolean classical(Run run) {
        return run.kinks().isEmpty() && run.warnings().isEmpty();
    }

    private Map<String, Object> kink(Run.Met m) {
        Kink k = m.kink();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("statement", p.name(p.target(m.instruction())));
        out.put("line", p.span(m.instruction()).line());
        out.put("column", p.span(m.instruction()).column());
        out.put("operation", p.operation(m.instruction()).name);
        out.put("arguments", m.arguments());
        out.put("selected", k.selected());
        List<List<Quantity>> clarke = new ArrayList<>();
        for (Quantity[] c : k.clarke()) clarke.add(List.of(c));
        out.put("clarke", clarke);
        out.put("set", k.set());
        if (!k.ties().isEmpty()) out.put("ties", k.ties().stream().map(t -> t + 1).toList());
        if (m.sample() > 0) out.put("sample", m.sample());
        if (m.sample() > 0 || m.index().length > 0) out.put("entries", m.entries());
        if (m.index().length > 0) out.put("index", m.index());
        return out;
    }

    private void text() throws Refusal {
        Arithmetic a = where.arithmetic();
        if (!kinksOnly) {
            for (Tensor t : run.results().subList(0, p.results().size())) out().println("result    " + Numbers.text(t, a));
            gradient.forEach((name, t) -> out().println("gradient  " + name + " = " + Numbers.text(t, a)));
        }
        if (run.kinks() == null) out().println("kinks     not looked for by the compiled engine");
        else if (run.kinks().isEmpty()) out().println("kinks     none" + (classical(run) ? ": this is the classical gradient" : ""));
        else for (Run.Met m : run.kinks()) out().println("kink      " + KinkText.of(p, m, a));
        if (kinksOnly) return;
        String ratio = costP.sign() == 0 ? "" : ", ratio " + Numbers.ratio(costQ.over(costP));
        out().println("cost      " + p.name() + " " + Numbers.cost(costP) + ", backprop(" + p.name() + ") " + Numbers.cost(costQ) + ratio
                + " <= omega " + Numbers.ratio(omega) + " (" + prices.name() + ")");
        out().println("tally     " + p.name() + ": " + Numbers.tally(forward));
        out().println("          backprop(" + p.name() + "): " + Numbers.tally(run.tally()));
    }
}
