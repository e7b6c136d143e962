package nad.core;

import java.util.Arrays;
import nad.core.Program.Kind;
import nad.dictionary.Elementary;
import nad.tensor.Shapes;

/// An ill-formed program never gets out: every instruction of a new one is looked at once. What is found on the way, where a variable is
/// defined and whether it depends on a parameter, the program keeps.
final class WellFormed {
    /// What operands in the pool are.
    private static final byte OTHER = 0;
    private static final byte VIEW = 1;
    private static final byte NUMBER = 2;
    private static final int SCALAR_VALUE = Program.DEFINED | Program.SCALAR;

    private final Program p;
    private final int[] code;
    private final int[] start;
    private final byte[] facts;
    private final int[] definition;
    private final byte[] pooled;
    private final boolean[] pointwise;

    WellFormed(Program p, int[] code, int[] start, byte[] facts, int[] definition) {
        this.p = p;
        this.code = code;
        this.start = start;
        this.facts = facts;
        this.definition = definition;
        this.pooled = new byte[p.pooled()];
        for (int k = 0; k < pooled.length; k++)
            if (p.pooled(k).rank() == 0) pooled[k] = p.pooled(k) instanceof Operand.View ? VIEW : p.pooled(k) instanceof Operand.Constant ? NUMBER : OTHER;
        Elementary[] operations = p.operations();
        this.pointwise = new boolean[operations.length];
        for (int k = 0; k < pointwise.length; k++) pointwise[k] = operations[k].kind == Elementary.Kind.POINTWISE;
    }

    /// Whether the instructions from `from` on, the first that are not known to be well-formed, are all about single entries.
    boolean check(int from) {
        for (Program.Parameter q : p.parameters()) {
            definition[q.variable()] = -1;
            facts[q.variable()] |= Program.DEFINED | Program.DEPENDENT;
        }
        boolean all = true;
        for (int i = from; i < p.length(); i++) all &= scalar(i) || checked(i);
        for (Operand r : p.results()) r.forEachView(v -> require(isDefined(v.variable()), p.length() - 1, "an undefined result"));
        return all;
    }

    /// Whether instruction i is about single entries, which then makes it well-formed; most are.
    private boolean scalar(int i) {
        int s = start[i];
        int end = start[i + 1];
        int kind = code[s] >>> 28;
        int to = code[s + 1];
        if (to >= 0 ? (facts[to] & Program.SCALAR) == 0 : pooled[-1 - to] != VIEW) return kind == Kind.ZEROS.ordinal() && to >= 0 && define(to, i);
        int t = to >= 0 ? to : viewed(to);
        boolean defined = isDefined(t);
        if (kind == Kind.APPLY.ordinal()) {
            if (to < 0 || defined || !pointwise[code[s] & 0xFFFF]) return false;
        } else if (kind == Kind.SET.ordinal()) {
            if (to < 0 && !defined) return false;
        } else if (definition[t] < 0) {
            return false;
        }
        int any = 0;
        for (int k = s + 2; k < end; k++) {
            int r = code[k];
            int known = r >= 0 ? facts[r] : pooled[-1 - r] == VIEW ? facts[viewed(r)] | Program.SCALAR : pooled[-1 - r] == NUMBER ? SCALAR_VALUE : 0;
            if ((known & SCALAR_VALUE) != SCALAR_VALUE) return false;
            any |= known;
        }
        facts[t] |= any & Program.DEPENDENT;
        return defined || define(t, i);
    }

    private int viewed(int ref) {
        return ((Operand.View) p.pooled(-1 - ref)).variable();
    }

    private boolean isDefined(int variable) {
        return (facts[variable] & Program.DEFINED) != 0;
    }

    private boolean define(int variable, int i) {
        if (!isDefined(variable)) definition[variable] = i;
        facts[variable] |= Program.DEFINED;
        return true;
    }

    /// Stops where instruction i is ill-formed; false.
    private boolean checked(int i) {
        Kind kind = p.kind(i);
        int t = p.target(i);
        for (int k = 0; k < p.arity(i); k++) {
            p.operand(i, k).forEachView(v -> require(isDefined(v.variable()), i, "an undefined variable"));
            if (!p.constant(i, k)) facts[t] |= Program.DEPENDENT;
        }
        if (kind == Kind.APPLY) {
            require(!isDefined(t), i, "a variable defined twice");
            requireShapes(i);
        } else if (kind != Kind.ZEROS && kind != Kind.SET) {
            require(definition[t] >= 0, i, "an addition to nothing");
        }
        if (kind != Kind.APPLY && kind != Kind.ZEROS) require(same(p.operand(i, 0).shape(), p.place(i).shape()), i, "shapes differ");
        define(t, i);
        return false;
    }

    private static boolean same(int[] a, int[] b) {
        return a == b || Arrays.equals(a, b);
    }

    private void requireShapes(int i) {
        int[] z = p.shape(p.target(i));
        switch (p.operation(i).kind) {
            case POINTWISE, NORMALISATION -> {
                for (int k = 0; k < p.arity(i); k++) require(same(p.operand(i, k).shape(), z), i, "shapes differ");
            }
            case REDUCTION -> {
                int[] x = p.operand(i, 0).shape();
                require(x.length == z.length + p.rank(i) && Arrays.equals(Shapes.take(x, 0, z.length), z), i, "rows do not fit");
            }
            case SCAN -> {
                int[] x = p.operand(i, 0).shape();
                int[] d = p.operand(i, 1).shape();
                require(Arrays.equals(x, z) && d.length == z.length + 1 && Arrays.equals(Shapes.take(d, 0, z.length), z), i, "directions do not fit");
            }
            default -> {}
        }
    }

    private void require(boolean holds, int i, String what) {
        if (!holds) throw new IllegalStateException(p.name() + ", instruction " + i + ": " + what);
    }
}
