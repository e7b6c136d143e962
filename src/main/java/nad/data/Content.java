package nad.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import nad.check.Files.Refused;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;

/// What stands in a data file, unpacked, with what a reader needs to say what is wrong with it.
final class Content {
    final String name;
    final byte[] bytes;
    /// Whether numbers of text are wanted exactly, and not rounded to float64.
    final boolean exact;
    private static final String STANDARD_INPUT = "standard input";

    final Room room;
    private final Source whole;

    /// @param name the file's, or that of a file within it
    private Content(String name, byte[] bytes, boolean exact, Room room, Source whole) {
        this.name = name;
        this.bytes = bytes;
        this.exact = exact;
        this.room = room;
        this.whole = whole;
    }

    /// @param asked where the file is named
    static Content of(String path, Span asked, boolean exact, Room room) throws Refused {
        byte[] bytes = DiskFiles.bytes(path, asked, room.mostBytes());
        Source whole = new Source(path, "");
        return new Content(path, isPacked(path) ? unpacked(bytes, path, asked, room, new Span(whole, 0, 0)) : bytes, exact, room, whole);
    }

    /// What stands on standard input, packed or not.
    static Content of(InputStream standardInput, Span asked, boolean exact, Room room) throws Refused {
        Source whole = new Source(STANDARD_INPUT, "");
        try {
            byte[] bytes = standardInput.readNBytes(room.mostBytes());
            if (bytes.length == 0) throw new Refused(new Problem.BadInput(asked, STANDARD_INPUT, "nothing stands on it, or what stood there was the program"));
            if (standardInput.read() >= 0) throw DiskFiles.refused(asked, STANDARD_INPUT, "it is larger than " + DiskFiles.size(room.mostBytes()));
            boolean packed = bytes.length > 1 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
            return new Content(STANDARD_INPUT, packed ? unpacked(bytes, STANDARD_INPUT, asked, room, new Span(whole, 0, 0)) : bytes, exact, room, whole);
        } catch (IOException e) {
            throw DiskFiles.refused(asked, STANDARD_INPUT, e.getMessage());
        }
    }

    /// The first bytes, a character each.
    String beginning() {
        return new String(bytes, 0, Math.min(64, bytes.length), StandardCharsets.ISO_8859_1);
    }

    /// A file within an archive.
    Content part(String part, byte[] partBytes) {
        return new Content(name + ", " + part, partBytes, exact, room, whole);
    }

    static boolean isPacked(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    private static byte[] unpacked(byte[] bytes, String path, Span asked, Room room, Span at) throws Refused {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] out = in.readNBytes(room.mostBytes());
            if (in.read() >= 0) throw DiskFiles.refused(asked, path, "it unpacks to more than " + DiskFiles.size(room.mostBytes()));
            return out;
        } catch (EOFException e) {
            throw new Refused(new Problem.BadInput(at, "`" + path + "`", "its packed data ends too early"));
        } catch (IOException e) {
            throw new Refused(new Problem.BadInput(at, "`" + path + "`", "its packed data is not sound gzip"));
        }
    }

    /// The file as a whole, as a place.
    Span at() {
        return new Span(whole, 0, 0);
    }

    /// The bytes as a text.
    Source text() throws Refused {
        String text = DiskFiles.text(bytes, at());
        return new Source(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    Refused refused(String why) {
        return new Refused(new Problem.BadInput(at(), "`" + name + "`", why));
    }

    void requireRoom(long entries) throws Refused {
        int most = room.mostEntries(exact);
        if (entries > most) throw new Refused(new Problem.TooManyEntries(at(), "`" + name + "`", Long.toString(entries), most));
    }
}
