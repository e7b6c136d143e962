package nad.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a statement or an expression takes from outside of itself and what it sets.
public final class Mentions {
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> set = new LinkedHashSet<>();
    /// Variables of loops and comprehensions around the place that is looked at.
    private final Deque<String> bound = new ArrayDeque<>();

    private Mentions() {}

    public static Mentions of(Tree.Statement s) {
        Mentions m = new Mentions();
        m.statement(s);
        return m;
    }

    public static Mentions of(Tree.Expr e) {
        Mentions m = new Mentions();
        m.expression(e);
        return m;
    }

    /// The values that are read before they are set.
    public Set<String> read() {
        return read;
    }

    /// The values that are set, whole or in part.
    public Set<String> set() {
        return set;
    }

    private void name(String name) {
        if (!bound.contains(name) && !set.contains(name)) read.add(name);
    }

    private void statement(Tree.Statement s) {
        switch (s) {
            case Tree.Assign a -> {
                int before = ranges(a.clauses());
                if (a.subscripts() != null) subscripts(a.subscripts());
                expression(a.value());
                if (a.subscripts() != null || !a.relation().equals("=")) name(a.target().text());
                release(before);
                set.add(a.target().text());
            }
            case Tree.Loop l -> {
                expression(l.from());
                expression(l.to());
                bound.push(l.variable().text());
                l.body().forEach(this::statement);
                bound.pop();
            }
            case Tree.Adjoint a -> {
                name(a.target().text());
                a.body().forEach(this::statement);
            }
            case Tree.Return r -> r.values().forEach(this::expression);
        }
    }

    /// Binds the variables of clauses and returns how many names were bound before.
    private int ranges(List<Tree.Range> clauses) {
        int before = bound.size();
        for (Tree.Range r : clauses) {
            expression(r.from());
            expression(r.to());
            bound.push(r.variable().text());
        }
        return before;
    }

    private void release(int before) {
        while (bound.size() > before) bound.pop();
    }

    private void subscripts(List<Tree.Subscript> list) {
        for (Tree.Subscript s : list) {
            if (s.from() != null) expression(s.from());
            if (s.to() != null) expression(s.to());
        }
    }

    private void expression(Tree.Expr e) {
        switch (e) {
            case Tree.Number n -> {}
            case Tree.Name n -> name(n.text());
            case Tree.Chain c -> {
                expression(c.first());
                c.rest().forEach(this::expression);
            }
            case Tree.Negate n -> expression(n.of());
            case Tree.Power p -> {
                expression(p.base());
                expression(p.exponent());
            }
            case Tree.Index i -> {
                expression(i.of());
                subscripts(i.subscripts());
            }
            case Tree.Transpose t -> expression(t.of());
            case Tree.ListOf l -> l.elements().forEach(this::expression);
            case Tree.Comprehension c -> {
                int before = ranges(List.of(c.range()));
                expression(c.element());
                release(before);
            }
            case Tree.Call c -> {
                int before = ranges(c.clauses());
                c.arguments().forEach(a -> expression(a.value()));
                if (c.last() != null) expression(c.last());
                release(before);
            }
        }
    }
}
