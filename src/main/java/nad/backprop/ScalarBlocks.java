package nad.backprop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Real;
import nad.core.Activity;
import nad.core.Folding;
import nad.core.Operand;
import nad.core.Pattern;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Term;
import nad.tensor.Shapes;

/// The blocks of statements about single entries, which is what flat programs of 10⁷ statements consist of. The plan of one kind
/// of statement is worked out once, down to the instructions that its block has, and for each statement of that kind only numbers
/// are filled in. What is written is what [Block] writes.
final class ScalarBlocks {
    private static final int MOST_OPERANDS = 3;
    /// What the names of shared terms begin with.
    private static final String SHARED = "s";
    private static final int UNKNOWN = Integer.MIN_VALUE;
    /// What entries of the pool are.
    private static final byte OTHER = 0;
    private static final byte ENTRY = 1;
    private static final byte NUMBER = 2;

    private final Backprop backprop;
    private final ProgramBuilder q;
    private final Program p;
    private final Activity activity;
    private final Adjoints adjoints;
    private final byte[] pooled;
    /// By the entry of the pool that an operand is, the reference of the same entry of the bar.
    private final int[] barEntry;
    /// By operation and what [#kind] tells of the operands.
    private final Stencil[][] stencils;
    private final boolean[] pointwise;

    ScalarBlocks(Backprop backprop, ProgramBuilder q, Program p, Activity activity, Adjoints adjoints) {
        this.backprop = backprop;
        this.q = q;
        this.p = p;
        this.activity = activity;
        this.adjoints = adjoints;
        this.pooled = new byte[p.pooled()];
        for (int k = 0; k < pooled.length; k++)
            if (p.pooled(k).rank() == 0) pooled[k] = p.pooled(k) instanceof Operand.View ? ENTRY : p.pooled(k) instanceof Operand.Constant ? NUMBER : OTHER;
        this.barEntry = new int[pooled.length];
        Arrays.fill(barEntry, UNKNOWN);
        Elementary[] operations = p.operations();
        this.stencils = new Stencil[operations.length][];
        this.pointwise = new boolean[operations.length];
        for (int k = 0; k < operations.length; k++) pointwise[k] = operations[k].kind == Elementary.Kind.POINTWISE;
    }

    /// Writes the block of instruction i, which defines z; false where it is not about single entries.
    boolean emit(int i, int z) {
        if (p.kind(i) != Program.Kind.APPLY || p.arity(i) > MOST_OPERANDS || !p.isScalar(z)) return false;
        int operation = p.operationNumber(i);
        if (!pointwise[operation]) return false;
        int kind = kind(i, z);
        if (kind < 0) return false;
        if (stencils[operation] == null) stencils[operation] = new Stencil[1 << 2 + 4 * MOST_OPERANDS];
        Stencil s = stencils[operation][kind];
        if (s == null) s = stencils[operation][kind] = new Stencil(backprop.plan(i, z), i);
        s.emit(i, z);
        return true;
    }

    /// What decides on the shape of a statement's block, in bits: whether its bar is 1, and for each operand whether it is a
    /// number, whether it is needed, and which is the first that it equals; −1 where one is no single entry.
    private int kind(int i, int z) {
        int bits = backprop.isSeeded(z) ? 1 : 0;
        int begin = p.at(i) + 2;
        int end = p.at(i + 1);
        for (int at = begin; at < end; at++) {
            int ref = p.number(at);
            boolean needed;
            boolean number = false;
            if (ref >= 0) {
                if (!p.isScalar(ref)) return -1;
                needed = activity.needed(ref);
            } else {
                byte what = pooled[-1 - ref];
                if (what == OTHER) return -1;
                number = what == NUMBER;
                needed = !number && activity.needed(((Operand.View) p.pooled(-1 - ref)).variable());
            }
            int first = 0;
            while (p.number(begin + first) != ref) first++;
            bits = bits << 4 | first << 2 | (needed ? 2 : 0) | (number ? 1 : 0);
        }
        return bits;
    }

