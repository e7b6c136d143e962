package nad.cli;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The command line's own description as a manual page, in the `man` macros of roff. Options that every command has stand once.
final class ManPage {
    private final StringBuilder out = new StringBuilder();
    private final List<String> common = Arrays.stream(NadCommand.class.getDeclaredFields())
            .map(f -> f.getAnnotation(picocli.CommandLine.Option.class)).filter(o -> o != null).flatMap(o -> Arrays.stream(o.names())).filter(n -> n.startsWith("--")).toList();

    private ManPage() {}

    static String of(CommandSpec nad) {
        return new ManPage().page(nad);
    }

    private String page(CommandSpec nad) {
        request("TH", "NAD", "1", "", nad.version()[0], "NAD");
        section("NAME");
        text("nad - " + nad.usageMessage().description()[0]);
        section("SYNOPSIS");
        out.append(".B nad\n").append(escaped("COMMAND [OPTIONS] [FILE]")).append('\n');
        section("DESCRIPTION");
        for (String line : nad.usageMessage().description()) text(line);
        section("COMMANDS");
        nad.subcommands().values().stream().map(c -> c.getCommandSpec()).distinct().filter(c -> !c.usageMessage().hidden()).forEach(this::command);
        section("COMMON OPTIONS");
        CommandSpec any = nad.subcommands().get("check").getCommandSpec();
        for (OptionSpec o : any.options()) if (common.contains(o.longestName())) argument(names(o), o);
        section("EXIT STATUS");
        for (String line : nad.usageMessage().footer()) if (line.startsWith("Exit status")) text(line);
        section("ENVIRONMENT");
        text("NO_COLOR, where it is not empty, turns colours off. NAD_JAVA_OPTIONS is handed to the Java machine by the launcher, as in -Xmx8g.");
        return out.toString();
    }

    private void command(CommandSpec c) {
        request("SS", "nad " + c.name());
        for (String line : c.usageMessage().description()) text(line);
        for (PositionalParamSpec p : c.positionalParameters()) argument("\\fI" + escaped(p.paramLabel()) + "\\fR", p);
        for (OptionSpec o : c.options()) if (!common.contains(o.longestName())) argument(names(o), o);
        List<String> examples = Arrays.stream(c.usageMessage().footer()).filter(l -> !l.isBlank()).toList();
        if (examples.isEmpty()) return;
        out.append(".PP\n.nf\n.RS\n");
        for (String e : examples) out.append(guarded(escaped(e.strip().replaceFirst("^Example: +", "")))).append('\n');
        out.append(".RE\n.fi\n");
    }

    private static String names(OptionSpec o) {
        String names = String.join(", ", Arrays.stream(o.names()).map(n -> "\\fB" + escaped(n) + "\\fR").toList());
        return o.arity().max() == 0 ? names : names + "=\\fI" + escaped(o.paramLabel()) + "\\fR";
    }

    private void argument(String head, ArgSpec a) {
        out.append(".TP\n").append(head).append('\n');
        text(String.join(" ", a.description()).replace("${DEFAULT-VALUE}", String.valueOf(a.defaultValue()))
                .replace("${COMPLETION-CANDIDATES}", a.completionCandidates() == null ? "" : String.join(", ", a.completionCandidates())));
    }

    private void section(String name) {
        request("SH", name);
    }

    private void request(String name, String... arguments) {
        out.append('.').append(name);
        for (String a : arguments) out.append(" \"").append(escaped(a).replace("\"", "\\(dq")).append('"');
        out.append('\n');
    }

    private void text(String s) {
        out.append(guarded(escaped(Ansi.OFF.string(s)))).append('\n');
    }

    private static String escaped(String s) {
        StringBuilder out = new StringBuilder();
        s.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '\'' -> out.append("\\(aq");
                case '~' -> out.append("\\(ti");
                case '^' -> out.append("\\(ha");
                default -> {
                    if (c < 0x7F) out.append((char) c);
                    else out.append(String.format("\\[u%04X]", c));
                }
            }
        });
        return out.toString();
    }

    /// A line that begins with a dot or a quote would be a command.
    private static String guarded(String s) {
        return s.startsWith(".") ? "\\&" + s : s;
    }
}
