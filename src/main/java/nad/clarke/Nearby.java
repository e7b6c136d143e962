package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// Gradients at random points close by, none of them at a kink. Where curvature keeps them apart they are taken closer.
///
/// @param gradients at most [#SOME] where they agree, else up to [#MANY]
/// @param limit     what those agree on, or null
/// @param distance  they are about 2 to the power of minus so much away
public record Nearby(List<Quantity[]> gradients, Quantity[] limit, int distance) {
    private static final int SOME = 8;
    private static final int MANY = 32;
    /// The closest of them still moves a float64 number of the size of 1 by some thousand units in its last place.
    private static final int[] DISTANCES = {20, 30, 40};
    /// More entries are too many for a linear program over the gradients.
    private static final int MOST_ENTRIES = 60;

    /// The directions are the same at each distance, and opposite in pairs: what a kink keeps apart stays apart.
    ///
    /// @param q backprop(P)
    static Nearby of(Program p, Program q, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections, RandomGenerator random)
            throws Interpreter.Stopped {
        int n = Gradients.of(p, names, new ArrayList<>()).entries();
        List<int[]> steps = new ArrayList<>();
        while (steps.size() < 2 * MANY) {
            int[] step = random.ints(n).map(r -> r >> 16 | 1).toArray();
            steps.add(step);
            steps.add(Arrays.stream(step).map(r -> -r).toArray());
        }
        Walk walk = new Walk(p, q, names, at, arithmetic, selections, steps);
        List<Quantity[]> found = List.of();
        for (int distance : DISTANCES) {
            found = walk.gradients(SOME, distance);
            Quantity[] first = found.isEmpty() ? null : found.getFirst();
            if (found.stream().allMatch(g -> Comparison.close(g, first))) return new Nearby(found, first, distance);
        }
        int last = DISTANCES[DISTANCES.length - 1];
        return new Nearby(walk.gradients(MANY, last), null, last);
    }

    /// @param steps in units of 2 to the power of −(distance + 15)
    private record Walk(Program p, Program q, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections, List<int[]> steps) {
        List<Quantity[]> gradients(int wanted, int distance) throws Interpreter.Stopped {
            List<Quantity[]> found = new ArrayList<>();
            for (int k = 0; k < 2 * wanted && found.size() < wanted; k++) {
                Run run = Interpreter.run(q, moved(steps.get(k), Rational.of(1, 1L << distance + 15)), arithmetic, selections, false);
                if (run.kinks().isEmpty()) found.add(Comparison.gradient(run, p));
            }
            return found;
        }

        private Map<String, Tensor> moved(int[] step, Rational unit) {
            Map<String, Tensor> out = new LinkedHashMap<>(at);
            int next = 0;
            for (Program.Parameter x : Gradients.of(p, names, new ArrayList<>()).parameters()) {
                Tensor t = at.get(x.name());
                Quantity[] moved = new Quantity[t.size()];
                for (int k = 0; k < moved.length; k++) {
                    Rational by = Rational.of(step[next++]).times(unit);
                    moved[k] = t.get(k) instanceof Rational r ? r.plus(by) : new Real(t.toDouble(k) + by.toDouble());
                }
                out.put(x.name(), t.real() == null ? Tensor.of(t.shape(), moved) : Tensor.of(t.shape(), Arrays.stream(moved).mapToDouble(Quantity::toDouble).toArray()));
            }
            return out;
        }
    }

    /// Whether a vector is, within a tolerance in each entry, a mean of the gradients: then it is a Clarke element, as far as can be seen.
    /// That it is none is no proof of the contrary.
    boolean accountsFor(Quantity[] g, double tolerance) {
        int n = g.length;
        int m = gradients.size();
        if (m == 0 || n > MOST_ENTRIES || !isFinite(g) || !gradients.stream().allMatch(Nearby::isFinite)) return false;
        Rational[] exact = Gradients.exact(g);
        List<Rational[]> points = gradients.stream().map(Gradients::exact).toList();
        // Σ w_k v_k + s = g + ε with 0 ≤ s ≤ 2ε, entry by entry, and Σ w_k = 1
        Rational[][] a = new Rational[2 * n + 1][m + 2 * n];
        Rational[] b = new Rational[2 * n + 1];
        for (Rational[] row : a) Arrays.fill(row, Rational.ZERO);
        for (int i = 0; i < n; i++) {
            Rational e = Rational.of(tolerance * (1 + Math.abs(g[i].toDouble())));
            for (int k = 0; k < m; k++) a[i][k] = points.get(k)[i];
            a[i][m + i] = a[n + i][m + i] = a[n + i][m + n + i] = Rational.ONE;
            b[i] = exact[i].plus(e);
            b[n + i] = e.plus(e);
        }
        Arrays.fill(a[2 * n], 0, m, Rational.ONE);
        b[2 * n] = Rational.ONE;
        return Simplex.solve(a, b, m + 2 * n) instanceof Simplex.Feasible;
    }

    private static boolean isFinite(Quantity[] g) {
        return Arrays.stream(g).allMatch(q -> q instanceof Rational || Double.isFinite(q.toDouble()));
    }
}
