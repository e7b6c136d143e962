package nad.arithmetic;

/// A float64 number as a [Quantity]: for declared elementary functions, laws and constants. Sweeps over whole programs
/// use arrays of doubles instead.
public record Real(double value) implements Quantity {
    @Override
    public Real constant(Rational r) {
        return new Real(r.toDouble());
    }

    @Override
    public Real plus(Quantity y) {
        return new Real(value + y.toDouble());
    }

    @Override
    public Real minus(Quantity y) {
        return new Real(value - y.toDouble());
    }

    @Override
    public Real times(Quantity y) {
        return new Real(value * y.toDouble());
    }

    @Override
    public Real over(Quantity y) {
        return new Real(value / y.toDouble());
    }

    @Override
    public Real negate() {
        return new Real(-value);
    }

    @Override
    public Real max(Quantity y) {
        return new Real(Math.max(value, y.toDouble()));
    }

    @Override
    public Real min(Quantity y) {
        return new Real(Math.min(value, y.toDouble()));
    }

    @Override
    public Quantity branch(Quantity below, Quantity at, Quantity above) {
        return value < 0 ? below : value > 0 ? above : value == 0 ? at : this;
    }

    @Override
    public Quantity apply(Library f, Quantity... more) {
        double[] x = new double[more.length + 1];
        x[0] = value;
        for (int k = 0; k < more.length; k++) x[k + 1] = more[k].toDouble();
        return new Real(f.real().at(x));
    }

    @Override
    public int sign() {
        return Double.isNaN(value) ? 2 : (int) Math.signum(value);
    }

    @Override
    public double toDouble() {
        return value;
    }
}
