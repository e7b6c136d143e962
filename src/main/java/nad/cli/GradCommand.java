package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.bound.Omegas;
import nad.clarke.Contradictions;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Tally;
import nad.report.Problem;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "grad", description = "Runs backprop(P): the result, the gradient by each parameter, the kinks met, the operations executed, and the bound.",
        footer = {"", "Example:  nad grad samples/mlp.nad --random 1 --wrt b1,b2", "          nad grad samples/clarke_failure.nad --at \"x=0\" --kink relu=0.5",
            "          nad grad samples/rounding.nad --program threshold --at \"x=0.1\" --kink-tolerance 1e-12",
            "          nad grad samples/rounding.nad --at \"w=[1,-3]\" --box \"x=[0.2,1]\"   (no kink for any x from 0.2 to 1?)",
            "Exit status 1: with --box, no proof."})
final class GradCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    RunOptions where;

    @Mixin
    EngineOptions means;

    @Mixin
    GradientOptions by;

    @Mixin
    KinkOptions near;

    @Mixin
    BoxOptions box;

    @Option(names = "--kinks", description = "Print the kinks only.")
    boolean kinksOnly;

    private Program p;
    private CostModel prices;
    private Run run;
    private Map<String, Tensor> within;
    private Map<String, Tensor> gradient;
    private Tally forward;
    private Rational costP;
    private Rational costQ;
    private Rational omega;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        p = options.program(pipe, true);
        prices = options.prices(pipe, p);
        Program q = pipe.backprop(p, by);
        if (box.given()) return prove(pipe, q);
        means.requireSense(where, near.tolerance(where));
        Map<String, Tensor> inputs = means.inputs(pipe, q, where);
        run = means.run(pipe, q, where, inputs, near.tolerance(where));
        if (!means.compiled() && !means.batch)
            Contradictions.told(p, by.wrt, inputs, where.arithmetic(), where.selections(pipe, p), run.kinks()).forEach(pipe::warn);
        answer(pipe);
        return DONE;
    }

    /// Whether the box has a kink is asked in intervals; where an operation leaves them it is not decided.
    private int prove(Pipeline pipe, Program q) throws Refusal {
        within = box.inputs(pipe, q, by, where, means, near, spec.commandLine().getParseResult().hasMatchedOption("--arithmetic"));
        try {
            run = pipe.run(q, within, where.arithmetic(), where.selections(pipe, p), where.strict);
        } catch (Refusal r) {
            if (!(r.problems.getFirst() instanceof Problem.LeavesArithmetic l)) throw r;
            pipe.warn(new Problem.Undecided(l.at(), l.function(), "they have no rule for it", ""));
            if (json) answer(unproved(pipe));
            else verdict(pipe);
            return NO;
        }
        answer(pipe);
        return classical(run) ? DONE : NO;
    }

    private void answer(Pipeline pipe) throws Refusal {
        gradient = gradient();
        forward = run.forwardTally();
        costP = prices.cost(forward);
        costQ = prices.cost(run.tally());
        omega = Omegas.largest(p, prices);
        if (json) answer(object(pipe));
        else text(pipe);
    }

    /// The results behind P's own are the gradients, in the order of the parameters.
    private Map<String, Tensor> gradient() {
        Map<String, Tensor> out = new LinkedHashMap<>();
        int k = p.results().size();
        for (Program.Parameter x : p.parameters())
            if (by.includes(x)) out.put(x.name(), run.results().get(k++));
        return out;
    }

    private Map<String, Object> head() throws Refusal {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("arithmetic", where.arithmetic().text());
        if (box.given()) out.put("box", within);
        return out;
    }

    private Map<String, Object> unproved(Pipeline pipe) throws Refusal {
        Map<String, Object> out = head();
        out.put("proved", false);
        out.put("warnings", Json.problems(pipe.warnings()));
        return out;
    }

    private Map<String, Object> object(Pipeline pipe) throws Refusal {
        Map<String, Object> out = head();
        out.put("result", RunCommand.result(run.results().subList(0, p.results().size())));
        out.put("gradient", gradient);
        out.put("classical", run.kinks() == null || undecided(run) ? null : classical(run));
        out.put("kinks", run.kinks() == null ? null : run.kinks().stream().map(m -> KinkText.object(p, m)).toList());
        if (near.given()) out.put("near_kinks", run.near().stream().map(m -> KinkText.object(p, m)).toList());
        if (box.given()) out.put("proved", classical(run));
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

    /// Whether all that stands against a classical gradient are kinks that are not decided.
    static boolean undecided(Run run) {
        return !run.kinks().isEmpty() && run.warnings().isEmpty() && run.kinks().stream().allMatch(m -> m.kink().undecided());
    }

    private void box() throws Refusal {
        within.forEach((name, t) -> out().println("box       " + name + " = " + Numbers.text(t, Arithmetic.INTERVAL)));
    }

    private void verdict(Pipeline pipe) throws Refusal {
        if (run == null) box();
        int kinks = run == null ? 0 : run.kinks().size();
        long undecided = pipe.warnings().stream().filter(x -> x instanceof Problem.Undecided).count();
        List<String> open = new ArrayList<>();
        if (kinks > 0) open.add(kinks + (kinks == 1 ? " statement" : " statements") + " may be at a kink in the box");
        if (undecided > 0) open.add("intervals do not decide " + undecided + (undecided == 1 ? " statement" : " statements"));
        if (run != null && classical(run)) out().println("verdict   proved: no kink in the box; `" + p.name() + "` is differentiable on all of it" + (kinksOnly ? "" : ", and its gradient lies in these intervals"));
        else out().println("verdict   not proved: " + String.join("; ", open));
    }

    private void text(Pipeline pipe) throws Refusal {
        Arithmetic a = where.arithmetic();
        if (!kinksOnly) {
            if (box.given()) box();
            for (Tensor t : run.results().subList(0, p.results().size())) out().println("result    " + Numbers.text(t, a));
            gradient.forEach((name, t) -> out().println("gradient  " + name + " = " + Numbers.text(t, a)));
        }
        if (run.kinks() == null) out().println("kinks     not looked for by the compiled engine");
        else if (!box.given() && run.kinks().isEmpty()) out().println("kinks     none" + (classical(run) ? ": this is the classical gradient" : ""));
        else for (Run.Met m : run.kinks()) out().println("kink      " + KinkText.of(p, m, a));
        for (Run.Met m : run.near()) out().println("near kink " + KinkText.of(p, m, a));
        if (box.given()) verdict(pipe);
        if (kinksOnly) return;
        String ratio = costP.sign() == 0 ? "" : ", ratio " + Numbers.ratio(costQ.over(costP));
        out().println("cost      " + p.name() + " " + Numbers.cost(costP) + ", backprop(" + p.name() + ") " + Numbers.cost(costQ) + ratio
                + " <= omega " + Numbers.ratio(omega) + " (" + prices.name() + ")");
        out().println("tally     " + p.name() + ": " + Numbers.tally(forward));
        out().println("          backprop(" + p.name() + "): " + Numbers.tally(run.tally()));
    }
}
