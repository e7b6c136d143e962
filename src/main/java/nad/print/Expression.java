package nad.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.report.Interrupt;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Instructions and operands as phrases. A view is written with slices, `.T` and reshape where that says it; otherwise the
/// whole statement becomes a comprehension, in which every affine view is a subscript.
final class Expression {
    private static final List<String> LETTERS = List.of("i", "j", "k", "l", "p", "q", "r", "i1", "i2", "i3", "i4", "i5", "i6");
    private static final Set<Elementary> COMPREHENSIONS = Set.of(Standard.SUM, Standard.MAX_OF, Standard.MIN_OF);
    private static final String[] NONE = {};

    private final Program p;
    private final int[] inline;
    private final List<String> indices = new ArrayList<>();

    Expression(Program p) {
        this.p = p;
        this.inline = new int[p.variables()];
        Set<String> taken = new HashSet<>();
        for (int v = 0; v < p.variables(); v++) if (p.isNamed(v) && p.name(v).length() < 4) taken.add(p.name(v));
        for (String l : LETTERS) if (!taken.contains(l)) indices.add(l);
        for (int k = 7; indices.size() < 8; k++) if (!taken.contains("i" + k)) indices.add("i" + k);
        for (int i = 0; i < p.length(); i++) inline[p.target(i)] = p.name(p.target(i)) == null ? i : -1;
    }

    private String[] indices(int n) {
        return indices.subList(0, n).toArray(NONE);
    }

    // ---- statements

    /// The statement of instruction i; null for a value that stands inside the statement that uses it.
    Phrase.Statement statement(int i) {
        Interrupt.heed();
        int t = p.target(i);
        if (!p.isNamed(t)) return null;
        return switch (p.kind(i)) {
            case APPLY -> defines(t, application(i));
            case ZEROS -> defines(t, new Phrase.Filled(false, list(p.shape(t))));
            case SET -> p.definition(t) == i ? defines(t, exact(p.operand(i, 0))) : write(i, "=");
            case ADD -> write(i, "+=");
            case SUBTRACT -> write(i, "-=");
        };
    }

    private Phrase.Statement defines(int target, Phrase value) {
        return new Phrase.Statement(new Phrase.Name(p.name(target)), "=", value, List.of());
    }

    /// `x_bar[2..n] += t_bar`, or `x_bar[i + j] += s[i, j] for i in 1..m, j in 1..n`.
    private Phrase.Statement write(int i, String relation) {
        Operand.View place = p.place(i);
        Operand source = p.operand(i, 0);
        Phrase target = place(place, relation);
        Plain value = target == null ? null : plain(source);
        if (value != null && Arrays.equals(Shapes.broadcast(value.shape, place.shape()), place.shape()))
            return new Phrase.Statement(target, relation, value.phrase, List.of());
        String[] names = indices(place.rank());
        return new Phrase.Statement(at(place, names), relation, at(source, names), clauses(names, place.shape(), 0));
    }

    /// The left-hand side of a write, or null where no slice says which entries.
    private Phrase place(Operand.View place, String relation) {
        int v = place.variable();
        Phrase name = new Phrase.Name(p.name(v));
        if (place.layout().isWhole(p.shape(v))) return relation.equals("=") ? new Phrase.Part(name, List.of(new Phrase.All())) : name;
        Subscripts.Slice s = Subscripts.slice(p.shape(v), place.layout());
        return s != null && Arrays.equals(s.shape(), place.shape()) ? part(name, s.subscripts()) : null;
    }

    // ---- applications

    private Phrase application(int i) {
        if (p.operation(i).kind == Elementary.Kind.POINTWISE) return pointwise(i);
        Phrase plain = plainRows(i);
        return plain != null ? plain : byComprehension(i);
    }

