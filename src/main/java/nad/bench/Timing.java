package nad.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// One line of a benchmark.
///
/// @param peer      what computed it
/// @param f, fg     seconds for the function, and for the function with its gradient
/// @param value     the function's value
/// @param norm      the gradient's norm
/// @param operations what f and its gradient cost over what f does, in operations; 0 where nobody counted
/// @param megabytes peak memory of the process so far
public record Timing(String workload, String peer, long n, double f, double fg, double value, double norm, double operations, double megabytes) {
    /// Measures both, the function first.
    static Timing of(String workload, String peer, long n, Measured m) {
        double f = Clock.seconds(m::value);
        double fg = Clock.seconds(m::gradient);
        return of(workload, peer, n, f, fg, m);
    }

    static Timing of(String workload, String peer, long n, double f, double fg, Measured m) {
        return new Timing(workload, peer, n, f, fg, m.gradient(), m.norm(), m.ratio(), peakMegabytes());
    }

    /// Nine columns: workload, peer, size, ns of f, ns of f with its gradient, their ratio, f, the gradient's norm, peak memory in MB.
    public String line() {
        return String.format(Locale.ROOT, "%s\t%s\t%d\t%.1f\t%.1f\t%.2f\t%.15g\t%.15g\t%.1f", workload, peer, n, f * 1e9, fg * 1e9, fg / f,
                value, norm, megabytes);
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
