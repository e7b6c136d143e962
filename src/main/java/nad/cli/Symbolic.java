package nad.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;
import nad.bound.Omega;
import nad.bound.Polynomial;
import nad.check.Checker;
import nad.check.Occurring;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Tally;

/// What can be said of all sizes at once. The bound is decided from the text: which operations the program may apply, whatever its sizes,
/// and the largest ω that any of them has at any row length and, in the unit model, at any price c ≥ 1 of an elementary function
/// (spec/6-bound.md [bound-all]). The costs are counted: the program is elaborated on a grid of small sizes, polynomials are
/// interpolated exactly, and held against sizes that the grid does not have. They are stated for the sizes counted and no others.
final class Symbolic {
    private static final int MOST_DEGREE = 5;
    private static final int LARGEST_BASE = 8;

    private final Pipeline pipe;
    private final ProgramOptions options;
    private final GradientOptions by;
    private final CostModel prices;
    private final Map<String, Integer> fixed;
    private final List<String> sizes = new ArrayList<>();
    private final List<String> variables = new ArrayList<>();
    private final Map<List<Integer>, Counts> known = new LinkedHashMap<>();
    private int[] from;
    /// The least c at which another piece of a declared function becomes the dearest; null where there is none.
    private Rational until;

    /// Counts of P and backprop(P): what is priced by numbers, and how many elementary functions (the factor of c).
    private record Counts(Rational p, Rational pFunctions, Rational q, Rational qFunctions) {}

    /// What holds for all sizes at which the program is defined and backprop does not refuse it.
    ///
    /// @param operations what the text may apply, in the order in which it does
    /// @param omega      the largest ω of any of them; null where one has none
    /// @param without    the operations that have none
    record Bound(List<String> operations, Rational omega, List<String> without) {}

    /// The costs as polynomials at the sizes counted.
    ///
    /// @param least    the least value of each size that was counted, in the order of `sizes`; `most` the largest
    /// @param counted  how many elaborations the polynomials go through or were held against
    /// @param until    the largest c for which they hold; null where they do for all
    /// @param program  null, as `backprop` is, where no polynomial of low degree fits
    record Costs(List<String> sizes, int[] least, int[] most, int counted, Rational until, Polynomial program, Polynomial backprop) {}

    private Symbolic(Pipeline pipe, ProgramOptions options, GradientOptions by, CostModel prices) throws Refusal {
        this.pipe = pipe;
        this.options = options;
        this.by = by;
        this.prices = prices;
        this.fixed = options.sizes();
        for (String s : pipe.checker().sizes(options.program)) if (!fixed.containsKey(s)) sizes.add(s);
        variables.addAll(sizes);
        if (prices == CostModel.UNIT) variables.add(sizes.contains("c") ? "cost_c" : "c");
    }

    static Costs costs(Pipeline pipe, ProgramOptions options, GradientOptions by, CostModel prices) throws Refusal {
        return new Symbolic(pipe, options, by, prices).costs();
    }

    static Bound bound(Pipeline pipe, ProgramOptions options, CostModel prices) {
        List<String> operations = new ArrayList<>();
        List<String> without = new ArrayList<>();
        Rational largest = Rational.ONE;
        for (Occurring.Use u : pipe.checker().occurring(options.program)) {
            Elementary f = u.entry();
            if (!operations.contains(f.name)) operations.add(f.name);
            // backprop refuses a program that asks such an entry for a derivative: otherwise it has no block.
            if (!f.differentiable()) continue;
            Rational w = prices == CostModel.UNIT ? Omega.ofAnyPrice(f, u.literals()) : Omega.ofAny(f, u.literals(), prices);
            if (w == null) without.add(f.name);
            else if (w.compareTo(largest) > 0) largest = w;
        }
        return new Bound(operations, without.isEmpty() ? largest : null, without);
    }

    private Costs costs() throws Refusal {
        from = base();
        int[] degrees = new int[sizes.size()];
        Polynomial p = null;
        Polynomial q = null;
        for (int k = 0; k < degrees.length; k++) degrees[k] = degree(k);
        if (Arrays.stream(degrees).allMatch(d -> d >= 0)) {
            p = polynomial(degrees, Counts::p, Counts::pFunctions);
            q = polynomial(degrees, Counts::q, Counts::qFunctions);
            if (isElsewhere(degrees, p, q)) lowerFrom(p, q);
            else p = q = null;
        }
        int[] least = from.clone();
        int[] most = from.clone();
        for (List<Integer> point : known.keySet())
            for (int k = 0; k < most.length; k++) most[k] = Math.max(most[k], point.get(k));
        return new Costs(sizes, least, most, known.size(), until, p, q);
    }

    // ---- counting at a point

    private Counts at(int... point) throws Refusal {
        List<Integer> key = Arrays.stream(point).boxed().toList();
        Counts found = known.get(key);
        if (found == null) known.put(key, found = count(point));
        return found;
    }

