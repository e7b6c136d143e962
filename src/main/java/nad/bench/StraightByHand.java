package nad.bench;

import java.util.Arrays;

/// W6 by hand: the straight-line program as a loop over its groups of nine operations.
final class StraightByHand implements Measured {
    private final int n = Data.STRAIGHT_INPUTS;
    private final int[] ix = Data.straightIndices();
    private final double[] x = Data.straightInputs();
    private final double[] w = new double[n + Data.STRAIGHT_GROUPS];
    private final double[] quotient = new double[Data.STRAIGHT_GROUPS];
    private final double[] bar = new double[w.length];

    @Override
    public double value() {
        System.arraycopy(x, 0, w, 0, n);
        double f = 0;
        for (int g = 0, p = 0; g < Data.STRAIGHT_GROUPS; g++, p += 6) {
            quotient[g] = (w[ix[p]] * w[ix[p + 1]] + w[ix[p + 2]] - w[ix[p + 3]]) / (w[ix[p + 4]] + 3);
            w[n + g] = Math.sin(quotient[g] * w[ix[p + 5]] + 0.7);
            f += w[n + g];
        }
        return f;
    }

    @Override
    public double gradient() {
        double f = value();
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
        return f;
    }

    @Override
    public double norm() {
        return Measured.norm(Arrays.copyOf(bar, n));
    }
}
