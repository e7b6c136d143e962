package nad.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nad.data.Inputs;
import nad.dictionary.Selections;
import nad.repl.Desk;
import nad.repl.FileNames;
import nad.report.Problem;
import nad.report.Span;
import nad.syntax.Lexemes;
import nad.syntax.Lexemes.Kind;
import nad.syntax.Lexemes.Lexeme;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// The commands of `nad repl`. Each is one entry of [#ALL]; those about a program are NAD's own commands, run on the session.
final class PromptCommands {
    /// What a command's argument is, for completion.
    private enum Takes { NOTHING, VALUE, FILE, FUNCTION, SETTING, COMMAND, CODE, CONVENTION, ARITHMETIC, KINK }

    private interface Action {
        void run(PromptCommands c, String rest, PrintWriter out) throws Refusal;
    }

    /// @param arguments what follows the name, as help writes it
    /// @param of        the command of NAD that it is, or null
    /// @param example   lines that may be typed one after the other
    private record Entry(String name, String arguments, String help, String of, Takes takes, List<String> example, Action action) {}

    /// A command of NAD on a value or a program of the session.
    private static Entry about(String name, String of, List<String> fixed, String help, String... example) {
        return new Entry(name, "[VALUE or PROGRAM] [OPTIONS]", help, of, Takes.VALUE, List.of(example), (c, rest, out) -> c.about(of, fixed, rest, out));
    }

    private static Entry own(String name, String arguments, Takes takes, String help, List<String> example, Action action) {
        return new Entry(name, arguments, help, null, takes, example, action);
    }

    private static final List<Entry> ALL = List.of(
            own("load", "FILE", Takes.FILE, "Brings the programs and functions of a file in.", List.of(":load samples/rosenbrock.nad", ":grad --size n=4 --random 1"),
                    (c, rest, out) -> c.bench.load(c.required(rest, "a file"), out)),
            own("reload", "", Takes.NOTHING, "Reads all loaded files again.", List.of(":load samples/rosenbrock.nad", ":reload"),
                    (c, rest, out) -> c.bench.reload(out)),
            own("watch", "FILE", Takes.FILE, "Loads a file, again whenever it is written; repeats the last command.",
                    List.of(":watch samples/rosenbrock.nad", ":verify"), (c, rest, out) -> {
                        c.bench.load(c.required(rest, "a file"), out);
                        c.bench.watch(rest);
                    }),
            own("list", "", Takes.NOTHING, "The session: inputs, and its text with line numbers.", List.of("x = 3", "f = x * x", ":list"),
                    (c, rest, out) -> c.list(out)),
            about("show", "show", List.of(), "P as it is costed and transformed: one operation a statement.", "x = 3", "f = x * x + relu(x)", ":show f"),
            about("run", "run", List.of(), "Runs P: the result, the operations executed, their cost.", "x = 3", "f = x * x", ":run f"),
            about("grad", "grad", List.of(), "The gradient at the inputs' values; kinks, cost, bound.",
                    "x = 3", "y = 2", "f = x * y + relu(x)", ":grad f", ":grad f --wrt y"),
            about("kinks", "grad", List.of("--kinks"), "Where P is at a kink, what is selected there, the Clarke set.", "x = 0", ":kinks relu(x) + abs(x)"),
            about("backprop", "backprop", List.of(), "backprop(P), a program of the same language.", "x = 3", "f = x * x", ":backprop f", ":backprop f --format latex"),
            about("forprop", "forprop", List.of(), "The tangent program of P, along one direction or several.", "x = 3", "f = x * x", ":forprop f", ":forprop f --kind directional"),
            about("lexi", "lexi", List.of(), "The LD-derivative and the lexicographic subgradient, a Clarke element.", "x = 0", "y = 0", ":lexi max(x, y) - min(x, y)"),
            about("clarke", "clarke", List.of(), "Clarke elements, the whole set where it is small; whether backprop's answer is in it.",
                    "x = 0", "y = 0", ":clarke abs(x) - abs(y)", ":clarke 10*x - 9*(relu(x) - relu(-x)) --compare"),
            about("cost", "cost", List.of(), "What P and backprop(P) cost, by operation and by statement.", "x = 3", "f = exp(x) * x", ":cost f"),
            new Entry("verify", "[VALUE or PROGRAM] [DUMP.nad] [OPTIONS]", "P beside its adjoint blocks, or those of a file; their costs, the verdict on the bound.", "verify", Takes.VALUE,
                    List.of("x = 3", "f = exp(x) * x", ":verify f", ":backprop f -o dump.nad", ":verify f dump.nad"), (c, rest, out) -> c.verify(rest, out)),
            about("plot", "plot", List.of(), "Draws P over one input or two, from 2 below their values to 2 above, into an SVG or PNG file.",
                    "x = 0", "f = abs(x) + relu(x - 1)", ":plot f -o f.svg", ":plot f --range x=-1..3 -o f.png"),
            setting("convention", Takes.CONVENTION, "Selections at kinks: default, pytorch, jax, left, right, mid, minnorm.", "x = 0", ":convention right", ":grad relu(x)"),
            setting("kink", Takes.KINK, "The selection at one function's kink.", "x = 0", ":kink relu=0.5", ":grad relu(x)"),
            setting("arithmetic", Takes.ARITHMETIC, "float64, float32, rational or interval.", ":arithmetic rational", "x = 1/3", "x * x"),
            new Entry("dictionary", "[FUNCTIONS]", "D: each function's cost, adjoint rule, kinks and ω.", "dictionary", Takes.FUNCTION, List.of(":dictionary relu abs"),
                    (c, rest, out) -> c.dictionary(rest, out)),
            own("save", "FILE", Takes.FILE, "Writes the session as a .nad file; the inputs' values as a comment.", List.of("x = 3", "f = x * x", ":save square.nad"),
                    (c, rest, out) -> c.save(c.required(rest, "a file"), out)),
            own("set", "[NAME [VALUE]]", Takes.SETTING, "Shows or sets an option of all commands.",
                    List.of(":set cost-model weighted", ":set", ":set cost-model default"), (c, rest, out) -> c.set(rest, out)),
            new Entry("explain", "[CODE]", "What the code of an error or a warning means, with an example.", "explain", Takes.CODE, List.of(":explain unknown-name"),
                    (c, rest, out) -> c.run(c.spec("explain"), words(rest), words(rest), false, out)),
            own("help", "[COMMAND]", Takes.COMMAND, "This list, or one command with an example.", List.of(":help grad"), (c, rest, out) -> c.help(rest, out)),
            own("quit", "", Takes.NOTHING, "Ends the session, as Ctrl-D does.", List.of(":quit"), (c, rest, out) -> c.bench.quit()));

