package nad.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import nad.arithmetic.Rational;
import nad.report.Problem;
import nad.report.Source;
import nad.syntax.Parser;
import nad.syntax.Tree;
import nad.tensor.Shapes;

/// What a program means, straight from its syntax tree: loops run as loops, calls as calls, tensors are arrays that are
/// copied. It shares nothing with elaboration, the dictionary or the interpreter, and is what they are compared with.
final class Naive<T> {
    /// Values in row-major order.
    record Array<T>(int[] shape, List<T> data) {}

    private static final Tree.File PRELUDE = prelude();

    private final Algebra<T> in;
    private final Map<String, Tree.Item> items = new HashMap<>();
    private Map<String, Object> names = new HashMap<>();

    private Naive(Tree.File file, Algebra<T> in) {
        this.in = in;
        for (Tree.File f : List.of(PRELUDE, file))
            for (Tree.Item i : f.items()) {
                switch (i) {
                    case Tree.Const c -> items.put(c.name().text(), c);
                    case Tree.Elementary e -> items.put(e.name().text(), e);
                    case Tree.Program p -> items.put(p.name().text(), p);
                    default -> {}
                }
            }
    }

    /// The results of the last program of a text.
    static <T> List<Array<T>> run(String text, Map<String, Array<T>> inputs, Algebra<T> in) {
        Tree.File file = parse(text);
        Naive<T> naive = new Naive<>(file, in);
        Tree.Program p = (Tree.Program) file.items().getLast();
        for (Tree.Size s : p.sizes()) naive.names.put(s.name().text(), naive.integer(s.standard()));
        for (Tree.Parameter q : p.parameters()) naive.names.put(q.name().text(), inputs.get(q.name().text()));
        return naive.body(p.body());
    }

    static Tree.File parse(String text) {
        List<Problem> problems = new ArrayList<>();
        Tree.File f = Parser.parse(new Source("test", text), problems);
        if (f == null) throw new IllegalArgumentException(problems + "\n" + text);
        return f;
    }

