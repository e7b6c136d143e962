package nad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Shapes;

/// Calls: of entries of D and D', of reductions with their comprehensions and axes, of views, of programs.
final class Calls {
    private final Expressions in;
    private final Emitter emit;

    Calls(Expressions in) {
        this.in = in;
        this.emit = in.emit;
    }

    Value call(Tree.Call c) {
        String name = c.name().text();
        Items items = in.frame.items;
        Items.Callable program = c.prime() == null ? items.program(name) : null;
        if (c.prime() != null) return primed(c);
        if (c.last() != null) throw new Mistake(new Problem.WrongArguments(in.span(c.at()), name, positional(c), "no argument behind a semicolon: only primes have one"));
        if (program != null) return program(c, program);
        if (!items.functions.containsKey(name) && Items.BUILT_IN.contains(name)) return builtIn(c);
        Elementary rows = items.rows(name);
        // `max(x, y)` is pointwise, `max(v)` and `max(e for …)` reduce.
        if (rows != null && (positional(c) == 1 || items.pointwise(name, 2) == null)) return reduction(c, rows);
        refuseClauses(c);
        return pointwise(c);
    }

    private static int positional(Tree.Call c) {
        return (int) c.arguments().stream().filter(a -> a.name() == null).count();
    }

    private void refuseClauses(Tree.Call c) {
        if (!c.clauses().isEmpty()) throw new Mistake(new Problem.Misplaced(in.span(c.clauses().getFirst().at()), "`for`", "a call of `" + c.name().text() + "`"));
    }

    private Value pointwise(Tree.Call c) {
        String name = c.name().text();
        Items items = in.frame.items;
        refuseOptions(c, List.of());
        int n = c.arguments().size();
        Elementary f = items.pointwise(name, n);
        if (f == null) {
            List<Integer> arities = items.arities(name);
            if (arities.isEmpty()) throw new Mistake(unknown(c, name));
            throw new Mistake(new Problem.WrongArguments(in.span(c.at()), name, n, wanted(name, arities)));
        }
        List<Value> x = in.values(c.arguments().stream().map(Tree.Argument::value).toList());
        return emit.pointwise(f, in.span(c.at()), x.toArray(new Value[0]));
    }

    /// What is wrong with calling a name that is no function; null where that follows from something told.
    private Problem unknown(Tree.Call c, String name) {
        Items items = in.frame.items;
        Span at = in.span(c.name().at());
        Binding b = in.frame.names.get(name);
        if (b instanceof Binding.Unknown || b == null && items.excuses(name)) return null;
        if (b != null || items.constant(name) != null) return new Problem.NotAFunction(at, name);
        return c.prime() == null ? new Problem.UnknownFunction(at, name, items.functionNames())
                : new Problem.UnknownFunction(in.span(Tree.at((int) (c.name().at() >>> 32), (int) c.name().at() + c.prime().length())), c.operation(), items.primeNames());
    }

    private static String wanted(String name, List<Integer> arities) {
        if (name.equals("max") || name.equals("min")) return "two arguments, or one tensor: `" + name + "([a, b, c])`";
        int n = arities.getFirst();
        return n == 1 ? "one argument" : n == 2 ? "two arguments" : n == 3 ? "three arguments" : n + " arguments";
    }

    private void refuseOptions(Tree.Call c, List<String> known) {
        for (Tree.Argument a : c.arguments())
            if (a.name() != null && !known.contains(a.name().text()))
                throw new Mistake(new Problem.UnknownOption(in.span(a.name().at()), c.name().text(), a.name().text(), known));
    }

    private Tree.Expr option(Tree.Call c, String name) {
        for (Tree.Argument a : c.arguments()) if (a.name() != null && a.name().text().equals(name)) return a.value();
        return null;
    }

    private Tree.Expr argument(Tree.Call c, int k) {
        int n = 0;
        for (Tree.Argument a : c.arguments()) if (a.name() == null && n++ == k) return a.value();
        throw new IllegalStateException();
    }

