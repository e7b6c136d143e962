package nad.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Primitive;
import nad.arithmetic.Rational;
import nad.bound.Omegas;
import nad.bound.Polynomial;
import nad.check.Checker;
import nad.core.Operand;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Primitives;
import nad.dictionary.Tally;
import nad.report.Problem;
import nad.report.Span;

/// cost(P) and cost(backprop(P)) as polynomials in the size parameters and, in the unit model, in c, the price of an
/// elementary function. The program is elaborated on a grid of small sizes, the counts are interpolated exactly, and the
/// polynomials are held against sizes that the grid does not have: a program whose counts are no polynomials is found out.
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

    /// Counts of P and backprop(P): what is priced by numbers, and how many elementary functions (the factor of c).
    private record Counts(Rational p, Rational pFunctions, Rational q, Rational qFunctions, Rational entries, Rational omega) {}

    /// @param from    the least value of each size for which the polynomials were checked, in the order of `sizes`
    /// @param samples how many elaborations they go through or were held against
    /// @param slack   ω · cost(P) − cost(backprop(P)), with an addition for each entry of results that are not one scalar
    record Costs(List<String> sizes, int[] from, int samples, Polynomial program, Polynomial backprop, Rational omega, Polynomial slack, boolean proved) {}

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

    static Costs of(Pipeline pipe, ProgramOptions options, GradientOptions by, CostModel prices) throws Refusal {
        return new Symbolic(pipe, options, by, prices).costs();
    }

    private Costs costs() throws Refusal {
        from = base();
        int[] degrees = new int[sizes.size()];
        for (int k = 0; k < degrees.length; k++) degrees[k] = degree(k);
        Polynomial p = polynomial(degrees, Counts::p, Counts::pFunctions);
        Polynomial q = polynomial(degrees, Counts::q, Counts::qFunctions);
        Polynomial entries = polynomial(degrees, Counts::entries, c -> Rational.ZERO);
        requireEverywhere(degrees, p, q);
        lowerFrom(p, q);
        Rational omega = known.values().stream().map(Counts::omega).reduce(Rational.ONE, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        Polynomial slack = p.times(omega).plus(entries).minus(q);
        int[] least = Arrays.copyOf(from, variables.size());
        if (variables.size() > sizes.size()) least[sizes.size()] = 1;
        return new Costs(sizes, from, known.size(), p, q, omega, slack, slack.nonnegativeFrom(least));
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
        long entries = p.results().size() == 1 && p.results().getFirst().rank() == 0 ? 0 : p.results().stream().mapToLong(Operand::size).sum();
        Tally mine = StaticCost.of(p);
        Tally theirs = StaticCost.of(q);
        return new Counts(priced(mine), functions(mine), priced(theirs), functions(theirs), prices.price(Primitives.PLUS).times(Rational.of(entries)), Omegas.largest(p, prices));
    }

    private Rational priced(Tally t) {
        return prices.cost(t).minus(functions(t));
    }

    /// How many calls of elementary functions the tally counts, inside declared ones too; none where c is a number.
    private Rational functions(Tally t) {
        if (variables.size() == sizes.size()) return Rational.ZERO;
        Rational sum = Rational.ZERO;
        for (Primitive f : t.primitives()) sum = sum.plus(functions(f).times(Rational.of(t.of(f))));
        return sum;
    }

    private static Rational functions(Primitive f) {
        if (f.fixed != null) return Rational.ZERO;
        if (f.composition == null) return f.pricing == Primitive.Pricing.FUNCTION || f.pricing == Primitive.Pricing.ROOT ? Rational.ONE : Rational.ZERO;
        Rational sum = Rational.ZERO;
        for (Map.Entry<Primitive, Integer> e : f.composition.entrySet()) sum = sum.plus(functions(e.getKey()).times(Rational.of(e.getValue())));
        return sum;
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

    /// The degree in one size: where differences vanish, with two values to spare.
    private int degree(int axis) throws Refusal {
        int n = MOST_DEGREE + 3;
        List<Rational[]> rows = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            int[] point = from.clone();
            point[axis] += k;
            Counts c = at(point);
            rows.add(new Rational[] {c.p, c.pFunctions, c.q, c.qFunctions, c.entries});
        }
        for (int d = 0; d <= MOST_DEGREE; d++) {
            for (int k = 0; k + 1 < rows.size(); k++) rows.set(k, difference(rows.get(k + 1), rows.get(k)));
            rows.removeLast();
            if (rows.stream().allMatch(r -> Arrays.stream(r).allMatch(x -> x.sign() == 0))) return d;
        }
        throw noPolynomial(sizes.get(axis));
    }

    private static Rational[] difference(Rational[] a, Rational[] b) {
        Rational[] out = new Rational[a.length];
        for (int k = 0; k < out.length; k++) out[k] = a[k].minus(b[k]);
        return out;
    }

    private Refusal noPolynomial(String size) {
        return new Refusal(new Problem.BadOption(Span.NONE, "--symbolic", size, "a size in which the cost is a polynomial of degree at most " + MOST_DEGREE
                + " (give it a value with --size)"));
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

    /// Sizes off the grid, all different: if the counts are no polynomials, these tell.
    private void requireEverywhere(int[] degrees, Polynomial p, Polynomial q) throws Refusal {
        for (int round = 1; round <= 3; round++) {
            int[] point = from.clone();
            for (int k = 0; k < point.length; k++) point[k] += degrees[k] + round + k;
            if (!agrees(point, p, q)) throw noPolynomial(String.join(", ", sizes));
        }
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
