package nad.cli;

import java.util.List;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.Dot;
import nad.print.JsonDump;
import nad.print.Latex;
import nad.print.Printer;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "backprop", description = "Prints backprop(P), a program of the same language.",
        footer = {"", "Example:  nad backprop samples/mlp.nad -o mlp_backprop.nad", "          nad backprop samples/helmholtz.nad --format dot | dot -Tsvg > helmholtz.svg"})
final class BackpropCommand extends NadCommand {
    @Mixin
    ProgramOptions options;

    @Mixin
    GradientOptions by;

    @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "The file to write, whole or not at all; else standard output.")
    String output;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "nad", description = "nad, json, dot or latex.")
    String format;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        Program p = options.program(pipe, true);
        CostModel prices = options.prices(pipe, p);
        Program q = pipe.backprop(p, by);
        pipe.stage("printing");
        String text = switch (json ? "json" : format) {
            case "nad" -> Printer.print(q, List.of(Facts.dumpComment(p, q, prices)));
            case "json" -> JsonDump.print(q, prices);
            case "dot" -> Dot.print(q);
            case "latex" -> Latex.print(q);
            default -> throw new Refusal(new Problem.BadOption(Span.NONE, "--format", format, "nad, json, dot, latex"));
        };
        if (output == null) out().print(text);
        else Output.replace(output, text);
        return DONE;
    }
}
