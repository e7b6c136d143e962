package nad.bench;

/// Gradients of the workloads written by hand in plain Java, derived on paper: what `nad bench` is measured against in the
/// same run, where no other language is at hand.
final class ByHand {
    private ByHand() {}

    static Measured of(String workload) {
        return switch (workload) {
            case "w1a" -> new Rosenbrock(1000);
            case "w1b" -> new Rosenbrock(100_000);
            case "w2" -> new Helmholtz();
            case "w3" -> new MixtureByHand();
            case "w4" -> new NetworkByHand(1);
            case "w4b" -> new NetworkByHand(Data.BATCH);
            case "w5" -> new ImagesByHand();
            case "w6" -> new StraightByHand();
            default -> throw new IllegalArgumentException(workload);
        };
    }

    /// Σ_k a[at + k] x_k, in four partial sums.
    static double dot(double[] a, int at, double[] x, int xAt, int n) {
        double p = 0;
        double q = 0;
        double r = 0;
        double s = 0;
        int k = 0;
        for (; k + 4 <= n; k += 4) {
            p += a[at + k] * x[xAt + k];
            q += a[at + k + 1] * x[xAt + k + 1];
            r += a[at + k + 2] * x[xAt + k + 2];
            s += a[at + k + 3] * x[xAt + k + 3];
        }
        for (; k < n; k++) p += a[at + k] * x[xAt + k];
        return (p + q) + (r + s);
    }

    /// y := y + a x, n entries.
    static void axpy(double a, double[] x, int at, double[] y, int to, int n) {
        for (int j = 0; j < n; j++) y[to + j] += a * x[at + j];
    }

    private static final class Rosenbrock implements Measured {
        private final double[] x;
        private final double[] g;

        Rosenbrock(int n) {
            x = Data.rosenbrock(n);
            g = new double[n];
        }

        @Override
        public double value() {
            double sum = 0;
            for (int i = 0; i < x.length - 1; i++) {
                double a = x[i + 1] - x[i] * x[i];
                double b = 1 - x[i];
                sum += 100 * (a * a) + b * b;
            }
            return sum;
        }

        @Override
        public double gradient() {
            double sum = 0;
            double next = 0;
            for (int i = 0; i < x.length - 1; i++) {
                double a = x[i + 1] - x[i] * x[i];
                double b = 1 - x[i];
                sum += 100 * (a * a) + b * b;
                g[i] = next - 400 * a * x[i] - 2 * b;
                next = 200 * a;
            }
            g[x.length - 1] = next;
            return sum;
        }

        @Override
        public double norm() {
            return Measured.norm(g);
        }
    }

    private static final class Helmholtz implements Measured {
        private static final double ROOT2 = Math.sqrt(2);
        private final int n = Data.HELMHOLTZ;
        private final double[] x;
        private final double[] b;
        private final double[] a;
        private final double[] ax = new double[n];
        private final double[] g = new double[n];

        Helmholtz() {
            double[][] in = Data.helmholtz();
            x = in[0];
            b = in[1];
            a = in[2];
        }

        @Override
        public double value() {
            double bx = dot(b, 0, x, 0, n);
            double q = 0;
            for (int i = 0; i < n; i++) q += x[i] * dot(a, i * n, x, 0, n);
            double rest = 1 - bx;
            double s = 0;
            for (int i = 0; i < n; i++) s += x[i] * Math.log(x[i] / rest);
            return s - q / (Math.sqrt(8) * bx) * Math.log((1 + (1 + ROOT2) * bx) / (1 + (1 - ROOT2) * bx));
        }

        @Override
        public double gradient() {
            double bx = dot(b, 0, x, 0, n);
            double q = 0;
            for (int i = 0; i < n; i++) q += x[i] * (ax[i] = dot(a, i * n, x, 0, n));
            double rest = 1 - bx;
            double s = 0;
            double total = 0;
            for (int i = 0; i < n; i++) {
                double l = Math.log(x[i] / rest);
                s += x[i] * l;
                total += x[i];
                g[i] = l + 1;
            }
            double u = 1 + (1 + ROOT2) * bx;
            double v = 1 + (1 - ROOT2) * bx;
            double l = Math.log(u / v);
            double c = 1 / (Math.sqrt(8) * bx);
            double byB = total / rest + q * c / bx * l - q * c * ((1 + ROOT2) / u - (1 - ROOT2) / v);
            for (int i = 0; i < n; i++) g[i] += b[i] * byB - 2 * ax[i] * c * l;
            return s - q * c * l;
        }

        @Override
        public double norm() {
            return Measured.norm(g);
        }
    }
}