    private Phrase pointwise(int i) {
        int[] shape = p.shape(p.target(i));
        int n = p.arity(i);
        Plain[] x = new Plain[n];
        for (int k = 0; k < n; k++) {
            x[k] = plain(p.ref(i, k));
            if (x[k] == null) x[k] = unrepeated(p.operand(i, k));
        }
        // Where no operand shows an axis of the result (all are repeated along it), one is written out in full.
        for (int k = n - 1; k >= 0 && !Arrays.equals(common(x), shape); k--) x[k] = new Plain(exact(p.operand(i, k)), shape);
        List<Phrase> args = Arrays.stream(x).map(Plain::phrase).toList();
        boolean elementwise = Arrays.stream(x).allMatch(a -> a.shape.length > 0);
        Elementary f = p.operation(i);
        return f.isSign() ? new Phrase.Sign(f.name, elementwise, args) : new Phrase.Call(f, args, 0);
    }

    private static int[] common(Plain[] x) {
        int[] fits = Shapes.SCALAR;
        for (Plain a : x) fits = Shapes.broadcast(fits, a.shape);
        return fits;
    }

    private Phrase plainRows(int i) {
        Elementary f = p.operation(i);
        int rank = p.rank(i);
        Operand a = p.operand(i, 0);
        if (f.kind == Elementary.Kind.CONTRACTION) {
            Operand b = p.operand(i, 1);
            return a.rank() == rank / 10 && b.rank() == rank % 10 ? product(rank, exact(a), exact(b)) : null;
        }
        if (p.arity(i) == 2) {
            if (a.rank() == rank) return new Phrase.Call(f, List.of(exact(a), exact(second(i))), 0);
            Plain rows = rank == 1 && f.kind != Elementary.Kind.SCAN ? exactPlain(a) : null;
            return rows == null ? null : new Phrase.Call(f, List.of(rows.phrase, exact(second(i))), a.rank());
        }
        if (a.rank() == rank) return reduction(f, a, NONE);
        return rank == 1 ? alongAxis(f, a) : null;
    }

    /// What stands behind the semicolon of a prime on rows; a single direction of a scan is written without its axis.
    private Operand second(int i) {
        Operand d = p.operand(i, 1);
        boolean single = p.operation(i).kind == Elementary.Kind.SCAN && d.shape()[d.rank() - 1] == 1;
        return single ? d.at(d.rank() - 1, 0) : d;
    }

    private static Phrase product(int rank, Phrase a, Phrase b) {
        return rank == 11 ? new Phrase.Dot(a, b) : new Phrase.Sign("@", true, List.of(a, b));
    }

    /// A function of the last axis; of another one where the operand's text is plain then. The axis that needs no
    /// transposition says it best.
    private Phrase alongAxis(Elementary f, Operand a) {
        Phrase found = null;
        int least = f.kind == Elementary.Kind.NORMALISATION ? a.rank() - 1 : 0;
        for (int k = a.rank() - 1; k >= least; k--) {
            Plain t = exactPlain(a.permute(movedTo(a.rank() - 1, k, a.rank())));
            boolean better = found instanceof Phrase.Call c && c.args().getFirst() instanceof Phrase.Transposed;
            if (t != null && (found == null || better && !(t.phrase instanceof Phrase.Transposed)))
                found = new Phrase.Call(f, List.of(t.phrase), k + 1);
        }
        return found;
    }

    private static int[] movedTo(int last, int k, int rank) {
        int[] order = new int[rank];
        int n = 0;
        for (int d = 0; d < rank; d++) order[d] = d == k ? last : n++;
        return order;
    }

    /// A reduction over all axes behind the named ones; of what no slice shows as a comprehension, where the language has one.
    private Phrase reduction(Elementary f, Operand a, String[] names) {
        Phrase row = slicedAt(a, names);
        if (row != null) return new Phrase.Call(f, List.of(row), 0);
        if (!COMPREHENSIONS.contains(f)) return new Phrase.Call(f, List.of(at(a, names)), 0);
        String[] all = indices(a.rank());
        return new Phrase.Over(f, at(a, all), clauses(all, a.shape(), names.length));
    }

