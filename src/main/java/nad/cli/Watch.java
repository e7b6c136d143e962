package nad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/// One file whose changes are noticed, by the time at which it was written.
final class Watch {
    private Path path;
    private FileTime seen;

    void start(String file) {
        path = Path.of(file);
        seen = written();
    }

    Path path() {
        return path;
    }

    /// Whether it was written since the last question. An editor may replace the file: one that is missing has not changed yet.
    boolean changed() {
        if (path == null) return false;
        FileTime now = written();
        if (now == null || now.equals(seen)) return false;
        seen = now;
        return true;
    }

    private FileTime written() {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return null;
        }
    }
}
