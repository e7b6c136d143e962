package nad.compile;

import java.util.IdentityHashMap;
import java.util.Map;
import nad.arithmetic.Formula;
import nad.arithmetic.Primitive;

/// Writes primitives as [ScalarCode]: a formula's operations one by one, what has no formula as a call.
final class ScalarWriter {
    /// Where constants and the values inside a formula go.
    interface Cells {
        int constant(double value);

        /// Cell k of those that hold values only within one primitive.
        int scratch(int k);
    }

    final ScalarCode code;
    private final Cells cells;
    private final boolean single;
    private final Map<Primitive, Integer> direct = new IdentityHashMap<>();

    /// @param room for how many numbers the code has room at first
    ScalarWriter(Cells cells, boolean single, int room) {
        this.code = new ScalarCode(room);
        this.cells = cells;
        this.single = single;
    }

    /// to := f(from); a copy where f is null.
    void apply(Primitive f, int to, int... from) {
        if (f == null) {
            if (to != from[0]) code.emit(ScalarCode.COPY, to, from[0]);
            return;
        }
        int op = direct.computeIfAbsent(f, ScalarWriter::direct);
        if (op >= 0) {
            if (from.length == 1) code.emit(op, to, from[0]);
            else if (from.length == 2) code.emit(op, to, from[0], from[1]);
            else code.emit(op, to, from);
            return;
        }
        Formula g = f.formula();
        if (g == null || single && !g.roundsOnce()) code.call(f, to, from);
        else new Body(from).write(g, to);
    }

    /// The opcode of a primitive that is one operation on its own arguments, or −1.
    static int direct(Primitive f) {
        Formula g = f.formula();
        if (g instanceof Formula.Choose c && c.test() == Formula.Test.GT && c.a().equals(Formula.X) && c.b().equals(Formula.ZERO)
                && c.then().equals(Formula.Y) && c.otherwise().equals(Formula.ZERO)) return ScalarCode.GATE;
        if (!(g instanceof Formula.Apply a)) return -1;
        for (int k = 0; k < a.args().size(); k++) if (!a.args().get(k).equals(new Formula.Arg(k))) return -1;
        return opcode(a.op());
    }

    private static int opcode(Formula.Op op) {
        return switch (op) {
            case ADD -> ScalarCode.ADD;
            case SUB -> ScalarCode.SUB;
            case MUL -> ScalarCode.MUL;
            case DIV -> ScalarCode.DIV;
            case MIN -> ScalarCode.MIN;
            case MAX -> ScalarCode.MAX;
            case NEG -> ScalarCode.NEG;
            case ABS -> ScalarCode.ABS;
            case SQRT -> ScalarCode.SQRT;
            case FMA -> ScalarCode.FMA;
            case EXP -> ScalarCode.EXP;
            case LOG -> ScalarCode.LOG;
            case SIN -> ScalarCode.SIN;
            case COS -> ScalarCode.COS;
            case TANH -> ScalarCode.TANH;
            default -> -1;
        };
    }

    private final class Body {
        private final int[] args;
        private final Map<Formula, Integer> known = new IdentityHashMap<>();
        private int scratch;

        Body(int[] args) {
            this.args = args;
        }

        /// The result goes to a scratch cell first where it could overwrite an argument that is still to be read.
        void write(Formula g, int to) {
            int at = cell(g, to);
            if (at != to) code.emit(ScalarCode.COPY, to, at);
        }

        private int cell(Formula g) {
            Integer found = known.get(g);
            if (found != null) return found;
            int at = cell(g, -1);
            known.put(g, at);
            return at;
        }

        private int cell(Formula g, int to) {
            return switch (g) {
                case Formula.Arg a -> args[a.k()];
                case Formula.Number n -> cells.constant(n.value());
                case Formula.Apply a -> {
                    int[] x = new int[a.args().size()];
                    for (int k = 0; k < x.length; k++) x[k] = cell(a.args().get(k));
                    int at = to >= 0 ? to : cells.scratch(scratch++);
                    int op = opcode(a.op());
                    if (op >= 0) code.emit(op, at, x);
                    else code.call(Libraries.of(a.op()), at, x);
                    yield at;
                }
                case Formula.Choose c -> {
                    int[] x = {cell(c.a()), cell(c.b()), cell(c.then()), cell(c.otherwise())};
                    int at = to >= 0 ? to : cells.scratch(scratch++);
                    code.emit(ScalarCode.LESS + c.test().ordinal(), at, x);
                    yield at;
                }
            };
        }
    }
}
