package nad.cli;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.check.Checker;
import nad.check.Files;
import nad.compile.Options;
import nad.core.Flat;
import nad.core.Optimize;
import nad.core.Program;
import nad.core.StaticCost;
import nad.data.Boxes;
import nad.data.DiskFiles;
import nad.data.Inputs;
import nad.dictionary.CostModel;
import nad.dictionary.Dictionary;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.dictionary.Tangents;
import nad.forward.Forprop;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Samples;
import nad.run.Tensor;

/// The one direction of flow: text → checked program P → backprop(P) → print, run, certify. Each stage takes values and gives
/// values, or leaves with what is wrong; [#stage] names the one at work, for the report of a fault of NAD itself.
final class Pipeline {
    private final Files files;
    private final List<Problem> problems = new ArrayList<>();
    private Checker checker;
    private Optimized optimized;
    private volatile String stage = "starting";

    Pipeline(Files files) {
        this.files = files;
    }

    /// Reads a file and what it uses; what is wrong is told with what [#check] finds.
    void read(String path) {
        stage = "reading " + path;
        checker = Checker.read(files, path);
    }

    /// Reads a text that stands in no file.
    void readText(String name, String text) {
        stage = "reading " + name;
        checker = Checker.readText(files, name, text);
    }

    /// Reads a file of which no program is wanted, or several.
    void readAlone(String path) throws Refusal {
        read(path);
        tell();
    }

    /// The program of this name, or the last of the file.
    Program check(String program, Checker.Options options) throws Refusal {
        stage = "checking";
        Program p = checker.elaborate(program, options);
        tell();
        if (checker.json() != null) {
            boolean blocks = checker.isDump(program) || options.dump();
            Program written = options.dissolve() && blocks ? checker.elaborate(program, new Checker.Options(options.sizes(), options.limit(), false, options.dump())) : p;
            Problem wrong = JsonAgreement.wrong(checker.json(), written);
            if (wrong != null) throw new Refusal(wrong);
            checker.problems().clear();
        }
        return p;
    }

    /// Looks at the file's other programs too.
    void checkOthers(String program, Checker.Options options) throws Refusal {
        checker.checkOthers(program, options);
        tell();
    }

    private void tell() throws Refusal {
        problems.addAll(checker.problems());
        checker.problems().clear();
        refuse();
    }

    /// The scalar program, of at most `limit` statements.
    Program flat(Program p, long limit) throws Refusal {
        stage = "flattening";
        Program q = Flat.of(p, limit, problems);
        refuse();
        return q;
    }

    /// The same function at a lower cost, which is noted.
    Program optimized(Program p) {
        stage = "optimising";
        Program q = Optimize.of(p);
        optimized = new Optimized(StaticCost.of(p), StaticCost.of(q));
        return q;
    }

    /// What P was counted as before and after `--optimize`.
    record Optimized(Tally before, Tally after) {}

    Optimized optimized() {
        return optimized;
    }

    Program backprop(Program p, GradientOptions by) throws Refusal {
        stage = "transforming";
        Program q = Backprop.of(p, by.wrt, by.strongZero, problems);
        refuse();
        return q;
    }

    /// P's tangent program of one of the three kinds along `directions` directions.
    Program forprop(Program p, GradientOptions by, int directions, Tangents.Way way) throws Refusal {
        stage = "transforming";
        Program q = switch (way) {
            case SELECTION -> Forprop.jvp(p, by.wrt, directions, problems);
            case DIRECTIONS -> Forprop.directional(p, by.wrt, directions, problems);
            case LEXICOGRAPHIC -> Forprop.lexicographic(p, by.wrt, directions, problems);
        };
        refuse();
        return q;
    }

    Certificate certify(Program p, Program q, CostModel prices, List<String> wrt) {
        stage = "certifying";
        return CheapGradient.certify(p, q, prices, wrt);
    }

    Map<String, Tensor> inputs(Program p, Arithmetic arithmetic, List<String> at, List<String> paths, Long seed) throws Refusal {
        return inputs(p, arithmetic, at, paths, seed, false);
    }

    /// @param batch whether values may have an axis for samples before their own
    Map<String, Tensor> inputs(Program p, Arithmetic arithmetic, List<String> at, List<String> paths, Long seed, boolean batch) throws Refusal {
        stage = "reading inputs";
        Map<String, Tensor> inputs = batch ? Inputs.gatherBatch(p, checker.items(), arithmetic, at, paths, standardInput(), seed, problems)
                : Inputs.gather(p, checker.items(), arithmetic, at, paths, standardInput(), seed, problems);
        refuse();
        return inputs;
    }

    /// An interval for each entry of each parameter.
    ///
    /// @param by the parameters that a radius without a name is for
    Map<String, Tensor> box(Program p, List<String> box, List<String> by, RunOptions where) throws Refusal {
        stage = "reading inputs";
        Map<String, Tensor> inputs = Boxes.gather(p, checker.items(), box, by, where.at, where.files, standardInput(), where.seed, problems);
        refuse();
        return inputs;
    }

    /// The values of those parameters that are given one.
    Map<String, Tensor> given(Program p, Arithmetic arithmetic, List<String> at, List<String> paths, Long seed) throws Refusal {
        stage = "reading inputs";
        Map<String, Tensor> inputs = Inputs.given(p, checker.items(), arithmetic, at, paths, standardInput(), seed, problems);
        refuse();
        return inputs;
    }

