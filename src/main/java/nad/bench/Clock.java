package nad.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// How the benchmarks are timed and printed: warm, then the median of nine repeats of at least 20 ms.
final class Clock {
    private static final long WARM_UP = 3_000_000_000L;

    private Clock() {}

    /// Seconds that one call takes.
    static double seconds(Runnable f) {
        long begin = System.nanoTime();
        for (int n = 0; n < 3 || System.nanoTime() - begin < WARM_UP; n++) f.run();
        long calls = 1;
        for (double t; (t = seconds(f, calls)) < 0.02; ) calls = t < 1e-3 ? calls * 8 : (long) (calls * 0.022 / t) + 1;
        double[] each = new double[9];
        for (int r = 0; r < each.length; r++) each[r] = seconds(f, calls) / calls;
        Arrays.sort(each);
        return each[4];
    }

    private static double seconds(Runnable f, long calls) {
        long begin = System.nanoTime();
        for (long i = 0; i < calls; i++) f.run();
        return (System.nanoTime() - begin) * 1e-9;
    }

    /// A line of nine columns: workload, peer, size, ns of f, ns of f with its gradient, their ratio, f, the gradient's norm,
    /// peak memory in MB.
    static String line(String workload, String peer, long n, double f, double fg, double value, double norm) {
        return String.format(Locale.ROOT, "%s\t%s\t%d\t%.1f\t%.1f\t%.2f\t%.15g\t%.15g\t%.1f", workload, peer, n, f * 1e9, fg * 1e9, fg / f,
                value, norm, peakMegabytes());
    }

    private static double peakMegabytes() {
        try {
            for (String l : Files.readAllLines(Path.of("/proc/self/status")))
                if (l.startsWith("VmHWM:")) return Double.parseDouble(l.replaceAll("[^0-9]", "")) / 1024;
        } catch (IOException e) {
            // no such file where there is no Linux: the JVM's own figure below
        }
        return Runtime.getRuntime().totalMemory() / 1048576.0;
    }
}
