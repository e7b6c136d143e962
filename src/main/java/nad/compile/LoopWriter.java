package nad.compile;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Formula;
import nad.arithmetic.Primitive;
import nad.compile.LoopShape.Node;
import nad.compile.LoopShape.Store;
import nad.compile.LoopShape.Stride;

/// Writes the class file of a loop: nested counted loops around a straight body, in vectors as far as they go and entry by
/// entry for what is left.
final class LoopWriter {
    private static final ClassDesc CODE = LoopCode.class.describeConstable().orElseThrow();
    private static final ClassDesc PRIMITIVE = Primitive.class.describeConstable().orElseThrow();
    private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
    private static final ClassDesc LANES = ClassDesc.of("nad.compile.Lanes");
    private static final String VECTORS = "jdk.incubator.vector.";
    private static final ClassDesc SPECIES = ClassDesc.of(VECTORS + "VectorSpecies");
    private static final ClassDesc VECTOR = ClassDesc.of(VECTORS + "Vector");
    private static final ClassDesc MASK = ClassDesc.of(VECTORS + "VectorMask");
    private static final ClassDesc OPERATORS = ClassDesc.of(VECTORS + "VectorOperators");

    // arguments of run: this, arrays, arguments, at, lo, hi
    private static final int ARRAYS = 1;
    private static final int ARGUMENTS = 2;
    private static final int AT = 3;
    private static final int LO = 4;
    private static final int HI = 5;

    private final LoopShape shape;
    private final boolean single;
    private final ClassDesc type;
    private final TypeKind kind;
    private final ClassDesc array1;
    private final ClassDesc vector;
    private final int lanes;
    /// Copies of the body in one round of the vector loop: as many as make up eight partial results.
    private final int copies;
    private final List<Primitive> called = new ArrayList<>();
    private CodeBuilder c;
    private int[] array;
    private int[][] position;
    private int[] uniform;
    private int[] uniformVector;
    private int[] numberVector;
    private int[][] partial;
    private int i;

    private LoopWriter(LoopShape shape, int lanes) {
        this.shape = shape;
        this.single = shape.single();
        this.type = single ? CD_float : CD_double;
        this.kind = single ? TypeKind.FLOAT : TypeKind.DOUBLE;
        this.array1 = type.arrayType();
        this.vector = ClassDesc.of(VECTORS + (single ? "FloatVector" : "DoubleVector"));
        this.lanes = lanes;
        this.copies = lanes == 0 ? 0 : shape.sums().isEmpty() ? 1 : Math.max(1, 8 / lanes);
    }

