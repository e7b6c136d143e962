package nad.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.report.Interrupt;
import nad.report.Span;
import nad.tensor.Shapes;

/// THE THEOREM (Baur & Strassen 1983 for rational functions; Bolte, Boustany, Pauwels, Pesquet-Popescu 2023 for programs over
/// any dictionary of path differentiable functions):
///
///     cost(backprop(P)) ≤ ω · cost(P),   ω = max over the operations g of P of [cost(g) + cost of g's adjoint block] / cost(g).
///
/// Proof, step by step as it is carried out on two texts (spec/6-bound.md has the same steps under the same labels):
///
/// - [cert-forward] Q's forward statements are P's, in order: they cost cost(P).
/// - [cert-order] Each adjoint block belongs to exactly one forward statement; the blocks run through them backwards, and none is
///   missing that the gradient needs.
/// - [cert-rule] Each block is an instance of its statement's rule: it gives to each operand's bar what the rule gives, and to no
///   other. With the order this is the chain rule, so Q computes an element of a conservative gradient.
/// - [cert-local] Each block costs at most (ω(g) − 1) · cost(g).
/// - [cert-sum] The costs add up.
///
/// The checker takes two programs, from anywhere, and the tables. It shares no code with the transformer.
public final class CheapGradient {
    private static final int NONE = -1;

    private final Program p;
    private final Program q;
    private final CostModel prices;
    private final List<String> wrt;
    private final int n;
    private final Meanings meanings;
    private final Words words;
    private final RuleReader rules;
    private final BlockReader blocks;
    private final Bars bars;
    private final Contributions contributions;
    private boolean[] needed;

    private CheapGradient(Program p, Program q, CostModel prices, List<String> wrt) {
        this.p = p;
        this.q = q;
        this.prices = prices;
        this.wrt = wrt;
        this.n = p.length();
        this.meanings = new Meanings(prices);
        this.words = new Words(p, q);
        this.rules = new RuleReader(q);
        this.blocks = new BlockReader(q, rules, meanings, Math.min(n, q.length()));
        this.bars = new Bars(q, n);
        this.contributions = new Contributions(q, blocks, meanings, bars, words);
    }

    /// Decides whether `q` is backprop(p) and keeps the bound.
    ///
    /// @param wrt the parameters that q gives a gradient by; null stands for all that are not data
    public static Certificate certify(Program p, Program q, CostModel prices, List<String> wrt) {
        CheapGradient c = new CheapGradient(p, q, prices, wrt);
        Blame blame = null;
        try {
            new OwnStatements(p, q, c.meanings, c.words).compare(c.seedShapes());
            Claim.refuseOther(p, q);
            c.needed = c.needed();
            c.order();
            c.bars();
            c.seeds();
            c.blocks();
            c.results();
        } catch (Blame b) {
            blame = b;
        } catch (StackOverflowError e) {
            blame = new Blame("the terms of the adjoint blocks nest too deeply to be followed", Span.NONE);
        }
        return c.sums(blame);
    }

    private List<int[]> seedShapes() {
        return Words.scalar(p) ? List.of() : p.results().stream().map(Operand::shape).toList();
    }

    /// The variables that depend on a parameter differentiated by and that a result depends on.
    private boolean[] needed() {
        boolean[] active = new boolean[q.variables()];
        boolean[] useful = new boolean[q.variables()];
        for (int k = 0; k < p.parameters().size(); k++) active[q.parameters().get(k).variable()] = differentiated(k);
        for (int i = 0; i < n; i++) for (int k = 0; k < q.arity(i); k++) active[q.target(i)] |= touches(q.ref(i, k), active) && p.carries(i, k);
        for (int k = 0; k < p.results().size(); k++) q.results().get(k).forEachView(v -> useful[v.variable()] = true);
        for (int i = n - 1; i >= 0; i--) {
            if (!useful[q.target(i)]) continue;
            for (int k = 0; k < q.arity(i); k++) {
                int ref = q.ref(i, k);
                if (ref >= 0) useful[ref] = true;
                else q.operand(ref).forEachView(v -> useful[v.variable()] = true);
            }
        }
        for (int v = 0; v < active.length; v++) active[v] &= useful[v];
        return active;
    }

    private boolean touches(int ref, boolean[] set) {
        return ref >= 0 ? set[ref] : RuleReader.touches(q.operand(ref), set);
    }

    private boolean differentiated(int parameter) {
        Program.Parameter x = p.parameters().get(parameter);
        return wrt == null ? !x.data() : wrt.contains(x.name());
    }

    // ---- [cert-order], [cert-rule]

    private void order() {
        for (int i = 0; i < n && q.blocks() == 0; i++)
            if (needed[q.target(i)]) throw new Blame("the dump has no adjoint blocks: it is no backprop(" + p.name() + ")", Span.NONE);
        int last = n;
        for (int b = 0; b < q.blocks(); b++) {
            int d = q.definition(q.blockTarget(b));
            if (d < 0 || d >= n) throw new Blame("the adjoint block of `" + q.name(q.blockTarget(b)) + "` belongs to no statement of " + p.name(), words.at(b));
            if (d >= last) throw new Blame("the adjoint block of " + words.statement(d) + " stands out of order: blocks run through the statements backwards", words.at(b));
            last = d;
        }
    }

    /// A block reads its own statement's bar, and the results behind P's show the bars of the parameters.
    private void bars() {
        for (int b = 0; b < q.blocks(); b++) bars.own(q.blockTarget(b), blocks.barRead(b));
        int k = p.results().size();
        for (int j = 0; j < p.parameters().size(); j++)
            if (differentiated(j) && k < q.results().size() && q.results().get(k++) instanceof Operand.View v) bars.own(q.parameters().get(j).variable(), v.variable());
    }

