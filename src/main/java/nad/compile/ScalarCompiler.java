package nad.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.core.Operand;
import nad.core.Program;
import nad.core.Program.Kind;
import nad.dictionary.Elementary;
import nad.report.Interrupt;
import nad.tensor.Shapes;

/// Compiles programs whose every instruction is about single entries, straight from the program to [ScalarCode]: in one pass,
/// with nothing made for an instruction but its numbers. A cell is free again after the last use of what it holds, so that
/// bars, which do not live long, stay in the cache.
final class ScalarCompiler implements ScalarWriter.Cells {
    private static final int APPLY = Kind.APPLY.ordinal();
    private static final int SET = Kind.SET.ordinal();
    private static final int ADD = Kind.ADD.ordinal();
    private static final int SUBTRACT = Kind.SUBTRACT.ordinal();
    private static final int ZEROS = Kind.ZEROS.ordinal();
    private static final int NONE = -1;
    /// Adjoint blocks name P's variables backwards, but not in order, and each would be waited for; read in order, so many variables
    /// before they are met, they come by themselves.
    private static final int AHEAD = 10_000;
    private static final int NONE_REF = Integer.MIN_VALUE;

    private final Program p;
    private final Options options;
    private final Aliases aliases;
    private final Primitive[] primitives;
    private final int[] opcodes;
    private final ScalarWriter writer;
    private final int[] cell;
    private final int[] poolCell;
    private final List<Buffer> constants = new ArrayList<>();
    private final Map<Double, Integer> numbers = new HashMap<>();
    private int[] free = new int[64];
    private int freeCount;
    private int[] scratch = {};
    private int next;
    private int expected;

    private ScalarCompiler(Program p, Options options) {
        this.p = p;
        this.options = options;
        this.writer = new ScalarWriter(this, options.single(), 3 * p.length());
        this.aliases = new Aliases(p);
        Elementary[] operations = p.operations();
        this.primitives = new Primitive[operations.length];
        this.opcodes = new int[operations.length];
        for (int k = 0; k < operations.length; k++) {
            primitives[k] = operations[k].primitive(false, options.selections());
            opcodes[k] = ScalarWriter.direct(primitives[k]);
        }
        this.cell = new int[p.variables()];
        Arrays.fill(cell, NONE);
        this.poolCell = new int[p.pooled()];
        Arrays.fill(poolCell, NONE);
    }

    /// Whether every instruction writes single entries from single entries.
    static boolean accepts(Program p) {
        if (p.isScalar()) return true;
        for (Elementary f : p.operations()) if (f.kind != Elementary.Kind.POINTWISE) return false;
        boolean[] single = new boolean[p.pooled()];
        for (int k = 0; k < single.length; k++) single[k] = p.pooled(k).size() == 1 && !(p.pooled(k) instanceof Operand.Stack);
        for (int i = 0; i < p.length(); i++) {
            if (p.kind(i) == Kind.ZEROS) continue;
            if (!single(p, p.placeRef(i), single)) return false;
            for (int k = 0; k < p.arity(i); k++) if (!single(p, p.ref(i, k), single)) return false;
        }
        return true;
    }

    private static boolean single(Program p, int ref, boolean[] single) {
        return ref >= 0 ? Shapes.size(p.shape(ref)) == 1 : single[-1 - ref];
    }

    static Compiled compile(Program p, Options options) {
        return new ScalarCompiler(p, options).compile();
    }

