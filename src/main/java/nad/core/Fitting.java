package nad.core;

import java.util.List;
import nad.dictionary.Elementary;
import nad.tensor.Shapes;

/// How the operands of a term's operation fit together where a rule is instantiated at a statement.
public final class Fitting {
    private Fitting() {}

    /// The common shape of a pointwise term: leading axes are the statement's, so a shorter one lacks trailing axes.
    public static int[] common(List<Operand> x) {
        int[] shape = Shapes.SCALAR;
        for (Operand o : x) {
            int[] s = o.shape();
            if (java.util.Arrays.equals(s, shape)) continue;
            int[] longer = s.length >= shape.length ? s.clone() : shape.clone();
            int[] shorter = s.length >= shape.length ? shape : s;
            for (int k = 0; k < shorter.length; k++) if (longer[k] == 1) longer[k] = shorter[k];
            shape = longer;
        }
        return shape;
    }

    public static Operand trailing(Operand o, int[] shape) {
        while (o.rank() < shape.length) o = o.repeat(o.rank(), shape[o.rank()]);
        return o.broadcast(shape);
    }

    /// The shape that an entry on rows gives; see [Program#rank] for the rank.
    public static int[] shape(Elementary f, int rank, List<Operand> x) {
        int[] a = x.get(0).shape();
        return switch (f.kind) {
            case REDUCTION -> Shapes.take(a, 0, a.length - rank);
            case CONTRACTION -> {
                int[] b = x.get(1).shape();
                int s = rank % 10;
                yield Shapes.concat(Shapes.take(a, 0, a.length - 1), Shapes.take(b, b.length - s + 1, b.length));
            }
            default -> a;
        };
    }

    /// The last two axes exchanged.
    public static Operand transposed(Operand o) {
        int[] order = new int[o.rank()];
        for (int k = 0; k < order.length; k++) order[k] = k;
        order[order.length - 1] = order.length - 2;
        order[order.length - 2] = order.length - 1;
        return o.permute(order);
    }
}
