package nad.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.syntax.Tree;

/// The names that expressions mention, each expression looked at once.
final class Mentions {
    private final Map<Tree.Expr, Set<String>> known = new IdentityHashMap<>();

    /// The names that an expression mentions.
    Set<String> of(Tree.Expr e) {
        Set<String> before = known.get(e);
        if (before != null) return before;
        Set<String> out = new HashSet<>();
        collect(e, out);
        known.put(e, out);
        return out;
    }

    private static void collect(Tree.Expr e, Set<String> out) {
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
    private static void collect(List<Tree.Range> ranges, List<Tree.Expr> bodies, Set<String> out) {
        Set<String> inner = new HashSet<>();
        for (Tree.Expr b : bodies) collect(b, inner);
        for (int k = ranges.size() - 1; k >= 0; k--) {
            inner.remove(ranges.get(k).variable().text());
            collect(ranges.get(k).from(), inner);
            collect(ranges.get(k).to(), inner);
        }
        out.addAll(inner);
    }
}