    /// A plan's block as numbers. A *slot* holds a reference: those of the operands, of the result, of its bar, of the operands' bars, of the
    /// numbers in the rule, and of what each step computes, in this order; then come the heads of instructions, for patterns.
    private final class Stencil {
        private final int arity;
        /// For each operand the first that it equals.
        private final int[] first;
        private int[] slots;
        private final Step[] steps;
        private final Part[] parts;
        /// By the operands that have bars already, in bits, the block of a statement whose operands are all whole variables.
        private final Pattern[] patterns = new Pattern[1 << MOST_OPERANDS];
        private boolean folds;

        private final Plan plan;
        private final Map<Term, Integer> known = new HashMap<>();
        private final List<Step> planned = new ArrayList<>();
        private final List<Integer> initial = new ArrayList<>();
        private final List<Boolean> constant = new ArrayList<>();

        /// @param folds     the function of constants that it is, or null for an instruction
        /// @param operation its number, for an instruction
        private record Step(Elementary folds, int operation, int[] from, int to, boolean named, int[] refs) {}

        /// What an operand receives: the steps up to `named` come before its bar is made, those up to `end` after.
        ///
        /// @param made whether the last step makes the source
        private record Part(int operand, boolean negative, int named, int end, int source, boolean made) {}

        Stencil(Plan plan, int example) {
            this.plan = plan;
            this.arity = p.arity(example);
            for (int k = 0; k < arity; k++) slot(0, p.ref(example, k) < 0 && pooled[-1 - p.ref(example, k)] == NUMBER);
            this.first = new int[arity];
            for (int k = 0; k < arity; k++) while (p.ref(example, first[k]) != p.ref(example, k)) first[k]++;
            for (int k = 0; k < arity + 2; k++) slot(0, false);
            List<Part> out = new ArrayList<>();
            for (Term.Contribution c : plan.contributions()) {
                shared(c.term());
                int named = planned.size();
                int source = value(c.term());
                boolean made = planned.size() > named && planned.getLast().to == source && planned.getLast().folds == null;
                out.add(new Part(c.arg(), c.negative(), named, planned.size(), source, made));
            }
            steps = planned.toArray(Step[]::new);
            parts = out.toArray(Part[]::new);
            slots = initial.stream().mapToInt(Integer::intValue).toArray();
        }

        private int slot(int ref, boolean isConstant) {
            initial.add(ref);
            constant.add(isConstant);
            return initial.size() - 1;
        }

        /// Shared terms come first, as [Block] has them.
        private void shared(Term t) {
            if (!(t instanceof Term.Apply a) || known.containsKey(t)) return;
            a.args().forEach(this::shared);
            if (plan.shared().contains(t)) known.put(t, step(a, true));
        }

        private int value(Term t) {
            return switch (t) {
                case Term.Arg a -> a.k();
                case Term.Result r -> arity;
                case Term.Bar b -> arity + 1;
                case Term.Literal l -> slot(q.ref(Operand.Constant.scalar(l.value())), true);
                case Term.Irrational c -> slot(q.ref(Operand.Constant.scalar(new Real(c.value()))), true);
                case Term.Apply a -> known.containsKey(t) ? known.get(t) : step(a, false);
                default -> throw new IllegalStateException("no view in the rule of a scalar function");
            };
        }

        private int step(Term.Apply a, boolean named) {
            int[] from = new int[a.args().size()];
            boolean folds = true;
            for (int k = 0; k < from.length; k++) {
                from[k] = value(a.args().get(k));
                folds &= constant.get(from[k]);
            }
            int to = slot(0, folds);
            int operation = folds ? 0 : q.operationNumber(a.f());
            this.folds |= folds;
            planned.add(new Step(folds ? a.f() : null, operation, from, to, named, new int[from.length]));
            return to;
        }

