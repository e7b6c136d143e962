package nad.compile;

import nad.arithmetic.Primitive;
import nad.dictionary.RealRows;

/// Single-cell operations on many samples at once: a lane is a sample, a cell's lanes lie side by side. In plain loops;
/// [VectorLanes] does the frequent ones in vectors.
class LaneKernels {
    /// Samples of a block.
    static final int LANES = 128;

    /// An operation by its opcode; for what has none the function is given.
    void apply(int op, Primitive f, double[] v, int to, int a, int b, int c, int d) {
        switch (op) {
            case ScalarCode.COPY -> System.arraycopy(v, a, v, to, LANES);
            case ScalarCode.ADD -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] + v[b + k];
            }
            case ScalarCode.SUB -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] - v[b + k];
            }
            case ScalarCode.MUL -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] * v[b + k];
            }
            case ScalarCode.DIV -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] / v[b + k];
            }
            case ScalarCode.NEG -> {
                for (int k = 0; k < LANES; k++) v[to + k] = -v[a + k];
            }
            case ScalarCode.MIN -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.min(v[a + k], v[b + k]);
            }
            case ScalarCode.MAX -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.max(v[a + k], v[b + k]);
            }
            case ScalarCode.ABS -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.abs(v[a + k]);
            }
            case ScalarCode.SQRT -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.sqrt(v[a + k]);
            }
            case ScalarCode.FMA -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.fma(v[a + k], v[b + k], v[c + k]);
            }
            case ScalarCode.EXP -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.exp(v[a + k]);
            }
            case ScalarCode.LOG -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.log(v[a + k]);
            }
            case ScalarCode.SIN -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.sin(v[a + k]);
            }
            case ScalarCode.COS -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.cos(v[a + k]);
            }
            case ScalarCode.TANH -> {
                for (int k = 0; k < LANES; k++) v[to + k] = Math.tanh(v[a + k]);
            }
            case ScalarCode.GATE -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] > 0 ? v[b + k] : 0;
            }
            case ScalarCode.ADD_PRODUCT -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] + v[b + k] * v[c + k];
            }
            case ScalarCode.SUB_PRODUCT -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] - v[b + k] * v[c + k];
            }
            case ScalarCode.NEG_PRODUCT -> {
                for (int k = 0; k < LANES; k++) v[to + k] = -(v[a + k] * v[b + k]);
            }
            case ScalarCode.LESS -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] < v[b + k] ? v[c + k] : v[d + k];
            }
            case ScalarCode.GREATER -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] > v[b + k] ? v[c + k] : v[d + k];
            }
            case ScalarCode.EQUAL -> {
                for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] == v[b + k] ? v[c + k] : v[d + k];
            }
            case ScalarCode.CALL1 -> {
                for (int k = 0; k < LANES; k++) v[to + k] = f.real(v[a + k]);
            }
            case ScalarCode.CALL2 -> {
                for (int k = 0; k < LANES; k++) v[to + k] = f.real(v[a + k], v[b + k]);
            }
            case ScalarCode.CALL3 -> {
                for (int k = 0; k < LANES; k++) v[to + k] = f.real(v[a + k], v[b + k], v[c + k]);
            }
            default -> throw new IllegalStateException();
        }
    }

    /// to := a · x, x being the same for all samples.
    void scale(double[] v, int to, int a, double x) {
        for (int k = 0; k < LANES; k++) v[to + k] = v[a + k] * x;
    }

    /// to := b + a · x
    void addScaled(double[] v, int to, int b, int a, double x) {
        for (int k = 0; k < LANES; k++) v[to + k] = v[b + k] + v[a + k] * x;
    }

    /// The sum of the first n lanes of a · b, in the order of a row; p has eight cells to use.
    double sumOfProducts(double[] v, int a, int b, int n, double[] p) {
        for (int k = 0; k < 8; k++) p[k] = -0.0;
        for (int k = 0; k < n; k++) p[k & 7] += v[a + k] * v[b + k];
        return RealRows.combined(p, 0);
    }

    double sum(double[] v, int a, int n) {
        return RealRows.sum(v, a, n);
    }
}
