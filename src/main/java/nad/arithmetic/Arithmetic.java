package nad.arithmetic;

import java.util.List;
import java.util.Locale;

/// The arithmetics that a program can be run in.
public enum Arithmetic {
    FLOAT64, FLOAT32, RATIONAL, INTERVAL,
    /// Fractions as far as they go, and where an operation leaves them intervals that enclose its value: what can still be proved of
    /// a program with `exp`. For NAD's own questions; users choose among [#OFFERED].
    ENCLOSED;

    public static final List<Arithmetic> OFFERED = List.of(FLOAT64, FLOAT32, RATIONAL, INTERVAL);

    /// Whether its numbers are [Quantity]s, that say of themselves how exact they are.
    public boolean isExact() {
        return this == RATIONAL || this == INTERVAL || this == ENCLOSED;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Cells cells(int size) {
        return switch (this) {
            case FLOAT64 -> new RealCells(size, false);
            case FLOAT32 -> new RealCells(size, true);
            case RATIONAL -> new ExactCells(size, Rational.ZERO);
            case INTERVAL -> new ExactCells(size, Interval.point(0));
            case ENCLOSED -> new EnclosedCells(size);
        };
    }
}
