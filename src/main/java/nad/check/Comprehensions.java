package nad.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import nad.core.Operand;
import nad.core.ProgramBuilder;
import nad.report.Problem;
import nad.syntax.Tree;

/// [comp-map] What stands under `for` in an expression: evaluated once for all values of its indices, which become axes of the
/// value; where that cannot be ([NeedsUnrolling]), once for each.
final class Comprehensions {
    private final Expressions in;
    private final Elaborator elaborator;
    private final Map<String, Binding> names;
    private final Mentions mentions = new Mentions();
    /// Indices that are being unrolled; the values of what stands under them are remembered.
    private final Set<String> unrolled = new HashSet<>();
    /// How many rounds the ranges that are being unrolled have together, as far as their lengths do not depend on each other.
    private long rounds = 1;
    private final LinkedHashMap<Key, Value> remembered = new LinkedHashMap<>();
    private final Map<RangeKey, Value.Axis> knownAxes = new HashMap<>();

    /// A subexpression (by identity; `prefix` links of a chain) at values of the unrolled indices that it mentions.
    private record Key(Tree.Expr node, int prefix, Map<String, Affine> indices) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Key k && node == k.node && prefix == k.prefix && indices.equals(k.indices);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(node) * 31 + prefix * 7 + indices.hashCode();
        }
    }

    /// The same range met again in a later round of an unrolled index is the same axis, so that values along it are too.
    private record RangeKey(Tree.Range range, long from, long to) {
        @Override
        public boolean equals(Object o) {
            return o instanceof RangeKey k && range == k.range && from == k.from && to == k.to;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(range) * 31 + Long.hashCode(from * 31 + to);
        }
    }

    Comprehensions(Expressions in, Map<String, Binding> names) {
        this.in = in;
        this.elaborator = in.elaborator;
        this.names = names;
    }

    /// The values of an expression over ranges.
    sealed interface Spread {
        /// One value, whose first own dimensions belong to the ranges.
        record Mapped(Value value, int ranges) implements Spread {}

        /// One value for each tuple of indices, in row-major order; none where a range is empty.
        record Unrolled(List<Value> values) implements Spread {}
    }

    Spread spread(Tree.Expr body, List<Tree.Range> ranges) {
        // Where an inner range moves with an unrolled index, its values are told apart one by one too: only so is what
        // mentions the inner index alone evaluated once for each of its values.
        if (!mentionsUnrolled(ranges.getFirst())) {
            List<Value.Axis> axes = new ArrayList<>();
            ProgramBuilder.Mark mark = elaborator.program.mark();
            int told = elaborator.problems.size();
            int before = remembered.size();
            try {
                Value v = withAxes(ranges, axes, () -> in.value(body));
                return v == null ? new Spread.Unrolled(List.of()) : new Spread.Mapped(v.inward(axes), axes.size());
            } catch (NeedsUnrolling n) {
                if (!axes.contains(n.axis)) throw n;
                elaborator.program.rollback(mark);
                elaborator.problems.subList(told, elaborator.problems.size()).clear();
                while (remembered.size() > before) remembered.pollLastEntry();
            }
        }
        List<Value> values = new ArrayList<>();
        unroll(body, ranges, values);
        return new Spread.Unrolled(values);
    }

    /// Evaluates with each range's index bound to an axis; null where a range is empty.
    Value withAxes(List<Tree.Range> ranges, List<Value.Axis> axes, Supplier<Value> body) {
        if (ranges.size() == axes.size()) return body.get();
        Tree.Range r = ranges.get(axes.size());
        long from = from(r);
        long to = to(r);
        if (to < from) return null;
        if (to - from >= Emitter.MOST_ENTRIES)
            throw new Mistake(new Problem.TooManyEntries(in.span(r.at()), "the length of this range", Long.toString(to - from + 1), Emitter.MOST_ENTRIES));
        Value.Axis axis = knownAxes.computeIfAbsent(new RangeKey(r, from, to),
                k -> new Value.Axis(r.variable().text(), (int) from, (int) (to - from + 1), elaborator.nextAxis()));
        axes.add(axis);
        return bound(r.variable().text(), Affine.of(axis), () -> withAxes(ranges, axes, body));
    }

    /// Does something for each index of a range, known then.
    void forEach(Tree.Range r, Runnable body) {
        long from = from(r);
        long to = to(r);
        for (long i = from; i <= to; i++) {
            elaborator.count(r.at(), in.frame);
            bound(r.variable().text(), Affine.of(i), () -> {
                body.run();
                return null;
            });
        }
    }

    private long from(Tree.Range r) {
        return in.integers.value(r.from(), "a bound of `for`");
    }

    private long to(Tree.Range r) {
        return in.integers.value(r.to(), "a bound of `for`");
    }

    private <T> T bound(String name, Affine value, Supplier<T> body) {
        Binding hidden = names.put(name, new Binding.Index(value));
        try {
            return body.get();
        } finally {
            if (hidden != null) names.put(name, hidden);
            else names.remove(name);
        }
    }

    // ---- one index after the other

    private void unroll(Tree.Expr body, List<Tree.Range> ranges, List<Value> out) {
        Tree.Range r = ranges.getFirst();
        String name = r.variable().text();
        long from = from(r);
        long to = to(r);
        long outer = rounds;
        if (!mentionsUnrolled(r)) rounds = elaborator.requireRounds(Math.multiplyExact(outer, Math.max(1, to - from + 1)), r.at(), in.frame);
        boolean outermost = unrolled.add(name);
        try {
            for (long i = from; i <= to; i++) {
                elaborator.count(r.at(), in.frame);
                bound(name, Affine.of(i), () -> {
                    round(body, r, ranges.subList(1, ranges.size()), out);
                    return null;
                });
            }
        } finally {
            rounds = outer;
            // An outer index may turn out to need unrolling in the midst of this.
            if (outermost) unrolled.remove(name);
            if (unrolled.isEmpty()) remembered.clear();
        }
    }

    private void round(Tree.Expr body, Tree.Range r, List<Tree.Range> rest, List<Value> out) {
        if (rest.isEmpty()) {
            out.add(in.value(body));
            return;
        }
        switch (spread(body, rest)) {
            case Spread.Unrolled(List<Value> values) -> out.addAll(values);
            case Spread.Mapped(Value v, int inner) -> {
                long each = 1;
                for (int k = 0; k < inner; k++) each = Math.multiplyExact(each, v.own()[k]);
                elaborator.requireRounds(Math.multiplyExact(rounds, each), r.at(), in.frame);
                split(v.operand(), v.axes(), inner, out);
            }
        }
    }

    /// One value for each tuple of indices of the first `inner` own dimensions.
    private static void split(Operand o, List<Value.Axis> outer, int inner, List<Value> out) {
        if (inner == 0) {
            out.add(new Value(outer, o));
            return;
        }
        int n = o.shape()[outer.size()];
        for (int k = 0; k < n; k++) split(o.at(outer.size(), k), outer, inner - 1, out);
    }

    private boolean mentionsUnrolled(Tree.Range r) {
        if (unrolled.isEmpty()) return false;
        Set<String> m = new HashSet<>(mentions.of(r.from()));
        m.addAll(mentions.of(r.to()));
        m.retainAll(unrolled);
        return !m.isEmpty();
    }

    /// [comp-once] The value of a subexpression, evaluated once for each value of those unrolled indices that it mentions.
    Value once(Tree.Expr e, Supplier<Value> evaluate) {
        return unrolled.isEmpty() ? evaluate.get() : once(e, 0, mentions.of(e), evaluate);
    }

    /// [comp-once] A chain, each prefix of which is a subexpression; `link` is its k-th link with what stands before it.
    Value onceByLinks(Tree.Chain c, Link link) {
        Set<String> mentioned = new HashSet<>(mentions.of(c.first()));
        Value v = in.value(c.first());
        for (int k = 0; k < c.signs().length; k++) {
            mentioned.addAll(mentions.of(c.rest().get(k)));
            Value left = v;
            int index = k;
            v = once(c, k + 1, mentioned, () -> link.of(index, left));
        }
        return v;
    }

    interface Link {
        Value of(int k, Value left);
    }

    boolean unrolls() {
        return !unrolled.isEmpty();
    }

    private Value once(Tree.Expr e, int prefix, Set<String> mentioned, Supplier<Value> evaluate) {
        if (mentioned.containsAll(unrolled)) return evaluate.get();
        Map<String, Affine> indices = new HashMap<>();
        for (String m : mentioned) if (names.get(m) instanceof Binding.Index i) indices.put(m, i.value());
        Key key = new Key(e, prefix, indices);
        Value known = remembered.get(key);
        if (known == null) remembered.put(key, known = evaluate.get());
        return known;
    }
}
