package nad.dictionary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.dictionary.Declared.Piece;

/// [kink-around] The pieces of a declared function around a point where sides of conditions are equal.
///
/// Those that are *entered* hold on all of some curve behind the point where every condition has a strict sign: so on an open set with the
/// point on its edge, and their gradient there is a limit of gradients of the function. Those that are *possible* are a superset of
/// all with that property: for each condition the signs that its difference can have nearby, and all rows of these that affine conditions
/// allow at once. Of one variable both are the pieces to the left and to the right.
final class Neighbourhood {
    /// @param x the curve is x + t·d + t²·e
    record Curve(Rational[] d, Rational[] e) {}

    private static final int MOST_ROWS = 2187;

    private final Boundary boundary;
    private final Quantity[] arguments;
    private final int[] sign;
    private final int n;
    private final Rational[] x;
    private final boolean rounded;
    private final List<Integer> active = new ArrayList<>();
    /// The pieces that are entered, each with a curve.
    final Map<Piece, Curve> entered = new LinkedHashMap<>();
    final List<Piece> possible = new ArrayList<>();

    private Neighbourhood(Boundary boundary, Quantity[] arguments, int[] sign) {
        this.boundary = boundary;
        this.arguments = arguments;
        this.sign = sign;
        this.n = arguments.length;
        this.rounded = arguments[0] instanceof Real;
        this.x = new Rational[n];
        for (int i = 0; i < n; i++) {
            double d = arguments[i] instanceof Rational ? 0 : arguments[i].toDouble();
            x[i] = arguments[i] instanceof Rational r ? r : Double.isFinite(d) ? Rational.of(d) : Rational.ZERO;
        }
        for (int k = 0; k < sign.length && boundary.condition(k) != null; k++) {
            if (sign[k] == 0) active.add(k);
            else if (sign[k] != 2 && boundary.condition(k).holds(sign[k])) break;
        }
    }

    /// The pieces around the point.
    ///
    /// @param known what was found at another point where the same conditions have the same signs and are affine; else null
    static Neighbourhood of(Boundary boundary, Quantity[] arguments, int[] sign, Neighbourhood known) {
        Neighbourhood out = new Neighbourhood(boundary, arguments, sign);
        if (known != null) {
            out.entered.putAll(known.entered);
            out.possible.addAll(known.possible);
        } else if (out.n == 1) out.sides();
        else out.neighbours();
        return out;
    }

    /// Whether all conditions whose sides are equal here are affine: then what is around is the same at all such points.
    boolean isSteady() {
        return active.stream().allMatch(boundary::steady);
    }

    private void sides() {
        for (int d = -1; d <= 1; d += 2) {
            Curve c = new Curve(new Rational[] {Rational.of(d)}, new Rational[] {Rational.ZERO});
            int[] s = signs(c);
            boolean known = true;
            for (int k : active) known &= s[k] != 2;
            if (known) enter(boundary.claimed(s), c);
            else rows(s, 0);
        }
        for (Piece p : entered.keySet()) if (!possible.contains(p)) possible.add(p);
    }

    /// The signs a little way along ± parameter i; that at the point where it is not known.
    static int[] along(Boundary boundary, Quantity[] arguments, int[] sign, int i, int direction) {
        Neighbourhood n = new Neighbourhood(boundary, arguments, sign);
        Rational[] d = new Rational[n.n];
        Rational[] e = new Rational[n.n];
        for (int k = 0; k < n.n; k++) {
            d[k] = k == i ? Rational.of(direction) : Rational.ZERO;
            e[k] = Rational.ZERO;
        }
        int[] out = n.signs(new Curve(d, e));
        for (int k = 0; k < out.length; k++) if (out[k] == 2) out[k] = sign[k];
        return out;
    }

    private void enter(Piece p, Curve c) {
        entered.putIfAbsent(p, c);
    }

    /// The signs along a curve; 2 where that is not known.
    private int[] signs(Curve c) {
        int[] out = sign.clone();
        Germs g = Germs.along(x, c.d, c.e, rounded);
        for (int k : active) {
            try {
                out[k] = g.of(boundary.condition(k).difference()).rest().sign();
            } catch (ArithmeticException unknown) {
                out[k] = 2;
            }
        }
        return out;
    }

    /// All that is possible where some signs of active conditions are 2, each of which may be any.
    private void rows(int[] s, int from) {
        for (int k : active) {
            if (k < from || s[k] != 2) continue;
            for (int v = -1; v <= 1; v++) {
                int[] t = s.clone();
                t[k] = v;
                rows(t, k + 1);
            }
            return;
        }
        Piece p = boundary.claimed(s);
        if (!possible.contains(p)) possible.add(p);
    }

    // ---- several variables

