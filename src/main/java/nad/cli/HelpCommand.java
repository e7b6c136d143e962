package nad.cli;

import java.util.List;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "help", description = "Says how NAD, or one of its commands, is used.", footer = {"", "Example:  nad help verify"})
final class HelpCommand extends NadCommand {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "The command to describe.")
    String command;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        CommandLine root = spec.root().commandLine();
        CommandLine about = command == null ? root : root.getSubcommands().get(command);
        if (about == null) throw new Refusal(new Problem.UnknownCommand(Span.NONE, command, List.copyOf(root.getSubcommands().keySet())));
        about.usage(out());
        return DONE;
    }
}
