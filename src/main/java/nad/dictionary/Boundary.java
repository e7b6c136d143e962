package nad.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import nad.arithmetic.Interval;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.dictionary.Declared.Condition;
import nad.dictionary.Declared.Piece;

/// [kink-around] Where the pieces of a declared function meet: which of them are around a point, and which derivative is selected there.
public final class Boundary {
    private final Declared function;
    /// By the signs of the conditions, where those that meet are affine.
    private final Map<List<Integer>, Neighbourhood> steady = new ConcurrentHashMap<>();

    public Boundary(Declared function) {
        this.function = function;
    }

    Declared function() {
        return function;
    }

    /// At a point where a condition's two sides are equal: a kink is where the gradients of the pieces around differ from each other or from
    /// that of a piece that claims the point alone; the Clarke set's hull is taken by argument. Where a piece that differs is not known to be around,
    /// the hull may be too large ([Kink#OUTER]); and where that alone would make the kink, it is not decided ([Kink#UNDECIDED]).
    ///
    /// @param choice null where the piece that claims the point decides
    Kink kink(Quantity[] x, Choice choice) {
        return kink(x, signs(x), choice);
    }

    /// The same where the conditions are known to have these signs.
    Kink kink(Quantity[] x, int[] sign, Choice choice) {
        if (x[0] instanceof Interval) return within(x, sign);
        if (!meets(sign)) return null;
        Piece own = claimed(sign);
        Neighbourhood around = neighbourhood(x, sign);
        Quantity[] limit = around.gradient(own);
        Quantity[] chosen = limit == null ? gradient(own, x) : limit;
        Hull hull = new Hull(chosen, limit != null && around.agree(own));
        for (Piece q : around.entered.keySet()) hull.add(q == own ? chosen : around.gradient(q), true, q == own);
        for (Piece q : around.possible) if (!around.entered.containsKey(q)) hull.add(q == own ? chosen : around.gradient(q), false, q == own);
        if (hull.isSmooth()) return null;
        if (choice != null) {
            chosen = chosen(choice, choice.at(x[0]), x, sign, q -> gradient(q, x)).clone();
            // The prime applies a 0 without a sign.
            for (int i = 0; i < chosen.length; i++) if (chosen[i].sign() == 0) chosen[i] = chosen[i].zero();
        }
        return new Kink(hull.set(), List.of(chosen), List.of(hull.ends), List.of());
    }

    /// The gradients around a point, and whether they differ from the one that is selected.
    private static final class Hull {
        private final Quantity[] chosen;
        private final Quantity[][] ends;
        /// Whether one differs that is certainly around.
        private boolean differ;
        /// Whether one is outside of those that may not be around, or is not known.
        private boolean open;

        Hull(Quantity[] chosen, boolean known) {
            this.chosen = chosen;
            this.ends = new Quantity[chosen.length][];
            this.open = !known;
        }

        void add(Quantity[] g, boolean certain, boolean own) {
            if (g == null) {
                open = true;
                return;
            }
            for (int i = 0; i < ends.length; i++) {
                boolean other = !own && g[i].minus(chosen[i]).sign() != 0;
                differ |= certain && other;
                boolean inside = ends[i] != null && g[i].minus(ends[i][0]).sign() >= 0 && ends[i][1].minus(g[i]).sign() >= 0;
                open |= !certain && (other || !inside);
                ends[i] = ends[i] == null ? new Quantity[] {g[i], g[i]} : new Quantity[] {ends[i][0].min(g[i]), ends[i][1].max(g[i])};
            }
        }

        boolean isSmooth() {
            for (int i = 0; i < ends.length; i++) if (ends[i] == null) ends[i] = new Quantity[] {chosen[i], chosen[i]};
            return !differ && !open;
        }

        String set() {
            return !differ ? Kink.UNDECIDED : open ? Kink.OUTER : "interval";
        }
    }

    /// What a box of arguments may meet.
    private Kink within(Quantity[] x, int[] sign) {
        if (!mayMeet(sign)) return null;
        Quantity[] chosen = gradient(claimed(sign), x);
        boolean differ = false;
        Quantity[][] hull = new Quantity[x.length][];
        for (Piece q : possible(sign)) {
            Quantity[] g = q == claimed(sign) ? chosen : gradient(q, x);
            for (int i = 0; i < x.length; i++) {
                differ |= q != claimed(sign) && g[i].minus(chosen[i]).sign() != 0;
                hull[i] = hull[i] == null ? new Quantity[] {g[i], g[i]} : new Quantity[] {hull[i][0].min(g[i]), hull[i][1].max(g[i])};
            }
        }
        return differ || !continuous(x, possible(sign)) ? new Kink("interval", List.of(chosen), List.of(hull), List.of()) : null;
    }

