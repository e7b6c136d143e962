package nad.bound;

import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.core.Program.Kind;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Interrupt;
import nad.tensor.Layout;

/// What the instructions of a dump's blocks do: which variables are bars, which are values within one block, and whether
/// such a value is what a rule asks for.
final class BlockReader {
    private static final int NOWHERE = -2;
    private static final int SEVERAL = -1;

    private final Program q;
    private final RuleReader rule;
    private final Meanings meanings;
    /// The stretch of code (block number + 1; 0 before the first) that a variable is defined in, and the one that reads it.
    private final int[] home;
    private final int[] reader;
    private final boolean[] written;
    private final boolean[] setByEntries;
    private final boolean[] one;

    BlockReader(Program q, RuleReader rule, Meanings meanings, int forward) {
        this.q = q;
        this.rule = rule;
        this.meanings = meanings;
        this.home = new int[q.variables()];
        this.reader = new int[q.variables()];
        this.written = new boolean[q.variables()];
        this.setByEntries = new boolean[q.variables()];
        this.one = new boolean[q.variables()];
        Arrays.fill(home, NOWHERE);
        Arrays.fill(reader, NOWHERE);
        int stretch = 0;
        for (int i = forward; i < q.length(); i++) {
            Interrupt.heed();
            while (stretch < q.blocks() && i >= q.blockStart(stretch)) stretch++;
            read(i, stretch);
        }
        for (Operand r : q.results()) r.forEachView(v -> reader[v.variable()] = SEVERAL);
    }

    private void read(int i, int stretch) {
        int t = q.target(i);
        if (q.definition(t) == i) {
            home[t] = stretch;
            one[t] = q.kind(i) == Kind.SET && q.operand(i, 0) instanceof Operand.Constant c && c.rank() == 0 && isOne(c.get(0));
        } else {
            written[t] = true;
            one[t] = false;
            setByEntries[t] |= q.kind(i) == Kind.SET;
        }
        for (int k = 0; k < q.arity(i); k++) {
            int ref = q.ref(i, k);
            if (ref >= 0) mark(ref, stretch);
            else q.operand(ref).forEachView(v -> mark(v.variable(), stretch));
        }
    }

    private void mark(int variable, int stretch) {
        reader[variable] = reader[variable] == NOWHERE || reader[variable] == stretch ? stretch : SEVERAL;
    }

    private static boolean isOne(Quantity x) {
        return x.equals(Rational.ONE);
    }

    /// Whether the variable that an application of the blocks defines is a bar, and not a value used within its block alone
    /// (or nowhere).
    boolean isBar(int variable) {
        return written[variable] || reader[variable] != home[variable] && reader[variable] != NOWHERE;
    }

    /// The only bar from outside that a block reads: that of its statement, whatever it is called. −1 where there is none
    /// (a product with the literal 1 is folded) or several.
    int barRead(int block) {
        int[] found = {NOWHERE};
        for (int i = q.blockStart(block); i < q.blockEnd(block); i++)
            for (int k = 0; k < q.arity(i); k++)
                q.operand(i, k).forEachView(v -> {
                    int x = v.variable();
                    if (home[x] < 0 || home[x] == block + 1 || x == found[0]) return;
                    found[0] = found[0] == NOWHERE ? x : SEVERAL;
                });
        return Math.max(found[0], -1);
    }

    /// Whether entries of the bar are set one after the other, so that none may be set twice.
    boolean setByEntries(int variable) {
        return setByEntries[variable];
    }

    // ---- is this what the rule asks for?

    /// Equal up to what means the same: a product with a bar that is the literal 1 is its other factor, factors and summands
    /// may change places.
    boolean same(Operand given, Operand asked) {
        given = withoutOne(given);
        asked = withoutOne(asked);
        return switch (given) {
            case Operand.View v -> asked instanceof Operand.View w && v.layout().equals(w.layout()) && sameVariable(v.variable(), w.variable());
            case Operand.Constant c -> asked.equals(c);
            case Operand.Stack s -> asked instanceof Operand.Stack t && s.axis() == t.axis() && s.parts().size() == t.parts().size() && sameParts(s, t);
        };
    }

    private boolean sameParts(Operand.Stack s, Operand.Stack t) {
        for (int k = 0; k < s.parts().size(); k++) if (!same(s.parts().get(k), t.parts().get(k))) return false;
        return true;
    }

    private boolean sameVariable(int given, int asked) {
        if (given == asked) return true;
        RuleReader.Node a = rule.node(asked);
        RuleReader.Node g = application(given);
        if (a == null || g == null || g.rank() != a.rank() || g.args().length != a.args().length || !Arrays.equals(g.shape(), a.shape())
                || !meanings.same(g.f(), a.f()) && !meanings.same(plain(g), a.f())) return false;
        boolean inOrder = true;
        for (int k = 0; k < a.args().length && inOrder; k++) inOrder = same(g.args()[k], a.args()[k]);
        if (inOrder) return true;
        return commutes(a.f()) && same(g.args()[0], a.args()[1]) && same(g.args()[1], a.args()[0]);
    }

    /// The operation of a value that the dump computes: a product or quotient with a strong zero in front differs from the plain one at
    /// 0 · ∞ and 0/0 alone, where the plain one has no value. A rule that asks for one gets no other.
    Elementary plain(RuleReader.Node a) {
        if (a.asked() || a.f() != Standard.STRONG_MULTIPLY && a.f() != Standard.STRONG_DIVIDE || !mentionsBar(a.args()[0])) return a.f();
        return a.f() == Standard.STRONG_MULTIPLY ? Standard.MULTIPLY : Standard.DIVIDE;
    }

