package nad.lexi;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Declared;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Term;
import nad.tensor.Shapes;

/// The specification of LD-derivatives: successive local approximations f⁽⁰⁾(d) = f'(x; d), f⁽ᵏ⁾(d) = [f⁽ᵏ⁻¹⁾]'(m_k; d), each
/// taken as it stands there, without rules for rows. A function is a list of nodes, each a function of earlier ones; its
/// one-sided derivative at a point has a node for each, by the chain rule for one-sided derivatives of Lipschitz functions.
final class LocalApproximation {
    private sealed interface Node {}

    private record Input(int k) implements Node {}

    /// c + Σ weight_k · of_k
    private record Affine(Rational c, int[] of, Rational... weight) implements Node {}

    private record Product(int a, int b) implements Node {}

    private record Quotient(int a, int b) implements Node {}

    private record Max(int a, int b) implements Node {}

    /// √Σ of_k², where that is rational
    private record Norm(int... of) implements Node {}

    /// The first piece whose condition holds; `sign` is that of a difference which is not zero, else null: it is asked.
    private record Selection(List<Declared.Condition> conditions, int[] differences, Integer[] sign, int[] pieces) implements Node {}

    private final List<Node> nodes;

    private LocalApproximation(List<Node> nodes) {
        this.nodes = nodes;
    }

    /// The row (f⁽ᵏ⁻¹⁾(m_k)) for k = 1, 2, … of the first result's first entry, as a function of all parameters' entries.
    static Rational[] row(Program p, Rational[] x, Rational[][] m) {
        LocalApproximation f = new Reader(p).function();
        LocalApproximation g = f.derivative(f.values(x));
        Rational[] row = new Rational[m.length];
        for (int k = 0; k < m.length; k++) {
            Rational[] v = g.values(m[k]);
            row[k] = v[v.length - 1];
            g = g.derivative(v);
        }
        return row;
    }

    private Rational[] values(Rational[] x) {
        Rational[] v = new Rational[nodes.size()];
        for (int n = 0; n < v.length; n++) {
            v[n] = switch (nodes.get(n)) {
                case Input i -> x[i.k];
                case Affine a -> {
                    Rational sum = a.c;
                    for (int k = 0; k < a.of.length; k++) sum = sum.plus(a.weight[k].times(v[a.of[k]]));
                    yield sum;
                }
                case Product p -> v[p.a].times(v[p.b]);
                case Quotient q -> v[q.a].over(v[q.b]);
                case Max m -> v[m.a].compareTo(v[m.b]) >= 0 ? v[m.a] : v[m.b];
                case Norm o -> norm(o, v);
                case Selection s -> v[piece(s, v)];
            };
        }
        return v;
    }

    private static Rational norm(Norm o, Rational[] v) {
        Rational sum = Rational.ZERO;
        for (int k : o.of) sum = sum.plus(v[k].times(v[k]));
        Rational root = sum.sqrtExact();
        if (root == null) throw new ArithmeticException("irrational");
        return root;
    }

    private static int piece(Selection s, Rational[] v) {
        for (int k = 0; k < s.differences.length; k++)
            if (s.conditions.get(k).holds(s.sign[k] != null ? s.sign[k] : v[s.differences[k]].sign())) return s.pieces[k];
        return s.pieces[s.pieces.length - 1];
    }

    /// The function d ↦ f'(x; d), v being the nodes' values at x.
    private LocalApproximation derivative(Rational[] v) {
        List<Node> out = new ArrayList<>();
        for (Node n : nodes) {
            out.add(switch (n) {
                case Input i -> i;
                case Affine a -> new Affine(Rational.ZERO, a.of, a.weight);
                case Product p -> linear(new int[] {p.a, p.b}, v[p.b], v[p.a]);
                case Quotient q -> linear(new int[] {q.a, q.b}, Rational.ONE.over(v[q.b]), v[q.a].over(v[q.b].times(v[q.b])).negate());
                case Max m -> {
                    int c = v[m.a].compareTo(v[m.b]);
                    yield c == 0 ? m : same(c > 0 ? m.a : m.b);
                }
                case Norm o -> {
                    Rational length = norm(o, v);
                    if (length.sign() == 0) yield o;
                    Rational[] w = new Rational[o.of.length];
                    for (int k = 0; k < w.length; k++) w[k] = v[o.of[k]].over(length);
                    yield linear(o.of, w);
                }
                case Selection s -> {
                    Integer[] sign = s.sign.clone();
                    for (int k = 0; k < sign.length; k++)
                        if (sign[k] == null && v[s.differences[k]].sign() != 0) sign[k] = v[s.differences[k]].sign();
                    yield new Selection(s.conditions, s.differences, sign, s.pieces);
                }
            });
        }
        return new LocalApproximation(out);
    }

    private static Affine linear(int[] of, Rational... weight) {
        return new Affine(Rational.ZERO, of, weight);
    }

    private static Affine same(int of) {
        return linear(new int[] {of}, Rational.ONE);
    }

