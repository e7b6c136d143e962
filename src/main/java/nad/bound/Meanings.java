package nad.bound;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.dictionary.CostModel;
import nad.dictionary.Declared;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Term;

/// [cert-meaning] Whether two operations are the same one. Those of D and D' are their entries. A function may be declared in both files:
/// it is one where both declarations mean the same, piece by piece, with every operation in them resolved and compared in the same
/// way, down to those of D; and where they set the same prices. What the texts call parameters does not matter, and what a name
/// stands for in only one of them does. A dump names a function otherwise where the name stands for something else in it: the two are one
/// if they cost the same too.
final class Meanings {
    private record Pair(Object a, Object b) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Pair p && a == p.a && b == p.b;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(a) * 31 + System.identityHashCode(b);
        }
    }

    private final CostModel prices;
    private final Map<Pair, Boolean> known = new HashMap<>();

    Meanings(CostModel prices) {
        this.prices = prices;
    }

    boolean same(Elementary f, Elementary g) {
        if (f == g) return true;
        if (f == null || g == null || f.declared == null || g.declared == null) return false;
        return sameName(f, g) && f.inPrime == g.inPrime && f.arity == g.arity && same(f.declared, g.declared);
    }

    private boolean sameName(Elementary f, Elementary g) {
        if (f.name.equals(g.name)) return true;
        boolean alike = f.name.substring(f.declared.name().length()).equals(g.name.substring(g.declared.name().length()));
        return alike && prices.price(f.primitive(false)).equals(prices.price(g.primitive(false)));
    }

    private boolean same(Declared f, Declared g) {
        return f == g || decided(f, g, () -> f.prelude() == g.prelude() && f.parameters().size() == g.parameters().size()
                && f.pieces().size() == g.pieces().size() && java.util.Objects.equals(f.cost(), g.cost()) && samePieces(f.pieces(), g.pieces()));
    }

    private boolean samePieces(List<Declared.Piece> f, List<Declared.Piece> g) {
        for (int k = 0; k < f.size(); k++) {
            Declared.Condition c = f.get(k).condition();
            Declared.Condition d = g.get(k).condition();
            if ((c == null) != (d == null) || !same(f.get(k).value(), g.get(k).value())) return false;
            if (c != null && !(c.relation().equals(d.relation()) && same(c.left(), d.left()) && same(c.right(), d.right()))) return false;
        }
        return true;
    }

    private boolean same(Term t, Term u) {
        if (t == u) return true;
        Rational a = number(t);
        Rational b = number(u);
        if (a != null || b != null) return a != null && b != null ? a.equals(b) : rounded(t, u, a, b);
        if (t instanceof Term.Apply f && u instanceof Term.Apply g) return decided(f, g, () -> sameApplication(f, g));
        return t.equals(u);
    }

    private boolean sameApplication(Term.Apply t, Term.Apply u) {
        if (!same(t.f(), u.f()) || t.rank() != u.rank() || t.args().size() != u.args().size()) return false;
        for (int k = 0; k < t.args().size(); k++) if (!same(t.args().get(k), u.args().get(k))) return false;
        return true;
    }

    /// The rational that a term writes, with a sign or as a fraction; else null.
    private static Rational number(Term t) {
        if (t instanceof Term.Literal l) return l.value();
        if (!(t instanceof Term.Apply a)) return null;
        if (a.f() == Standard.NEG && a.args().getFirst() instanceof Term.Literal l) return l.value().negate();
        if (a.f() != Standard.DIVIDE || !(a.args().get(1) instanceof Term.Literal d) || d.value().sign() == 0) return null;
        Rational n = number(a.args().getFirst());
        return n == null ? null : n.over(d.value());
    }

    /// A file writes a float64 constant as the decimal of its shortest text.
    private static boolean rounded(Term t, Term u, Rational a, Rational b) {
        Term other = a == null ? t : u;
        return other instanceof Term.Irrational c && c.value() == (a == null ? b : a).toDouble();
    }

    private boolean decided(Object a, Object b, java.util.function.BooleanSupplier compare) {
        Boolean found = known.get(new Pair(a, b));
        if (found == null) known.put(new Pair(a, b), found = compare.getAsBoolean());
        return found;
    }
}
