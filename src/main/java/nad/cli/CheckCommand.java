package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.bound.Omegas;
import nad.check.Checker;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Span;
import nad.tensor.Shapes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Reads and checks a program: inputs, results, statements, cost, ω, and whether it is path differentiable.",
        footer = {"", "Example:  nad check samples/mlp.nad --size h=32", "          nad check samples/*.nad   (one answer each)"})
final class CheckCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FILE", description = "More files: one answer each, and the worst exit status.")
    List<String> more = List.of();

    @Override
    List<String> several() {
        return ProgramOptions.several(options.file, more);
    }

    @Override
    void about(String file) {
        options.file = file;
    }

    @Override
    int execute(Pipeline pipe) throws Refusal {
        Program p = options.program(pipe, true);
        pipe.checkOthers(options.program, new Checker.Options(options.sizes(), options.limit, false));
        CostModel prices = options.prices(pipe, p);
        Rational cost = prices.cost(StaticCost.of(p));
        List<Problem> reasons = Backprop.refusals(p, null);
        Rational omega = Omegas.largest(p, prices);
        String open = reasons.isEmpty() ? undecided(p, pipe) : null;
        if (json) answer(object(p, cost, omega, reasons, open, pipe));
        else out().print(text(p, prices, cost, omega, reasons, open));
        return DONE;
    }

    /// A declared function of the program that may jump, for all that could be found out; null where there is none.
    private static String undecided(Program p, Pipeline pipe) {
        for (Problem x : pipe.warnings())
            if (x instanceof Problem.JumpUndecided j)
                for (int i = 0; i < p.length(); i++) if (p.operation(i) != null && p.operation(i).declared != null && p.operation(i).declared.name().equals(j.function())) return j.function();
        return null;
    }

    private static Map<String, Object> object(Program p, Rational cost, Rational omega, List<Problem> reasons, String open, Pipeline pipe) {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Program.Parameter x : p.parameters()) {
            Map<String, Object> input = new LinkedHashMap<>();
            input.put("name", x.name());
            input.put("shape", x.shape());
            input.put("data", x.data());
            inputs.add(input);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("inputs", inputs);
        out.put("results", p.results().stream().map(Operand::shape).toList());
        out.put("statements", p.length());
        out.put("cost", Json.number(cost));
        out.put("omega", Json.number(omega));
        out.put("path_differentiable", open == null ? reasons.isEmpty() : null);
        out.put("reasons", reasons.stream().map(CheckCommand::reason).toList());
        out.put("warnings", Json.problems(pipe.warnings()));
        return out;
    }

    private static String reason(Problem p) {
        return (p.at() == Span.NONE ? "" : "line " + p.at().line() + ", column " + p.at().column() + ": ") + Report.message(p);
    }

    private static String text(Program p, CostModel prices, Rational cost, Rational omega, List<Problem> reasons, String open) {
        StringBuilder out = new StringBuilder();
        out.append("program      ").append(p.name()).append(Facts.sizes(p)).append('\n');
        out.append("inputs       ").append(p.parameters().stream().map(CheckCommand::input).collect(Collectors.joining(", "))).append('\n');
        out.append("results      ").append(p.results().stream().map(r -> Shapes.text(r.shape())).collect(Collectors.joining(", "))).append('\n');
        out.append("statements   ").append(p.length()).append('\n');
        out.append("cost         ").append(Numbers.cost(cost)).append(" (").append(prices.name()).append("): ").append(Numbers.tally(StaticCost.of(p))).append('\n');
        out.append("omega        ").append(Numbers.ratio(omega)).append('\n');
        out.append("path differentiable   ").append(open != null ? "not decided: `" + open + "` may jump" : reasons.isEmpty() ? "yes" : "no").append('\n');
        for (Problem r : reasons) out.append("  ").append(reason(r)).append('\n');
        return out.toString();
    }

    private static String input(Program.Parameter x) {
        return (x.data() ? "data " : "") + x.name() + ": " + Shapes.text(x.shape());
    }
}