    private static Entry setting(String name, Takes takes, String help, String... example) {
        return new Entry(name, "[VALUE]", help, null, takes, List.of(example), (c, rest, out) -> c.set((name + " " + rest).strip(), out));
    }

    private final Workbench bench;
    /// NAD's command line over the session's files.
    private CommandLine line;
    private String last;

    PromptCommands(Workbench bench) {
        this.bench = bench;
    }

    // ---- finding

    /// The command that the entry is, without its colon, or null. The colon may be left out where a name of the language could
    /// not stand so: before another word, or alone.
    String command(String entry) {
        String text = entry.strip();
        if (text.startsWith(":")) return text.substring(1).strip();
        List<Lexeme> words = Lexemes.of(text).stream().filter(l -> l.kind() != Kind.COMMENT).toList();
        if (words.isEmpty() || words.getFirst().kind() != Kind.NAME || !names().contains(words.getFirst().text())) return null;
        if (bench.state().session().knows(words.getFirst().text()) || text.contains("\n")) return null;
        if (words.size() == 1) return text;
        Kind second = words.get(1).kind();
        return second == Kind.NAME || second == Kind.NUMBER || second == Kind.STRING ? text : null;
    }

    void run(String command, PrintWriter out) throws Refusal {
        String name = command.split("\\s", 2)[0];
        Entry e = entry(name);
        e.action.run(this, command.substring(name.length()).strip(), out);
        if (e.takes == Takes.VALUE) last = command;
    }

    /// The last command about a program, once more.
    void again(PrintWriter out) throws Refusal {
        if (last != null) run(last, out);
    }

    private static Entry entry(String name) throws Refusal {
        for (Entry e : ALL) if (e.name.equals(name)) return e;
        throw new Refusal(new Problem.UnknownCommand(Span.NONE, ":" + name, names().stream().map(n -> ":" + n).toList()));
    }

    static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    private String required(String rest, String what) throws Refusal {
        if (rest.isEmpty()) throw new Refusal(new Problem.MissingArgument(Span.NONE, what));
        return rest;
    }

    // ---- NAD's own commands on the session

    private static final Pattern OPTIONS = Pattern.compile("(^|\\s)(--[a-z]|-o\\s)");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private static final Pattern DUMP = Pattern.compile("(?:^|\\s)(\\S+\\.(?:nad|json)|\"[^\"]+\")\\s*(?=$|\\s-)");

