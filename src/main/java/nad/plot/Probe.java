package nad.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.compile.Compiler;
import nad.compile.Options;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.core.StaticCost;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.report.Interrupt;
import nad.run.Engine;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// Looks at backprop(P) at many points: the value, the derivatives by the variables, and on which smooth piece every statement
/// with a kink is, for which the statements' arguments are read too.
public final class Probe {
    /// What was seen at a point.
    ///
    /// @param pieces numbers of pieces, as [nad.dictionary.Kink.Pieces] gives them, of all watched entries
    /// @param near   how far each watched entry is from its nearest kink; infinite where it has none to be near to
    /// @param kink   whether some entry is at a kink, as a kink report would say
    record Sample(double[] x, double value, double[] gradient, int[] pieces, double[] near, boolean kink) {
        boolean finite() {
            if (!Double.isFinite(value)) return false;
            for (double g : gradient) if (!Double.isFinite(g)) return false;
            return true;
        }

        boolean samePiece(Sample other) {
            return Arrays.equals(pieces, other.pieces);
        }
    }

    /// A statement of P that has an adjoint block and may be at a kink; its k-th operand is result `first + k` of the runs.
    private record Watched(Elementary operation, int first, int row) {}

    private final Program backprop;
    private final List<Variable> variables;
    private final Selections selections;
    private final List<Watched> watched = new ArrayList<>();
    private final int[] gradients;
    private final Engine.Workspace workspace;
    private final double[][] inputs;
    private final double[][] results;

    /// @param backprop  of a program with one scalar result, by `wrt` in the order of the parameters
    /// @param values    of all parameters; those of the variables are overwritten
    public Probe(Program backprop, List<String> wrt, Map<String, Tensor> values, List<Variable> variables, Selections selections) {
        this.backprop = backprop;
        this.variables = variables;
        this.selections = selections;
        List<Operand> results = new ArrayList<>(backprop.results());
        for (int b = 0; b < backprop.blocks(); b++) {
            int i = backprop.definition(backprop.blockTarget(b));
            Elementary f = i < 0 ? null : backprop.operation(i);
            if (f == null || f.pieces == null) continue;
            watched.add(new Watched(f, results.size(), f.kind == Elementary.Kind.POINTWISE ? 1 : (int) StaticCost.rowLength(backprop, i)));
            for (int k = 0; k < backprop.arity(i); k++) results.add(backprop.operand(i, k));
        }
        Program p = ProgramBuilder.extending(backprop, backprop.name()).build(results);
        Options options = Options.STANDARD.withSelections(selections);
        Engine engine = Compiler.refuses(p, options) == null ? Compiler.compile(p, options) : Engine.reference(p, selections);
        this.workspace = engine.workspace();
        this.results = engine.newResults();
        this.inputs = new double[p.parameters().size()][];
        for (int k = 0; k < inputs.length; k++) {
            Tensor t = values.get(p.parameters().get(k).name());
            inputs[k] = new double[t.size()];
            for (int e = 0; e < t.size(); e++) inputs[k][e] = t.toDouble(e);
        }
        this.gradients = new int[variables.size()];
        List<String> order = p.parameters().stream().map(Program.Parameter::name).filter(wrt::contains).toList();
        for (int v = 0; v < gradients.length; v++) gradients[v] = 1 + order.indexOf(p.parameters().get(variables.get(v).parameter()).name());
    }

    Sample at(double... x) {
        Interrupt.heed();
        for (int v = 0; v < x.length; v++) inputs[variables.get(v).parameter()][variables.get(v).entry()] = x[v];
        try {
            workspace.run(inputs, results);
        } catch (Interpreter.Stopped e) {
            throw new IllegalStateException(e.problem.toString());
        }
        double[] gradient = new double[x.length];
        for (int v = 0; v < x.length; v++) gradient[v] = results[gradients[v]][variables.get(v).entry()];
        int[] pieces = new int[watched.stream().mapToInt(w -> results[w.first].length / w.row).sum()];
        double[] near = new double[pieces.length];
        boolean kink = false;
        int at = 0;
        for (Watched w : watched) {
            int entries = results[w.first].length / w.row;
            for (int e = 0; e < entries; e++) {
                Quantity[] arguments = arguments(w, e);
                pieces[at] = w.operation.pieces.of(arguments);
                near[at++] = distance(w.operation, arguments);
                kink |= w.operation.kink.at(arguments, selections) != null;
            }
        }
        return new Sample(x.clone(), results[0][0], gradient, pieces, near, kink);
    }

    private double distance(Elementary f, Quantity[] arguments) {
        if (f.near == null) return Double.POSITIVE_INFINITY;
        nad.dictionary.Kink.Near n = f.near.to(arguments, 0, selections);
        double d = n == null ? Double.POSITIVE_INFINITY : n.distance().toDouble();
        return Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
    }

    private Quantity[] arguments(Watched w, int entry) {
        boolean row = w.operation.kind != Elementary.Kind.POINTWISE;
        Quantity[] out = new Quantity[row ? w.row : w.operation.arity];
        for (int k = 0; k < out.length; k++) out[k] = new Real(row ? results[w.first][entry * w.row + k] : results[w.first + k][entry]);
        return out;
    }

    /// The same at an exact point, of one variable, in rational arithmetic; null where P leaves it.
    Sample exact(Rational t) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (int k = 0; k < inputs.length; k++) {
            Program.Parameter q = backprop.parameters().get(k);
            Quantity[] entries = new Quantity[inputs[k].length];
            for (int e = 0; e < entries.length; e++)
                entries[e] = k == variables.getFirst().parameter() && e == variables.getFirst().entry() ? t : Rational.of(inputs[k][e]);
            values.put(q.name(), Tensor.of(q.shape(), entries));
        }
        try {
            Run run = Interpreter.run(backprop, values, Arithmetic.RATIONAL, selections, false);
            double slope = run.results().get(gradients[0]).toDouble(variables.getFirst().entry());
            return new Sample(new double[] {t.toDouble()}, run.results().getFirst().toDouble(0), new double[] {slope}, new int[0], new double[0], !run.kinks().isEmpty());
        } catch (Interpreter.Stopped e) {
            return null;
        }
    }

    List<Variable> variables() {
        return variables;
    }
}