    private void requireArguments(Tree.Call c, int n, String wanted) {
        if (positional(c) != n) throw new Mistake(new Problem.WrongArguments(in.span(c.at()), c.name().text(), positional(c), wanted));
    }

    // ---- primes

    private Value primed(Tree.Call c) {
        String name = c.operation();
        Span at = in.span(c.at());
        Items items = in.frame.items;
        refuseOptions(c, List.of("axis"));
        List<Value> x = new ArrayList<>();
        for (int k = 0; k < positional(c); k++) x.add(in.value(argument(c, k)));
        if (c.last() != null) x.add(in.value(c.last()));
        Elementary rows = items.functions.containsKey(c.name().text()) ? null : items.rows(name);
        if (rows != null && rows.kind == Elementary.Kind.SCAN && c.last() != null && x.size() == 2) {
            refuseOptions(c, List.of());
            return emit.scan(rows, at, x.getFirst(), x.get(1));
        }
        if (rows != null && c.last() != null && x.size() == 2) {
            int rank = option(c, "axis") != null ? 1 : Math.max(1, x.getFirst().ownRank());
            Value v = option(c, "axis") != null ? axisLast(x.getFirst(), c) : x.getFirst();
            return emit.primedRows(rows, rank, at, v, x.get(1));
        }
        Elementary f = items.pointwise(name, x.size());
        if (f == null && rows == null && items.arities(name).isEmpty()) throw new Mistake(unknown(c, c.name().text()));
        if (f == null || c.last() == null)
            throw new Mistake(new Problem.WrongArguments(at, name, x.size(), "the point, a semicolon, and what the derivative is applied to: `relu'(x; v)`"));
        return emit.pointwise(f, at, x.toArray(new Value[0]));
    }

    // ---- views and products

    private Value builtIn(Tree.Call c) {
        String name = c.name().text();
        Span at = in.span(c.at());
        switch (name) {
            case "zeros", "ones" -> {
                refuseClauses(c);
                refuseOptions(c, List.of());
                int[] shape = in.integers.shape(c.arguments().stream().map(Tree.Argument::value).toList());
                emit.requireRoom(shape, at);
                return Value.of(Operand.Constant.filled(name.equals("zeros") ? Rational.ZERO : Rational.ONE, shape));
            }
            case "reshape" -> {
                refuseClauses(c);
                return reshape(c, at);
            }
            case "dot" -> {
                refuseClauses(c);
                refuseOptions(c, List.of());
                requireArguments(c, 2, "two vectors");
                Value x = in.value(argument(c, 0));
                Value y = in.value(argument(c, 1));
                if (x.ownRank() != 1 || y.ownRank() != 1) throw new Mistake(new Problem.NoProduct(at, Shapes.text(x.own()), Shapes.text(y.own())));
                return emit.matmul(at, x, y);
            }
            default -> {
                return reduction(c, null);
            }
        }
    }

    private Value reshape(Tree.Call c, Span at) {
        refuseOptions(c, List.of());
        if (positional(c) < 1) throw new Mistake(new Problem.WrongArguments(at, "reshape", 0, "a value and its new dimensions"));
        Value v = in.value(argument(c, 0));
        List<Tree.Expr> dimensions = new ArrayList<>();
        for (int k = 1; k < positional(c); k++) dimensions.add(argument(c, k));
        int[] to = in.integers.shape(dimensions);
        emit.requireView(to, at);
        if (Shapes.size(to) != Shapes.size(v.own()))
            throw new Mistake(new Problem.WrongShape(at, "the new shape", "one of " + Shapes.size(v.own()) + " entries", Shapes.text(to)));
        return reshaped(v, to);
    }

    private static Value reshaped(Value v, int[] to) {
        return new Value(v.axes(), v.operand().reshape(Shapes.concat(Value.sizes(v.axes()), to)));
    }

