package nad.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.TermText;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Operations and operands as text. A view is written with slices, `.T` and reshape where that says it; otherwise the
/// whole statement becomes a comprehension, in which every affine view is a subscript.
final class Expression {
    private static final int ATOM = 9;
    private static final List<String> LETTERS = List.of("i", "j", "k", "l", "p", "q", "r", "i1", "i2", "i3", "i4", "i5", "i6");

    private final Program p;
    private final int[] inline;
    private final List<String> indices = new ArrayList<>();

    Expression(Program p) {
        this.p = p;
        this.inline = new int[p.variables()];
        Set<String> taken = new HashSet<>();
        for (int v = 0; v < p.variables(); v++) if (p.name(v) != null && p.name(v).length() < 4) taken.add(p.name(v));
        for (String l : LETTERS) if (!taken.contains(l)) indices.add(l);
        for (int k = 7; indices.size() < 8; k++) if (!taken.contains("i" + k)) indices.add("i" + k);
        for (int i = 0; i < p.length(); i++) inline[p.target(i)] = p.name(p.target(i)) == null ? i : -1;
    }

    // ---- applications

    /// The right-hand side of the statement of instruction i.
    String application(int i) {
        return application(i, 0);
    }

    private String application(int i, int outer) {
        Elementary f = p.operation(i);
        int[] shape = p.shape(p.target(i));
        if (f.kind == Elementary.Kind.POINTWISE) return pointwise(i, shape, outer);
        String plain = plainRows(i, outer);
        return plain != null ? plain : byComprehension(i);
    }

    private String pointwise(int i, int[] shape, int outer) {
        Elementary f = p.operation(i);
        int n = p.arity(i);
        String[] x = new String[n];
        int[][] own = new int[n][];
        for (int k = 0; k < n; k++) {
            Plain t = plain(p.ref(i, k), precedenceOf(f, k, n));
            if (t == null) t = unrepeated(p.operand(i, k), precedenceOf(f, k, n));
            x[k] = t.text;
            own[k] = t.shape;
        }
        // Where no operand shows an axis of the result (all are repeated along it), one is written out in full.
        for (int k = n - 1; k >= 0 && !Arrays.equals(common(own), shape); k--) {
            x[k] = exact(p.operand(i, k), precedenceOf(f, k, n));
            own[k] = shape;
        }
        return call(f, x, outer);
    }

    private static int[] common(int[][] shapes) {
        int[] fits = Shapes.SCALAR;
        for (int[] s : shapes) fits = Shapes.broadcast(fits, s);
        return fits;
    }

    private static int precedenceOf(Elementary f, int k, int n) {
        if (!f.isSign()) return 0;
        int own = TermText.precedence(f.name, n);
        return n == 1 || k == 0 ? own : own + 1;
    }

    private static String call(Elementary f, String[] x, int outer) {
        if (f.isSign()) {
            String s = x.length == 1 ? "-" + x[0] : x[0] + " " + f.name + " " + x[1];
            return TermText.precedence(f.name, x.length) < outer ? "(" + s + ")" : s;
        }
        StringBuilder out = new StringBuilder(f.name).append('(');
        for (int k = 0; k < x.length; k++) {
            if (k > 0) out.append(k == x.length - 1 && f.name.indexOf('\'') > 0 ? "; " : ", ");
            out.append(x[k]);
        }
        return out.append(')').toString();
    }

    private String plainRows(int i, int outer) {
        Elementary f = p.operation(i);
        int rank = p.rank(i);
        Operand a = p.operand(i, 0);
        switch (f.kind) {
            case CONTRACTION -> {
                Operand b = p.operand(i, 1);
                if (a.rank() != rank / 10 || b.rank() != rank % 10) return null;
                if (rank == 11) return "dot(" + exact(a, 0) + ", " + exact(b, 0) + ")";
                String s = exact(a, 2) + " @ " + exact(b, 3);
                return outer > 2 ? "(" + s + ")" : s;
            }
            case REDUCTION, NORMALISATION -> {
                if (f.arity == 2) return primedRows(f, rank, a, p.operand(i, 1));
                if (a.rank() == rank) return reductionOf(f, a, new String[0]);
                if (rank != 1) return null;
                String found = null;
                for (int k = a.rank() - 1; k >= 0; k--) {
                    if (f.kind == Elementary.Kind.NORMALISATION && k < a.rank() - 1) break;
                    Plain t = exactPlain(a.permute(movedTo(a.rank() - 1, k, a.rank())), 0);
                    // The axis that needs no transposition says it best.
                    if (t != null && (found == null || !t.text.endsWith(".T") && found.contains(".T, "))) found = f.name + "(" + t.text + ", axis=" + (k + 1) + ")";
                }
                return found;
            }
            default -> {
                return primedRows(f, rank, a, p.operand(i, 1));
            }
        }
    }

