package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.forward.Forprop;
import nad.report.Problem;
import nad.report.Span;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Why p directional derivatives cost as much as a product of p × p matrices (Bolte, Boustany, Pauwels & Pesquet-Popescu 2023,
/// theorem 3), carried out: of f(x, y) = Σ_j |(Ax + By)_j| the program of p directional derivatives at 0, along (d_i, e_i), is
/// itself transformed by backprop. At A = 0 and B = S, a matrix of signs, the derivative by A of their sum is Σ_i S e_i d_iᵀ: the
/// matrix product S·Dᵀ where D has the columns d_i. So whoever computes the p derivatives at a cost of less than a product would,
/// at most five times dearer, compute products.
public final class MatrixProduct {
    /// f, with its matrices for data and a size p of at least 2.
    public static final String PROGRAM = """
            program sum_of_moduli<p = 2>(data A: real[p, p], data B: real[p, p], x: real[p], y: real[p]) {
              return sum(abs(A @ x + B @ y))
            }
            """;

    private final int p;
    private final Program derivatives;
    private final Program product;

    private MatrixProduct(int p, Program derivatives, Program product) {
        this.p = p;
        this.derivatives = derivatives;
        this.product = product;
    }

    /// @param f the [#PROGRAM] at a size of at least 2
    /// @return null where problems were added
    public static MatrixProduct of(Program f, List<Problem> problems) {
        int p = f.sizes().get("p");
        Program each = Forprop.directional(f, List.of("x", "y"), p, problems);
        if (each == null) return null;
        ProgramBuilder b = ProgramBuilder.extending(each, "product");
        int sum = b.variable(b.fresh("total"), Shapes.SCALAR);
        b.apply(Standard.SUM, 1, sum, Span.NONE, b.ref(each.results().getLast()));
        Operand total = new Operand.View(sum, Layout.whole(Shapes.SCALAR));
        Program derivatives = b.build(List.of(total));
        Program product = Backprop.held(derivatives, List.of("A"), problems);
        return product == null ? null : new MatrixProduct(p, derivatives, product);
    }

    /// The program of the p directional derivatives and their sum.
    public Program derivatives() {
        return derivatives;
    }

    /// backprop of that by A: a program for a matrix product.
    public Program product() {
        return product;
    }

    /// Runs the product: its last result is S·Dᵀ.
    public Run run(Rational[][] s, Rational[][] d) throws Interpreter.Stopped {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        int[] square = {p, p};
        inputs.put("A", filled(square, (j, k) -> Rational.ZERO));
        inputs.put("B", filled(square, (j, k) -> s[j][k]));
        inputs.put("x", Tensor.of(new int[] {p}, zeros()));
        inputs.put("y", Tensor.of(new int[] {p}, zeros()));
        List<String> dots = derivatives.parameters().stream().skip(4).map(Program.Parameter::name).toList();
        inputs.put(dots.get(0), filled(square, (j, k) -> d[k][j]));
        inputs.put(dots.get(1), filled(square, (j, k) -> j == k ? Rational.ONE : Rational.ZERO));
        return Interpreter.run(product, inputs, Arithmetic.RATIONAL, Selections.DEFAULT, false);
    }

    private interface Entry {
        Rational at(int row, int column);
    }

    private static Tensor filled(int[] shape, Entry e) {
        List<Rational> out = new ArrayList<>();
        for (int j = 0; j < shape[0]; j++) for (int k = 0; k < shape[1]; k++) out.add(e.at(j, k));
        return Tensor.of(shape, out.toArray(Rational[]::new));
    }

    private Rational[] zeros() {
        Rational[] z = new Rational[p];
        Arrays.fill(z, Rational.ZERO);
        return z;
    }

    /// S·Dᵀ by its definition.
    public static Rational[][] direct(Rational[][] s, Rational[][] d) {
        Rational[][] out = new Rational[s.length][d.length];
        for (int j = 0; j < s.length; j++) for (int k = 0; k < d.length; k++) out[j][k] = Hull.dot(s[j], d[k]);
        return out;
    }
}
