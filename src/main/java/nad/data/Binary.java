package nad.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.check.Files.Refused;
import nad.run.Tensor;

/// Arrays of numbers as they stand in memory: what npy and IDX files have in common.
final class Binary {
    /// The kinds of numbers, by the names that npy has for them.
    enum Item {
        F8(8), F4(4), F2(2), I8(8), I4(4), I2(2), I1(1), U8(8), U4(4), U2(2), U1(1), B1(1);

        final int bytes;

        Item(int bytes) {
            this.bytes = bytes;
        }

        double at(ByteBuffer b, int k) {
            return switch (this) {
                case F8 -> b.getDouble(k);
                case F4 -> b.getFloat(k);
                case F2 -> Float.float16ToFloat(b.getShort(k));
                case I8 -> b.getLong(k);
                case I4 -> b.getInt(k);
                case I2 -> b.getShort(k);
                case I1 -> b.get(k);
                case U8 -> unsigned(b.getLong(k)).doubleValue();
                case U4 -> Integer.toUnsignedLong(b.getInt(k));
                case U2 -> Short.toUnsignedInt(b.getShort(k));
                case U1 -> Byte.toUnsignedInt(b.get(k));
                case B1 -> b.get(k) == 0 ? 0 : 1;
            };
        }

        /// The number where float64 does not hold all of this kind, else null.
        Rational exactAt(ByteBuffer b, int k) {
            return switch (this) {
                case I8 -> Rational.of(b.getLong(k));
                case U8 -> Rational.of(unsigned(b.getLong(k)), BigInteger.ONE);
                default -> null;
            };
        }

        private static BigInteger unsigned(long n) {
            return n >= 0 ? BigInteger.valueOf(n) : BigInteger.valueOf(n).add(BigInteger.ONE.shiftLeft(Long.SIZE));
        }
    }

    private Binary() {}

    /// The numbers that stand in `data` one after the other, in row-major order; their shape is as the file's header says,
    /// and refused unless the data is exactly of that size.
    static Tensor array(Content c, ByteBuffer data, Item item, long[] shape) throws Refused {
        BigInteger claimed = BigInteger.valueOf(item.bytes);
        for (long d : shape) claimed = claimed.multiply(BigInteger.valueOf(d));
        if (!claimed.equals(BigInteger.valueOf(data.remaining())))
            throw c.refused("its header says " + text(shape) + " of " + item.bytes + (item.bytes == 1 ? " byte" : " bytes") + " each, which is "
                    + claimed + " bytes, and " + data.remaining() + " follow");
        int[] sizes = new int[shape.length];
        for (int k = 0; k < sizes.length; k++) {
            if (shape[k] > Integer.MAX_VALUE) throw c.refused("its header says " + text(shape));
            sizes[k] = (int) shape[k];
        }
        int n = data.remaining() / item.bytes;
        c.requireRoom(n);
        int from = data.position();
        if (c.exact && (item == Item.I8 || item == Item.U8)) {
            Quantity[] exact = new Quantity[n];
            for (int k = 0; k < n; k++) exact[k] = item.exactAt(data, from + k * item.bytes);
            return Tensor.of(sizes, exact);
        }
        double[] real = new double[n];
        for (int k = 0; k < n; k++) real[k] = item.at(data, from + k * item.bytes);
        return Tensor.of(sizes, real);
    }

    private static String text(long[] shape) {
        return shape.length == 0 ? "one entry"
                : IntStream.range(0, shape.length).mapToObj(k -> Long.toString(shape[k])).collect(Collectors.joining(" × ")) + " entries";
    }
}
