package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;

/// Where the pieces of a declared function meet: which of them are around a point, and which derivative is selected there.
public record Boundary(Declared function) {
    /// A condition whose sides touch is followed to the derivative of this order at most.
    private static final int HIGHEST = 4;

    /// At a point where a condition's two sides are equal: the pieces entered along ± each parameter. A kink is where
    /// their gradients differ from each other or from that of a piece that claims the point alone; the Clarke set's hull is taken by
    /// argument.
    ///
    /// @param choice null where the piece that claims the point decides
    Kink kink(Quantity[] x, Choice choice) {
        return kink(x, signs(x), choice);
    }

    /// The same where the conditions are known to have these signs.
    Kink kink(Quantity[] x, int[] sign, Choice choice) {
        boolean interval = x[0] instanceof Interval;
        if (!(interval ? mayMeet(sign) : meets(sign))) return null;
        Piece own = claimed(sign);
        if (own == null) return null;
        List<Piece> near = interval ? function.pieces() : around(x, sign);
        Quantity[] chosen = gradient(own, x);
        boolean differ = false;
        Quantity[][] hull = new Quantity[x.length][];
        for (Piece q : near) {
            Quantity[] g = q == own ? chosen : gradient(q, x);
            for (int i = 0; i < x.length; i++) {
                differ |= q != own && g[i].minus(chosen[i]).sign() != 0;
                hull[i] = hull[i] == null ? new Quantity[] {g[i], g[i]} : new Quantity[] {hull[i][0].min(g[i]), hull[i][1].max(g[i])};
            }
        }
        if (!differ) return null;
        if (choice != null && !interval) chosen = chosen(choice, choice.at(x[0]), x, sign, q -> gradient(q, x));
        return new Kink("interval", List.of(chosen), List.of(hull), List.of());
    }

    /// Whether the sides of a condition are equal that is asked at all: one behind a condition that holds is not. NaN meets none.
    boolean meets(int[] sign) {
        boolean equal = false;
        for (int k = 0; k < sign.length && condition(k) != null; k++) {
            if (sign[k] == 2) return false;
            if (sign[k] == 0) equal = true;
            else if (condition(k).holds(sign[k])) break;
        }
        return equal;
    }

    private boolean mayMeet(int[] sign) {
        for (int k = 0; k < sign.length; k++) if (condition(k) != null && (sign[k] == 0 || sign[k] == 2)) return true;
        return false;
    }

    /// Of a point where one condition's two sides are equal: so much of the derivative that is selected there is that of the side where the
    /// left is greater, the rest that of the other side. Null where several are equal, or where the sides' gradients agree.
    public Quantity share(Quantity[] x, Kink kink) {
        int[] sign = signs(x);
        int at = -1;
        for (int k = 0; k < sign.length; k++) {
            if (condition(k) == null || sign[k] != 0) continue;
            if (at >= 0) return null;
            at = k;
        }
        if (at < 0) return null;
        sign[at] = 1;
        Quantity[] above = gradient(claimed(sign), x);
        sign[at] = -1;
        Quantity[] below = gradient(claimed(sign), x);
        for (int i = 0; i < x.length; i++) {
            Quantity d = above[i].minus(below[i]);
            if (d.sign() != 0) return kink.selected().get(i).minus(below[i]).over(d);
        }
        return null;
    }

    /// The pieces entered along ± each parameter.
    List<Piece> around(Quantity[] x, int[] sign) {
        List<Piece> near = new ArrayList<>();
        for (int i = 0; i < x.length; i++)
            for (int d = -1; d <= 1; d += 2) {
                Piece q = claimed(along(x, sign, i, d));
                if (!near.contains(q)) near.add(q);
            }
        return near;
    }

    /// The derivative that is selected at a kink.
    ///
    /// @param number what `c` has for this point, or null
    /// @param of     the gradient of a piece
    Quantity[] chosen(Choice c, Rational number, Quantity[] x, int[] sign, Function<Piece, Quantity[]> of) {
        Piece claims = claimed(sign);
        Quantity[] own = of.apply(claims);
        if (number != null && x.length == 1) return new Quantity[] {own[0].constant(number)};
        List<Piece> near = around(x, sign);
        if (number != null) return near.size() == 2 ? between(own, of.apply(near.get(near.indexOf(claims) == 0 ? 1 : 0)), own[0].constant(number)) : own;
        return switch (c.side()) {
            case CLAIMED -> own;
            case LEFT -> of.apply(entered(x, sign, -1, claims, near));
            case RIGHT -> of.apply(entered(x, sign, 1, claims, near));
            case MIDDLE -> mean(near.stream().map(of).toList());
            case LEAST -> least(near.stream().map(of).toList());
        };
    }

