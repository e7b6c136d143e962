package nad.data;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.check.Constants;
import nad.check.Files.Refused;
import nad.check.Items;
import nad.core.Operand;
import nad.core.Program;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// A tensor for each parameter of a program: from `--at`, else from `--inputs`, else from `--random`.
public final class Inputs {
    private final Program program;
    private final Arithmetic arithmetic;
    private final boolean batch;
    private final InputStream standardInput;
    private final List<Problem> problems;
    private final Map<String, Program.Parameter> parameters = new LinkedHashMap<>();
    /// Where `--at` gives a name, and which file does.
    private final Map<String, Span> set = new HashMap<>();
    private final Map<String, String> fileOf = new HashMap<>();
    /// What was given for a parameter; null where it is wrong, which was told.
    private final Map<String, Tensor> given = new LinkedHashMap<>();
    /// The first parameter that has a value for each sample, and how many those are.
    private Samples samples;
    /// The parameters whose values stand before anything is read.
    private Map<String, Tensor> known = Map.of();
    /// Where a text or a file could not be read, so that nothing is known about what it gives.
    private boolean unread;

    /// Whether a file of this name would be read as data.
    public static boolean isDataFile(String name) {
        return Formats.of(name) != null;
    }

    private Inputs(Program program, Arithmetic arithmetic, boolean batch, InputStream standardInput, List<Problem> problems) {
        this.batch = batch;
        this.standardInput = standardInput;
        this.program = program;
        this.arithmetic = arithmetic;
        this.problems = problems;
        for (Program.Parameter q : program.parameters()) parameters.put(q.name(), q);
    }

    /// The same where no names of a file may stand in `at`.
    public static Map<String, Tensor> gather(Program p, Arithmetic arithmetic, List<String> at, List<String> files, Long seed,
            List<Problem> problems) {
        return gather(p, null, arithmetic, at, files, null, seed, problems);
    }

    /// The same for a batch: what has one axis before its parameter's own has a value for each sample, as many as all others
    /// that do; there is at least one.
    public static Map<String, Tensor> gatherBatch(Program p, Items scope, Arithmetic arithmetic, List<String> at, List<String> files, InputStream standardInput,
            Long seed, List<Problem> problems) {
        return gather(new Inputs(p, arithmetic, true, standardInput, problems), scope, at, files, seed, true);
    }

    /// The same, where parameters that are given nothing are left out.
    public static Map<String, Tensor> given(Program p, Items scope, Arithmetic arithmetic, List<String> at, List<String> files, InputStream standardInput, Long seed,
            List<Problem> problems) {
        return gather(new Inputs(p, arithmetic, false, standardInput, problems), scope, at, files, seed, false);
    }

    /// A tensor of the right shape for each parameter, in the program's order, or null where problems were added.
    ///
    /// @param scope the items whose constants and functions may stand in `at`, or null
    /// @param at    texts such as `x=1.5, v=[1, 2/3]`, of constant expressions, in which the program's sizes are known
    /// @param files `FILE`, or `name=FILE` for one parameter; where there is a standard input, a FILE `-` is that
    /// @param seed  where to start random values for what is not given, or null
    public static Map<String, Tensor> gather(Program p, Items scope, Arithmetic arithmetic, List<String> at, List<String> files, InputStream standardInput, Long seed,
            List<Problem> problems) {
        return gather(new Inputs(p, arithmetic, false, standardInput, problems), scope, at, files, seed, true);
    }

    /// The same in intervals, where some parameters have their values already, whatever else gives them.
    static Map<String, Tensor> gatherAround(Program p, Items scope, Map<String, Tensor> known, List<String> at, List<String> files, InputStream standardInput, Long seed,
            List<Problem> problems) {
        Inputs in = new Inputs(p, Arithmetic.INTERVAL, false, standardInput, problems);
        in.known = known;
        in.given.putAll(known);
        return gather(in, scope, at, files, seed, true);
    }

    private static Map<String, Tensor> gather(Inputs in, Items scope, List<String> at, List<String> files, Long seed, boolean all) {
        List<Problem> problems = in.problems;
        int before = problems.size();
        for (String text : at) in.settings(new Source("--at", text), scope);
        for (String file : files) in.file(file, Room.STANDARD);
        Map<String, Tensor> out = in.complete(seed, all);
        if (in.batch && in.samples == null && problems.size() == before)
            problems.add(new Problem.BadInput(Span.NONE, "the batch", "no parameter is given a value for each sample, along an axis before its own"));
        return problems.subList(before, problems.size()).stream().allMatch(Problem::isWarning) ? out : null;
    }

    // ---- from --at

    private void settings(Source source, Items scope) {
        List<Constants.Setting> settings = Constants.read(source, scope, program.sizes(), problems);
        if (settings == null) unread = true;
        else for (Constants.Setting s : settings) setting(s);
    }

    private void setting(Constants.Setting s) {
        Span first = set.putIfAbsent(s.name(), s.nameAt());
        if (first != null) problems.add(new Problem.DefinedTwice(s.nameAt(), s.name(), first));
        else give(s.name(), s.nameAt(), new Given(s.valueAt(), s.value() == null ? null : tensor(s.value()), null));
    }

