package nad.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import nad.check.Files.Refused;

/// A zip archive in memory, read by the directory at its end. Only that is sure of the sizes: a file that was written to a stream has none
/// in its own header. (The JDK reads by the directory what is a file on disk, and what is a stream by the headers.)
final class Archive {
    private static final int END = 0x06054B50;
    private static final int END_BYTES = 22;
    private static final int LONG_LOCATOR = 0x07064B50;
    private static final int LONG_LOCATOR_BYTES = 20;
    private static final int LONG_END = 0x06064B50;
    private static final int DIRECTORY = 0x02014B50;
    private static final int DIRECTORY_BYTES = 46;
    private static final int LOCAL = 0x04034B50;
    private static final int LOCAL_BYTES = 30;
    private static final int LONG_SIZES = 1;
    private static final long ELSEWHERE = 0xFFFFFFFFL;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /// A file in it.
    ///
    /// @param packed how many bytes it takes in the archive
    /// @param size   how many it has
    /// @param at     where its own header begins
    record Entry(String name, int flags, int method, long crc, long packed, long size, long at) {}

    private final Content content;
    private final ByteBuffer b;

    Archive(Content content) {
        this.content = content;
        this.b = ByteBuffer.wrap(content.bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Its files, in the order of its directory.
    List<Entry> entries() throws Refused {
        int end = end();
        long count = word(end + 10);
        long size = dword(end + 12);
        long at = dword(end + 16);
        int locator = end - LONG_LOCATOR_BYTES;
        if (locator >= 0 && b.getInt(locator) == LONG_LOCATOR) {
            int more = within(b.getLong(locator + 8), 56);
            if (b.getInt(more) != LONG_END) throw unsound();
            count = b.getLong(more + 32);
            size = b.getLong(more + 40);
            at = b.getLong(more + 48);
        }
        int from = within(at, size);
        long to = from + size;
        List<Entry> out = new ArrayList<>();
        while (from < to) {
            within(from, DIRECTORY_BYTES);
            if (b.getInt(from) != DIRECTORY) throw unsound();
            int name = word(from + 28);
            int extra = word(from + 30);
            int next = DIRECTORY_BYTES + name + extra + word(from + 32);
            within(from, next);
            out.add(entry(from, name, extra));
            from += next;
        }
        if (out.size() != count) throw content.refused("its zip archive should hold " + count + " files and holds " + out.size());
        return out;
    }

    private Entry entry(int from, int name, int extra) throws Refused {
        long packed = dword(from + 20);
        long size = dword(from + 24);
        long at = dword(from + 42);
        int begin = from + DIRECTORY_BYTES + name;
        for (int k = begin; k + 4 <= begin + extra; k += 4 + word(k + 2)) {
            if (word(k) != LONG_SIZES) continue;
            // Only what did not fit stands here, in this order.
            int next = k + 4;
            if (size == ELSEWHERE) {
                size = b.getLong(within(next, 8));
                next += 8;
            }
            if (packed == ELSEWHERE) {
                packed = b.getLong(within(next, 8));
                next += 8;
            }
            if (at == ELSEWHERE) at = b.getLong(within(next, 8));
        }
        String text = new String(content.bytes, from + DIRECTORY_BYTES, name, StandardCharsets.UTF_8);
        return new Entry(text, word(from + 8), word(from + 10), dword(from + 16), packed, size, at);
    }

    /// What stands in a file of it, or null where that is more than `most` bytes.
    byte[] bytes(Entry e, int most) throws Refused {
        if ((e.flags & ENCRYPTED) != 0) throw content.refused("`" + e.name + "` is encrypted in it");
        if (e.method != STORED && e.method != DEFLATED) throw content.refused("`" + e.name + "` is packed in it by method " + e.method + "; stored and deflated files are read");
        int header = within(e.at, LOCAL_BYTES);
        if (b.getInt(header) != LOCAL) throw unsound();
        int from = within(header + (long) LOCAL_BYTES + word(header + 26) + word(header + 28), e.packed);
        byte[] out = e.method == STORED ? Arrays.copyOfRange(content.bytes, from, from + (int) Math.min(e.packed, most + 1L)) : inflated(from, (int) e.packed, most);
        if (out.length > most) return null;
        CRC32 sum = new CRC32();
        sum.update(out);
        if (out.length != e.size || sum.getValue() != e.crc) throw unsound();
        return out;
    }

    private byte[] inflated(int from, int packed, int most) throws Refused {
        Inflater inflater = new Inflater(true);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(content.bytes, from, packed), inflater)) {
            return in.readNBytes(Math.max(most, most + 1));
        } catch (IOException e) {
            throw unsound();
        } finally {
            inflater.end();
        }
    }

    /// Where the record at the archive's end stands; without that it is truncated.
    private int end() throws Refused {
        int first = Math.max(0, b.limit() - END_BYTES - 0xFFFF);
        for (int k = b.limit() - END_BYTES; k >= first; k--) if (b.getInt(k) == END) return k;
        throw content.refused("it is no zip archive, or its end is missing");
    }

    private int word(int at) throws Refused {
        return Short.toUnsignedInt(b.getShort(within(at, 2)));
    }

    private long dword(int at) throws Refused {
        return Integer.toUnsignedLong(b.getInt(within(at, 4)));
    }

    /// A place with so many bytes behind it, if there are so many.
    private int within(long at, long bytes) throws Refused {
        if (at < 0 || bytes < 0 || at > b.limit() || bytes > b.limit() - at) throw unsound();
        return (int) at;
    }

    private Refused unsound() {
        return content.refused("its zip archive is not sound");
    }
}
