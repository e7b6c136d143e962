package nad.clarke;

import java.math.BigInteger;
import java.util.BitSet;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Tangents;
import nad.dictionary.Term;
import nad.tensor.Shapes;

/// What symbolic differentiation would write: the number of operations in the expressions for a scalar program's result and for
/// all its partial derivatives, each written out as a tree, nothing shared and nothing simplified but terms that are 0. Derivatives
/// are those of the entries' own tangents. Only counted, not built: with sharing lost the numbers can be exponential.
public final class ExpressionSize {
    private final Program p;
    private final BigInteger[] size;
    /// By variable: the sum over the inputs of the sizes of the derivatives by each, and by which inputs there are any.
    private final BigInteger[] derivatives;
    private final BitSet[] depends;

    private ExpressionSize(Program p) {
        this.p = p;
        this.size = new BigInteger[p.variables()];
        this.derivatives = new BigInteger[p.variables()];
        this.depends = new BitSet[p.variables()];
    }

    /// @param function the operations of the result's expression
    /// @param gradient those of all partial derivatives by the entries of the parameters
    public record Sizes(BigInteger function, BigInteger gradient) {}

    /// @param p a program of scalar statements on entries of its parameters
    public static Sizes of(Program p) {
        ExpressionSize e = new ExpressionSize(p);
        int first = 0;
        int[] base = new int[p.variables()];
        for (Program.Parameter x : p.parameters()) {
            base[x.variable()] = first;
            first += Shapes.size(x.shape());
        }
        for (int i = 0; i < p.length(); i++) e.statement(i, base);
        Leaf result = e.leaf(p.results().getFirst(), base);
        return new Sizes(result.size, result.derivatives);
    }

    private record Leaf(BigInteger size, BigInteger derivatives, BitSet depends) {}

    private Leaf leaf(Operand o, int[] base) {
        BitSet on = new BitSet();
        if (!(o instanceof Operand.View v)) return new Leaf(BigInteger.ZERO, BigInteger.ZERO, on);
        if (p.definition(v.variable()) >= 0) return new Leaf(size[v.variable()], derivatives[v.variable()], depends[v.variable()]);
        on.set(base[v.variable()] + v.layout().offset());
        return new Leaf(BigInteger.ZERO, BigInteger.ZERO, on);
    }

    private void statement(int i, int[] base) {
        int n = p.arity(i);
        Leaf[] x = new Leaf[n];
        for (int k = 0; k < n; k++) x[k] = leaf(p.operand(i, k), base);
        int z = p.target(i);
        size[z] = BigInteger.ONE;
        depends[z] = new BitSet();
        derivatives[z] = BigInteger.ZERO;
        Term tangent = p.operation(i).tangent(p.rank(i), Tangents.Way.SELECTION);
        for (int k = 0; k < n; k++) {
            size[z] = size[z].add(x[k].size);
            depends[z].or(x[k].depends);
            derivatives[z] = derivatives[z].add(x[k].derivatives.multiply(BigInteger.valueOf(dots(tangent, k))));
        }
        // by the set of operands that depend on an input: how many inputs there are of that kind, and what each adds
        for (int active = 1; active < 1 << n; active++) {
            BitSet inputs = (BitSet) depends[z].clone();
            for (int k = 0; k < n; k++)
                if ((active >> k & 1) == 1) inputs.and(x[k].depends);
                else inputs.andNot(x[k].depends);
            if (inputs.isEmpty()) continue;
            int set = active;
            BigInteger each = size(Tangents.pruned(tangent, k -> (set >> k & 1) == 1), x, size[z]);
            derivatives[z] = derivatives[z].add(each.multiply(BigInteger.valueOf(inputs.cardinality())));
        }
    }

    /// The operations of a term, the operands' tangents left out.
    private static BigInteger size(Term t, Leaf[] x, BigInteger result) {
        return switch (t) {
            case null -> BigInteger.ZERO;
            case Term.Arg a -> x[a.k()].size;
            case Term.Result r -> result;
            case Term.Apply a -> {
                BigInteger sum = BigInteger.ONE;
                for (Term s : a.args()) sum = sum.add(size(s, x, result));
                yield sum;
            }
            default -> BigInteger.ZERO;
        };
    }

    /// How often the tangent of operand k is written in a term.
    private static int dots(Term t, int k) {
        return switch (t) {
            case Term.Dot d -> d.k() == k ? 1 : 0;
            case Term.Apply a -> a.args().stream().mapToInt(s -> dots(s, k)).sum();
            default -> 0;
        };
    }
}