    /// A last word in front of the options that ends with `.nad` is the file of a dump.
    private void verify(String rest, PrintWriter out) throws Refusal {
        Matcher options = OPTIONS.matcher(rest);
        int end = options.find() ? options.start() : rest.length();
        Matcher dump = DUMP.matcher(rest.substring(0, end));
        if (!dump.find()) {
            about("verify", List.of(), rest, out);
            return;
        }
        String file = dump.group(1).replace("\"", "");
        bench.files.forget(file);
        about("verify", List.of(file), rest.substring(0, dump.start()) + rest.substring(end), out);
    }

    private void about(String of, List<String> fixed, String rest, PrintWriter out) throws Refusal {
        Matcher m = OPTIONS.matcher(rest);
        int end = m.find() ? m.start() : rest.length();
        List<String> own = words(rest.substring(end));
        Subject s = Subject.of(bench, rest.substring(0, end).strip());
        List<String> values = withoutBoxes(own);
        List<String> at = s.at().stream().filter(a -> values.stream().noneMatch(o -> o.matches("(?s)(.*[^\\p{L}\\d_])?" + Pattern.quote(a.split(" ")[0]) + "\\s*=[^=].*"))).toList();
        bench.files.session(s.text());
        List<String> args = new ArrayList<>(List.of(nad.repl.Session.NAME));
        args.addAll(fixed);
        args.addAll(List.of("--program", s.program()));
        CommandSpec spec = spec(of);
        // A page shows an evaluation; the proof itself has none.
        boolean evaluates = spec.findOption("--at") != null && (!of.equals("verify") || own.contains("-o"));
        if (evaluates) at.forEach(a -> args.addAll(List.of("--at", a)));
        args.addAll(own);
        run(spec, args, own, evaluates && s.open(), out);
    }

    /// A box may be around a value of the session, and does not take its place.
    private static List<String> withoutBoxes(List<String> words) {
        return java.util.stream.IntStream.range(0, words.size()).filter(k -> !words.get(k).startsWith("--box") && (k == 0 || !words.get(k - 1).equals("--box")))
                .mapToObj(words::get).toList();
    }

    private static List<String> words(String text) {
        List<String> out = new ArrayList<>();
        Matcher m = WORD.matcher(text);
        while (m.find()) out.add(m.group().replaceAll("[\"']", ""));
        return out;
    }

    private void dictionary(String rest, PrintWriter out) throws Refusal {
        bench.read(bench.state().session().declarations());
        List<String> own = words(rest);
        List<String> functions = own.stream().takeWhile(w -> !w.startsWith("-")).map(w -> w.replace(",", "")).toList();
        List<String> args = new ArrayList<>(List.of(nad.repl.Session.NAME));
        args.addAll(own.subList(functions.size(), own.size()));
        if (!functions.isEmpty()) args.addAll(List.of("--only", String.join(",", functions)));
        run(spec("dictionary"), args, args, false, out);
    }

    private CommandLine line() {
        return line == null ? line = Main.line(bench.files) : line;
    }

    private CommandSpec spec(String command) {
        return line().getSubcommands().get(command).getCommandSpec();
    }

    private void run(CommandSpec spec, List<String> args, List<String> own, boolean data, PrintWriter out) {
        List<String> all = new ArrayList<>(List.of(spec.name()));
        all.addAll(args);
        all.addAll(bench.state().settings().arguments(spec, own, data));
        if (own.stream().noneMatch(o -> o.startsWith("--color"))) all.addAll(List.of("--color", bench.colored() ? "always" : "never"));
        // A command object keeps what it was given: each run has a new one.
        bench.ended(Main.line(bench.files).setOut(out).setErr(out).execute(all.toArray(String[]::new)));
    }

    // ---- commands of the prompt alone

    private void list(PrintWriter out) {
        nad.repl.Session s = bench.state().session();
        for (nad.repl.Session.Input x : s.inputs().values()) out.println(x.name() + " = " + x.value());
        String text = s.text(nad.repl.Session.NAME);
        int number = 0;
        for (String l : text.stripTrailing().split("\n", -1)) {
            number++;
            if (!l.isBlank()) out.println(String.format("%4d | %s", number, l));
        }
        if (s.inputs().isEmpty() && text.isBlank()) out.println("the session is empty");
    }

    private void save(String path, PrintWriter out) throws Refusal {
        Output.replace(path, bench.saved(path));
        out.println("wrote " + path);
    }

