package nad.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;

/// Program texts on disk: regular files of valid UTF-8.
public final class DiskFiles implements nad.check.Files {
    /// A larger file is refused before it is read.
    private static final long LARGEST = 1L << 30;
    /// The path of standard input.
    public static final String STANDARD_INPUT = "-";

    private final InputStream standardInput;
    private byte[] given;

    /// The disk alone: `-` is a file's name like any other.
    public DiskFiles() {
        this(null);
    }

    /// The disk and, as `-`, what stands on standard input: read once, however often it is asked for.
    public DiskFiles(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /// Null where `-` is a file's name like any other.
    public InputStream standardInput() {
        return standardInput;
    }

    @Override
    public String read(String path, Span asked) throws Refused {
        byte[] bytes = standardInput != null && path.equals(STANDARD_INPUT) ? given(asked) : bytes(path, asked, LARGEST);
        try {
            return text(bytes, asked);
        } catch (Refused e) {
            throw e.problem instanceof Problem.NotUtf8 n ? shown(path, bytes, n.offset()) : e;
        }
    }

    private byte[] given(Span asked) throws Refused {
        try {
            if (given == null) given = standardInput.readNBytes((int) LARGEST);
            if (given.length == LARGEST) throw refused(asked, STANDARD_INPUT, "it is larger than " + size(LARGEST));
            return given;
        } catch (IOException e) {
            throw refused(asked, STANDARD_INPUT, e.getMessage());
        }
    }

    /// The place that is no text, shown behind the part that can be read.
    private static Refused shown(String path, byte[] bytes, long offset) {
        String readable = new String(bytes, 0, (int) offset, StandardCharsets.UTF_8);
        Span at = new Span(new Source(path, readable + '\uFFFD'), readable.length(), readable.length() + 1);
        return new Refused(new Problem.NotUtf8(at, offset));
    }

    /// The text that bytes are, if they are valid UTF-8 without NUL.
    static String text(byte[] bytes, Span asked) throws Refused {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(8192);
        CoderResult r;
        do {
            r = decoder.decode(in, out.clear(), true);
            if (r.isError()) throw new Refused(new Problem.NotUtf8(asked, in.position()));
        } while (r.isOverflow());
        for (int k = 0; k < bytes.length; k++) if (bytes[k] == 0) throw new Refused(new Problem.NotUtf8(asked, k));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A regular file's bytes.
    ///
    /// @param largest a larger file is refused before it is read
    static byte[] bytes(String path, Span asked, long largest) throws Refused {
        try {
            Path p = Path.of(path);
            if (Files.isDirectory(p)) throw refused(asked, path, "it is a directory");
            if (Files.exists(p) && !Files.isRegularFile(p)) throw refused(asked, path, "it is no regular file");
            if (Files.exists(p) && Files.size(p) > largest) throw refused(asked, path, "it is larger than " + size(largest));
            return Files.readAllBytes(p);
        } catch (ClosedByInterruptException e) {
            throw new CancellationException();
        } catch (NoSuchFileException e) {
            throw refused(asked, path, "there is no such file");
        } catch (InvalidPathException e) {
            throw refused(asked, path, "this is no file name");
        } catch (IOException e) {
            throw refused(asked, path, Files.isReadable(Path.of(path)) ? e.getMessage() : "permission denied");
        }
    }

    /// The first bytes of a regular file, a character each; none where it cannot be read.
    static String beginning(String path) {
        try {
            Path p = Path.of(path);
            if (!Files.isRegularFile(p)) return "";
            try (InputStream in = Files.newInputStream(p)) {
                return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
            }
        } catch (IOException | InvalidPathException e) {
            return "";
        }
    }

    /// `1 GiB`, `12 MiB`, `100 bytes`.
    static String size(long bytes) {
        return bytes % (1 << 30) == 0 ? (bytes >> 30) + " GiB" : bytes >= 10 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes";
    }

    static Refused refused(Span asked, String path, String why) {
        return new Refused(new Problem.Unreadable(asked, path, why));
    }

    @Override
    public String resolve(String base, String relative) {
        Path parent = Path.of(base).getParent();
        return (parent == null ? Path.of(relative) : parent.resolve(relative)).toString();
    }

    @Override
    public String identity(String path) {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return path;
        }
    }
}