    /// The piece entered along the first parameter whose two sides differ; else the one that claims the point, or where that holds at
    /// the point alone, the one around it.
    private Piece entered(Quantity[] x, int[] sign, int direction, Piece own, List<Piece> near) {
        for (int i = 0; i < x.length; i++) {
            Piece q = claimed(along(x, sign, i, direction));
            if (q != claimed(along(x, sign, i, -direction))) return q;
        }
        return near.contains(own) ? own : claimed(along(x, sign, 0, direction));
    }

    private static Quantity[] mean(List<Quantity[]> around) {
        Quantity[] sum = around.getFirst().clone();
        for (Quantity[] g : around.subList(1, around.size())) for (int i = 0; i < sum.length; i++) sum[i] = sum[i].plus(g[i]);
        for (int i = 0; i < sum.length; i++) sum[i] = sum[i].over(sum[i].constant(Rational.of(around.size())));
        return sum;
    }

    private static Quantity[] least(List<Quantity[]> around) {
        Quantity[] best = around.getFirst();
        for (int a = 0; a < around.size(); a++)
            for (int b = a + 1; b < around.size(); b++) {
                Quantity[] n = nearest(around.get(a), around.get(b));
                Quantity[] m = best.clone();
                Quantity closer = dot(n, n).minus(dot(m, m));
                for (int i = 0; i < m.length; i++) m[i] = closer.branch(n[i], m[i], m[i]);
                best = m;
            }
        return best;
    }

    /// The point of the line from g to h that is nearest to 0. All cases are computed and one is taken, so that it is a formula too.
    private static Quantity[] nearest(Quantity[] g, Quantity[] h) {
        Quantity[] d = new Quantity[g.length];
        for (int i = 0; i < d.length; i++) d[i] = g[i].minus(h[i]);
        Quantity along = dot(g, d);
        Quantity length = dot(d, d);
        Quantity beyond = along.minus(length);
        Quantity weight = along.over(length.branch(length, length.one(), length));
        Quantity[] foot = d.length == 1 ? new Quantity[] {g[0].zero()} : between(g, h, weight); // 0, and not what rounding leaves of it
        Quantity[] out = new Quantity[g.length];
        for (int i = 0; i < out.length; i++) out[i] = along.branch(g[i], g[i], beyond.branch(foot[i], h[i], h[i]));
        return out;
    }

    private static Quantity dot(Quantity[] g, Quantity[] h) {
        Quantity sum = g[0].times(h[0]);
        for (int i = 1; i < g.length; i++) sum = sum.plus(g[i].times(h[i]));
        return sum;
    }

    private static Quantity[] between(Quantity[] g, Quantity[] h, Quantity weight) {
        Quantity[] out = new Quantity[g.length];
        for (int i = 0; i < out.length; i++) out[i] = g[i].plus(weight.times(h[i].minus(g[i])));
        return out;
    }

    // ---- pieces around a point

    Condition condition(int k) {
        return function.pieces().get(k).condition();
    }

    /// On which side of each condition's boundary the arguments are.
    int[] signs(Quantity[] x) {
        int[] sign = new int[function.pieces().size()];
        for (int k = 0; k < sign.length; k++) if (condition(k) != null) sign[k] = Declared.difference(condition(k), x);
        return sign;
    }

    /// The piece that claims the arguments, or −1 where they are on a boundary.
    int piece(Quantity[] x) {
        int[] sign = signs(x);
        for (int k = 0; k < sign.length; k++) if (condition(k) != null && sign[k] == 0) return -1;
        return function.pieces().indexOf(claimed(sign));
    }

    /// The signs a little way along parameter i: that of the first derivative that is not 0, for an odd one turned by the direction.
    private int[] along(Quantity[] x, int[] sign, int i, int direction) {
        int[] moved = sign.clone();
        for (int k = 0; k < sign.length; k++) {
            if (condition(k) == null || sign[k] != 0) continue;
            Term d = condition(k).difference();
            for (int order = 1; order <= HIGHEST && moved[k] == 0; order++) {
                d = Declared.derivative(d, i);
                int s = Declared.eval(d, x).sign();
                moved[k] = s == 2 ? 0 : order % 2 == 0 ? s : direction * s;
            }
        }
        return moved;
    }

    /// Whether the sides of a condition move apart alike at all points: where their difference is affine, with numbers for coefficients.
    boolean steady(int k) {
        for (int i = 0; i < function.parameters().size(); i++)
            if (!(Declared.derivative(condition(k).difference(), i) instanceof Term.Literal)) return false;
        return true;
    }

    /// The piece that claims a point where the conditions have these signs.
    Piece claimed(int[] sign) {
        for (int k = 0; k < sign.length; k++) {
            Condition c = condition(k);
            if (c == null) return function.pieces().get(k);
            Boolean holds = c.holds(sign[k]);
            if (holds != null && holds) return function.pieces().get(k);
        }
        return function.pieces().getLast();
    }

    Quantity[] gradient(Piece piece, Quantity[] x) {
        Quantity[] g = new Quantity[x.length];
        for (int i = 0; i < g.length; i++) g[i] = Declared.eval(Declared.derivative(piece.value(), i), x);
        return g;
    }
}