    // ---- reductions

    /// `f` is null for prod, which stands for its products.
    private Value reduction(Tree.Call c, Elementary f) {
        String name = c.name().text();
        Span at = in.span(c.at());
        requireArguments(c, 1, name.equals("max") || name.equals("min") ? "two arguments, or one tensor: `" + name + "([a, b, c])`"
                : "one tensor, or a comprehension: `" + name + "(x[i] for i in 1..n)`");
        refuseOptions(c, List.of("axis"));
        if (!c.clauses().isEmpty()) {
            if (option(c, "axis") != null) throw new Mistake(new Problem.Misplaced(in.span(option(c, "axis").at()), "`axis`", "a reduction of a comprehension"));
            return overComprehension(c, f, at);
        }
        Value v = in.value(argument(c, 0));
        if (option(c, "axis") == null) return reduce(f, name, v, v.ownRank(), at);
        Value last = axisLast(v, c);
        return f != null && f.kind == Elementary.Kind.NORMALISATION ? axisBack(reduce(f, name, last, 1, at), axis(v, c), v.axes().size()) : reduce(f, name, last, 1, at);
    }

    private int axis(Value v, Tree.Call c) {
        Tree.Expr e = option(c, "axis");
        long k = in.integers.value(e, "an axis");
        if (k < 1 || k > v.ownRank()) throw new Mistake(new Problem.NoSuchAxis(in.span(e.at()), (int) k, Shapes.text(v.own())));
        return (int) k - 1;
    }

    private Value axisLast(Value v, Tree.Call c) {
        int lead = v.axes().size();
        int k = axis(v, c);
        int[] order = new int[v.operand().rank()];
        int n = 0;
        for (int d = 0; d < order.length; d++) if (d != lead + k) order[n++] = d;
        order[n] = lead + k;
        return new Value(v.axes(), v.operand().permute(order));
    }

    private static Value axisBack(Value v, int k, int lead) {
        int r = v.operand().rank();
        int[] order = new int[r];
        int n = 0;
        for (int d = 0; d < r; d++) order[d] = d == lead + k ? r - 1 : n++;
        return new Value(v.axes(), v.operand().permute(order));
    }

    private Value overComprehension(Tree.Call c, Elementary f, Span at) {
        String name = c.name().text();
        return switch (in.comprehensions.spread(argument(c, 0), c.clauses())) {
            case Comprehensions.Spread.Unrolled(List<Value> none) when none.isEmpty() -> empty(name, c);
            case Comprehensions.Spread.Unrolled(List<Value> values) -> reduce(f, name, joined(values, in.span(argument(c, 0).at())), 1, at);
            case Comprehensions.Spread.Mapped(Value v, int ranges) -> reduce(f, name, leadingLast(v, ranges), ranges, at);
        };
    }

    /// Values along a new last dimension.
    private Value joined(List<Value> values, Span at) {
        List<Value.Axis> axes = List.of();
        int[] own = values.getFirst().own();
        for (Value v : values) {
            axes = Value.union(axes, v.axes());
            if (!Arrays.equals(own, v.own())) throw new Mistake(new Problem.Ragged(at, Shapes.text(own), Shapes.text(v.own())));
        }
        List<Operand> parts = new ArrayList<>();
        for (Value v : values) parts.add(v.spread(axes, own));
        return new Value(axes, Operand.Stack.joined(axes.size() + own.length, parts));
    }

    /// The value with its first own dimensions behind the others.
    private static Value leadingLast(Value v, int leading) {
        Operand o = v.operand();
        int lead = v.axes().size();
        int own = o.rank() - lead - leading;
        int[] order = new int[o.rank()];
        for (int k = 0; k < lead; k++) order[k] = k;
        for (int k = 0; k < own; k++) order[lead + k] = lead + leading + k;
        for (int k = 0; k < leading; k++) order[lead + own + k] = lead + k;
        return new Value(v.axes(), o.permute(order));
    }

