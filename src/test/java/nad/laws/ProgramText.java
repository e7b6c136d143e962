package nad.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Random programs as `.nad` text. What is written always checks: shapes fit, indices stay in their ranges, arguments of
/// functions with a domain are brought into it. The first of every choice is the simplest.
final class ProgramText {
    /// A dimension as it is written, and its value.
    private record Dim(String text, int value) {}

    private record Variable(String name, List<Dim> shape) {}

    /// A comprehension or loop variable with the least and the greatest value it takes.
    private record Index(String name, int lo, int hi) {}

    private final Choices choose;
    /// Whether all operations stay within the rationals.
    private final boolean rational;
    private final List<Dim> dims = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final List<Index> indices = new ArrayList<>();
    private int fresh;

    private ProgramText(Choices choose, boolean rational) {
        this.choose = choose;
        this.rational = rational;
    }

    /// A program over all of D and the prelude.
    static String any(Choices choose) {
        return new ProgramText(choose, false).text();
    }

    /// A program whose operations stay within the rationals.
    static String rational(Choices choose) {
        return new ProgramText(choose, true).text();
    }

    /// A scalar program over + − * / relu abs max min without dead statements.
    static String rationalScalar(Choices choose) {
        int inputs = 1 + choose.below(4);
        List<String> values = new ArrayList<>();
        StringBuilder out = new StringBuilder("program f(");
        for (int k = 1; k <= inputs; k++) {
            values.add("x" + k);
            out.append(k > 1 ? ", " : "").append("x").append(k);
        }
        out.append(") {\n");
        Set<String> unused = new TreeSet<>(values);
        int statements = 1 + choose.below(25);
        for (int k = 1; k <= statements; k++) {
            String a = choose.of(values.getLast(), values.get(choose.below(values.size())));
            String b = choose.of(values.getFirst(), values.get(choose.below(values.size())), values.getLast(), choose.of("2", "0.5", "3"));
            String e = switch (choose.below(9)) {
                case 0 -> a + " + " + b;
                case 1, 2 -> a + " * " + b;
                case 3 -> a + " - " + b;
                case 4 -> a + " / " + b;
                case 5 -> "relu(" + a + ")";
                case 6 -> "abs(" + a + ")";
                case 7 -> "max(" + a + ", " + b + ")";
                default -> "min(" + b + ", " + a + ")";
            };
            unused.remove(a);
            unused.remove(b);
            String t = "v" + k;
            out.append("  ").append(t).append(" = ").append(e).append('\n');
            values.add(t);
            unused.add(t);
        }
        unused.removeIf(u -> u.startsWith("x"));
        // What nothing used is added up, so that no statement is dead.
        return out.append("  return ").append(unused.isEmpty() ? values.getLast() : String.join(" + ", unused)).append("\n}\n").toString();
    }

    // ---- the whole

    /// Items that the program may use, by name.
    private static final Map<String, String> ITEMS = Map.of("third", """
            const third = 1 / 3
            """, "hinge", """
            elementary hinge(t) {
              when t > 1   : t - 0.5
              when t < -1  : -t - 0.5
              otherwise    : 0.5 * t * t
            }
            """, "kinked", """
            elementary kinked(a, b) cost 3 {
              when a >= 2 * b : a * a - 2 * a * b + a
              otherwise       : a
            }
            """, "energy", """
            program energy<k>(p: real[k], q: real[k]) {
              s = 0.5 * p
              s[1] = p[k] * q[1]
              return sum(s[i] * q[i] for i in 1..k) - max(p)
            }
            """, "scaled", """
            program scaled(a) {
              b = a * a
              b += a
              return b / (1 + a * a)
            }
            """);

