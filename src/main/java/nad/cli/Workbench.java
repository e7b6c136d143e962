package nad.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.check.Constants;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.repl.Desk;
import nad.repl.Lines;
import nad.repl.Session;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Source;
import nad.report.Span;
import nad.run.Tensor;
import nad.syntax.Lexemes;
import nad.syntax.Mentions;
import nad.syntax.Parser;
import nad.syntax.Tree;
import nad.tensor.Shapes;

/// What `nad repl` does with what is typed: a [Session] grows, and its values are computed by the same pipeline as a file's.
final class Workbench implements Desk {
    private final PrintWriter out;
    private final boolean colored;
    final SessionFiles files = new SessionFiles(new DiskFiles());
    private final Set<String> told = new HashSet<>();
    private final PromptCommands commands = new PromptCommands(this);
    private final Watch watch = new Watch();
    private State state = new State(Session.EMPTY, Settings.NONE, Map.of(), null);
    private boolean failed;

    /// All that an entry may change.
    ///
    /// @param values  of every name, as they were shown last
    /// @param subject what a command without an argument is about, or null
    record State(Session session, Settings settings, Map<String, String> values, String subject) {
        State with(Session s) {
            return new State(s, settings, values, subject);
        }

        State with(Settings s) {
            return new State(session, s, values, subject);
        }

        State with(Map<String, String> v) {
            return new State(session, settings, v, subject);
        }

        State about(String name) {
            return new State(session, settings, values, name);
        }
    }

    Workbench(PrintWriter out, boolean colored) {
        this.out = out;
        this.colored = colored;
    }

    State state() {
        return state;
    }

    boolean failed() {
        return failed;
    }

    /// Whether [#take] goes on; `:quit` ends it.
    private boolean open = true;

    void quit() {
        open = false;
    }

    // ---- entries

    /// [repl-whole] An entry is carried out whole or not at all.
    @Override
    public synchronized boolean take(String entry) {
        String changed = news();
        if (changed != null) out.print(changed);
        State before = state;
        StringWriter said = new StringWriter();
        try {
            PrintWriter w = new PrintWriter(said);
            String command = commands.command(entry);
            if (command != null) commands.run(command, out);
            else enter(entry, w);
            out.print(said);
        } catch (Refusal r) {
            undo(before, Report.text(r.problems, colored, Report.Place.PROMPT));
        } catch (CancellationException e) {
            undo(before, "interrupted: the session is as it was");
        } catch (OutOfMemoryError e) {
            undo(before, Report.text(new Problem.OutOfMemory(Span.NONE, "this entry"), colored, Report.Place.PROMPT));
        } catch (RuntimeException | StackOverflowError e) {
            undo(before, "nad: a fault of NAD itself (" + e.getClass().getSimpleName() + "). Please report it with the lines that led to it.");
        }
        out.flush();
        return open;
    }

    private void undo(State before, String why) {
        state = before;
        failed = true;
        out.println(why);
    }

    /// A command that ended with this exit status.
    void ended(int status) {
        failed |= status > NadCommand.NO;
    }

    private void enter(String text, PrintWriter said) throws Refusal {
        Problem wrong = Lines.unbalanced(text);
        if (wrong != null) throw new Refusal(wrong);
        for (Lines.Entry e : Lines.entries(Parser.normalized(text))) {
            switch (e.what()) {
                case ITEM -> item(e.text(), said);
                case STATEMENT -> statement(e.text(), said);
                case EXPRESSION -> expression(e.text(), said);
            }
        }
    }

    /// The text at the line of the session's text where it will stand, for messages.
    Source placed(String text, int line) {
        return new Source(Session.NAME, "\n".repeat(line - 1) + text);
    }

    private static <T> T sound(T read, List<Problem> problems) throws Refusal {
        if (problems.stream().anyMatch(p -> !p.isWarning())) throw new Refusal(problems);
        return read;
    }

    // ---- expressions

    private void expression(String text, PrintWriter said) throws Refusal {
        Session s = state.session();
        List<Problem> problems = new ArrayList<>();
        Tree.Expr e = sound(Parser.expression(placed(text, s.nextLine() + 1), problems), problems);
        Set<String> reads = Mentions.of(e).read();
        List<Tensor> values = values(s, s.returning(text, reads), "return (\n" + text + "\n)", said);
        said.println(Numbers.text(values.getFirst(), arithmetic()));
    }