    /// The operand at named indices without a comprehension, or null.
    private Phrase slicedAt(Operand a, String[] names) {
        if (names.length > 0) return a instanceof Operand.View v ? subscripted(v, names) : null;
        Plain t = exactPlain(a);
        return t == null ? null : t.phrase;
    }

    /// `[[f(x[i, j]) for j in 1..n] for i in 1..m]`: every batch axis of the statement an index.
    private Phrase byComprehension(int i) {
        Elementary f = p.operation(i);
        int[] shape = p.shape(p.target(i));
        int rank = p.rank(i);
        int own = switch (f.kind) {
            case CONTRACTION -> Math.max(0, rank / 10 - 1) + Math.max(0, rank % 10 - 1);
            case REDUCTION -> 0;
            default -> rank;
        };
        String[] names = indices(shape.length - own);
        Operand a = p.operand(i, 0);
        boolean mentioned = IntStream.range(0, names.length).allMatch(k -> mentions(a, k) || f.arity == 2 && mentions(second(i), k));
        // An index that nothing mentions would not make the operation one for each of its values.
        Phrase row = mentioned ? at(a, names) : new Phrase.Part(exact(a), Arrays.stream(names).map(Subscripts::index).toList());
        Phrase body = f.kind == Elementary.Kind.CONTRACTION ? product(rank, row, at(p.operand(i, 1), names))
                : f.arity == 2 ? new Phrase.Call(f, List.of(row, at(second(i), names)), 0)
                : mentioned ? reduction(f, a, names) : new Phrase.Call(f, List.of(row), 0);
        return each(body, names, shape, 0);
    }

    /// Whether the text of an operand at named indices mentions the one of this axis.
    private static boolean mentions(Operand o, int axis) {
        return switch (o) {
            case Operand.View v -> v.layout().strides()[axis] != 0 || v.layout().shape()[axis] == 1;
            case Operand.Constant c -> false;
            case Operand.Stack s -> s.axis() == axis || s.parts().stream().anyMatch(part -> mentions(part, axis < s.axis() ? axis : axis - 1));
        };
    }

    /// The body in a list for each named index from `from` on.
    private static Phrase each(Phrase body, String[] names, int[] shape, int from) {
        for (int k = names.length - 1; k >= from; k--) body = new Phrase.Each(body, new Phrase.Clause(names[k], shape[k]));
        return body;
    }

    private static List<Phrase.Clause> clauses(String[] names, int[] shape, int from) {
        return IntStream.range(from, names.length).mapToObj(k -> new Phrase.Clause(names[k], shape[k])).toList();
    }

    // ---- operands as they are

    /// What denotes an operand up to broadcasting, and the shape that it has by itself.
    private record Plain(Phrase phrase, int[] shape) {}

    private Plain plain(int ref) {
        return ref >= 0 ? new Plain(variable(ref), p.shape(ref)) : plain(p.operand(ref));
    }

    private Plain plain(Operand o) {
        return switch (o) {
            case Operand.Constant c -> {
                Quantity u = c.uniform();
                yield u != null ? new Plain(Constants.number(u), Shapes.SCALAR) : new Plain(constant(c, NONE), c.shape());
            }
            case Operand.View v -> plainView(v);
            case Operand.Stack s -> exactPlain(s);
        };
    }

    /// Repeated leading axes are left to broadcasting; other repeated axes become axes of size 1.
    private Plain plainView(Operand.View v) {
        Layout l = v.layout();
        while (l.rank() > 0 && l.strides()[0] == 0) l = l.at(0, 0);
        for (int k = 0; k < l.rank(); k++) if (l.strides()[k] == 0) l = l.slice(k, 0, 1);
        return view(v.variable(), l);
    }

    /// An operand without the leading axes along which it is repeated.
    private Plain unrepeated(Operand o) {
        while (o.rank() > 0 && repeated(o)) o = o.at(0, 0);
        return new Plain(exact(o), o.shape());
    }