    /// A reduction over all axes behind the named ones; of what no slice shows as a comprehension, where the language has one.
    private String reductionOf(Elementary f, Operand a, String[] names) {
        String row = slicedAt(a, names);
        if (row != null) return f.name + "(" + row + ")";
        if (!COMPREHENSIONS.contains(f.name)) return f.name + "(" + at(a, names, 0) + ")";
        String[] all = indices.subList(0, a.rank()).toArray(new String[0]);
        return f.name + "(" + at(a, all, 0) + clauses(all, a.shape(), names.length) + ")";
    }

    /// The operand at named indices without a comprehension, or null.
    private String slicedAt(Operand a, String[] names) {
        if (names.length > 0) return a instanceof Operand.View v ? subscripted(v, names, 0) : null;
        Plain t = exactPlain(a, 0);
        return t == null ? null : t.text;
    }

    private static final Set<String> COMPREHENSIONS = Set.of("sum", "max", "min");

    private String primedRows(Elementary f, int rank, Operand a, Operand v) {
        if (a.rank() == rank) return f.name + "(" + exact(a, 0) + "; " + exact(v, 0) + ")";
        return rank == 1 ? f.name + "(" + exact(a, 0) + ", axis=" + a.rank() + "; " + exact(v, 0) + ")" : null;
    }

    private static int[] movedTo(int last, int k, int rank) {
        int[] order = new int[rank];
        int n = 0;
        for (int d = 0; d < rank; d++) order[d] = d == k ? last : n++;
        return order;
    }

    /// `[[f(x[i, j]) for j in 1..n] for i in 1..m]`: every batch axis of the statement an index.
    private String byComprehension(int i) {
        Elementary f = p.operation(i);
        int[] shape = p.shape(p.target(i));
        int rank = p.rank(i);
        int own = switch (f.kind) {
            case CONTRACTION -> Math.max(0, rank / 10 - 1) + Math.max(0, rank % 10 - 1);
            case REDUCTION -> 0;
            default -> rank;
        };
        int batch = shape.length - own;
        String[] names = indices.subList(0, batch).toArray(new String[0]);
        String body;
        if (f.kind == Elementary.Kind.CONTRACTION) {
            String a = at(p.operand(i, 0), names, rank == 11 ? 0 : 2);
            String b = at(p.operand(i, 1), names, rank == 11 ? 0 : 3);
            body = rank == 11 ? "dot(" + a + ", " + b + ")" : a + " @ " + b;
        } else if (f.arity == 2) {
            body = f.name + "(" + at(p.operand(i, 0), names, 0) + "; " + at(p.operand(i, 1), names, 0) + ")";
        } else {
            body = reductionOf(f, p.operand(i, 0), names);
        }
        return listed(body, names, shape);
    }

    private static String listed(String body, String[] names, int[] shape) {
        for (int k = names.length - 1; k >= 0; k--) body = "[" + body + " for " + names[k] + " in 1.." + shape[k] + "]";
        return body;
    }

    private static String clauses(String[] names, int[] shape, int from) {
        StringBuilder out = new StringBuilder(" for ");
        for (int k = from; k < names.length; k++) out.append(k > from ? ", " : "").append(names[k]).append(" in 1..").append(shape[k]);
        return out.toString();
    }

    // ---- writes

    /// The left-hand side of a write, or null where no slice says which entries.
    String place(Operand.View place, String relation) {
        int v = place.variable();
        if (place.layout().isWhole(p.shape(v))) return relation.equals("=") ? p.name(v) + "[..]" : p.name(v);
        Plain t = slices(p.name(v), p.shape(v), place.layout());
        return t != null && Arrays.equals(t.shape, place.shape()) ? t.text : null;
    }