    private String text() {
        List<String> sizes = new ArrayList<>();
        for (String s : List.of("n", "m")) {
            int v = choose.of(3, 1 + choose.below(5));
            dims.add(new Dim(s, v));
            sizes.add(s + " = " + v);
        }
        dims.add(new Dim("2", 2));
        dims.add(new Dim("4", 4));
        dims.add(new Dim("1", 1));
        int inputs = 1 + choose.below(4);
        List<String> parameters = new ArrayList<>();
        for (int k = 1; k <= inputs; k++) {
            List<Dim> shape = shape(k == 1 ? choose.below(3) : choose.below(4));
            String name = "x" + k;
            variables.add(new Variable(name, shape));
            parameters.add((k > 1 && choose.chance(20) ? "data " : "") + name + (shape.isEmpty() ? "" : ": real" + brackets(shape)));
        }
        StringBuilder body = new StringBuilder();
        int statements = 1 + choose.below(6);
        for (int k = 0; k < statements; k++) body.append(statement("  "));
        body.append("  return ").append(result());
        StringBuilder out = new StringBuilder();
        ITEMS.forEach((name, item) -> {
            if (body.indexOf(name) >= 0) out.append(item);
        });
        out.append("program f<").append(String.join(", ", sizes)).append(">(").append(String.join(", ", parameters)).append(") {\n");
        return out.append(body).append("\n}\n").toString();
    }

    /// Mostly one scalar; else a tensor, or several results, which are then pulled back with seeds.
    private String result() {
        Variable last = variables.getLast();
        if (choose.chance(12)) return last.name + ", " + expression(shape(choose.below(3)), 1);
        if (choose.chance(10)) return last.name;
        return reduced(last.name, last.shape) + (choose.chance(50) ? " + " + expression(List.of(), 2) : "");
    }

    private String reduced(String x, List<Dim> shape) {
        return shape.isEmpty() ? x : "sum(" + x + ")";
    }

    private List<Dim> shape(int rank) {
        List<Dim> s = new ArrayList<>();
        for (int k = 0; k < Math.min(rank, 3); k++) s.add(rank == 3 ? dims.get(choose.below(3)) : choose.of(dims.get(0), dims.get(1), dims.get(choose.below(dims.size()))));
        return s;
    }

    private static String brackets(List<Dim> shape) {
        return shape.stream().map(Dim::text).collect(Collectors.joining(", ", "[", "]"));
    }

    // ---- statements

    private String statement(String indent) {
        switch (choose.below(10)) {
            case 0, 1, 2, 3 -> {
                return define(indent, shape(choose.below(3)), 3);
            }
            case 4 -> {
                Variable v = variables.get(choose.below(variables.size()));
                return indent + v.name + choose.of(" += ", " -= ") + damped(expression(narrower(v.shape), 2)) + "\n";
            }
            case 5 -> {
                return entries(indent);
            }
            case 6, 7 -> {
                Index i = new Index("k" + ++fresh, 1, choose.of(2, 1 + choose.below(3)));
                Variable v = variables.get(choose.below(variables.size()));
                indices.add(i);
                StringBuilder out = new StringBuilder(indent + "for " + i.name + " in 1.." + i.hi + " {\n");
                if (choose.chance(30) && variables.stream().anyMatch(w -> !w.shape.isEmpty())) out.append(entries(indent + "  "));
                out.append(indent).append("  ").append(v.name).append(" = ").append(damped(v.name + choose.of(" + ", " * ", " - ") + atom(v.shape, 1))).append('\n');
                indices.removeLast();
                return out.append(indent).append("}\n").toString();
            }
            case 8 -> {
                return define(indent, List.of(), 3);
            }
            default -> {
                // a value that nothing uses
                return indent + "unused" + ++fresh + " = " + expression(shape(choose.below(2)), 2) + "\n";
            }
        }
    }

    private String define(String indent, List<Dim> shape, int depth) {
        String e = expression(shape, depth);
        String name = choose.chance(20) && !variables.isEmpty() ? null : "y" + ++fresh;
        if (name == null) {
            // reassignment, perhaps with another shape
            Variable old = variables.remove(choose.below(variables.size()));
            name = old.name;
        }
        variables.add(new Variable(name, shape));
        return indent + name + " = " + e + "\n";
    }

    private String entries(String indent) {
        List<Variable> tensors = variables.stream().filter(v -> !v.shape.isEmpty()).toList();
        if (tensors.isEmpty()) return define(indent, shape(1), 2);
        Variable v = tensors.get(choose.below(tensors.size()));
        List<Dim> rest = new ArrayList<>();
        String place = v.name + subscripts(v.shape, rest);
        return indent + place + choose.of(" = ", " += ", " -= ") + damped(expression(choose.chance(30) ? narrower(rest) : rest, 2)) + "\n";
    }

    /// A shape that broadcasts to this one.
    private List<Dim> narrower(List<Dim> shape) {
        if (shape.isEmpty() || !choose.chance(40)) return shape;
        return choose.chance(50) ? List.of() : new ArrayList<>(shape.subList(1, shape.size()));
    }

