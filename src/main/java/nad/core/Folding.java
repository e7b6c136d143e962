package nad.core;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Elementary;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [fold-exact] Operations on constants, which cost nothing: exact where the arguments and the result are rational, else in float64.
///
/// A text writes a float64 constant as its shortest decimal, and who reads the text takes that decimal exactly. So that both
/// compute the same, rational operations take it exactly here too, and round once.
public final class Folding {
    private Folding() {}

    public static Quantity fold(Elementary f, Quantity... x) {
        boolean exact = true;
        for (Quantity q : x) exact &= q instanceof Rational;
        try {
            Quantity[] decimals = new Quantity[x.length];
            for (int k = 0; k < x.length; k++) decimals[k] = decimal(x[k]);
            Quantity z = f.primitive(false).exact(decimals);
            return exact ? z : new Real(z.toDouble());
        } catch (ArithmeticException e) {
            // it leaves the rationals: float64 below
        }
        double[] d = new double[x.length];
        for (int k = 0; k < d.length; k++) d[k] = x[k].toDouble();
        // A text writes no negative zero.
        return new Real(f.primitive(false).real(d) + 0.0);
    }

    private static Rational decimal(Quantity q) {
        if (q instanceof Rational r) return r;
        if (!Double.isFinite(q.toDouble())) throw new ArithmeticException("not finite");
        return Rational.of(new BigDecimal(Double.toString(q.toDouble())));
    }

    /// A pointwise operation on operands of this shape, or null where one of them is no constant.
    public static Operand fold(Elementary f, List<Operand> x, int[] shape) {
        Quantity[] args = new Quantity[x.size()];
        for (int k = 0; k < args.length; k++) {
            if (!(x.get(k) instanceof Operand.Constant c)) return null;
            args[k] = c.uniform();
        }
        if (Arrays.stream(args).allMatch(a -> a != null)) return Operand.Constant.filled(fold(f, args), shape);
        Quantity[] data = new Quantity[Shapes.size(shape)];
        for (int n = 0; n < data.length; n++) {
            for (int k = 0; k < args.length; k++) args[k] = ((Operand.Constant) x.get(k)).get(n);
            data[n] = fold(f, args);
        }
        return new Operand.Constant(data, Layout.whole(shape));
    }
}