    /// A program as such a function.
    private static final class Reader {
        private final Program p;
        private final List<Node> nodes = new ArrayList<>();
        private final int[][] values;

        Reader(Program p) {
            this.p = p;
            this.values = new int[p.variables()][];
            int inputs = 0;
            for (Program.Parameter q : p.parameters()) {
                values[q.variable()] = new int[Shapes.size(q.shape())];
                for (int k = 0; k < values[q.variable()].length; k++) values[q.variable()][k] = add(new Input(inputs++));
            }
        }

        LocalApproximation function() {
            for (int i = 0; i < p.length(); i++) values[p.target(i)] = statement(i);
            add(same(entry(p.results().getFirst(), 0)));
            return new LocalApproximation(nodes);
        }

        private int add(Node n) {
            nodes.add(n);
            return nodes.size() - 1;
        }

        private int entry(Operand o, int k) {
            return switch (o.entry(k)) {
                case Operand.View v -> values[v.variable()][v.layout().offset()];
                case Operand.Constant c -> constant((Rational) c.get(0));
                case Operand.Stack s -> throw new IllegalStateException();
            };
        }

        private int constant(Rational c) {
            return add(new Affine(c, new int[0]));
        }

        private int[] statement(int i) {
            Elementary f = p.operation(i);
            int[] out = new int[Shapes.size(p.shape(p.target(i)))];
            for (int e = 0; e < out.length; e++) {
                List<Integer> x = new ArrayList<>();
                if (f.kind == Elementary.Kind.POINTWISE) for (int k = 0; k < f.arity; k++) x.add(entry(p.operand(i, k), e));
                else if (f.kind == Elementary.Kind.CONTRACTION) x = products(i, e);
                else for (int k = 0; k < p.operand(i, 0).size() / out.length; k++) x.add(entry(p.operand(i, 0), e * (p.operand(i, 0).size() / out.length) + k));
                out[e] = f.kind == Elementary.Kind.POINTWISE ? scalar(f, x) : reduced(f, x);
            }
            return out;
        }

        private List<Integer> products(int i, int e) {
            Operand a = p.operand(i, 0);
            Operand b = p.operand(i, 1);
            int n = a.shape()[a.rank() - 1];
            int columns = b.rank() == 2 ? b.shape()[1] : 1;
            List<Integer> x = new ArrayList<>();
            for (int k = 0; k < n; k++) x.add(add(new Product(entry(a, e / columns * n + k), entry(b, k * columns + e % columns))));
            return x;
        }

        private int reduced(Elementary f, List<Integer> x) {
            if (f == Standard.NORM2) return add(new Norm(x.stream().mapToInt(k -> k).toArray()));
            return x.stream().reduce((s, t) -> f == Standard.MAX_OF ? add(new Max(s, t)) : f == Standard.MIN_OF ? min(s, t) : sum(s, t, 1)).orElseThrow();
        }

        private int scalar(Elementary f, List<Integer> x) {
            if (f.declared != null) return declared(f.declared, x);
            int a = x.getFirst();
            int b = x.getLast();
            return switch (f.name + " of " + f.arity) {
                case "+ of 2" -> sum(a, b, 1);
                case "- of 2" -> sum(a, b, -1);
                case "- of 1" -> negated(a);
                case "* of 2" -> add(new Product(a, b));
                case "/ of 2" -> add(new Quotient(a, b));
                case "abs of 1" -> add(new Max(a, negated(a)));
                case "relu of 1" -> add(new Max(a, constant(Rational.ZERO)));
                case "max of 2" -> add(new Max(a, b));
                case "min of 2" -> min(a, b);
                case "hypot of 2" -> add(new Norm(a, b));
                default -> throw new IllegalArgumentException(f.toString());
            };
        }

        private int declared(Declared d, List<Integer> x) {
            List<Declared.Condition> conditions = new ArrayList<>();
            List<Integer> differences = new ArrayList<>();
            List<Integer> pieces = new ArrayList<>();
            for (Declared.Piece piece : d.pieces()) {
                pieces.add(term(piece.value(), x));
                if (piece.condition() == null) continue;
                conditions.add(piece.condition());
                differences.add(sum(term(piece.condition().left(), x), term(piece.condition().right(), x), -1));
            }
            return add(new Selection(conditions, differences.stream().mapToInt(k -> k).toArray(), new Integer[conditions.size()],
                    pieces.stream().mapToInt(k -> k).toArray()));
        }

        private int term(Term t, List<Integer> x) {
            return switch (t) {
                case Term.Arg a -> x.get(a.k());
                case Term.Literal l -> constant(l.value());
                case Term.Apply a -> scalar(a.f(), a.args().stream().map(s -> term(s, x)).toList());
                default -> throw new IllegalArgumentException(t.toString());
            };
        }

        private int sum(int a, int b, long sign) {
            return add(linear(new int[] {a, b}, Rational.ONE, Rational.of(sign)));
        }

        private int negated(int a) {
            return add(linear(new int[] {a}, Rational.of(-1)));
        }

        private int min(int a, int b) {
            return negated(add(new Max(negated(a), negated(b))));
        }
    }
}
