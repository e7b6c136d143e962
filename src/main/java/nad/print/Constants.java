package nad.print;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;

/// Constants as phrases: numbers, lists of numbers, integers that grow with an index.
final class Constants {
    private Constants() {}

    static Phrase number(Quantity q) {
        return new Phrase.Number(decimal(q).literal());
    }

    /// The number as a text has it: the shortest decimal of a float64 value; an infinity, which has no literal, is the largest number.
    private static Rational decimal(Quantity q) {
        return q instanceof Rational exact ? exact : Rational.of(new BigDecimal(Double.toString(finite(q.toDouble()))));
    }

    private static double finite(double d) {
        return Double.isFinite(d) ? d : Math.copySign(Double.MAX_VALUE, d);
    }

    /// The entry of a list at those of the indices that move.
    static Phrase listedAt(Operand.Constant c, String[] names) {
        List<Phrase.Subscript> used = new ArrayList<>();
        Operand.Constant o = c;
        for (int k = names.length - 1; k >= 0; k--) {
            if (c.layout().strides()[k] == 0) o = o.at(k, 0);
            else used.addFirst(Subscripts.index(names[k]));
        }
        return used.isEmpty() ? number(o.get(0)) : new Phrase.Part(listed(o), used);
    }

    static Phrase listed(Operand.Constant c) {
        if (c.rank() == 0) return number(c.get(0));
        return new Phrase.Listed(IntStream.range(0, c.shape()[0]).mapToObj(k -> listed(c.at(0, k))).toList());
    }

    /// Integers that grow by the same step along each axis, as an expression in the indices; else null.
    static Phrase affine(Operand.Constant c, String[] names) {
        int[] shape = c.shape();
        Integer first = decimal(c.get(0)).asInt();
        if (first == null) return null;
        int[] step = new int[shape.length];
        int stride = 1;
        for (int k = shape.length - 1; k >= 0; k--) {
            if (shape[k] > 1) {
                Integer next = decimal(c.get(stride)).asInt();
                if (next == null) return null;
                step[k] = next - first;
            }
            stride *= shape[k];
        }
        int[] index = new int[shape.length];
        for (int n = 0; n < c.size(); n++) {
            long v = first;
            for (int k = 0; k < index.length; k++) v += (long) step[k] * index[k];
            if (!decimal(c.get(n)).equals(Rational.of(v))) return null;
            for (int k = index.length - 1; k >= 0 && ++index[k] == shape[k]; k--) index[k] = 0;
        }
        return Subscripts.affine(first, step, names);
    }
}