    private Compiled compile() {
        int[] inputAt = new int[p.parameters().size()];
        for (int k = 0; k < inputAt.length; k++) inputAt[k] = home(p.parameters().get(k).variable());
        for (int i = 0, block = 0; i < p.length(); ) {
            Interrupt.heed();
            if (block < p.blocks() && p.blockStart(block) <= i) {
                if ((block & 15) == 0) expect(p.blockTarget(block) - AHEAD);
                block++;
            }
            i += instruction(i);
        }
        int[] resultAt = new int[p.results().size()];
        for (int k = 0; k < resultAt.length; k++) resultAt[k] = result(p.results().get(k));
        writer.code.finish();
        BitSet live = new BitSet();
        for (int k = 0; k < resultAt.length; k++) live.set(resultAt[k], resultAt[k] + p.results().get(k).size());
        boolean planned = !options.single() && writer.code.length() <= CellBlock.MOST_COMPILED;
        NestPlanner.Plan plan = planned ? NestPlanner.of(writer.code, next, live) : null;
        Work[] works = {new Work.Cells(new CellBlock(writer.code, 0, writer.code.length(), live, plan == null ? null : plan.nests(), options))};
        Transfers transfers = plan == null ? Transfers.all(p) : Transfers.apartFrom(plan.nests(), p, inputAt, resultAt);
        return new Compiled(p, works, null, constants, plan == null ? next : plan.cells(), inputAt, resultAt, transfers, options);
    }

    // ---- instructions

    /// Brings what is known of sixteen variables into the cache.
    private void expect(int variable) {
        if (variable > 0) expected ^= cell[variable] ^ aliases.expect(variable);
    }

    /// How many instructions it took: two where the value goes straight to the entry that the next one sets, or where a
    /// product is part of the next one.
    private int instruction(int i) {
        int at = p.at(i);
        int kind = p.number(at) >>> 28;
        int to = p.number(at + 1);
        if (kind == APPLY) {
            int operation = p.number(at) & 0xFFFF;
            if (opcodes[operation] == ScalarCode.MUL && product(i, at)) return 2;
            return apply(i, at, operation);
        }
        if (kind == ZEROS) {
            writer.code.emit(ScalarCode.ZEROS, home(to), Shapes.size(p.shape(to)));
        } else if (kind == SET) {
            if (aliases.elided(i)) {
                cell[to] = home(aliases.home(to));
            } else {
                int from = read(p.number(at + 2));
                release(p.number(at + 2), i);
                writer.apply(null, read(to), from);
            }
        } else {
            int z = read(to);
            writer.code.emit(kind == ADD ? ScalarCode.ADD : ScalarCode.SUB, z, z, read(p.number(at + 2)));
            release(p.number(at + 2), i);
        }
        release(to, i);
        return 1;
    }

    private int apply(int i, int at, int operation) {
        int t = p.number(at + 1);
        int n = p.at(i + 1) - at - 2;
        boolean set = setsNext(i, t);
        int to = set ? read(p.placeRef(i + 1)) : NONE;
        int op = opcodes[operation];
        int r = p.number(at + 2);
        int a = read(r);
        if (op >= 0 && n == 2) {
            int s = p.number(at + 3);
            int b = read(s);
            release(r, i);
            release(s, i);
            writer.code.emit(op, set ? to : home(t), a, b);
        } else if (op >= 0 && n == 1) {
            release(r, i);
            writer.code.emit(op, set ? to : home(t), a);
        } else {
            int[] x = new int[n];
            for (int k = 0; k < n; k++) x[k] = read(p.number(at + 2 + k));
            for (int k = 0; k < n; k++) release(p.number(at + 2 + k), i);
            writer.apply(primitives[operation], set ? to : home(t), x);
        }
        if (set) return 2;
        release(t, i);
        return 1;
    }

    /// Whether the next instruction sets an entry to t, which then nothing else needs.
    private boolean setsNext(int i, int t) {
        if (aliases.lastUse(t) != i + 1 || i + 1 >= p.length()) return false;
        int next = p.at(i + 1);
        return p.number(next) >>> 28 == SET && p.number(next + 1) < 0 && p.number(next + 2) == t && aliases.home(t) == t;
    }

