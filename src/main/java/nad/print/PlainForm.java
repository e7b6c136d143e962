package nad.print;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.dictionary.Declared;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.dictionary.Term;
import nad.report.Interrupt;
import nad.report.Problem;
import nad.tensor.Shapes;

/// A flat program, or its dump, as the checker that is extracted from the proofs reads it: one scalar statement to a line, variables as
/// numbers, constants as exact rationals; spec/proof/README.md describes the form. Nothing is simplified or reordered on the way.
///
/// Entries of parameters come first, row-major, then the forward statements in order, so that a program and its dump agree on those
/// numbers; then seeds, and bars and other values as they occur.
public final class PlainForm {
    private static final int NO_NUMBER = -1;

    private final Program p;
    private final Predicate<Program.Parameter> differentiated;
    private final Writer out;
    /// For each variable the number of its first entry.
    private final int[] first;
    private int next;
    /// Entries of bars that were written; the others of a bar that begins with zeros are 0.
    private final BitSet written = new BitSet();

    private PlainForm(Program p, Predicate<Program.Parameter> differentiated, Writer out) {
        this.p = p;
        this.differentiated = differentiated;
        this.out = out;
        this.first = new int[p.variables()];
        Arrays.fill(first, NO_NUMBER);
    }

    /// The first operation that the form has no line for, one on rows or tensors, as a problem; null where there is none.
    public static Problem refusal(Program p) {
        for (int i = 0; i < p.length(); i++) {
            if (p.kind(i) != Program.Kind.APPLY) continue;
            Elementary f = p.operation(i);
            boolean scalar = f.kind == Elementary.Kind.POINTWISE && p.isScalar(p.target(i));
            if (!scalar) return new Problem.NoPlainForm(p.span(i), f.name, f.kind == Elementary.Kind.POINTWISE ? "tensor" : "row");
        }
        return null;
    }

    /// Writes P, with its prices; the writer stays open.
    ///
    /// @param p              a program of scalar statements, see [#refusal]
    /// @param differentiated the parameters that the gradient is asked by
    public static void program(Program p, Predicate<Program.Parameter> differentiated, CostModel prices, Writer out) throws IOException {
        PlainForm f = new PlainForm(p, differentiated, out);
        f.line("slp 1");
        for (Elementary e : Standard.entries()) if (e.kind == Elementary.Kind.POINTWISE) f.operation(e, prices);
        for (Declared d : sorted(p)) for (Elementary e : d.entries()) f.operation(e, prices);
        f.head(p.parameters().size());
        for (int i = 0; i < p.length(); i++) f.instruction(i);
        f.tail();
    }

    /// Writes a dump; the writer stays open.
    ///
    /// @param own how many parameters P has: those after them are seeds
    public static void dump(Program q, int own, Predicate<Program.Parameter> differentiated, Writer out) throws IOException {
        PlainForm f = new PlainForm(q, differentiated, out);
        f.line("slp 1");
        f.head(own);
        int i = 0;
        for (; i < q.ownLength(); i++) f.instruction(i);
        for (int k = own; k < q.parameters().size(); k++) f.parameter("seed", q.parameters().get(k));
        f.line("seeds");
        for (int b = 0; b < q.blocks(); b++) {
            for (; i < q.blockStart(b); i++) f.instruction(i);
            f.line("adjoint " + f.number(q.blockTarget(b), 0));
            for (; i < q.blockEnd(b); i++) f.instruction(i);
        }
        for (; i < q.length(); i++) f.instruction(i);
        f.tail();
    }

    private void line(String s) throws IOException {
        out.write(s);
        out.write('\n');
    }

    // ---- before the statements

    private void operation(Elementary e, CostModel prices) throws IOException {
        line("op " + name(e) + " " + e.arity + " " + prices.price(e, false) + " " + prices.price(e, true));
    }

    /// The name in the form: `neg` for the sign that has no name of its own, and `$` before what a file declares, so that it never is a
    /// name of the dictionary.
    public static String name(Elementary e) {
        if (e.declared != null) return "$" + e.name;
        return e.arity == 1 && e.name.equals(Standard.SUBTRACT.name) ? "neg" : e.name;
    }

    private void head(int own) throws IOException {
        for (Declared d : sorted(p)) line("declared $" + d.name() + " " + d.parameters().size() + " " + new Meaning().of(d));
        if (p.over() != null) for (String s : selections(p.over().selections())) line("select " + s);
        for (Program.Parameter x : p.parameters().subList(0, Math.min(own, p.parameters().size())))
            parameter(differentiated.test(x) ? "param" : "data", x);
    }

