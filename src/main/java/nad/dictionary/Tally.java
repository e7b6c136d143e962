package nad.dictionary;

import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;

/// How often each primitive occurs in a program, or was applied in a run.
public final class Tally {
    private final Map<Primitive, long[]> counts = new IdentityHashMap<>();

    public void add(Primitive p, long times) {
        if (times == 0) return;
        if (p.pricing == Primitive.Pricing.COMPOSED) p.composition.forEach((q, n) -> add(q, n * times));
        else counts.computeIfAbsent(p, q -> new long[1])[0] += times;
    }

    public void add(Tally other) {
        other.counts.forEach((p, n) -> add(p, n[0]));
    }

    /// The primitives that occur, in the order of the dictionary.
    public List<Primitive> primitives() {
        return counts.keySet().stream().sorted(Comparator.<Primitive>comparingInt(p -> p.order).thenComparingInt(p -> p.id)).toList();
    }

    public long of(Primitive p) {
        long[] n = counts.get(p);
        return n == null ? 0 : n[0];
    }

    /// Counts by name, a declared function's times its unit cost, so that they sum to the cost in the unit model.
    public Map<String, Rational> byName() {
        Map<String, Rational> out = new LinkedHashMap<>();
        for (Primitive p : primitives()) {
            Rational n = Rational.of(of(p));
            out.merge(p.name, p.pricing == Primitive.Pricing.DECLARED ? n.times(CostModel.UNIT.price(p)) : n, Rational::plus);
        }
        return out;
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    @Override
    public String toString() {
        return byName().toString();
    }
}
