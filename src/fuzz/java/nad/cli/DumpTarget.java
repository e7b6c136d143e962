package nad.cli;

/// Dumps, as text and as JSON: read, run at random values, differentiated again.
public final class DumpTarget {
    private DumpTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (FuzzInputs.touchesFiles(FuzzInputs.text(data))) return;
        String file = FuzzInputs.file("dump.nad", data);
        FuzzInputs.run("run", file, "--limit", "2000", "--random", "1");
        FuzzInputs.run("grad", file, "--limit", "2000", "--random", "1");
    }
}
