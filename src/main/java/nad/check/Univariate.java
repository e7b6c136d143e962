package nad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Rational;
import nad.dictionary.Term;

/// A polynomial in one variable with exact coefficients, lowest first; none for 0. Its real roots are isolated by a Sturm chain.
record Univariate(Rational[] c) {
    private static final int MOST = 60;
    private static final Univariate ZERO = new Univariate(new Rational[0]);
    /// Intervals of roots that are no short fractions are halved until so many bits of them are known.
    private static final int KNOWN = 70;

    /// The numerator and the denominator of a rational function.
    record Quotient(Univariate over, Univariate under) {}

    /// A root, or an interval with one root of the polynomial inside.
    record Root(Rational lo, Rational hi) {
        boolean exact() {
            return lo.equals(hi);
        }

        Rational middle() {
            return lo.plus(hi).times(Rational.HALF);
        }
    }

    static Univariate of(Rational... c) {
        int n = c.length;
        while (n > 0 && c[n - 1].sign() == 0) n--;
        return new Univariate(Arrays.copyOf(c, n));
    }

    /// Null where the term is no rational function, or one of too high a degree.
    static Quotient of(Term t) {
        return switch (t) {
            case Term.Arg a -> new Quotient(of(Rational.ZERO, Rational.ONE), of(Rational.ONE));
            case Term.Literal l -> new Quotient(of(l.value()), of(Rational.ONE));
            case Term.Apply a -> apply(a);
            default -> null;
        };
    }

    private static Quotient apply(Term.Apply a) {
        if (!List.of("+", "-", "*", "/").contains(a.f().name)) return null;
        Quotient x = of(a.args().getFirst());
        if (x == null) return null;
        if (a.args().size() == 1) return new Quotient(x.over.times(Rational.of(-1)), x.under);
        Quotient y = of(a.args().getLast());
        if (y == null || x.over.c.length + x.under.c.length + y.over.c.length + y.under.c.length > MOST) return null;
        return switch (a.f().name) {
            case "*" -> new Quotient(x.over.times(y.over), x.under.times(y.under));
            case "/" -> y.over.isZero() ? null : new Quotient(x.over.times(y.under), x.under.times(y.over));
            default -> new Quotient(x.over.times(y.under).plus(y.over.times(x.under).times(Rational.of(a.f().name.equals("-") ? -1 : 1))), x.under.times(y.under));
        };
    }

    boolean isZero() {
        return c.length == 0;
    }

    Univariate plus(Univariate y) {
        Rational[] out = new Rational[Math.max(c.length, y.c.length)];
        for (int k = 0; k < out.length; k++) out[k] = (k < c.length ? c[k] : Rational.ZERO).plus(k < y.c.length ? y.c[k] : Rational.ZERO);
        return of(out);
    }

    Univariate times(Rational q) {
        return of(Arrays.stream(c).map(q::times).toArray(Rational[]::new));
    }

    Univariate times(Univariate y) {
        if (isZero() || y.isZero()) return ZERO;
        Rational[] out = new Rational[c.length + y.c.length - 1];
        Arrays.fill(out, Rational.ZERO);
        for (int i = 0; i < c.length; i++) for (int j = 0; j < y.c.length; j++) out[i + j] = out[i + j].plus(c[i].times(y.c[j]));
        return of(out);
    }

    private Univariate slope() {
        Rational[] out = new Rational[Math.max(0, c.length - 1)];
        for (int k = 0; k < out.length; k++) out[k] = c[k + 1].times(Rational.of(k + 1));
        return of(out);
    }

    private Univariate[] divided(Univariate y) {
        Rational[] rest = c.clone();
        Rational[] quotient = new Rational[Math.max(0, c.length - y.c.length + 1)];
        for (int k = quotient.length - 1; k >= 0; k--) {
            quotient[k] = rest[k + y.c.length - 1].over(y.c[y.c.length - 1]);
            for (int j = 0; j < y.c.length; j++) rest[k + j] = rest[k + j].minus(quotient[k].times(y.c[j]));
        }
        return new Univariate[] {of(quotient), of(rest)};
    }