    private static Tensor tensor(Operand.Constant c) {
        Quantity[] entries = new Quantity[c.size()];
        for (int k = 0; k < entries.length; k++) entries[k] = c.get(k);
        return Tensor.of(c.shape(), entries);
    }

    // ---- from --inputs

    /// `FILE` or `name=FILE`; a file whose own name has a `=` is written with a directory, `./a=b.json`.
    private void file(String text, Room room) {
        Source option = new Source("--inputs", text);
        int sign = text.indexOf('=');
        String name = sign > 0 && text.substring(0, sign).indexOf('/') < 0 ? text.substring(0, sign) : null;
        String path = name == null ? text : text.substring(sign + 1);
        Span asked = new Span(option, name == null ? 0 : sign + 1, text.length());
        if (name != null && !parameters.containsKey(name)) {
            unknown(new Span(option, 0, sign), name);
            return;
        }
        boolean exact = arithmetic.isExact();
        try {
            boolean standard = standardInput != null && path.equals(DiskFiles.STANDARD_INPUT);
            Given.Arrays arrays = standard ? Formats.read(standardInput, asked, exact, room, problems) : Formats.read(path, asked, exact, room, problems);
            if (name != null) giveFrom(path, name, choose(arrays, name, path, asked));
            else if (arrays.named() != null) arrays.named().forEach((n, g) -> {
                if (!g.optional() || parameters.containsKey(n)) giveFrom(path, n, g);
            });
            else giveFrom(path, only(path, asked), arrays.whole());
        } catch (Refused e) {
            problems.add(e.problem);
            if (name == null) unread = true;
            else given.putIfAbsent(name, null);
        }
    }

    /// What is meant for `name`: the file's one array, or the one of that name.
    private static Given choose(Given.Arrays arrays, String name, String path, Span asked) throws Refused {
        if (arrays.whole() != null) return arrays.whole();
        if (arrays.named().containsKey(name)) return arrays.named().get(name);
        if (arrays.named().size() == 1) return arrays.named().values().iterator().next();
        throw new Refused(new Problem.BadInput(asked, "`" + path + "`", arrays.named().isEmpty() ? "it holds no array"
                : "it holds " + String.join(", ", arrays.named().keySet()) + ", and no " + name));
    }

    /// The one parameter that an array without a name can be for.
    private String only(String path, Span asked) throws Refused {
        if (parameters.size() == 1) return parameters.keySet().iterator().next();
        throw new Refused(new Problem.BadInput(asked, "`" + path + "`", "it holds one array without a name, which is given to a parameter by name=" + path));
    }

    private void giveFrom(String path, String name, Given g) {
        if (set.containsKey(name)) return;
        String first = fileOf.putIfAbsent(name, path);
        if (first != null) problems.add(new Problem.BadInput(g.at(), "`" + name + "` in `" + path + "`", "`" + first + "` gives it too"));
        else give(name, g.at(), g);
    }

    // ---- both

    private void give(String name, Span nameAt, Given g) {
        Program.Parameter q = parameters.get(name);
        if (q == null) {
            unknown(nameAt, name);
            return;
        }
        if (known.containsKey(name)) return;
        given.put(name, null);
        for (Problem p : g.problems()) if (!problems.contains(p)) problems.add(p);
        if (g.value() == null) return;
        if (Arrays.equals(g.value().shape(), q.shape()) || batch && isBatch(g, q)) given.put(name, Entries.in(arithmetic, name, g, problems));
        else problems.add(new Problem.InputShape(g.at(), name, wanted(q), Shapes.text(g.value().shape())));
    }

    private record Samples(String name, int count) {}

    /// Whether an array has a value of the parameter for each sample.
    private boolean isBatch(Given g, Program.Parameter q) {
        int[] shape = g.value().shape();
        if (shape.length != q.shape().length + 1 || shape[0] == 0 || !Arrays.equals(Shapes.take(shape, 1, shape.length), q.shape())) return false;
        if (samples == null) samples = new Samples(q.name(), shape[0]);
        return samples.count == shape[0];
    }

    private String wanted(Program.Parameter q) {
        String own = Shapes.text(q.shape());
        if (!batch) return own;
        String sizes = Shapes.brackets(q.shape());
        String rest = q.shape().length == 0 ? "]" : ", " + sizes.substring(1);
        return own + (samples == null ? ", or real[samples" + rest : ", or real[" + samples.count + rest + " for the " + samples.count + " samples of `" + samples.name + "`");
    }

    private void unknown(Span at, String name) {
        problems.add(new Problem.UnknownInput(at, name, new ArrayList<>(parameters.keySet())));
    }

    // ---- from --random

    private Map<String, Tensor> complete(Long seed, boolean all) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        for (Program.Parameter q : program.parameters()) {
            if (given.containsKey(q.name())) out.put(q.name(), given.get(q.name()));
            else if (seed != null) out.put(q.name(), Randoms.tensor(q.name(), q.shape(), arithmetic, seed));
            else if (all && !unread) problems.add(new Problem.MissingInput(Span.NONE, q.name(), Shapes.text(q.shape())));
        }
        return out;
    }
}
