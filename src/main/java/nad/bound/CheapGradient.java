package nad.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.dictionary.Term;
import nad.dictionary.TermText;
import nad.report.Interrupt;
import nad.report.Span;
import nad.tensor.Layout;
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
    private final RuleReader rules;
    private final BlockReader blocks;
    private boolean[] needed;
    /// The bar of each variable of the forward part, and the variable that each bar belongs to: known from who reads it.
    private final int[] bar;
    private final int[] owner;
    /// Whether the variable's bar has received a contribution.
    private final boolean[] given;
    private final Map<Integer, BitSet> written = new HashMap<>();
    private final Omegas omegas;
    private final Map<Priced, Rational> rowCosts = new HashMap<>();
    /// The same for one entry, by a dependent value and by a constant: of 10⁶ scalar statements each has one of few costs.
    private final Map<Elementary, Rational[]> scalarCosts = new IdentityHashMap<>();

    private record Priced(Elementary f, long n, boolean byConstant) {}

    /// Leaves the check at the first place that fails.
    private static final class Blame extends RuntimeException {
        final transient Span place;

        Blame(String reason, Span place) {
            super(reason, null, false, false);
            this.place = place;
        }
    }

    private CheapGradient(Program p, Program q, CostModel prices, List<String> wrt) {
        this.p = p;
        this.q = q;
        this.prices = prices;
        this.wrt = wrt;
        this.omegas = new Omegas(p, prices);
        this.n = p.length();
        this.rules = new RuleReader(q);
        this.blocks = new BlockReader(q, rules, Math.min(n, q.length()));
        this.bar = new int[q.variables()];
        this.owner = new int[q.variables()];
        this.given = new boolean[q.variables()];
        Arrays.fill(bar, NONE);
        Arrays.fill(owner, NONE);
    }

    /// Decides whether `q` is backprop(p) and keeps the bound.
    ///
    /// @param wrt the parameters that q gives a gradient by; null stands for all that are not data
    public static Certificate certify(Program p, Program q, CostModel prices, List<String> wrt) {
        CheapGradient c = new CheapGradient(p, q, prices, wrt);
        Blame blame = null;
        try {
            c.forward();
            c.needed = c.needed();
            c.order();
            c.bars();
            c.seeds();
            c.blocks();
            c.results();
        } catch (Blame b) {
            blame = b;
        }
        return c.sums(blame);
    }

    // ---- [cert-forward]

    private void forward() {
        List<Program.Parameter> mine = p.parameters();
        List<Program.Parameter> theirs = q.parameters();
        List<int[]> seeds = seedShapes();
        if (theirs.size() != mine.size() + seeds.size())
            throw new Blame("the dump has " + theirs.size() + (theirs.size() == 1 ? " parameter where" : " parameters where") + " backprop(" + p.name() + ") has " + (mine.size() + seeds.size()), Span.NONE);
        for (int k = 0; k < mine.size(); k++)
            if (!mine.get(k).name().equals(theirs.get(k).name()) || !Arrays.equals(mine.get(k).shape(), theirs.get(k).shape()))
                throw new Blame("parameter " + (k + 1) + " of the dump is `" + theirs.get(k).name() + ": " + Shapes.text(theirs.get(k).shape()) + "` and not `"
                        + mine.get(k).name() + ": " + Shapes.text(mine.get(k).shape()) + "`", Span.NONE);
        for (int k = 0; k < seeds.size(); k++)
            if (!Arrays.equals(theirs.get(mine.size() + k).shape(), seeds.get(k)))
                throw new Blame("the seed `" + theirs.get(mine.size() + k).name() + "` has not the shape " + Shapes.text(seeds.get(k)) + " of its result", Span.NONE);
        int[] image = new int[p.variables()];
        Arrays.fill(image, NONE);
        for (int k = 0; k < mine.size(); k++) image[mine.get(k).variable()] = theirs.get(k).variable();
        for (int i = 0; i < n; i++) sameStatement(i, image);
        for (int k = 0; k < p.results().size(); k++)
            if (k >= q.results().size() || !sameOperand(p.results().get(k), q.results().get(k), image))
                throw new Blame("result " + (k + 1) + " of the dump is not " + p.name() + "'s", Span.NONE);
    }

    private List<int[]> seedShapes() {
        return scalar() ? List.of() : p.results().stream().map(Operand::shape).toList();
    }

    private boolean scalar() {
        return p.results().size() == 1 && p.results().getFirst().rank() == 0;
    }

    private void sameStatement(int i, int[] image) {
        boolean same = i < q.forwardLength() && q.kind(i) == Program.Kind.APPLY && BlockReader.sameOperation(p.operation(i), q.operation(i))
                && p.rank(i) == q.rank(i) && p.arity(i) == q.arity(i) && Arrays.equals(p.shape(p.target(i)), q.shape(q.target(i)));
        for (int k = 0; same && k < p.arity(i); k++) {
            int mine = p.ref(i, k);
            int theirs = q.ref(i, k);
            same = mine >= 0 && theirs >= 0 ? image[mine] == theirs : sameOperand(p.operand(mine), q.operand(theirs), image);
        }
        if (!same)
            throw new Blame("statement " + (i + 1) + " of the dump is not " + p.name() + "'s " + statement(i) + ": the forward statements must be " + p.name() + "'s own, in order",
                    i < q.length() ? q.span(i) : Span.NONE);
        image[p.target(i)] = q.target(i);
    }

    private static boolean sameOperand(Operand mine, Operand theirs, int[] image) {
        return switch (mine) {
            case Operand.View v -> theirs instanceof Operand.View w && image[v.variable()] == w.variable() && v.layout().equals(w.layout());
            case Operand.Constant c -> c.equals(theirs);
            case Operand.Stack s -> {
                if (!(theirs instanceof Operand.Stack t) || s.axis() != t.axis() || s.parts().size() != t.parts().size()) yield false;
                boolean same = true;
                for (int k = 0; same && k < s.parts().size(); k++) same = sameOperand(s.parts().get(k), t.parts().get(k), image);
                yield same;
            }
        };
    }

    /// The variables that depend on a parameter differentiated by and that a result depends on.
    private boolean[] needed() {
        boolean[] active = new boolean[q.variables()];
        boolean[] useful = new boolean[q.variables()];
        for (int k = 0; k < p.parameters().size(); k++) active[q.parameters().get(k).variable()] = differentiated(k);
        for (int i = 0; i < n; i++) for (int k = 0; k < q.arity(i); k++) active[q.target(i)] |= touches(q.ref(i, k), active) && q.carries(i, k);
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
            if (d < 0 || d >= n) throw new Blame("the adjoint block of `" + q.name(q.blockTarget(b)) + "` belongs to no statement of " + p.name(), at(b));
            if (d >= last) throw new Blame("the adjoint block of " + statement(d) + " stands out of order: blocks run through the statements backwards", at(b));
            last = d;
        }
    }

    /// A block reads its own statement's bar, and the results behind P's show the bars of the parameters.
    private void bars() {
        for (int b = 0; b < q.blocks(); b++) own(q.blockTarget(b), blocks.barRead(b));
        int k = p.results().size();
        for (int j = 0; j < p.parameters().size(); j++)
            if (differentiated(j) && k < q.results().size() && q.results().get(k++) instanceof Operand.View v) own(q.parameters().get(j).variable(), v.variable());
    }

    private void own(int x, int b) {
        if (b < 0 || bar[x] != NONE || owner[b] != NONE || q.definition(b) < n || !Arrays.equals(q.shape(x), q.shape(b))) return;
        bar[x] = b;
        owner[b] = x;
    }

    /// Before the first block the results' bars receive the literal 1, or the seeds.
    private void seeds() {
        List<Gift> asked = new ArrayList<>();
        for (int k = 0; k < p.results().size(); k++) {
            Operand seed = scalar() ? Operand.Constant.scalar(Rational.ONE) : q.operand(q.parameters().get(p.parameters().size() + k).variable());
            rules.spread(q.results().get(k), seed, false, needed, asked);
        }
        match(n, q.forwardLength(), asked, NONE);
    }

    private void blocks() {
        int b = 0;
        for (int i = n - 1; i >= 0; i--) {
            Interrupt.heed();
            int z = q.target(i);
            if (b < q.blocks() && q.blockTarget(b) == z) {
                if (!given[z]) throw new Blame("the block of " + statement(i) + " stands where the bar of `" + named(z) + "` has no value, or is not needed", at(b));
                if (b > 0 && q.blockStart(b) != q.blockEnd(b - 1)) throw new Blame("a statement stands between two adjoint blocks", q.span(q.blockEnd(b - 1)));
                Elementary f = q.operation(i);
                if (!f.differentiable()) throw new Blame("`" + f.name + "` has no adjoint rule: " + f.caveat, at(b));
                match(q.blockStart(b), q.blockEnd(b), rules.contributions(i, bar[z], needed, blocks::withoutOne), i);
                b++;
            } else if (given[z]) {
                throw new Blame(statement(i) + " has no adjoint block in its place, and the result depends on it", b < q.blocks() ? at(b) : Span.NONE);
            }
        }
        int end = q.blocks() == 0 ? q.forwardLength() : q.blockEnd(q.blocks() - 1);
        if (end < q.length()) throw new Blame("a statement stands behind the last adjoint block", q.span(end));
    }

    /// A variable of the dump by its name; where it has none, a value that stands inside the statement that uses it, by that of P's own.
    private String named(int variable) {
        int i = q.definition(variable);
        return q.name(variable) != null || i < 0 || i >= n ? q.name(variable) : p.name(p.target(i));
    }

    /// Each contribution that the block of the statement `block` makes is one asked for, and none asked for is left.
    private void match(int from, int to, List<Gift> asked, int block) {
        List<Gift> made = new ArrayList<>();
        List<Integer> instructions = new ArrayList<>();
        blocks.contributions(from, to, made, instructions);
        asked.replaceAll(blocks::signed);
        BitSet used = new BitSet();
        for (int k = 0; k < made.size(); k++) {
            Gift g = made.get(k);
            int i = instructions.get(k);
            int found = find(g, asked);
            if (found == NONE && rules.divide(asked)) found = find(g, asked);
            if (found == NONE) throw wrong(g, asked, block, i);
            int x = asked.get(found).variable();
            own(x, g.variable());
            given[x] = true;
            refuseOverwriting(g, i, block);
            asked.remove(found);
            useAll(i, from, to, used);
        }
        if (!asked.isEmpty())
            throw new Blame(whose(block) + " gives `" + named(asked.getFirst().variable()) + "`'s bar less than the rule does, which is " + rule(block),
                    from < to ? q.span(to - 1) : Span.NONE);
        for (int i = from; i < to; i++)
            if (q.kind(i) == Program.Kind.APPLY && !blocks.isBar(q.target(i)) && !used.get(i - from))
                throw new Blame(whose(block) + " computes `" + q.name(q.target(i)) + "`, which no contribution uses", q.span(i));
    }

    /// The asked contribution that this one is. A bar that nobody reads (its products with the literal 1 are folded) belongs
    /// to the first variable that it fits.
    private int find(Gift g, List<Gift> asked) {
        for (int k = 0; k < asked.size(); k++) {
            int x = asked.get(k).variable();
            boolean its = bar[x] == g.variable() || bar[x] == NONE && owner[g.variable()] == NONE && q.definition(g.variable()) >= n
                    && Arrays.equals(q.shape(x), q.shape(g.variable()));
            if (its && blocks.same(g, asked.get(k))) return k;
        }
        return NONE;
    }

    private Blame wrong(Gift g, List<Gift> asked, int block, int i) {
        String bar = "`" + named(g.variable()) + "`";
        for (Gift a : asked)
            if (owner[g.variable()] != NONE && blocks.same(g, a))
                return new Blame(whose(block) + " gives " + bar + " what belongs to the bar of `" + named(a.variable()) + "`, and " + bar + " is read as the bar of `"
                        + named(owner[g.variable()]) + "`", q.span(i));
        return new Blame(whose(block) + " gives " + bar + " something else than the rule does, which is " + rule(block), q.span(i));
    }

    private void refuseOverwriting(Gift g, int i, int block) {
        if (!blocks.setByEntries(g.variable())) return;
        boolean twice = Placed.overwrites(g.place(), written.computeIfAbsent(g.variable(), v -> new BitSet()));
        if (twice && q.kind(i) == Program.Kind.SET) throw new Blame(whose(block) + " sets entries of `" + named(g.variable()) + "` that have a value already", q.span(i));
    }

    /// Marks the values within from … to − 1 that instruction i reads, itself or through others.
    private void useAll(int i, int from, int to, BitSet used) {
        if (used.get(i - from)) return;
        used.set(i - from);
        for (int k = 0; k < q.arity(i); k++) {
            int ref = q.ref(i, k);
            if (ref >= 0) use(ref, from, to, used);
            else q.operand(ref).forEachView(v -> use(v.variable(), from, to, used));
        }
    }

    private void use(int variable, int from, int to, BitSet used) {
        int d = q.definition(variable);
        if (d >= from && d < to) useAll(d, from, to, used);
    }

    private void results() {
        int k = p.results().size();
        for (int j = 0; j < p.parameters().size(); j++) {
            if (!differentiated(j)) continue;
            Program.Parameter x = q.parameters().get(j);
            String what = "result " + (k + 1) + " of the dump is not the bar of `" + x.name() + "`";
            if (k >= q.results().size()) throw new Blame("the dump returns no gradient by `" + x.name() + "`", Span.NONE);
            Operand r = q.results().get(k++);
            boolean right = given[x.variable()]
                    ? r instanceof Operand.View v && v.variable() == bar[x.variable()] && v.layout().isWhole(x.shape())
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
        for (int i = 0; i < n; i++) {
            Interrupt.heed();
            Rational cost = cost(p, i);
            Rational w = omegas.of(i);
            int b = blockOf[i];
            Rational adjoint = b == NONE ? Rational.ZERO : cost(q, q.blockStart(b), q.blockEnd(b));
            if (blame == null && adjoint.compareTo(w.minus(Rational.ONE).times(cost)) > 0)
                blame = new Blame("the block of " + statement(i) + " costs " + adjoint.literal() + ", more than (ω − 1) · cost = "
                        + w.minus(Rational.ONE).times(cost).literal(), at(b));
            rows.add(new Certificate.Row(i, p.name(p.target(i)), p.span(i), p.operation(i).name, cost, adjoint, w));
            costP = costP.plus(cost);
            if (w.compareTo(omega) > 0) omega = w;
        }
        Rational costQ = cost(q, 0, q.length());
        Rational bound = omega.times(costP);
        for (int[] s : seedShapes()) bound = bound.plus(prices.price(Primitives.PLUS).times(Rational.of(Shapes.size(s))));
        if (blame == null && costQ.compareTo(bound) > 0) blame = new Blame("the costs add up to " + costQ.literal() + ", more than the bound " + bound.literal(), Span.NONE);
        return blame == null ? new Certificate.Holds(rows, costP, costQ, omega, bound)
                : new Certificate.Broken(rows, costP, costQ, omega, bound, blame.getMessage(), blame.place);
    }

    private Rational cost(Program r, int from, int to) {
        Rational sum = Rational.ZERO;
        for (int i = from; i < to; i++) sum = sum.plus(cost(r, i));
        return sum;
    }

    /// The certificate's own count of what an instruction costs, from the entry's table.
    private Rational cost(Program r, int i) {
        return switch (r.kind(i)) {
            case SET, ZEROS -> Rational.ZERO;
            case ADD -> prices.price(Primitives.PLUS).times(Rational.of(r.place(i).size()));
            case SUBTRACT -> prices.price(Primitives.MINUS).times(Rational.of(r.place(i).size()));
            case APPLY -> applied(r, i);
        };
    }

    private Rational applied(Program r, int i) {
        Elementary f = r.operation(i);
        boolean byConstant = false;
        for (int k = 0; k < r.arity(i); k++) byConstant |= f.pricesConstant(k) && r.constant(i, k);
        int[] z = r.shape(r.target(i));
        long rows = Shapes.size(z);
        long row = 1;
        switch (f.kind) {
            case POINTWISE -> {}
            case REDUCTION -> row = r.operand(i, 0).size() / rows;
            case CONTRACTION -> {
                Operand x = r.operand(i, 0);
                row = x.shape()[x.rank() - 1];
            }
            case NORMALISATION, SCATTER -> {
                for (int k = z.length - r.rank(i); k < z.length; k++) row *= z[k];
                rows /= row;
            }
        }
        if (row == 1 && rows == 1) {
            Rational[] known = scalarCosts.computeIfAbsent(f, unused -> new Rational[2]);
            int which = byConstant ? 1 : 0;
            return known[which] != null ? known[which] : (known[which] = Omega.row(f, 1, byConstant, prices));
        }
        long n = row;
        Rational one = rowCosts.computeIfAbsent(new Priced(f, n, byConstant), k -> Omega.row(k.f, k.n, k.byConstant, prices));
        return rows == 1 ? one : one.times(Rational.of(rows));
    }

    // ---- words

    private String statement(int i) {
        return "`" + p.name(p.target(i)) + "`" + (p.span(i) == Span.NONE ? "" : " (line " + p.span(i).line() + ")");
    }

    private Span at(int block) {
        return block == NONE || q.blockStart(block) == q.blockEnd(block) ? Span.NONE : q.span(q.blockStart(block));
    }

    private String whose(int block) {
        return block == NONE ? "the result" : "the block of " + statement(block);
    }

    private String rule(int i) {
        if (i == NONE) return scalar() ? "1" : "its seed";
        StringBuilder out = new StringBuilder();
        Elementary g = q.operation(i);
        for (Term.Contribution c : g.rule(q.rank(i)))
            out.append(out.isEmpty() ? "" : "; ").append(TermText.operands(g).get(c.arg())).append("_bar ").append(c.negative() ? "-= " : "+= ").append(TermText.ofRule(g, c.term()));
        return "`" + out + "` (v = " + q.name(q.target(i)) + "_bar)";
    }
}
