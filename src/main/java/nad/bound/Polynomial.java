package nad.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import nad.arithmetic.Rational;

/// A polynomial with rational coefficients in named variables: what a program costs as a function of its sizes and of c, the
/// price of an elementary function. Immutable.
public final class Polynomial {
    private final List<String> variables;
    /// Coefficients by exponents, those of the highest degree first.
    private final TreeMap<int[], Rational> terms = new TreeMap<>(Polynomial::higherFirst);

    private Polynomial(List<String> variables) {
        this.variables = variables;
    }

    private static int higherFirst(int[] a, int[] b) {
        int degrees = Integer.compare(Arrays.stream(b).sum(), Arrays.stream(a).sum());
        return degrees != 0 ? degrees : Arrays.compare(b, a);
    }

    public static Polynomial constant(List<String> variables, Rational value) {
        Polynomial p = new Polynomial(variables);
        p.add(new int[variables.size()], value);
        return p;
    }

    /// The variable at this position of the list.
    public static Polynomial variable(List<String> variables, int k) {
        Polynomial p = new Polynomial(variables);
        int[] exponents = new int[variables.size()];
        exponents[k] = 1;
        p.add(exponents, Rational.ONE);
        return p;
    }

    private void add(int[] exponents, Rational coefficient) {
        Rational sum = terms.getOrDefault(exponents, Rational.ZERO).plus(coefficient);
        if (sum.sign() == 0) terms.remove(exponents);
        else terms.put(exponents, sum);
    }

    public Polynomial plus(Polynomial y) {
        Polynomial out = new Polynomial(variables);
        out.terms.putAll(terms);
        y.terms.forEach(out::add);
        return out;
    }

    public Polynomial minus(Polynomial y) {
        return plus(y.times(Rational.of(-1)));
    }

    public Polynomial times(Rational k) {
        Polynomial out = new Polynomial(variables);
        terms.forEach((e, c) -> out.add(e, c.times(k)));
        return out;
    }

    public Polynomial times(Polynomial y) {
        Polynomial out = new Polynomial(variables);
        terms.forEach((e, c) -> y.terms.forEach((f, d) -> {
            int[] sum = e.clone();
            for (int k = 0; k < sum.length; k++) sum[k] += f[k];
            out.add(sum, c.times(d));
        }));
        return out;
    }

    public Rational at(Rational... x) {
        Rational sum = Rational.ZERO;
        for (Map.Entry<int[], Rational> t : terms.entrySet()) {
            Rational product = t.getValue();
            for (int k = 0; k < x.length; k++) for (int n = 0; n < t.getKey()[k]; n++) product = product.times(x[k]);
            sum = sum.plus(product);
        }
        return sum;
    }

    /// The polynomial in `x − from`: with nonnegative coefficients it is nonnegative wherever all `x ≥ from`.
    public Polynomial shifted(int... from) {
        Polynomial out = constant(variables, Rational.ZERO);
        for (Map.Entry<int[], Rational> t : terms.entrySet()) {
            Polynomial product = constant(variables, t.getValue());
            for (int k = 0; k < from.length; k++) {
                Polynomial x = variable(variables, k).plus(constant(variables, Rational.of(from[k])));
                for (int n = 0; n < t.getKey()[k]; n++) product = product.times(x);
            }
            out = out.plus(product);
        }
        return out;
    }

    /// A proof that the polynomial is nonnegative for all variables ≥ `from`: no coefficient of its expansion there is negative.
    public boolean nonnegativeFrom(int... from) {
        return shifted(from).terms.values().stream().allMatch(c -> c.sign() >= 0);
    }

    /// The polynomial of degree `degrees[k]` in each variable that has these values on the grid `from[k] + 0 … from[k] + degrees[k]`
    /// (row-major): Newton's divided differences along one axis after the other.
    public static Polynomial through(List<String> variables, int[] from, int[] degrees, Rational[] values) {
        Polynomial[] grid = new Polynomial[values.length];
        for (int k = 0; k < grid.length; k++) grid[k] = constant(variables, values[k]);
        for (int axis = degrees.length - 1; axis >= 0; axis--) {
            int n = degrees[axis] + 1;
            Polynomial[] outer = new Polynomial[grid.length / n];
            for (int k = 0; k < outer.length; k++) outer[k] = newton(variables, axis, from[axis], Arrays.copyOfRange(grid, k * n, (k + 1) * n));
            grid = outer;
        }
        return grid[0];
    }

    private static Polynomial newton(List<String> variables, int axis, int from, Polynomial[] values) {
        Polynomial sum = constant(variables, Rational.ZERO);
        Polynomial basis = constant(variables, Rational.ONE);
        Polynomial[] differences = values.clone();
        for (int k = 0; k < values.length; k++) {
            sum = sum.plus(basis.times(differences[0]));
            Polynomial step = variable(variables, axis).minus(constant(variables, Rational.of(from + k)));
            basis = basis.times(step).times(Rational.of(1, k + 1));
            for (int j = 0; j + 1 < values.length - k; j++) differences[j] = differences[j + 1].minus(differences[j]);
        }
        return sum;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Polynomial p && variables.equals(p.variables) && minus(p).terms.isEmpty();
    }

    @Override
    public int hashCode() {
        return variables.hashCode();
    }

    /// In the language's own words: `4*m*n - 2*m + 1`.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        terms.forEach((e, c) -> {
            boolean first = out.isEmpty();
            out.append(first ? c.sign() < 0 ? "-" : "" : c.sign() < 0 ? " - " : " + ");
            List<String> factors = new ArrayList<>();
            if (!c.abs().equals(Rational.ONE)) factors.add(c.abs().literal());
            for (int k = 0; k < e.length; k++) if (e[k] > 0) factors.add(variables.get(k) + (e[k] == 1 ? "" : "^" + e[k]));
            out.append(factors.isEmpty() ? "1" : String.join("*", factors));
        });
        return out.isEmpty() ? "0" : out.toString();
    }
}
