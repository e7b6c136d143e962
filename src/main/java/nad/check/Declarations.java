package nad.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import nad.arithmetic.Primitive;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.dictionary.Declared;
import nad.dictionary.Dictionary;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.dictionary.Term;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Tree;
import nad.tensor.Shapes;

/// Items of a file into its [Items]: constants evaluated, elementary functions and dictionaries checked.
final class Declarations {
    /// A piece is nested once for each operation.
    private static final int LONGEST_CHAIN = 1000;

    private final Items items;
    private final Source source;
    private final List<Problem> problems;

    private Declarations(Items items, Source source, List<Problem> problems) {
        this.items = items;
        this.source = source;
        this.problems = problems;
    }

    static void declare(Items items, Tree.Item item, Source source, List<Problem> problems) {
        Declarations d = new Declarations(items, source, problems);
        try {
            switch (item) {
                case Tree.Const c -> d.constant(c);
                case Tree.Elementary e -> d.elementary(e);
                case Tree.Dictionary x -> d.dictionary(x);
                case Tree.Program p -> {
                    d.name(p.name());
                    items.programs.put(p.name().text(), new Items.Callable(p, source, items, items.prelude));
                }
                case Tree.Use u -> throw new IllegalStateException();
            }
        } catch (Mistake m) {
            if (m.problem != null) problems.add(m.problem);
        } catch (StackOverflowError e) {
            problems.add(new Problem.TooDeep(d.span(item.at()), LONGEST_CHAIN));
        }
    }

    /// Another file's items become this one's too.
    static void include(Items own, Items used, Span at, List<Problem> problems) {
        used.defined.forEach((name, where) -> {
            Span first = own.defined.putIfAbsent(name, where);
            if (first != null && !first.equals(where)) problems.add(new Problem.DefinedTwice(at, name, first));
        });
        own.constants.putAll(used.constants);
        own.functions.putAll(used.functions);
        own.dictionaries.putAll(used.dictionaries);
        own.allowed.putAll(used.allowed);
        own.programs.putAll(used.programs);
        own.incomplete |= used.incomplete;
    }

    private Span span(long at) {
        return Tree.span(source, at);
    }

    private void name(Tree.Word w) {
        Span at = span(w.at());
        Span first = items.defined.putIfAbsent(w.text(), at);
        if (first != null) throw new Mistake(new Problem.DefinedTwice(at, w.text(), first));
    }

    private void constant(Tree.Const c) {
        name(c.name());
        items.constants.put(c.name().text(), constantValue(c.value(), "the constant `" + c.name().text() + "`"));
    }

    private Value constantValue(Tree.Expr e, String what) {
        Elaborator.Frame f = Elaborator.scratch(items, source, problems);
        Value v = f.expressions.value(e);
        if (!v.isConstant()) throw new Mistake(new Problem.NotConstant(span(e.at()), what));
        return v;
    }

    private Rational rational(Tree.Expr e, String what) {
        Value v = constantValue(e, what);
        Quantity q = v.operand().size() == 1 ? ((Operand.Constant) v.operand()).get(0) : null;
        if (q == null) throw new Mistake(new Problem.WrongShape(span(e.at()), what, "a scalar", Shapes.text(v.own())));
        return q instanceof Rational r ? r : Rational.of(q.toDouble());
    }

    // ---- elementary functions

    private void elementary(Tree.Elementary e) {
        name(e.name());
        String function = e.name().text();
        List<String> parameters = e.parameters().stream().map(Tree.Word::text).toList();
        Set<String> seen = new HashSet<>();
        for (Tree.Word p : e.parameters())
            if (!seen.add(p.text())) throw new Mistake(new Problem.DefinedTwice(span(p.at()), p.text(), span(e.parameters().get(parameters.indexOf(p.text())).at())));
        List<Declared.Piece> pieces = new ArrayList<>();
        boolean closed = false;
        for (Tree.Piece p : e.pieces()) {
            if (closed) throw new Mistake(new Problem.AfterOtherwise(span(p.at()), function));
            Declared.Condition c = p.relation() == null ? null
                    : new Declared.Condition(term(p.left(), parameters, function), p.relation(), term(p.right(), parameters, function));
            pieces.add(new Declared.Piece(c, term(p.value(), parameters, function)));
            closed = c == null;
            if (p.relation() != null && p.relation().equals("==") && !items.prelude) problems.add(new Problem.ThinPiece(span(p.at()), function, null));
        }
        if (!closed) throw new Mistake(new Problem.MissingOtherwise(span(e.at()), function));
        Rational cost = e.cost() == null ? null : rational(e.cost(), "a cost");
        if (cost != null && cost.sign() <= 0) throw new Mistake(new Problem.BadPrice(span(e.cost().at()), cost.literal()));
        Declared d = new Declared(function, parameters, pieces, cost, items.prelude);
        if (!items.prelude) new JumpCheck(d, span(e.name().at()), e.pieces().stream().map(p -> span(p.at())).toList(), problems).check();
        for (Elementary entry : d.entries()) items.functions.computeIfAbsent(entry.name, n -> new ArrayList<>()).add(entry);
    }

