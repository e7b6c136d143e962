package nad.repl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Files that a word may become.
public final class FileNames {
    private FileNames() {}

    /// Programs: directories end with `/`; hidden files are offered where the word starts with a dot.
    public static List<Desk.Word> of(String word) {
        return of(word, name -> name.endsWith(".nad"));
    }

    /// @param offered which names are
    public static List<Desk.Word> of(String word, Predicate<String> offered) {
        int slash = word.lastIndexOf('/') + 1;
        String folder = word.substring(0, slash);
        String start = word.substring(slash);
        List<Desk.Word> out = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (Path p : files) {
                String name = p.getFileName().toString();
                boolean directory = Files.isDirectory(p);
                if (!name.startsWith(start) || name.startsWith(".") && start.isEmpty() || !directory && !offered.test(name)) continue;
                out.add(new Desk.Word(folder + name + (directory ? "/" : ""), "file", null, !directory));
            }
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
        out.sort((a, b) -> a.text().compareTo(b.text()));
        return out;
    }
}
