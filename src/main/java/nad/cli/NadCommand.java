package nad.cli;

import java.io.IOException;
import java.io.OutputStream;
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

    @Option(names = "--color", paramLabel = "WHEN", defaultValue = "auto", completionCandidates = Choices.Colors.class,
            description = "${COMPLETION-CANDIDATES} (NO_COLOR is honoured).")
    String color;

    @Option(names = "--trace", description = "With a fault of NAD itself, print where in its code it happened.")
    boolean trace;

    private Pipeline pipe;
    /// The file that is answered for, where there are several.
    private String file;
    private boolean pointed;

    /// Does the work; the answer goes to [#out].
    abstract int execute(Pipeline pipe) throws Refusal;

    /// The files to answer for one after another, each with [#about]; fewer than two where the command asks for no more.
    List<String> several() {
        return List.of();
    }

    void about(String file) {}

    /// Whether the time that it takes is a person's, who needs no line about it.
    boolean converses() {
        return false;
    }

    /// One answer for each file, and the worst of their statuses.
    @Override
    public final Integer call() {
        List<String> several = several();
        if (several.size() < 2) return one();
        int worst = DONE;
        for (String f : several) {
            if (!json) out().println((file == null ? "" : "\n") + "==> " + f + " <==");
            out().flush();
            file = f;
            about(f);
            worst = Math.max(worst, one());
        }
        return worst;
    }

    private int one() {
        pipe = new Pipeline(files());
        try (Progress p = Progress.of(pipe::stage, spec.commandLine().getErr(), !quiet && !json && !converses() && onTerminal())) {
            color = Choices.of("--color", color, Choices.COLORS);
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
        else {
            tell(told);
            if (!quiet && !pointed && onTerminal()) pointAtExplanation(told);
        }
        return BAD_INPUT;
    }

    /// Once, and only to a person.
    private void pointAtExplanation(List<Problem> told) {
        told.stream().filter(p -> !p.isWarning()).findFirst().ifPresent(p -> {
            spec.commandLine().getErr().println("\n`" + (main().place() == Report.Place.PROMPT ? ":explain " : "nad explain ") + Report.code(p) + "` says more, with an example.");
            pointed = true;
        });
    }

    private void tell(List<Problem> problems) {
        if (problems.isEmpty()) return;
        PrintWriter err = spec.commandLine().getErr();
        err.println(Report.text(new ArrayList<>(problems), colored(), main().place()));
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
        return colored(color, onTerminal(), System.getenv());
    }

    /// Whether problems are told in colour. An empty NO_COLOR asks for nothing: no-color.org.
    static boolean colored(String when, boolean terminal, Map<String, String> environment) {
        return switch (when) {
            case "always" -> true;
            case "never" -> false;
            default -> terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        };
    }

    /// Whether what is told beside the answer reaches a terminal that knows colours and can take a line back. The launcher
    /// knows of standard error; without it, a terminal on both other ends is the best sign.
    static boolean onTerminal() {
        String told = System.getProperty("nad.terminal");
        boolean terminal = told != null ? told.equals("true") : System.console() != null && System.console().isTerminal();
        return terminal && !"dumb".equals(System.getenv("TERM"));
    }

    /// Where texts come from.
    Files files() {
        return main().files;
    }

    private Main main() {
        return (Main) spec.root().userObject();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// An answer that is no text, on standard output.
    void bytes(byte[] answer) throws Refusal {
        OutputStream to = main().bytes;
        if (to == null) throw new Refusal(new Problem.BadOption(Span.NONE, "--output", "-", "a file's name here, for what is no text"));
        out().flush();
        try {
            to.write(answer);
            to.flush();
        } catch (IOException e) {
            throw new Refusal(new Problem.CannotWrite(Span.NONE, "standard output", e.getMessage()));
        }
    }

    void answer(Map<String, ?> object) {
        Map<String, Object> all = new LinkedHashMap<>();
        if (file != null) all.put("file", file);
        all.putAll(object);
        Pipeline.Optimized o = pipe.optimized();
        if (o != null) all.put("optimized", Map.of("before", Json.number(CostModel.UNIT.cost(o.before())), "after", Json.number(CostModel.UNIT.cost(o.after()))));
        out().print(Json.text(all));
    }
}
