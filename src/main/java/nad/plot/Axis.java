package nad.plot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// A scale from numbers to pixels, linear or logarithmic, and its round ticks.
///
/// @param from the pixel of `lo`; @param to that of `hi`
record Axis(double lo, double hi, boolean log, double from, double to) {
    record Tick(double value, String label) {}

    double at(double v) {
        double share = log ? Math.log(v / lo) / Math.log(hi / lo) : (v - lo) / (hi - lo);
        return from + share * (to - from);
    }

    /// The range of these values, with some room around; steep ends (poles, large powers) are left out where they would press the rest flat.
    static double[] range(double[] values) {
        double[] v = java.util.Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (v.length == 0) return new double[] {-1, 1};
        double lo = v[0];
        double hi = v[v.length - 1];
        double inner = v[v.length * 24 / 25] - v[v.length / 25];
        if (inner > 0 && hi - lo > 6 * inner) {
            lo = Math.max(lo, v[v.length / 25] - inner / 2);
            hi = Math.min(hi, v[v.length * 24 / 25] + inner / 2);
        }
        double room = hi - lo > 1e-12 * Math.max(Math.abs(lo), Math.abs(hi)) ? 0.07 * (hi - lo) : Math.max(1, Math.abs(hi) / 2);
        return new double[] {lo - room, hi + room};
    }

    /// Ticks at multiples of 1, 2 or 5 times a power of ten, none nearer to its neighbour than `apart` pixels; on a logarithmic scale powers of ten.
    List<Tick> ticks(double apart) {
        double room = Math.max(1, Math.abs(to - from) / apart);
        List<Tick> out = new ArrayList<>();
        if (log) {
            int every = (int) Math.max(1, Math.ceil(Math.log10(hi / lo) / room));
            boolean few = Math.log10(hi / lo) < 2;
            for (int e = (int) Math.floor(Math.log10(lo)); e <= Math.log10(hi); e += every)
                for (int m : few ? new int[] {1, 2, 5} : new int[] {1}) {
                    double v = m * Math.pow(10, e);
                    if (v >= lo * (1 - 1e-9) && v <= hi * (1 + 1e-9)) out.add(new Tick(v, number(v)));
                }
            return out;
        }
        double step = step((hi - lo) / room);
        for (double k = Math.ceil(lo / step - 1e-9); k <= Math.floor(hi / step + 1e-9); k++) out.add(new Tick(k * step, number(k * step)));
        return out;
    }

    /// The least of 1, 2, 5 times a power of ten that is at least this.
    static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double share = least / power;
        return power * (share <= 1.000001 ? 1 : share <= 2.000001 ? 2 : share <= 5.000001 ? 5 : 10);
    }

    /// A number in at most six digits, with a true minus; powers of ten where it is large or small.
    static String number(double v) {
        if (!Double.isFinite(v)) return Double.isNaN(v) ? "NaN" : v > 0 ? "∞" : "−∞";
        BigDecimal d = new BigDecimal(v).round(new java.math.MathContext(6, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        if (d.signum() == 0 || Math.abs(v) < 1e-12) return "0";
        int power = d.precision() - d.scale() - 1;
        if (power >= -4 && power < 5) return d.toPlainString().replace('-', '−');
        String m = d.scaleByPowerOfTen(-power).stripTrailingZeros().toPlainString().replace('-', '−');
        return (m.equals("1") ? "" : m.equals("−1") ? "−" : m + "·") + "10" + raised(power);
    }

    private static String raised(int n) {
        StringBuilder out = new StringBuilder();
        for (char c : Integer.toString(n).toCharArray()) out.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
        return out.toString();
    }
}
