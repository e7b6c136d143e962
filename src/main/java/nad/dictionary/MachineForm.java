package nad.dictionary;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import nad.arithmetic.Formula;
import nad.arithmetic.Formula.Op;
import nad.arithmetic.Formula.Test;
import nad.arithmetic.Primitive;

/// The [Formula] of a declared function and of its primes, from their pieces: all pieces are computed and the conditions
/// choose, which gives what the chosen piece alone gives.
final class MachineForm {
    private final Map<Term, Formula> known = new IdentityHashMap<>();

    private MachineForm() {}

    static Formula value(Declared d) {
        MachineForm m = new MachineForm();
        return m.select(d, 0, t -> t);
    }

    /// The prime by parameter i; its last argument is the cotangent.
    static Formula prime(Declared d, int i) {
        MachineForm m = new MachineForm();
        return m.select(d, 0, t -> Declared.derivative(t, i), new Formula.Arg(d.parameters().size()));
    }

    private Formula select(Declared d, int from, UnaryOperator<Term> of) {
        return select(d, from, of, null);
    }

    /// Null where a piece has an operation without a formula.
    private Formula select(Declared d, int from, UnaryOperator<Term> of, Formula v) {
        Declared.Piece p = d.pieces().get(from);
        Formula own = piece(of.apply(p.value()), v);
        if (p.condition() == null || from == d.pieces().size() - 1 || own == null) return own;
        Formula rest = select(d, from + 1, of, v);
        Formula l = formula(p.condition().left());
        Formula r = formula(p.condition().right());
        if (rest == null || l == null || r == null) return null;
        Formula below = p.condition().holds(-1) ? own : rest;
        Formula equal = p.condition().holds(0) ? own : rest;
        Formula above = p.condition().holds(1) ? own : rest;
        return Formula.choose(l, Test.LT, r, below, Formula.choose(l, Test.GT, r, above,
                Formula.choose(l, Test.EQ, r, equal, new Formula.Number(Double.NaN))));
    }

    private Formula piece(Term t, Formula v) {
        if (v == null) return formula(t);
        if (Declared.isLiteral(t, 0)) return Formula.ZERO;
        if (Declared.isLiteral(t, 1)) return v;
        Formula f = formula(t);
        return f == null ? null : Formula.of(Op.MUL, f, v);
    }

    private Formula formula(Term t) {
        return switch (t) {
            case Term.Arg a -> new Formula.Arg(a.k());
            case Term.Literal l -> new Formula.Number(l.value().toDouble());
            case Term.Irrational c -> new Formula.Number(c.value());
            case Term.Apply a -> {
                Formula found = known.get(t);
                if (found == null) known.put(t, found = apply(a));
                yield found;
            }
            default -> null;
        };
    }

    /// Pieces are evaluated by the exact definitions, which compositions and primes round (or treat NaN) otherwise.
    private Formula apply(Term.Apply a) {
        Primitive f = a.f().primitive(false);
        if (f == null || f.composition != null || f.priced != null || f.formula() == null) return null;
        List<Formula> args = new ArrayList<>();
        for (Term t : a.args()) {
            Formula x = formula(t);
            if (x == null) return null;
            args.add(x);
        }
        return f.formula().with(args);
    }
}
