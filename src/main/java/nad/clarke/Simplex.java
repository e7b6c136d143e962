package nad.clarke;

import java.util.Arrays;
import nad.arithmetic.Rational;
import nad.report.Interrupt;

/// Exact linear programming, as far as Clarke sets need it: is there an x ≥ 0 with Ax = b? The first phase of the simplex
/// method in rationals, by Bland's rule (1977), which cannot cycle: so it ends, and what it says is proved by what it returns.
final class Simplex {
    sealed interface Answer {}

    /// @param x a solution of Ax = b, x ≥ 0
    record Feasible(Rational[] x) implements Answer {}

    /// @param y Farkas' certificate: yA ≤ 0 and y·b > 0, so that no x ≥ 0 can solve Ax = b
    record Infeasible(Rational[] y) implements Answer {}

    private final int rows;
    private final int columns;
    /// One row for each equation, over the columns of x, one artificial variable for each row, and b.
    private final Rational[][] tableau;
    /// What is left to lower of the sum of the artificial variables, in the same columns.
    private final Rational[] reduced;
    private final int[] basis;
    private final boolean[] flipped;

    private Simplex(Rational[][] a, Rational[] b, int columns) {
        this.rows = a.length;
        this.columns = columns;
        this.tableau = new Rational[rows][columns + rows + 1];
        this.reduced = new Rational[columns + rows + 1];
        this.basis = new int[rows];
        this.flipped = new boolean[rows];
        Arrays.fill(reduced, Rational.ZERO);
        for (int i = 0; i < rows; i++) {
            flipped[i] = b[i].sign() < 0;
            for (int j = 0; j < columns; j++) tableau[i][j] = flipped[i] ? a[i][j].negate() : a[i][j];
            for (int j = 0; j < rows; j++) tableau[i][columns + j] = j == i ? Rational.ONE : Rational.ZERO;
            tableau[i][columns + rows] = flipped[i] ? b[i].negate() : b[i];
            basis[i] = columns + i;
            for (int j = 0; j < reduced.length; j++) if (j < columns || j == columns + rows) reduced[j] = reduced[j].plus(tableau[i][j]);
        }
    }

    /// @param columns the number of unknowns, which says it where there are no equations
    static Answer solve(Rational[][] a, Rational[] b, int columns) {
        Simplex s = new Simplex(a, b, columns);
        for (int j = s.entering(); j >= 0; j = s.entering()) s.pivot(s.leaving(j), j);
        return s.reduced[columns + s.rows].sign() == 0 ? s.feasible() : s.infeasible();
    }

    /// The first column that lowers the sum; artificial variables never come back.
    private int entering() {
        for (int j = 0; j < columns; j++) if (reduced[j].sign() > 0) return j;
        return -1;
    }

    /// The row of the least ratio, among equals that of the least variable. There is one, as the sum is bounded below.
    private int leaving(int j) {
        int best = -1;
        Rational least = null;
        for (int i = 0; i < rows; i++) {
            if (tableau[i][j].sign() <= 0) continue;
            Rational ratio = tableau[i][columns + rows].over(tableau[i][j]);
            int c = least == null ? -1 : ratio.compareTo(least);
            if (c < 0 || c == 0 && basis[i] < basis[best]) {
                best = i;
                least = ratio;
            }
        }
        return best;
    }

    private void pivot(int row, int column) {
        Interrupt.heed();
        Rational[] r = tableau[row];
        Rational p = r[column];
        for (int j = 0; j < r.length; j++) if (r[j].sign() != 0) r[j] = r[j].over(p);
        for (int i = 0; i < rows; i++) if (i != row) subtract(tableau[i], r, column);
        subtract(reduced, r, column);
        basis[row] = column;
    }

    private static void subtract(Rational[] from, Rational[] r, int column) {
        Rational factor = from[column];
        if (factor.sign() == 0) return;
        for (int j = 0; j < r.length; j++) if (r[j].sign() != 0) from[j] = from[j].minus(factor.times(r[j]));
    }

    private Feasible feasible() {
        Rational[] x = new Rational[columns];
        Arrays.fill(x, Rational.ZERO);
        for (int i = 0; i < rows; i++) if (basis[i] < columns) x[basis[i]] = tableau[i][columns + rows];
        return new Feasible(x);
    }

    /// The dual values: in the column of an artificial variable stands its own cost less its row's multiplier.
    private Infeasible infeasible() {
        Rational[] y = new Rational[rows];
        for (int i = 0; i < rows; i++) {
            y[i] = reduced[columns + i].plus(Rational.ONE);
            if (flipped[i]) y[i] = y[i].negate();
        }
        return new Infeasible(y);
    }
}
