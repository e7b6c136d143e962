package nad.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import nad.check.Files;
import nad.dictionary.CostModel;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Span;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every command has in common: how it speaks, and how it fails.
abstract class NadCommand implements Callable<Integer> {
    static final int DONE = 0;
    static final int NO = 1;
    static final int BAD_INPUT = 2;
    static final int FAULT = 3;
    /// As a shell says it of Ctrl-C.
    static final int INTERRUPTED = 130;

    @Spec
    CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    @Option(names = "--json", description = "Answer with one JSON object.")
    boolean json;

    @Option(names = "--quiet", description = "No warnings.")
    boolean quiet;

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", description = "auto, always or never (NO_COLOR is honoured).")
    String color;

    @Option(names = "--trace", description = "With a fault of NAD itself, print where in its code it happened.")
    boolean trace;

    private Pipeline pipe;

    /// Does the work; the answer goes to [#out].
    abstract int execute(Pipeline pipe) throws Refusal;

    @Override
    public final Integer call() {
        pipe = new Pipeline(files());
        try {
            if (!List.of("auto", "always", "never").contains(color))
                throw new Refusal(new Problem.BadOption(Span.NONE, "--color", color, "auto, always or never"));
            int status = execute(pipe);
            if (!json && !quiet) {
                noteOptimized();
                tell(pipe.warnings());
            }
            return status;
        } catch (Refusal r) {
            return refuse(r.problems);
        } catch (OutOfMemoryError e) {
            return refuse(List.of(new Problem.OutOfMemory(Span.NONE, pipe.stage())));
        } catch (CancellationException e) {
            spec.commandLine().getErr().println("interrupted while " + pipe.stage());
            return INTERRUPTED;
        } catch (RuntimeException | StackOverflowError e) {
            return fault(pipe.stage(), e);
        } finally {
            out().flush();
        }
    }

    private void noteOptimized() {
        Pipeline.Optimized o = pipe.optimized();
        if (o == null) return;
        spec.commandLine().getErr().println("optimised: cost " + Numbers.cost(CostModel.UNIT.cost(o.before())) + " before, "
                + Numbers.cost(CostModel.UNIT.cost(o.after())) + " after (unit)");
        spec.commandLine().getErr().flush();
    }

    private int refuse(List<Problem> problems) {
        List<Problem> told = quiet ? problems.stream().filter(p -> !p.isWarning()).toList() : problems;
        if (json) answer(Map.of("problems", Json.problems(told)));
        else tell(told);
        return BAD_INPUT;
    }

    private void tell(List<Problem> problems) {
        if (problems.isEmpty()) return;
        PrintWriter err = spec.commandLine().getErr();
        err.println(Report.text(new ArrayList<>(problems), colored()));
        err.flush();
    }

    private int fault(String stage, Throwable e) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("nad: a fault of NAD itself, while " + stage + " (" + e.getClass().getSimpleName()
                + "). Please report it with the input that led to it; --trace shows where it happened.");
        if (trace) e.printStackTrace(err);
        err.flush();
        return FAULT;
    }

    boolean colored() {
        return switch (color) {
            case "always" -> true;
            case "never" -> false;
            default -> System.getenv("NO_COLOR") == null && System.console() != null && System.console().isTerminal()
                    && !"dumb".equals(System.getenv("TERM"));
        };
    }

    /// Where texts come from.
    Files files() {
        return ((Main) spec.root().userObject()).files;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    void answer(Map<String, ?> object) {
        Map<String, Object> all = new LinkedHashMap<>(object);
        Pipeline.Optimized o = pipe.optimized();
        if (o != null) all.put("optimized", Map.of("before", Json.number(CostModel.UNIT.cost(o.before())), "after", Json.number(CostModel.UNIT.cost(o.after()))));
        out().print(Json.text(all));
    }
}
