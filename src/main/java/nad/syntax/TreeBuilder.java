package nad.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.grammar.NadParser;
import nad.grammar.NadParser.*;
import nad.report.Problem;
import nad.report.Source;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ErrorNode;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Parse trees to [Tree]: one short method per label of the grammar.
final class TreeBuilder {
    /// Statements of the bodies that are being read: the parser hands each over as soon as it is read, and drops its parse
    /// tree.
    private final Map<BodyContext, List<Tree.Statement>> bodies = new IdentityHashMap<>();
    /// Each name once, as a file of 10⁶ statements mentions each of its 10⁶ names several times.
    private final Map<String, String> names = new HashMap<>();

    /// The statement that stands alone, where one does.
    private Tree.Statement typed;

    void finish(StatementContext c) {
        if (c.parent instanceof BodyContext body) bodies.computeIfAbsent(body, b -> new ArrayList<>()).add(statement(c));
        else typed = statement(c);
    }

    Tree.Statement typed() {
        return typed;
    }

    Tree.Expr typed(TypedExpressionContext c) {
        return expression(c.expression());
    }

    /// @param problems what was found wrong in the text: an item that holds a place of it is not built
    Tree.File file(FileContext c, Source source, List<Problem> problems) {
        List<Tree.Item> items = new ArrayList<>();
        List<Tree.Word> unsound = new ArrayList<>();
        boolean whole = c.exception == null;
        for (ItemContext i : c.item()) {
            if (sound(i, problems)) {
                items.add(item(i));
                continue;
            }
            NameContext name = name(i);
            if (name != null) unsound.add(word(name));
            else whole = false;
        }
        return new Tree.File(source, items, unsound, whole);
    }

    /// Whether nothing that was found wrong is in this item or statement.
    static boolean sound(ParserRuleContext c, List<Problem> problems) {
        return problems.isEmpty() ? c.exception == null : sound(c) && problems.stream().noneMatch(p -> holds(c, p));
    }

    private static boolean holds(ParserRuleContext c, Problem p) {
        return p.at().begin() >= c.start.getStartIndex() && (c.stop == null || p.at().begin() <= c.stop.getStopIndex());
    }

    private static boolean sound(ParserRuleContext c) {
        if (c.exception != null) return false;
        for (int k = 0; k < c.getChildCount(); k++)
            if (c.getChild(k) instanceof ErrorNode || c.getChild(k) instanceof ParserRuleContext r && !sound(r)) return false;
        return true;
    }

    private static NameContext name(ItemContext i) {
        NameContext n = switch (i) {
            case ConstantContext k -> k.name();
            case ElementaryContext e -> e.name();
            case DictionaryContext d -> d.name();
            case ProgramContext p -> p.name(0);
            default -> null;
        };
        return n == null || n.exception != null || n.start == null ? null : n;
    }

    List<Tree.Const> settings(SettingsContext c) {
        List<Tree.Const> out = new ArrayList<>();
        for (SettingContext s : c.setting()) out.add(new Tree.Const(word(s.name()), expression(s.expression()), at(s)));
        return out;
    }

    // ---- items

    private Tree.Item item(ItemContext c) {
        return switch (c) {
            case UseContext u -> new Tree.Use(unquoted(u.STRING().getText()), at(u));
            case ConstantContext k -> new Tree.Const(word(k.name()), expression(k.expression()), at(k));
            case ElementaryContext e -> new Tree.Elementary(word(e.name()), e.names().name().stream().map(this::word).toList(),
                    e.expression() == null ? null : expression(e.expression()), e.piece().stream().map(this::piece).toList(), at(e));
            case DictionaryContext d -> new Tree.Dictionary(word(d.name()), d.clause().stream().map(this::clause).toList(), at(d));
            case ProgramContext p -> program(p);
            default -> throw new IllegalStateException();
        };
    }

    private static String unquoted(String s) {
        return s.substring(1, s.length() - 1);
    }

    private Tree.Program program(ProgramContext p) {
        List<Tree.Size> sizes = new ArrayList<>();
        if (p.sizes() != null)
            for (SizeContext s : p.sizes().size()) sizes.add(new Tree.Size(word(s.name()), s.sum() == null ? null : sum(s.sum())));
        List<Tree.Parameter> parameters = new ArrayList<>();
        if (p.parameters() != null) for (ParameterContext q : p.parameters().parameter()) parameters.add(parameter(q));
        Token close = p.body().stop;
        return new Tree.Program(word(p.name(0)), sizes, parameters, p.OVER() == null ? null : word(p.name(1)), body(p.body()),
                at(p), Tree.at(close.getStartIndex(), close.getStopIndex() + 1));
    }

