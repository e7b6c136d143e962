package nad.check;

import java.util.LinkedHashMap;
import java.util.Map;

/// An integer `constant + Σ coefficient · axis`, the axes counted from 0: what a subscript may be in a comprehension.
record Affine(long constant, Map<Value.Axis, Long> coefficients) {
    static Affine of(long n) {
        return new Affine(n, Map.of());
    }

    static Affine of(Value.Axis axis) {
        return new Affine(axis.from, Map.of(axis, 1L));
    }

    boolean isConstant() {
        return coefficients.isEmpty();
    }

    Affine plus(Affine y, long sign) {
        Map<Value.Axis, Long> c = new LinkedHashMap<>(coefficients);
        y.coefficients.forEach((a, n) -> c.merge(a, sign * n, Long::sum));
        c.values().removeIf(n -> n == 0);
        return new Affine(Math.addExact(constant, Math.multiplyExact(sign, y.constant)), c);
    }

    Affine times(long k) {
        if (k == 0) return of(0);
        Map<Value.Axis, Long> c = new LinkedHashMap<>();
        coefficients.forEach((a, n) -> c.put(a, Math.multiplyExact(n, k)));
        return new Affine(Math.multiplyExact(constant, k), c);
    }

    long least() {
        long v = constant;
        for (var e : coefficients.entrySet()) v += Math.min(0, e.getValue() * (e.getKey().size - 1));
        return v;
    }

    long greatest() {
        long v = constant;
        for (var e : coefficients.entrySet()) v += Math.max(0, e.getValue() * (e.getKey().size - 1));
        return v;
    }

    Value.Axis anyAxis() {
        return coefficients.keySet().iterator().next();
    }
}