    /// Whether pieces with one gradient on the whole box have one value too: exactly, at a corner.
    private static boolean continuous(Quantity[] x, List<Piece> pieces) {
        if (pieces.size() == 1) return true;
        Quantity[] corner = new Quantity[x.length];
        for (int i = 0; i < x.length; i++) {
            double lo = ((Interval) x[i]).lo();
            if (!Double.isFinite(lo)) return false;
            corner[i] = Rational.of(lo);
        }
        try {
            Quantity first = Declared.eval(pieces.getFirst().value(), corner);
            for (Piece p : pieces) if (!first.equals(Declared.eval(p.value(), corner))) return false;
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /// The pieces that can hold in a box, some of whose signs may be 0 or 2 for not known.
    private List<Piece> possible(int[] sign) {
        List<Piece> out = new ArrayList<>();
        for (int k = 0; k < sign.length; k++) {
            out.add(function.pieces().get(k));
            if (condition(k) == null || sign[k] != 2 && sign[k] != 0 && condition(k).holds(sign[k])) break;
            if (sign[k] == -1 || sign[k] == 1) out.removeLast();
        }
        Piece own = claimed(sign);
        if (!out.contains(own)) out.add(own);
        return out;
    }

    private Neighbourhood neighbourhood(Quantity[] x, int[] sign) {
        List<Integer> key = new ArrayList<>();
        for (int s : sign) key.add(s);
        Neighbourhood found = Neighbourhood.of(this, x, sign, steady.get(key));
        if (found.isSteady()) steady.putIfAbsent(key, found);
        return found;
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
        List<Piece> around = around(x, sign.clone());
        sign[at] = 1;
        if (!around.contains(claimed(sign))) return null;
        Quantity[] above = gradient(claimed(sign), x);
        sign[at] = -1;
        if (!around.contains(claimed(sign))) return null;
        Quantity[] below = gradient(claimed(sign), x);
        for (int i = 0; i < x.length; i++) {
            Quantity d = above[i].minus(below[i]);
            if (d.sign() != 0) return kink.selected().get(i).minus(below[i]).over(d);
        }
        return null;
    }

    /// The pieces that are certainly around; where none is known, all that may be.
    List<Piece> around(Quantity[] x, int[] sign) {
        Neighbourhood n = neighbourhood(x, sign);
        return n.entered.isEmpty() ? n.possible : List.copyOf(n.entered.keySet());
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
            case LEAST -> least(distinct(near).stream().map(of).toList());
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

    /// One piece of each expression.
    static List<Piece> distinct(List<Piece> pieces) {
        List<Piece> out = new ArrayList<>();
        for (Piece p : pieces) if (out.stream().noneMatch(q -> q.value().equals(p.value()))) out.add(p);
        return out;
    }

    /// What is nearest to 0 in the hull. It is in a simplex of at most one point more than there are dimensions.
    private static Quantity[] least(List<Quantity[]> around) {
        int n = around.size();
        if (n == 1) return around.getFirst();
        if (n == 2) return nearest(around.getFirst(), around.getLast());
        if (!triangles(n, around.getFirst().length)) return LeastNorm.of(around);
        Quantity[] best = null;
        for (int a = 0; a < n; a++)
            for (int b = a + 1; b < n; b++)
                for (int c = b + 1; c < n; c++) {
                    Quantity[] p = nearest(around.get(a), around.get(b), around.get(c));
                    best = best == null ? p : nearer(p, best);
                }
        return best;
    }

    /// Whether triangles between pieces hold all of their hull: their point of least norm is a formula.
    static boolean triangles(int pieces, int dimension) {
        return pieces <= 3 || dimension <= 2;
    }

    private static Quantity[] nearer(Quantity[] p, Quantity[] best) {
        Quantity closer = dot(p, p).minus(dot(best, best));
        Quantity[] out = new Quantity[p.length];
        for (int i = 0; i < out.length; i++) out[i] = closer.branch(p[i], best[i], best[i]);
        return out;
    }

    /// The point of a triangle that is nearest to 0: inside of it, where the foot of the perpendicular on its plane is, or on an edge.
    private static Quantity[] nearest(Quantity[] g, Quantity[] h, Quantity[] k) {
        Quantity[] edge = nearer(nearest(h, k), nearer(nearest(g, k), nearest(g, h)));
        if (g.length == 1) return edge;
        Quantity[] u = new Quantity[g.length];
        Quantity[] v = new Quantity[g.length];
        for (int i = 0; i < g.length; i++) {
            u[i] = h[i].minus(g[i]);
            v[i] = k[i].minus(g[i]);
        }
        Quantity uu = dot(u, u);
        Quantity vv = dot(v, v);
        Quantity uv = dot(u, v);
        Quantity gu = dot(g, u);
        Quantity gv = dot(g, v);
        Quantity det = uu.times(vv).minus(uv.times(uv));
        Quantity s = gv.times(uv).minus(gu.times(vv));
        Quantity t = gu.times(uv).minus(gv.times(uu));
        Quantity least = s.min(t).min(det.minus(s).minus(t)).min(det);
        Quantity by = det.branch(det.one(), det.one(), det);
        Quantity[] out = new Quantity[g.length];
        for (int i = 0; i < out.length; i++) out[i] = least.branch(edge[i], edge[i], g[i].plus(s.times(u[i]).plus(t.times(v[i])).over(by)));
        return out;
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

    /// The signs a little way along parameter i; that at the point where it is not known.
    private int[] along(Quantity[] x, int[] sign, int i, int direction) {
        return Neighbourhood.along(this, x, sign, i, direction);
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
