package nad.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.check.Files;
import nad.repl.Session;
import nad.report.Problem;
import nad.report.Source;
import nad.report.Span;
import nad.syntax.Tree;

/// The files of a disk as they were when they were first read, with their trees, and the text of a session among them.
final class SessionFiles implements Files {
    private final Files disk;
    private final Map<String, String> read = new HashMap<>();
    private final Map<String, Parsed> parsed = new HashMap<>();
    private String session = "";

    private record Parsed(String text, Tree.File tree) {}

    SessionFiles(Files disk) {
        this.disk = disk;
    }

    void session(String text) {
        session = text;
    }

    /// What was read is read again. Returns what it was, for [#restore].
    Map<String, String> forget() {
        Map<String, String> before = Map.copyOf(read);
        read.clear();
        return before;
    }

    /// The file is read again when it is asked for. Returns what was known, for [#restore].
    Map<String, String> forget(String path) {
        Map<String, String> before = Map.copyOf(read);
        read.remove(identity(path));
        return before;
    }

    void restore(Map<String, String> before) {
        read.clear();
        read.putAll(before);
    }

    @Override
    public String read(String path, Span asked) throws Refused {
        if (path.equals(Session.NAME)) return session;
        String known = read.get(identity(path));
        if (known != null) return known;
        String text = disk.read(path, asked);
        read.put(identity(path), text);
        return text;
    }

    /// Each entry checks what a session uses anew, but reads it once; what has mistakes is read again, for they name its place.
    @Override
    public Tree.File tree(Source text, List<Problem> problems) {
        if (text.name().equals(Session.NAME)) return Files.super.tree(text, problems);
        String file = identity(text.name());
        Parsed known = parsed.get(file);
        if (known != null && known.text.equals(text.text())) return known.tree;
        int before = problems.size();
        Tree.File tree = Files.super.tree(text, problems);
        if (problems.size() == before) parsed.put(file, new Parsed(text.text(), tree));
        else parsed.remove(file);
        return tree;
    }

    @Override
    public String resolve(String base, String relative) {
        return disk.resolve(base, relative);
    }

    @Override
    public String identity(String path) {
        return path.equals(Session.NAME) ? path : disk.identity(path);
    }
}
