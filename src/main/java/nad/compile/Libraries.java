package nad.compile;

import java.util.EnumMap;
import java.util.Map;
import nad.arithmetic.Formula;
import nad.arithmetic.Primitive;

/// Machine operations that scalar code has no opcode for, as functions to call.
final class Libraries {
    private static final Map<Formula.Op, Primitive> KNOWN = new EnumMap<>(Formula.Op.class);

    static {
        for (Formula.Op op : Formula.Op.values()) {
            Primitive.Pricing f = Primitive.Pricing.FUNCTION;
            KNOWN.put(op, switch (op.arity) {
                case 1 -> Primitive.of(op.name(), f, (double x) -> op.at(x), null);
                case 2 -> Primitive.of(op.name(), f, (double x, double y) -> op.at(x, y), null);
                default -> Primitive.of(op.name(), f, Math::fma, null);
            });
        }
    }

    private Libraries() {}

    static Primitive of(Formula.Op op) {
        return KNOWN.get(op);
    }
}