    private static Tree.File prelude() {
        try (var in = Naive.class.getResourceAsStream("/nad/prelude.nad")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- statements

    private List<Array<T>> body(List<Tree.Statement> body) {
        for (Tree.Statement s : body) {
            switch (s) {
                case Tree.Assign a -> assign(a);
                case Tree.Loop l -> over(List.of(new Tree.Range(l.variable(), l.from(), l.to(), l.at())), () -> body(l.body()));
                case Tree.Return r -> {
                    return r.values().stream().map(this::value).toList();
                }
                case Tree.Adjoint a -> throw new IllegalArgumentException("no dumps here");
            }
        }
        return null;
    }

    private void assign(Tree.Assign a) {
        if (!a.clauses().isEmpty()) {
            over(a.clauses(), () -> assign(new Tree.Assign(a.target(), a.subscripts(), a.relation(), a.value(), List.of(), a.at())));
            return;
        }
        String name = a.target().text();
        Array<T> v = value(a.value());
        if (a.subscripts() == null) {
            names.put(name, a.relation().equals("=") ? v : change(array(names.get(name)), a.relation(), v));
            return;
        }
        Array<T> old = array(names.get(name));
        Selected s = selected(old.shape, a.subscripts());
        List<T> data = new ArrayList<>(old.data);
        Array<T> fits = broadcast(v, s.shape);
        for (int k = 0; k < s.positions.length; k++) {
            T before = old.data.get(s.positions[k]);
            T e = fits.data.get(k);
            data.set(s.positions[k], a.relation().equals("=") ? e : a.relation().equals("+=") ? in.plus(before, e) : in.minus(before, e));
        }
        names.put(name, new Array<>(old.shape, data));
    }

    private Array<T> change(Array<T> old, String relation, Array<T> v) {
        return relation.equals("+=") ? zip(old, v, in::plus) : zip(old, v, in::minus);
    }

    /// Runs something for every tuple of indices.
    private void over(List<Tree.Range> ranges, Runnable body) {
        if (ranges.isEmpty()) {
            body.run();
            return;
        }
        Tree.Range r = ranges.getFirst();
        String name = r.variable().text();
        long from = integer(r.from());
        long to = integer(r.to());
        Object hidden = names.get(name);
        for (long i = from; i <= to; i++) {
            names.put(name, i);
            over(ranges.subList(1, ranges.size()), body);
        }
        if (hidden == null) names.remove(name);
        else names.put(name, hidden);
    }

    // ---- expressions

    private Array<T> value(Tree.Expr e) {
        return switch (e) {
            case Tree.Number n -> scalar(in.of(n.value()));
            case Tree.Name n -> names.containsKey(n.text()) ? array(names.get(n.text())) : constant(n.text());
            case Tree.Chain c -> {
                Array<T> v = value(c.first());
                for (int k = 0; k < c.signs().length; k++) v = sign(c.signs()[k], v, value(c.rest().get(k)));
                yield v;
            }
            case Tree.Negate n -> map(value(n.of()), in::negate);
            case Tree.Power p -> power(value(p.base()), p.exponent());
            case Tree.Index i -> {
                Array<T> v = value(i.of());
                Selected s = selected(v.shape, i.subscripts());
                yield new Array<>(s.shape, Arrays.stream(s.positions).mapToObj(v.data::get).toList());
            }
            case Tree.Transpose t -> transposed(value(t.of()));
            case Tree.ListOf l -> stacked(l.elements().stream().map(this::value).toList());
            case Tree.Comprehension c -> stacked(each(List.of(c.range()), c.element()));
            case Tree.Call c -> call(c);
        };
    }

    private Array<T> constant(String name) {
        if (items.get(name) instanceof Tree.Const c) return value(c.value());
        return scalar(in.of(name.equals("pi") ? Math.PI : Math.E));
    }

    @SuppressWarnings("unchecked")
    private Array<T> array(Object o) {
        return o instanceof Long n ? scalar(in.of(Rational.of(n))) : (Array<T>) o;
    }

    private Array<T> scalar(T x) {
        return new Array<>(new int[0], List.of(x));
    }

    private Array<T> sign(char sign, Array<T> x, Array<T> y) {
        return switch (sign) {
            case '+' -> zip(x, y, in::plus);
            case '-' -> zip(x, y, in::minus);
            case '*' -> zip(x, y, in::times);
            case '/' -> zip(x, y, in::over);
            default -> product(x, y);
        };
    }

    private Array<T> power(Array<T> x, Tree.Expr exponent) {
        Rational r = known(exponent);
        if (r == null) return zip(x, value(exponent), (a, b) -> in.call("pow", List.of(a, b)));
        if (!r.isInteger()) return map(x, a -> in.call("pow", List.of(a, in.of(r))));
        int k = r.asInt();
        return map(x, a -> {
            T p = in.of(Rational.ONE);
            for (int n = 0; n < Math.abs(k); n++) p = in.times(p, a);
            return k < 0 ? in.over(in.of(Rational.ONE), p) : p;
        });
    }

    private List<Array<T>> each(List<Tree.Range> ranges, Tree.Expr body) {
        List<Array<T>> out = new ArrayList<>();
        over(ranges, () -> out.add(value(body)));
        return out;
    }

    private Array<T> call(Tree.Call c) {
        String f = c.name().text();
        List<Tree.Expr> x = c.arguments().stream().filter(a -> a.name() == null).map(Tree.Argument::value).toList();
        if (items.get(f) instanceof Tree.Program p) return callProgram(p, c, x);
        if (items.get(f) instanceof Tree.Elementary e) return pointwise(x, a -> piece(e, a));
        switch (f) {
            case "zeros", "ones" -> {
                int[] shape = shape(x);
                return filled(shape, in.of(f.equals("zeros") ? Rational.ZERO : Rational.ONE));
            }
            case "reshape" -> {
                return new Array<>(shape(x.subList(1, x.size())), value(x.getFirst()).data);
            }
            case "dot" -> {
                return product(value(x.get(0)), value(x.get(1)));
            }
            case "sum", "prod", "norm2", "logsumexp", "softmax" -> {
                return rows(c, x.getFirst(), row(f));
            }
            case "max", "min" -> {
                if (x.size() == 1) return rows(c, x.getFirst(), row(f));
            }
            default -> {}
        }
        return pointwise(x, a -> in.call(f, a));
    }

    private Function<List<T>, Array<T>> row(String f) {
        return switch (f) {
            case "sum" -> r -> scalar(total(r));
            case "prod" -> r -> scalar(r.stream().reduce(in::times).orElseThrow());
            case "max", "min" -> r -> scalar(r.stream().reduce((a, b) -> in.call(f, List.of(a, b))).orElseThrow());
            case "norm2" -> r -> scalar(in.norm(r));
            case "logsumexp" -> r -> scalar(in.call("log", List.of(total(exponentials(r)))));
            default -> r -> {
                List<T> e = exponentials(r);
                T s = total(e);
                return vector(e.stream().map(a -> in.over(a, s)).toList());
            };
        };
    }

    private Array<T> vector(List<T> x) {
        return new Array<>(new int[] {x.size()}, x);
    }

    private List<T> exponentials(List<T> r) {
        return r.stream().map(a -> in.call("exp", List.of(a))).toList();
    }

    private T total(List<T> r) {
        return r.stream().reduce(in::plus).orElseThrow();
    }

    /// A function of rows over all entries, one axis, or what a comprehension lists.
    private Array<T> rows(Tree.Call c, Tree.Expr of, Function<List<T>, Array<T>> f) {
        if (!c.clauses().isEmpty()) {
            List<Array<T>> parts = each(c.clauses(), of);
            if (parts.isEmpty()) return scalar(in.of(c.name().text().equals("sum") ? Rational.ZERO : Rational.ONE));
            int[] shape = parts.getFirst().shape;
            List<T> out = new ArrayList<>();
            for (int k = 0; k < Shapes.size(shape); k++) {
                int at = k;
                out.addAll(f.apply(parts.stream().map(p -> p.data.get(at)).toList()).data);
            }
            return new Array<>(shape, out);
        }
        Array<T> v = value(of);
        Tree.Expr axis = c.arguments().stream().filter(a -> a.name() != null).map(Tree.Argument::value).findFirst().orElse(null);
        if (axis == null) {
            Array<T> out = f.apply(v.data);
            return out.shape.length == 0 ? out : new Array<>(v.shape, out.data);
        }
        return along(v, (int) integer(axis) - 1, f);
    }

    private Array<T> along(Array<T> v, int axis, Function<List<T>, Array<T>> f) {
        int n = v.shape[axis];
        int inner = Shapes.size(Shapes.take(v.shape, axis + 1, v.shape.length));
        int outer = v.data.size() / (n * inner);
        List<Array<T>> rows = new ArrayList<>();
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++) {
                List<T> row = new ArrayList<>();
                for (int k = 0; k < n; k++) row.add(v.data.get((o * n + k) * inner + i));
                rows.add(f.apply(row));
            }
        int m = rows.getFirst().data.size();
        List<T> out = new ArrayList<>();
        for (int o = 0; o < outer; o++) for (int k = 0; k < m; k++) for (int i = 0; i < inner; i++) out.add(rows.get(o * inner + i).data.get(k));
        int[] rest = Shapes.without(v.shape, axis);
        return new Array<>(rows.getFirst().shape.length == 0 ? rest : Shapes.with(rest, axis, m), out);
    }

    private T piece(Tree.Elementary e, List<T> x) {
        Map<String, Object> outer = names;
        names = new HashMap<>();
        try {
            for (int k = 0; k < x.size(); k++) names.put(e.parameters().get(k).text(), scalar(x.get(k)));
            for (Tree.Piece p : e.pieces()) {
                if (p.relation() == null) return value(p.value()).data.getFirst();
                int c = in.compare(value(p.left()).data.getFirst(), value(p.right()).data.getFirst());
                boolean holds = switch (p.relation()) {
                    case "<" -> c == -1;
                    case "<=" -> c == -1 || c == 0;
                    case ">" -> c == 1;
                    case ">=" -> c == 1 || c == 0;
                    default -> c == 0;
                };
                if (holds) return value(p.value()).data.getFirst();
            }
            throw new IllegalStateException();
        } finally {
            names = outer;
        }
    }

    /// Programs of the prelude over a vector take a tensor of any shape, or one axis of it.
    private Array<T> callProgram(Tree.Program p, Tree.Call c, List<Tree.Expr> x) {
        List<Array<T>> given = new ArrayList<>();
        for (int k = 0; k < p.parameters().size(); k++) given.add(value(x.get(k)));
        Map<String, Long> sizes = new HashMap<>();
        for (int k = given.size(); k < x.size(); k++) sizes.put(p.sizes().get(k - given.size()).name().text(), integer(x.get(k)));
        long axis = 0;
        for (Tree.Argument a : c.arguments()) {
            if (a.name() == null) continue;
            if (a.name().text().equals("axis")) axis = integer(a.value());
            else sizes.put(a.name().text(), integer(a.value()));
        }
        Array<T> v = given.getFirst();
        boolean vector = PRELUDE.items().contains(p) && p.parameters().getFirst().dimensions().size() == 1;
        if (axis > 0) return along(v, (int) axis - 1, r -> called(p, List.of(vector(r)), sizes));
        if (vector && v.shape.length != 1) {
            Array<T> out = called(p, List.of(vector(v.data)), sizes);
            return out.shape.length == 1 ? new Array<>(v.shape, out.data) : out;
        }
        return called(p, given, sizes);
    }

    private Array<T> called(Tree.Program p, List<Array<T>> given, Map<String, Long> sizes) {
        Map<String, Object> outer = names;
        names = new HashMap<>(sizes);
        for (int k = 0; k < given.size(); k++) {
            Tree.Parameter q = p.parameters().get(k);
            for (int d = 0; d < given.get(k).shape.length; d++)
                if (q.dimensions().get(d) instanceof Tree.Name n) names.putIfAbsent(n.text(), (long) given.get(k).shape[d]);
        }
        for (Tree.Size s : p.sizes()) if (!names.containsKey(s.name().text())) names.put(s.name().text(), integer(s.standard()));
        for (int k = 0; k < given.size(); k++) names.put(p.parameters().get(k).name().text(), given.get(k));
        try {
            return body(p.body()).getFirst();
        } finally {
            names = outer;
        }
    }

    // ---- arrays

    private Array<T> pointwise(List<Tree.Expr> x, Function<List<T>, T> f) {
        List<Array<T>> a = new ArrayList<>(x.stream().map(this::value).toList());
        int[] shape = {};
        for (Array<T> v : a) shape = Shapes.broadcast(shape, v.shape);
        int[] common = shape;
        a.replaceAll(v -> broadcast(v, common));
        List<T> out = new ArrayList<>();
        for (int k = 0; k < Shapes.size(shape); k++) {
            int at = k;
            out.add(f.apply(a.stream().map(v -> v.data.get(at)).toList()));
        }
        return new Array<>(shape, out);
    }

    private Array<T> map(Array<T> x, Function<T, T> f) {
        return new Array<>(x.shape, x.data.stream().map(f).toList());
    }

    private Array<T> zip(Array<T> x, Array<T> y, java.util.function.BinaryOperator<T> f) {
        int[] shape = Shapes.broadcast(x.shape, y.shape);
        Array<T> a = broadcast(x, shape);
        Array<T> b = broadcast(y, shape);
        List<T> out = new ArrayList<>();
        for (int k = 0; k < a.data.size(); k++) out.add(f.apply(a.data.get(k), b.data.get(k)));
        return new Array<>(shape, out);
    }

    private Array<T> broadcast(Array<T> x, int[] to) {
        if (Arrays.equals(x.shape, to)) return x;
        List<T> out = new ArrayList<>();
        int[] index = new int[to.length];
        for (int n = 0; n < Shapes.size(to); n++) {
            int at = 0;
            for (int d = 0; d < x.shape.length; d++) at = at * x.shape[d] + (x.shape[d] == 1 ? 0 : index[to.length - x.shape.length + d]);
            out.add(x.data.get(at));
            for (int k = to.length - 1; k >= 0 && ++index[k] == to[k]; k--) index[k] = 0;
        }
        return new Array<>(to, out);
    }

    private Array<T> filled(int[] shape, T x) {
        return new Array<>(shape, java.util.Collections.nCopies(Shapes.size(shape), x));
    }

    private Array<T> stacked(List<Array<T>> parts) {
        List<T> out = new ArrayList<>();
        for (Array<T> p : parts) out.addAll(p.data);
        return new Array<>(Shapes.with(parts.getFirst().shape, 0, parts.size()), out);
    }

    private Array<T> transposed(Array<T> x) {
        int r = x.shape.length;
        if (r < 2) return x;
        int[] shape = new int[r];
        for (int k = 0; k < r; k++) shape[k] = x.shape[r - 1 - k];
        List<T> out = new ArrayList<>();
        int[] index = new int[r];
        for (int n = 0; n < x.data.size(); n++) {
            int at = 0;
            for (int d = 0; d < r; d++) at = at * x.shape[d] + index[r - 1 - d];
            out.add(x.data.get(at));
            for (int k = r - 1; k >= 0 && ++index[k] == shape[k]; k--) index[k] = 0;
        }
        return new Array<>(shape, out);
    }

    private Array<T> product(Array<T> x, Array<T> y) {
        int n = y.shape[0];
        int rows = x.data.size() / n;
        int columns = y.data.size() / n;
        List<T> out = new ArrayList<>();
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) {
                T s = null;
                for (int k = 0; k < n; k++) {
                    T p = in.times(x.data.get(i * n + k), y.data.get(k * columns + j));
                    s = s == null ? p : in.plus(s, p);
                }
                out.add(s);
            }
        return new Array<>(Shapes.concat(Shapes.take(x.shape, 0, x.shape.length - 1), Shapes.take(y.shape, 1, y.shape.length)), out);
    }

