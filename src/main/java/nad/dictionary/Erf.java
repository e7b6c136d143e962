package nad.dictionary;

/// The error function erf x = 2/√π ∫₀ˣ exp(−t²) dt in float64 (Abramowitz & Stegun 7.1.6 and 7.1.14).
final class Erf {
    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    private Erf() {}

    static double erf(double x) {
        double a = Math.abs(x);
        if (Double.isNaN(x) || a == 0) return x;
        if (a > 6) return Math.signum(x);
        return Math.copySign(a < 2.5 ? series(a) : 1 - complement(a), x);
    }

    /// erf x = 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3···(2n+1)): all terms positive, so nothing cancels.
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > 1e-18 * sum; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return TWO_OVER_ROOT_PI * Math.exp(-x * x) * sum;
    }

    /// erfc x = exp(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), from the tail.
    private static double complement(double x) {
        double f = x;
        for (int n = 60; n >= 1; n--) f = x + n / 2.0 / f;
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * f);
    }
}
