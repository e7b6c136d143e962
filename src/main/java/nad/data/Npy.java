package nad.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nad.arithmetic.Quantity;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.run.Tensor;
import nad.tensor.Layout;

/// NumPy's format for one array, versions 1 to 3: a magic string, the length of a header, the header, the numbers. The
/// header is a Python dictionary with `descr`, `fortran_order` and `shape`; under Python 2 a shape may be of long integers, `(3L,)`.
final class Npy {
    private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern KIND = Pattern.compile("['\"]descr['\"]\\s*:\\s*(\\[|[ub]?['\"]([^'\"]*)['\"])");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9lL, ]*)\\)");
    private static final Pattern SIZE = Pattern.compile("\\s*([0-9]{1,18})[lL]?\\s*");

    private Npy() {}

    static Given.Arrays read(Content c, List<Problem> problems) throws Refused {
        return new Given.Arrays(new Given(c.at(), array(c), null), null);
    }

    static Tensor array(Content c) throws Refused {
        ByteBuffer b = ByteBuffer.wrap(c.bytes).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(c, b);
        Matcher kind = KIND.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!kind.find() || !order.find() || !shape.find()) throw c.refused("its header is none of a .npy file");
        if (kind.group(2) == null) throw c.refused("its entries are records and not numbers");
        Binary.Item item = item(c, kind.group(2));
        b.order(kind.group(2).startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Tensor t = Binary.array(c, b, item, shape(c, shape.group(1)));
        return order.group(1).equals("True") ? rowMajor(t) : t;
    }

    /// Leaves the buffer where the numbers begin.
    private static String header(Content c, ByteBuffer b) throws Refused {
        if (!Arrays.equals(MAGIC, Arrays.copyOf(c.bytes, MAGIC.length))) throw c.refused("it does not begin like a .npy file");
        int words = 2;
        if (b.remaining() < MAGIC.length + words + Short.BYTES) throw c.refused("it ends within its header");
        int version = b.get(MAGIC.length);
        if (version < 1 || version > 3) throw c.refused("it is of version " + version + " of the format; 1, 2 and 3 are known");
        b.position(MAGIC.length + words);
        boolean small = version == 1;
        if (b.remaining() < (small ? Short.BYTES : Integer.BYTES)) throw c.refused("it ends within its header");
        long length = small ? Short.toUnsignedInt(b.getShort()) : Integer.toUnsignedLong(b.getInt());
        if (length > b.remaining()) throw c.refused("it ends within its header");
        byte[] header = new byte[(int) length];
        b.get(header);
        return new String(header, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static Binary.Item item(Content c, String descr) throws Refused {
        String kind = descr.replaceFirst("^[<>|=]", "");
        for (Binary.Item i : Binary.Item.values()) if (i.name().toLowerCase(Locale.ROOT).equals(kind)) return i;
        throw c.refused("its entries are of the kind `" + descr + "`, which are not real numbers of at most 64 bits");
    }

    private static long[] shape(Content c, String text) throws Refused {
        String[] parts = text.strip().isEmpty() ? new String[0] : text.split(",");
        long[] shape = new long[parts.length > 1 && parts[parts.length - 1].isBlank() ? parts.length - 1 : parts.length];
        for (int k = 0; k < shape.length; k++) {
            Matcher m = SIZE.matcher(parts[k]);
            if (!m.matches()) throw c.refused("the shape in its header is (" + text + ")");
            shape[k] = Long.parseLong(m.group(1));
        }
        return shape;
    }

    /// The same array from Fortran's order, in which the first index moves fastest: the transpose of one in C's order.
    private static Tensor rowMajor(Tensor t) {
        int r = t.shape().length;
        int[] order = new int[r];
        int[] reversed = new int[r];
        for (int k = 0; k < r; k++) {
            order[k] = r - 1 - k;
            reversed[k] = t.shape()[r - 1 - k];
        }
        int[] from = Layout.whole(reversed).permute(order).positions();
        if (t.real() == null) {
            Quantity[] out = new Quantity[from.length];
            for (int k = 0; k < out.length; k++) out[k] = t.exact()[from[k]];
            return Tensor.of(t.shape(), out);
        }
        double[] out = new double[from.length];
        for (int k = 0; k < out.length; k++) out[k] = t.real()[from[k]];
        return Tensor.of(t.shape(), out);
    }
}
