package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.bound.Omegas;
import nad.check.Checker;
import nad.check.Constants;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Selections;
import nad.plot.Curve;
import nad.plot.Drawing;
import nad.plot.Field;
import nad.plot.Growth;
import nad.plot.Kinks;
import nad.plot.Probe;
import nad.plot.Svg;
import nad.plot.Variable;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.run.Tensor;
import nad.tensor.Shapes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "plot", description = {"Draws a function of one or two variables with its selected derivative and its kinks.",
    "Of one variable also the Clarke intervals, of two contour lines with the (sub)gradient field; or, with --cost, how costs grow with a size."},
        footer = {"", "Example:  nad plot samples/clarke_failure.nad", "          nad plot samples/rosenbrock.nad --size n=2 --range \"x[1]=-1.5..1.5, x[2]=-0.5..2\" -o valley.png",
            "          nad plot samples/rosenbrock.nad --cost n=2..1000", "          nad plot samples/softplus.nad -o - --format png > softplus.png"})
final class PlotCommand extends NadCommand {
    private static final Pattern ENTRY = Pattern.compile("\\s*([\\p{L}_][\\p{L}\\p{N}_']*)\\s*(?:\\[([^\\]]*)\\])?\\s*(?:,|$)");
    private static final Pattern RANGE = Pattern.compile("\\s*(?:([\\p{L}_][\\p{L}\\p{N}_']*\\s*(?:\\[[^\\]]*\\])?)\\s*=)?\\s*([^,=]+?)\\.\\.([^,=]+?)\\s*(?:,|$)");

    /// Of more variables than could vary, so many are told.
    private static final int MOST_NAMED = 5;

    @Mixin
    ProgramOptions options;

    @Mixin
    RunOptions where;

    @Option(names = "--x", paramLabel = "x,v[2]", description = "The variables, one or two; else the parameters that are given no value.")
    String x;

    @Option(names = "--range", paramLabel = "\"x=-2..2\"", description = "From where to where, for all variables or for one (repeatable; else -2..2).")
    List<String> ranges = List.of();

    @Option(names = "--cost", paramLabel = "n=1..200", description = "Draws the costs of P and backprop(P), and their ratio, over a size parameter.")
    String cost;

    @Option(names = {"-o", "--output"}, paramLabel = "OUT", description = "The file to write, .svg or .png; - is standard output, for a pipe. Else the program's name with .svg, and standard output says so.")
    String output;

    @Option(names = "--format", paramLabel = "FORMAT", completionCandidates = Choices.Pictures.class, description = "${COMPLETION-CANDIDATES}; else as the file's name ends, and svg.")
    String format;

