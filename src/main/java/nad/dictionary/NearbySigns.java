package nad.dictionary;

import java.util.List;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;

/// Which signs a term can have near a point, on open sets: a superset, by its structure and by enclosures.
record NearbySigns(Rational[] x, boolean rounded) {
    static final int NEGATIVE = 1;
    static final int ZERO = 2;
    static final int POSITIVE = 4;
    private static final int ANY = 7;

    static int bit(int sign) {
        return 1 << sign + 1;
    }

    /// Of a term that is 0 at the point as the run has it; where rounding alone says so, its own value there does not count.
    int signs(Term t) {
        Quantity v = value(t);
        return v != null && v.sign() != 0 && v.sign() != 2 ? ANY : of(t);
    }

    private int of(Term t) {
        Quantity v = value(t);
        if (v != null && (v.sign() == 1 || v.sign() == -1)) return continuous(t) ? bit(v.sign()) : ANY;
        int s = structure(t);
        if ((s & ZERO) == 0 || !analytic(t)) return s;
        Rational[] g = v == null ? null : gradient(t);
        if (g != null) for (Rational q : g) if (q.sign() != 0) return s & ~ZERO;
        return s;
    }

    private int structure(Term t) {
        if (!(t instanceof Term.Apply a)) return t instanceof Term.Literal l ? bit(l.value().sign()) : t instanceof Term.Arg ? NEGATIVE | POSITIVE : ANY;
        Term u = a.args().getFirst();
        Term w = a.args().getLast();
        return switch (a.f().name) {
            case "*", "/" -> {
                int p = of(u);
                yield a.f().name.equals("*") && u.equals(w) ? p == ZERO ? ZERO : POSITIVE | p & ZERO : product(p, of(w));
            }
            case "+" -> sum(of(u), of(w));
            case "-" -> a.args().size() == 1 ? negated(of(u)) : sum(of(u), negated(of(w)));
            case "abs" -> (of(u) & ZERO) | ((of(u) & (NEGATIVE | POSITIVE)) != 0 ? POSITIVE : 0);
            case "relu" -> (of(u) & POSITIVE) | ((of(u) & (NEGATIVE | ZERO)) != 0 ? ZERO : 0);
            case "exp", "sigmoid", "softplus", "cosh" -> POSITIVE;
            case "expm1", "sinh", "tanh", "atan", "erf", "asin", "log1p" -> of(u);
            case "sqrt" -> of(u) & ~NEGATIVE;
            default -> ANY;
        };
    }

    private static int negated(int s) {
        return s & ZERO | ((s & NEGATIVE) != 0 ? POSITIVE : 0) | ((s & POSITIVE) != 0 ? NEGATIVE : 0);
    }

    private static int product(int s, int t) {
        int out = (s | t) & ZERO;
        if ((s & NEGATIVE) != 0 && (t & NEGATIVE) != 0 || (s & POSITIVE) != 0 && (t & POSITIVE) != 0) out |= POSITIVE;
        if ((s & NEGATIVE) != 0 && (t & POSITIVE) != 0 || (s & POSITIVE) != 0 && (t & NEGATIVE) != 0) out |= NEGATIVE;
        return out;
    }

    private static int sum(int s, int t) {
        if (((s | t) & NEGATIVE) == 0) return s == ZERO && t == ZERO ? ZERO : POSITIVE | s & t & ZERO;
        if (((s | t) & POSITIVE) == 0) return s == ZERO && t == ZERO ? ZERO : NEGATIVE | s & t & ZERO;
        return ANY;
    }

    /// The exact value, or an enclosure; null where there is neither.
    private Quantity value(Term t) {
        try {
            return germ(t).start();
        } catch (ArithmeticException unknown) {
            return null;
        }
    }

    private Germ germ(Term t) {
        Rational[] still = new Rational[x.length];
        java.util.Arrays.fill(still, Rational.ZERO);
        return Germs.along(x, still, still, rounded).of(t);
    }

    /// Fractions, or null.
    Rational[] gradient(Term t) {
        Rational[] g = new Rational[x.length];
        for (int i = 0; i < g.length; i++) {
            Quantity q = value(Declared.derivative(t, i));
            if (q == null || q instanceof Interval v && v.isNone()) return null;
            g[i] = q instanceof Rational r ? r : Rational.of(q.toDouble());
            if (q instanceof Interval v && v.sign() == 2) g[i] = Rational.ZERO;
        }
        return g;
    }

    /// The gradients that are not 0 of all parts that are 0 at the point: what the boundaries near it run along.
    void normals(Term t, List<Rational[]> into) {
        if (!(t instanceof Term.Apply) && !(t instanceof Term.Arg)) return;
        Quantity v = value(t);
        if (v == null || v.sign() == 0 || v.sign() == 2 || into.isEmpty()) {
            Rational[] g = gradient(t);
            if (g != null && java.util.Arrays.stream(g).anyMatch(q -> q.sign() != 0) && into.size() < 12 && into.stream().noneMatch(h -> Curves.parallel(h, g))) into.add(g);
        }
        if (t instanceof Term.Apply a) for (Term s : a.args()) normals(s, into);
    }

    /// Whether it is made of analytic functions alone.
    static boolean analytic(Term t) {
        return !(t instanceof Term.Apply a) || a.f().smoothness == Elementary.Smoothness.SMOOTH && (a.f().declared == null || a.f().declared.pieces().size() == 1)
                && a.args().stream().allMatch(NearbySigns::analytic);
    }

    private static boolean continuous(Term t) {
        return !(t instanceof Term.Apply a) || a.f().smoothness != Elementary.Smoothness.DISCONTINUOUS && a.args().stream().allMatch(NearbySigns::continuous);
    }
}