    // ---- statements

    private void statement(String text, PrintWriter said) throws Refusal {
        Session s = state.session();
        List<Problem> problems = new ArrayList<>();
        Source source = placed(text, s.nextLine());
        Tree.Statement t = sound(Parser.statement(source, problems), problems);
        if (t instanceof Tree.Return || t instanceof Tree.Adjoint)
            throw new Refusal(new Problem.Misplaced(Tree.span(source, t.at()), t instanceof Tree.Return ? "`return`" : "an adjoint block", "a session, outside of a program"));
        Mentions m = Mentions.of(t);
        boolean plain = t instanceof Tree.Assign a && a.subscripts() == null && a.relation().equals("=") && a.clauses().isEmpty();
        String value = plain ? source.text().substring((int) (((Tree.Assign) t).value().at() >>> 32)) : null;
        Session.Step step = new Session.Step(text, m.set(), m.read(), value);
        String name = t instanceof Tree.Assign a ? a.target().text() : null;
        Session next;
        if (plain && m.read().stream().noneMatch(s::knows) && (next = input(name, text, value, s)) != null) change(next, List.of(name), said);
        else if (name != null && s.inputs().containsKey(name) && (!plain || s.depends(m.read(), name))) change(moved(name, step, s), List.of(name), said);
        else if (plain && !(s.knows(name) && s.depends(m.read(), name))) change(s.define(name, step), List.of(name), said);
        else change(s.append(step), List.copyOf(m.set()), said);
        if (name != null && state.session().defines(name)) state = state.about(name);
    }

    /// [repl-input] With the name as an input, or null where the value is no constant because a name is not known.
    private Session input(String name, String text, String value, Session s) throws Refusal {
        List<Problem> problems = new ArrayList<>();
        Pipeline pipe = read(s.declarations());
        List<Constants.Setting> read = Constants.read(placed(text, s.nextLine()), pipe.checker().items(), Map.of(), problems);
        if (problems.stream().anyMatch(p -> p instanceof Problem.UnknownName)) return null;
        Constants.Setting x = sound(read, problems).getFirst();
        return s.with(new Session.Input(name, type(x.value().shape()), value));
    }

    private static String type(int[] shape) {
        return shape.length == 0 ? "real" : Shapes.text(shape);
    }

    /// [repl-moved] An input that is set by its own value gets what the statement gives as its value.
    private Session moved(String name, Session.Step step, Session s) throws Refusal {
        Session with = s.append(step);
        Arithmetic a = arithmetic() == Arithmetic.INTERVAL ? Arithmetic.FLOAT64 : arithmetic();
        StringWriter unheard = new StringWriter();
        Tensor t = values(with, with.returning(List.of(name)), "return " + name, a, new PrintWriter(unheard)).getFirst();
        for (int k = 0; k < t.size(); k++)
            if (!Double.isFinite(t.toDouble(k))) throw new Refusal(new Problem.InputNotANumber(Span.NONE, name, ""));
        return s.with(new Session.Input(name, type(t.shape()), literal(t, 0, new int[1])));
    }