    Univariate gcd(Univariate y) {
        Univariate a = this;
        Univariate b = y;
        while (!b.isZero()) {
            Univariate r = a.divided(b)[1].monic();
            a = b;
            b = r;
        }
        return a.monic();
    }

    private Univariate monic() {
        return isZero() ? this : times(Rational.ONE.over(c[c.length - 1]));
    }

    Rational at(Rational t) {
        Rational out = Rational.ZERO;
        for (int k = c.length - 1; k >= 0; k--) out = out.times(t).plus(c[k]);
        return out;
    }

    /// Whether this is 0 at a root of another polynomial.
    boolean vanishesAt(Root r, Univariate f) {
        if (isZero()) return true;
        if (r.exact()) return at(r.lo).sign() == 0;
        return gcd(f).roots().stream().anyMatch(q -> q.lo.compareTo(r.hi) <= 0 && r.lo.compareTo(q.hi) <= 0);
    }

    // ---- roots

    /// All real roots, from the left.
    List<Root> roots() {
        List<Root> out = new ArrayList<>();
        if (c.length < 2) return out;
        Univariate f = divided(gcd(slope()))[0];
        if (f.c.length == 2) {
            Rational t = f.c[0].negate().over(f.c[1]);
            return List.of(new Root(t, t));
        }
        List<Univariate> chain = new ArrayList<>(List.of(f, f.slope()));
        while (!chain.getLast().isZero()) chain.add(chain.get(chain.size() - 2).divided(chain.getLast())[1].times(Rational.of(-1)));
        chain.removeLast();
        Rational bound = Rational.ONE;
        for (Rational q : f.c) bound = (Rational) bound.max(q.over(f.c[f.c.length - 1]).abs().plus(Rational.ONE));
        isolate(f, chain, bound.negate(), bound, out);
        return out;
    }

    /// Those in (lo, hi].
    private static void isolate(Univariate f, List<Univariate> chain, Rational lo, Rational hi, List<Root> out) {
        int n = changes(chain, lo) - changes(chain, hi);
        if (n == 0) return;
        if (n == 1) {
            out.add(refined(f, lo, hi));
            return;
        }
        Rational middle = lo.plus(hi).times(Rational.HALF);
        isolate(f, chain, lo, middle, out);
        isolate(f, chain, middle, hi, out);
    }

    private static int changes(List<Univariate> chain, Rational t) {
        int n = 0;
        int last = 0;
        for (Univariate f : chain) {
            int s = f.at(t).sign();
            if (s != 0 && last != 0 && s != last) n++;
            if (s != 0) last = s;
        }
        return n;
    }

    private static Root refined(Univariate f, Rational lo, Rational hi) {
        if (f.at(hi).sign() == 0) return new Root(hi, hi);
        int right = f.at(hi).sign();
        for (int k = 0; k < 2000 && hi.minus(lo).times(Rational.of(java.math.BigInteger.TWO.pow(KNOWN), java.math.BigInteger.ONE)).compareTo(hi.abs()) > 0; k++) {
            Rational simple = simplest(lo, hi);
            if (f.at(simple).sign() == 0) return new Root(simple, simple);
            Rational middle = lo.plus(hi).times(Rational.HALF);
            int s = f.at(middle).sign();
            if (s == 0) return new Root(middle, middle);
            if (s == right) hi = middle;
            else lo = middle;
        }
        return new Root(lo, hi);
    }

    /// The fraction of the least denominator between two.
    private static Rational simplest(Rational lo, Rational hi) {
        if (lo.sign() < 0 && hi.sign() > 0) return Rational.ZERO;
        if (hi.sign() <= 0) return simplest(hi.negate(), lo.negate()).negate();
        java.math.BigInteger floor = lo.numerator().divide(lo.denominator());
        Rational whole = Rational.of(floor, java.math.BigInteger.ONE);
        if (whole.equals(lo)) return lo;
        if (whole.plus(Rational.ONE).compareTo(hi) <= 0) return whole.plus(Rational.ONE);
        return whole.plus(Rational.ONE.over(simplest(Rational.ONE.over(hi.minus(whole)), Rational.ONE.over(lo.minus(whole)))));
    }
}
