package nad.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.print.Dot;
import nad.print.JsonDump;
import nad.print.Latex;
import nad.print.PlainForm;
import nad.print.Printer;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Option;

/// Where a transformed program is written, and as what.
final class DumpOptions {
    @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "The file to write, whole or not at all; else standard output.")
    String output;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "nad", completionCandidates = Choices.Formats.class,
            description = "nad, json, dot, latex, slp, which the verified checker reads, or html, a page with P beside it, the costs and, of backprop(P), the proof.")
    String format;

    /// @param comment the first line of a .nad text
    void write(Program q, String comment, CostModel prices, boolean json, PrintWriter out) throws Refusal {
        String text = switch (json ? "json" : format) {
            case "nad" -> Printer.print(q, List.of(comment));
            case "json" -> JsonDump.print(q, prices);
            case "dot" -> Dot.print(q);
            case "latex" -> Latex.print(q);
            // Of a tangent program there is nothing that the verified checker would judge.
            case "slp" -> throw new Refusal(new Problem.BadOption(Span.NONE, "--format", format, Choices.FORMATS.stream().filter(c -> !c.equals("slp")).collect(Collectors.joining(", "))));
            default -> throw new Refusal(new Problem.BadOption(Span.NONE, "--format", format, String.join(", ", Choices.FORMATS)));
        };
        put(text, out);
    }

    /// A program without bars, or a dump, in the plain form.
    static String plain(Program q, PlainWriter writer) throws Refusal {
        Problem refusal = PlainForm.refusal(q);
        if (refusal != null) throw new Refusal(refusal);
        StringWriter out = new StringWriter();
        try {
            writer.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    @FunctionalInterface
    interface PlainWriter {
        void write(Writer out) throws IOException;
    }

    void put(String text, PrintWriter out) throws Refusal {
        if (output == null) out.print(text);
        else Output.replace(output, text);
    }
}