    /// Before the first block the results' bars receive the literal 1, or the seeds.
    private void seeds() {
        List<Gift> asked = new ArrayList<>();
        for (int k = 0; k < p.results().size(); k++) {
            Operand seed = Words.scalar(p) ? Operand.Constant.scalar(Rational.ONE) : q.operand(q.parameters().get(p.parameters().size() + k).variable());
            rules.spread(q.results().get(k), seed, false, needed, asked);
        }
        contributions.match(n, q.forwardLength(), asked, NONE);
    }

    private void blocks() {
        int b = 0;
        for (int i = n - 1; i >= 0; i--) {
            Interrupt.heed();
            int z = q.target(i);
            if (b < q.blocks() && q.blockTarget(b) == z) {
                if (!bars.given(z)) throw new Blame("the block of " + words.statement(i) + " stands where the bar of `" + words.named(z) + "` has no value, or is not needed", words.at(b));
                if (b > 0 && q.blockStart(b) != q.blockEnd(b - 1)) throw new Blame("a statement stands between two adjoint blocks", q.span(q.blockEnd(b - 1)));
                Elementary f = q.operation(i);
                if (!f.differentiable() || jumps(i)) throw new Blame("`" + f.name + "` has no adjoint rule: " + f.caveat, words.at(b));
                contributions.match(q.blockStart(b), q.blockEnd(b), rules.contributions(i, bars.of(z), needed, blocks::withoutOne), i);
                b++;
            } else if (bars.given(z)) {
                throw new Blame(words.statement(i) + " has no adjoint block in its place, and the result depends on it", b < q.blocks() ? words.at(b) : Span.NONE);
            }
        }
        int end = q.blocks() == 0 ? q.forwardLength() : q.blockEnd(q.blocks() - 1);
        if (end < q.length()) throw new Blame("a statement stands behind the last adjoint block", q.span(end));
    }

    /// Whether the operation of statement i jumps in an operand that needs a bar: a prime is linear in its last operand alone.
    private boolean jumps(int i) {
        Elementary f = q.operation(i);
        if (f.smoothness != Elementary.Smoothness.DISCONTINUOUS) return false;
        for (int k = 0; k < q.arity(i); k++) {
            int operand = k;
            if (touches(q.ref(i, k), needed) && f.rule(q.rank(i)).stream().noneMatch(c -> c.arg() == operand)) return true;
        }
        return false;
    }

    private void results() {
        int k = p.results().size();
        for (int j = 0; j < p.parameters().size(); j++) {
            if (!differentiated(j)) continue;
            Program.Parameter x = q.parameters().get(j);
            String what = "result " + (k + 1) + " of the dump is not the bar of `" + x.name() + "`";
            if (k >= q.results().size()) throw new Blame("the dump returns no gradient by `" + x.name() + "`", Span.NONE);
            Operand r = q.results().get(k++);
            boolean right = bars.given(x.variable())
                    ? bars.shows(r, x.variable())
                    : r instanceof Operand.Constant c && Arrays.equals(c.shape(), x.shape()) && Rational.ZERO.equals(c.uniform());
            if (!right) throw new Blame(what, Span.NONE);
        }
        if (k < q.results().size()) throw new Blame("the dump returns more than the results and the gradient", Span.NONE);
    }

    // ---- [cert-local], [cert-sum]

    private Certificate sums(Blame blame) {
        List<Certificate.Row> rows = new ArrayList<>(n);
        Rational omega = Rational.ONE;
        Rational costP = Rational.ZERO;
        int[] blockOf = new int[n];
        Arrays.fill(blockOf, NONE);
        for (int b = 0; b < q.blocks(); b++) {
            int d = q.definition(q.blockTarget(b));
            if (d >= 0 && d < n) blockOf[d] = b;
        }
        Costs costs = new Costs(prices);
        Omegas omegas = new Omegas(p, prices);
        for (int i = 0; i < n; i++) {
            Interrupt.heed();
            Rational cost = costs.of(p, i);
            Rational w = omegas.of(i);
            int b = blockOf[i];
            Rational adjoint = b == NONE ? Rational.ZERO : costs.of(q, q.blockStart(b), q.blockEnd(b));
            if (blame == null && adjoint.compareTo(w.minus(Rational.ONE).times(cost)) > 0)
                blame = new Blame("the block of " + words.statement(i) + " costs " + adjoint.literal() + ", more than (ω − 1) · cost = "
                        + w.minus(Rational.ONE).times(cost).literal(), words.at(b));
            rows.add(new Certificate.Row(i, p.name(p.target(i)), p.span(i), p.operation(i).name, cost, adjoint, w, b));
            costP = costP.plus(cost);
            if (w.compareTo(omega) > 0) omega = w;
        }
        Rational costQ = costs.of(q, 0, q.length());
        Rational bound = omega.times(costP);
        for (int[] s : seedShapes()) bound = bound.plus(prices.price(Primitives.PLUS).times(Rational.of(Shapes.size(s))));
        if (costQ.compareTo(bound) > 0) {
            String sums = "the costs add up to " + costQ.literal() + ", more than the bound " + bound.literal();
            return new Certificate.Violated(rows, costP, costQ, omega, bound, blame == null ? sums : sums + "; and " + blame.getMessage(), blame == null ? Span.NONE : blame.place);
        }
        return blame == null ? new Certificate.Holds(rows, costP, costQ, omega, bound, blocks.keepZeros())
                : new Certificate.WithinCost(rows, costP, costQ, omega, bound, blame.getMessage(), blame.place);
    }
}
