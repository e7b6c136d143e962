package nad.repl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files that a word may become.
public final class FileNames {
    private FileNames() {}

    /// Directories end with `/`; hidden files are offered where the word starts with a dot.
    public static List<Desk.Word> of(String word) {
        int slash = word.lastIndexOf('/') + 1;
        String folder = word.substring(0, slash);
        String start = word.substring(slash);
        List<Desk.Word> out = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path p : files) {
                String name = p.getFileName().toString();
                boolean directory = Files.isDirectory(p);
                if (!name.startsWith(start) || name.startsWith(".") && start.isEmpty() || !directory && !name.endsWith(".nad")) continue;
                out.add(new Desk.Word(folder + name + (directory ? "/" : ""), "file", null, !directory));
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        out.sort((a, b) -> a.text().compareTo(b.text()));
        return out;
    }
}