    /// Whether a product or quotient of the blocks has a strong zero.
    boolean keepZeros() {
        for (int i = q.forwardLength(); i < q.length(); i++) if (q.operation(i) == Standard.STRONG_MULTIPLY || q.operation(i) == Standard.STRONG_DIVIDE) return true;
        return false;
    }

    private boolean mentionsBar(Operand o) {
        boolean[] found = new boolean[1];
        o.forEachView(v -> {
            if (found[0] || home[v.variable()] < 0) return;
            RuleReader.Node a = application(v.variable());
            if (a == null) found[0] = true;
            else for (Operand x : a.args()) found[0] |= mentionsBar(x);
        });
        return found[0];
    }

    private static boolean commutes(Elementary f) {
        return f == Standard.ADD || f == Standard.MULTIPLY;
    }

    /// The application that the variable is the value of: one that a rule asks for, or one within a block; else null. A bar is
    /// none, for what it is defined as is not yet all that it gets.
    RuleReader.Node application(int variable) {
        if (variable >= q.variables()) return rule.node(variable);
        if (home[variable] < 0 || isBar(variable)) return null;
        int i = q.definition(variable);
        return q.kind(i) == Kind.APPLY ? applied(i) : null;
    }

    private RuleReader.Node applied(int i) {
        Operand[] x = new Operand[q.arity(i)];
        for (int k = 0; k < x.length; k++) x[k] = q.operand(i, k);
        return new RuleReader.Node(q.operation(i), q.rank(i), q.shape(q.target(i)), x, false);
    }

    /// A product with a bar that is the literal 1 is its other factor.
    Operand withoutOne(Operand o) {
        while (o instanceof Operand.View v) {
            Operand[] x = arguments(v, Standard.MULTIPLY);
            if (x == null) return o;
            if (isOneBar(x[0])) o = x[1];
            else if (isOneBar(x[1])) o = x[0];
            else return o;
        }
        return o;
    }

    /// The shape of a variable, of one that a rule asks for too.
    int[] shape(int variable) {
        RuleReader.Node a = rule.node(variable);
        return a == null ? q.shape(variable) : a.shape();
    }

    boolean isOneBar(Operand o) {
        return o instanceof Operand.View v && v.variable() < q.variables() && one[v.variable()];
    }

    /// The operands of the application whose whole result a view shows, if it is one of `f`; else null.
    Operand[] arguments(Operand.View v, Elementary f) {
        RuleReader.Node a = application(v.variable());
        return a != null && plain(a) == f && v.layout().isWhole(a.shape()) ? a.args() : null;
    }

    // ---- contributions

    /// −(−s) is s, and what is subtracted negated is added.
    Gift signed(Gift g) {
        if (!(withoutOne(g.source()) instanceof Operand.View v)) return g;
        Operand[] x = arguments(v, Standard.NEG);
        return x == null ? g : new Gift(g.variable(), g.place(), !g.negative(), x[0]);
    }

    /// Whether a dump's contribution (to its bar) is one that a rule asks for (to its variable's bar).
    boolean same(Gift given, Gift asked) {
        if (given.negative() != asked.negative()) return false;
        if (given.place().equals(asked.place()) && same(given.source(), asked.source())) return true;
        return samePlaced(given, asked);
    }

    private boolean samePlaced(Gift given, Gift asked) {
        Based g = based(given);
        Based a = based(asked);
        return g != null && a != null && g.placed.equals(a.placed)
                && (g.number != null ? g.number.equals(a.number) : a.number == null && sameVariable(g.variable, a.variable));
    }

    /// A contribution in normal form over its base: a variable, or one number.
    private record Based(Placed placed, int variable, Quantity number) {}

    private Based based(Gift g) {
        Operand source = withoutOne(g.source());
        if (!Arrays.equals(g.place().shape(), source.shape())) return null;
        if (source instanceof Operand.Constant c) {
            return c.uniform() == null ? null : new Based(Placed.of(g.place(), Placed.uniform(c.shape())), -1, c.uniform());
        }
        if (!(source instanceof Operand.View v)) return null;
        Placed placed = Placed.of(g.place(), v.layout());
        RuleReader.Node sum = application(v.variable());
        if (sum == null || sum.f() != Standard.SUM) return new Based(placed, v.variable(), null);
        Operand summand = withoutOne(sum.args()[0]);
        int[] result = sum.shape();
        if (summand instanceof Operand.View w) {
            Placed through = placed.through(result, w.layout());
            return through == null ? null : new Based(through, w.variable(), null);
        }
        if (!(summand instanceof Operand.Constant c) || c.uniform() == null) return null;
        Placed through = placed.through(result, Placed.uniform(c.shape()));
        return through == null ? null : new Based(through, -1, c.uniform());
    }

    /// The contributions that the instructions from … to − 1 make, in order.
    void contributions(int from, int to, List<Gift> gifts, List<Integer> instructions) {
        for (int i = from; i < to; i++) {
            int t = q.target(i);
            Gift g = switch (q.kind(i)) {
                case APPLY -> isBar(t) ? new Gift(t, Layout.whole(q.shape(t)), false, rule.value(applied(i))) : null;
                case ZEROS -> null;
                case SET, ADD -> new Gift(t, q.place(i).layout(), false, q.operand(i, 0));
                case SUBTRACT -> new Gift(t, q.place(i).layout(), true, q.operand(i, 0));
            };
            if (g == null) continue;
            gifts.add(signed(g));
            instructions.add(i);
        }
    }
}
