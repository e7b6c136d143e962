package nad.arithmetic;

import java.util.Locale;

/// The arithmetics that a program can be run in.
public enum Arithmetic {
    FLOAT64, FLOAT32, RATIONAL, INTERVAL;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Cells cells(int size) {
        return switch (this) {
            case FLOAT64 -> new RealCells(size, false);
            case FLOAT32 -> new RealCells(size, true);
            case RATIONAL -> new ExactCells(size, Rational.ZERO);
            case INTERVAL -> new ExactCells(size, Interval.point(0));
        };
    }
}