    private static String literal(Tensor t, int axis, int[] next) {
        if (axis == t.shape().length) {
            int k = next[0]++;
            return t.get(k) instanceof Rational r ? r.toString() : Numbers.real(t.toDouble(k));
        }
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < t.shape()[axis]; k++) parts.add(literal(t, axis + 1, next));
        return "[" + String.join(", ", parts) + "]";
    }

    /// Goes over to a session in which these names were set: computes them and what depends on them, and tells what changed.
    private void change(Session next, List<String> set, PrintWriter said) throws Refusal {
        Set<String> names = new LinkedHashSet<>(set);
        for (String n : set) names.addAll(next.dependents(n));
        recompute(next, List.copyOf(names), set, said);
    }

    private void recompute(Session next, List<String> names, List<String> always, PrintWriter said) throws Refusal {
        Map<String, String> shown = new LinkedHashMap<>(state.values());
        if (!names.isEmpty()) {
            List<Tensor> values = values(next, next.returning(names), "return " + String.join(", ", names), said);
            for (int k = 0; k < names.size(); k++) {
                String text = Numbers.text(values.get(k), arithmetic());
                String before = shown.put(names.get(k), text);
                if (always.contains(names.get(k)) || !text.equals(before)) said.println(names.get(k) + " = " + text);
            }
        }
        state = state.with(next).with(shown);
    }

    /// The same with everything computed anew: the items, the settings or a file changed.
    void refresh(Session next, PrintWriter said) throws Refusal {
        List<String> names = new ArrayList<>(next.inputs().keySet());
        names.addAll(next.defined().stream().filter(n -> !next.inputs().containsKey(n)).toList());
        recompute(next, names, List.of(), said);
    }

    void refresh(Settings next, PrintWriter said) throws Refusal {
        state = state.with(next);
        refresh(state.session(), said);
    }

    // ---- items

    private void item(String text, PrintWriter said) throws Refusal {
        Session s = state.session();
        List<Problem> problems = new ArrayList<>();
        int line = (int) s.declarations().text().chars().filter(c -> c == '\n').count() + 1;
        Tree.File file = sound(Parser.parse(placed(text, line), problems), problems);
        Tree.Item i = file.items().getFirst();
        switch (i) {
            case Tree.Use u -> load(u.path(), said);
            case Tree.Const c -> declare("constant", c.name().text(), text, said);
            case Tree.Elementary e -> declare("elementary function", e.name().text(), text, said);
            case Tree.Dictionary d -> declare("dictionary", d.name().text(), text, said);
            case Tree.Program p -> {
                declare("program", p.name().text(), text, said);
                state = state.about(p.name().text());
            }
        }
    }

    private void declare(String what, String name, String text, PrintWriter said) throws Refusal {
        Session next = state.session().with(new Session.Item(name, text));
        Pipeline pipe = read(next.declarations());
        if (what.equals("program")) check(pipe, name);
        said.println(what + " " + name);
        tell(pipe.warnings(), said);
        refresh(next, said);
    }

    /// Checks a program that was typed; one whose sizes are not known yet is checked when they are.
    private void check(Pipeline pipe, String name) throws Refusal {
        try {
            pipe.check(name, new Checker.Options(Map.of(), state.settings().limit(), false));
        } catch (Refusal r) {
            if (r.problems.stream().anyMatch(p -> !p.isWarning() && !(p instanceof Problem.SizeWithoutValue))) throw r;
            pipe.warnings().clear();
        }
    }

    /// Brings a file's items in.
    void load(String path, PrintWriter said) throws Refusal {
        if (path.contains("\"") || path.contains("\n")) throw new Refusal(new Problem.Unreadable(Span.NONE, path, "a file's name may have no quotes here"));
        Map<String, String> before = files.forget(path);
        try {
            brought(path, said);
        } catch (Refusal r) {
            files.restore(before);
            throw r;
        }
    }

    private void brought(String path, PrintWriter said) throws Refusal {
        Pipeline file = new Pipeline(files);
        file.readAlone(path);
        Session next = state.session().with(new Session.Item(path, "use \"" + path + "\""));
        read(next.declarations());
        for (String p : file.checker().programs()) said.println("program " + p + "(" + String.join(", ", file.checker().parameters(p)) + ")");
        tell(file.warnings(), said);
        refresh(next, said);
        if (!file.checker().programs().isEmpty()) state = state.about(file.checker().programs().getLast());
    }

    /// Reads the files again, or leaves everything as it was.
    void reload(PrintWriter said) throws Refusal {
        Map<String, String> before = files.forget();
        try {
            for (Session.Item i : state.session().items()) if (i.text().startsWith("use ")) new Pipeline(files).readAlone(i.name());
            Pipeline pipe = read(state.session().declarations());
            tell(pipe.warnings(), said);
            refresh(state.session(), said);
        } catch (Refusal r) {
            files.restore(before);
            throw r;
        }
    }

    void watch(String path) {
        watch.start(path);
    }

    /// Where the watched file changed: reads it again and repeats the last command about a program.
    @Override
    public synchronized String news() {
        if (!watch.changed()) return null;
        StringWriter said = new StringWriter();
        PrintWriter w = new PrintWriter(said);
        try {
            reload(w);
            w.println("read " + watch.path() + " again");
            commands.again(w);
        } catch (Refusal r) {
            w.println(Report.text(r.problems, colored, Report.Place.PROMPT));
        } catch (CancellationException e) {
            w.println("interrupted");
        }
        return said.toString();
    }

    // ---- the pipeline

    Arithmetic arithmetic() throws Refusal {
        return state.settings().runOptions().arithmetic();
    }

    Pipeline read(Session.Document d) throws Refusal {
        files.session(d.text());
        Pipeline pipe = new Pipeline(files);
        pipe.readAlone(Session.NAME);
        return pipe;
    }

    private List<Tensor> values(Session s, Session.Document d, String result, PrintWriter said) throws Refusal {
        return values(s, d, result, arithmetic(), said);
    }

    /// The results of a program of the session.
    ///
    /// @param result the same results as the text of a `return`, for messages that know all names
    private List<Tensor> values(Session s, Session.Document d, String result, Arithmetic a, PrintWriter said) throws Refusal {
        Pipeline pipe = read(d);
        Checker.Options options = new Checker.Options(Map.of(), state.settings().limit(), false);
        Program p;
        try {
            p = pipe.check(Session.NAME, options);
        } catch (Refusal r) {
            if (r.problems.stream().noneMatch(x -> x instanceof Problem.UnknownName)) throw new Refusal(worthTelling(r.problems));
            try {
                read(s.whole(result)).check(Session.NAME, options);
            } catch (Refusal better) {
                throw new Refusal(worthTelling(better.problems));
            }
            throw r;
        }
        RunOptions where = state.settings().runOptions();
        Map<String, Tensor> inputs = pipe.inputs(p, a, d.at(), List.of(), null);
        List<Tensor> results = pipe.run(p, inputs, a, where.selections(pipe, p), where.strict).results();
        tell(pipe.warnings(), said);
        return results;
    }

    /// In a program that grows, what is not used yet will be.
    private static List<Problem> worthTelling(List<Problem> problems) {
        return problems.stream().filter(p -> !(p instanceof Problem.UnusedValue) && !(p instanceof Problem.DeadStatement)).toList();
    }

    /// Tells warnings, each once in a session.
    private void tell(List<Problem> warnings, PrintWriter said) {
        List<Problem> fresh = worthTelling(warnings).stream().filter(p -> told.add(Report.message(p))).toList();
        if (!fresh.isEmpty()) said.println(Report.text(fresh, colored, Report.Place.PROMPT));
    }

    boolean colored() {
        return colored;
    }

    @Override
    public synchronized List<Word> words(String line, String word) {
        return commands.words(line, word);
    }

    /// The names of functions and programs that may be called.
    List<String> functions() {
        try {
            return read(state.session().declarations()).checker().items().functionNames().stream().filter(f -> f.indexOf('\'') < 0).toList();
        } catch (Refusal r) {
            return List.of();
        }
    }

    /// Refuses settings that no program could run with.
    void require(Settings next) throws Refusal {
        try {
            RunOptions o = next.runOptions();
            o.arithmetic();
            Pipeline pipe = read(state.session().declarations());
            o.selections(pipe, null);
            if (next.given().containsKey("cost-model")) pipe.costModel(next.text("cost-model"), null);
        } catch (Refusal r) {
            throw new Refusal(r.problems.stream().map(p -> p instanceof Problem.BadOption b ? new Problem.BadOption(b.at(), b.option().replaceFirst("^--", ":set "), b.value(), b.wanted()) : p).toList());
        }
    }

    /// The session as a file of this name: its items, and a program of its inputs that returns what was set last.
    String saved(String path) {
        Session s = state.session();
        Path target = Path.of(path).toAbsolutePath().normalize();
        for (Session.Item i : s.items())
            if (i.text().startsWith("use ")) s = s.with(new Session.Item(i.name(), "use \"" + target.getParent().relativize(Path.of(i.name()).toAbsolutePath().normalize()) + "\""));
        String name = target.getFileName().toString().replaceFirst("\\.nad$", "");
        String at = s.inputs().values().stream().map(x -> x.name() + " = " + x.value()).collect(Collectors.joining(", "));
        return (at.isEmpty() ? "" : "# --at \"" + at.replace("\n", " ") + "\"\n") + s.text(name.matches("\\p{L}[\\p{L}\\d_]*") ? name : "saved");
    }

    boolean isFunction(String name) throws Refusal {
        return read(state.session().declarations()).checker().items().isFunction(name);
    }
}