    /// Row-major positions, and the shape that they make.
    private record Selected(int[] shape, int[] positions) {}

    private Selected selected(int[] shape, List<Tree.Subscript> subscripts) {
        List<int[]> axes = new ArrayList<>();
        int[] out = {};
        for (int d = 0; d < shape.length; d++) {
            Tree.Subscript s = d < subscripts.size() ? subscripts.get(d) : null;
            int from = s == null || s.from() == null ? 1 : (int) integer(s.from());
            int to = s == null || s.from() == null ? shape[d] : s.isIndex() ? from : (int) integer(s.to());
            if (from < 1 || to > shape[d]) throw new IllegalArgumentException("index out of range");
            axes.add(java.util.stream.IntStream.rangeClosed(from - 1, to - 1).toArray());
            if (s == null || !s.isIndex()) out = Shapes.concat(out, to - from + 1);
        }
        int[] positions = {0};
        for (int d = 0; d < shape.length; d++) {
            int size = shape[d];
            int[] axis = axes.get(d);
            positions = Arrays.stream(positions).flatMap(p -> Arrays.stream(axis).map(k -> p * size + k)).toArray();
        }
        return new Selected(out, positions);
    }

    // ---- compile-time numbers

    private int[] shape(List<Tree.Expr> dimensions) {
        return dimensions.stream().mapToInt(e -> (int) integer(e)).toArray();
    }