    private String damped(String e) {
        return rational ? "(" + e + ") / 2" : "tanh(" + e + ")";
    }

    // ---- expressions

    private String expression(List<Dim> shape, int depth) {
        if (depth <= 0) return atom(shape, 0);
        String a = null;
        switch (choose.below(rational ? 12 : 16)) {
            case 0 -> {
                return atom(shape, depth);
            }
            case 1 -> {
                return bracket(expression(shape, depth - 1)) + choose.of(" + ", " - ") + bracket(expression(narrower(shape), depth - 1));
            }
            case 2 -> {
                return bracket(expression(narrower(shape), depth - 1)) + " * " + bracket(expression(shape, depth - 1));
            }
            case 3 -> {
                String d = expression(narrower(shape), depth - 1);
                return bracket(expression(shape, depth - 1)) + " / " + choose.of("2", "(1 + " + bracket(d) + " * " + bracket(d) + ")", "(2 + abs(" + d + "))", "third");
            }
            case 4 -> {
                a = expression(shape, depth - 1);
                return choose.of("relu(" + a + ")", "abs(" + a + ")", "-" + bracket(a), "hinge(" + a + ")", bracket(a) + "^" + choose.of("2", "3", "0", "1", "5"),
                        "(2 + abs(" + a + "))^" + choose.of("-1", "-2"), "2 * " + bracket(a), bracket(a) + " + 1", "0 - " + bracket(a), "1 / (1 + " + bracket(a) + "^2)");
            }
            case 5 -> {
                a = expression(shape, depth - 1);
                String b = choose.chance(25) ? a : expression(narrower(shape), depth - 1);
                return choose.of("max", "min", "kinked") + "(" + (choose.chance(50) ? a + ", " + b : b + ", " + a) + ")";
            }
            case 6 -> {
                a = expression(shape, depth - 1);
                return choose.of("leaky_relu(" + a + ", 0.25)", "clip(" + a + ", -0.5, 1)", "hardtanh(" + a + ")", "relu6(3 * " + bracket(a) + ")", "softshrink(" + a + ", 0.5)",
                        "huber(" + a + ", 0.5)", "max(" + a + ", 0.25)", "fma(" + a + ", " + atom(shape, 0) + ", 0.5)", "clip(" + a + ", " + atom(narrower(shape), 0) + ", 1.5)");
            }
            case 7 -> {
                return reduction(shape, depth);
            }
            case 8 -> {
                return shape.isEmpty() ? comprehended(depth) : comprehension(shape, depth);
            }
            case 9 -> {
                return product(shape, depth);
            }
            case 10 -> {
                if (!shape.isEmpty()) return view(shape, depth);
                return choose.chance(50) ? "scaled(" + expression(List.of(), depth - 1) + ")" : energy(depth);
            }
            case 11 -> {
                // a term written twice, an operand twice
                a = bracket(expression(shape, depth - 1));
                return choose.of(a + " * " + a, a + " - " + a + " * " + a, "max(" + a + ", " + a + ")", a + " / (1 + " + a + " * " + a + ")");
            }
            default -> {
                return smooth(shape, depth);
            }
        }
    }

