package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.arithmetic.Rational;
import nad.clarke.Selected.Case;

/// Whether what two kinks select can be had together: as the mean, over one distribution of directions, of what each kink's function has along
/// a direction for its derivative. Decided by exact linear programs.
final class Joint {
    private Joint() {}

    /// Two kinks with pieces: is there a distribution over the pairs of pieces that some direction enters at once, with the weights of both
    /// for its marginals?
    static boolean mixed(List<Case> s, List<Case> t, int dimension) {
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < s.size(); a++)
            for (int b = 0; b < t.size(); b++) {
                List<Rational[]> both = new ArrayList<>(s.get(a).forms());
                both.addAll(t.get(b).forms());
                if (Cones.direction(both, dimension) != null) pairs.add(new int[] {a, b});
            }
        int rows = s.size() + t.size();
        Rational[][] m = new Rational[rows][pairs.size()];
        Rational[] weights = new Rational[rows];
        for (int i = 0; i < rows; i++) {
            boolean first = i < s.size();
            weights[i] = (first ? s.get(i) : t.get(i - s.size())).weight();
            for (int k = 0; k < pairs.size(); k++) m[i][k] = Rational.of((first ? pairs.get(k)[0] == i : pairs.get(k)[1] == i - s.size()) ? 1 : 0);
        }
        return Simplex.solve(m, weights, pairs.size()) instanceof Simplex.Feasible;
    }

    /// A norm at 0, with the selection 0, and a kink with pieces. Each piece of a positive weight has to bring some unit vectors,
    /// and all of them must be able to add up to 0. That is necessary; that the weights fit is not looked at.
    static boolean balanced(List<Rational[]> rounded, List<Case> cases, int dimension) {
        List<Case> weighty = cases.stream().filter(c -> c.weight().sign() > 0).toList();
        for (int b = 0; b < weighty.size(); b++) if (!brings(b, rounded, weighty, dimension)) return false;
        return true;
    }

    /// Directions d of each piece's closed cone with Σ e(d) = 0, and in piece b one more, at which some entry of e is not 0.
    private static boolean brings(int b, List<Rational[]> e, List<Case> cases, int dimension) {
        for (Rational[] entry : e)
            for (int sign = -1; sign <= 1; sign += 2) {
                Rational[] one = sign < 0 ? Cones.negated(entry) : entry;
                List<Case> all = new ArrayList<>(cases);
                all.add(cases.get(b));
                if (solvable(e, all, one, dimension)) return true;
            }
        return false;
    }

    /// Directions d_c = u_c − w_c, u, w ≥ 0, in the closed cones of the cases: each form of c at d_c is a slack ≥ 0; Σ e(d_c) = 0; and `one`
    /// is 1 at the last.
    private static boolean solvable(List<Rational[]> e, List<Case> cases, Rational[] one, int dimension) {
        int slacks = cases.stream().mapToInt(c -> c.forms().size()).sum();
        int columns = 2 * dimension * cases.size() + slacks;
        List<Rational[]> a = new ArrayList<>();
        int slack = 2 * dimension * cases.size();
        for (int c = 0; c < cases.size(); c++)
            for (Rational[] f : cases.get(c).forms()) {
                Rational[] row = zeros(columns);
                put(row, f, c, dimension);
                row[slack++] = Rational.of(-1);
                a.add(row);
            }
        for (Rational[] entry : e) {
            Rational[] row = zeros(columns);
            for (int c = 0; c < cases.size(); c++) put(row, entry, c, dimension);
            a.add(row);
        }
        Rational[] last = zeros(columns);
        put(last, one, cases.size() - 1, dimension);
        a.add(last);
        Rational[] b = zeros(a.size());
        b[a.size() - 1] = Rational.ONE;
        return Simplex.solve(a.toArray(Rational[][]::new), b, columns) instanceof Simplex.Feasible;
    }

    private static void put(Rational[] row, Rational[] form, int at, int dimension) {
        for (int k = 0; k < dimension; k++) {
            row[2 * dimension * at + k] = form[k];
            row[2 * dimension * at + dimension + k] = form[k].negate();
        }
    }

    private static Rational[] zeros(int n) {
        Rational[] z = new Rational[n];
        Arrays.fill(z, Rational.ZERO);
        return z;
    }
}
