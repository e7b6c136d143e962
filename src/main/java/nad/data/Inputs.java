package nad.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.check.Constants;
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
    private final List<Problem> problems;
    private final Map<String, Program.Parameter> parameters = new LinkedHashMap<>();
    /// What was given for a parameter; null where it is wrong, which was told.
    private final Map<String, Tensor> given = new LinkedHashMap<>();
    /// Where a text or a file could not be read, so that nothing is known about what it gives.
    private boolean unread;

    private Inputs(Program program, Arithmetic arithmetic, List<Problem> problems) {
        this.program = program;
        this.arithmetic = arithmetic;
        this.problems = problems;
        for (Program.Parameter q : program.parameters()) parameters.put(q.name(), q);
    }

    /// The same where no names of a file may stand in `at`.
    public static Map<String, Tensor> gather(Program p, Arithmetic arithmetic, List<String> at, List<String> files, Long seed,
            List<Problem> problems) {
        return gather(p, null, arithmetic, at, files, seed, problems);
    }

    /// A tensor of the right shape for each parameter, in the program's order, or null where problems were added.
    ///
    /// @param scope the items whose constants and functions may stand in `at`, or null
    /// @param at    texts such as `x=1.5, v=[1, 2/3]`, of constant expressions, in which the program's sizes are known
    /// @param files `FILE`, or `name=FILE` for one parameter
    /// @param seed  where to start random values for what is not given, or null
    public static Map<String, Tensor> gather(Program p, Items scope, Arithmetic arithmetic, List<String> at, List<String> files, Long seed,
            List<Problem> problems) {
        int before = problems.size();
        Inputs in = new Inputs(p, arithmetic, problems);
        for (String text : at) in.settings(new Source("--at", text), scope);
        Map<String, Tensor> out = in.complete(seed);
        return problems.subList(before, problems.size()).stream().allMatch(Problem::isWarning) ? out : null;
    }

    private void settings(Source source, Items scope) {
        List<Constants.Setting> settings = Constants.read(source, scope, program.sizes(), problems);
        if (settings == null) unread = true;
        else for (Constants.Setting s : settings) give(s.name(), s.nameAt(), s.valueAt(), s.value() == null ? null : tensor(s.value()));
    }

    private static Tensor tensor(Operand.Constant c) {
        Quantity[] entries = new Quantity[c.size()];
        for (int k = 0; k < entries.length; k++) entries[k] = c.get(k);
        return Tensor.of(c.shape(), entries);
    }

    private void give(String name, Span nameAt, Span valueAt, Tensor value) {
        Program.Parameter q = parameters.get(name);
        if (q == null) {
            problems.add(new Problem.UnknownInput(nameAt, name, new ArrayList<>(parameters.keySet())));
            return;
        }
        if (given.containsKey(name)) return;
        given.put(name, null);
        if (value == null) return;
        if (!Arrays.equals(value.shape(), q.shape())) {
            problems.add(new Problem.InputShape(valueAt, name, Shapes.text(q.shape()), Shapes.text(value.shape())));
            return;
        }
        given.put(name, new Entries(name, valueAt, arithmetic, problems).of(value));
    }

    private Map<String, Tensor> complete(Long seed) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        for (Program.Parameter q : program.parameters()) {
            if (given.containsKey(q.name())) out.put(q.name(), given.get(q.name()));
            else if (seed != null) out.put(q.name(), Randoms.tensor(q.name(), q.shape(), arithmetic, seed));
            else if (!unread) problems.add(new Problem.MissingInput(Span.NONE, q.name(), Shapes.text(q.shape())));
        }
        return out;
    }
}
