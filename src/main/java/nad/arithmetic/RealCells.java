package nad.arithmetic;

import java.util.Arrays;

/// Cells of float64, or of float32: those are computed in float64 and rounded once more, which for `+ - * /` and square
/// roots is the correctly rounded float32 result (53 ≥ 2·24 + 2 bits).
final class RealCells extends Cells {
    private double[] cells;
    private final boolean single;

    RealCells(int size, boolean single) {
        this.cells = new double[size];
        this.single = single;
    }

    @Override
    public void reserve(int size) {
        if (size > cells.length) cells = Arrays.copyOf(cells, Math.max(size, cells.length + cells.length / 4));
    }

    private double rounded(double x) {
        return single ? (float) x : x;
    }

    @Override
    public void apply(Primitive f, int to, int... x) {
        tally(f, 1);
        double[] c = cells;
        double y;
        if (f.real1 != null) y = f.real1.applyAsDouble(c[x[0]]);
        else if (f.real2 != null) y = f.real2.applyAsDouble(c[x[0]], c[x[1]]);
        else if (single && f.isFused()) y = Math.fma((float) c[x[0]], (float) c[x[1]], (float) c[x[2]]);
        else if (f.real3 != null) y = f.real3.at(c[x[0]], c[x[1]], c[x[2]]);
        else {
            double[] args = new double[x.length];
            for (int k = 0; k < x.length; k++) args[k] = c[x[k]];
            y = f.realN.at(args);
        }
        c[to] = rounded(y);
    }

    @Override
    public void multiplyAdd(Primitive product, Primitive sum, int to, int a, int b) {
        tally(product, 1);
        tally(sum, 1);
        double[] c = cells;
        c[to] = single ? Math.fma((float) c[a], (float) c[b], (float) c[to]) : Math.fma(c[a], c[b], c[to]);
    }

    @Override
    public void copy(int to, int from) {
        cells[to] = cells[from];
    }

    @Override
    public void set(int to, Quantity value) {
        cells[to] = rounded(value.toDouble());
    }

    @Override
    public void set(int to, Rational value) {
        cells[to] = rounded(value.toDouble());
    }

    @Override
    public void set(int to, double value) {
        cells[to] = rounded(value);
    }

    @Override
    public Quantity get(int at) {
        return new Real(cells[at]);
    }

    @Override
    public boolean isFinite(int at) {
        return Double.isFinite(cells[at]);
    }

    @Override
    public Arithmetic arithmetic() {
        return single ? Arithmetic.FLOAT32 : Arithmetic.FLOAT64;
    }
}