    String broadcasting(Operand source, int[] shape) {
        Plain t = plain(source, 0);
        return t != null && Arrays.equals(Shapes.broadcast(t.shape, shape), shape) ? t.text : null;
    }

    /// `x_bar[i + j] += s[i, j] for i in 1..m, j in 1..n`.
    String writeByClauses(Operand.View place, Operand source, String relation) {
        int[] shape = place.shape();
        String[] names = indices.subList(0, shape.length).toArray(new String[0]);
        return at(place, names, ATOM) + " " + relation + " " + at(source, names, 0) + clauses(names, shape, 0);
    }

    // ---- operands as they are

    /// Text that denotes an operand up to broadcasting, and the shape that the text has by itself.
    private record Plain(String text, int[] shape) {}

    private Plain plain(int ref, int outer) {
        if (ref >= 0 && p.name(ref) != null) return new Plain(p.name(ref), p.shape(ref));
        return plain(p.operand(ref), outer);
    }

    private Plain plain(Operand o, int outer) {
        return switch (o) {
            case Operand.Constant c -> {
                Quantity u = c.uniform();
                yield u != null ? new Plain(literal(u, outer), Shapes.SCALAR) : new Plain(constant(c, new String[0], outer), c.shape());
            }
            case Operand.View v -> plainView(v, outer);
            case Operand.Stack s -> exactPlain(s, outer);
        };
    }

    /// Repeated leading axes are left to broadcasting; other repeated axes become axes of size 1.
    private Plain plainView(Operand.View v, int outer) {
        Layout l = v.layout();
        int lead = 0;
        while (lead < l.rank() && l.strides()[lead] == 0) lead++;
        for (int k = 0; k < lead; k++) l = l.at(0, 0);
        for (int k = 0; k < l.rank(); k++) if (l.strides()[k] == 0) l = l.slice(k, 0, 1);
        return viewText(v.variable(), l, outer);
    }

    /// The text of an operand without the leading axes along which it is repeated.
    private Plain unrepeated(Operand o, int outer) {
        while (o.rank() > 0 && repeated(o)) o = o.at(0, 0);
        return new Plain(exact(o, outer), o.shape());
    }

    private static boolean repeated(Operand o) {
        return switch (o) {
            case Operand.View v -> v.layout().strides()[0] == 0;
            case Operand.Constant c -> c.layout().strides()[0] == 0;
            case Operand.Stack s -> s.axis() > 0 && s.parts().stream().allMatch(Expression::repeated);
        };
    }

    /// The text of an operand with exactly its shape, by comprehension if need be.
    String exact(Operand o, int outer) {
        Plain t = exactPlain(o, outer);
        if (t != null) return t.text;
        String[] names = indices.subList(0, o.rank()).toArray(new String[0]);
        return listed(at(o, names, 0), names, o.shape());
    }

    private Plain exactPlain(Operand o, int outer) {
        switch (o) {
            case Operand.Constant c -> {
                Quantity u = c.uniform();
                if (c.rank() == 0) return new Plain(literal(u, outer), Shapes.SCALAR);
                if (u != null && u.equals(Rational.ZERO)) return new Plain("zeros(" + Printer.dimensions(c.shape()) + ")", c.shape());
                if (u != null && u.equals(Rational.ONE)) return new Plain("ones(" + Printer.dimensions(c.shape()) + ")", c.shape());
                return new Plain(constant(c, new String[0], outer), c.shape());
            }
            case Operand.View v -> {
                for (int k = 0; k < v.layout().rank(); k++) if (v.layout().strides()[k] == 0 && v.layout().shape()[k] > 1) return null;
                return viewText(v.variable(), v.layout(), outer);
            }
            case Operand.Stack s -> {
                if (s.axis() == 1 && s.rank() == 2) {
                    Plain t = exactPlain(s.permute(1, 0), ATOM);
                    return t == null ? null : new Plain(t.text + ".T", s.shape());
                }
                if (s.axis() != 0) return null;
                StringBuilder out = new StringBuilder("[");
                for (Operand part : s.parts()) out.append(out.length() > 1 ? ", " : "").append(exact(part, 0));
                return new Plain(out.append(']').toString(), s.shape());
            }
        }
    }

