package nad.compile;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;

/// Writes [ScalarCode] as class files: methods of a few hundred instructions, small enough for the JIT, in which values that
/// no other method needs are local variables.
final class CellWriter {
    private static final int INSTRUCTIONS_PER_METHOD = 150;
    private static final int METHODS_PER_CLASS = 40;

    private static final ClassDesc CODE = CellCode.class.describeConstable().orElseThrow();
    private static final ClassDesc SELF = ClassDesc.of("nad.compile.Cells");
    private static final ClassDesc PRIMITIVE = Primitive.class.describeConstable().orElseThrow();
    private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
    private static final ClassDesc ARRAYS = Arrays.class.describeConstable().orElseThrow();
    private static final ClassDesc MEMORY = CD_double.arrayType();
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_void, MEMORY);

    private final ScalarCode code;
    private final List<Primitive> called = new ArrayList<>();
    private CodeBuilder c;
    private Map<Integer, Integer> locals;
    private int nextLocal;
    private int at;

    private CellWriter(ScalarCode code) {
        this.code = code;
    }

    /// @param live the cells that are read after the last instruction; null for all
    static CellCode[] write(ScalarCode code, int from, int end, BitSet live) {
        List<int[]> chunks = new ArrayList<>();
        for (int p = from; p < end; ) {
            int begin = p;
            for (int n = 0; n < INSTRUCTIONS_PER_METHOD && p < end; n++) p = code.after(p);
            chunks.add(new int[] {begin, p});
        }
        List<BitSet> stored = new ArrayList<>();
        BitSet after = live == null ? null : (BitSet) live.clone();
        for (int k = chunks.size() - 1; k >= 0; k--) stored.addFirst(stored(code, chunks.get(k)[0], chunks.get(k)[1], after));
        List<CellCode> out = new ArrayList<>();
        for (int k = 0; k < chunks.size(); k += METHODS_PER_CLASS) {
            int to = Math.min(chunks.size(), k + METHODS_PER_CLASS);
            out.add(new CellWriter(code).define(chunks.subList(k, to), stored.subList(k, to)));
        }
        return out.toArray(new CellCode[0]);
    }

    /// Which instructions' values have to be in their cell when the chunk ends, by place from `from`; `live` goes from what
    /// is read after the chunk to what is read from its beginning on.
    private static BitSet stored(ScalarCode code, int from, int end, BitSet live) {
        List<Integer> places = new ArrayList<>();
        for (int p = from; p < end; p = code.after(p)) places.add(p);
        BitSet out = new BitSet();
        BitSet written = new BitSet();
        for (int k = places.size() - 1; k >= 0; k--) {
            int p = places.get(k);
            int z = code.target(p);
            if (code.opcode(p) == ScalarCode.ZEROS) {
                if (live != null) live.clear(z, z + code.number(p, 0));
                written.set(z, z + code.number(p, 0));
                continue;
            }
            if (!written.get(z) && (live == null || live.get(z))) out.set(p - from);
            written.set(z);
            if (live == null) continue;
            live.clear(z);
            for (int j = 0; j < code.cells(p); j++) live.set(code.cell(p, j));
            if (code.accumulates(p)) live.set(z);
        }
        return out;
    }

    private CellCode define(List<int[]> chunks, List<BitSet> stored) {
        byte[] bytes = ClassFile.of().build(SELF, k -> {
            k.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withInterfaceSymbols(CODE)
                    .withMethodBody(INIT_NAME, MTD_void, 0, b -> b.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
            for (int j = 0; j < chunks.size(); j++) method(k, j, chunks.get(j), stored.get(j));
            k.withMethodBody("run", RUN, ClassFile.ACC_PUBLIC, b -> {
                for (int j = 0; j < chunks.size(); j++) b.aload(1).invokestatic(SELF, "part" + j, RUN);
                b.return_();
            });
        });
        try {
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, List.copyOf(called), true);
            return (CellCode) made.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void method(ClassBuilder k, int number, int[] chunk, BitSet stored) {
        k.withMethodBody("part" + number, RUN, ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE, b -> {
            c = b;
            locals = new HashMap<>();
            nextLocal = 1;
            for (at = chunk[0]; at < chunk[1]; at = code.after(at)) instruction(stored.get(at - chunk[0]));
            c.return_();
        });
    }

    // ---- instructions

    private void instruction(boolean store) {
        int op = code.opcode(at);
        int z = code.target(at);
        if (op == ScalarCode.ZEROS) {
            int n = code.number(at, 0);
            locals.keySet().removeIf(cell -> cell >= z && cell < z + n);
            c.aload(0).loadConstant(z).loadConstant(z + n).dconst_0();
            c.invokestatic(ARRAYS, "fill", MethodTypeDesc.of(CD_void, MEMORY, CD_int, CD_int, CD_double));
            return;
        }
        value(op, z);
        int local = nextLocal;
        nextLocal += 2;
        c.dstore(local);
        locals.put(z, local);
        if (store) c.aload(0).loadConstant(z).dload(local).dastore();
    }

    private void read(int cell) {
        Integer local = locals.get(cell);
        if (local != null) c.dload(local);
        else c.aload(0).loadConstant(cell).daload();
    }

    private void arg(int k) {
        read(code.cell(at, k));
    }

    private void value(int op, int z) {
        switch (op) {
            case ScalarCode.COPY -> arg(0);
            case ScalarCode.ADD -> both().dadd();
            case ScalarCode.SUB -> both().dsub();
            case ScalarCode.MUL -> both().dmul();
            case ScalarCode.DIV -> both().ddiv();
            case ScalarCode.NEG -> {
                arg(0);
                c.dneg();
            }
            case ScalarCode.MIN -> math("min");
            case ScalarCode.MAX -> math("max");
            case ScalarCode.ABS -> math("abs");
            case ScalarCode.SQRT -> math("sqrt");
            case ScalarCode.FMA -> math("fma");
            case ScalarCode.EXP -> math("exp");
            case ScalarCode.LOG -> math("log");
            case ScalarCode.SIN -> math("sin");
            case ScalarCode.COS -> math("cos");
            case ScalarCode.TANH -> math("tanh");
            case ScalarCode.GATE -> {
                arg(0);
                c.dconst_0().dcmpl();
                choose(() -> arg(1), c::dconst_0, ScalarCode.GREATER);
            }
            case ScalarCode.ADD_PRODUCT, ScalarCode.SUB_PRODUCT -> {
                arg(0);
                arg(1);
                arg(2);
                c.dmul();
                sum(op == ScalarCode.ADD_PRODUCT);
            }
            case ScalarCode.NEG_PRODUCT -> both().dmul().dneg();
            case ScalarCode.PLUS_PRODUCT, ScalarCode.MINUS_PRODUCT -> {
                read(z);
                both().dmul();
                sum(op == ScalarCode.PLUS_PRODUCT);
            }
            case ScalarCode.PLUS, ScalarCode.MINUS -> {
                read(z);
                arg(0);
                sum(op == ScalarCode.PLUS);
            }
            case ScalarCode.LESS, ScalarCode.GREATER, ScalarCode.EQUAL -> {
                both();
                if (op == ScalarCode.LESS) c.dcmpg();
                else c.dcmpl();
                choose(() -> arg(2), () -> arg(3), op);
            }
            default -> call();
        }
    }

    private CodeBuilder both() {
        arg(0);
        arg(1);
        return c;
    }

    private void sum(boolean plus) {
        if (plus) c.dadd();
        else c.dsub();
    }

    private void math(String name) {
        int n = code.cells(at);
        for (int k = 0; k < n; k++) arg(k);
        c.invokestatic(MATH, name, MethodTypeDesc.of(CD_double, doubles(n)));
    }

    private void call() {
        Primitive f = code.called(at);
        if (!called.contains(f)) called.add(f);
        c.loadConstant(DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, PRIMITIVE, called.indexOf(f)));
        int n = code.cells(at);
        for (int k = 0; k < n; k++) arg(k);
        c.invokevirtual(PRIMITIVE, "real", MethodTypeDesc.of(CD_double, doubles(n)));
    }

    private static ClassDesc[] doubles(int n) {
        ClassDesc[] types = new ClassDesc[n];
        Arrays.fill(types, CD_double);
        return types;
    }

    /// By the comparison on the stack.
    private void choose(Runnable then, Runnable otherwise, int test) {
        Label no = c.newLabel();
        Label end = c.newLabel();
        switch (test) {
            case ScalarCode.LESS -> c.ifge(no);
            case ScalarCode.GREATER -> c.ifle(no);
            default -> c.ifne(no);
        }
        then.run();
        c.goto_(end).labelBinding(no);
        otherwise.run();
        c.labelBinding(end);
    }
}