    /// An expression of a piece as a term in the parameters.
    private Term term(Tree.Expr e, List<String> parameters, String function) {
        return switch (e) {
            case Tree.Number n -> new Term.Literal(n.value());
            case Tree.Name n -> {
                int k = parameters.indexOf(n.text());
                if (k >= 0) yield new Term.Arg(k);
                Value c = items.constant(n.text());
                if (c == null && items.excuses(n.text())) throw new Mistake(null);
                if (c != null && c.operand().size() != 1)
                    throw new Mistake(new Problem.NotSmooth(span(n.at()), function, "`" + n.text() + "` is a tensor, and a piece is a scalar expression"));
                if (c == null) {
                    List<String> known = new ArrayList<>(parameters);
                    known.addAll(items.constants.keySet());
                    throw new Mistake(new Problem.UnknownName(span(n.at()), n.text(), known));
                }
                Quantity q = ((Operand.Constant) c.operand()).get(0);
                yield q instanceof Rational r ? new Term.Literal(r) : new Term.Irrational(q.toDouble());
            }
            case Tree.Chain c -> {
                if (c.signs().length > LONGEST_CHAIN) throw new Mistake(new Problem.TooDeep(span(e.at()), LONGEST_CHAIN));
                Term t = term(c.first(), parameters, function);
                for (int k = 0; k < c.signs().length; k++) {
                    Term u = term(c.rest().get(k), parameters, function);
                    t = switch (c.signs()[k]) {
                        case '+' -> apply(Standard.ADD, e, t, u);
                        case '-' -> apply(Standard.SUBTRACT, e, t, u);
                        case '*' -> apply(Standard.MULTIPLY, e, t, u);
                        case '/' -> {
                            if (u instanceof Term.Literal l && l.value().sign() == 0) throw new Mistake(new Problem.DivisionByZero(span(e.at())));
                            yield apply(Standard.DIVIDE, e, t, u);
                        }
                        default -> throw new Mistake(new Problem.NotSmooth(span(e.at()), function, "`@` needs tensors, and a piece is a scalar expression"));
                    };
                }
                yield t;
            }
            case Tree.Negate n -> apply(Standard.NEG, e, term(n.of(), parameters, function));
            case Tree.Power p -> power(p, parameters, function);
            case Tree.Call c -> callTerm(c, parameters, function);
            default -> throw new Mistake(new Problem.NotSmooth(span(e.at()), function, "a piece is a scalar expression, without tensors"));
        };
    }

    private Term apply(Elementary f, Tree.Expr at, Term... args) {
        boolean literals = true;
        for (Term t : args) literals &= t instanceof Term.Literal || t instanceof Term.Irrational;
        if (!literals) return new Term.Apply(f, 0, List.of(args));
        Quantity[] q = new Quantity[args.length];
        for (int k = 0; k < q.length; k++) q[k] = args[k] instanceof Term.Literal l ? l.value() : new nad.arithmetic.Real(((Term.Irrational) args[k]).value());
        Quantity v = Emitter.fold(f, span(at.at()), q);
        return v instanceof Rational r ? new Term.Literal(r) : new Term.Irrational(v.toDouble());
    }

    private Term power(Tree.Power p, List<String> parameters, String function) {
        Term x = term(p.base(), parameters, function);
        Term k = term(p.exponent(), parameters, function);
        Integer n = k instanceof Term.Literal l ? l.value().asInt() : null;
        if (n == null || Math.abs(n) > 1000) return apply(Standard.POWER, p, x, k);
        if (n == 0) return new Term.Literal(Rational.ONE);
        Term t = x;
        for (int bit = Integer.highestOneBit(Math.abs(n)) >> 1; bit > 0; bit >>= 1) {
            t = apply(Standard.MULTIPLY, p, t, t);
            if ((Math.abs(n) & bit) != 0) t = apply(Standard.MULTIPLY, p, t, x);
        }
        return n > 0 ? t : apply(Standard.DIVIDE, p, new Term.Literal(Rational.ONE), t);
    }

    private Term callTerm(Tree.Call c, List<String> parameters, String function) {
        String name = c.name().text();
        if (c.prime() != null || !c.clauses().isEmpty() || c.last() != null)
            throw new Mistake(new Problem.NotSmooth(span(c.at()), function, "primes and comprehensions have no place in a piece"));
        Term[] args = c.arguments().stream().map(a -> term(a.value(), parameters, function)).toArray(Term[]::new);
        Elementary f = items.pointwise(name, args.length);
        if (f == null) {
            if (items.excuses(name) && !items.isFunction(name)) throw new Mistake(null);
            List<Integer> arities = items.arities(name);
            if (arities.isEmpty() || items.program(name) != null || items.rows(name) != null && arities.size() == 1)
                throw new Mistake(items.isFunction(name) ? new Problem.NotSmooth(span(c.at()), function, "`" + name + "` is no scalar function of D")
                        : new Problem.UnknownFunction(span(c.name().at()), name, items.functionNames()));
            throw new Mistake(new Problem.WrongArguments(span(c.at()), name, args.length, arities.getFirst() == 1 ? "one argument" : arities.getFirst() + " arguments"));
        }
        if (!f.differentiable()) throw new Mistake(new Problem.NotSmooth(span(c.at()), function, f.caveat));
        if (f.smoothness == Elementary.Smoothness.PIECEWISE && !items.prelude) problems.add(new Problem.AssumedSmooth(span(c.at()), function, name));
        return apply(f, c, args);
    }

