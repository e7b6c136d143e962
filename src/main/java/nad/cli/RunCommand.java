package nad.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.run.Run;
import nad.run.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "run", description = "Runs P: its result, the operations that were executed, their cost.",
        footer = {"", "Example:  nad run samples/rosenbrock.nad --size n=4 --at \"x=[1, 2, 3, 4]\"",
            "          nad run samples/mlp.nad --random 1 --engine compiled --profile"})
final class RunCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    RunOptions where;

    @Mixin
    EngineOptions means;

    @Option(names = "--profile", description = "Also the time, the operations and the GFLOP/s of each statement, the dearest first.")
    boolean profile;

    private Profile measured;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        if (profile) means.requireOneEvaluation();
        Program p = options.program(pipe);
        CostModel prices = options.prices(pipe, p);
        Run run = means.run(pipe, p, where);
        if (profile) measured = means.profile(pipe, p, where);
        Rational cost = prices.cost(run.tally());
        if (json) answer(object(p, prices, run, cost, pipe));
        else text(prices, run, cost);
        return DONE;
    }

    private Map<String, Object> object(Program p, CostModel prices, Run run, Rational cost, Pipeline pipe) throws Refusal {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("arithmetic", where.arithmetic().text());
        out.put("result", result(run.results()));
        Map<String, Object> costs = new LinkedHashMap<>();
        costs.put("model", prices.name());
        costs.put("program", Json.number(cost));
        out.put("cost", costs);
        out.put("tally", Map.of("program", Facts.tally(run.tally())));
        if (measured != null) out.put("profile", measured.object());
        out.put("warnings", Json.problems(pipe.warnings()));
        return out;
    }

    static Object result(List<Tensor> results) {
        return results.size() == 1 ? results.getFirst() : results;
    }

    private void text(CostModel prices, Run run, Rational cost) throws Refusal {
        Arithmetic a = where.arithmetic();
        for (Tensor t : run.results()) out().println("result  " + Numbers.text(t, a));
        out().println("cost    " + Numbers.cost(cost) + " (" + prices.name() + ")");
        out().println("tally   " + Numbers.tally(run.tally()));
        if (measured != null) out().print(measured.table());
    }
}