    /// A product that only the next instruction uses, to add, subtract or negate it: both in one, rounded twice as they are.
    private boolean product(int i, int at) {
        int t = p.number(at + 1);
        int j = i + 1;
        if (aliases.lastUse(t) != j || j >= p.length() || aliases.home(t) != t) return false;
        int next = p.at(j);
        int kind = p.number(next) >>> 28;
        int op = kind == APPLY ? opcodes[p.number(next) & 0xFFFF] : kind == ADD ? ScalarCode.ADD : kind == SUBTRACT ? ScalarCode.SUB : NONE;
        if (op != ScalarCode.ADD && op != ScalarCode.SUB && op != ScalarCode.NEG) return false;
        int other = NONE_REF;
        if (kind != APPLY) {
            other = p.number(next + 1);
            if (p.number(next + 2) != t || other == t) return false;
        } else if (op != ScalarCode.NEG) {
            int k = p.number(next + 3) == t ? 0 : 1;
            other = p.number(next + 2 + k);
            if (other == t || p.number(next + 3 - k) != t || op == ScalarCode.SUB && k == 1) return false;
        }
        int a = read(p.number(at + 2));
        int b = read(p.number(at + 3));
        int x = other == NONE_REF ? NONE : read(other);
        release(p.number(at + 2), j);
        release(p.number(at + 3), j);
        int z = p.number(next + 1);
        if (kind == APPLY && other != NONE_REF) release(other, j);
        int to = kind == APPLY ? home(z) : x;
        if (op == ScalarCode.NEG) writer.code.emit(ScalarCode.NEG_PRODUCT, to, a, b);
        else writer.code.product(op == ScalarCode.ADD, to, x, a, b);
        release(z, j);
        return true;
    }

    /// The cell where a result's entries begin, in row-major order; copied there where they are not side by side.
    private int result(Operand r) {
        if (r instanceof Operand.View v && new Ref(null, v.layout()).isContiguous()) return home(v.variable()) + v.layout().offset();
        int n = r.size();
        int at = fresh(n);
        for (int k = 0; k < n; k++) {
            int from = switch (r.entry(k)) {
                case Operand.View v -> home(v.variable()) + v.layout().offset();
                case Operand.Constant c -> constant(c.get(0).toDouble());
                case Operand.Stack s -> throw new IllegalStateException();
            };
            writer.apply(null, at + k, from);
        }
        return at;
    }

    // ---- cells

    private int read(int ref) {
        if (ref >= 0) return home(ref);
        int k = -1 - ref;
        if (poolCell[k] != NONE) return poolCell[k];
        return switch (p.pooled(k)) {
            case Operand.View v -> home(v.variable()) + v.layout().offset();
            case Operand.Constant c -> poolCell[k] = constant(c.get(0).toDouble());
            case Operand.Stack s -> throw new IllegalStateException();
        };
    }

    /// The first cell of a variable, given to it when it is first met.
    private int home(int variable) {
        int at = cell[variable];
        if (at >= 0) return at;
        if (p.isScalar(variable)) at = freeCount > 0 ? free[--freeCount] : fresh(1);
        else at = fresh(Shapes.size(p.shape(variable)));
        return cell[variable] = at;
    }

    private int fresh(int n) {
        int at = next;
        next = Math.addExact(next, n);
        return at;
    }

    /// Frees the cell of a scalar that no instruction after i uses.
    private void release(int variable, int i) {
        if (variable < 0 || aliases.lastUse(variable) > i) return;
        int v = aliases.home(variable);
        if (cell[v] == NONE || !p.isScalar(v)) return;
        if (freeCount == free.length) free = Arrays.copyOf(free, 2 * freeCount);
        free[freeCount++] = cell[v];
        cell[v] = NONE;
    }

    @Override
    public int constant(double value) {
        return numbers.computeIfAbsent(value, v -> {
            Buffer b = Buffer.of(v);
            b.offset = fresh(1);
            constants.add(b);
            return b.offset;
        });
    }

    @Override
    public int scratch(int k) {
        while (scratch.length <= k) {
            scratch = Arrays.copyOf(scratch, scratch.length + 1);
            scratch[scratch.length - 1] = fresh(1);
        }
        return scratch[k];
    }
}
