package nad.core;

import nad.arithmetic.Library;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Elementary;

/// Operations on constants, which cost nothing: exact where the arguments and the result are rational, else in float64.
public final class Folding {
    private Folding() {}

    public static Quantity fold(Elementary f, Quantity... x) {
        boolean exact = true;
        for (Quantity q : x) exact &= q instanceof Rational;
        if (exact) {
            try {
                return f.primitive(false).exact(x);
            } catch (ArithmeticException e) {
                // it leaves the rationals: float64 below
            }
        }
        double[] d = new double[x.length];
        for (int k = 0; k < d.length; k++) d[k] = x[k].toDouble();
        return new Real(f.primitive(false).real(d));
    }
}
