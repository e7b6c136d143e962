package nad.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.clarke.ClarkeElements;
import nad.clarke.ClarkeSet;
import nad.clarke.Comparison;
import nad.clarke.Contradictions;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "clarke", description = {"Clarke elements by LD-derivatives, by branch locking and by Khan and Barton's method, the whole Clarke set by enumeration; whether backprop's answer is in it.",
            "In exact rationals, unless --arithmetic says otherwise, or P leaves them or divides by 0: then the set is known up to a radius, which is told."},
        footer = {"", "Example:  nad clarke samples/clarke_failure.nad --at \"x=0\"", "          nad clarke samples/softplus.nad --at \"x=0\" --compare",
            "Exit status 1: backprop's answer is not in the Clarke set."})
final class ClarkeCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    RunOptions where;

    @Mixin
    GradientOptions by;

    @Mixin
    KinkOptions near;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the random direction that locks branches (${DEFAULT-VALUE}).")
    long lockingSeed;

    @Option(names = "--cells", paramLabel = "N", defaultValue = "" + ClarkeSet.STANDARD_LIMIT, description = "The most cells to enter for the set (${DEFAULT-VALUE}).")
    int cells;

    @Option(names = "--no-set", description = "Without the whole set.")
    boolean withoutSet;

    @Option(names = "--compare", description = "All conventions, random selections and nearby gradients too: is the answer an artefact of the text?")
    boolean compare;

    private Program p;
    private CostModel prices;
    private Map<String, Tensor> at;
    private Selections selections;
    private ClarkeElements answer;
    private Comparison comparison;
    private List<Contradictions.Contradiction> contradictions = List.of();

    @Override
    int execute(Pipeline pipe) throws Refusal {
        if (cells < 1) throw new Refusal(new Problem.BadOption(Span.NONE, "--cells", Integer.toString(cells), "a positive integer"));
        p = options.program(pipe, true);
        if (p.results().size() != 1 || p.results().getFirst().rank() > 0) throw new Refusal(new Problem.NoScalarResult(Span.NONE, p.name(), p.results().size()));
        by.refuseUnknown(p);
        prices = options.prices(pipe, p);
        selections = where.selections(pipe, p);
        boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--arithmetic");
        if (!chosen) where.arithmetic = Arithmetic.RATIONAL.text();
        if (where.arithmetic() != Arithmetic.RATIONAL && where.arithmetic() != Arithmetic.FLOAT64)
            throw new Refusal(new Problem.BadOption(Span.NONE, "--arithmetic", where.arithmetic, "rational or float64"));
        try {
            answer(pipe);
        } catch (Interpreter.Stopped e) {
            if (chosen || !(e.problem instanceof Problem.LeavesArithmetic || e.problem instanceof Problem.ExactDivisionByZero)) throw new Refusal(e.problem);
            inDoubles(pipe);
        }
        if (json) answer(ClarkeText.object(p, prices, where.arithmetic(), answer, comparison, contradictions, near.given(), pipe));
        else out().print(ClarkeText.text(p, prices, where.arithmetic(), answer, comparison, contradictions));
        return Boolean.FALSE.equals(answer.backpropInSet()) ? NO : DONE;
    }

    private void inDoubles(Pipeline pipe) throws Refusal {
        where.arithmetic = Arithmetic.FLOAT64.text();
        try {
            answer(pipe);
        } catch (Interpreter.Stopped e) {
            throw new Refusal(e.problem);
        }
    }

    /// The point as it was typed; random numbers are the doubles that they are.
    private Map<String, Tensor> exactly(Pipeline pipe) throws Refusal {
        boolean fractions = where.arithmetic() == Arithmetic.RATIONAL || where.seed != null;
        return fractions ? at : pipe.inputs(p, Arithmetic.ENCLOSED, where.at, where.files, where.seed);
    }

    private void answer(Pipeline pipe) throws Refusal, Interpreter.Stopped {
        Arithmetic a = where.arithmetic();
        at = pipe.inputs(p, a, where.at, where.files, where.seed);
        pipe.stage("looking for Clarke elements");
        List<Problem> problems = new ArrayList<>();
        answer = ClarkeElements.of(p, by.wrt, at, exactly(pipe), a, selections, lockingSeed, withoutSet ? 0 : cells, near.tolerance(where), problems);
        if (answer == null) throw new Refusal(problems);
        if (compare) {
            pipe.stage("comparing");
            comparison = Comparison.of(p, by.wrt, at, a, selections, answer.set(), lockingSeed, problems);
            contradictions = Contradictions.of(p, by.wrt, at, a, selections, problems);
        }
        problems.forEach(pipe::warn);
    }
}
