package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
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
        boolean boundary = false;
        for (int k = 0; k < sign.length; k++) boundary |= condition(k) != null && (sign[k] == 0 || sign[k] == 2 && x[0] instanceof Interval);
        if (!boundary) return null;
        Piece own = claimed(sign);
        if (own == null) return null;
        List<Piece> near = near(x, sign);
        List<Quantity[]> gradients = near.stream().map(q -> gradient(q, x)).toList();
        Quantity[] chosen = gradient(own, x);
        boolean differ = false;
        Quantity[][] hull = new Quantity[x.length][];
        for (Quantity[] g : gradients)
            for (int i = 0; i < x.length; i++) {
                differ |= g[i].minus(chosen[i]).sign() != 0;
                hull[i] = hull[i] == null ? new Quantity[] {g[i], g[i]} : new Quantity[] {hull[i][0].min(g[i]), hull[i][1].max(g[i])};
            }
        if (!differ) return null;
        if (choice != null && !(x[0] instanceof Interval)) chosen = chosen(choice, x, sign, chosen, gradients, near.indexOf(own));
        return new Kink("interval", List.of(chosen), List.of(hull), List.of());
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

    private List<Piece> near(Quantity[] x, int[] sign) {
        if (x[0] instanceof Interval) return function.pieces();
        List<Piece> near = new ArrayList<>();
        for (int i = 0; i < x.length; i++)
            for (int d = -1; d <= 1; d += 2) {
                Piece q = claimed(along(x, sign, i, d));
                if (!near.contains(q)) near.add(q);
            }
        return near;
    }

    private Quantity[] chosen(Choice c, Quantity[] x, int[] sign, Quantity[] own, List<Quantity[]> around, int claims) {
        Rational number = c.at(x[0]);
        if (number != null && x.length == 1) return new Quantity[] {x[0].constant(number)};
        if (number != null) return around.size() == 2 ? between(own, around.get(claims == 0 ? 1 : 0), own[0].constant(number)) : own;
        return switch (c.side()) {
            case CLAIMED -> own;
            case LEFT -> entered(x, sign, -1, own, claims < 0);
            case RIGHT -> entered(x, sign, 1, own, claims < 0);
            case MIDDLE -> mean(around);
            case LEAST -> least(around);
        };
    }

    /// The gradient of the piece entered along the first parameter whose two sides differ; else of the piece that claims the point, or
    /// where that holds at the point alone, of the one around it.
    private Quantity[] entered(Quantity[] x, int[] sign, int direction, Quantity[] own, boolean alone) {
        for (int i = 0; i < x.length; i++) {
            Piece q = claimed(along(x, sign, i, direction));
            if (q != claimed(along(x, sign, i, -direction))) return gradient(q, x);
        }
        return alone ? gradient(claimed(along(x, sign, 0, direction)), x) : own;
    }

    private static Quantity[] mean(List<Quantity[]> around) {
        Quantity[] sum = around.getFirst().clone();
        for (Quantity[] g : around.subList(1, around.size())) for (int i = 0; i < sum.length; i++) sum[i] = sum[i].plus(g[i]);
        for (int i = 0; i < sum.length; i++) sum[i] = sum[i].over(sum[i].constant(Rational.of(around.size())));
        return sum;
    }

    private static Quantity[] least(List<Quantity[]> around) {
        Quantity[] best = around.getFirst();
        for (Quantity[] g : around)
            for (Quantity[] h : around) {
                Quantity[] n = nearest(g, h);
                if (dot(n, n).minus(dot(best, best)).sign() < 0) best = n;
            }
        return best;
    }

    /// The point of the line from g to h that is nearest to 0.
    private static Quantity[] nearest(Quantity[] g, Quantity[] h) {
        Quantity[] d = new Quantity[g.length];
        for (int i = 0; i < d.length; i++) d[i] = g[i].minus(h[i]);
        Quantity along = dot(g, d);
        Quantity length = dot(d, d);
        if (along.sign() <= 0 || length.sign() == 0) return g;
        if (along.minus(length).sign() >= 0) return h;
        if (d.length == 1) return new Quantity[] {g[0].zero()}; // and not what rounding leaves of it
        return between(g, h, along.over(length));
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
