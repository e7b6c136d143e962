package nad.forward;

import java.util.ArrayList;
import java.util.List;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Standard;
import nad.dictionary.Tangents;
import nad.report.Problem;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [forward-statement] P to a program that computes P's results and, behind them, their tangents along k directions: after each
/// statement of P that is needed, the tangent of its operation. Three programs bear the three things that a tangent may mean at
/// a kink, and are equal where there is none; spec/9-forward.md [forward-ways].
///
/// - [#jvp]: the linear tangent of the selection. Its transpose is backprop's pullback.
/// - [#directional]: F'(x; d), the one-sided derivative along each direction by itself: positively homogeneous, not linear.
/// - [#lexicographic]: the LD-derivative F'(x; M) of Khan & Barton (2013) and, for M = I, Nesterov's lexicographic derivative
///   (2005): what one direction leaves undecided the next decides.
///
/// All three are one fold over the tangents of the entries. They differ in where the primes at a kink are asked: at the point;
/// at where the point moves along each direction; at where it moves along the directions in order. So the last two cost what
/// the first costs and the scans that find those places.
///
/// [forward-directions] The directions of a parameter `x` are a parameter `x_dot`: of x's shape for one direction, else with an
/// axis of k before x's own, so that operations broadcast over it and the text has one tangent for each statement, for any k.
/// What does not depend on the direction is computed once: cost(forprop_k(P)) ≤ ω_f(k) · cost(P), see nad.bound.ForwardOmega.
public final class Forprop {
    private final Program p;
    private final boolean[] wrt;
    private final Tangents.Way way;
    private final int[] lead;
    private final ProgramBuilder q;
    private final Activity activity;
    private final Dots dots;

    private Forprop(Program p, boolean[] wrt, int directions, Tangents.Way way, String suffix) {
        if (p.blocks() > 0) throw new IllegalArgumentException("a dump must be dissolved before it is transformed");
        this.p = p;
        this.wrt = wrt;
        this.way = way;
        this.lead = directions == 1 ? Shapes.SCALAR : new int[] {directions};
        this.q = ProgramBuilder.along(p, p.name() + suffix);
        this.activity = new Activity(p, wrt);
        this.dots = new Dots(lead, p.variables());
        Standard.entries().forEach(e -> q.reserve(e.name));
    }

    /// The linear tangent, or null where problems were added.
    ///
    /// @param names      the parameters to differentiate by; null stands for all that are not data
    /// @param directions how many directions at once, at least 1
    public static Program jvp(Program p, List<String> names, int directions, List<Problem> problems) {
        return of(p, names, directions, Tangents.Way.SELECTION, "_forprop", problems);
    }

    /// The one-sided derivatives along each of the directions, or null where problems were added.
    public static Program directional(Program p, List<String> names, int directions, List<Problem> problems) {
        return of(p, names, directions, Tangents.Way.DIRECTIONS, "_directional", problems);
    }

    /// The LD-derivative along the directions in order, or null where problems were added.
    public static Program lexicographic(Program p, List<String> names, int directions, List<Problem> problems) {
        return of(p, names, directions, Tangents.Way.LEXICOGRAPHIC, "_lexi", problems);
    }

    private static Program of(Program p, List<String> names, int directions, Tangents.Way way, String suffix, List<Problem> problems) {
        boolean[] wrt = Activity.wrt(p, names, problems);
        if (wrt == null) return null;
        Forprop f = new Forprop(p, wrt, directions, way, suffix);
        List<Problem> refusals = f.activity.refusals();
        problems.addAll(refusals);
        return refusals.isEmpty() ? f.transform() : null;
    }

    private Program transform() {
        for (int k = 0; k < wrt.length; k++) if (wrt[k]) direction(p.parameters().get(k));
        for (int i = 0; i < p.length(); i++) {
            q.copy(p, i);
            if (activity.needed(p.target(i))) dots.put(p.target(i), new Statement(q, p, i, dots, way, lead).emit(active(i), name(p.target(i))));
        }
        List<Operand> results = new ArrayList<>(p.results());
        for (Operand r : p.results()) results.add(dots.of(r));
        return q.build(results);
    }

    private void direction(Program.Parameter x) {
        int[] shape = Shapes.concat(lead, x.shape());
        int v = q.parameter(q.fresh(name(x.variable())), shape, false);
        dots.put(x.variable(), new Operand.View(v, Layout.whole(shape)));
    }

    private String name(int variable) {
        return p.name(variable) + "_dot";
    }

    private boolean[] active(int i) {
        boolean[] active = new boolean[p.arity(i)];
        for (int k = 0; k < active.length; k++) active[k] = activity.neededRef(p.ref(i, k)) && dots.moves(p.operand(i, k));
        return active;
    }
}
