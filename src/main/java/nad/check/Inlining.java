package nad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.core.Operand;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Shapes;

/// Calls of programs: the statements of the callee are written out in place.
final class Inlining {
    /// Calls may be nested so deep.
    private static final int DEEPEST = 200;

    private final Elaborator in;
    /// The main program, the one that it calls, and so on.
    private final List<Tree.Program> calling = new ArrayList<>();
    private final Set<Tree.Program> broken = Collections.newSetFromMap(new IdentityHashMap<>());

    Inlining(Elaborator elaborator, Tree.Program main) {
        this.in = elaborator;
        calling.add(main);
    }

    boolean isInCall() {
        return calling.size() > 1;
    }

    /// The results of a program called with these arguments: its statements written out in place.
    List<Value> call(Items.Callable callee, List<Value> arguments, Map<String, Long> givenSizes, Span at) {
        Tree.Program tree = callee.tree();
        if (calling.stream().anyMatch(t -> t == tree)) throw new Mistake(new Problem.Recursive(at, tree.name().text()));
        // What is wrong in one call is told once: a program that calls a broken one twice, and is called twice, has 2ⁿ of it.
        if (broken.contains(tree)) throw new Mistake(null);
        in.count(at);
        if (calling.size() > DEEPEST) throw new Mistake(new Problem.TooDeep(at, DEEPEST));
        Elaborator.Frame f = in.new Frame(callee.scope(), callee.source(), false, callee.prelude() ? at : null);
        unifySizes(callee, arguments, givenSizes, f, at);
        for (int k = 0; k < arguments.size(); k++) {
            Tree.Parameter p = tree.parameters().get(k);
            if (p.data() && !callee.prelude() && active(arguments.get(k).operand()))
                in.problems.add(new Problem.ActiveData(at, tree.name().text(), p.name().text()));
            Binding.Known b = new Binding.Known(arguments.get(k), p.at());
            b.used = true;
            f.names.put(p.name().text(), b);
        }
        calling.add(tree);
        try {
            return results(callee, f, at);
        } finally {
            calling.removeLast();
        }
    }

    /// Errors inside are told with their own places, but those of the prelude at the call; the caller cannot go on with the call's value.
    private List<Value> results(Items.Callable callee, Elaborator.Frame f, Span at) {
        Tree.Program tree = callee.tree();
        int before = in.problems.size();
        List<Value> results = in.inlined(tree, f);
        List<Problem> inside = in.problems.subList(before, in.problems.size()).stream().filter(p -> !p.isWarning()).toList();
        if (!inside.isEmpty() && callee.prelude()) {
            in.problems.subList(before, in.problems.size()).clear();
            Problem cause = inside.getFirst() instanceof Problem.InCall c ? c.cause() : inside.getFirst();
            throw new Mistake(new Problem.InCall(at, tree.name().text(), cause));
        }
        if (!inside.isEmpty() || results == null) {
            if (!callee.prelude()) broken.add(tree);
            throw new Mistake(null);
        }
        in.releaseAll(f);
        return results;
    }

    private boolean active(Operand o) {
        boolean[] found = new boolean[1];
        o.forEachView(v -> found[0] |= v.variable() >= in.program.parameterCount() || !in.program.isData(v.variable()));
        return found[0];
    }

    /// Sizes named alone in a parameter's shape are read off the argument; the others are evaluated and compared.
    private void unifySizes(Items.Callable callee, List<Value> arguments, Map<String, Long> given, Elaborator.Frame f, Span at) {
        Tree.Program tree = callee.tree();
        List<String> sizes = tree.sizes().stream().map(s -> s.name().text()).toList();
        given.forEach((name, n) -> f.names.put(name, new Binding.Index(Affine.of(n))));
        for (int k = 0; k < arguments.size(); k++) {
            Tree.Parameter p = tree.parameters().get(k);
            int[] shape = arguments.get(k).own();
            int rank = p.dimensions() == null ? 0 : p.dimensions().size();
            if (rank != shape.length)
                throw new Mistake(new Problem.WrongShape(at, "argument `" + p.name().text() + "` of `" + tree.name().text() + "`", typeText(p, f.source), Shapes.text(shape)));
            for (int d = 0; d < rank; d++)
                if (p.dimensions().get(d) instanceof Tree.Name n && sizes.contains(n.text()) && !f.names.containsKey(n.text()))
                    f.names.put(n.text(), new Binding.Index(Affine.of(shape[d])));
        }
        for (Tree.Size s : tree.sizes()) {
            if (f.names.containsKey(s.name().text())) continue;
            if (s.standard() == null) throw new Mistake(new Problem.SizeNotGiven(at, tree.name().text(), s.name().text()));
            f.names.put(s.name().text(), new Binding.Index(Affine.of(f.expressions.integers.value(s.standard(), "the size `" + s.name().text() + "`"))));
        }
        for (int k = 0; k < arguments.size(); k++) {
            Tree.Parameter p = tree.parameters().get(k);
            int[] wanted = f.expressions.integers.shape(p.dimensions());
            int[] shape = arguments.get(k).own();
            if (!Arrays.equals(wanted, shape))
                throw new Mistake(new Problem.SizesDisagree(at, p.name().text(), Shapes.text(wanted), Shapes.text(shape)));
        }
    }

    static String typeText(Tree.Parameter p, Source s) {
        if (p.dimensions() == null) return "real";
        StringBuilder out = new StringBuilder("real[");
        for (Tree.Expr e : p.dimensions())
            out.append(out.length() > 5 ? ", " : "").append(s.text(), (int) (e.at() >>> 32), (int) e.at());
        return out.append("]").toString();
    }
}
