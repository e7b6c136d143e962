package nad.cli;

import java.util.List;
import nad.core.Program;
import nad.print.Printer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Prints P as it is checked, costed and transformed: one operation a statement, every name and shape known.",
        footer = {"", "Example:  nad show samples/rosenbrock.nad --size n=3 --flat"})
final class ShowCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        Program p = options.program(pipe);
        pipe.stage("printing");
        out().print(Printer.print(p, List.of()));
        return DONE;
    }
}