    private Value empty(String name, Tree.Call c) {
        return switch (name) {
            case "sum" -> emit.constant(Rational.ZERO);
            case "prod" -> emit.constant(Rational.ONE);
            default -> throw new Mistake(new Problem.EmptyRange(in.span(c.clauses().getFirst().at()), name));
        };
    }

    /// Reduces the last `rank` own axes. A sum, product, maximum or minimum over one entry is that entry: a name.
    private Value reduce(Elementary f, String name, Value v, int rank, Span at) {
        int[] shape = v.operand().shape();
        int n = Shapes.size(Shapes.take(shape, shape.length - rank, shape.length));
        boolean view = f == null || f == Standard.SUM || f == Standard.MAX_OF || f == Standard.MIN_OF;
        if (n == 1 && view) {
            Operand o = v.operand();
            for (int k = 0; k < rank; k++) o = o.at(o.rank() - 1, 0);
            return new Value(v.axes(), o);
        }
        if (rank == 0) {
            v = new Value(v.axes(), v.operand().repeat(v.operand().rank(), 1));
            rank = 1;
        }
        if (f == null) return product(v, rank, n, at);
        Value out = emit.rows(f, rank, at, v);
        boolean scalar = f.kind == Elementary.Kind.NORMALISATION && shape.length == v.operand().rank() - 1;
        return scalar ? new Value(out.axes(), out.operand().at(out.operand().rank() - 1, 0)) : out;
    }

    /// x_1 · x_2 ⋯ x_n from left to right: partial products are statements, so their gradient may use them.
    private Value product(Value v, int rank, int n, Span at) {
        int[] shape = v.operand().shape();
        Operand rows = v.operand().reshape(Shapes.concat(Shapes.take(shape, 0, shape.length - rank), n));
        int last = rows.rank() - 1;
        Value p = new Value(v.axes(), rows.at(last, 0));
        for (int k = 1; k < n; k++) p = emit.pointwise(Standard.MULTIPLY, at, p, new Value(v.axes(), rows.at(last, k)));
        return p;
    }

    // ---- programs

    /// Positional arguments beyond the parameters, and named ones, are sizes: `conv2d(x, k, stride=2)`.
    private Value program(Tree.Call c, Items.Callable callee) {
        refuseClauses(c);
        Tree.Program tree = callee.tree();
        Span at = in.span(c.at());
        int p = tree.parameters().size();
        int given = positional(c);
        List<String> sizes = tree.sizes().stream().map(s -> s.name().text()).toList();
        List<String> options = new ArrayList<>(sizes);
        options.add("axis");
        refuseOptions(c, options);
        if (given < p || given > p + sizes.size())
            throw new Mistake(new Problem.WrongArguments(at, tree.name().text(), given, p == 1 ? "one argument" : p + " arguments"));
        Map<String, Long> bound = new HashMap<>();
        for (int k = p; k < given; k++) bound.put(sizes.get(k - p), in.integers.value(argument(c, k), "a size"));
        for (Tree.Argument a : c.arguments())
            if (a.name() != null && !a.name().text().equals("axis")) bound.put(a.name().text(), in.integers.value(a.value(), "a size"));
        List<Value> x = new ArrayList<>(in.values(IntStream.range(0, p).mapToObj(k -> argument(c, k)).toList()));
        if (option(c, "axis") != null || callee.prelude()) return mapped(c, callee, x, bound, at);
        return single(in.elaborator.inlining.call(callee, x, bound, at), tree, at);
    }

    private static Value single(List<Value> results, Tree.Program tree, Span at) {
        if (results.size() != 1) throw new Mistake(new Problem.SeveralResults(at, tree.name().text(), results.size()));
        return results.getFirst();
    }

