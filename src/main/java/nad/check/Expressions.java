package nad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Operand;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Expressions in the scope of one program's text: to [Value]s, to compile-time integers, to affine subscripts.
final class Expressions {
    private static final int MOST_SUGGESTIONS = 20;

    final Elaborator elaborator;
    final Elaborator.Frame frame;
    final Emitter emit;
    private final Calls calls;
    /// Indices of comprehensions that are being unrolled, with their values; their subexpressions are remembered.
    private final Set<String> unrolled = new HashSet<>();
    /// How many rounds the ranges that are being unrolled have together, as far as their lengths do not depend on each other.
    private long rounds = 1;
    private final LinkedHashMap<Key, Value> remembered = new LinkedHashMap<>();
    private final Map<Tree.Expr, Set<String>> mentions = new IdentityHashMap<>();

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

    Expressions(Elaborator elaborator, Elaborator.Frame frame) {
        this.elaborator = elaborator;
        this.frame = frame;
        this.emit = elaborator.emit;
        this.calls = new Calls(this);
    }

    Span span(long at) {
        return frame.span(at);
    }

    // ---- values

    /// Values of several expressions: what is wrong in one does not hide what is wrong in another.
    List<Value> values(List<Tree.Expr> list) {
        List<Value> out = new ArrayList<>(list.size());
        for (Tree.Expr e : list)
            out.add(orTold(() -> {
                Value v = value(e);
                emit.requireView(v.own(), span(e.at()));
                return v;
            }));
        if (out.contains(null)) throw new Mistake(null);
        return out;
    }

    /// Null where a mistake was found, which is told.
    private Value orTold(Supplier<Value> s) {
        try {
            return s.get();
        } catch (Mistake m) {
            elaborator.tell(m);
            return null;
        }
    }

    Value value(Tree.Expr e) {
        if (unrolled.isEmpty() || e instanceof Tree.Number || e instanceof Tree.Name || e instanceof Tree.Chain) return evaluate(e);
        return once(e, 0, mentions(e), () -> evaluate(e));
    }

    /// [comp-once] Evaluates a subexpression once for each value of those indices that it mentions.
    private Value once(Tree.Expr e, int prefix, Set<String> mentioned, Supplier<Value> evaluate) {
        if (mentioned.containsAll(unrolled)) return evaluate.get();
        Map<String, Affine> indices = new HashMap<>();
        for (String m : mentioned) if (frame.names.get(m) instanceof Binding.Index i) indices.put(m, i.value());
        Key key = new Key(e, prefix, indices);
        Value known = remembered.get(key);
        if (known == null) remembered.put(key, known = evaluate.get());
        return known;
    }

    private Value evaluate(Tree.Expr e) {
        return switch (e) {
            case Tree.Number n -> emit.constant(n.value());
            case Tree.Name n -> read(n.text(), n.at());
            case Tree.Chain c -> chain(c);
            case Tree.Negate n -> emit.pointwise(Standard.NEG, span(n.at()), value(n.of()));
            case Tree.Power p -> power(p);
            case Tree.Index i -> subscripted(i);
            case Tree.Transpose t -> transpose(t);
            case Tree.ListOf l -> list(l);
            case Tree.Comprehension c -> comprehension(c);
            case Tree.Call c -> calls.call(c);
        };
    }

    Value read(String name, long at) {
        Binding b = frame.names.get(name);
        Elaborator.markUsed(b);
        return switch (b) {
            case Binding.Known k -> k.value;
            case Binding.Assembled x -> x.whole();
            case Binding.Index i -> number(i.value(), span(at));
            case Binding.Bar bar -> Value.of(elaborator.program.operand(bar.variable()));
            case Binding.Unknown u -> throw new Mistake(null);
            case null -> {
                Value c = frame.items.constant(name);
                if (c != null) yield c;
                if (frame.items.excuses(name)) throw new Mistake(null);
                if (frame.items.isFunction(name)) throw new Mistake(new Problem.NotAValue(span(at), name));
                throw new Mistake(new Problem.UnknownName(span(at), name, knownNames()));
            }
        };
    }

