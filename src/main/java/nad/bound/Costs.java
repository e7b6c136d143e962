package nad.bound;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Primitives;
import nad.tensor.Shapes;

/// The certificate's own count of what instructions cost, from the entries' tables.
final class Costs {
    private final CostModel prices;
    private final Map<Priced, Rational> rowCosts = new HashMap<>();
    /// The same for one entry, by a dependent value and by a constant: of 10⁶ scalar statements each has one of few costs.
    private final Map<Elementary, Rational[]> scalarCosts = new IdentityHashMap<>();

    private record Priced(Elementary f, long n, boolean byConstant) {}

    Costs(CostModel prices) {
        this.prices = prices;
    }

    Rational of(Program r, int from, int to) {
        Rational sum = Rational.ZERO;
        for (int i = from; i < to; i++) sum = sum.plus(of(r, i));
        return sum;
    }

    Rational of(Program r, int i) {
        return switch (r.kind(i)) {
            case SET, ZEROS -> Rational.ZERO;
            case ADD -> prices.price(Primitives.PLUS).times(Rational.of(r.place(i).size()));
            case SUBTRACT -> prices.price(Primitives.MINUS).times(Rational.of(r.place(i).size()));
            case APPLY -> applied(r, i);
        };
    }

    private Rational applied(Program r, int i) {
        Elementary f = r.operation(i);
        boolean byConstant = false;
        for (int k = 0; k < r.arity(i); k++) byConstant |= f.pricesConstant(k) && r.constant(i, k);
        int[] z = r.shape(r.target(i));
        long rows = Shapes.size(z);
        long row = 1;
        switch (f.kind) {
            case POINTWISE -> {}
            case REDUCTION -> row = r.operand(i, 0).size() / rows;
            case CONTRACTION -> {
                Operand x = r.operand(i, 0);
                row = x.shape()[x.rank() - 1];
            }
            case NORMALISATION, SCATTER -> {
                for (int k = z.length - r.rank(i); k < z.length; k++) row *= z[k];
                rows /= row;
            }
            // A row of the point is looked at, and then a row along each direction.
            case SCAN -> {
                for (int k = z.length - r.rank(i); k < z.length; k++) row *= z[k];
                rows = rows / row * (1 + r.operand(i, 1).size() / rows);
            }
        }
        if (row == 1 && rows == 1) {
            Rational[] known = scalarCosts.computeIfAbsent(f, unused -> new Rational[2]);
            int which = byConstant ? 1 : 0;
            return known[which] != null ? known[which] : (known[which] = Omega.row(f, 1, byConstant, prices));
        }
        long n = row;
        Rational one = rowCosts.computeIfAbsent(new Priced(f, n, byConstant), k -> Omega.row(k.f, k.n, k.byConstant, prices));
        return rows == 1 ? one : one.times(Rational.of(rows));
    }
}
