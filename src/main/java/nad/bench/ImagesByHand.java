package nad.bench;

import java.util.Arrays;

/// W5 by hand in float64: matrix products as three loops, the innermost over neighbouring entries.
final class ImagesByHand implements Measured {
    private static final int N = Data.IMAGES;
    private static final int[] WIDTHS = {784, 256, 128, Data.CLASSES};

    private final double[] labels;
    private final double[][] w = new double[3][];
    private final double[][] b = new double[3][];
    /// What goes into each layer, and the last layer's results.
    private final double[][] h = new double[4][];
    private final double[][] bars = new double[4][];
    private final double[][] byW = new double[3][];
    private final double[][] byB = new double[3][];

    ImagesByHand() {
        double[][] in = Data.images();
        h[0] = in[0];
        labels = in[1];
        for (int k = 0; k < 3; k++) {
            w[k] = in[2 + 2 * k];
            b[k] = in[3 + 2 * k];
            byW[k] = new double[w[k].length];
            byB[k] = new double[b[k].length];
            h[k + 1] = new double[N * WIDTHS[k + 1]];
            bars[k + 1] = new double[N * WIDTHS[k + 1]];
        }
    }

    @Override
    public double value() {
        for (int k = 0; k < 3; k++) layer(k);
        double[] z = h[3];
        double loss = 0;
        for (int i = 0; i < N; i++) {
            int at = i * Data.CLASSES;
            loss += logSumExp(z, at) - ByHand.dot(labels, at, z, at, Data.CLASSES);
        }
        return loss / N;
    }

    private void layer(int k) {
        int n = WIDTHS[k];
        int m = WIDTHS[k + 1];
        double[] z = h[k + 1];
        for (int i = 0; i < N; i++) {
            System.arraycopy(b[k], 0, z, i * m, m);
            for (int l = 0; l < n; l++) ByHand.axpy(h[k][i * n + l], w[k], l * m, z, i * m, m);
        }
        if (k < 2) for (int j = 0; j < z.length; j++) z[j] = Math.max(z[j], 0);
    }

    private static double logSumExp(double[] z, int at) {
        double m = z[at];
        for (int j = 1; j < Data.CLASSES; j++) m = Math.max(m, z[at + j]);
        double s = 0;
        for (int j = 0; j < Data.CLASSES; j++) s += Math.exp(z[at + j] - m);
        return Math.log(s) + m;
    }

    @Override
    public double gradient() {
        double loss = value();
        double[] z = h[3];
        for (int i = 0; i < N; i++) {
            int at = i * Data.CLASSES;
            double l = logSumExp(z, at);
            for (int j = at; j < at + Data.CLASSES; j++) bars[3][j] = (Math.exp(z[j] - l) - labels[j]) / N;
        }
        for (int k = 2; k >= 0; k--) pullBack(k);
        return loss;
    }

    private void pullBack(int k) {
        int n = WIDTHS[k];
        int m = WIDTHS[k + 1];
        Arrays.fill(byW[k], 0);
        Arrays.fill(byB[k], 0);
        for (int i = 0; i < N; i++) {
            ByHand.axpy(1, bars[k + 1], i * m, byB[k], 0, m);
            for (int l = 0; l < n; l++) {
                double x = h[k][i * n + l];
                ByHand.axpy(x, bars[k + 1], i * m, byW[k], l * m, m);
                if (k > 0) bars[k][i * n + l] = x > 0 ? ByHand.dot(w[k], l * m, bars[k + 1], i * m, m) : 0;
            }
        }
    }

    @Override
    public double norm() {
        return Math.hypot(Measured.norm(byW), Measured.norm(byB));
    }
}
