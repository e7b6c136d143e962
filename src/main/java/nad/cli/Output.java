package nad.cli;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CancellationException;
import nad.plot.Drawing;
import nad.plot.Png;
import nad.report.Problem;
import nad.report.Span;

/// Files that are replaced whole or not at all.
final class Output {
    private Output() {}

    /// A picture as PNG, for a file of this name.
    static byte[] png(Drawing d, String to) throws Refusal {
        try {
            return Png.of(d);
        } catch (Png.NoFonts e) {
            throw new Refusal(new Problem.CannotWrite(Span.NONE, to, "Java finds no fonts to draw letters with; install fontconfig and a font such as DejaVu, or write .svg"));
        }
    }

    static void replace(String path, String text) throws Refusal {
        replace(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Writes beside the file and then renames over it.
    static void replace(String path, byte[] content) throws Refusal {
        Path part = null;
        try {
            Path target = Path.of(path);
            if (Files.isDirectory(target)) throw new Refusal(new Problem.CannotWrite(Span.NONE, path, "it is a directory"));
            Path folder = target.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) throw new Refusal(new Problem.CannotWrite(Span.NONE, path, "there is no folder " + folder));
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                Files.write(target, content); // a device such as /dev/stdout has no whole to replace
                return;
            }
            Path beside = folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            Files.write(part = beside, content);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            part = null;
        } catch (ClosedByInterruptException e) {
            throw new CancellationException();
        } catch (InvalidPathException e) {
            throw new Refusal(new Problem.CannotWrite(Span.NONE, path, "this is no file name"));
        } catch (IOException e) {
            throw new Refusal(new Problem.CannotWrite(Span.NONE, path, e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.getMessage()));
        } finally {
            if (part != null) discard(part);
        }
    }

    private static void discard(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            part.toFile().deleteOnExit();
        }
    }
}