    private void set(String rest, PrintWriter out) throws Refusal {
        Settings s = bench.state().settings();
        String[] words = rest.split("\\s+", 2);
        if (rest.isEmpty()) Settings.KNOWN.keySet().forEach(n -> out.println(String.format("%-14s %s", n, s.text(n))));
        else if (words.length == 1 && Settings.KNOWN.containsKey(words[0])) out.println(words[0] + " " + s.text(words[0]));
        else {
            Settings next = s.with(words[0], words.length < 2 ? "" : words[1].strip());
            bench.require(next);
            bench.refresh(next, out);
            out.println(words[0] + " " + next.text(words[0]));
        }
    }

    private void help(String rest, PrintWriter out) throws Refusal {
        if (!rest.isEmpty()) {
            Entry e = entry(rest.startsWith(":") ? rest.substring(1) : rest);
            out.println(":" + e.name + (e.arguments.isEmpty() ? "" : " " + e.arguments));
            out.println("  " + e.help);
            if (e.of != null) out.println("  Options, as of `nad " + e.of + "`: " + spec(e.of).options().stream().map(o -> o.longestName()).filter(SHOWN).sorted().collect(Collectors.joining(" ")));
            if (e.takes == Takes.SETTING) Settings.KNOWN.forEach((n, v) -> out.println(String.format("  %-14s %s", n, v)));
            out.println("Example:");
            e.example.forEach(x -> out.println("  > " + x));
            return;
        }
        out.println("""
                x = 3              an input; a new value changes all that depends on it
                f = x*x + relu(x)  a value of inputs; a line goes on while a bracket is open
                f + 1              computes, and keeps nothing
                program, elementary, dictionary, const, use: as in a file
                """);
        Table t = new Table("command", "does");
        for (Entry e : ALL) t.row(":" + e.name, e.help);
        out.print(t);
        out.println("\n:help COMMAND shows one with an example. The colon may be left out: grad f.");
    }

    private static final Predicate<String> SHOWN = o -> !List.of("--at", "--program", "--color", "--help", "--version", "--trace").contains(o);

    // ---- completion

    List<Desk.Word> words(String before, String word) {
        String text = before.stripLeading();
        boolean first = text.length() == word.length();
        if (first && word.startsWith(":")) return words(names().stream().map(n -> ":" + n), "command", true);
        String head = text.startsWith(":") ? text.substring(1).split("\\s", 2)[0] : first ? "" : text.split("\\s", 2)[0];
        if (text.matches("use\\s+\"[^\"]*")) return FileNames.of(word);
        Entry e = text.startsWith(":") || command(text + " x") != null ? ALL.stream().filter(x -> x.name.equals(head)).findFirst().orElse(null) : null;
        if (e != null && word.startsWith("-") && e.of != null)
            return words(spec(e.of).options().stream().map(o -> o.longestName()).filter(SHOWN), "option", true);
        // Behind the value that is verified stands its dump.
        if (e != null && e.name.equals("verify") && text.matches("\\S+\\s+\\S+\\s+\\S*")) return FileNames.of(word);
        if (e == null || e.takes == Takes.VALUE) return values(first);
        if (text.matches(":?set\\s+inputs\\s+\\S*")) return FileNames.of(word, Inputs::isDataFile);
        return switch (e.takes) {
            case FILE -> FileNames.of(word);
            case FUNCTION -> words(bench.functions().stream(), "function", true);
            case SETTING -> words(Settings.KNOWN.keySet().stream(), "setting", true);
            case COMMAND -> words(names().stream(), "command", true);
            case CODE -> words(Explanations.read().codes().stream(), "code", true);
            case CONVENTION -> words(Selections.CONVENTIONS.stream(), "convention", true);
            case ARITHMETIC -> words(Choices.ARITHMETICS.stream(), "arithmetic", true);
            case KINK -> words(bench.functions().stream(), "function", false);
            default -> List.of();
        };
    }

    private List<Desk.Word> values(boolean first) {
        nad.repl.Session s = bench.state().session();
        List<Desk.Word> out = new ArrayList<>();
        Map<String, String> shown = bench.state().values();
        TreeSet<String> names = new TreeSet<>(s.inputs().keySet());
        names.addAll(s.defined());
        for (String n : names) out.add(new Desk.Word(n, "value", shown.get(n), true));
        out.addAll(words(bench.functions().stream().map(f -> f + "("), "function", false));
        out.addAll(words(java.util.stream.Stream.of("program", "elementary", "dictionary", "const", "use", "for", "in"), "language", true));
        if (first) out.addAll(words(names().stream(), "command", true));
        return out;
    }

    private static List<Desk.Word> words(java.util.stream.Stream<String> texts, String group, boolean whole) {
        return texts.map(t -> new Desk.Word(t, group, null, whole)).toList();
    }
}