    private String smooth(List<Dim> shape, int depth) {
        String a = expression(shape, depth - 1);
        String b = bracket(a);
        String c = expression(narrower(shape), depth - 1);
        return switch (choose.below(34)) {
            case 0 -> "exp(tanh(" + a + "))";
            case 1 -> "log(1 + " + b + " * " + b + ")";
            case 2 -> "sqrt(1 + " + b + "^2)";
            case 3 -> "log1p(abs(" + a + "))";
            case 4 -> "expm1(sin(" + a + "))";
            case 5 -> "sin(" + a + ")";
            case 6 -> "cos(" + a + ")";
            case 7 -> "tan(0.5 * sin(" + a + "))";
            case 8 -> "asin(0.9 * tanh(" + a + "))";
            case 9 -> "acos(0.9 * sin(" + a + "))";
            case 10 -> "atan(" + a + ")";
            case 11 -> "sinh(tanh(" + a + "))";
            case 12 -> "cosh(atan(" + a + "))";
            case 13 -> "tanh(" + a + ")";
            case 14 -> "sigmoid(" + a + ")";
            case 15 -> "softplus(" + a + ")";
            case 16 -> "erf(" + a + ")";
            case 17 -> "gelu(tanh(" + a + "))";
            case 18 -> "silu(" + a + ")";
            case 19 -> "elu(tanh(" + a + "))";
            case 20 -> "selu(sin(" + a + "))";
            case 21 -> "pow(1.5 + sin(" + a + "), tanh(" + c + "))";
            case 22 -> "(2 + cos(" + a + "))^" + choose.of("0.5", "(-0.5)", "2.5", "third");
            case 23 -> "2^sin(" + a + ")";
            case 24 -> "hypot(" + a + ", " + c + ")";
            case 25 -> "hypot(3, " + a + ")";
            case 26 -> shape.isEmpty() ? "tanh(" + a + ")" : "softmax(tanh(" + a + ")" + axis(shape) + ")";
            case 27 -> shape.isEmpty() ? "cos(" + a + ")" : "log_softmax(tanh(" + a + ")" + axis(shape) + ")";
            case 28 -> "pi * " + b;
            case 29 -> b + " / e";
            case 30 -> "max(" + b + ", sin(1))";
            case 31 -> "sqrt(2) * " + b;
            default -> "exp(-" + b + " * " + b + ")";
        };
    }

    private String axis(List<Dim> shape) {
        return choose.chance(50) ? "" : ", axis=" + (1 + choose.below(shape.size()));
    }

    private String reduction(List<Dim> shape, int depth) {
        String f = choose.of("sum", "max", "min", "prod", "norm1", "norminf", rational ? "sum" : "logsumexp", rational ? "max" : "norm2");
        // The whole of a tensor to a scalar, or one axis more to this shape.
        if (shape.isEmpty()) {
            List<Dim> s = shape(choose.below(3));
            return f + "(" + inDomain(f, expression(s, depth - 1)) + ")";
        }
        if (shape.size() >= 3) return atom(shape, depth);
        int axis = choose.below(shape.size() + 1);
        List<Dim> s = new ArrayList<>(shape);
        s.add(axis, choose.of(dims.get(0), dims.get(choose.below(dims.size()))));
        return f + "(" + inDomain(f, expression(s, depth - 1)) + ", axis=" + (axis + 1) + ")";
    }

    private String inDomain(String f, String e) {
        return switch (f) {
            case "prod" -> damped(e);
            case "logsumexp" -> "2 * tanh(" + e + ")";
            default -> e;
        };
    }

    private String energy(int depth) {
        List<Dim> s = shape(1);
        return "energy(" + expression(s, depth - 1) + ", " + expression(s, depth - 1) + ")";
    }

    /// A scalar from a comprehension: a reduction of one or two clauses, the second of which may move with the first.
    private String comprehended(int depth) {
        int own = indices.size();
        StringBuilder clauses = new StringBuilder(" for ").append(clause(false));
        if (choose.chance(40)) clauses.append(", ").append(clause(true));
        if (choose.chance(15)) clauses.append(", ").append(clause(true));
        String f = choose.of("sum", "sum", "max", "min", "prod");
        String body = expression(List.of(), depth - 1);
        // What a product or an unrolled text would blow up is kept small.
        if (f.equals("prod")) body = damped(body);
        while (indices.size() > own) indices.removeLast();
        return f + "(" + body + clauses + ")";
    }

    private String clause(boolean inner) {
        Dim d = choose.of(dims.get(0), dims.get(1));
        String name = List.of("i", "j", "l", "p", "q", "r").get(indices.size() % 6) + (indices.size() >= 6 ? indices.size() : "");
        if (inner && choose.chance(40)) {
            Index outer = indices.getLast();
            boolean up = choose.chance(50);
            int hi = Math.max(outer.hi, d.value);
            indices.add(up ? new Index(name, outer.lo, hi) : new Index(name, 1, outer.hi));
            return up ? name + " in " + outer.name + ".." + hi : name + " in 1.." + outer.name;
        }
        if (d.value > 1 && choose.chance(30)) {
            indices.add(new Index(name, 1, d.value - 1));
            return name + " in 1.." + d.text + "-1";
        }
        indices.add(new Index(name, 1, d.value));
        return name + " in 1.." + d.text;
    }

