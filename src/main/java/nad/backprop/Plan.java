package nad.backprop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Term;

/// [back-shared] How one kind of statement is pulled back: the contributions that are needed, and which terms among them occur more than
/// once and so are computed once, under a name. Statements of one kind share the plan.
record Plan(List<Term.Contribution> contributions, Set<Term> shared) {

    /// @param same   for each operand the first one that it equals
    /// @param needed the operands that need a bar
    /// @param one    whether the result's bar is the literal 1
    /// @param strong whether a bar that is 0 stays 0
    record Key(Elementary f, int rank, List<Integer> same, List<Boolean> needed, boolean one, boolean strong) {}

    static Plan of(Key key) {
        List<Term.Contribution> out = new ArrayList<>();
        for (Term.Contribution c : key.f.rule(key.rank))
            if (key.needed.get(c.arg())) out.add(new Term.Contribution(c.arg(), c.negative(), canonical(c.term(), key)));
        Map<Term, Integer> uses = new HashMap<>();
        for (Term.Contribution c : out) count(c.term(), uses);
        Set<Term> shared = new HashSet<>();
        uses.forEach((t, n) -> {
            if (n > 1) shared.add(t);
        });
        return new Plan(List.copyOf(out), shared);
    }

    /// [back-one] Equal operands get one name; a product with a bar that is the literal 1 is its other factor.
    private static Term canonical(Term t, Key key) {
        return switch (t) {
            case Term.Arg a -> new Term.Arg(key.same.get(a.k()));
            case Term.Expand e -> new Term.Expand(canonical(e.of(), key));
            case Term.Transpose s -> new Term.Transpose(canonical(s.of(), key));
            case Term.Column c -> new Term.Column(canonical(c.of(), key));
            case Term.Row r -> new Term.Row(canonical(r.of(), key));
            case Term.Apply a -> {
                if (key.one && a.f() == Standard.MULTIPLY) {
                    if (a.args().get(0) instanceof Term.Bar) yield canonical(a.args().get(1), key);
                    if (a.args().get(1) instanceof Term.Bar) yield canonical(a.args().get(0), key);
                }
                List<Term> args = new ArrayList<>();
                for (Term x : a.args()) args.add(canonical(x, key));
                Term.Apply out = new Term.Apply(a.f(), a.rank(), args);
                yield key.strong ? strong(out) : out;
            }
            default -> t;
        };
    }

    /// A product or quotient of a bar, with the bar in front; by a literal nothing can go wrong.
    private static Term strong(Term.Apply a) {
        if (a.f() != Standard.MULTIPLY && a.f() != Standard.DIVIDE) return a;
        Term x = a.args().get(0);
        Term y = a.args().get(1);
        boolean inFront = mentionsBar(x);
        if (!inFront && (a.f() == Standard.DIVIDE || !mentionsBar(y)) || isNumber(inFront ? y : x)) return a;
        Elementary f = a.f() == Standard.MULTIPLY ? Standard.STRONG_MULTIPLY : Standard.STRONG_DIVIDE;
        return new Term.Apply(f, 0, inFront ? List.of(x, y) : List.of(y, x));
    }

    private static boolean isNumber(Term t) {
        return t instanceof Term.Literal || t instanceof Term.Irrational;
    }

    private static boolean mentionsBar(Term t) {
        return switch (t) {
            case Term.Bar b -> true;
            case Term.Apply a -> a.args().stream().anyMatch(Plan::mentionsBar);
            case Term.Expand e -> mentionsBar(e.of());
            case Term.Transpose s -> mentionsBar(s.of());
            case Term.Column c -> mentionsBar(c.of());
            case Term.Row r -> mentionsBar(r.of());
            default -> false;
        };
    }

    private static void count(Term t, Map<Term, Integer> uses) {
        switch (t) {
            case Term.Apply a -> {
                if (uses.merge(t, 1, Integer::sum) == 1) a.args().forEach(x -> count(x, uses));
            }
            case Term.Expand e -> count(e.of(), uses);
            case Term.Transpose s -> count(s.of(), uses);
            case Term.Column c -> count(c.of(), uses);
            case Term.Row r -> count(r.of(), uses);
            default -> {}
        }
    }
}
