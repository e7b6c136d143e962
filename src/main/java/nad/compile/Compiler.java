package nad.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.arithmetic.Primitive;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.run.Engine;

/// From a program to an engine that runs it fast: [Lowering] to actions on buffers, [Schedule] into steps, a place in memory
/// for each buffer, and for each step the [Work] that does it.
public final class Compiler {
    private final Program p;
    private final Options options;
    private final Lowering lowered;
    private final Schedule schedule;
    private final Memory memory = new Memory();
    private final List<LoopBuilder[]> loops = new ArrayList<>();
    private final Map<Step, Buffer> scratch = new IdentityHashMap<>();
    private final Map<Double, Buffer> numbers = new java.util.HashMap<>();
    private final List<Buffer> inside = new ArrayList<>();

    private Compiler(Program p, Options options) {
        this.p = p;
        this.options = options;
        this.lowered = new Lowering(p, options.selections());
        this.schedule = new Schedule(lowered.actions, options);
    }

    /// @throws IllegalArgumentException where [#refuses] names a function
    public static Engine compile(Program p, Options options) {
        String refused = refuses(p, options);
        if (refused != null) throw new IllegalArgumentException("the engine does not know `" + refused + "`");
        return ScalarCompiler.accepts(p) ? ScalarCompiler.compile(p, options) : new Compiler(p, options).compile();
    }

    /// The function that keeps a program from being compiled, or null: it has no float64 routine for engines, and too many
    /// arguments to be called from one. The interpreter runs such programs.
    public static String refuses(Program p, Options options) {
        for (Elementary f : p.operations()) {
            Primitive g = f.primitive(false, options.selections());
            boolean known = switch (f.kind) {
                case POINTWISE -> g.arity <= 3 || g.formula() != null && (!options.single() || g.formula().roundsOnce());
                case CONTRACTION -> true;
                default -> f.realRow != null;
            };
            if (!known) return f.name;
        }
        return null;
    }

    private Compiled compile() {
        registers();
        for (int k = 0; k < schedule.steps.size(); k++) prepare(schedule.steps.get(k), k);
        Set<Buffer> cells = cells();
        int[] resultAt = places(cells);
        ScalarWriter scalars = new ScalarWriter(new Numbers(), options.single(), 0);
        List<Work> works = new ArrayList<>();
        List<Step> steps = schedule.steps;
        for (int k = 0; k < steps.size(); k++) works.add(work(steps.get(k), k, scalars));
        scalars.code.finish();
        List<int[]> instructions = steps.stream().map(s -> s.actions().stream().mapToInt(Action::instruction).distinct().toArray()).toList();
        return new Compiled(p, works.toArray(new Work[0]), instructions, constantCells(), memory.size(), inputCells(cells), resultAt, Transfers.all(p), options);
    }

    // ---- what need not be stored

    /// Values that only one loop uses, always at the same entry, stay in registers.
    private void registers() {
        Map<Buffer, Object[]> owner = new IdentityHashMap<>();
        for (Step s : schedule.steps) {
            if (s instanceof Step.Loops l) for (Phase p : l.phases) for (Action a : p.actions) note(owner, p, a);
            else for (Action a : s.actions()) for (Ref r : a.refs()) owner.put(r.buffer(), new Object[] {null, null});
        }
        for (Buffer b : lowered.results) owner.put(b, new Object[] {null, null});
        owner.forEach((b, o) -> b.stored = b.input || b.constant != null || o[0] == null);
    }

    private static void note(Map<Buffer, Object[]> owner, Phase phase, Action a) {
        for (Ref r : a.from()) {
            Object[] o = owner.get(r.buffer());
            boolean own = o != null && o[0] == phase && r.layout().equals(o[1]);
            if (!own) owner.put(r.buffer(), new Object[] {null, null});
        }
        Ref to = a.to();
        Object[] o = owner.get(to.buffer());
        if (o == null && a instanceof Action.Map) owner.put(to.buffer(), new Object[] {phase, to.layout()});
        else if (o == null || o[0] != phase || !to.layout().equals(o[1])) owner.put(to.buffer(), new Object[] {null, null});
    }

    // ---- buffers that steps need for themselves

    private void prepare(Step s, int k) {
        switch (s) {
            case Step.Scalars c -> {}
            case Step.Loops l -> {
                LoopBuilder[] built = l.phases.stream().map(p -> new LoopBuilder(p, l.flat, options.single())).toArray(LoopBuilder[]::new);
                for (LoopBuilder b : built) for (int partial : b.partials) inside(b.operands.get(partial).buffer(), k);
                loops.add(built);
                return;
            }
            case Step.Single one -> {
                int n = switch (one.action()) {
                    case Action.Contract c -> each(c) * options.threads();
                    case Action.Rows r -> Math.max(r.n(), Kernels.SCRATCH);
                    default -> 0;
                };
                Buffer b = new Buffer(n);
                scratch.put(s, b);
                inside(b, k);
            }
        }
        loops.add(null);
    }

    private int each(Action.Contract c) {
        return c.chain() ? c.n() * panel() : Kernels.SCRATCH;
    }

    private int panel() {
        return Kernels.panel(options.single());
    }

    private void inside(Buffer b, int step) {
        b.use(step);
        inside.add(b);
    }

    // ---- memory