    private List<Kinks.Kink> kinks;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        boolean png = png();
        if (cost != null) return growth(pipe, png);
        Program p = options.program(pipe, true);
        if (p.results().size() != 1 || p.results().getFirst().shape().length > 0)
            throw new Refusal(new Problem.NoScalarResult(Span.NONE, p.name(), p.results().size()));
        Map<String, Tensor> given = pipe.given(p, Arithmetic.FLOAT64, where.at, where.files, where.seed);
        List<Variable> variables = variables(pipe, p, given);
        GradientOptions by = new GradientOptions();
        by.wrt = variables.stream().map(v -> p.parameters().get(v.parameter()).name()).distinct().toList();
        Probe probe = new Probe(pipe.backprop(p, by), by.wrt, values(p, given, variables), variables, where.selections(pipe, p));
        pipe.stage("drawing");
        String small = small(p, where.selections(pipe, p));
        if (variables.size() == 1) {
            Curve c = new Curve(probe);
            kinks = c.kinks();
            requireSeen(c.seen(), variables);
            return write(c.drawing(p.name(), small), p, variables, png);
        }
        Field f = new Field(probe);
        requireSeen(f.seen(), variables);
        return write(f.drawing(p.name(), small), p, variables, png);
    }

    private static void requireSeen(boolean seen, List<Variable> variables) throws Refusal {
        if (!seen) throw new Refusal(new Problem.BadOption(Span.NONE, "--range", String.join(", ", variables.stream().map(v -> v.name() + "=" + Numbers.real(v.lo()) + ".."
                + Numbers.real(v.hi())).toList()), "a range in which the function has a finite value"));
    }

    private String small(Program p, Selections selections) {
        List<String> parts = new ArrayList<>();
        if (!p.sizes().isEmpty()) parts.add(Facts.sizes(p).replaceAll("[<>]", ""));
        parts.addAll(where.at);
        parts.add("convention " + selections.convention());
        parts.addAll(where.kinks);
        return String.join(" · ", parts);
    }

    // ---- variables and values

    private List<Variable> variables(Pipeline pipe, Program p, Map<String, Tensor> values) throws Refusal {
        List<int[]> entries = x != null ? asked(p) : free(p, values);
        List<String> names = entries.stream().map(e -> Variable.name(p.parameters().get(e[0]).name(), p.parameters().get(e[0]).shape(), e[1])).toList();
        if (names.isEmpty()) throw new Refusal(new Problem.MissingArgument(Span.NONE, "a parameter that could vary"));
        if (names.size() > 2 || names.stream().distinct().count() < names.size())
            throw new Refusal(new Problem.BadOption(Span.NONE, "--x", names.size() > MOST_NAMED ? String.join(", ", names.subList(0, MOST_NAMED)) + ", …" : String.join(", ", names),
                    "one variable or two; `--at` fixes the others"));
        Map<String, double[]> given = ranges(pipe, p, names);
        List<Variable> out = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            double[] r = given.getOrDefault(names.get(k), given.getOrDefault("", around(values.get(p.parameters().get(entries.get(k)[0]).name()), entries.get(k)[1])));
            out.add(new Variable(entries.get(k)[0], entries.get(k)[1], names.get(k), r[0], r[1]));
        }
        return out;
    }

    /// Where a variable goes when nothing is said: around its value, or around 0.
    private static double[] around(Tensor given, int entry) {
        double middle = given == null ? 0 : given.toDouble(entry);
        return new double[] {middle + Variable.LO, middle + Variable.HI};
    }

    /// The entries that `--x` names: a whole parameter stands for all of its entries.
    private List<int[]> asked(Program p) throws Refusal {
        List<String> known = p.parameters().stream().map(Program.Parameter::name).toList();
        List<int[]> out = new ArrayList<>();
        Matcher m = ENTRY.matcher(x);
        int at = 0;
        for (; at < x.length() && m.find(at) && m.start() == at; at = m.end()) {
            int k = known.indexOf(m.group(1));
            if (k < 0) throw new Refusal(new Problem.UnknownInput(Span.NONE, m.group(1), known));
            int[] shape = p.parameters().get(k).shape();
            if (m.group(2) != null) out.add(new int[] {k, position(m.group(2), shape, m.group(1))});
            else for (int e = 0; e < Math.min(3, Shapes.size(shape)); e++) out.add(new int[] {k, e});
        }
        if (at < x.length() || out.isEmpty()) throw new Refusal(new Problem.BadOption(Span.NONE, "--x", x, "names of variables, as in x or v[2],w"));
        return out;
    }

    private static int position(String index, int[] shape, String name) throws Refusal {
        String[] parts = index.split(",");
        if (parts.length != shape.length) throw new Refusal(new Problem.TooManySubscripts(Span.NONE, parts.length, Shapes.text(shape)));
        int at = 0;
        for (int k = 0; k < shape.length; k++) {
            int i = parts[k].strip().matches("[0-9]{1,9}") ? Integer.parseInt(parts[k].strip()) : 0;
            if (i < 1 || i > shape[k]) throw new Refusal(new Problem.IndexOutOfRange(Span.NONE, parts[k].strip(), shape[k], "`" + name + "`"));
            at = at * shape[k] + i - 1;
        }
        return at;
    }

    /// All entries of the parameters that have no value; where all have one, these.
    private static List<int[]> free(Program p, Map<String, Tensor> given) {
        List<Program.Parameter> parameters = p.parameters();
        boolean none = parameters.stream().allMatch(q -> given.containsKey(q.name()));
        List<int[]> out = new ArrayList<>();
        for (int k = 0; k < parameters.size(); k++) {
            if (!none && given.containsKey(parameters.get(k).name())) continue;
            for (int e = 0; e < Math.min(MOST_NAMED + 1, Shapes.size(parameters.get(k).shape())); e++) out.add(new int[] {k, e});
        }
        return out;
    }

    /// Values of all parameters: those that vary throughout may start as zeros.
    private static Map<String, Tensor> values(Program p, Map<String, Tensor> given, List<Variable> variables) throws Refusal {
        Map<String, Tensor> out = new LinkedHashMap<>(given);
        List<Problem> missing = new ArrayList<>();
        for (int k = 0; k < p.parameters().size(); k++) {
            Program.Parameter q = p.parameters().get(k);
            int parameter = k;
            if (given.containsKey(q.name())) continue;
            if (variables.stream().filter(v -> v.parameter() == parameter).count() == Shapes.size(q.shape())) out.put(q.name(), Tensor.of(q.shape(), new double[Shapes.size(q.shape())]));
            else missing.add(new Problem.MissingInput(Span.NONE, q.name(), Shapes.text(q.shape())));
        }
        if (!missing.isEmpty()) throw new Refusal(missing);
        return out;
    }

    // ---- ranges

    /// By variable; the empty name stands for all others.
    private Map<String, double[]> ranges(Pipeline pipe, Program p, List<String> names) throws Refusal {
        Map<String, double[]> out = new LinkedHashMap<>();
        for (String text : ranges) {
            Matcher m = RANGE.matcher(text);
            int at = 0;
            for (; at < text.length() && m.find(at) && m.start() == at; at = m.end()) {
                String name = m.group(1) == null ? "" : m.group(1).replace(" ", "");
                if (!name.isEmpty() && !names.contains(name)) throw new Refusal(new Problem.UnknownInput(Span.NONE, name, names));
                double lo = bound(pipe, p, m.group(2));
                double hi = bound(pipe, p, m.group(3));
                if (!(lo < hi) || !Double.isFinite(hi - lo)) throw badRange(text);
                out.put(name, new double[] {lo, hi});
            }
            if (at < text.length() || text.isBlank()) throw badRange(text);
        }
        return out;
    }

    private static Refusal badRange(String text) {
        return new Refusal(new Problem.BadOption(Span.NONE, "--range", text, "x=low..high with low < high, as in x=-2..2"));
    }

    private static double bound(Pipeline pipe, Program p, String text) throws Refusal {
        List<Problem> problems = new ArrayList<>();
        List<Constants.Setting> s = Constants.read(new Source("--range", "bound = " + text), pipe.checker().items(), p.sizes(), problems);
        if (!problems.isEmpty()) throw new Refusal(problems);
        if (s.size() != 1 || s.getFirst().value().shape().length > 0) throw badRange(text);
        return s.getFirst().value().get(0).toDouble();
    }

    // ---- costs

    private int growth(Pipeline pipe, boolean png) throws Refusal {
        Matcher m = Pattern.compile("\\s*(\\w+)\\s*=\\s*([0-9]{1,9})\\s*\\.\\.\\s*([0-9]{1,9})\\s*").matcher(cost);
        if (!m.matches() || Integer.parseInt(m.group(2)) < 1 || Integer.parseInt(m.group(2)) >= Integer.parseInt(m.group(3)))
            throw new Refusal(new Problem.BadOption(Span.NONE, "--cost", cost, "size=low..high with 1 <= low < high, as in n=1..200"));
        pipe.read(options.file);
        List<Growth.Point> points = new ArrayList<>();
        CostModel prices = null;
        Program p = null;
        for (int n : Growth.sizes(Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)))) {
            Map<String, Integer> sizes = new LinkedHashMap<>(options.sizes());
            sizes.put(m.group(1), n);
            p = pipe.check(options.program, new Checker.Options(sizes, options.limit, true));
            prices = options.prices(pipe, p);
            Rational own = prices.cost(StaticCost.of(p));
            Rational all = prices.cost(StaticCost.of(pipe.backprop(p, new GradientOptions())));
            points.add(new Growth.Point(n, own.toDouble(), all.toDouble(), own.sign() == 0 ? Double.NaN : all.over(own).toDouble(), Omegas.largest(p, prices).toDouble()));
        }
        pipe.stage("drawing");
        return write(new Growth(m.group(1), points).drawing(p.name(), "cost model " + prices.name()), p, List.of(), png);
    }

    // ---- the answer

    /// Whether the picture is to be a PNG.
    private boolean png() throws Refusal {
        if (format != null) return Choices.of("--format", format, Choices.PICTURES).equals("png");
        if (output != null && !output.equals("-") && !output.endsWith(".svg") && !output.endsWith(".png"))
            throw new Refusal(new Problem.BadOption(Span.NONE, "--output", output, "a name that ends with .svg or .png, or -"));
        return output != null && output.endsWith(".png");
    }

    private int write(Drawing d, Program p, List<Variable> variables, boolean png) throws Refusal {
        String to = output != null ? output : p.name() + (png ? ".png" : ".svg");
        if (to.equals("-")) {
            if (png) bytes(Output.png(d, to));
            else out().print(Svg.of(d));
            return DONE;
        }
        if (png) Output.replace(to, Output.png(d, to));
        else Output.replace(to, Svg.of(d));
        if (json) answer(object(d, to, variables));
        else {
            out().println("wrote " + to);
            if (kinks != null) for (Kinks.Kink k : kinks) out().println("kink at " + k.text(variables.getFirst().name()));
        }
        return DONE;
    }

    private Map<String, Object> object(Drawing d, String to, List<Variable> variables) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("output", to);
        out.put("title", d.title());
        if (kinks == null) return out;
        List<Map<String, Object>> all = new ArrayList<>();
        for (Kinks.Kink k : kinks) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put(variables.getFirst().name(), new Real(k.x()));
            one.put("clarke", List.of(new Real(k.lo()), new Real(k.hi())));
            one.put("selected", new Real(k.selected()));
            one.put("met", k.met());
            all.add(one);
        }
        out.put("kinks", all);
        return out;
    }
}