    /// Null where there is none: at the prompt it is the terminal.
    private InputStream standardInput() {
        return files instanceof DiskFiles disk ? disk.standardInput() : null;
    }

    Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections, boolean strict) throws Refusal {
        return run(p, inputs, arithmetic, selections, strict, 0);
    }

    /// @param tolerance how near to a kink is told
    Run run(Program p, Map<String, Tensor> inputs, Arithmetic arithmetic, Selections selections, boolean strict, double tolerance) throws Refusal {
        return running(p, () -> Interpreter.run(p, inputs, arithmetic, selections, strict, tolerance));
    }

    /// The same for each sample of a batch.
    Run runSamples(Program p, Map<String, Tensor> inputs, boolean summed, Arithmetic arithmetic, Selections selections, boolean strict, double tolerance) throws Refusal {
        return running(p, () -> Samples.run(p, inputs, summed, arithmetic, selections, strict, tolerance));
    }

    /// By the compiled engine.
    Run runCompiled(Program p, Map<String, Tensor> inputs, boolean batch, boolean summed, Options options, int threads) throws Refusal {
        return running(p, () -> batch ? CompiledRun.batch(p, inputs, summed, options, threads) : CompiledRun.single(p, inputs, options));
    }

    interface Running<T> {
        T run() throws Refusal, Interpreter.Stopped;
    }

    private Run running(Program p, Running<Run> how) throws Refusal {
        Run r = stopped(p, how);
        problems.addAll(r.warnings());
        return r;
    }

    /// What stops a run, as a refusal.
    <T> T stopped(Program p, Running<T> how) throws Refusal {
        stage = "running";
        try {
            return how.run();
        } catch (Interpreter.Stopped e) {
            throw new Refusal(e.problem);
        } catch (OutOfMemoryError e) {
            throw CompiledRun.outOfMemory(p, Engine.values(p), false);
        }
    }

    // ---- what a file says about costs and kinks

    /// The model of this name: a standard one or a dictionary of the file. Without a name, that of the dictionary which the
    /// program is over, else unit.
    CostModel costModel(String name, Program p) throws Refusal {
        if (name == null) return p == null || p.over() == null ? CostModel.UNIT : p.over().costModel();
        if (CostModel.NAMES.contains(name)) return CostModel.named(name);
        Dictionary d = checker == null ? null : checker.items().dictionaries().get(name);
        if (d != null) return d.costModel();
        List<String> known = new ArrayList<>(CostModel.NAMES);
        if (checker != null) known.addAll(checker.items().dictionaries().keySet());
        throw new Refusal(new Problem.BadOption(Span.NONE, "--cost-model", name, String.join(", ", known)));
    }

    /// The selections at kinks: a convention by name, else those of the dictionary that the program is over, with single ones
    /// (`relu=0.5`) on top.
    Selections selections(String convention, List<String> single, Program p) throws Refusal {
        return selections(convention, single, p == null ? null : p.over());
    }

    /// @param over null stands for the standard dictionary
    Selections selections(String convention, List<String> single, Dictionary over) throws Refusal {
        if (convention != null && !Selections.CONVENTIONS.contains(convention))
            throw new Refusal(new Problem.BadOption(Span.NONE, "--convention", convention, String.join(", ", Selections.CONVENTIONS)));
        Selections s = convention != null ? Selections.of(convention)
                : over != null ? over.selections() : Selections.DEFAULT;
        for (String k : single) {
            int equals = k.indexOf('=');
            List<Rational> value = equals < 0 ? null : selected(k.substring(equals + 1).strip());
            if (value == null) throw new Refusal(new Problem.BadOption(Span.NONE, "--kink", k, "function=value, as in relu=0.5, max=half or max=(0.3, 0.7)"));
            String function = k.substring(0, equals).strip();
            Problem wrong = Checker.wrongSelection(checker == null ? null : checker.items(), function, value);
            if (wrong != null) throw new Refusal(wrong);
            s = s.with(function, value.getFirst());
        }
        return s;
    }

    /// A number, or several in brackets; null for what is neither.
    private static List<Rational> selected(String text) {
        boolean several = text.startsWith("(") && text.endsWith(")") || text.startsWith("[") && text.endsWith("]");
        List<Rational> out = new ArrayList<>();
        for (String part : several ? text.substring(1, text.length() - 1).split(",", -1) : new String[] {text}) {
            Rational r = number(part.strip());
            if (r == null) return null;
            out.add(r);
        }
        return out;
    }

    private static Rational number(String text) {
        return switch (text) {
            case "first" -> Rational.ONE;
            case "second", "last" -> Rational.ZERO;
            case "half" -> Rational.HALF;
            default -> {
                try {
                    String[] quotient = text.split("/", 2);
                    Rational r = Rational.parse(quotient[0].strip());
                    yield quotient.length == 1 ? r : r.over(Rational.parse(quotient[1].strip()));
                } catch (ArithmeticException | NumberFormatException e) {
                    yield null;
                }
            }
        };
    }

    // ---- problems

    private void refuse() throws Refusal {
        if (problems.stream().anyMatch(p -> !p.isWarning())) throw new Refusal(List.copyOf(problems));
    }

    void warn(Problem p) {
        problems.add(p);
    }

    List<Problem> warnings() {
        return problems;
    }

    Checker checker() {
        return checker;
    }

    String stage() {
        return stage;
    }

    void stage(String name) {
        stage = name;
    }
}