    private long integer(Tree.Expr e) {
        return known(e).asInt();
    }

    /// The value of an expression in numbers, sizes, indices and constants; null where it depends on an input.
    private Rational known(Tree.Expr e) {
        return switch (e) {
            case Tree.Number n -> n.value();
            case Tree.Name n -> names.get(n.text()) instanceof Long k ? Rational.of(k)
                    : !names.containsKey(n.text()) && items.get(n.text()) instanceof Tree.Const c ? known(c.value()) : null;
            case Tree.Negate n -> {
                Rational r = known(n.of());
                yield r == null ? null : r.negate();
            }
            case Tree.Chain c -> {
                Rational v = known(c.first());
                for (int k = 0; k < c.signs().length && v != null; k++) {
                    Rational y = known(c.rest().get(k));
                    v = y == null ? null : switch (c.signs()[k]) {
                        case '+' -> v.plus(y);
                        case '-' -> v.minus(y);
                        case '*' -> v.times(y);
                        default -> v.over(y);
                    };
                }
                yield v;
            }
            case Tree.Call c when c.name().text().equals("floor") -> {
                Rational r = known(c.arguments().getFirst().value());
                yield r == null ? null : Rational.of(Math.floorDiv(r.numerator().longValueExact(), r.denominator().longValueExact()));
            }
            default -> null;
        };
    }
}
