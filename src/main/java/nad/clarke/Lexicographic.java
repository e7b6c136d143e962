package nad.clarke;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.forward.Forprop;
import nad.lexi.Directions;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// Nesterov's lexicographic subgradient of a scalar result: the LD-derivative along the unit vectors.
public final class Lexicographic {
    private final Program p;
    private final Program forward;
    private final Directions units;

    private Lexicographic(Program p, Program forward, Directions units) {
        this.p = p;
        this.forward = forward;
        this.units = units;
    }

    /// @param gradient one tensor for each differentiated parameter
    public record Element(List<Tensor> gradient, Run run) {}

    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @return null where problems were added
    public static Lexicographic of(Program p, List<String> names, List<Problem> problems) {
        Directions units = Directions.identity(p, names, problems);
        Program forward = units == null ? null : Forprop.lexicographic(p, names, Math.max(1, units.count()), problems);
        return forward == null ? null : new Lexicographic(p, forward, units);
    }

    public Element at(Map<String, Tensor> at, Arithmetic arithmetic) throws Interpreter.Stopped {
        Map<String, Tensor> inputs = new LinkedHashMap<>(at);
        units.tangents(forward).forEach((name, x) -> inputs.put(name, Tensor.of(shape(forward, name), x)));
        Run run = Interpreter.run(forward, inputs, arithmetic, Selections.DEFAULT, false);
        Tensor row = run.results().getLast();
        Quantity[] r = new Quantity[row.size()];
        for (int k = 0; k < r.length; k++) r[k] = row.get(k);
        List<Tensor> gradient = new ArrayList<>();
        units.subgradient(r).forEach((name, g) -> gradient.add(Tensor.of(shape(p, name), g)));
        return new Element(gradient, run);
    }

    static int[] shape(Program p, String parameter) {
        return p.parameters().stream().filter(x -> x.name().equals(parameter)).findFirst().map(Program.Parameter::shape).orElseThrow();
    }
}