    /// A view without repeated axes, or null.
    private Plain viewText(int variable, Layout l, int outer) {
        int[] own = p.shape(variable);
        if (l.isWhole(own)) return new Plain(variable(variable, outer), own);
        String name = variable(variable, ATOM);
        int[] kept = squeezed(l);
        Layout s = l;
        for (int k = l.rank() - 1; k >= 0; k--) if (l.shape()[k] == 1) s = s.at(k, 0);
        Plain t = null;
        if (l.size() == Shapes.size(own) && l.size() > 1) {
            Layout whole = l.reshape(own);
            if (whole != null && whole.isWhole(own)) return new Plain("reshape(" + variable(variable, 0) + ", " + Printer.dimensions(l.shape()) + ")", l.shape());
        }
        t = slices(name, own, s);
        if (t == null && s.rank() == 2) {
            Layout back = s.permute(1, 0);
            t = back.isWhole(own) ? new Plain(name, own) : slices(name, own, back);
            if (t != null) t = new Plain(t.text + ".T", s.shape());
        }
        if (t == null) return null;
        return Arrays.equals(t.shape, l.shape()) ? t : kept.length == 0 && l.rank() == 0 ? t
                : new Plain("reshape(" + t.text + ", " + Printer.dimensions(l.shape()) + ")", l.shape());
    }

    private static int[] squeezed(Layout l) {
        return Arrays.stream(l.shape()).filter(d -> d > 1).toArray();
    }

    /// `x[2..n]`, `A[i]`, `A[.., j]`: each axis of the view is a run of one axis of the variable, in the same order.
    private static Plain slices(String name, int[] shape, Layout l) {
        int[] strides = Layout.whole(shape).strides();
        int rest = l.offset();
        int axis = 0;
        List<String> subscripts = new ArrayList<>();
        List<Integer> shown = new ArrayList<>();
        int last = 0;
        for (int d = 0; d < shape.length; d++) {
            int at = shape[d] == 1 ? 0 : rest / strides[d];
            rest -= at * strides[d];
            if (axis < l.rank() && l.shape()[axis] > 1 && l.strides()[axis] == strides[d] && shape[d] > 1) {
                int n = l.shape()[axis++];
                if (at + n > shape[d]) return null;
                boolean all = at == 0 && n == shape[d];
                subscripts.add(all ? ".." : (at + 1) + ".." + (at + n));
                if (!all) last = d + 1;
                shown.add(n);
            } else {
                if (at >= shape[d]) return null;
                subscripts.add(Integer.toString(at + 1));
                last = d + 1;
            }
        }
        if (rest != 0 || axis < l.rank()) return null;
        String text = last == 0 ? name : name + "[" + String.join(", ", subscripts.subList(0, last)) + "]";
        return new Plain(text, shown.stream().mapToInt(n -> n).toArray());
    }

    private String variable(int v, int outer) {
        return p.name(v) != null ? p.name(v) : parenthesized(v, outer);
    }

    private String parenthesized(int v, int outer) {
        return outer == ATOM ? asAtom(application(inline[v], 0)) : application(inline[v], outer);
    }

    private static String asAtom(String s) {
        return s.startsWith("[") || s.matches("[\\p{L}][\\p{L}\\p{Nd}_']*\\([^()]*\\)") ? s : "(" + s + ")";
    }

    // ---- operands inside a comprehension

    /// The operand with its leading axes at named indices; further axes are its own.
    private String at(Operand o, String[] names, int outer) {
        return switch (o) {
            case Operand.Constant c -> constant(c, names, outer);
            case Operand.Stack s -> {
                boolean indexed = s.axis() < names.length;
                String[] rest = indexed ? without(names, s.axis()) : names;
                if (!indexed && s.axis() != names.length) yield nested(o, names);
                StringBuilder out = new StringBuilder("[");
                for (Operand part : s.parts()) out.append(out.length() > 1 ? ", " : "").append(at(part, rest, 0));
                yield out.append(']').append(indexed ? "[" + names[s.axis()] + "]" : "").toString();
            }
            case Operand.View v -> {
                String t = subscripted(v, names, outer);
                yield t != null ? t : nested(o, names);
            }
        };
    }

