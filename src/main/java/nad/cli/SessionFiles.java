package nad.cli;

import java.util.HashMap;
import java.util.Map;
import nad.check.Files;
import nad.repl.Session;
import nad.report.Span;

/// The files of a disk as they were when they were first read, and the text of a session among them.
final class SessionFiles implements Files {
    private final Files disk;
    private final Map<String, String> read = new HashMap<>();
    private String session = "";

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

    @Override
    public String resolve(String base, String relative) {
        return disk.resolve(base, relative);
    }

    @Override
    public String identity(String path) {
        return path.equals(Session.NAME) ? path : disk.identity(path);
    }
}
