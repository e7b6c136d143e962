package nad.clarke;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Activity;
import nad.core.Program;
import nad.report.Problem;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// The differentiated parameters of a program, between tensors by name and vectors of all their entries in order.
public final class Gradients {
    private final List<Program.Parameter> by;
    private final int entries;

    private Gradients(List<Program.Parameter> by) {
        this.by = by;
        this.entries = by.stream().mapToInt(x -> Shapes.size(x.shape())).sum();
    }

    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @return null where problems were added
    static Gradients of(Program p, List<String> names, List<Problem> problems) {
        boolean[] wrt = Activity.wrt(p, names, problems);
        if (wrt == null) return null;
        List<Program.Parameter> by = new ArrayList<>();
        for (int k = 0; k < wrt.length; k++) if (wrt[k]) by.add(p.parameters().get(k));
        return new Gradients(by);
    }

    public int entries() {
        return entries;
    }

    public List<Program.Parameter> parameters() {
        return by;
    }

    /// One tensor for each parameter, out of a vector.
    public Map<String, Tensor> tensors(Quantity[] vector) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        int from = 0;
        for (Program.Parameter x : by) {
            int n = Shapes.size(x.shape());
            Quantity[] g = new Quantity[n];
            System.arraycopy(vector, from, g, 0, n);
            out.put(x.name(), Tensor.of(x.shape(), g));
            from += n;
        }
        return out;
    }

    /// All entries of tensors in the order of the parameters.
    static Quantity[] vector(List<Tensor> tensors) {
        List<Quantity> out = new ArrayList<>();
        for (Tensor t : tensors) for (int k = 0; k < t.size(); k++) out.add(t.get(k));
        return out.toArray(Quantity[]::new);
    }

    /// The numbers that a vector of exact or of float64 numbers holds.
    public static Rational[] exact(Quantity[] vector) {
        Rational[] out = new Rational[vector.length];
        for (int k = 0; k < out.length; k++) out[k] = vector[k] instanceof Rational r ? r : Rational.of(vector[k].toDouble());
        return out;
    }
}