    private Tree.Parameter parameter(ParameterContext c) {
        TypeContext t = c.type();
        List<Tree.Expr> dimensions = t == null || t.expression().isEmpty() ? null : expressions(t.expression());
        return new Tree.Parameter(word(c.name()), c.DATA() != null, dimensions, at(c));
    }

    private Tree.Piece piece(PieceContext c) {
        return switch (c) {
            case WhenContext w -> new Tree.Piece(sum(w.condition().left), w.condition().relation.getText(), sum(w.condition().right),
                    expression(w.expression()), at(w));
            case OtherwiseContext o -> new Tree.Piece(null, null, null, expression(o.expression()), at(o));
            default -> throw new IllegalStateException();
        };
    }

    private Tree.Clause clause(ClauseContext c) {
        return switch (c) {
            case AllowContext a -> new Tree.Allow(a.operationName().stream().map(this::operation).toList(), at(a));
            case PricesContext p -> new Tree.Prices(p.price().stream().map(q -> operation(q.operationName())).toList(),
                    p.price().stream().map(q -> expression(q.expression())).toList(), at(p));
            case SelectionContext s -> new Tree.Select(operation(s.operationName()),
                    s.place.expression() == null ? null : expression(s.place.expression()), selected(s.value), at(s));
            default -> throw new IllegalStateException();
        };
    }

    private Tree.Expr selected(SelectedContext c) {
        return c.LPAREN() == null ? expression(c.expression(0)) : new Tree.ListOf(expressions(c.expression()), at(c));
    }

    private Tree.Word operation(OperationNameContext c) {
        return new Tree.Word(c.getText(), at(c));
    }

    // ---- statements

    private List<Tree.Statement> body(BodyContext c) {
        List<Tree.Statement> read = bodies.remove(c);
        return read == null ? List.of() : List.copyOf(read);
    }

    private Tree.Statement statement(StatementContext c) {
        return switch (c) {
            case AssignmentContext a -> new Tree.Assign(word(a.target().name()),
                    a.target().subscripts() == null ? null : subscripts(a.target().subscripts()), relation(a.relation),
                    expression(a.expression()), clauses(a.clauses()), at(a));
            case LoopContext l -> new Tree.Loop(word(l.name()), expression(l.expression(0)), expression(l.expression(1)), body(l.body()),
                    Tree.at(l.start.getStartIndex(), l.body().start.getStartIndex()));
            case AdjointContext a -> new Tree.Adjoint(word(a.name()), body(a.body()),
                    Tree.at(a.start.getStartIndex(), a.name().stop.getStopIndex() + 1));
            case ReturnContext r -> new Tree.Return(expressions(r.expression()), at(r));
            default -> throw new IllegalStateException();
        };
    }

    private static String relation(Token t) {
        return switch (t.getType()) {
            case NadParser.ASSIGN -> "=";
            case NadParser.PLUSASSIGN -> "+=";
            default -> "-=";
        };
    }

    private List<Tree.Range> clauses(ClausesContext c) {
        if (c == null) return List.of();
        List<Tree.Range> out = new ArrayList<>();
        for (RangeContext r : c.range())
            out.add(new Tree.Range(word(r.name()), expression(r.expression(0)), expression(r.expression(1)), at(r)));
        return out;
    }

    private List<Tree.Subscript> subscripts(SubscriptsContext c) {
        List<Tree.Subscript> out = new ArrayList<>();
        for (SubscriptContext s : c.subscript()) {
            List<ExpressionContext> e = s.expression();
            out.add(new Tree.Subscript(e.isEmpty() ? null : expression(e.get(0)), e.size() < 2 ? null : expression(e.get(1)), at(s)));
        }
        return List.copyOf(out);
    }

    // ---- expressions

    private List<Tree.Expr> expressions(List<ExpressionContext> list) {
        List<Tree.Expr> out = new ArrayList<>(list.size());
        for (ExpressionContext e : list) out.add(expression(e));
        return out;
    }

    private Tree.Expr expression(ExpressionContext c) {
        return sum(c.sum());
    }

