package nad.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A Markdown document of the project with its fenced blocks, which tests read and, asked to, write anew.
final class Document {
    /// @param info what stands behind the fence, such as `nad` or `console`
    /// @param line the number of the block's first line, from 1
    record Fence(String info, int line, List<String> lines) {
        String language() {
            return info.split(" ")[0];
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    final Path path;
    private final List<String> lines;

    Document(Path path) throws IOException {
        this.path = path;
        this.lines = Files.readAllLines(path);
    }

    /// README.md and the chapters of spec/, in order.
    static List<Document> all() throws IOException {
        List<Document> out = new ArrayList<>();
        out.add(new Document(Path.of("README.md")));
        try (var chapters = Files.list(Path.of("spec"))) {
            for (Path p : chapters.filter(f -> f.toString().endsWith(".md")).sorted().toList()) out.add(new Document(p));
        }
        return out;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    List<Fence> fences() {
        List<Fence> out = new ArrayList<>();
        for (int k = 0; k < lines.size(); k++) {
            if (!lines.get(k).startsWith("```")) continue;
            int end = k + 1;
            while (!lines.get(end).startsWith("```")) end++;
            out.add(new Fence(lines.get(k).substring(3), k + 2, List.copyOf(lines.subList(k + 1, end))));
            k = end;
        }
        return out;
    }

    /// The lines between `<!-- name -->` and `<!-- end -->`.
    String between(String name) {
        int[] at = marked(name);
        return String.join("\n", lines.subList(at[0], at[1])) + "\n";
    }

    /// Puts a text between the two marks.
    void replaceBetween(String name, String text) throws IOException {
        int[] at = marked(name);
        replace(at[0], at[1], text.lines().toList());
    }

    /// Puts other lines into a block, which must be the last one that is asked for.
    void replace(Fence f, List<String> with) throws IOException {
        replace(f.line - 1, f.line - 1 + f.lines.size(), with);
    }

    private int[] marked(String name) {
        int from = lines.indexOf("<!-- " + name + " -->") + 1;
        if (from == 0) throw new IllegalStateException(path + " has no mark " + name);
        int to = from;
        while (!lines.get(to).equals("<!-- end -->")) to++;
        return new int[] {from, to};
    }

    private void replace(int from, int to, List<String> with) throws IOException {
        lines.subList(from, to).clear();
        lines.addAll(from, with);
        Files.write(path, lines);
    }
}
