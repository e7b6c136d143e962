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
    private static final int NONE = -1;
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

    private ScalarCompiler(Program p, Options options) {
        this.p = p;
        this.options = options;
        this.writer = new ScalarWriter(this, options.single());
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
        for (int i = 0; i < p.length(); ) {
            Interrupt.heed();
            i += product(i) ? 2 : instruction(i);
        }
        int[] resultAt = new int[p.results().size()];
        for (int k = 0; k < resultAt.length; k++) resultAt[k] = result(p.results().get(k));
        writer.code.finish();
        BitSet live = new BitSet();
        for (int k = 0; k < resultAt.length; k++) live.set(resultAt[k], resultAt[k] + p.results().get(k).size());
        Work[] works = {new Work.Cells(new CellBlock(writer.code, 0, writer.code.length(), live, options.hot()))};
        return new Compiled(p, works, null, constants, next, inputAt, resultAt, options);
    }

    // ---- instructions

    /// How many instructions it took: two where the value goes straight to the entry that the next one sets.
    private int instruction(int i) {
        int t = p.target(i);
        int taken = 1;
        switch (p.kind(i)) {
            case APPLY -> {
                int number = p.operationNumber(i);
                int n = p.arity(i);
                boolean set = setsNext(i, t);
                if (set) taken = 2;
                int to = set ? place(i + 1) : NONE;
                if (opcodes[number] >= 0 && n == 2) {
                    int a = read(p.ref(i, 0));
                    int b = read(p.ref(i, 1));
                    release(i);
                    writer.code.emit(opcodes[number], set ? to : home(t), a, b);
                } else if (opcodes[number] >= 0 && n == 1) {
                    int a = read(p.ref(i, 0));
                    release(i);
                    writer.code.emit(opcodes[number], set ? to : home(t), a);
                } else {
                    int[] x = new int[n];
                    for (int k = 0; k < n; k++) x[k] = read(p.ref(i, k));
                    release(i);
                    writer.apply(primitives[number], set ? to : home(t), x);
                }
            }
            case SET -> {
                if (aliases.elided(i)) break;
                int from = read(p.ref(i, 0));
                release(i);
                writer.apply(null, place(i), from);
            }
            case ADD, SUBTRACT -> {
                int at = place(i);
                writer.code.emit(p.kind(i) == Kind.ADD ? ScalarCode.ADD : ScalarCode.SUB, at, at, read(p.ref(i, 0)));
                release(i);
            }
            case ZEROS -> writer.code.emit(ScalarCode.ZEROS, home(t), Shapes.size(p.shape(t)));
        }
        if (aliases.lastUse(t) <= i) release(t, i);
        return taken;
    }

    private boolean setsNext(int i, int t) {
        return i + 1 < p.length() && p.kind(i + 1) == Kind.SET && p.ref(i + 1, 0) == t && aliases.lastUse(t) == i + 1
                && aliases.home(t) == t && !aliases.elided(i + 1) && Shapes.size(p.shape(p.target(i + 1))) > 1;
    }

    /// A product that only the next instruction uses, to add, subtract or negate it: both in one, rounded twice as they are.
    private boolean product(int i) {
        if (i + 1 == p.length() || p.kind(i) != Kind.APPLY || opcodes[p.operationNumber(i)] != ScalarCode.MUL) return false;
        int t = p.target(i);
        int j = i + 1;
        if (aliases.lastUse(t) != j || aliases.home(t) != t) return false;
        int op = p.kind(j) == Kind.APPLY ? opcodes[p.operationNumber(j)] : p.kind(j) == Kind.ADD ? ScalarCode.ADD
                : p.kind(j) == Kind.SUBTRACT ? ScalarCode.SUB : NONE;
        if (op != ScalarCode.ADD && op != ScalarCode.SUB && op != ScalarCode.NEG) return false;
        int other = NONE_REF;
        if (p.kind(j) != Kind.APPLY) {
            other = p.placeRef(j);
            if (p.ref(j, 0) != t || p.target(j) == t) return false;
        } else if (op != ScalarCode.NEG) {
            int k = p.ref(j, 1) == t ? 0 : 1;
            other = p.ref(j, k);
            if (other == t || p.ref(j, 1 - k) != t || op == ScalarCode.SUB && k == 1) return false;
        }
        int a = read(p.ref(i, 0));
        int b = read(p.ref(i, 1));
        int x = other == NONE_REF ? NONE : read(other);
        release(i);
        release(j);
        int to = p.kind(j) == Kind.APPLY ? home(p.target(j)) : x;
        if (op == ScalarCode.NEG) writer.code.emit(ScalarCode.NEG_PRODUCT, to, a, b);
        else writer.code.product(op == ScalarCode.ADD, to, x, a, b);
        if (aliases.lastUse(p.target(j)) <= j) release(p.target(j), j);
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

    private int place(int i) {
        return read(p.placeRef(i));
    }

    /// The first cell of a variable, given to it when it is first met.
    private int home(int variable) {
        int v = aliases.home(variable);
        if (cell[v] == NONE) {
            int n = Shapes.size(p.shape(v));
            cell[v] = n == 1 && freeCount > 0 ? free[--freeCount] : fresh(n);
        }
        return cell[v];
    }

    private int fresh(int n) {
        int at = next;
        next = Math.addExact(next, n);
        return at;
    }

    /// Frees the cells of operands that instruction i is the last to use.
    private void release(int i) {
        for (int k = 0; k < p.arity(i); k++) {
            int ref = p.ref(i, k);
            if (ref >= 0) release(ref, i);
            else if (p.pooled(-1 - ref) instanceof Operand.View v) release(v.variable(), i);
        }
    }

    private void release(int variable, int i) {
        int v = aliases.home(variable);
        if (cell[v] == NONE || aliases.lastUse(v) > i || p.definition(v) < 0 || Shapes.size(p.shape(v)) > 1) return;
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