    // ---- dictionaries

    private void dictionary(Tree.Dictionary d) {
        name(d.name());
        Set<String> allowed = null;
        Map<String, Rational> prices = new LinkedHashMap<>();
        Selections selections = Selections.DEFAULT.named(d.name().text());
        for (Tree.Clause c : d.clauses()) {
            try {
                switch (c) {
                    case Tree.Allow a -> {
                        if (allowed == null) allowed = new HashSet<>();
                        items.allowed.putIfAbsent(d.name().text(), span(a.at()));
                        Set<String> named = allowed;
                        for (Tree.Word w : a.operations()) orTold(() -> named.add(operation(w)));
                    }
                    case Tree.Prices p -> {
                        for (int k = 0; k < p.operations().size(); k++) {
                            Tree.Word operation = p.operations().get(k);
                            Tree.Expr price = p.prices().get(k);
                            orTold(() -> price(operation, price, prices));
                        }
                    }
                    case Tree.Select s -> selections = selected(s, selections);
                }
            } catch (Mistake m) {
                tell(m);
            }
        }
        // A power is written out as products.
        if (allowed != null && allowed.contains("^")) allowed.add("*");
        if (allowed != null && allowed.contains("dot")) allowed.add("@");
        items.dictionaries.put(d.name().text(), new Dictionary(d.name().text(), allowed, prices, selections));
    }

    private void price(Tree.Word operation, Tree.Expr price, Map<String, Rational> prices) {
        Rational r = rational(price, "a price");
        if (r.sign() < 0) throw new Mistake(new Problem.BadPrice(span(price.at()), r.literal()));
        prices.put(priced(operation), r);
    }

    /// What is wrong with one operation of a clause does not hide the others.
    private void orTold(Runnable one) {
        try {
            one.run();
        } catch (Mistake m) {
            tell(m);
        }
    }

    private void tell(Mistake m) {
        if (m.problem != null) problems.add(m.problem);
    }

    private String operation(Tree.Word w) {
        String name = w.text();
        boolean known = name.equals("^") || name.equals("dot") || items.isFunction(name) || !Standard.named(name).isEmpty() || !items.arities(name).isEmpty();
        if (!known) throw new Mistake(items.excuses(name) ? null : new Problem.UnknownFunction(span(w.at()), name, items.functionNames()));
        return name;
    }

    /// An operation that a tally counts under its own name: only such a price has an effect.
    private String priced(Tree.Word w) {
        String name = operation(w);
        Set<String> parts = new TreeSet<>();
        if (name.equals("^") || name.equals("prod")) parts.add("*");
        if (!items.functions.containsKey(name)) for (Elementary f : Standard.named(name.equals("dot") ? "@" : name)) f.counts().forEach(c -> parts(c.primitive(), parts));
        if (!parts.isEmpty() && !parts.contains(name)) throw new Mistake(new Problem.PricedComposition(span(w.at()), name, List.copyOf(parts)));
        return name;
    }

    private static void parts(Primitive f, Set<String> into) {
        if (f.pricing == Primitive.Pricing.COMPOSED) f.composition.keySet().forEach(g -> parts(g, into));
        else into.add(f.name);
    }

    private Selections selected(Tree.Select s, Selections all) {
        String function = operation(s.operation());
        Span at = span(s.value().at());
        boolean tie = Kinks.tie(function);
        if (s.point() == null && !tie) throw new Mistake(new Problem.NoKink(span(s.operation().at()), function, List.of("max", "min")));
        List<Rational> numbers = s.value() instanceof Tree.ListOf l ? l.elements().stream().map(e -> rational(e, "a weight")).toList()
                : List.of(tie ? tieWeight(s.value(), at) : rational(s.value(), "a selection"));
        Rational point = s.point() == null ? null : rational(s.point(), "a point");
        Problem p = Kinks.wrong(items, function, point, numbers, at);
        if (p instanceof Problem.NoKink k) p = new Problem.NoKink(span(s.operation().at()), k.function(), k.known());
        if (p != null) throw new Mistake(p);
        return Kinks.hasPoints(items, function) ? all.with(function, point, numbers.getFirst()) : all.with(function, numbers.getFirst());
    }

    private Rational tieWeight(Tree.Expr e, Span at) {
        return switch (e instanceof Tree.Name n ? n.text() : "") {
            case "first" -> Rational.ONE;
            case "second", "last" -> Rational.ZERO;
            case "half" -> Rational.HALF;
            default -> {
                if (e instanceof Tree.Name n && items.constant(n.text()) == null && !items.excuses(n.text()))
                    throw new Mistake(new Problem.UnknownName(at, n.text(), List.of("first", "second", "half")));
                yield rational(e, "the weight of a tie");
            }
        };
    }
}
