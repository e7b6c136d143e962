package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Boundary;
import nad.dictionary.Elementary;
import nad.dictionary.Kink;
import nad.dictionary.Selections;
import nad.run.Interpreter;
import nad.run.Tensor;

/// What is selected at a kink, as a mixture of the derivatives that its function has around.
///
/// @param cases   the pieces around, each with its weight; none for a norm
/// @param rounded how the entries of a norm at 0 move, whose selection is the mean of all unit vectors; else none
record Selected(int statement, List<Case> cases, List<Rational[]> rounded) {
    /// A piece, on the cone where these linear forms are positive.
    record Case(List<Rational[]> forms, Rational weight) {}

    /// The form that is positive where the first of two sides is entered; null where there are not two.
    Rational[] side() {
        return cases.size() == 2 && cases.getFirst().forms.size() == 1 ? Cones.scaled(cases.getFirst().forms.getFirst()) : null;
    }

    /// What can be told of the kinks that a piece met: not of what stands still, nor of several conditions at once.
    static List<Selected> of(Program p, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections, List<Around.Seen> seen) throws Interpreter.Stopped {
        List<Selected> out = new ArrayList<>();
        List<Integer> declared = seen.stream().map(Around.Seen::statement).filter(i -> p.operation(i).declared != null).distinct().toList();
        List<Operand> operands = new ArrayList<>();
        for (int i : declared) for (int k = 0; k < p.arity(i); k++) operands.add(p.operand(i, k));
        List<Tensor> values = declared.isEmpty() ? List.of() : Interpreter.run(ProgramBuilder.extending(p, p.name()).build(operands), at, arithmetic, selections, false).results();
        for (Around.Seen s : seen) {
            Elementary f = p.operation(s.statement());
            int first = 0;
            for (int i : declared) if (i < s.statement()) first += p.arity(i);
            int from = first;
            if (s.race()) add(out, race(f, s, selections));
            else if (f.declared != null) add(out, pieces(f, s, k -> values.get(from + k).get(s.row()), selections));
            else if (s.length() == 1) add(out, twoSided(f, s, selections));
            else if (s.forms().stream().anyMatch(m -> Cones.scaled(m) != null)) out.add(new Selected(s.statement(), List.of(), s.forms()));
        }
        return out;
    }

    private static void add(List<Selected> all, Selected s) {
        if (s != null) all.add(s);
    }

    /// Of entries that move alike the weights count together.
    private static Selected race(Elementary f, Around.Seen s, Selections selections) {
        boolean largest = f.name.startsWith("max");
        Quantity[] row = new Quantity[s.length()];
        for (int k = 0; k < row.length; k++) row[k] = s.ties().contains(k) ? Rational.ZERO : Rational.of(largest ? -1 : 1);
        Kink kink = f.kink.at(row, selections);
        List<Rational[]> moves = new ArrayList<>();
        List<Rational> weights = new ArrayList<>();
        for (int k = 0; k < s.ties().size(); k++) {
            Rational[] m = s.forms().get(k);
            Rational w = (Rational) kink.selected().get(s.ties().get(k));
            int same = 0;
            while (same < moves.size() && !Arrays.equals(moves.get(same), m)) same++;
            if (same == moves.size()) {
                moves.add(m);
                weights.add(w);
            } else weights.set(same, weights.get(same).plus(w));
        }
        if (moves.size() < 2) return null;
        List<Case> cases = new ArrayList<>();
        for (int k = 0; k < moves.size(); k++) {
            List<Rational[]> ahead = new ArrayList<>();
            for (int j = 0; j < moves.size(); j++) if (j != k) ahead.add(largest ? Around.difference(moves.get(k), moves.get(j)) : Around.difference(moves.get(j), moves.get(k)));
            cases.add(new Case(ahead, weights.get(k)));
        }
        return new Selected(s.statement(), cases, List.of());
    }

    private interface Argument {
        Quantity of(int k);
    }

    private static Selected pieces(Elementary f, Around.Seen s, Argument argument, Selections selections) {
        Quantity[] x = new Quantity[f.arity];
        for (int k = 0; k < x.length; k++) x[k] = argument.of(k);
        Kink kink = f.kink.at(x, selections);
        Quantity share = kink == null ? null : new Boundary(f.declared).share(x, kink);
        return share == null ? null : twoSided(s, Gradients.exact(new Quantity[] {share})[0]);
    }

    /// The selected derivative is this share of the one-sided derivative on the positive side and the rest of that on the negative side;
    /// D's functions with one are convex, so that the least derivative is that on the negative side.
    private static Selected twoSided(Elementary f, Around.Seen s, Selections selections) {
        Kink kink = f.kink.at(new Quantity[] {Rational.ZERO}, selections);
        Rational left = (Rational) kink.clarke().getFirst()[0];
        Rational right = (Rational) kink.clarke().getFirst()[1];
        return twoSided(s, ((Rational) kink.selected().getFirst()).minus(left).over(right.minus(left)));
    }

    private static Selected twoSided(Around.Seen s, Rational share) {
        Rational[] form = s.forms().getFirst();
        if (Cones.scaled(form) == null) return null;
        return new Selected(s.statement(), List.of(side(form, share), side(Cones.negated(form), Rational.ONE.minus(share))), List.of());
    }

    private static Case side(Rational[] form, Rational weight) {
        return new Case(java.util.Collections.singletonList(form), weight);
    }
}
