package nad.bench;

import java.util.Arrays;

/// How the benchmarks are timed: warm, then the median of nine repeats of at least 20 ms.
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
}
