package nad.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nad.arithmetic.Arithmetic;
import nad.backprop.Backprop;
import nad.check.Checker;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.report.Report;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Tensor;
import nad.tensor.Shapes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every diagnostic, word for word: each `.nad` file in src/test/resources/diagnostics beside the text that a reader gets
/// for it. `mvn test -Dtest=DiagnosticsTest -Dnad.update=true` writes the texts anew, for a look at the difference.
///
/// Comment lines at the top of a case give options: `# sizes: n=3`, `# program: f`, `# limit: 100`, `# wrt: x, y`,
/// `# others` (the file's other programs too), `# backprop` (what backprop refuses), `# dissolve`, and for a run
/// `# at: x=1, y=2`, `# gradient`, `# strict`, `# rational`, `# interval`.
class DiagnosticsTest {
    private static final Path CASES = Path.of("src/test/resources/diagnostics");

    @TestFactory
    Stream<DynamicTest> everyCaseIsToldAsPinned() throws IOException {
        return cases().stream().map(c -> dynamicTest(c.getFileName().toString(), () -> {
            String told = Report.text(problems(c), false).replace(CASES + "/", "") + "\n";
            Path pinned = Path.of(c.toString().replaceAll("\\.nad$", ".txt"));
            if (Boolean.getBoolean("nad.update")) Files.writeString(pinned, told);
            assertThat(told).isEqualTo(Files.readString(pinned));
        }));
    }

