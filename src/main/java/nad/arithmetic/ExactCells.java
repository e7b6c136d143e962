package nad.arithmetic;

import java.util.Arrays;

/// Cells of rationals or of intervals.
class ExactCells extends Cells {
    private Quantity[] cells;
    private final Quantity zero;

    ExactCells(int size, Quantity zero) {
        this.cells = new Quantity[size];
        this.zero = zero;
        Arrays.fill(cells, zero);
    }

    @Override
    public void reserve(int size) {
        int old = cells.length;
        if (size <= old) return;
        cells = Arrays.copyOf(cells, Math.max(size, old + old / 4));
        Arrays.fill(cells, old, cells.length, zero);
    }

    @Override
    public void apply(Primitive f, int to, int... x) {
        tally(f, 1);
        if (x.length == 2 && x[0] == x[1] && f.squares()) {
            cells[to] = cells[x[0]].square();
            return;
        }
        Quantity[] args = new Quantity[x.length];
        for (int k = 0; k < x.length; k++) args[k] = cells[x[k]];
        cells[to] = value(f, args);
    }

    /// @param args free to be written on
    Quantity value(Primitive f, Quantity[] args) {
        return f.exact.at(args);
    }

    @Override
    public void multiplyAdd(Primitive product, Primitive sum, int to, int a, int b) {
        tally(product, 1);
        tally(sum, 1);
        cells[to] = (a == b ? cells[a].square() : cells[a].times(cells[b])).plus(cells[to]);
    }

    @Override
    public void copy(int to, int from) {
        cells[to] = cells[from];
    }

    @Override
    public void set(int to, Quantity value) {
        cells[to] = value;
    }

    @Override
    public void set(int to, Rational value) {
        cells[to] = zero.constant(value);
    }

    @Override
    public void set(int to, double value) {
        // A float64 constant such as pi stands for a real that it only approximates.
        if (zero instanceof Rational) throw new Library.Leaves("a function of constants", "rationals");
        cells[to] = new Interval(Math.nextDown(value), Math.nextUp(value));
    }

    @Override
    public Quantity get(int at) {
        return cells[at];
    }

    @Override
    public boolean isFinite(int at) {
        return !(cells[at] instanceof Interval i) || !i.isNone() && !Double.isInfinite(i.lo()) && !Double.isInfinite(i.hi());
    }

    @Override
    public Arithmetic arithmetic() {
        return zero instanceof Rational ? Arithmetic.RATIONAL : Arithmetic.INTERVAL;
    }
}
