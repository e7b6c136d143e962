package nad.cli;

import static java.util.Map.entry;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import nad.check.Files;
import nad.data.DiskFiles;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Span;
import nad.report.Suggest;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "nad", mixinStandardHelpOptions = true, version = "nad 0.1.0", synopsisSubcommandLabel = "COMMAND",
        description = {"Nonsmooth automatic differentiation of straight-line programs, with its cost proved.",
            "P is written in a .nad file; backprop(P) returns F(x) and an element of a conservative gradient, at a cost of at most omega_b times P's."},
        footer = {"", "Start with:  nad verify samples/mlp.nad", "Exit status: 0 done; 1 the answer is no; 2 bad input; 3 a fault of NAD itself."})
public final class Main implements Runnable {
    private static final List<Map.Entry<String, Class<?>>> COMMANDS = List.of(
            entry("check", CheckCommand.class),
            entry("run", RunCommand.class),
            entry("grad", GradCommand.class),
            entry("backprop", BackpropCommand.class),
            entry("forprop", ForpropCommand.class),
            entry("lexi", LexiCommand.class),
            entry("cost", CostCommand.class),
            entry("verify", VerifyCommand.class),
            entry("clarke", ClarkeCommand.class),
            entry("dictionary", DictionaryCommand.class),
            entry("plot", PlotCommand.class),
            entry("bench", BenchCommand.class),
            entry("experiment", ExperimentCommand.class),
            entry("repl", ReplCommand.class),
            entry("show", ShowCommand.class),
            entry("explain", ExplainCommand.class),
            entry("completion", CompletionCommand.class),
            entry("man", ManCommand.class),
            entry("help", HelpCommand.class));

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    final Files files;
    /// Standard output for what is no text; null where there is none.
    final OutputStream bytes;

    private Main(Files files, OutputStream bytes) {
        this.files = files;
        this.bytes = bytes;
    }

    /// Where the answers are read.
    Report.Place place() {
        return files instanceof SessionFiles ? Report.Place.PROMPT : Report.Place.SHELL;
    }

    public static void main(String[] args) {
        StandardError.restore();
        PrintWriter out = new PrintWriter(new java.io.BufferedWriter(new java.io.OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16));
        PrintWriter err = new PrintWriter(new java.io.OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        int status = run(args, out, err, System.out);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /// Runs one command line and gives its exit status. Only the command that it names is set up: all of them would take longer
    /// than most of what they do.
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return run(args, out, err, null);
    }

    /// @param bytes where what is no text is written, behind what `out` was given
    static int run(String[] args, PrintWriter out, PrintWriter err, OutputStream bytes) {
        String first = args.length == 0 ? "" : args[0];
        List<Map.Entry<String, Class<?>>> named = COMMANDS.stream().filter(c -> c.getKey().equals(first) && c.getValue() != HelpCommand.class
                && c.getValue() != CompletionCommand.class && c.getValue() != ManCommand.class).toList();
        return line(new Main(new DiskFiles(System.in), bytes), named.isEmpty() ? COMMANDS : named).setOut(out).setErr(err).execute(args);
    }

    /// NAD's command line, over files that may be others than those of the disk.
    static CommandLine line(Files files) {
        return line(new Main(files, null), COMMANDS);
    }

    private static CommandLine line(Main main, List<Map.Entry<String, Class<?>>> commands) {
        CommandLine line = new CommandLine(main);
        commands.forEach(c -> line.addSubcommand(c.getKey(), c.getValue()));
        line.setParameterExceptionHandler(Main::misused);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(30);
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// A command line that is no command line of NAD's: the same form as every other problem.
    private static int misused(CommandLine.ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        boolean json = List.of(args).contains("--json");
        Problem p = problem(e, line);
        if (json) line.getOut().print(Json.text(Map.of("problems", Json.problems(List.of(p)))));
        else {
            Report.Place place = ((Main) line.getCommandSpec().root().userObject()).place();
            line.getErr().println(Report.text(p, false, place));
            line.getErr().println(line.getCommand() instanceof Main ? "`nad --help` lists the commands."
                    : place == Report.Place.PROMPT ? "`:help " + line.getCommandName() + "` says how it is used." : "`nad " + line.getCommandName() + " --help` says how it is used.");
        }
        line.getOut().flush();
        return NadCommand.BAD_INPUT;
    }

    private static Problem problem(CommandLine.ParameterException e, CommandLine line) {
        if (e instanceof CommandLine.UnmatchedArgumentException u) {
            String given = u.getUnmatched().getFirst();
            if (given.startsWith("-")) {
                List<String> options = line.getCommandSpec().options().stream().flatMap(o -> java.util.Arrays.stream(o.names())).toList();
                return new Problem.UnknownCommandOption(Span.NONE, given, Suggest.nearest(given.split("=", 2)[0], options).orElse(null));
            }
            if (!line.getSubcommands().isEmpty())
                return new Problem.UnknownCommand(Span.NONE, given, List.copyOf(line.getSubcommands().keySet()));
            return new Problem.SuperfluousArgument(Span.NONE, given);
        }
        if (e instanceof CommandLine.MissingParameterException m)
            return new Problem.MissingArgument(Span.NONE, m.getMissing().stream().map(a -> a.isOption() ? a.paramLabel() + " of " + ((CommandLine.Model.OptionSpec) a).longestName() : a.paramLabel())
                    .collect(java.util.stream.Collectors.joining(", ")));
        String option = e.getArgSpec() == null ? "an option" : e.getArgSpec().isOption() ? ((CommandLine.Model.OptionSpec) e.getArgSpec()).longestName() : e.getArgSpec().paramLabel();
        return new Problem.BadOption(Span.NONE, option, e.getValue() == null ? "" : e.getValue(), e.getArgSpec() == null ? "a value" : e.getArgSpec().paramLabel());
    }
}
