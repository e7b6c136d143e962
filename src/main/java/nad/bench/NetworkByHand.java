package nad.bench;

import java.util.Arrays;

/// W4 by hand: the relu network, one input after the other. Rows of the weights that relu switches off are skipped.
final class NetworkByHand implements Measured {
    private static final int H = Data.WIDTH;

    private final int samples;
    private final double[] x;
    private final double[][] w = Data.network();
    private final double[][] g;
    private final double[] gx = new double[H];
    private final double[] h1 = new double[H];
    private final double[] h2 = new double[H];
    private final double[] d1 = new double[H];
    private final double[] d2 = new double[H];

    NetworkByHand(int samples) {
        this.samples = samples;
        this.x = Data.networkInputs(samples);
        this.g = new double[w.length][];
        for (int k = 0; k < g.length; k++) g[k] = new double[w[k].length];
    }

    @Override
    public double value() {
        double f = 0;
        for (int s = 0; s < samples; s++) f += value(s * H);
        return f;
    }

    @Override
    public double gradient() {
        for (double[] part : g) Arrays.fill(part, 0);
        double f = 0;
        for (int s = 0; s < samples; s++) f += gradient(s * H);
        return f;
    }

    /// Of one input also by it.
    @Override
    public double norm() {
        double byWeights = Measured.norm(g);
        return samples > 1 ? byWeights : Math.hypot(byWeights, Measured.norm(gx));
    }

    private double value(int at) {
        layer(x, at, w[0], w[1], h1);
        layer(h1, 0, w[2], w[3], h2);
        return w[5][0] + ByHand.dot(w[4], 0, h2, 0, H);
    }

    private static void layer(double[] x, int at, double[] w, double[] b, double[] z) {
        System.arraycopy(b, 0, z, 0, H);
        for (int i = 0; i < H; i++) ByHand.axpy(x[at + i], w, i * H, z, 0, H);
        for (int j = 0; j < H; j++) z[j] = Math.max(z[j], 0);
    }

    private double gradient(int at) {
        double f = value(at);
        g[5][0] += 1;
        for (int j = 0; j < H; j++) {
            g[4][j] += h2[j];
            d2[j] = h2[j] > 0 ? w[4][j] : 0;
            g[3][j] += d2[j];
        }
        for (int i = 0; i < H; i++) {
            d1[i] = h1[i] > 0 ? ByHand.dot(w[2], i * H, d2, 0, H) : 0;
            if (h1[i] > 0) ByHand.axpy(h1[i], d2, 0, g[2], i * H, H);
            g[1][i] += d1[i];
        }
        for (int i = 0; i < H; i++) ByHand.axpy(x[at + i], d1, 0, g[0], i * H, H);
        if (samples == 1) for (int i = 0; i < H; i++) gx[i] = ByHand.dot(w[0], i * H, d1, 0, H);
        return f;
    }
}