    /// A program over a vector is applied along `axis`, or, from the prelude, to all entries; one over an image from the
    /// prelude is mapped over a leading batch axis. The other axes become axes like those of a comprehension.
    private Value mapped(Tree.Call c, Items.Callable callee, List<Value> x, Map<String, Long> sizes, Span at) {
        Tree.Program tree = callee.tree();
        Value v = x.getFirst();
        int wanted = tree.parameters().getFirst().dimensions() == null ? 0 : tree.parameters().getFirst().dimensions().size();
        boolean along = option(c, "axis") != null;
        if (along && wanted != 1) throw new Mistake(new Problem.UnknownOption(in.span(option(c, "axis").at()), tree.name().text(), "axis", List.copyOf(sizes.keySet())));
        if (along) {
            int k = axis(v, c);
            Value out = overLeading(tree, callee, x, axisLast(v, c), v.ownRank() - 1, sizes, at);
            return out.ownRank() == v.ownRank() ? axisBack(out, k, out.axes().size()) : out;
        }
        if (wanted == 1 && v.ownRank() != 1) {
            x.set(0, reshaped(v, new int[] {Shapes.size(v.own())}));
            Value out = single(in.elaborator.inlining.call(callee, x, sizes, at), tree, at);
            return out.ownRank() == 1 ? reshaped(out, v.own()) : out;
        }
        if (wanted > 1 && v.ownRank() == wanted + 1) return overLeading(tree, callee, x, v, 1, sizes, at);
        return single(in.elaborator.inlining.call(callee, x, sizes, at), tree, at);
    }

    private Value overLeading(Tree.Program tree, Items.Callable callee, List<Value> x, Value v, int leading, Map<String, Long> sizes, Span at) {
        List<Value.Axis> mapped = new ArrayList<>();
        List<Value.Axis> axes = new ArrayList<>(v.axes());
        int[] own = v.own();
        for (int k = 0; k < leading; k++) mapped.add(new Value.Axis("axis", 1, own[k], in.elaborator.nextAxis()));
        axes.addAll(mapped);
        x.set(0, new Value(axes, v.operand()));
        ProgramBuilder.Mark mark = in.elaborator.program.mark();
        int told = in.elaborator.problems.size();
        try {
            return single(in.elaborator.inlining.call(callee, x, sizes, at), tree, at).inward(mapped);
        } catch (NeedsUnrolling n) {
            if (!mapped.contains(n.axis)) throw n;
            in.elaborator.program.rollback(mark);
            in.elaborator.problems.subList(told, in.elaborator.problems.size()).clear();
            return rowByRow(tree, callee, x, v, leading, sizes, at);
        }
    }

    /// One call for each row, where the program cannot be evaluated for all of them at once.
    private Value rowByRow(Tree.Program tree, Items.Callable callee, List<Value> x, Value v, int leading, Map<String, Long> sizes, Span at) {
        int lead = v.axes().size();
        int[] shape = Shapes.take(v.own(), 0, leading);
        int[] rest = Shapes.take(v.own(), leading, v.ownRank());
        Operand rows = v.operand().reshape(Shapes.concat(Shapes.concat(Value.sizes(v.axes()), Shapes.size(shape)), rest));
        List<Value> parts = new ArrayList<>();
        List<Value.Axis> axes = List.of();
        for (int k = 0; k < Shapes.size(shape); k++) {
            x.set(0, new Value(v.axes(), rows.at(lead, k)));
            Value part = single(in.elaborator.inlining.call(callee, x, sizes, at), tree, at);
            axes = Value.union(axes, part.axes());
            parts.add(part);
        }
        int[] own = parts.getFirst().own();
        List<Operand> operands = new ArrayList<>();
        for (Value part : parts) operands.add(part.spread(axes, own));
        Operand stacked = Operand.Stack.joined(axes.size(), operands);
        return new Value(axes, stacked.reshape(Shapes.concat(Shapes.concat(Value.sizes(axes), shape), own)));
    }
}