    /// The declared functions that are applied, by themselves or by a prime, those of the prelude too.
    private static List<Declared> sorted(Program p) {
        Set<Declared> out = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Elementary f : p.operations()) if (f.declared != null) out.add(f.declared);
        return out.stream().sorted(Comparator.comparing(Declared::name)).toList();
    }

    private static TreeSet<String> selections(Selections s) {
        TreeSet<String> out = new TreeSet<>();
        s.values().forEach((f, value) -> out.add(f + " " + value));
        s.prelude().forEach((f, value) -> out.add("$" + f + " " + value));
        s.points().forEach((f, points) -> points.forEach((at, value) -> out.add("$" + f + "@" + at + " " + value)));
        if (s.pieces() != nad.dictionary.Choice.Side.CLAIMED) out.add("pieces " + s.pieces().ordinal());
        return out;
    }

    private void parameter(String kind, Program.Parameter x) throws IOException {
        int n = Shapes.size(x.shape());
        for (int e = 0; e < n; e++) {
            line(kind + " " + number(x.variable(), e));
        }
    }

    // ---- statements

    private void instruction(int i) throws IOException {
        Interrupt.heed();
        StringBuilder s = new StringBuilder();
        switch (p.kind(i)) {
            case ZEROS -> number(p.target(i), 0);
            case APPLY -> {
                List<String> operands = new ArrayList<>();
                for (int k = 0; k < p.arity(i); k++) operands.add(entry(p.operand(i, k)));
                int z = number(p.target(i), 0);
                line(s.append("= ").append(z).append(' ').append(name(p.operation(i))).append(' ').append(String.join(" ", operands)).toString());
            }
            default -> {
                Operand.View place = p.place(i);
                Operand value = p.operand(i, 0);
                String how = switch (p.kind(i)) {
                    case SET -> "set ";
                    case ADD -> "add ";
                    default -> "sub ";
                };
                for (int e = 0; e < place.size(); e++) {
                    String of = entry(value.entry(e));
                    int z = number(place.variable(), place.entry(e).layout().offset());
                    written.set(z);
                    s.append(how).append(z).append(' ').append(of).append('\n');
                }
                out.write(s.toString());
            }
        }
    }

    private void tail() throws IOException {
        for (Operand r : p.results()) for (int e = 0; e < r.size(); e++) line("result " + entry(r.entry(e)));
        line("end");
    }

    private int number(int variable, int position) {
        if (first[variable] == NO_NUMBER) {
            first[variable] = next;
            next += Shapes.size(p.shape(variable));
        }
        return first[variable] + position;
    }

    /// A single entry: a number, or a constant.
    private String entry(Operand o) {
        return switch (o) {
            case Operand.Constant c -> constant(c.get(0));
            case Operand.View v -> {
                int at = number(v.variable(), v.layout().offset());
                boolean zero = p.definition(v.variable()) >= 0 && p.kind(p.definition(v.variable())) == Program.Kind.ZEROS && !written.get(at);
                yield zero ? constant(Rational.ZERO) : Integer.toString(at);
            }
            case Operand.Stack s -> entry(s.entry(0));
        };
    }

    private static String constant(Quantity c) {
        return "#" + rational(c);
    }

    /// A float64 number stands for the decimal that it is printed as, as in a dump.
    public static Rational rational(Quantity c) {
        return c instanceof Rational r ? r : decimal(c.toDouble());
    }

    public static Rational decimal(double value) {
        return Rational.of(BigDecimal.valueOf(value));
    }

    // ---- declared functions

    /// What a declaration means, in prefix form, with what it calls written out in its place: two of the same text are the same function,
    /// whatever their parts are called. A function that was written out before is referred to by its place.
    private static final class Meaning {
        private final Map<Declared, Integer> known = new IdentityHashMap<>();

        String of(Declared d) {
            Integer before = known.putIfAbsent(d, known.size());
            if (before != null) return "{" + before + "}";
            StringBuilder s = new StringBuilder("{").append(d.parameters().size());
            if (d.cost() != null) s.append(" cost ").append(d.cost());
            for (Declared.Piece piece : d.pieces()) {
                s.append("; ");
                Declared.Condition c = piece.condition();
                if (c != null) s.append(of(c.left())).append(' ').append(c.relation()).append(' ').append(of(c.right())).append(" : ");
                s.append(of(piece.value()));
            }
            return s.append('}').toString();
        }

        private String of(Term t) {
            return switch (t) {
                case Term.Arg a -> "x" + a.k();
                case Term.Literal l -> l.value().toString();
                case Term.Irrational c -> decimal(c.value()).toString();
                case Term.Apply a -> {
                    List<String> args = new ArrayList<>();
                    for (Term x : a.args()) args.add(of(x));
                    Elementary f = a.f();
                    String name = f.declared == null ? name(f) : of(f.declared) + f.name.substring(f.declared.name().length());
                    yield name + "(" + String.join(", ", args) + ")";
                }
                default -> throw new IllegalStateException(t.toString());
            };
        }
    }
}
