package nad.cli;

import java.util.List;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.PlainForm;
import nad.print.Printer;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "show", description = "Prints P as it is checked, costed and transformed: one operation a statement, every name and shape known.",
        footer = {"", "Example:  nad show samples/rosenbrock.nad --size n=3 --flat"})
final class ShowCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "nad", description = "nad, or slp, the plain form of a flat program: with `nad backprop --format slp` what the verified checker reads.")
    String format;

    @Option(names = "--wrt", paramLabel = "x,y", split = ",", description = "With slp: the parameters that the dump differentiates by; else all that are not data.")
    List<String> wrt;

    @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "The file to write, whole or not at all; else standard output.")
    String output;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        if (!List.of("nad", "slp").contains(format)) throw new Refusal(new Problem.BadOption(Span.NONE, "--format", format, "nad or slp"));
        Program p = options.program(pipe);
        GradientOptions by = new GradientOptions();
        by.wrt = wrt;
        by.refuseUnknown(p);
        CostModel prices = options.prices(pipe, p);
        pipe.stage("printing");
        String text = format.equals("nad") ? Printer.print(p, List.of()) : DumpOptions.plain(p, to -> PlainForm.program(p, by::includes, prices, to));
        if (output == null) out().print(text);
        else Output.replace(output, text);
        return DONE;
    }
}
