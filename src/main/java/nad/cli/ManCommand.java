package nad.cli;

import picocli.CommandLine.Command;

@Command(name = "man", description = "Prints the manual page, for man(1).",
        footer = {"", "Example:  nad man > nad.1 && man -l nad.1"})
final class ManCommand extends NadCommand {
    @Override
    int execute(Pipeline pipe) {
        pipe.stage("printing");
        out().print(ManPage.of(spec.root()));
        return DONE;
    }
}