    /// What an unknown name may have meant. It is told for the first mistakes only: a list of 10⁶ names for each of 10⁶ would
    /// fill the memory.
    private List<String> knownNames() {
        if (elaborator.problems.size() > MOST_SUGGESTIONS) return List.of();
        List<String> out = new ArrayList<>(frame.names.keySet());
        out.addAll(frame.items.constants.keySet());
        return out;
    }

    /// An index as a number: along its axes the constant tensor of its values.
    private Value number(Affine a, Span at) {
        if (a.isConstant()) return emit.constant(Rational.of(a.constant()));
        List<Value.Axis> axes = new ArrayList<>(a.coefficients().keySet());
        axes.sort((x, y) -> Integer.compare(x.depth, y.depth));
        int[] shape = Value.sizes(axes);
        emit.requireFolding(Emitter.entries(shape), at);
        Quantity[] data = new Quantity[Shapes.size(shape)];
        int[] index = new int[shape.length];
        for (int n = 0; n < data.length; n++) {
            long v = a.constant();
            for (int k = 0; k < index.length; k++) v += a.coefficients().get(axes.get(k)) * index[k];
            data[n] = Rational.of(v);
            for (int k = index.length - 1; k >= 0 && ++index[k] == shape[k]; k--) index[k] = 0;
        }
        return new Value(axes, new Operand.Constant(data, Layout.whole(shape)));
    }

    private Value chain(Tree.Chain c) {
        if (unrolled.isEmpty()) {
            Value v = orTold(() -> value(c.first()));
            for (int k = 0; k < c.signs().length; k++) {
                int link = k;
                Value left = v;
                Value right = orTold(() -> value(c.rest().get(link)));
                v = left == null || right == null ? null : orTold(() -> link(c, link, left, right));
            }
            if (v == null) throw new Mistake(null);
            return v;
        }
        // Each prefix of a chain is a subexpression.
        Set<String> mentioned = new HashSet<>(mentions(c.first()));
        Value v = value(c.first());
        for (int k = 0; k < c.signs().length; k++) {
            mentioned.addAll(mentions(c.rest().get(k)));
            Value left = v;
            int link = k;
            v = once(c, k + 1, mentioned, () -> link(c, link, left, value(c.rest().get(link))));
        }
        return v;
    }

    private Value link(Tree.Chain c, int k, Value x, Value y) {
        Span at = span(Tree.at((int) (c.at() >>> 32), (int) c.rest().get(k).at()));
        return switch (c.signs()[k]) {
            case '+' -> emit.pointwise(Standard.ADD, at, x, y);
            case '-' -> emit.pointwise(Standard.SUBTRACT, at, x, y);
            case '*' -> emit.pointwise(Standard.MULTIPLY, at, x, y);
            case '/' -> emit.pointwise(Standard.DIVIDE, at, x, y);
            default -> emit.matmul(at, x, y);
        };
    }

    Value subscripted(Tree.Index i) {
        // Of a tensor with replaced entries only those asked for are looked at: a loop that fills a vector stays linear.
        if (i.of() instanceof Tree.Name n && frame.names.get(n.text()) instanceof Binding.Assembled x && i.subscripts().stream().allMatch(this::isFixed))
            return x.part(place(i));
        return index(value(i.of()), i.subscripts());
    }

    /// Whether a subscript selects the same for every value of the comprehensions' indices.
    private boolean isFixed(Tree.Subscript s) {
        return !s.isIndex() || affine(s.from(), "an index").isConstant();
    }

    /// Which entries of a name's value constant subscripts select.
    Layout place(Tree.Index i) {
        Tree.Name n = (Tree.Name) i.of();
        int[] shape = frame.names.get(n.text()) instanceof Binding.Assembled x ? x.shape : read(n.text(), n.at()).own();
        requireRank(shape, i.subscripts());
        return selected(Layout.whole(shape), i.subscripts());
    }

    private Value transpose(Tree.Transpose t) {
        Value v = value(t.of());
        int lead = v.axes().size();
        int r = v.ownRank();
        if (r < 2) return v;
        int[] order = new int[lead + r];
        for (int k = 0; k < lead; k++) order[k] = k;
        for (int k = 0; k < r; k++) order[lead + k] = lead + r - 1 - k;
        return new Value(v.axes(), v.operand().permute(order));
    }

