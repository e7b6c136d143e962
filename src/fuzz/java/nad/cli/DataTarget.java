package nad.cli;

import java.util.Arrays;

/// Data files: the first byte chooses the format, the rest is the file.
public final class DataTarget {
    private static final String[] ENDINGS = {"csv", "json", "npy", "npz", "idx", "csv.gz", "npy.gz"};
    private static final byte[] PROGRAM = "program f(x: real[3], data A: real[2, 3]) { return sum(A @ x) }".getBytes();

    private DataTarget() {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) return;
        String program = FuzzInputs.file("data-program.nad", PROGRAM);
        String file = FuzzInputs.file("data." + ENDINGS[Math.floorMod(data[0], ENDINGS.length)], Arrays.copyOfRange(data, 1, data.length));
        FuzzInputs.run("run", program, "--inputs", "x=" + file, "--random", "1");
        FuzzInputs.run("run", program, "--inputs", file, "--random", "1");
    }
}
