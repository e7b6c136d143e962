package nad.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.check.Univariate.Quotient;
import nad.check.Univariate.Root;
import nad.dictionary.Declared;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;
import nad.dictionary.Term;

/// Where the pieces of a function of one variable can meet: all points where a condition's sides are equal or have a pole, and perhaps more.
/// Exactly, by the roots of polynomials, where the difference is made of these by products, quotients, functions of one sign and functions with
/// the zeros of their argument, absolute values and maxima; else on a grid, which may miss some.
final class BreakPoints {
    private static final int MOST_FORMS = 64;

    /// Exact points, in order.
    final TreeSet<Rational> exact = new TreeSet<>();
    /// Intervals of irrational roots, each with the polynomial that is 0 there.
    final Map<Root, Univariate> algebraic = new LinkedHashMap<>();
    /// What a grid found.
    final TreeSet<Double> numeric = new TreeSet<>();
    /// Whether no point is missing.
    boolean complete = true;

    BreakPoints(Declared function) {
        for (Piece p : function.pieces()) if (p.condition() != null) add(p.condition());
    }

    private void add(Condition c) {
        Term difference = c.difference();
        List<Term> forms = new ArrayList<>();
        if (factors(difference, forms)) {
            for (Term t : forms) {
                Quotient q = Univariate.of(t);
                roots(q.over());
                roots(q.under());
            }
            return;
        }
        complete = false;
        grid(c);
    }

    private void roots(Univariate f) {
        for (Root r : f.roots()) {
            if (r.exact()) exact.add(r.lo());
            else add(r, f);
        }
    }

    /// Roots that are so close are taken as one; whether they are, is decided.
    private void add(Root r, Univariate f) {
        for (Map.Entry<Root, Univariate> e : algebraic.entrySet()) {
            if (Math.abs(e.getKey().middle().toDouble() - r.middle().toDouble()) > 1e-12 * Math.max(1, Math.abs(r.middle().toDouble()))) continue;
            complete &= f.vanishesAt(e.getKey(), e.getValue());
            return;
        }
        algebraic.put(r, f);
    }

    /// Rational functions that have all zeros and poles of a term among theirs, and all points where it is not analytic; false where these are not known.
    private static boolean factors(Term t, List<Term> into) {
        if (into.size() > MOST_FORMS) return false;
        if (Univariate.of(t) != null) return into.add(t);
        if (constant(t)) return true;
        if (!(t instanceof Term.Apply a)) return false;
        Term u = a.args().getFirst();
        Term w = a.args().getLast();
        switch (a.f().name) {
            case "*", "/":
                return factors(u, into) && factors(w, into);
            case "-":
                if (a.args().size() == 1) return factors(u, into);
                break;
            case "exp", "sigmoid", "softplus", "cosh":
                return everywhere(u);
            case "expm1", "sinh", "tanh", "atan", "erf", "relu", "abs":
                if (factors(u, into)) return true;
                break;
            default:
        }
        Term.Apply bent = bent(t);
        if (bent == null) return false;
        Term x = bent.args().getFirst();
        Term y = bent.args().getLast();
        List<Term> instead = switch (bent.f().name) {
            case "abs" -> List.of(x, Declared.negated(x));
            case "relu" -> List.of(x, new Term.Literal(Rational.ZERO));
            default -> List.of(x, y);
        };
        for (Term s : instead) if (!factors(t.replaced(q -> q == bent ? s : null), into)) return false;
        return factors(bent.args().size() == 1 ? x : new Condition(x, "<", y).difference(), into);
    }

    private static boolean constant(Term t) {
        return !(t instanceof Term.Apply a) ? !(t instanceof Term.Arg) : a.args().stream().allMatch(BreakPoints::constant);
    }

    /// Whether a term is defined and continuous on the whole line.
    private static boolean everywhere(Term t) {
        return !(t instanceof Term.Apply a) || List.of("+", "-", "*", "exp", "expm1", "sin", "cos", "sinh", "cosh", "tanh", "sigmoid", "softplus", "atan", "erf", "abs", "relu", "max", "min").contains(a.f().name)
                && a.args().stream().allMatch(BreakPoints::everywhere);
    }

    /// An absolute value, a maximum or the like inside, reached through sums, products and quotients.
    private static Term.Apply bent(Term t) {
        if (!(t instanceof Term.Apply a)) return null;
        if (List.of("abs", "relu", "max", "min").contains(a.f().name)) return a;
        if (!List.of("+", "-", "*", "/").contains(a.f().name)) return null;
        for (Term s : a.args()) {
            Term.Apply found = bent(s);
            if (found != null) return found;
        }
        return null;
    }

    // ---- numerically

    private void grid(Condition c) {
        double[] grid = points();
        for (int k = 0; k + 1 < grid.length; k++) {
            double a = grid[k];
            double b = grid[k + 1];
            double fa = real(c, a);
            double fb = real(c, b);
            if (fa == 0) exact.add(Rational.of(a));
            if (!(fa * fb < 0)) continue;
            for (int n = 0; n < 200 && a < b; n++) {
                double m = a + (b - a) / 2;
                if (m <= a || m >= b) break;
                if (real(c, m) * fa > 0) a = m;
                else b = m;
            }
            numeric.add(a + (b - a) / 2);
        }
    }

    private static double[] points() {
        TreeSet<Double> g = new TreeSet<>();
        for (int k = -400; k <= 400; k++) g.add(k / 20.0);
        for (double x = 20; x < 1e9; x *= 1.3) {
            g.add(x);
            g.add(-x);
        }
        return g.stream().mapToDouble(d -> d).toArray();
    }

    private static double real(Condition c, double t) {
        Quantity[] x = {new Real(t)};
        return Declared.eval(c.left(), x).toDouble() - Declared.eval(c.right(), x).toDouble();
    }
}
