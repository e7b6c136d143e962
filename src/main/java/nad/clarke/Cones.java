package nad.clarke;

import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Rational;

/// Open polyhedral cones {d : ℓ·d > 0 for each of some linear forms ℓ}.
final class Cones {
    private Cones() {}

    /// A direction in the cone, or null where it is empty. If one direction makes all forms positive, a multiple of it makes
    /// them at least 1: that is a linear program, d = u − w with u, w ≥ 0 and a slack for each form.
    static Rational[] direction(List<Rational[]> forms, int dimension) {
        int m = forms.size();
        Rational[][] a = new Rational[m][2 * dimension + m];
        Rational[] b = new Rational[m];
        for (int i = 0; i < m; i++) {
            Arrays.fill(a[i], Rational.ZERO);
            for (int k = 0; k < dimension; k++) {
                a[i][k] = forms.get(i)[k];
                a[i][dimension + k] = forms.get(i)[k].negate();
            }
            a[i][2 * dimension + i] = Rational.ONE.negate();
            b[i] = Rational.ONE;
        }
        if (!(Simplex.solve(a, b, 2 * dimension + m) instanceof Simplex.Feasible f)) return null;
        Rational[] d = new Rational[dimension];
        for (int k = 0; k < dimension; k++) d[k] = f.x()[k].minus(f.x()[dimension + k]);
        return d;
    }

    /// A direction of the cone in the hyperplane that a form vanishes on, or null where there is none: one unknown is eliminated.
    static Rational[] direction(List<Rational[]> forms, Rational[] zero) {
        int pivot = pivot(zero);
        List<Rational[]> within = forms.stream().map(f -> without(reduced(f, zero), pivot)).toList();
        Rational[] d = direction(within, zero.length - 1);
        if (d == null) return null;
        Rational[] out = new Rational[zero.length];
        for (int k = 0; k < out.length; k++) out[k] = k == pivot ? Rational.ZERO : d[k < pivot ? k : k - 1];
        out[pivot] = Hull.dot(zero, out).over(zero[pivot]).negate();
        return out;
    }

    /// The form that equals `form` where `zero` vanishes and does not mention the first unknown of that.
    static Rational[] reduced(Rational[] form, Rational[] zero) {
        int pivot = pivot(zero);
        Rational factor = form[pivot].over(zero[pivot]);
        Rational[] out = new Rational[form.length];
        for (int k = 0; k < out.length; k++) out[k] = form[k].minus(factor.times(zero[k]));
        return out;
    }

    private static int pivot(Rational[] form) {
        int k = 0;
        while (form[k].sign() == 0) k++;
        return k;
    }

    private static Rational[] without(Rational[] form, int k) {
        Rational[] out = new Rational[form.length - 1];
        for (int j = 0; j < out.length; j++) out[j] = form[j < k ? j : j + 1];
        return out;
    }

    /// The form divided by the modulus of its first nonzero entry: one representative for all positive multiples; null for 0.
    static Rational[] scaled(Rational[] form) {
        for (Rational r : form) {
            if (r.sign() == 0) continue;
            Rational by = r.abs();
            Rational[] out = new Rational[form.length];
            for (int k = 0; k < form.length; k++) out[k] = form[k].over(by);
            return out;
        }
        return null;
    }

    static Rational[] negated(Rational[] form) {
        Rational[] out = new Rational[form.length];
        for (int k = 0; k < form.length; k++) out[k] = form[k].negate();
        return out;
    }
}