    // ---- powers

    private Value power(Tree.Power p) {
        Value x = value(p.base());
        Value k = value(p.exponent());
        Span at = span(p.at());
        if (!k.isConstant()) return emit.pointwise(Standard.POWER, at, x, k);
        Quantity q = ((Operand.Constant) k.operand()).uniform();
        if (q == null) {
            if (!k.axes().isEmpty()) throw new NeedsUnrolling(k.axes().getFirst());
            return emit.pointwise(Standard.POWER, at, x, k);
        }
        if (!(q instanceof Rational r && r.isInteger())) return emit.pointwise(Standard.POWER, at, x, k);
        Integer n = r.asInt();
        if (n == null || Math.abs(n) > 1_000_000 || x.isConstant() && Math.abs(n) > 4096)
            throw new Mistake(new Problem.NumberTooLarge(span(p.exponent().at()), "^" + text(p.exponent())));
        return integerPower(x, n, at);
    }

    /// Left-to-right binary: ⌊log2 n⌋ + popcount(n) − 1 products.
    private Value integerPower(Value x, int n, Span at) {
        Value one = new Value(x.axes(), Operand.Constant.filled(Rational.ONE, x.operand().shape()));
        if (n == 0) return one;
        int k = Math.abs(n);
        Value p = x;
        for (int bit = Integer.highestOneBit(k) >> 1; bit > 0; bit >>= 1) {
            p = emit.pointwise(Standard.MULTIPLY, at, p, p);
            if ((k & bit) != 0) p = emit.pointwise(Standard.MULTIPLY, at, p, x);
        }
        return n > 0 ? p : emit.pointwise(Standard.DIVIDE, at, emit.constant(Rational.ONE), p);
    }

    // ---- lists and comprehensions

    private Value list(Tree.ListOf l) {
        if (l.elements().isEmpty()) throw new Mistake(new Problem.EmptyList(span(l.at())));
        return stack(values(l.elements()), l);
    }

    private Value stack(List<Value> parts, Tree.Expr at) {
        List<Value.Axis> axes = List.of();
        for (Value v : parts) axes = Value.union(axes, v.axes());
        int[] own = parts.getFirst().own();
        List<Operand> operands = new ArrayList<>(parts.size());
        boolean constant = true;
        for (int k = 0; k < parts.size(); k++) {
            Value v = parts.get(k);
            if (!Arrays.equals(v.own(), own)) {
                long where = at instanceof Tree.ListOf l ? l.elements().get(k).at() : at.at();
                throw new Mistake(new Problem.Ragged(span(where), Shapes.text(own), Shapes.text(v.own())));
            }
            operands.add(v.spread(axes, own));
            constant &= v.isConstant();
        }
        if (constant) {
            emit.requireRoom(Shapes.concat(own, parts.size()), span(at.at()));
            emit.requireFolding((long) parts.size() * Shapes.size(operands.getFirst().shape()), span(at.at()));
        }
        Operand s = Operand.Stack.joined(axes.size(), operands);
        if (s instanceof Operand.Stack several) elaborator.requireSingle(several, span(at.at()));
        return new Value(axes, s);
    }

    private Value comprehension(Tree.Comprehension c) {
        if (c.element() instanceof Tree.Comprehension inner && inner.at() == c.at())
            throw new Mistake(new Problem.Misplaced(span(inner.range().at()), "a second clause", "`[e for …]`"));
        Spread s = spread(c.element(), List.of(c.range()));
        if (s.parts != null) return s.parts.isEmpty() ? refuseEmpty(c) : stack(s.parts, c);
        Value v = s.value;
        List<Value.Axis> outer = without(v.axes(), s.axes);
        // The index becomes the first of the value's own axes.
        return new Value(outer, front(v, outer, s.axes));
    }

    private Value refuseEmpty(Tree.Comprehension c) {
        throw new Mistake(new Problem.EmptyRange(span(c.range().at()), "[ ]"));
    }

    static List<Value.Axis> without(List<Value.Axis> all, List<Value.Axis> removed) {
        return all.stream().filter(a -> !removed.contains(a)).toList();
    }

