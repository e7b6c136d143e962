package nad.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.JsonText;
import nad.syntax.JsonTree;
import nad.syntax.Parser;
import nad.syntax.Tree;

/// From files to programs: reads a file and those it uses, declares what they declare, and elaborates one program for
/// given sizes. Problems are collected, as many as are independent of each other.
public final class Checker {
    /// The most statements that a program may be written out to, unless told otherwise.
    public static final long STANDARD_LIMIT = 10_000_000;

    static final Items PRELUDE = prelude();

    /// @param sizes    values of size parameters
    /// @param limit    the most statements, and rounds of loops, that are written out
    /// @param dissolve whether adjoint blocks become ordinary statements, so that a dump can be transformed again
    /// @param dump     whether the program is known to be a dump even where it has no adjoint block: backprop of a program
    ///                 whose result depends on parameters through views alone sets bars and nothing else
    public record Options(Map<String, Integer> sizes, long limit, boolean dissolve, boolean dump) {
        public static final Options STANDARD = new Options(Map.of(), STANDARD_LIMIT, false);
        /// Programs that were not asked for are looked at only so far.
        private static final long OTHERS_LIMIT = 100_000;

        public Options(Map<String, Integer> sizes, long limit, boolean dissolve) {
            this(sizes, limit, dissolve, false);
        }

        public static Options ofDump(long limit) {
            return new Options(Map.of(), limit, false, true);
        }

        private Options forOther(Tree.Program p) {
            Map<String, Integer> own = new HashMap<>(sizes);
            own.keySet().retainAll(p.sizes().stream().map(s -> s.name().text()).toList());
            return new Options(own, Math.min(limit, OTHERS_LIMIT), dissolve, false);
        }
    }

    private final Files files;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Items> loaded = new HashMap<>();
    /// Files on the way from the outermost to the one that is read, by identity, and as their paths were written.
    private final List<String> loading = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private Items items;
    private List<String> programs = List.of();
    private Source source;
    private Source json;

    private Checker(Files files) {
        this.files = files;
    }

    /// Reads and declares; what is wrong is in [#problems].
    public static Checker read(Files files, String path) {
        Checker c = new Checker(files);
        c.items = c.load(path, Span.NONE);
        return c;
    }

    /// The same for a text that is no file, such as a line typed at a prompt.
    public static Checker readText(Files files, String name, String text) {
        Checker c = new Checker(files);
        Source s = new Source(name, Parser.normalized(text));
        c.items = c.declare(s, Parser.parse(s, c.problems));
        return c;
    }

    public List<Problem> problems() {
        return problems;
    }

    public boolean failed() {
        return problems.stream().anyMatch(p -> !p.isWarning());
    }

    public Source source() {
        return source;
    }

    /// The names of the file's own programs, in order.
    public List<String> programs() {
        return programs;
    }

    public Items items() {
        return items;
    }

    /// The prelude's and the files' declared functions with their primes.
    public List<Elementary> declared() {
        return items.declared();
    }

    /// Elaborates a program of the file: `name`, or the last where null. Null where problems were added or had been; then
    /// the file's other programs are looked at too, so that their mistakes need no second round.
    public Program elaborate(String name, Options options) {
        Items.Callable callable = choose(name);
        Program p = callable == null ? null : elaborate(callable, options, problems);
        if (!failed()) return p;
        checkOthers(callable, options);
        return null;
    }

    /// Adds what is wrong in the file's other programs than `name` (null: the last), as far as their sizes are known.
    public void checkOthers(String name, Options options) {
        if (items == null) return;
        checkOthers(items.programs.get(name != null || programs.isEmpty() ? name : programs.getLast()), options);
    }

    private void checkOthers(Items.Callable chosen, Options options) {
        for (String name : programs) {
            Items.Callable other = items.programs.get(name);
            if (other == null || chosen != null && other.tree() == chosen.tree()) continue;
            List<Problem> found = new ArrayList<>();
            elaborate(other, options.forOther(other.tree()), found);
            for (Problem p : found) if (!limit(p) && !problems.contains(p)) problems.add(p);
        }
    }

    /// What only says that this program, which was not asked for, has no size or is too large.
    private static boolean limit(Problem p) {
        return p instanceof Problem.SizeWithoutValue || p instanceof Problem.TooManyStatements || p instanceof Problem.TooManyEntries || p instanceof Problem.TooDeep;
    }

    private static Program elaborate(Items.Callable callable, Options options, List<Problem> problems) {
        try {
            return Elaborator.elaborate(callable, options, problems);
        } catch (StackOverflowError e) {
            problems.add(new Problem.TooDeep(Tree.span(callable.source(), callable.tree().name().at()), Elaborator.DEEPEST));
            return null;
        } catch (ArithmeticException e) {
            // Sizes that do not fit an int, where no check met them before.
            problems.add(new Problem.TooManyStatements(Tree.span(callable.source(), callable.tree().name().at()), options.limit()));
            return null;
        } catch (OutOfMemoryError e) {
            problems.add(new Problem.OutOfMemory(Tree.span(callable.source(), callable.tree().name().at()), "this program written out"));
            return null;
        }
    }

    /// The name of the program that this name, or none, chooses.
    public String chosen(String name) {
        return name != null ? name : programs().isEmpty() ? null : programs().getLast();
    }

    /// The parameters of a program, of the file itself or of one that it uses, by name; null where there is no such program.
    public List<String> parameters(String name) {
        Items.Callable callable = items == null ? null : items.programs.get(name);
        return callable == null ? null : callable.tree().parameters().stream().map(p -> p.name().text()).toList();
    }