    private Tree.Expr sum(SumContext c) {
        List<ProductContext> parts = c.product();
        if (c.sign.isEmpty()) return product(parts.getFirst());
        List<Tree.Expr> rest = new ArrayList<>(parts.size() - 1);
        for (int k = 1; k < parts.size(); k++) rest.add(product(parts.get(k)));
        return new Tree.Chain(product(parts.getFirst()), signs(c.sign), List.copyOf(rest), at(c));
    }

    private Tree.Expr product(ProductContext c) {
        List<UnaryContext> parts = c.unary();
        if (c.sign.isEmpty()) return unary(parts.getFirst());
        List<Tree.Expr> rest = new ArrayList<>(parts.size() - 1);
        for (int k = 1; k < parts.size(); k++) rest.add(unary(parts.get(k)));
        return new Tree.Chain(unary(parts.getFirst()), signs(c.sign), List.copyOf(rest), at(c));
    }

    private static char[] signs(List<Token> tokens) {
        char[] out = new char[tokens.size()];
        for (int k = 0; k < out.length; k++)
            out[k] = switch (tokens.get(k).getType()) {
                case NadParser.PLUS -> '+';
                case NadParser.MINUS -> '-';
                case NadParser.TIMES -> '*';
                case NadParser.OVERSIGN -> '/';
                default -> '@';
            };
        return out;
    }

    private Tree.Expr unary(UnaryContext c) {
        Tree.Expr e = power(c.power());
        int end = (int) e.at();
        for (TerminalNode sign : c.MINUS().reversed()) e = new Tree.Negate(e, Tree.at(sign.getSymbol().getStartIndex(), end));
        return e;
    }

    private Tree.Expr power(PowerContext c) {
        Tree.Expr base = postfix(c.postfix());
        return c.unary() == null ? base : new Tree.Power(base, unary(c.unary()), at(c));
    }

    private Tree.Expr postfix(PostfixContext c) {
        Tree.Expr e = atom(c.atom());
        for (int k = 1; k < c.getChildCount(); k++) {
            if (c.getChild(k) instanceof SubscriptsContext s) e = new Tree.Index(e, subscripts(s), upTo(c, s.stop));
            else e = new Tree.Transpose(e, upTo(c, ((TerminalNode) c.getChild(k)).getSymbol()));
        }
        return e;
    }

    private static long upTo(ParserRuleContext c, Token last) {
        return Tree.at(c.start.getStartIndex(), last.getStopIndex() + 1);
    }

    private Tree.Expr atom(AtomContext c) {
        return switch (c) {
            case NumberContext n -> new Tree.Number(Rational.parse(n.getText()), at(n));
            case NameOrCallContext n -> n.LPAREN() == null ? new Tree.Name(text(n.name()), at(n)) : call(n);
            case ParenthesisContext p -> expression(p.expression());
            case ListContext l -> list(l);
            default -> throw new IllegalStateException();
        };
    }

    private Tree.Expr call(NameOrCallContext n) {
        ArgumentsContext a = n.arguments();
        List<Tree.Argument> arguments = new ArrayList<>();
        for (ArgumentContext g : a.argument()) arguments.add(new Tree.Argument(g.name() == null ? null : word(g.name()), expression(g.expression())));
        return new Tree.Call(word(n.name()), n.PRIME() == null ? null : text(n.PRIME().getText()), List.copyOf(arguments), clauses(a.clauses()),
                a.expression() == null ? null : expression(a.expression()), at(n));
    }

    private Tree.Expr list(ListContext l) {
        ElementsContext e = l.elements();
        if (e == null) return new Tree.ListOf(List.of(), at(l));
        if (e.clauses() == null) return new Tree.ListOf(expressions(e.expression()), at(l));
        List<Tree.Range> ranges = clauses(e.clauses());
        Tree.Expr out = expression(e.expression(0));
        // A second clause is refused by the checker, which sees it as a nested comprehension of the same place.
        for (int k = ranges.size() - 1; k >= 0; k--) out = new Tree.Comprehension(out, ranges.get(k), at(l));
        return out;
    }

    private Tree.Word word(NameContext c) {
        return new Tree.Word(text(c), at(c));
    }

    private String text(NameContext c) {
        return text(c.start.getText());
    }

    private String text(String read) {
        String known = names.putIfAbsent(read, read);
        return known != null ? known : read;
    }

    private static long at(ParserRuleContext c) {
        return Tree.at(c.start.getStartIndex(), (c.stop == null ? c.start : c.stop).getStopIndex() + 1);
    }
}
