package nad.run;

import nad.arithmetic.Quantity;
import nad.arithmetic.Real;

/// Numbers in row-major order: doubles, or numbers of another arithmetic. Exactly one of the two arrays is null.
public record Tensor(int[] shape, double[] real, Quantity[] exact) {
    public static Tensor of(int[] shape, double... values) {
        return new Tensor(shape, values, null);
    }

    public static Tensor of(int[] shape, Quantity... values) {
        return new Tensor(shape, null, values);
    }

    public int size() {
        return real != null ? real.length : exact.length;
    }

    public Quantity get(int k) {
        return real != null ? new Real(real[k]) : exact[k];
    }

    public double toDouble(int k) {
        return real != null ? real[k] : exact[k].toDouble();
    }
}
