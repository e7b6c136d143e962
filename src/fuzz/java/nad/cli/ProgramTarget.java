package nad.cli;

/// Programs: parsed, checked, transformed, counted. The limit keeps programs small that loops make large.
public final class ProgramTarget {
    private ProgramTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (FuzzInputs.touchesFiles(FuzzInputs.text(data))) return;
        String file = FuzzInputs.file("program.nad", data);
        FuzzInputs.run("check", file, "--limit", "2000");
        FuzzInputs.run("cost", file, "--limit", "2000");
    }
}
