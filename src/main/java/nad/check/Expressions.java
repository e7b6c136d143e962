package nad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
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
    final Integers integers;
    final Comprehensions comprehensions;
    private final Subscripts subscripts;
    private final Calls calls;

    Expressions(Elaborator elaborator, Elaborator.Frame frame) {
        this.elaborator = elaborator;
        this.frame = frame;
        this.emit = elaborator.emit;
        this.integers = new Integers(this);
        this.comprehensions = new Comprehensions(this, frame.names);
        this.subscripts = new Subscripts(this);
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
        if (e instanceof Tree.Number || e instanceof Tree.Name || e instanceof Tree.Chain) return evaluate(e);
        return comprehensions.once(e, () -> evaluate(e));
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
        if (comprehensions.unrolls()) return comprehensions.onceByLinks(c, (k, left) -> link(c, k, left, value(c.rest().get(k))));
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
        if (i.of() instanceof Tree.Name n && frame.names.get(n.text()) instanceof Binding.Assembled x && i.subscripts().stream().allMatch(subscripts::isFixed))
            return x.part(place(i));
        return index(value(i.of()), i.subscripts());
    }

    /// The view that subscripts make of a value's own dimensions.
    Value index(Value v, List<Tree.Subscript> s) {
        return subscripts.index(v, s);
    }

    /// Which entries of a name's value constant subscripts select.
    Layout place(Tree.Index i) {
        return subscripts.place(i);
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
            throw new Mistake(new Problem.NumberTooLarge(span(p.exponent().at()), "^" + integers.text(p.exponent())));
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

    private Value comprehension(Tree.Comprehension c) {
        if (c.element() instanceof Tree.Comprehension inner && inner.at() == c.at())
            throw new Mistake(new Problem.Misplaced(span(inner.range().at()), "a second clause", "`[e for …]`"));
        return switch (comprehensions.spread(c.element(), List.of(c.range()))) {
            case Comprehensions.Spread.Mapped m -> m.value();
            case Comprehensions.Spread.Unrolled u when u.values().isEmpty() -> throw new Mistake(new Problem.EmptyRange(span(c.range().at()), "[ ]"));
            case Comprehensions.Spread.Unrolled u -> stack(u.values(), c);
        };
    }

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
}