    private void neighbours() {
        Rational[][] normal = new Rational[sign.length][];
        NearbySigns nearby = new NearbySigns(x, rounded);
        List<Rational[]> normals = new ArrayList<>();
        int[] may = new int[sign.length];
        long rows = 1;
        for (int k : active) {
            Term difference = boundary.condition(k).difference();
            may[k] = nearby.signs(difference);
            nearby.normals(difference, normals);
            normal[k] = boundary.steady(k) ? nearby.gradient(difference) : null;
            rows *= Integer.bitCount(may[k]);
        }
        boolean[] nonzero = new boolean[sign.length];
        for (Curve c : Curves.at(n, normals, new Random(n))) {
            int[] s = signs(c);
            boolean strict = true;
            for (int k : active) {
                nonzero[k] |= s[k] == 1 || s[k] == -1;
                strict &= s[k] == 1 || s[k] == -1 || s[k] == 0 && may[k] == NearbySigns.ZERO;
            }
            if (strict) enter(boundary.claimed(s), c);
        }
        // What is analytic and not 0 on some curve is 0 on no open set.
        for (int k : active) if (nonzero[k] && NearbySigns.analytic(boundary.condition(k).difference())) may[k] &= ~NearbySigns.ZERO;
        if (rows > MOST_ROWS) possible.addAll(boundary.function().pieces());
        else cells(sign.clone(), 0, may, normal);
        for (Piece p : entered.keySet()) if (!possible.contains(p)) possible.add(p);
    }

    private void cells(int[] s, int at, int[] may, Rational[][] normal) {
        if (at == active.size()) {
            Piece p = boundary.claimed(s);
            if (!possible.contains(p) && consistent(s, normal)) possible.add(p);
            return;
        }
        int k = active.get(at);
        for (int v = -1; v <= 1; v++) {
            if ((may[k] & NearbySigns.bit(v)) == 0) continue;
            s[k] = v;
            cells(s, at + 1, may, normal);
        }
    }

    /// Whether differences that are the same term have the same sign; and no two or three affine ones contradict each other, by a sum with
    /// positive weights that is 0 (Gordan).
    private boolean consistent(int[] s, Rational[][] normal) {
        for (int a = 0; a < active.size(); a++)
            for (int b = a + 1; b < active.size(); b++) {
                int j = active.get(a);
                int k = active.get(b);
                if (s[j] != s[k] && boundary.condition(j).difference().equals(boundary.condition(k).difference())) return false;
            }
        List<Rational[]> forms = new ArrayList<>();
        for (int k : active) {
            if (normal[k] == null || s[k] == 0) continue;
            forms.add(Curves.times(normal[k], Rational.of(s[k])));
        }
        for (int a = 0; a < forms.size(); a++)
            for (int b = a + 1; b < forms.size(); b++) {
                if (Curves.opposite(forms.get(a), forms.get(b))) return false;
                for (int c = b + 1; c < forms.size(); c++) if (Curves.balanced(forms.get(a), forms.get(b), forms.get(c))) return false;
            }
        return true;
    }

    // ---- values and gradients

    /// Whether the values of all pieces around agree at the point, so far as they have one: else the function jumps.
    boolean agree(Piece own) {
        List<Piece> all = new ArrayList<>(possible);
        all.add(own);
        Quantity first = null;
        for (Piece p : all) {
            Quantity v = value(p);
            if (v == null) continue;
            if (first == null) first = v;
            if (v instanceof Rational a && first instanceof Rational b) {
                if (!a.equals(b)) return false;
            } else if (Math.abs(v.toDouble() - first.toDouble()) > 1e-9 * Math.max(1, Math.abs(first.toDouble()))) return false;
        }
        return true;
    }

    private Quantity value(Piece p) {
        try {
            Quantity v = Declared.eval(p.value(), arguments);
            return v instanceof Rational || Double.isFinite(v.toDouble()) ? v : null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /// The gradient of a piece at the point, or where it has none there, the limit along the curve on which it is entered: null where
    /// that is not known.
    Quantity[] gradient(Piece piece) {
        Quantity[] g = null;
        try {
            g = boundary.gradient(piece, arguments);
        } catch (ArithmeticException e) {
            if (e instanceof nad.arithmetic.Library.Leaves) throw e;
        }
        boolean finite = g != null;
        for (int i = 0; finite && i < n; i++) finite = g[i] instanceof Rational || Double.isFinite(g[i].toDouble());
        if (finite) return g;
        Curve c = entered.get(piece);
        if (n > 1 || c == null) return null;
        Quantity[] out = new Quantity[n];
        try {
            for (int i = 0; i < n; i++) {
                Quantity limit = Germs.along(x, c.d, c.e, rounded).of(Declared.derivative(piece.value(), i)).limit();
                if (limit == null) return null;
                out[i] = limit instanceof Rational r ? arguments[0].constant(r) : arguments[0] instanceof Real ? new Real(limit.toDouble()) : null;
                if (out[i] == null) return null;
            }
        } catch (Germ.Unknown e) {
            return null;
        }
        return out;
    }
}