        void emit(int i, int z) {
            int site = p.site(i);
            int at = p.at(i) + 2;
            for (int k = 0; k < arity; k++) slots[k] = p.number(at + k);
            slots[arity] = z;
            slots[arity + 1] = adjoints.bar(z);
            if (!folds && ofVariables()) {
                copy(site);
                return;
            }
            int done = 0;
            for (Part part : parts) {
                for (; done < part.named; done++) run(steps[done], site);
                int x = slots[part.operand];
                if (x < 0) open(-1 - x, site);
                for (; done < part.end; done++) run(steps[done], site);
                if (x >= 0) adjoints.toScalar(x, slots[part.source], part.negative, part.made, site);
                else adjoints.toEntry((Operand.View) p.pooled(-1 - x), barEntry[-1 - x], slots[part.source], part.negative, site);
            }
        }

        private boolean ofVariables() {
            for (Part part : parts) if (slots[part.operand] < 0) return false;
            return true;
        }

        /// The block by its pattern.
        private void copy(int site) {
            int having = 0;
            for (Part part : parts) {
                int x = first[part.operand];
                slots[arity + 2 + x] = adjoints.bar(slots[x]);
                if (adjoints.has(slots[x])) having |= 1 << x;
            }
            if (patterns[having] == null) patterns[having] = pattern(having);
            q.write(patterns[having], slots, adjoints.suffix(), SHARED, site);
            for (Part part : parts) adjoints.begin(slots[part.operand], slots[arity + 2 + first[part.operand]]);
        }

        private Pattern pattern(int having) {
            Pattern t = new Pattern();
            int done = 0;
            for (Part part : parts) {
                int x = first[part.operand];
                int bar = arity + 2 + x;
                boolean begins = (having >> x & 1) == 0;
                boolean named = begins && !part.negative && part.made;
                for (; done < part.end; done++) {
                    Step s = steps[done];
                    int to = named && done == part.end - 1 ? bar : s.to;
                    if (to == bar) t.variableAfter(bar, x);
                    else t.variable(to, s.named);
                    t.instruction(head(Program.Kind.APPLY, s.operation), to, s.from);
                }
                having |= 1 << x;
                if (named) continue;
                if (begins) t.variableAfter(bar, x);
                if (begins && part.negative) t.instruction(head(Program.Kind.APPLY, adjoints.negation()), bar, part.source);
                else t.instruction(head(begins ? Program.Kind.SET : part.negative ? Program.Kind.SUBTRACT : Program.Kind.ADD, 0), bar, part.source);
            }
            return t.finish();
        }

        private int head(Program.Kind kind, int operation) {
            slots = Arrays.copyOf(slots, slots.length + 1);
            slots[slots.length - 1] = ProgramBuilder.head(kind, operation);
            return slots.length - 1;
        }

        private void run(Step s, int site) {
            if (s.folds != null) {
                List<Operand> x = new ArrayList<>();
                for (int f : s.from) x.add(q.operand(slots[f]));
                slots[s.to] = q.ref(Folding.fold(s.folds, x, Shapes.SCALAR));
                return;
            }
            int[] refs = s.refs;
            for (int k = 0; k < refs.length; k++) refs[k] = slots[s.from[k]];
            int v = s.named ? q.numbered(SHARED, Shapes.SCALAR) : q.variable(null, Shapes.SCALAR);
            q.apply(s.operation, v, site, refs);
            slots[s.to] = v;
        }
    }

    /// Makes the bar of an entry's array exist.
    private void open(int k, int site) {
        Operand.View x = (Operand.View) p.pooled(k);
        if (!adjoints.has(x.variable())) adjoints.zeros(x.variable(), site);
        if (barEntry[k] == UNKNOWN) barEntry[k] = q.ref(new Operand.View(adjoints.bar(x.variable()), x.layout()));
    }
}