    private static String[] without(String[] names, int k) {
        List<String> out = new ArrayList<>(List.of(names));
        out.remove(k);
        return out.toArray(new String[0]);
    }

    /// The own axes as comprehensions too.
    private String nested(Operand o, String[] names) {
        int own = o.rank() - names.length;
        String[] all = Arrays.copyOf(names, o.rank());
        for (int k = 0; k < own; k++) all[names.length + k] = indices.get(names.length + k);
        String body = at(o, all, 0);
        for (int k = o.rank() - 1; k >= names.length; k--) body = "[" + body + " for " + all[k] + " in 1.." + o.shape()[k] + "]";
        return body;
    }

    private String subscripted(Operand.View v, String[] names, int outer) {
        int n = names.length;
        Layout l = v.layout();
        boolean mentioned = false;
        for (int k = 0; k < n; k++) mentioned |= l.strides()[k] != 0 || l.shape()[k] == 1;
        if (!mentioned) {
            Layout rest = l;
            for (int k = 0; k < n; k++) rest = rest.at(0, 0);
            Plain t = exactPlain(new Operand.View(v.variable(), rest), outer);
            return t == null ? null : t.text;
        }
        String name = variable(v.variable(), ATOM);
        int[] shape = p.shape(v.variable());
        String t = subscripts(l, names, shape);
        if (t != null) return name + "[" + t + "]";
        if (l.rank() == n + 2) {
            int[] back = Shapes.concat(java.util.stream.IntStream.range(0, n).toArray(), n + 1, n);
            t = subscripts(l.permute(back), names, shape);
            if (t != null) return name + "[" + t + "].T";
        }
        if (l.rank() > n) return null;
        int[] flat = {Shapes.size(shape)};
        return "reshape(" + variable(v.variable(), 0) + ", " + flat[0] + ")[" + subscripts(l, names, flat) + "]";
    }

    /// Each axis' stride taken apart over the variable's own strides; null where that leaves the variable's bounds or an
    /// own axis is no plain run.
    private static String subscripts(Layout l, String[] names, int[] shape) {
        int[] strides = Layout.whole(shape).strides();
        int r = shape.length;
        int n = names.length;
        int[] base = new int[r];
        int[][] coefficient = new int[r][l.rank()];
        int rest = l.offset();
        boolean[] single = new boolean[r];
        for (int d = 0; d < r; d++) {
            single[d] = shape[d] == 1;
            base[d] = shape[d] == 1 ? 0 : rest / strides[d];
            rest -= base[d] * strides[d];
        }
        for (int k = 0; k < l.rank(); k++) {
            int s = l.strides()[k];
            for (int d = 0; d < r; d++) {
                if (shape[d] == 1) continue;
                coefficient[d][k] = s / strides[d];
                s -= coefficient[d][k] * strides[d];
            }
            if (s != 0) return null;
            // An index of one value moves nothing, but must be mentioned to give the result its axis.
            if (k < n && l.shape()[k] == 1 && r > 0) coefficient[singleAxis(single)][k] = 1;
        }
        List<String> out = new ArrayList<>();
        int ownSeen = n;
        for (int d = 0; d < r; d++) {
            int lo = base[d];
            int hi = base[d];
            int run = single[d] && ownSeen < l.rank() && l.shape()[ownSeen] == 1 ? ownSeen : -1;
            boolean indexed = false;
            for (int k = 0; k < l.rank(); k++) {
                int c = coefficient[d][k];
                if (c == 0) continue;
                if (k >= n) {
                    if (run >= 0 || c != 1) return null;
                    run = k;
                } else indexed = true;
                lo += Math.min(0, c * (l.shape()[k] - 1));
                hi += Math.max(0, c * (l.shape()[k] - 1));
            }
            if (lo < 0 || hi >= shape[d]) return null;
            if (run >= 0) {
                if (indexed || run != ownSeen++) return null;
                out.add(base[d] == 0 && l.shape()[run] == shape[d] ? ".." : (base[d] + 1) + ".." + (base[d] + l.shape()[run]));
            } else out.add(affine(base[d] + 1, coefficient[d], names));
        }
        if (ownSeen < l.rank()) return null;
        while (out.size() > 1 && out.getLast().equals("..")) out.removeLast();
        return String.join(", ", out);
    }

