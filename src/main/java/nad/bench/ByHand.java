package nad.bench;

import java.io.PrintStream;
import java.util.Arrays;

/// Gradients of the workloads written by hand in plain Java, derived on paper: what `nad bench` is measured against in the
/// same run, where no other language is at hand.
final class ByHand {
    private static final int H = Data.WIDTH;

    private ByHand() {}

    /// Measures a workload that has a version by hand, and prints its line.
    static void run(String workload, PrintStream out) {
        switch (workload) {
            case "w1a" -> rosenbrock(1000, out);
            case "w1b" -> rosenbrock(100_000, out);
            case "w2" -> helmholtz(out);
            case "w4" -> network(1, out);
            case "w4b" -> network(Data.BATCH, out);
            case "w6" -> straight(out);
            default -> {}
        }
    }

    private static void rosenbrock(int n, PrintStream out) {
        double[] x = Data.rosenbrock(n);
        double[] g = new double[n];
        double[] f = new double[1];
        double tf = Clock.seconds(() -> f[0] = rosenbrock(x, null));
        double tg = Clock.seconds(() -> f[0] = rosenbrock(x, g));
        out.println(Clock.line("W1_rosen", "java_hand", n, tf, tg, f[0], norm(g)));
    }

    private static double rosenbrock(double[] x, double[] g) {
        double sum = 0;
        double next = 0;
        for (int i = 0; i < x.length - 1; i++) {
            double a = x[i + 1] - x[i] * x[i];
            double b = 1 - x[i];
            sum += 100 * (a * a) + b * b;
            if (g == null) continue;
            g[i] = next - 400 * a * x[i] - 2 * b;
            next = 200 * a;
        }
        if (g != null) g[x.length - 1] = next;
        return sum;
    }

    private static void helmholtz(PrintStream out) {
        double[][] in = Data.helmholtz();
        double[] g = new double[Data.HELMHOLTZ];
        double[] ax = new double[Data.HELMHOLTZ];
        double[] f = new double[1];
        double tf = Clock.seconds(() -> f[0] = helmholtz(in[0], in[1], in[2], ax, null));
        double tg = Clock.seconds(() -> f[0] = helmholtz(in[0], in[1], in[2], ax, g));
        out.println(Clock.line("W2_helmholtz", "java_hand", Data.HELMHOLTZ, tf, tg, f[0], norm(g)));
    }

