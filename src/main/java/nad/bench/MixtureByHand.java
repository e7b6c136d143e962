package nad.bench;

import java.util.Arrays;

/// W3 by hand: one sample after the other, for each component y = L (x − μ), t = α + Σ log diag L − |y|² / 2.
final class MixtureByHand implements Measured {
    private static final int D = Data.FEATURES;
    private static final int K = Data.COMPONENTS;
    private static final int F = Data.FACTOR;

    private final double[] alphas;
    private final double[] means;
    private final double[] factors;
    private final double[] x;
    private final double constant;
    private final double[] diagonal = new double[K * D];
    private final double[] logs = new double[K];
    private final double[] centred = new double[K * D];
    private final double[] y = new double[K * D];
    private final double[] t = new double[K];
    private final double[] byAlpha = new double[K];
    private final double[] byMean = new double[K * D];
    private final double[] byFactor = new double[K * F];
    private final double[] byDiagonal = new double[K * D];
    private final double[] byLogs = new double[K];
    private final double[] bar = new double[D];
    private final double[] pull = new double[D];

    MixtureByHand() {
        double[][] in = Data.mixture();
        alphas = in[0];
        means = in[1];
        factors = in[2];
        x = in[3];
        constant = in[4][0];
    }

    @Override
    public double value() {
        prepare();
        double total = 0;
        for (int s = 0; s < Data.SAMPLES; s++) total += sample(s);
        return finish(total);
    }

    @Override
    public double gradient() {
        prepare();
        for (double[] g : new double[][] {byMean, byFactor, byDiagonal, byLogs}) Arrays.fill(g, 0);
        double total = 0;
        for (int s = 0; s < Data.SAMPLES; s++) {
            double l = sample(s);
            total += l;
            for (int k = 0; k < K; k++) component(k, Math.exp(t[k] - l));
        }
        double l = logSumExp(alphas);
        for (int k = 0; k < K; k++) {
            byAlpha[k] = byLogs[k] - Data.SAMPLES * Math.exp(alphas[k] - l);
            for (int j = 0; j < D; j++) {
                double d = diagonal[k * D + j];
                byFactor[k * F + j] = byDiagonal[k * D + j] * d + byLogs[k] + d * d;
            }
            for (int o = k * F + D; o < (k + 1) * F; o++) byFactor[o] += factors[o];
        }
        return finish(total);
    }

    @Override
    public double norm() {
        return Measured.norm(byAlpha, byMean, byFactor);
    }

    private void prepare() {
        for (int k = 0; k < K; k++) {
            logs[k] = 0;
            for (int j = 0; j < D; j++) {
                diagonal[k * D + j] = Math.exp(factors[k * F + j]);
                logs[k] += factors[k * F + j];
            }
        }
    }

    /// log Σ exp t of one sample.
    private double sample(int s) {
        for (int k = 0; k < K; k++) {
            int at = k * D;
            for (int j = 0; j < D; j++) {
                centred[at + j] = x[s * D + j] - means[at + j];
                y[at + j] = diagonal[at + j] * centred[at + j];
            }
            int o = k * F + D;
            for (int c = 0; c < D; c++) for (int r = c + 1; r < D; r++) y[at + r] += factors[o++] * centred[at + c];
            double square = 0;
            for (int j = 0; j < D; j++) square += y[at + j] * y[at + j];
            t[k] = alphas[k] + logs[k] - 0.5 * square;
        }
        return logSumExp(t);
    }

    /// What the sample adds to the gradient by component k, whose share is p.
    private void component(int k, double p) {
        int at = k * D;
        byLogs[k] += p;
        for (int j = 0; j < D; j++) {
            bar[j] = -p * y[at + j];
            byDiagonal[at + j] += bar[j] * centred[at + j];
            pull[j] = bar[j] * diagonal[at + j];
        }
        int o = k * F + D;
        for (int c = 0; c < D; c++) {
            double s = pull[c];
            for (int r = c + 1; r < D; r++, o++) {
                byFactor[o] += bar[r] * centred[at + c];
                s += bar[r] * factors[o];
            }
            byMean[at + c] -= s;
        }
    }

    private double finish(double total) {
        double squares = 0;
        for (double d : diagonal) squares += d * d;
        for (int k = 0; k < K; k++) for (int o = k * F + D; o < (k + 1) * F; o++) squares += factors[o] * factors[o];
        return total - Data.SAMPLES * logSumExp(alphas) + 0.5 * squares + constant;
    }

    private static double logSumExp(double[] t) {
        double m = t[0];
        for (int k = 1; k < t.length; k++) m = Math.max(m, t[k]);
        double s = 0;
        for (double v : t) s += Math.exp(v - m);
        return Math.log(s) + m;
    }
}
