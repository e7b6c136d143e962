package nad.compile;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import nad.arithmetic.Primitive;
import nad.dictionary.RealRows;

/// The frequent operations of [LaneKernels] in vectors.
final class VectorLanes extends LaneKernels {
    private static final VectorSpecies<Double> S = Lanes.DOUBLES;
    private static final int L = S.length();
    private final boolean exact;

    /// @param exact whether library functions are [Math]'s
    VectorLanes(boolean exact) {
        this.exact = exact;
    }

    private static DoubleVector at(double[] v, int a) {
        return DoubleVector.fromArray(S, v, a);
    }

    @Override
    void apply(int op, Primitive f, double[] v, int to, int a, int b, int c, int d) {
        switch (op) {
            case ScalarCode.ADD -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).add(at(v, b + k)).intoArray(v, to + k);
            }
            case ScalarCode.SUB -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).sub(at(v, b + k)).intoArray(v, to + k);
            }
            case ScalarCode.MUL -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).mul(at(v, b + k)).intoArray(v, to + k);
            }
            case ScalarCode.DIV -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).div(at(v, b + k)).intoArray(v, to + k);
            }
            case ScalarCode.NEG -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).neg().intoArray(v, to + k);
            }
            case ScalarCode.MIN -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).min(at(v, b + k)).intoArray(v, to + k);
            }
            case ScalarCode.MAX -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).max(at(v, b + k)).intoArray(v, to + k);
            }
            case ScalarCode.GATE -> {
                DoubleVector zero = DoubleVector.zero(S);
                for (int k = 0; k < LANES; k += L)
                    zero.blend(at(v, b + k), at(v, a + k).compare(VectorOperators.GT, zero)).intoArray(v, to + k);
            }
            case ScalarCode.ADD_PRODUCT -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).add(at(v, b + k).mul(at(v, c + k))).intoArray(v, to + k);
            }
            case ScalarCode.SUB_PRODUCT -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).sub(at(v, b + k).mul(at(v, c + k))).intoArray(v, to + k);
            }
            case ScalarCode.NEG_PRODUCT -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).mul(at(v, b + k)).neg().intoArray(v, to + k);
            }
            case ScalarCode.EXP, ScalarCode.LOG, ScalarCode.SIN, ScalarCode.COS, ScalarCode.TANH -> {
                if (exact) super.apply(op, f, v, to, a, b, c, d);
                else library(op, v, to, a);
            }
            default -> super.apply(op, f, v, to, a, b, c, d);
        }
    }

    private static void library(int op, double[] v, int to, int a) {
        switch (op) {
            case ScalarCode.EXP -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).lanewise(VectorOperators.EXP).intoArray(v, to + k);
            }
            case ScalarCode.LOG -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).lanewise(VectorOperators.LOG).intoArray(v, to + k);
            }
            case ScalarCode.SIN -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).lanewise(VectorOperators.SIN).intoArray(v, to + k);
            }
            case ScalarCode.COS -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).lanewise(VectorOperators.COS).intoArray(v, to + k);
            }
            default -> {
                for (int k = 0; k < LANES; k += L) at(v, a + k).lanewise(VectorOperators.TANH).intoArray(v, to + k);
            }
        }
    }

    @Override
    void scale(double[] v, int to, int a, double x) {
        DoubleVector y = DoubleVector.broadcast(S, x);
        for (int k = 0; k < LANES; k += L) at(v, a + k).mul(y).intoArray(v, to + k);
    }

    @Override
    void addScaled(double[] v, int to, int b, int a, double x) {
        DoubleVector y = DoubleVector.broadcast(S, x);
        for (int k = 0; k < LANES; k += L) at(v, b + k).add(at(v, a + k).mul(y)).intoArray(v, to + k);
    }

    @Override
    double sumOfProducts(double[] v, int a, int b, int n, double[] p) {
        if (L != 8) return super.sumOfProducts(v, a, b, n, p);
        DoubleVector sum = DoubleVector.broadcast(S, -0.0);
        int k = 0;
        for (; k + 8 <= n; k += 8) sum = sum.add(at(v, a + k).mul(at(v, b + k)));
        sum.intoArray(p, 0);
        for (; k < n; k++) p[k & 7] += v[a + k] * v[b + k];
        return RealRows.combined(p, 0);
    }
}