    /// The size parameters of a program, by name; none where there is no such program.
    public List<String> sizes(String name) {
        Items.Callable callable = failed() ? null : choose(name);
        return callable == null ? List.of() : callable.tree().sizes().stream().map(s -> s.name().text()).toList();
    }

    /// What the program's statements may apply, at any sizes; nothing where there is no such program.
    public Set<Occurring.Use> occurring(String name) {
        Items.Callable callable = failed() ? null : choose(name);
        return callable == null ? Set.of() : Occurring.in(callable);
    }

    /// The dictionary that the program is declared over; null for the standard one.
    public Dictionary over(String name) {
        Items.Callable callable = failed() ? null : choose(name);
        return callable == null || callable.tree().over() == null ? null : callable.scope().dictionary(callable.tree().over().text());
    }

    /// Whether the program has adjoint blocks.
    public boolean isDump(String name) {
        Items.Callable callable = failed() ? null : choose(name);
        return callable != null && callable.tree().body().stream().anyMatch(s -> s instanceof Tree.Adjoint);
    }

    private Items.Callable choose(String name) {
        if (items == null) return null;
        Span at = new Span(source, 0, 0);
        if (name != null) {
            Items.Callable c = items.programs.get(name);
            if (c == null && !items.excuses(name)) problems.add(new Problem.UnknownProgram(at, name, programs));
            return c;
        }
        if (!programs.isEmpty()) return items.programs.get(programs.getLast());
        if (!failed()) problems.add(new Problem.NoProgram(at, source.name()));
        return null;
    }

    /// What is wrong with selecting a number, or the two weights of a tie, at the kinks of `function` (of the items, or of D), or null.
    public static Problem wrongSelection(Items items, String function, List<Rational> numbers) {
        return Kinks.wrong(items == null ? PRELUDE : items, function, null, numbers, Span.NONE);
    }

    // ---- files

    private Items load(String path, Span asked) {
        String identity = files.identity(path);
        Items known = loaded.get(identity);
        if (known != null) return known;
        try {
            loading.add(identity);
            paths.add(path);
            String text = files.read(path, asked);
            Source s = written(new Source(path, Parser.normalized(text)), asked);
            if (s == null) return null;
            Items items = declare(s, files.tree(s, problems));
            loaded.put(identity, items);
            return items;
        } catch (Files.Refused e) {
            problems.add(e.problem);
            return null;
        } finally {
            loading.removeLast();
            paths.removeLast();
        }
    }

    /// The text of a file; of a dump in JSON the text that it holds. Null where a problem was added.
    private Source written(Source s, Span asked) {
        if (!JsonTree.isJson(s.text())) return s;
        if (loading.size() > 1) {
            problems.add(new Problem.BadInput(asked, "`" + s.name() + "`", "a dump in JSON is read by itself, and not by another file"));
            return null;
        }
        json = s;
        return JsonText.of(s, problems);
    }

    /// The JSON that the outermost file is, or null: its structure has not been compared with its text.
    public Source json() {
        return json;
    }

    /// @param file the tree of the text, or null
    private Items declare(Source s, Tree.File file) {
        boolean outermost = source == null;
        if (outermost) source = s;
        Items own = new Items(PRELUDE, false);
        List<String> ownPrograms = new ArrayList<>();
        if (outermost) programs = ownPrograms;
        own.incomplete = file == null || !file.whole();
        if (file == null) return own;
        for (Tree.Word w : file.unsound()) own.defined.putIfAbsent(w.text(), Tree.span(s, w.at()));
        for (Tree.Item i : file.items()) {
            if (i instanceof Tree.Use u) use(own, u, s.name(), s);
            else Declarations.declare(own, i, s, problems);
            if (i instanceof Tree.Program p) ownPrograms.add(p.name().text());
        }
        return own;
    }

    private void use(Items own, Tree.Use u, String path, Source s) {
        Span at = Tree.span(s, u.at());
        String other = files.resolve(path, u.path());
        String identity = files.identity(other);
        if (loading.contains(identity)) {
            List<String> cycle = new ArrayList<>(paths.subList(loading.indexOf(identity), paths.size()));
            cycle.add(cycle.getFirst());
            problems.add(new Problem.UseCycle(at, cycle));
            own.incomplete = true;
            return;
        }
        Items used = load(other, at);
        if (used != null) Declarations.include(own, used, at, problems);
        else own.incomplete = true;
    }

    // ---- the prelude

    private static Items prelude() {
        try (InputStream in = Checker.class.getResourceAsStream("/nad/prelude.nad")) {
            Source s = new Source("prelude.nad", new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<Problem> problems = new ArrayList<>();
            Tree.File file = Parser.parse(s, problems);
            Items items = new Items(null, true);
            items.constants.put("pi", Value.of(Operand.Constant.scalar(new Real(Math.PI))));
            items.constants.put("e", Value.of(Operand.Constant.scalar(new Real(Math.E))));
            if (file != null) for (Tree.Item i : file.items()) Declarations.declare(items, i, s, problems);
            if (!problems.isEmpty()) throw new IllegalStateException("the prelude does not check: " + problems);
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The prelude's functions with their primes, in order.
    public static List<Elementary> preludeEntries() {
        return PRELUDE.declared();
    }

    /// The names of the prelude's programs.
    public static List<String> preludePrograms() {
        return new ArrayList<>(new LinkedHashMap<>(PRELUDE.programs).keySet());
    }
}