    /// Buffers that single-cell code works on: it knows the memory only.
    private Set<Buffer> cells() {
        Set<Buffer> out = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Step s : schedule.steps)
            if (s instanceof Step.Scalars c) for (Action a : c.actions()) for (Ref r : a.refs()) out.add(r.buffer());
        return out;
    }

    /// Places every buffer; for each result the cell that it is copied from at the end, or −1 where it is written in place.
    private int[] places(Set<Buffer> cells) {
        for (Buffer b : lowered.constants) memory.fixed(b);
        for (int k = 0; k < lowered.inputs.length; k++) {
            Buffer b = lowered.inputs[k];
            if (cells.contains(b)) {
                memory.fixed(b);
            } else {
                b.array = 1 + k;
                b.offset = 0;
            }
        }
        int[] resultAt = new int[lowered.results.size()];
        for (int k = 0; k < resultAt.length; k++) {
            Buffer b = lowered.results.get(k);
            resultAt[k] = -1;
            if (cells.contains(b)) {
                memory.fixed(b);
                resultAt[k] = b.offset;
            } else {
                b.array = 1 + lowered.inputs.length + k;
                b.offset = 0;
            }
        }
        Set<Buffer> rest = Collections.newSetFromMap(new IdentityHashMap<>());
        rest.addAll(inside);
        for (Step s : schedule.steps) for (Action a : s.actions()) for (Ref r : a.refs()) rest.add(r.buffer());
        List<Buffer> planned = new ArrayList<>();
        for (Buffer b : rest) {
            if (b.offset >= 0 || !b.stored) continue;
            if (b.size == 1) memory.fixed(b);
            else planned.add(b);
        }
        planned.sort((x, y) -> x.first != y.first ? Integer.compare(x.first, y.first) : Integer.compare(y.size, x.size));
        memory.plan(planned);
        return resultAt;
    }

    /// Numbers inside formulas of single-cell code, and its scratch cells.
    private final class Numbers implements ScalarWriter.Cells {
        private final List<Buffer> scratch = new ArrayList<>();

        @Override
        public int constant(double value) {
            return numbers.computeIfAbsent(value, v -> late(Buffer.of(v))).offset;
        }

        @Override
        public int scratch(int k) {
            while (scratch.size() <= k) scratch.add(late(new Buffer(1)));
            return scratch.get(k).offset;
        }

        private Buffer late(Buffer b) {
            memory.fixed(b);
            return b;
        }
    }

    private List<Buffer> constantCells() {
        List<Buffer> all = new ArrayList<>(lowered.constants);
        all.addAll(numbers.values());
        return all;
    }

    /// For each input the cell that it is copied to at the beginning, or −1 where it is read in place.
    private int[] inputCells(Set<Buffer> cells) {
        int[] out = new int[lowered.inputs.length];
        for (int k = 0; k < out.length; k++) out[k] = cells.contains(lowered.inputs[k]) ? lowered.inputs[k].offset : -1;
        return out;
    }

    // ---- steps

    private Work work(Step s, int k, ScalarWriter scalars) {
        return switch (s) {
            case Step.Scalars c -> {
                int from = scalars.code.length();
                for (Action a : c.actions()) scalar((Action.Map) a, scalars);
                yield new Work.Cells(new CellBlock(scalars.code, from, scalars.code.length(), null, null, options));
            }
            case Step.Loops l -> LoopWork.of(l, loops.get(k), options);
            case Step.Single one -> single(one.action(), scratch.get(s).offset);
        };
    }

    private static void scalar(Action.Map m, ScalarWriter to) {
        int[] from = new int[m.from().size()];
        for (int k = 0; k < from.length; k++) from[k] = cell(m.from().get(k));
        to.apply(m.f(), cell(m.to()), from);
    }

    static int cell(Ref r) {
        return r.buffer().offset + r.layout().offset();
    }

    private Work single(Action a, int scratch) {
        Kernels kernels = Kernels.of(options);
        return switch (a) {
            case Action.Contract c -> {
                int[] at = places(a);
                // Batches begin at positions that the layouts' offsets are already part of.
                at[3] = c.a().buffer().offset;
                at[5] = c.b().buffer().offset;
                yield new Work.Products(kernels, panel(), c, at, scratch, each(c));
            }
            case Action.Rows r when r.f() == Standard.SUM -> {
                int[] steps = RowSteps.of(r.from().getFirst(), r.rows(), r.n());
                yield new Work.Sums(kernels, places(a), r.rows(), steps[0], r.n(), steps[1], scratch);
            }
            case Action.Rows r -> {
                int second = r.from().size() > 1 ? r.from().get(1).size() / r.rows() : 0;
                yield new Work.Rows(r.f().realRow, places(a), new int[] {r.to().size() / r.rows(), r.n(), second}, r.rows(), r.n(),
                        options.selections(), scratch);
            }
            default -> throw new IllegalStateException();
        };
    }

    /// Array and first cell of the result and of each operand.
    private static int[] places(Action a) {
        int[] out = new int[6];
        place(a.to(), out, 0);
        for (int k = 0; k < a.from().size(); k++) place(a.from().get(k), out, 2 + 2 * k);
        return out;
    }

    private static void place(Ref r, int[] out, int at) {
        out[at] = r.buffer().array;
        out[at + 1] = cell(r);
    }
}
