package nad.print;

import java.util.Locale;
import nad.arithmetic.Rational;

/// Costs and ratios as a person reads them: in tables, in reports, in pages.
public final class Figures {
    private Figures() {}

    /// Exact where that is short; `–` where there is none.
    public static String cost(Rational r) {
        if (r == null) return "–";
        String s = r.literal();
        return s.length() <= 8 && !s.contains("/") ? s : r.isInteger() ? grouped(r) : String.format(Locale.ROOT, "%.4g", r.toDouble());
    }

    private static String grouped(Rational r) {
        return r.numerator().bitLength() < 63 ? Long.toString(r.numerator().longValue()) : r.toString();
    }

    /// Two decimals where it is no integer; `–` where there is none.
    public static String ratio(Rational r) {
        return r == null ? "–" : r.isInteger() ? r.toString() : String.format(Locale.ROOT, "%.2f", r.toDouble());
    }
}
