package nad.bound;

import java.util.HashMap;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.dictionary.CostModel;

/// ω of the statements of one program: statements of one operation with the same constants and repeated operands share it.
public final class Omegas {
    private final Program p;
    private final CostModel prices;
    private final Map<Long, Rational> known = new HashMap<>();

    public Omegas(Program p, CostModel prices) {
        this.p = p;
        this.prices = prices;
    }

    /// The largest ω over the statements of a program; 1 where it costs nothing.
    public static Rational largest(Program p, CostModel prices) {
        Omegas omegas = new Omegas(p, prices);
        Rational largest = Rational.ONE;
        for (int i = 0; i < p.length(); i++) {
            if (p.operation(i) == null) continue;
            Rational w = omegas.of(i);
            if (w.compareTo(largest) > 0) largest = w;
        }
        return largest;
    }

    public Rational of(int i) {
        int arity = p.arity(i);
        if (arity > 3) return Omega.statement(p, i, prices);
        long key = (long) p.operationNumber(i) << 32 | (long) p.rank(i) << 16;
        for (int k = 0; k < arity; k++) {
            int same = 0;
            while (p.ref(i, same) != p.ref(i, k)) same++;
            key |= (long) ((p.constant(i, k) ? 4 : 0) + same) << 4 * k;
        }
        Rational w = known.get(key);
        if (w == null) known.put(key, w = Omega.statement(p, i, prices));
        return w;
    }
}
