package nad.bench;

/// The inputs of the benchmarks: a counter-based generator (the finaliser of splitmix64), so that every program that is
/// measured beside this one, in whatever language, has the same numbers.
final class Data {
    static final int HELMHOLTZ = 50;
    static final int COMPONENTS = 5;
    static final int FEATURES = 10;
    static final int SAMPLES = 1000;
    static final int FACTOR = FEATURES * (FEATURES + 1) / 2;
    static final int WIDTH = 64;
    static final int BATCH = 1000;
    static final int IMAGES = 128;
    static final int CLASSES = 10;
    static final int STRAIGHT_INPUTS = 1000;
    static final int STRAIGHT_GROUPS = 111_111;

    private Data() {}

    /// Number i of a stream, in [0, 1).
    static double number(long stream, long i) {
        long z = stream * 0xD1342543DE82EF95L + (i + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1p-53;
    }

    static double[] numbers(int n, long stream, double scale, double offset) {
        double[] a = new double[n];
        for (int i = 0; i < n; i++) a[i] = offset + scale * number(stream, i);
        return a;
    }

    static double[] rosenbrock(int n) {
        return numbers(n, 1, 1.0, 0.5);
    }

    /// x, b and the symmetric A.
    static double[][] helmholtz() {
        int n = HELMHOLTZ;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) a[i * n + j] = number(4, (long) Math.min(i, j) * n + Math.max(i, j));
        return new double[][] {numbers(n, 2, 0.01, 0.01), numbers(n, 3, 0.1, 0.1), a};
    }

    /// alphas, means, factors, samples, and what the objective adds that depends on no parameter (Wishart prior: γ = 1, m = 0).
    static double[][] mixture() {
        double[] factors = numbers(COMPONENTS * FACTOR, 12, 0.5, -0.25);
        return new double[][] {numbers(COMPONENTS, 10, 1.0, -0.5), numbers(COMPONENTS * FEATURES, 11, 2.0, -1.0), factors,
            numbers(SAMPLES * FEATURES, 13, 2.0, -1.0), {mixtureConstant()}};
    }

    private static double mixtureConstant() {
        int d = FEATURES;
        double a = 0.5 * (d + 1);
        double logGamma = 0.25 * d * (d - 1) * Math.log(Math.PI);
        for (int j = 1; j <= d; j++) logGamma += org.apache.commons.numbers.gamma.LogGamma.value(a + 0.5 * (1 - j));
        double c = (d + 1) * d * (-0.5 * Math.log(2)) - logGamma;
        return -SAMPLES * d * 0.5 * Math.log(2 * Math.PI) - COMPONENTS * c;
    }

    /// W1, b1, W2, b2, W3, b3 of the relu network.
    static double[][] network() {
        int h = WIDTH;
        return new double[][] {numbers(h * h, 20, 0.5, -0.25), numbers(h, 21, 0.2, -0.1), numbers(h * h, 22, 0.5, -0.25),
            numbers(h, 23, 0.2, -0.1), numbers(h, 24, 0.5, -0.25), numbers(1, 26, 0.2, -0.1)};
    }

    static double[] networkInputs(int n) {
        return numbers(n * WIDTH, 25, 2.0, -1.0);
    }

    /// Images, labels as rows with a single 1, then weights and biases.
    static double[][] images() {
        double[] labels = new double[IMAGES * CLASSES];
        for (int i = 0; i < IMAGES; i++) labels[i * CLASSES + (int) (number(31, i) * CLASSES)] = 1;
        return new double[][] {numbers(IMAGES * 784, 30, 1, 0), labels, numbers(784 * 256, 32, .1, -.05), numbers(256, 33, .1, -.05),
            numbers(256 * 128, 34, .2, -.1), numbers(128, 35, .2, -.1), numbers(128 * CLASSES, 36, .2, -.1), numbers(CLASSES, 37, .2, -.1)};
    }

    static double[] straightInputs() {
        return numbers(STRAIGHT_INPUTS, 40, 2.0, -1.0);
    }

    /// For each group of the straight-line program the six earlier values that it reads.
    static int[] straightIndices() {
        int[] ix = new int[6 * STRAIGHT_GROUPS];
        for (int g = 0; g < STRAIGHT_GROUPS; g++)
            for (int j = 0; j < 6; j++) ix[6 * g + j] = STRAIGHT_INPUTS + g - 1 - (int) (number(41, 6L * g + j) * 1000);
        return ix;
    }
}
