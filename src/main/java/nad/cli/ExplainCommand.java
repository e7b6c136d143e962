package nad.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "explain", description = "Explains the code of an error or a warning: what it means, a small program that has it, the same one mended.",
        footer = {"", "Example:  nad explain unknown-name", "          nad explain        (lists the codes)"})
final class ExplainCommand extends NadCommand {
    @Parameters(arity = "0..1", paramLabel = "CODE", description = "The code, as it stands in error[CODE].")
    String code;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        Explanations all = Explanations.read();
        if (code == null) {
            if (json) answer(Map.of("codes", all.codes()));
            else list(all);
            return DONE;
        }
        String asked = code.replaceFirst("^(?:error|warning)?\\[(.*)\\]$", "$1");
        if (!all.codes().contains(asked)) throw new Refusal(new Problem.UnknownCode(Span.NONE, asked, all.codes()));
        if (json) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("code", asked);
            out.put("text", all.page(asked));
            answer(out);
        } else out().print(all.page(asked));
        return DONE;
    }

    private void list(Explanations all) {
        List<String> codes = all.codes();
        int width = codes.stream().mapToInt(String::length).max().orElse(0);
        for (String c : codes) out().println(c + " ".repeat(width - c.length() + 2) + all.title(c));
    }
}
