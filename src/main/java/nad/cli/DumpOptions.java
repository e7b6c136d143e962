package nad.cli;

import java.io.PrintWriter;
import java.util.List;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.Dot;
import nad.print.JsonDump;
import nad.print.Latex;
import nad.print.Printer;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Option;

/// Where a transformed program is written, and as what.
final class DumpOptions {
    @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "The file to write, whole or not at all; else standard output.")
    String output;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "nad", completionCandidates = Choices.Formats.class,
            description = "nad, json, dot or latex; of backprop(P) also html, a page with the costs and the proof.")
    String format;

    /// @param comment the first line of a .nad text
    /// @param formats what this command can write
    void write(Program q, String comment, CostModel prices, boolean json, String formats, PrintWriter out) throws Refusal {
        String text = switch (json ? "json" : format) {
            case "nad" -> Printer.print(q, List.of(comment));
            case "json" -> JsonDump.print(q, prices);
            case "dot" -> Dot.print(q);
            case "latex" -> Latex.print(q);
            default -> throw new Refusal(new Problem.BadOption(Span.NONE, "--format", format, formats));
        };
        put(text, out);
    }

    void put(String text, PrintWriter out) throws Refusal {
        if (output == null) out.print(text);
        else Output.replace(output, text);
    }
}