    private static boolean repeated(Operand o) {
        return switch (o) {
            case Operand.View v -> v.layout().strides()[0] == 0;
            case Operand.Constant c -> c.layout().strides()[0] == 0;
            case Operand.Stack s -> s.axis() > 0 && s.parts().stream().allMatch(Expression::repeated);
        };
    }

    /// An operand with exactly its shape, by comprehension if need be.
    Phrase exact(Operand o) {
        Plain t = exactPlain(o);
        if (t != null) return t.phrase;
        String[] names = indices(o.rank());
        return each(at(o, names), names, o.shape(), 0);
    }

    private Plain exactPlain(Operand o) {
        switch (o) {
            case Operand.Constant c -> {
                Quantity u = c.uniform();
                boolean filled = c.rank() > 0 && u != null && (u.toDouble() == 0 || u.toDouble() == 1);
                return new Plain(filled ? new Phrase.Filled(u.toDouble() == 1, list(c.shape())) : constant(c, NONE), c.shape());
            }
            case Operand.View v -> {
                for (int k = 0; k < v.layout().rank(); k++) if (v.layout().strides()[k] == 0 && v.layout().shape()[k] > 1) return null;
                return view(v.variable(), v.layout());
            }
            case Operand.Stack s -> {
                if (s.axis() == 1 && s.rank() == 2) {
                    Plain t = exactPlain(s.permute(1, 0));
                    return t == null ? null : new Plain(new Phrase.Transposed(t.phrase), s.shape());
                }
                return s.axis() != 0 ? null : new Plain(new Phrase.Listed(s.parts().stream().map(this::exact).toList()), s.shape());
            }
        }
    }

    /// A view without repeated axes, or null.
    private Plain view(int variable, Layout l) {
        int[] own = p.shape(variable);
        if (l.isWhole(own)) return new Plain(variable(variable), own);
        if (l.size() == Shapes.size(own) && l.size() > 1) {
            Layout whole = l.reshape(own);
            if (whole != null && whole.isWhole(own)) return new Plain(reshaped(variable(variable), l.shape()), l.shape());
        }
        Layout s = l;
        for (int k = l.rank() - 1; k >= 0; k--) if (l.shape()[k] == 1) s = s.at(k, 0);
        Plain t = slice(variable, s);
        if (t == null && s.rank() == 2) {
            t = slice(variable, s.permute(1, 0));
            if (t != null) t = new Plain(new Phrase.Transposed(t.phrase), s.shape());
        }
        return t == null || Arrays.equals(t.shape, l.shape()) ? t : new Plain(reshaped(t.phrase, l.shape()), l.shape());
    }

    private Plain slice(int variable, Layout l) {
        Subscripts.Slice s = Subscripts.slice(p.shape(variable), l);
        return s == null ? null : new Plain(part(variable(variable), s.subscripts()), s.shape());
    }

    private static Phrase part(Phrase of, List<Phrase.Subscript> subscripts) {
        return subscripts.isEmpty() ? of : new Phrase.Part(of, subscripts);
    }

    private static Phrase reshaped(Phrase of, int[] shape) {
        return new Phrase.Reshaped(of, list(shape));
    }

    private Phrase variable(int v) {
        return p.isNamed(v) ? new Phrase.Name(p.name(v)) : application(inline[v]);
    }

