package nad.arithmetic;

/// Cells of fractions and, behind an operation that leaves them, of intervals. The arguments of one operation are made one kind.
final class EnclosedCells extends ExactCells {
    EnclosedCells(int size) {
        super(size, Rational.ZERO);
    }

    @Override
    Quantity value(Primitive f, Quantity[] args) {
        boolean exact = true;
        for (Quantity q : args) exact &= q instanceof Rational;
        if (exact) {
            try {
                return f.exact.at(args);
            } catch (Library.Leaves e) {
                // enclosed below
            }
        }
        for (int k = 0; k < args.length; k++) args[k] = Interval.of(args[k]);
        return f.exact.at(args);
    }

    @Override
    public void set(int to, double value) {
        set(to, (Quantity) new Interval(Math.nextDown(value), Math.nextUp(value)));
    }

    @Override
    public Arithmetic arithmetic() {
        return Arithmetic.ENCLOSED;
    }
}