    /// @param lanes entries of a vector, or 0 for a loop without vectors
    static LoopCode write(LoopShape shape, int lanes) {
        LoopWriter w = new LoopWriter(shape, lanes);
        byte[] bytes = w.bytes();
        try {
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClassWithClassData(bytes, List.copyOf(w.called), true);
            return (LoopCode) made.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] bytes() {
        MethodTypeDesc run = MethodTypeDesc.of(CD_void, CD_Object.arrayType(), CD_int.arrayType(), CD_int, CD_int, CD_int);
        return ClassFile.of().build(ClassDesc.of("nad.compile.Loop"), k -> k
                .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                .withInterfaceSymbols(CODE)
                .withMethodBody(INIT_NAME, MTD_void, 0, b -> b.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_())
                .withMethodBody("run", run, ClassFile.ACC_PUBLIC, b -> {
                    c = b;
                    body();
                    c.return_();
                }));
    }

    // ---- loops

    private void body() {
        int n = shape.steps().size();
        int d = shape.dimensions();
        int each = LoopCode.argumentsPerOperand(d);
        array = new int[n];
        position = new int[n][d];
        for (int k = 0; k < n; k++) {
            array[k] = c.allocateLocal(TypeKind.REFERENCE);
            c.aload(ARRAYS);
            argument(k * each);
            c.aaload().checkcast(array1).astore(array[k]);
            position[k][0] = c.allocateLocal(TypeKind.INT);
            argument(k * each + 1);
            c.istore(position[k][0]);
        }
        i = c.allocateLocal(TypeKind.INT);
        numbers();
        nest(0);
    }

    private void argument(int at) {
        c.aload(ARGUMENTS).iload(AT).loadConstant(at).iadd().iaload();
    }

    /// The loop of axis `axis`; the innermost one works in vectors.
    private void nest(int axis) {
        int d = shape.dimensions();
        if (axis == d - 1) {
            innermost();
            return;
        }
        int n = shape.steps().size();
        int each = LoopCode.argumentsPerOperand(d);
        int count = c.allocateLocal(TypeKind.INT);
        argument(n * each + axis);
        c.istore(count);
        int[] stride = new int[n];
        for (int k = 0; k < n; k++) {
            stride[k] = c.allocateLocal(TypeKind.INT);
            argument(k * each + 2 + axis);
            c.istore(stride[k]);
            position[k][axis + 1] = c.allocateLocal(TypeKind.INT);
        }
        Label again = c.newLabel();
        Label end = c.newLabel();
        c.labelBinding(again).iload(count).ifle(end);
        for (int k = 0; k < n; k++) c.iload(position[k][axis]).istore(position[k][axis + 1]);
        nest(axis + 1);
        for (int k = 0; k < n; k++) c.iload(position[k][axis]).iload(stride[k]).iadd().istore(position[k][axis]);
        c.iinc(count, -1).goto_(again).labelBinding(end);
    }

    private void innermost() {
        int n = shape.steps().size();
        int last = shape.dimensions() - 1;
        uniform = new int[n];
        uniformVector = new int[n];
        int[] stride = new int[n];
        for (int k = 0; k < n; k++) {
            if (isPartial(k)) continue;
            switch (shape.steps().get(k)) {
                case UNIFORM -> {
                    uniform[k] = c.allocateLocal(kind);
                    c.aload(array[k]).iload(position[k][last]).arrayLoad(kind).storeLocal(kind, uniform[k]);
                    if (lanes > 0) {
                        uniformVector[k] = c.allocateLocal(TypeKind.REFERENCE);
                        c.getstatic(LANES, Lanes.field(shape), SPECIES).loadLocal(kind, uniform[k]);
                        broadcast();
                        c.astore(uniformVector[k]);
                    }
                }
                case ANY -> {
                    stride[k] = c.allocateLocal(TypeKind.INT);
                    argument(k * LoopCode.argumentsPerOperand(shape.dimensions()) + 2 + last);
                    c.istore(stride[k]);
                }
                case UNIT -> {}
            }
        }
        c.iload(LO).istore(i);
        if (lanes > 0) vectorLoop(last);
        Label again = c.newLabel();
        Label end = c.newLabel();
        c.labelBinding(again).iload(i).iload(HI).if_icmpge(end);
        scalarBody(last, stride);
        c.iinc(i, 1).goto_(again).labelBinding(end);
    }

    private boolean isPartial(int operand) {
        return shape.sums().stream().anyMatch(s -> s.operand() == operand);
    }

    // ---- entry by entry

    private void scalarBody(int last, int[] stride) {
        int[] value = new int[shape.nodes().size()];
        for (int k = 0; k < value.length; k++) {
            Node node = shape.nodes().get(k);
            if (node instanceof Node.Load l && shape.steps().get(l.operand()) == Stride.UNIFORM) {
                value[k] = uniform[l.operand()];
                continue;
            }
            switch (node) {
                case Node.Load l -> {
                    cell(l.operand(), last, stride);
                    c.arrayLoad(kind);
                }
                case Node.Number x -> number(x.value());
                case Node.Apply a -> {
                    scalar(a.op(), a.args(), value);
                }
                case Node.Choose s -> choose(s, value);
                case Node.Call f -> {
                    c.loadConstant(primitive(f.f()));
                    for (int x : f.args()) wide(value[x]);
                    ClassDesc[] types = new ClassDesc[f.args().size()];
                    java.util.Arrays.fill(types, CD_double);
                    c.invokevirtual(PRIMITIVE, "real", MethodTypeDesc.of(CD_double, types));
                    narrow();
                }
            }
            value[k] = c.allocateLocal(kind);
            c.storeLocal(kind, value[k]);
        }
        for (Store s : shape.stores()) {
            cell(s.operand(), last, stride);
            c.loadLocal(kind, value[s.node()]).arrayStore(kind);
        }
        for (Store s : shape.sums()) {
            c.aload(array[s.operand()]).iload(position[s.operand()][last]).iload(i).loadConstant(7).iand().iadd();
            c.dup2().arrayLoad(kind).loadLocal(kind, value[s.node()]);
            arithmetic(Formula.Op.ADD);
            c.arrayStore(kind);
        }
    }

    private void cell(int operand, int last, int[] stride) {
        c.aload(array[operand]).iload(position[operand][last]).iload(i);
        if (shape.steps().get(operand) == Stride.ANY) c.iload(stride[operand]).imul();
        c.iadd();
    }

    private void number(double x) {
        if (single) c.loadConstant((float) x);
        else c.loadConstant(x);
    }

    private void wide(int local) {
        c.loadLocal(kind, local);
        if (single) c.f2d();
    }

    private void narrow() {
        if (single) c.d2f();
    }

    /// Library functions and roots are float64's, rounded once more for float32.
    private void scalar(Formula.Op op, List<Integer> args, int[] value) {
        boolean direct = op.compareTo(Formula.Op.SQRT) < 0 || op == Formula.Op.FMA;
        for (int x : args) {
            if (direct) c.loadLocal(kind, value[x]);
            else wide(value[x]);
        }
        if (op.compareTo(Formula.Op.DIV) <= 0 || op == Formula.Op.NEG) {
            arithmetic(op);
            return;
        }
        ClassDesc operand = direct ? type : CD_double;
        ClassDesc[] types = new ClassDesc[op.arity];
        java.util.Arrays.fill(types, operand);
        c.invokestatic(MATH, op.name().toLowerCase(java.util.Locale.ROOT), MethodTypeDesc.of(operand, types));
        if (!direct) narrow();
    }

    private void arithmetic(Formula.Op op) {
        switch (op) {
            case ADD -> {
                if (single) c.fadd();
                else c.dadd();
            }
            case SUB -> {
                if (single) c.fsub();
                else c.dsub();
            }
            case MUL -> {
                if (single) c.fmul();
                else c.dmul();
            }
            case DIV -> {
                if (single) c.fdiv();
                else c.ddiv();
            }
            default -> {
                if (single) c.fneg();
                else c.dneg();
            }
        }
    }

    /// Leaves a negative number, 0 or a positive one as a < b, a = b, a > b; NaN gives `nan`.
    private void compare(int nan) {
        if (single && nan > 0) c.fcmpg();
        else if (single) c.fcmpl();
        else if (nan > 0) c.dcmpg();
        else c.dcmpl();
    }

    private void choose(Node.Choose s, int[] value) {
        Label otherwise = c.newLabel();
        Label end = c.newLabel();
        c.loadLocal(kind, value[s.a()]).loadLocal(kind, value[s.b()]);
        compare(s.test() == Formula.Test.LT ? 1 : -1);
        switch (s.test()) {
            case LT -> c.ifge(otherwise);
            case GT -> c.ifle(otherwise);
            case EQ -> c.ifne(otherwise);
        }
        c.loadLocal(kind, value[s.then()]).goto_(end).labelBinding(otherwise).loadLocal(kind, value[s.otherwise()]).labelBinding(end);
    }

    private DynamicConstantDesc<Object> primitive(Primitive f) {
        if (!called.contains(f)) called.add(f);
        return DynamicConstantDesc.ofNamed(ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, PRIMITIVE, called.indexOf(f));
    }

    // ---- in vectors

    private void numbers() {
        numberVector = new int[shape.nodes().size()];
        if (lanes == 0) return;
        for (int k = 0; k < numberVector.length; k++) {
            if (!(shape.nodes().get(k) instanceof Node.Number x)) continue;
            numberVector[k] = c.allocateLocal(TypeKind.REFERENCE);
            c.getstatic(LANES, Lanes.field(shape), SPECIES);
            number(x.value());
            broadcast();
            c.astore(numberVector[k]);
        }
    }

    private void broadcast() {
        c.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, type));
    }

    private void vectorLoop(int last) {
        int round = lanes * copies;
        partial = new int[shape.sums().size()][copies];
        for (int s = 0; s < partial.length; s++)
            for (int u = 0; u < copies; u++) {
                partial[s][u] = c.allocateLocal(TypeKind.REFERENCE);
                partialCell(s, u, last, true);
                c.astore(partial[s][u]);
            }
        int end = c.allocateLocal(TypeKind.INT);
        c.iload(HI).loadConstant(round - 1).isub().istore(end);
        Label again = c.newLabel();
        Label done = c.newLabel();
        c.labelBinding(again).iload(i).iload(end).if_icmpge(done);
        for (int u = 0; u < copies; u++) vectorBody(last, u);
        c.iinc(i, round).goto_(again).labelBinding(done);
        for (int s = 0; s < partial.length; s++)
            for (int u = 0; u < copies; u++) {
                exact(partial[s][u]);
                partialCell(s, u, last, false);
            }
    }

    /// A vector that two paths give, cast to its own class: the JIT does not know it there, and code that vectors of several
    /// lengths share is of no help.
    private void exact(int local) {
        c.getstatic(LANES, Lanes.field(shape), SPECIES).invokeinterface(SPECIES, "vectorType", MethodTypeDesc.of(CD_Class)).aload(local);
        c.invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object)).checkcast(vector);
    }

    private void partialCell(int sum, int copy, int last, boolean load) {
        int operand = shape.sums().get(sum).operand();
        if (load) c.getstatic(LANES, Lanes.field(shape), SPECIES);
        c.aload(array[operand]).iload(position[operand][last]).loadConstant(copy * lanes).iadd();
        if (load) c.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array1, CD_int));
        else c.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array1, CD_int));
    }

    private void vectorBody(int last, int copy) {
        int[] value = new int[shape.nodes().size()];
        for (int k = 0; k < value.length; k++) {
            Node node = shape.nodes().get(k);
            if (node instanceof Node.Number) {
                value[k] = numberVector[k];
                continue;
            }
            if (node instanceof Node.Load l && shape.steps().get(l.operand()) == Stride.UNIFORM) {
                value[k] = uniformVector[l.operand()];
                continue;
            }
            switch (node) {
                case Node.Load l -> {
                    c.getstatic(LANES, Lanes.field(shape), SPECIES);
                    cells(l.operand(), last, copy);
                    c.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array1, CD_int));
                }
                case Node.Apply a -> vector(a, value);
                case Node.Choose s -> {
                    c.aload(value[s.otherwise()]).aload(value[s.then()]).aload(value[s.a()]);
                    operator(s.test().name(), "Comparison");
                    c.aload(value[s.b()])
                            .invokevirtual(vector, "compare", MethodTypeDesc.of(MASK, ClassDesc.of(VECTORS + "VectorOperators$Comparison"), VECTOR))
                            .invokevirtual(vector, "blend", MethodTypeDesc.of(vector, VECTOR, MASK));
                }
                default -> throw new IllegalStateException();
            }
            value[k] = c.allocateLocal(TypeKind.REFERENCE);
            c.astore(value[k]);
        }
        for (Store s : shape.stores()) {
            c.aload(value[s.node()]);
            cells(s.operand(), last, copy);
            c.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array1, CD_int));
        }
        for (int s = 0; s < partial.length; s++) {
            c.aload(partial[s][copy]).aload(value[shape.sums().get(s).node()]);
            c.invokevirtual(vector, "add", MethodTypeDesc.of(vector, VECTOR)).astore(partial[s][copy]);
        }
    }

    private void cells(int operand, int last, int copy) {
        c.aload(array[operand]).iload(position[operand][last]).iload(i).iadd();
        if (copy > 0) c.loadConstant(copy * lanes).iadd();
    }

    private void vector(Node.Apply a, int[] value) {
        c.aload(value[a.args().getFirst()]);
        String direct = switch (a.op()) {
            case ADD -> "add";
            case SUB -> "sub";
            case MUL -> "mul";
            case DIV -> "div";
            default -> null;
        };
        if (direct != null) {
            c.aload(value[a.args().get(1)]).invokevirtual(vector, direct, MethodTypeDesc.of(vector, VECTOR));
            return;
        }
        boolean associative = a.op() == Formula.Op.MIN || a.op() == Formula.Op.MAX;
        String kind = a.op().arity == 1 ? "Unary" : a.op().arity == 2 ? "Binary" : "Ternary";
        operator(a.op().name(), associative ? "Associative" : kind);
        List<ClassDesc> types = new ArrayList<>(List.of(ClassDesc.of(VECTORS + "VectorOperators$" + kind)));
        for (int k = 1; k < a.args().size(); k++) {
            c.aload(value[a.args().get(k)]);
            types.add(VECTOR);
        }
        c.invokevirtual(vector, "lanewise", MethodTypeDesc.of(vector, types));
    }

    private void operator(String name, String kind) {
        c.getstatic(OPERATORS, name, ClassDesc.of(VECTORS + "VectorOperators$" + kind));
    }
}