    private static List<Integer> list(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    // ---- operands inside a comprehension

    /// The operand with its leading axes at named indices; further axes are its own.
    private Phrase at(Operand o, String[] names) {
        return switch (o) {
            case Operand.Constant c -> constant(c, names);
            case Operand.Stack s -> {
                boolean indexed = s.axis() < names.length;
                if (!indexed && s.axis() != names.length) yield nested(o, names);
                String[] rest = indexed ? without(names, s.axis()) : names;
                Phrase parts = new Phrase.Listed(s.parts().stream().map(part -> at(part, rest)).toList());
                yield indexed ? new Phrase.Part(parts, List.of(Subscripts.index(names[s.axis()]))) : parts;
            }
            case Operand.View v -> {
                Phrase t = subscripted(v, names);
                yield t != null ? t : nested(o, names);
            }
        };
    }

    private static String[] without(String[] names, int k) {
        List<String> out = new ArrayList<>(List.of(names));
        out.remove(k);
        return out.toArray(NONE);
    }

    /// The own axes as comprehensions too.
    private Phrase nested(Operand o, String[] names) {
        String[] all = Arrays.copyOf(names, o.rank());
        for (int k = names.length; k < all.length; k++) all[k] = indices.get(k);
        return each(at(o, all), all, o.shape(), names.length);
    }

    private Phrase subscripted(Operand.View v, String[] names) {
        int n = names.length;
        Layout l = v.layout();
        boolean mentioned = false;
        for (int k = 0; k < n; k++) mentioned |= l.strides()[k] != 0 || l.shape()[k] == 1;
        if (!mentioned) {
            Layout rest = l;
            for (int k = 0; k < n; k++) rest = rest.at(0, 0);
            Plain t = exactPlain(new Operand.View(v.variable(), rest));
            return t == null ? null : t.phrase;
        }
        Phrase name = variable(v.variable());
        int[] shape = p.shape(v.variable());
        List<Phrase.Subscript> s = shape.length == 0 ? null : Subscripts.indexed(l, names, shape);
        if (s != null) return new Phrase.Part(name, s);
        if (shape.length > 0 && l.rank() == n + 2) {
            int[] back = Shapes.concat(IntStream.range(0, n).toArray(), n + 1, n);
            s = Subscripts.indexed(l.permute(back), names, shape);
            if (s != null) return new Phrase.Transposed(new Phrase.Part(name, s));
        }
        if (l.rank() > n) return reshapedRow(v, names);
        // Out of step with the variable's axes, or a scalar at an index of one value: entries of the flat vector.
        int[] flat = {Shapes.size(shape)};
        return new Phrase.Part(reshaped(name, flat), Subscripts.indexed(l, names, flat));
    }

    /// `reshape(a[i], 4, 4)`: at each index, the entries of the variable's trailing axes in another shape; or null.
    private Phrase reshapedRow(Operand.View v, String[] names) {
        int n = names.length;
        Layout l = v.layout();
        int[] shape = p.shape(v.variable());
        int[] own = Shapes.take(l.shape(), n, l.rank());
        int from = shape.length;
        while (from > 0 && Shapes.size(Shapes.take(shape, from, shape.length)) < Shapes.size(own)) from--;
        int[] trailing = Shapes.take(shape, from, shape.length);
        Layout rest = new Layout(0, own, Shapes.take(l.strides(), n, l.rank())).reshape(trailing);
        if (rest == null || !rest.isWhole(trailing)) return null;
        Layout rows = new Layout(l.offset(), Shapes.concat(Shapes.take(l.shape(), 0, n), trailing), Shapes.concat(Shapes.take(l.strides(), 0, n), rest.strides()));
        List<Phrase.Subscript> s = Subscripts.indexed(rows, names, shape);
        return s == null ? null : reshaped(part(variable(v.variable()), s), own);
    }

    // ---- constants

    /// A constant at named indices: affine in them, or the entry of a list; its own axes as a list.
    private Phrase constant(Operand.Constant c, String[] names) {
        Quantity u = c.uniform();
        if (u != null && c.rank() == names.length) return Constants.number(u);
        if (c.rank() == names.length) {
            Phrase affine = Constants.affine(c, names);
            return affine != null ? affine : Constants.listedAt(c, names);
        }
        if (names.length > 0) return nested(c, names);
        String[] all = indices(c.rank());
        Phrase affine = c.size() > 4 ? Constants.affine(c, all) : null;
        return affine != null ? each(affine, all, c.shape(), 0) : Constants.listed(c);
    }
}
