package nad.backprop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Rational;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.tensor.Layout;

/// P to backprop(P): P's own statements, then for each that is needed its adjoint block, in reverse order. The program
/// returned computes P's results and, for each parameter differentiated by, an element of a conservative gradient of the
/// result (Bolte & Pauwels 2020), at a cost of at most ω_b · cost(P) (Baur & Strassen 1983; Bolte, Boustany, Pauwels,
/// Pesquet-Popescu 2023); spec/5-backprop.md.
public final class Backprop {
    /// Room is made for so many instructions for each of P's: flat programs come to three or four.
    private static final int GROWTH = 4;

    /// So many variables before they are met the sweep reads what is known of them: a block names them in no order, and each would be waited
    /// for; read in order they come by themselves.
    private static final int AHEAD = 10_000;

    private final Program p;
    private final boolean[] wrt;
    private final boolean strongZero;
    private final ProgramBuilder q;
    private final Activity activity;
    private final Adjoints adjoints;
    private final ScalarBlocks scalars;
    private final Map<Plan.Key, Plan> plans = new HashMap<>();
    private int seedVariable = -1;
    private boolean stencils = true;

    private Backprop(Program p, boolean[] wrt, boolean strongZero, boolean held) {
        this.p = p;
        this.wrt = wrt;
        this.strongZero = strongZero;
        this.q = ProgramBuilder.extending(p, p.name() + "_backprop", GROWTH * p.length());
        for (Elementary e : Standard.entries()) q.reserve(e.name);
        this.activity = new Activity(p, wrt, held);
        this.adjoints = new Adjoints(q, activity, p.variables(), suffix());
        this.scalars = new ScalarBlocks(this, q, p, activity, adjoints);
    }

    /// The transformed program, or null where problems were added.
    ///
    /// @param names the parameters to differentiate by; null stands for all that are not data
    public static Program of(Program p, List<String> names, List<Problem> problems) {
        return of(p, names, false, problems);
    }

    /// @param strongZero whether a bar that is exactly 0 stays 0 through products and quotients with what is infinite or NaN
    public static Program of(Program p, List<String> names, boolean strongZero, List<Problem> problems) {
        return of(p, names, strongZero, false, problems);
    }

    /// [back-held] The gradient of a program with scans, such as P's directional derivatives, with the scans' decisions taken as
    /// given: of F'(x; d) by d it is the gradient of the piece that d enters.
    public static Program held(Program p, List<String> names, List<Problem> problems) {
        return of(p, names, false, true, problems);
    }

    private static Program of(Program p, List<String> names, boolean strongZero, boolean held, List<Problem> problems) {
        boolean[] wrt = Activity.wrt(p, names, problems);
        if (wrt == null) return null;
        Backprop b = new Backprop(p, wrt, strongZero, held);
        List<Problem> refusals = b.activity.refusals();
        problems.addAll(refusals);
        return refusals.isEmpty() ? b.transform() : null;
    }

    /// The same with every block made the general way, tensor or not: what the short way for scalars is measured by.
    static Program withoutStencils(Program p, boolean strongZero) {
        Backprop b = new Backprop(p, Activity.wrt(p, null, List.of()), strongZero, false);
        b.stencils = false;
        return b.transform();
    }

    /// Why backprop refuses a program: each statement on the way from a parameter to a result whose entry is not path
    /// differentiable.
    public static List<Problem> refusals(Program p, List<String> names) {
        List<Problem> problems = new ArrayList<>();
        boolean[] wrt = Activity.wrt(p, names, problems);
        if (wrt != null) problems.addAll(new Activity(p, wrt).refusals());
        return problems;
    }

    /// [back-names] `_bar`, or the first of `_bar2`, `_bar3`, … that makes no name of P.
    private String suffix() {
        for (int k = 1; ; k++) {
            String suffix = k == 1 ? "_bar" : "_bar" + k;
            if (!q.isSuffix(suffix)) return suffix;
        }
    }

    private Program transform() {
        seed();
        for (int i = p.length() - 1; i >= 0; i--) {
            int z = p.target(i);
            if ((i & 15) == 0) adjoints.expect(z - AHEAD);
            if (!activity.needed(z) || !adjoints.has(z)) continue;
            q.beginBlock(z);
            if (!stencils || !scalars.emit(i, z)) new Block(q, p, i, adjoints.bar(z), plan(i, z)).emit(adjoints);
            q.endBlock();
        }
        List<Operand> results = new ArrayList<>(p.results());
        for (int k = 0; k < wrt.length; k++) if (wrt[k]) results.add(gradient(p.parameters().get(k)));
        return q.build(results);
    }

    /// [back-seed] A scalar result's bar is the literal 1; results of other shapes, or several, get parameters for their cotangents.
    private void seed() {
        List<Operand> results = p.results();
        boolean scalar = results.size() == 1 && results.getFirst().rank() == 0;
        for (int k = 0; k < results.size(); k++) {
            Operand r = results.get(k);
            if (scalar) {
                if (r instanceof Operand.View v && q.shape(v.variable()).length == 0) seedVariable = v.variable();
                adjoints.contribute(r, Operand.Constant.scalar(Rational.ONE), false, Program.NO_SITE);
            } else {
                int s = q.parameter(q.fresh(results.size() == 1 ? "seed" : "seed" + (k + 1)), r.shape(), true);
                adjoints.contribute(r, new Operand.View(s, Layout.whole(r.shape())), false, Program.NO_SITE);
            }
        }
    }

    /// How instruction i is pulled back, where it defines z.
    Plan plan(int i, int z) {
        List<Integer> same = new ArrayList<>(p.arity(i));
        List<Boolean> needed = new ArrayList<>(p.arity(i));
        for (int k = 0; k < p.arity(i); k++) {
            int first = 0;
            while (p.ref(i, first) != p.ref(i, k)) first++;
            same.add(first);
            needed.add(activity.neededRef(p.ref(i, k)));
        }
        return plans.computeIfAbsent(new Plan.Key(p.operation(i), p.rank(i), same, needed, isSeeded(z), strongZero), Plan::of);
    }

    /// Whether the variable's bar is the literal 1.
    boolean isSeeded(int z) {
        return z == seedVariable;
    }

    private Operand gradient(Program.Parameter x) {
        return adjoints.has(x.variable()) ? q.operand(adjoints.bar(x.variable()))
                : Operand.Constant.filled(Rational.ZERO, x.shape());
    }
}
