package nad.data;

import java.nio.ByteBuffer;
import java.util.List;
import nad.check.Files.Refused;
import nad.report.Problem;

/// The format of the MNIST files: two zero bytes, a byte for the kind of numbers, a byte for how many dimensions, the
/// dimensions in four bytes each, the numbers, all big-endian. (Y. LeCun, C. Cortes, C. Burges, The MNIST database.)
final class Idx {
    private Idx() {}

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        ByteBuffer b = ByteBuffer.wrap(c.bytes);
        if (b.remaining() < Integer.BYTES || b.getShort() != 0) throw c.refused("it does not begin like an IDX file");
        Binary.Item item = item(c, b.get());
        long[] shape = new long[Byte.toUnsignedInt(b.get())];
        if (b.remaining() < shape.length * Integer.BYTES) throw c.refused("it ends within its header");
        for (int k = 0; k < shape.length; k++) shape[k] = Integer.toUnsignedLong(b.getInt());
        return new Given.Arrays(new Given(c.at(), Binary.array(c, b, item, shape), null), null);
    }

    private static Binary.Item item(Content c, byte kind) throws Refused {
        return switch (kind) {
            case 0x08 -> Binary.Item.U1;
            case 0x09 -> Binary.Item.I1;
            case 0x0B -> Binary.Item.I2;
            case 0x0C -> Binary.Item.I4;
            case 0x0D -> Binary.Item.F4;
            case 0x0E -> Binary.Item.F8;
            default -> throw c.refused(String.format("its entries are of the kind %02x, which the IDX format does not have", kind));
        };
    }
}