    /// The first axis of one entry that no index is at yet, which is then taken; else the first of all.
    private static int singleAxis(boolean[] single) {
        for (int d = 0; d < single.length; d++) {
            if (!single[d]) continue;
            single[d] = false;
            return d;
        }
        return 0;
    }

    /// `c + Σ k · (index − 1)` in the language.
    private static String affine(long constant, int[] k, String[] names) {
        StringBuilder out = new StringBuilder();
        for (int a = 0; a < names.length; a++) {
            if (k[a] == 0) continue;
            constant -= k[a];
            String sign = out.isEmpty() ? k[a] < 0 ? "-" : "" : k[a] < 0 ? " - " : " + ";
            out.append(sign).append(Math.abs(k[a]) == 1 ? "" : Math.abs(k[a]) + " * ").append(names[a]);
        }
        if (out.isEmpty()) return Long.toString(constant);
        if (constant > 0 && out.charAt(0) == '-') return constant + " - " + out.substring(1);
        return constant == 0 ? out.toString() : out + (constant < 0 ? " - " : " + ") + Math.abs(constant);
    }

    // ---- constants

    private static String literal(Quantity q, int outer) {
        String s = q instanceof Rational r ? r.literal() : nad.arithmetic.Rational.of(new java.math.BigDecimal(Double.toString(finite(q.toDouble())))).literal();
        boolean compound = s.startsWith("-") && outer > 3 || s.contains("/") && outer > 0;
        return compound ? "(" + s + ")" : s;
    }

    private static double finite(double d) {
        return Double.isFinite(d) ? d : Math.copySign(Double.MAX_VALUE, d);
    }

    /// A constant at named indices: affine in them, or the entry of a list; its own axes as a list.
    private String constant(Operand.Constant c, String[] names, int outer) {
        Quantity u = c.uniform();
        if (u != null && c.rank() == names.length) return literal(u, outer);
        int own = c.rank() - names.length;
        if (own == 0) {
            String s = affineConstant(c, names);
            if (s != null) return outer > 1 ? "(" + s + ")" : s;
            StringBuilder used = new StringBuilder();
            Operand.Constant o = c;
            for (int k = names.length - 1; k >= 0; k--) {
                if (c.layout().strides()[k] == 0) o = o.at(k, 0);
                else used.insert(0, used.isEmpty() ? names[k] : names[k] + ", ");
            }
            return used.isEmpty() ? literal(o.get(0), outer) : list(o) + "[" + used + "]";
        }
        if (names.length == 0) {
            String[] all = indices.subList(0, c.rank()).toArray(new String[0]);
            String s = c.size() > 4 ? affineConstant(c, all) : null;
            return s != null ? listed(s, all, c.shape()) : list(c);
        }
        return nested(c, names);
    }

    private static String list(Operand.Constant c) {
        if (c.rank() == 0) return literal(c.get(0), 0);
        StringBuilder out = new StringBuilder("[");
        for (int k = 0; k < c.shape()[0]; k++) out.append(k > 0 ? ", " : "").append(list(c.at(0, k)));
        return out.append(']').toString();
    }

    /// Integers that grow by the same step along each axis, as an expression in the indices; else null.
    private static String affineConstant(Operand.Constant c, String[] names) {
        int[] shape = c.shape();
        if (!(c.size() > 0 && c.get(0) instanceof Rational first && first.asInt() != null)) return null;
        int[] step = new int[shape.length];
        int stride = 1;
        for (int k = shape.length - 1; k >= 0; k--) {
            if (shape[k] > 1) {
                if (!(c.get(stride) instanceof Rational r && r.asInt() != null)) return null;
                step[k] = r.asInt() - first.asInt();
            }
            stride *= shape[k];
        }
        int[] index = new int[shape.length];
        for (int n = 0; n < c.size(); n++) {
            long v = first.asInt();
            for (int k = 0; k < index.length; k++) v += (long) step[k] * index[k];
            if (!c.get(n).equals(Rational.of(v))) return null;
            for (int k = index.length - 1; k >= 0 && ++index[k] == shape[k]; k--) index[k] = 0;
        }
        return affine(first.asInt(), step, names);
    }
}
