package nad.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "completion", description = "Prints the completion script of a shell: commands, options, and the values that options take.",
        footer = {"", "Example:  eval \"$(nad completion bash)\"    in ~/.bashrc", "          eval \"$(nad completion zsh)\"     in ~/.zshrc"})
final class CompletionCommand extends NadCommand {
    @Parameters(paramLabel = "SHELL", completionCandidates = Choices.Shells.class, description = "${COMPLETION-CANDIDATES}.")
    String shell;

    /// One script serves both shells: it looks which one reads it.
    @Override
    int execute(Pipeline pipe) throws Refusal {
        Choices.of("SHELL", shell, Choices.SHELLS);
        pipe.stage("printing");
        out().print(AutoComplete.bash("nad", spec.root().commandLine()));
        return DONE;
    }
}