    private String comprehension(List<Dim> shape, int depth) {
        String name = List.of("i", "j", "l", "p", "q", "r").get(indices.size() % 6) + (indices.size() >= 6 ? indices.size() : "");
        indices.add(new Index(name, 1, shape.getFirst().value));
        String body = expression(shape.subList(1, shape.size()), depth - 1);
        indices.removeLast();
        return "[" + body + " for " + name + " in 1.." + shape.getFirst().text + "]";
    }

    private String product(List<Dim> shape, int depth) {
        Dim k = choose.of(dims.get(0), dims.get(choose.below(dims.size())));
        if (shape.size() > 2) return atom(shape, depth);
        if (shape.isEmpty()) {
            String x = expression(List.of(k), depth - 1);
            String y = choose.chance(20) ? x : expression(List.of(k), depth - 1);
            return choose.chance(50) ? "dot(" + x + ", " + y + ")" : bracket(x) + " @ " + bracket(y);
        }
        if (shape.size() == 1)
            return choose.chance(50) ? bracket(expression(List.of(shape.get(0), k), depth - 1)) + " @ " + bracket(expression(List.of(k), depth - 1))
                    : bracket(expression(List.of(k), depth - 1)) + " @ " + bracket(expression(List.of(k, shape.get(0)), depth - 1));
        return bracket(expression(List.of(shape.get(0), k), depth - 1)) + " @ " + bracket(expression(List.of(k, shape.get(1)), depth - 1));
    }

    private String view(List<Dim> shape, int depth) {
        int n = shape.size();
        switch (choose.below(5)) {
            case 0 -> {
                if (n == 2) return bracket(expression(List.of(shape.get(1), shape.get(0)), depth - 1)) + ".T";
                return list(shape, depth);
            }
            case 1 -> {
                // a reshape from one more axis of size 1, or from the flat vector
                List<Dim> from = n > 1 && choose.chance(50) ? List.of(flat(shape)) : new ArrayList<>(shape);
                if (from.size() == n) from.add(choose.below(n + 1), new Dim("1", 1));
                if (from.size() > 3) return atom(shape, depth);
                return "reshape(" + expression(from, depth - 1) + ", " + shape.stream().map(Dim::text).collect(Collectors.joining(", ")) + ")";
            }
            case 2 -> {
                return list(shape, depth);
            }
            case 3 -> {
                // a slice of something longer
                Dim longer = new Dim(Integer.toString(shape.getFirst().value + 1), shape.getFirst().value + 1);
                List<Dim> s = new ArrayList<>(shape);
                s.set(0, longer);
                String end = shape.getFirst().text;
                return bracket(expression(s, depth - 1)) + (choose.chance(50) ? "[1.." + end + "]" : "[2.." + longer.text + "]");
            }
            default -> {
                if (n > 2) return atom(shape, depth);
                // a row or column of something higher
                List<Dim> s = new ArrayList<>(shape);
                int axis = choose.below(n + 1);
                Dim extra = dims.get(choose.below(dims.size()));
                s.add(axis, extra);
                List<String> sub = new ArrayList<>();
                for (int d = 0; d <= axis; d++) sub.add(d == axis ? position(extra) : "..");
                return bracket(expression(s, depth - 1)) + "[" + String.join(", ", sub) + "]";
            }
        }
    }

    private static Dim flat(List<Dim> shape) {
        int size = shape.stream().mapToInt(Dim::value).reduce(1, (a, b) -> a * b);
        return new Dim(Integer.toString(size), size);
    }

    private String list(List<Dim> shape, int depth) {
        List<String> parts = new ArrayList<>();
        for (int k = 0; k < shape.getFirst().value; k++) parts.add(expression(shape.subList(1, shape.size()), depth - 2));
        return "[" + String.join(", ", parts) + "]";
    }

    // ---- atoms

