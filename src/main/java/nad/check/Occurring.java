package nad.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.syntax.Tree;

/// The operations that the statements of a program may apply, whatever its sizes are: read off the text, of what it calls too, and not
/// off an elaboration, in which a range may be empty. What [Expressions] and [Calls] emit for each construct is said here once more, as a
/// set that may be too large (a sum of constants, say, is no statement) and never is too small.
public final class Occurring {
    /// An entry and, as bits, operands that are literals wherever the text applies it so.
    public record Use(Elementary entry, int literals) {}

    private final Set<Use> found = new LinkedHashSet<>();
    private final Set<Tree.Program> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Occurring() {}

    static Set<Use> in(Items.Callable program) {
        Occurring o = new Occurring();
        o.program(program);
        return o.found;
    }

    private void program(Items.Callable p) {
        if (!seen.add(p.tree())) return;
        statements(p.tree().body(), p.scope());
    }

    private void add(Elementary f) {
        found.add(new Use(f, 0));
    }

    private void statements(List<Tree.Statement> body, Items scope) {
        for (Tree.Statement s : body)
            switch (s) {
                case Tree.Assign a -> {
                    if (a.relation().equals("+=")) add(Standard.ADD);
                    if (a.relation().equals("-=")) add(Standard.SUBTRACT);
                    expression(a.value(), scope);
                }
                case Tree.Loop l -> statements(l.body(), scope);
                case Tree.Adjoint a -> statements(a.body(), scope);
                case Tree.Return r -> r.values().forEach(e -> expression(e, scope));
            }
    }

    private void expression(Tree.Expr e, Items scope) {
        switch (e) {
            case Tree.Number n -> {}
            case Tree.Name n -> {}
            case Tree.Chain c -> chain(c, scope);
            case Tree.Negate n -> {
                add(Standard.NEG);
                expression(n.of(), scope);
            }
            case Tree.Power p -> power(p, scope);
            case Tree.Index i -> expression(i.of(), scope);
            case Tree.Transpose t -> expression(t.of(), scope);
            case Tree.ListOf l -> l.elements().forEach(x -> expression(x, scope));
            case Tree.Comprehension c -> expression(c.element(), scope);
            case Tree.Call c -> call(c, scope);
        }
    }

    private void chain(Tree.Chain c, Items scope) {
        expression(c.first(), scope);
        boolean literal = c.first() instanceof Tree.Number;
        for (int k = 0; k < c.signs().length; k++) {
            Tree.Expr right = c.rest().get(k);
            expression(right, scope);
            Elementary f = switch (c.signs()[k]) {
                case '+' -> Standard.ADD;
                case '-' -> Standard.SUBTRACT;
                case '*' -> Standard.MULTIPLY;
                case '/' -> Standard.DIVIDE;
                default -> Standard.MATMUL;
            };
            found.add(new Use(f, (literal && k == 0 ? 1 : 0) + (right instanceof Tree.Number ? 2 : 0)));
        }
    }

    /// An integer exponent becomes products, and a quotient where it is negative.
    private void power(Tree.Power p, Items scope) {
        expression(p.base(), scope);
        expression(p.exponent(), scope);
        add(Standard.MULTIPLY);
        if (p.exponent() instanceof Tree.Number n && n.value().isInteger()) return;
        add(Standard.DIVIDE);
        add(Standard.POWER);
    }

    private void call(Tree.Call c, Items scope) {
        for (Tree.Argument a : c.arguments()) expression(a.value(), scope);
        if (c.last() != null) expression(c.last(), scope);
        String name = c.operation();
        Items.Callable program = c.prime() == null ? scope.program(name) : null;
        if (program != null) {
            program(program);
            return;
        }
        if (name.equals("prod")) add(Standard.MULTIPLY);
        if (name.equals("dot")) add(Standard.MATMUL);
        Elementary rows = scope.rows(name);
        if (rows != null) add(rows);
        for (int arity : scope.arities(name)) {
            Elementary f = scope.pointwise(name, arity);
            if (f != null) add(f);
        }
    }
}
