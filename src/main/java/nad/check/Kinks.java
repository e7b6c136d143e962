package nad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.report.Problem;
import nad.report.Span;

/// Where functions have kinks, and what may be selected there.
public final class Kinks {
    private Kinks() {}

    /// Whether the function's kinks are ties, between which weights choose.
    static boolean tie(String function) {
        return function.equals("max") || function.equals("min");
    }

    /// Whether a selection is made at single points: for declared functions of one variable.
    static boolean hasPoints(Items items, String function) {
        Elementary f = items.pointwise(function, 1);
        return f != null && f.declared != null;
    }

    /// The kinks of a declared function of one variable where conditions are affine, in order.
    public static SortedMap<Rational, Kink> of(Elementary f, Selections selections) {
        SortedMap<Rational, Kink> out = new TreeMap<>();
        for (Rational t : JumpCheck.exactBreakPoints(f.declared)) {
            Kink k = at(f, t, selections);
            if (k != null) out.put(t, k);
        }
        return out;
    }

    /// The kink at a point; in float64 where the gradients leave the rationals or are infinite.
    private static Kink at(Elementary f, Rational t, Selections selections) {
        try {
            return f.kink.at(new Quantity[] {t}, selections);
        } catch (ArithmeticException e) {
            return f.kink.at(new Quantity[] {new nad.arithmetic.Real(t.toDouble())}, selections);
        }
    }

    /// What is wrong with selecting these numbers at a kink of `function`, or null: one of its Clarke interval, or two weights of a tie.
    ///
    /// @param point where a dictionary says the kink is; null stands for all kinks of the function
    static Problem wrong(Items items, String function, Rational point, List<Rational> numbers, Span at) {
        if (tie(function) && numbers.size() > 1) {
            Problem p = wrongWeights(function, numbers, at);
            if (p != null) return p;
        }
        if (numbers.size() > 1 && !tie(function)) return new Problem.WrongShape(at, "a selection", "a scalar", "real[" + numbers.size() + "]");
        Rational value = numbers.getFirst();
        for (int arity : items.arities(function)) {
            Elementary f = items.pointwise(function, arity);
            if (f == null) continue;
            if (f.declared != null && f.kink != null) return arity > 1 ? within(function, value, Rational.ZERO, Rational.ONE, at) : wrongAt(f, point, value, at, items);
            if (f.clarke == null) continue;
            if (point != null && point.sign() != 0 && arity == 1) return new Problem.NoKink(at, function + " at " + point.literal(), List.of());
            return within(function, value, f.clarke[0], f.clarke[1], at);
        }
        return items.isFunction(function) ? new Problem.NoKink(at, function, known(items)) : new Problem.UnknownFunction(at, function, known(items));
    }

    private static Problem wrongWeights(String function, List<Rational> weights, Span at) {
        Rational sum = Rational.ZERO;
        for (Rational w : weights) sum = sum.plus(w);
        return weights.size() == 2 && sum.equals(Rational.ONE) ? null
                : new Problem.TieWeights(at, function, weights.stream().map(Rational::literal).toList(), sum.literal());
    }

    /// Without a point, a selection must lie in the Clarke set of every kink of the function.
    private static Problem wrongAt(Elementary f, Rational point, Rational value, Span at, Items items) {
        SortedMap<Rational, Kink> kinks = of(f, Selections.DEFAULT);
        if (point != null) {
            Kink k = at(f, point, Selections.DEFAULT);
            if (k == null) return new Problem.NoKink(at, f.name + " at " + point.literal(), List.of());
            kinks.clear();
            kinks.put(point, k);
        }
        for (Map.Entry<Rational, Kink> k : kinks.entrySet()) {
            Quantity[] hull = k.getValue().clarke().getFirst();
            Problem p = within(f.name, value, exact(hull[0]), exact(hull[1]), at);
            if (p != null) return p;
        }
        return kinks.isEmpty() ? new Problem.NoKink(at, f.name, known(items)) : null;
    }

    private static Rational exact(Quantity q) {
        return q instanceof Rational r ? r : Rational.of(q.toDouble());
    }

    /// The functions that a selection may be made for.
    private static List<String> known(Items items) {
        List<String> out = new ArrayList<>();
        for (Elementary f : Standard.entries()) if (f.clarke != null && !out.contains(f.name)) out.add(f.name);
        for (Items i = items; i != null; i = i.outer) i.functions.values().forEach(all -> all.stream().filter(f -> f.kink != null).forEach(f -> out.add(f.name)));
        return out;
    }

    private static Problem within(String function, Rational value, Rational lo, Rational hi, Span at) {
        return value.compareTo(lo) < 0 || value.compareTo(hi) > 0
                ? new Problem.SelectionOutside(at, function, value.literal(), lo.literal(), hi.literal()) : null;
    }
}