    private Counts count(int[] point) throws Refusal {
        Map<String, Integer> all = new LinkedHashMap<>(fixed);
        for (int k = 0; k < point.length; k++) all.put(sizes.get(k), point[k]);
        Program p = pipe.check(options.program, new Checker.Options(all, options.limit, true));
        Program q = pipe.backprop(p, by);
        pipe.warnings().clear();
        Rational[] mine = affine(StaticCost.of(p));
        Rational[] theirs = affine(StaticCost.of(q));
        return new Counts(mine[0], mine[1], theirs[0], theirs[1]);
    }

    /// The cost as a number and a multiple of c, from c = 1 on until another piece of a declared function is the dearest.
    private Rational[] affine(Tally t) {
        Rational atOne = prices.cost(t);
        if (variables.size() == sizes.size()) return new Rational[] {atOne, Rational.ZERO};
        Rational c = Rational.of(2);
        for (Primitive f : t.primitives())
            for (Rational b : CostModel.breaks(f)) {
                if (until == null || b.compareTo(until) < 0) until = b;
                if (b.compareTo(c) < 0) c = b;
            }
        Rational slope = CostModel.unit(c).cost(t).minus(atOne).over(c.minus(Rational.ONE));
        return new Rational[] {atOne.minus(slope), slope};
    }

    // ---- the grid

    /// The least equal sizes from which on the program can be elaborated.
    private int[] base() throws Refusal {
        Refusal last = null;
        for (int b = 3; b <= LARGEST_BASE; b++) {
            int[] point = new int[sizes.size()];
            Arrays.fill(point, b);
            try {
                at(point);
                return point;
            } catch (Refusal r) {
                pipe.warnings().clear();
                last = r;
            }
        }
        throw last;
    }

    /// The degree in one size: where differences vanish, with two values to spare; −1 where they do not.
    private int degree(int axis) throws Refusal {
        int n = MOST_DEGREE + 3;
        List<Rational[]> rows = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            int[] point = from.clone();
            point[axis] += k;
            Counts c = at(point);
            rows.add(new Rational[] {c.p, c.pFunctions, c.q, c.qFunctions});
        }
        for (int d = 0; d <= MOST_DEGREE; d++) {
            for (int k = 0; k + 1 < rows.size(); k++) rows.set(k, difference(rows.get(k + 1), rows.get(k)));
            rows.removeLast();
            if (rows.stream().allMatch(r -> Arrays.stream(r).allMatch(x -> x.sign() == 0))) return d;
        }
        return -1;
    }

    private static Rational[] difference(Rational[] a, Rational[] b) {
        Rational[] out = new Rational[a.length];
        for (int k = 0; k < out.length; k++) out[k] = a[k].minus(b[k]);
        return out;
    }

    private Polynomial polynomial(int[] degrees, java.util.function.Function<Counts, Rational> number, java.util.function.Function<Counts, Rational> factor)
            throws Refusal {
        int n = 1;
        for (int d : degrees) n *= d + 1;
        Rational[] numbers = new Rational[n];
        Rational[] factors = new Rational[n];
        for (int k = 0; k < n; k++) {
            Counts c = at(gridPoint(k, degrees));
            numbers[k] = number.apply(c);
            factors[k] = factor.apply(c);
        }
        Polynomial a = Polynomial.through(variables, from, degrees, numbers);
        if (variables.size() == sizes.size()) return a;
        return a.plus(Polynomial.through(variables, from, degrees, factors).times(Polynomial.variable(variables, sizes.size())));
    }

    private int[] gridPoint(int k, int[] degrees) {
        int[] point = from.clone();
        for (int d = degrees.length - 1; d >= 0; d--) {
            point[d] += k % (degrees[d] + 1);
            k /= degrees[d] + 1;
        }
        return point;
    }

    /// Sizes off the grid, all different: whether the polynomials hold there too.
    private boolean isElsewhere(int[] degrees, Polynomial p, Polynomial q) throws Refusal {
        for (int round = 1; round <= 3; round++) {
            int[] point = from.clone();
            for (int k = 0; k < point.length; k++) point[k] += degrees[k] + round + k;
            if (!agrees(point, p, q)) return false;
        }
        return true;
    }

    private boolean agrees(int[] point, Polynomial p, Polynomial q) throws Refusal {
        Counts c = at(point);
        return p.at(arguments(point)).equals(c.p.plus(c.pFunctions)) && q.at(arguments(point)).equals(c.q.plus(c.qFunctions));
    }

    /// The values of the variables at a point, c = 1.
    private Rational[] arguments(int[] point) {
        Rational[] x = new Rational[variables.size()];
        Arrays.fill(x, Rational.ONE);
        for (int k = 0; k < point.length; k++) x[k] = Rational.of(point[k]);
        return x;
    }

    /// Goes down towards 1 as long as the polynomials hold, one size at a time.
    private void lowerFrom(Polynomial p, Polynomial q) {
        for (int k = 0; k < from.length; k++)
            while (from[k] > 1) {
                from[k]--;
                if (holdsBelow(p, q)) continue;
                from[k]++;
                break;
            }
    }

    private boolean holdsBelow(Polynomial p, Polynomial q) {
        try {
            return agrees(from, p, q);
        } catch (Refusal r) {
            pipe.warnings().clear();
            return false;
        }
    }
}