    /// A variable, a view of one, or a constant, of exactly this shape.
    private String atom(List<Dim> shape, int depth) {
        List<String> fits = new ArrayList<>();
        int start = choose.below(Math.max(1, variables.size()));
        for (int k = 0; k < variables.size(); k++) {
            Variable v = variables.get((start + k) % variables.size());
            if (values(v.shape).equals(values(shape))) fits.add(v.name);
            else if (v.shape.size() == 2 && values(v.shape.reversed()).equals(values(shape))) fits.add(v.name + ".T");
            else if (v.shape.size() == shape.size() + 1 || v.shape.size() == shape.size() + 2) {
                String s = indexed(v, shape);
                if (s != null) fits.add(s);
            } else if (v.shape.size() == shape.size() && !shape.isEmpty()) {
                String s = sliced(v, shape);
                if (s != null) fits.add(s);
            }
        }
        if (!fits.isEmpty() && !choose.chance(8)) return fits.get(choose.below(fits.size()));
        if (shape.isEmpty()) {
            if (!indices.isEmpty() && choose.chance(50)) return indices.get(choose.below(indices.size())).name;
            return choose.of("0.5", "2", "1", "third", "0.125");
        }
        if (choose.chance(40)) return "zeros" + brackets(shape).replace('[', '(').replace(']', ')');
        return "(" + atom(List.of(), depth) + " * ones" + brackets(shape).replace('[', '(').replace(']', ')') + ")";
    }

    private static List<Integer> values(List<Dim> shape) {
        return shape.stream().map(Dim::value).toList();
    }

    /// `x[i]`, `A[i]`, `A[.., j]`, `A[i, j]`: axes fixed until the shape is left; null where it is not.
    private String indexed(Variable v, List<Dim> shape) {
        List<String> sub = new ArrayList<>();
        int d = 0;
        for (int k = 0; k < v.shape.size(); k++) {
            boolean keep = d < shape.size() && v.shape.get(k).value == shape.get(d).value && (v.shape.size() - k <= shape.size() - d || choose.chance(50));
            if (keep) {
                d++;
                sub.add("..");
            } else sub.add(position(v.shape.get(k)));
        }
        return d == shape.size() ? v.name + "[" + String.join(", ", sub) + "]" : null;
    }

    private String sliced(Variable v, List<Dim> shape) {
        List<String> sub = new ArrayList<>();
        for (int k = 0; k < shape.size(); k++) {
            int n = v.shape.get(k).value;
            int m = shape.get(k).value;
            if (n < m) return null;
            int from = 1 + choose.below(n - m + 1);
            sub.add(n == m ? ".." : from + ".." + (from + m - 1));
        }
        return v.name + "[" + String.join(", ", sub) + "]";
    }

    private String subscripts(List<Dim> shape, List<Dim> rest) {
        List<String> sub = new ArrayList<>();
        int shown = 1 + choose.below(shape.size());
        for (int k = 0; k < shape.size(); k++) {
            Dim d = shape.get(k);
            if (k >= shown) {
                rest.add(d);
                continue;
            }
            switch (choose.below(4)) {
                case 0, 1 -> sub.add(position(d));
                case 2 -> {
                    sub.add("..");
                    rest.add(d);
                }
                default -> {
                    int from = 1 + choose.below(d.value);
                    int to = from + choose.below(d.value - from + 1);
                    sub.add(from + ".." + to);
                    rest.add(new Dim(Integer.toString(to - from + 1), to - from + 1));
                }
            }
        }
        return "[" + String.join(", ", sub) + "]";
    }

    /// An index within a dimension: an index variable, affine in one or two, not affine in one, or a number.
    private String position(Dim d) {
        List<String> fits = new ArrayList<>();
        for (Index i : indices) {
            if (i.hi <= d.value) {
                fits.add(i.name);
                fits.add(d.text + " - " + i.name + " + 1");
                fits.add("floor((" + i.name + " + 1) / 2)");
            }
            if (i.hi + 1 <= d.value) fits.add(i.name + " + 1");
            if (2 * i.hi - 1 <= d.value) fits.add("2 * " + i.name + " - 1");
            if (i.hi * i.hi <= d.value) fits.add(i.name + " * " + i.name);
            for (Index j : indices) if (i != j && i.hi + j.hi - 1 <= d.value) fits.add(i.name + " + " + j.name + " - 1");
        }
        if (fits.isEmpty() || choose.chance(15)) return choose.chance(50) ? d.text : Integer.toString(1 + choose.below(d.value));
        // Mostly plain.
        return choose.chance(50) ? fits.getFirst() : fits.get(choose.below(fits.size()));
    }

    private static String bracket(String e) {
        int depth = 0;
        boolean simple = true;
        for (int k = 0; k < e.length(); k++) {
            char c = e.charAt(k);
            if (c == '(' || c == '[') depth++;
            if (c == ')' || c == ']') depth--;
            simple &= depth > 0 || c != ' ' && c != '-' && c != '^' && c != '@';
        }
        return simple ? e : "(" + e + ")";
    }
}