    /// The operand with axes: `outer`, then `moved`, then the value's own.
    static Operand front(Value v, List<Value.Axis> outer, List<Value.Axis> moved) {
        List<Value.Axis> order = new ArrayList<>(outer);
        order.addAll(moved);
        return arranged(v, order);
    }

    /// The operand with its axes in this order (repeated along those it lacks), then the value's own.
    static Operand arranged(Value v, List<Value.Axis> order) {
        Operand o = v.operand();
        List<Value.Axis> have = new ArrayList<>(v.axes());
        for (Value.Axis a : order)
            if (!have.contains(a)) {
                o = o.repeat(have.size(), a.size);
                have.add(a);
            }
        int[] to = new int[o.rank()];
        for (int k = 0; k < to.length; k++) to[k] = k < order.size() ? have.indexOf(order.get(k)) : k;
        return o.permute(to);
    }

    /// [comp-map] The values of `body` over ranges: either one value with an axis for each range, or, where that cannot be, one value
    /// for each tuple of indices, in row-major order.
    static final class Spread {
        List<Value.Axis> axes;
        Value value;
        List<Value> parts;
    }

    Spread spread(Tree.Expr body, List<Tree.Range> ranges) {
        Spread s = new Spread();
        s.axes = new ArrayList<>();
        // Where an inner range moves with an unrolled index, its values are told apart one by one too: only so is what
        // mentions the inner index alone evaluated once for each of its values.
        boolean moves = !unrolled.isEmpty() && mentionsUnrolled(ranges.getFirst());
        if (!moves) {
            ProgramBuilder.Mark mark = elaborator.program.mark();
            int told = elaborator.problems.size();
            int before = remembered.size();
            try {
                s.value = withAxes(ranges, s.axes, () -> value(body));
                if (s.value == null) s.parts = List.of();
                return s;
            } catch (NeedsUnrolling n) {
                if (!s.axes.contains(n.axis)) throw n;
                elaborator.program.rollback(mark);
                elaborator.problems.subList(told, elaborator.problems.size()).clear();
                while (remembered.size() > before) remembered.pollLastEntry();
            }
        }
        s.parts = new ArrayList<>();
        unroll(body, ranges, s.parts);
        return s;
    }

    private boolean mentionsUnrolled(Tree.Range r) {
        Set<String> m = new HashSet<>(mentions(r.from()));
        m.addAll(mentions(r.to()));
        m.retainAll(unrolled);
        return !m.isEmpty();
    }