    private static double helmholtz(double[] x, double[] b, double[] a, double[] ax, double[] g) {
        int n = x.length;
        double root2 = Math.sqrt(2);
        double bx = dot(b, 0, x, n);
        double q = 0;
        for (int i = 0; i < n; i++) q += x[i] * (ax[i] = dot(a, i * n, x, n));
        double rest = 1 - bx;
        double s = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            double l = Math.log(x[i] / rest);
            s += x[i] * l;
            total += x[i];
            if (g != null) g[i] = l + 1;
        }
        double u = 1 + (1 + root2) * bx;
        double v = 1 + (1 - root2) * bx;
        double l = Math.log(u / v);
        double c = 1 / (Math.sqrt(8) * bx);
        if (g != null) {
            double byB = total / rest + q * c / bx * l - q * c * ((1 + root2) / u - (1 - root2) / v);
            for (int i = 0; i < n; i++) g[i] += b[i] * byB - 2 * ax[i] * c * l;
        }
        return s - q * c * l;
    }

    private static double dot(double[] a, int at, double[] x, int n) {
        double p = 0;
        double q = 0;
        double r = 0;
        double s = 0;
        int k = 0;
        for (; k + 4 <= n; k += 4) {
            p += a[at + k] * x[k];
            q += a[at + k + 1] * x[k + 1];
            r += a[at + k + 2] * x[k + 2];
            s += a[at + k + 3] * x[k + 3];
        }
        for (; k < n; k++) p += a[at + k] * x[k];
        return (p + q) + (r + s);
    }

    // ---- the relu network, one input after the other

    private static void network(int samples, PrintStream out) {
        double[] x = Data.networkInputs(samples);
        double[][] w = Data.network();
        Layers net = new Layers();
        double[][] g = new double[w.length][];
        for (int k = 0; k < g.length; k++) g[k] = new double[w[k].length];
        double[] gx = samples == 1 ? new double[H] : null;
        double[] f = new double[1];
        double tf = Clock.seconds(() -> {
            f[0] = 0;
            for (int s = 0; s < samples; s++) f[0] += net.value(x, s * H, w);
        });
        double tg = Clock.seconds(() -> {
            for (double[] part : g) Arrays.fill(part, 0);
            f[0] = 0;
            for (int s = 0; s < samples; s++) f[0] += net.gradient(x, s * H, w, g, gx);
        });
        double norm = gx == null ? 0 : norm(gx);
        for (double[] part : g) norm = Math.hypot(norm, norm(part));
        out.println(Clock.line(samples == 1 ? "W4_relu" : "W4_relu_batch", "java_hand", samples == 1 ? 8449 : samples, tf, tg, f[0], norm));
    }

    private static final class Layers {
        private final double[] h1 = new double[H];
        private final double[] h2 = new double[H];
        private final double[] d1 = new double[H];
        private final double[] d2 = new double[H];

        double value(double[] x, int at, double[][] w) {
            layer(x, at, w[0], w[1], h1);
            layer(h1, 0, w[2], w[3], h2);
            return w[5][0] + dot(w[4], 0, h2, H);
        }

        private static void layer(double[] x, int at, double[] w, double[] b, double[] z) {
            System.arraycopy(b, 0, z, 0, H);
            for (int i = 0; i < H; i++) axpy(x[at + i], w, i * H, z, 0);
            for (int j = 0; j < H; j++) z[j] = Math.max(z[j], 0);
        }

        private static void axpy(double a, double[] x, int at, double[] y, int to) {
            for (int j = 0; j < H; j++) y[to + j] += a * x[at + j];
        }

        /// Adds to g; writes gx unless it is null.
        double gradient(double[] x, int at, double[][] w, double[][] g, double[] gx) {
            double f = value(x, at, w);
            g[5][0] += 1;
            for (int j = 0; j < H; j++) {
                g[4][j] += h2[j];
                d2[j] = h2[j] > 0 ? w[4][j] : 0;
                g[3][j] += d2[j];
            }
            for (int i = 0; i < H; i++) {
                d1[i] = h1[i] > 0 ? dot(w[2], i * H, d2, H) : 0;
                if (h1[i] > 0) axpy(h1[i], d2, 0, g[2], i * H);
                g[1][i] += d1[i];
            }
            for (int i = 0; i < H; i++) {
                axpy(x[at + i], d1, 0, g[0], i * H);
                if (gx != null) gx[i] = dot(w[0], i * H, d1, H);
            }
            return f;
        }
    }

    // ---- the straight-line program, as a loop over its groups

    private static void straight(PrintStream out) {
        int[] ix = Data.straightIndices();
        double[] x = Data.straightInputs();
        int n = Data.STRAIGHT_INPUTS;
        double[] w = new double[n + Data.STRAIGHT_GROUPS];
        double[] quotient = new double[Data.STRAIGHT_GROUPS];
        double[] bar = new double[w.length];
        double[] f = new double[1];
        double tf = Clock.seconds(() -> f[0] = forward(x, ix, w, quotient));
        double tg = Clock.seconds(() -> {
            f[0] = forward(x, ix, w, quotient);
            backward(ix, w, quotient, bar);
        });
        out.println(Clock.line("W6_slp", "java_hand", 9L * Data.STRAIGHT_GROUPS, tf, tg, f[0], norm(Arrays.copyOf(bar, n))));
    }

    private static double forward(double[] x, int[] ix, double[] w, double[] quotient) {
        int n = Data.STRAIGHT_INPUTS;
        System.arraycopy(x, 0, w, 0, n);
        double f = 0;
        for (int g = 0, p = 0; g < Data.STRAIGHT_GROUPS; g++, p += 6) {
            quotient[g] = (w[ix[p]] * w[ix[p + 1]] + w[ix[p + 2]] - w[ix[p + 3]]) / (w[ix[p + 4]] + 3);
            w[n + g] = Math.sin(quotient[g] * w[ix[p + 5]] + 0.7);
            f += w[n + g];
        }
        return f;
    }

    private static void backward(int[] ix, double[] w, double[] quotient, double[] bar) {
        int n = Data.STRAIGHT_INPUTS;
        Arrays.fill(bar, 0, n, 0);
        Arrays.fill(bar, n, bar.length, 1);
        for (int g = Data.STRAIGHT_GROUPS - 1, p = 6 * g; g >= 0; g--, p -= 6) {
            double h = w[ix[p + 5]];
            double v = bar[n + g] * Math.cos(quotient[g] * h + 0.7);
            double d = v * h / (w[ix[p + 4]] + 3);
            bar[ix[p + 5]] += v * quotient[g];
            bar[ix[p + 4]] -= d * quotient[g];
            bar[ix[p + 3]] -= d;
            bar[ix[p + 2]] += d;
            bar[ix[p + 1]] += d * w[ix[p]];
            bar[ix[p]] += d * w[ix[p + 1]];
        }
    }

    private static double norm(double[] x) {
        double s = 0;
        for (double v : x) s += v * v;
        return Math.sqrt(s);
    }
}