    @Test
    void everyTextBelongsToACase() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            for (Path p : all.filter(p -> p.toString().endsWith(".txt")).toList())
                assertThat(Path.of(p.toString().replaceAll("\\.txt$", ".nad"))).exists();
        }
    }

    /// What no program text alone can bring about: it takes a command line, data, a disk, or a machine too small.
    private static final Map<Problem, String> ELSEWHERE = elsewhere();

    private static Map<Problem, String> elsewhere() {
        Map<Problem, String> m = new LinkedHashMap<>();
        m.put(new Problem.UnknownInput(Span.NONE, "weights", List.of("x")), "This program has no parameter named `weights`. (its parameters are `x`)");
        m.put(new Problem.MissingInput(Span.NONE, "x", "real[3]"),
                "The parameter `x` (real[3]) has no value. (give `--at \"x=[1, 2]\"`, `--inputs FILE` or `--random SEED`)");
        m.put(new Problem.InputShape(Span.NONE, "x", "real[3]", "real[4]"), "The value for `x` must be real[3], and is real[4].");
        m.put(new Problem.InputNotANumber(Span.NONE, "x", "[3, 2]"),
                "The value for `x[3, 2]` is not a finite number. (data holds finite numbers: replace or leave out what is missing)");
        m.put(new Problem.BadInput(Span.NONE, "data.npy", "its header is cut off"), "`data.npy` cannot be used: its header is cut off.");
        m.put(new Problem.BadOption(Span.NONE, "--convention", "torch", "default, pytorch or jax"),
                "`torch` does not fit `--convention`, which takes default, pytorch or jax.");
        m.put(new Problem.NoPlainForm(Span.NONE, "max", "row"), "The plain form has scalar statements only, and `max` works on a whole row here. (write it with operations on scalars, or use another format)");
        m.put(new Problem.UnknownCommand(Span.NONE, "verfy", List.of("verify", "run")), "There is no command `verfy`. (did you mean `verify`?)");
        m.put(new Problem.UnknownCommandOption(Span.NONE, "--seize", "--size"), "There is no option `--seize` here. (perhaps `--size` is meant)");
        m.put(new Problem.UnknownCode(Span.NONE, "unknown-nam", List.of("unknown-name")), "No error and no warning has the code `unknown-nam`. (did you mean `unknown-name`?)");
        m.put(new Problem.MissingArgument(Span.NONE, "the file"), "Something is missing: the file.");
        m.put(new Problem.SuperfluousArgument(Span.NONE, "g.nad"), "`g.nad` is one argument too many.");
        m.put(new Problem.CannotWrite(Span.NONE, "out.nad", "permission denied"), "`out.nad` cannot be written: permission denied. Nothing was changed.");
        m.put(new Problem.OutOfMemory(Span.NONE, "2 GiB of values"),
                "There is not enough memory for 2 GiB of values. (use smaller sizes, or give Java more memory: `JAVA_TOOL_OPTIONS=-Xmx8g`)");
        m.put(new Problem.NotCompiled(Span.NONE, "g"), "The compiled engine has no routine for `g`. (`--engine interpreter` runs this program)");
        m.put(new Problem.TooManyCells(Span.NONE, "f", 1000),
                "Around this point `f` has more than 1000 cells, too many to list its Clarke set. (raise the limit with `--cells`, or leave the set out with `--no-set`)");
        m.put(new Problem.NoEnumeration(Span.NONE, "hypot", "t1", "the norm is 0 there, and its derivatives fill a ball"),
                "The Clarke set is not listed because of `hypot` in the statement of `t1`: the norm is 0 there, and its derivatives fill a ball.");
        m.put(new Problem.Contradiction(Span.NONE, "min", "t2", Span.NONE, "max", "t1", List.of("1", "0")),
                "The selections at `max` in the statement of `t1` and at `min` in that of `t2` contradict each other: both look at the same quantity, and of the side where"
                        + " the first's is positive one takes 1 and the other 0. (the gradient may be no generalised derivative of the program here: `nad clarke` tells, `--kink` or `--convention` selects anew)");
        m.put(new Problem.NoScalarResult(Span.NONE, "f", 2), "`f` must return one scalar for this, and returns 2 results. (reduce the result, for example with `sum`)");
        m.put(new Problem.WrongDirections(Span.NONE, "rows of 3", "one of 2"),
                "The directions must be rows of 3 numbers, one for each entry of the differentiated parameters in order, and are one of 2.");
        m.put(new Problem.SingularDirections(Span.NONE, 2),
                "These 2 directions are linearly dependent, so they do not determine a subgradient. (let the rows be a basis, for example the identity)");
        m.put(new Problem.LineTooLong(Span.NONE, 2000000, 1048576),
                "This line has 2000000 characters; a line may have 1048576. (end a statement with its line, or break the line inside `( )` or `[ ]`)");
        return m;
    }

    @TestFactory
    Stream<DynamicTest> whatComesFromElsewhereIsToldAsPinned() {
        return ELSEWHERE.entrySet().stream().map(e -> dynamicTest(e.getKey().getClass().getSimpleName(), () -> {
            String hint = Report.hint(e.getKey());
            assertThat(Report.message(e.getKey()) + (hint == null ? "" : " (" + hint + ")")).isEqualTo(e.getValue());
        }));
    }

    @Test
    void everyKindOfProblemIsMetByACaseOrComesFromElsewhere() throws IOException {
        Set<String> met = new TreeSet<>();
        for (Path c : cases()) for (Problem p : problems(c)) met.add(p.getClass().getSimpleName());
        Set<String> elsewhere = new TreeSet<>();
        for (Problem p : ELSEWHERE.keySet()) elsewhere.add(p.getClass().getSimpleName());
        assertThat(met).doesNotContainAnyElementsOf(elsewhere);
        met.addAll(elsewhere);
        assertThat(met).containsExactlyInAnyOrderElementsOf(kinds(Problem.class, new TreeSet<>()));
    }

    @Test
    void codesAreUnique() throws IOException {
        Map<String, String> codes = new HashMap<>();
        List<Problem> all = new ArrayList<>(ELSEWHERE.keySet());
        for (Path c : cases()) all.addAll(problems(c));
        for (Problem p : all) {
            assertThat(Report.code(p)).matches("[a-z0-9]+(-[a-z0-9]+)*");
            assertThat(codes.merge(Report.code(p), p.getClass().getName(), (a, b) -> a)).isEqualTo(p.getClass().getName());
        }
    }

    private static Set<String> kinds(Class<?> sealed, Set<String> out) {
        for (Class<?> c : sealed.getPermittedSubclasses())
            if (c.isSealed()) kinds(c, out);
            else out.add(c.getSimpleName());
        return out;
    }

    // ---- cases

    private static List<Path> cases() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all.filter(p -> p.toString().endsWith(".nad")).sorted().toList();
        }
    }

    private static Map<String, String> options(Path c) throws IOException {
        Map<String, String> out = new HashMap<>();
        for (String line : new String(Files.readAllBytes(c), java.nio.charset.StandardCharsets.ISO_8859_1).lines().toList()) {
            if (!line.startsWith("# ")) break;
            String[] parts = line.substring(2).split(": *", 2);
            out.put(parts[0].strip(), parts.length > 1 ? parts[1].strip() : "");
        }
        return out;
    }

    private static Map<String, Double> numbers(String text) {
        Map<String, Double> out = new LinkedHashMap<>();
        if (text != null) for (String part : text.split(", *")) out.put(part.split("=")[0], Double.valueOf(part.split("=")[1]));
        return out;
    }

    private static List<Problem> problems(Path c) throws IOException {
        Map<String, String> o = options(c);
        Map<String, Integer> sizes = new HashMap<>();
        numbers(o.get("sizes")).forEach((name, n) -> sizes.put(name, n.intValue()));
        long limit = o.containsKey("limit") ? Long.parseLong(o.get("limit")) : Checker.STANDARD_LIMIT;
        Checker.Options options = new Checker.Options(sizes, limit, o.containsKey("dissolve"));
        Checker checker = Checker.read(new DiskFiles(), c.toString());
        Program p = checker.elaborate(o.get("program"), options);
        if (p != null && o.containsKey("others")) checker.checkOthers(o.get("program"), options);
        List<Problem> problems = new ArrayList<>(checker.problems());
        List<String> wrt = o.containsKey("wrt") ? List.of(o.get("wrt").split(", *")) : null;
        if (p != null && o.containsKey("backprop")) problems.addAll(Backprop.refusals(p, wrt));
        if (p != null && o.containsKey("at")) run(p, o, problems);
        return problems;
    }

    private static void run(Program p, Map<String, String> o, List<Problem> problems) {
        Map<String, Tensor> inputs = new HashMap<>();
        numbers(o.get("at")).forEach((name, x) -> inputs.put(name, Tensor.of(Shapes.SCALAR, x)));
        Program q = o.containsKey("gradient") ? Backprop.of(p, null, problems) : p;
        Arithmetic a = o.containsKey("rational") ? Arithmetic.RATIONAL : o.containsKey("interval") ? Arithmetic.INTERVAL : Arithmetic.FLOAT64;
        try {
            problems.addAll(Interpreter.run(q, inputs, a, Selections.DEFAULT, o.containsKey("strict")).warnings());
        } catch (Interpreter.Stopped e) {
            problems.add(e.problem);
        }
    }
}