    /// Evaluates with each range's index bound to an axis; null where a range is empty.
    Value withAxes(List<Tree.Range> ranges, List<Value.Axis> axes, Supplier<Value> body) {
        if (ranges.size() == axes.size()) return body.get();
        Tree.Range r = ranges.get(axes.size());
        long from = integer(r.from(), "a bound of `for`");
        long to = integer(r.to(), "a bound of `for`");
        if (to < from) return null;
        if (to - from >= Emitter.MOST_ENTRIES)
            throw new Mistake(new Problem.TooManyEntries(span(r.at()), "the length of this range", Long.toString(to - from + 1), Emitter.MOST_ENTRIES));
        Value.Axis axis = knownAxes.computeIfAbsent(new RangeKey(r, from, to),
                k -> new Value.Axis(r.variable().text(), (int) from, (int) (to - from + 1), elaborator.nextAxis()));
        axes.add(axis);
        return bound(r.variable().text(), Affine.of(axis), () -> withAxes(ranges, axes, body));
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

    private final Map<RangeKey, Value.Axis> knownAxes = new HashMap<>();

    private <T> T bound(String name, Affine value, Supplier<T> body) {
        Binding hidden = frame.names.put(name, new Binding.Index(value));
        try {
            return body.get();
        } finally {
            if (hidden != null) frame.names.put(name, hidden);
            else frame.names.remove(name);
        }
    }

    /// Does something for each index of a range, known then.
    void forEach(Tree.Range r, Runnable body) {
        long from = integer(r.from(), "a bound of `for`");
        long to = integer(r.to(), "a bound of `for`");
        for (long i = from; i <= to; i++) {
            elaborator.count(r.at(), frame);
            bound(r.variable().text(), Affine.of(i), () -> {
                body.run();
                return null;
            });
        }
    }

    private void unroll(Tree.Expr body, List<Tree.Range> ranges, List<Value> out) {
        Tree.Range r = ranges.getFirst();
        List<Tree.Range> rest = ranges.subList(1, ranges.size());
        String name = r.variable().text();
        long from = integer(r.from(), "a bound of `for`");
        long to = integer(r.to(), "a bound of `for`");
        long outer = rounds;
        if (!mentionsUnrolled(r)) rounds = elaborator.requireRounds(Math.multiplyExact(outer, Math.max(1, to - from + 1)), r.at(), frame);
        boolean outermost = unrolled.add(name);
        try {
            for (long i = from; i <= to; i++) {
                elaborator.count(r.at(), frame);
                bound(name, Affine.of(i), () -> {
                    if (rest.isEmpty()) {
                        out.add(value(body));
                        return null;
                    }
                    Spread inner = spread(body, rest);
                    if (inner.parts != null) out.addAll(inner.parts);
                    else {
                        long each = 1;
                        for (Value.Axis x : inner.axes) each = Math.multiplyExact(each, x.size);
                        elaborator.requireRounds(Math.multiplyExact(rounds, each), r.at(), frame);
                        split(inner, out);
                    }
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

    /// One value for each tuple of the axes' indices.
    private static void split(Spread s, List<Value> out) {
        List<Value.Axis> outer = without(s.value.axes(), s.axes);
        Operand o = front(s.value, outer, s.axes);
        split(o, outer, s.axes.size(), out);
    }

    private static void split(Operand o, List<Value.Axis> outer, int axes, List<Value> out) {
        if (axes == 0) {
            out.add(new Value(outer, o));
            return;
        }
        int n = o.shape()[outer.size()];
        for (int k = 0; k < n; k++) split(o.at(outer.size(), k), outer, axes - 1, out);
    }

    /// The names that an expression mentions.
    private Set<String> mentions(Tree.Expr e) {
        Set<String> known = mentions.get(e);
        if (known != null) return known;
        Set<String> out = new HashSet<>();
        collect(e, out);
        mentions.put(e, out);
        return out;
    }

    private void collect(Tree.Expr e, Set<String> out) {
        switch (e) {
            case null -> {}
            case Tree.Number n -> {}
            case Tree.Name n -> out.add(n.text());
            case Tree.Chain c -> {
                collect(c.first(), out);
                for (Tree.Expr r : c.rest()) collect(r, out);
            }
            case Tree.Negate n -> collect(n.of(), out);
            case Tree.Power p -> {
                collect(p.base(), out);
                collect(p.exponent(), out);
            }
            case Tree.Index i -> {
                collect(i.of(), out);
                for (Tree.Subscript s : i.subscripts()) {
                    collect(s.from(), out);
                    collect(s.to(), out);
                }
            }
            case Tree.Transpose t -> collect(t.of(), out);
            case Tree.ListOf l -> l.elements().forEach(x -> collect(x, out));
            case Tree.Comprehension c -> collect(List.of(c.range()), List.of(c.element()), out);
            case Tree.Call c -> {
                List<Tree.Expr> args = new ArrayList<>(c.arguments().stream().map(Tree.Argument::value).toList());
                if (c.last() != null) args.add(c.last());
                collect(c.clauses(), args, out);
            }
        }
    }

    /// What is bound inside is not mentioned.
    private void collect(List<Tree.Range> ranges, List<Tree.Expr> bodies, Set<String> out) {
        Set<String> inner = new HashSet<>();
        for (Tree.Expr b : bodies) collect(b, inner);
        for (int k = ranges.size() - 1; k >= 0; k--) {
            inner.remove(ranges.get(k).variable().text());
            collect(ranges.get(k).from(), inner);
            collect(ranges.get(k).to(), inner);
        }
        out.addAll(inner);
    }

    // ---- compile-time integers

    long integer(Tree.Expr e, String what) {
        Affine a = affine(e, what);
        if (!a.isConstant()) throw new NeedsUnrolling(a.anyAxis());
        return a.constant();
    }

    private Affine affine(Tree.Expr e, String what) {
        try {
            return switch (e) {
                case Tree.Name n when frame.names.get(n.text()) instanceof Binding.Index i -> i.value();
                case Tree.Number n when n.value().asInt() != null -> Affine.of(n.value().asInt());
                case Tree.Negate n -> Affine.of(0).plus(affine(n.of(), what), -1);
                case Tree.Chain c when linear(c) -> {
                    Affine a = affine(c.first(), what);
                    for (int k = 0; k < c.signs().length; k++) {
                        Affine b = affine(c.rest().get(k), what);
                        a = switch (c.signs()[k]) {
                            case '+' -> a.plus(b, 1);
                            case '-' -> a.plus(b, -1);
                            default -> {
                                if (!a.isConstant() && !b.isConstant()) throw new NeedsUnrolling(a.anyAxis());
                                yield a.isConstant() ? b.times(a.constant()) : a.times(b.constant());
                            }
                        };
                    }
                    yield a;
                }
                default -> constantInteger(e, what);
            };
        } catch (ArithmeticException overflow) {
            throw new Mistake(new Problem.NumberTooLarge(span(e.at()), text(e)));
        }
    }

    private static boolean linear(Tree.Chain c) {
        for (char s : c.signs()) if (s == '/' || s == '@') return false;
        return true;
    }

    private Affine constantInteger(Tree.Expr e, String what) {
        Value v = value(e);
        if (!v.isConstant()) throw new Mistake(new Problem.NotConstant(span(e.at()), what));
        if (!v.axes().isEmpty()) throw new NeedsUnrolling(v.axes().getFirst());
        if (v.ownRank() > 0) throw new Mistake(new Problem.NotAnInteger(span(e.at()), what, Shapes.text(v.own())));
        Quantity q = ((Operand.Constant) v.operand()).get(0);
        if (q instanceof Real r && r.value() == Math.rint(r.value()) && Math.abs(r.value()) < 1e15) return Affine.of((long) r.value());
        if (!(q instanceof Rational r) || !r.isInteger()) throw new Mistake(new Problem.NotAnInteger(span(e.at()), what, q instanceof Rational r ? r.literal() : Double.toString(q.toDouble())));
        if (r.numerator().bitLength() > 62) throw new Mistake(new Problem.NumberTooLarge(span(e.at()), text(e)));
        return Affine.of(r.numerator().longValue());
    }

    String text(Tree.Expr e) {
        return frame.source.text().substring((int) (e.at() >>> 32), (int) e.at());
    }

    /// The shape that dimensions in brackets denote; null is a scalar's.
    int[] shape(List<Tree.Expr> dimensions) {
        if (dimensions == null) return Shapes.SCALAR;
        int[] shape = new int[dimensions.size()];
        for (int k = 0; k < shape.length; k++) {
            Tree.Expr e = dimensions.get(k);
            shape[k] = (int) elaborator.requireSize(span(e.at()), "the dimension `" + text(e) + "`", integer(e, "a dimension"), 1);
        }
        return shape;
    }

    // ---- subscripts

    /// The view that subscripts make of a value's own axes.
    Value index(Value v, List<Tree.Subscript> subscripts) {
        requireRank(v.own(), subscripts);
        Operand o = v.operand();
        List<Value.Axis> axes = v.axes();
        // From the last to the first, so that the positions of the earlier axes stay.
        for (int d = subscripts.size() - 1; d >= 0; d--) {
            Tree.Subscript s = subscripts.get(d);
            if (s.from() == null) continue;
            int axis = axes.size() + d;
            int size = o.shape()[axis];
            if (!s.isIndex()) {
                long[] r = range(s, size);
                o = o.slice(axis, (int) r[0] - 1, (int) (r[1] - r[0] + 1));
                continue;
            }
            Affine a = subscript(s, size);
            if (a.isConstant()) {
                o = o.at(axis, (int) a.constant() - 1);
                continue;
            }
            Value moved = pick(new Value(axes, o), axis, a);
            // The picked axis is gone, new leading axes may have come.
            o = moved.operand();
            axes = moved.axes();
        }
        return new Value(axes, o);
    }

    /// One own axis read at an affine position: along the index's axes the layout's stride does it.
    private Value pick(Value v, int axis, Affine a) {
        List<Value.Axis> all = new ArrayList<>(a.coefficients().keySet());
        all.sort((x, y) -> Integer.compare(x.depth, y.depth));
        List<Value.Axis> axes = Value.union(v.axes(), all);
        if (v.operand() instanceof Operand.View w) return new Value(axes, new Operand.View(w.variable(), picked(w.layout(), v.axes(), axes, axis, a)));
        if (v.operand() instanceof Operand.Constant c) return new Value(axes, new Operand.Constant(c.data(), picked(c.layout(), v.axes(), axes, axis, a)));
        if (all.size() > 1 || v.axes().contains(all.getFirst())) throw new NeedsUnrolling(all.getFirst());
        Value.Axis x = all.getFirst();
        List<Operand> parts = new ArrayList<>(x.size);
        for (int k = 0; k < x.size; k++) parts.add(v.operand().at(axis, (int) (a.constant() + a.coefficients().get(x) * k) - 1));
        return new Value(axes, Operand.Stack.joined(axes.indexOf(x), parts));
    }

    private static Layout picked(Layout l, List<Value.Axis> old, List<Value.Axis> axes, int axis, Affine a) {
        int own = l.rank() - old.size() - 1;
        int[] shape = new int[axes.size() + own];
        int[] strides = new int[shape.length];
        for (int k = 0; k < axes.size(); k++) {
            Value.Axis x = axes.get(k);
            shape[k] = x.size;
            int was = old.indexOf(x);
            strides[k] = (was < 0 ? 0 : l.strides()[was]) + (int) (a.coefficients().getOrDefault(x, 0L) * l.strides()[axis]);
        }
        int to = axes.size();
        for (int k = old.size(); k < l.rank(); k++) {
            if (k == axis) continue;
            shape[to] = l.shape()[k];
            strides[to++] = l.strides()[k];
        }
        return new Layout(l.offset() + (int) (a.constant() - 1) * l.strides()[axis], shape, strides);
    }

    private void requireRank(int[] shape, List<Tree.Subscript> subscripts) {
        int rank = shape.length;
        if (subscripts.size() <= rank || rank == 0 && subscripts.size() == 1 && subscripts.getFirst().from() == null) return;
        Span at = span(Tree.at((int) (subscripts.get(rank).at() >>> 32), (int) subscripts.getLast().at()));
        throw new Mistake(new Problem.TooManySubscripts(at, subscripts.size(), Shapes.text(shape)));
    }

    private Affine subscript(Tree.Subscript s, int size) {
        Affine a = affine(s.from(), "an index");
        long wrong = a.least() < 1 ? a.least() : a.greatest() > size ? a.greatest() : 0;
        if (a.least() < 1 || a.greatest() > size)
            throw new Mistake(new Problem.IndexOutOfRange(span(s.at()), Long.toString(wrong), size, text(s.from())));
        return a;
    }

    /// A range's ends; they may not depend on an index.
    private long[] range(Tree.Subscript s, int size) {
        long from = integer(s.from(), "an end of a range");
        long to = integer(s.to(), "an end of a range");
        if (to < from) throw new Mistake(new Problem.EmptyRange(span(s.at()), "range " + from + ".." + to));
        if (from < 1 || to > size)
            throw new Mistake(new Problem.IndexOutOfRange(span(s.at()), from < 1 ? Long.toString(from) : Long.toString(to), size, text(from < 1 ? s.from() : s.to())));
        return new long[] {from, to};
    }

    private Layout selected(Layout l, List<Tree.Subscript> subscripts) {
        for (int d = subscripts.size() - 1; d >= 0; d--) {
            Tree.Subscript s = subscripts.get(d);
            if (s.from() == null) continue;
            int size = l.shape()[d];
            if (s.isIndex()) {
                Affine a = subscript(s, size);
                if (!a.isConstant()) throw new NeedsUnrolling(a.anyAxis());
                l = l.at(d, (int) a.constant() - 1);
            } else {
                long[] r = range(s, size);
                l = l.slice(d, (int) r[0] - 1, (int) (r[1] - r[0] + 1));
            }
        }
        return l;
    }
}
