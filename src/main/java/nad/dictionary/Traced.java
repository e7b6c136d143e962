package nad.dictionary;

import nad.arithmetic.Formula;
import nad.arithmetic.Formula.Op;
import nad.arithmetic.Formula.Test;
import nad.arithmetic.Library;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;

/// A float64 number that is known as a [Formula] only: what is computed with it becomes a longer formula, and numbers of it are
/// computed at once, as [Real] would.
record Traced(Formula formula) implements Quantity {
    private static Traced of(double value) {
        return new Traced(new Formula.Number(value));
    }

    private static Formula formula(Quantity q) {
        return ((Traced) q).formula;
    }

    private Traced with(Op op, Quantity y) {
        Formula f = formula(y);
        return formula instanceof Formula.Number a && f instanceof Formula.Number b ? of(op.at(a.value(), b.value())) : new Traced(Formula.of(op, formula, f));
    }

    @Override
    public Quantity constant(Rational r) {
        return of(r.toDouble());
    }

    @Override
    public Quantity plus(Quantity y) {
        return with(Op.ADD, y);
    }

    @Override
    public Quantity minus(Quantity y) {
        return with(Op.SUB, y);
    }

    @Override
    public Quantity times(Quantity y) {
        return with(Op.MUL, y);
    }

    @Override
    public Quantity over(Quantity y) {
        return with(Op.DIV, y);
    }

    @Override
    public Quantity negate() {
        return formula instanceof Formula.Number a ? of(-a.value()) : new Traced(Formula.of(Op.NEG, formula));
    }

    @Override
    public Quantity max(Quantity y) {
        return with(Op.MAX, y);
    }

    @Override
    public Quantity min(Quantity y) {
        return with(Op.MIN, y);
    }

    @Override
    public Quantity branch(Quantity below, Quantity at, Quantity above) {
        if (formula instanceof Formula.Number a) return new Real(a.value()).branch(below, at, above) instanceof Traced t ? t : this;
        return new Traced(Formula.choose(formula, Test.LT, Formula.ZERO, formula(below), Formula.choose(formula, Test.GT, Formula.ZERO, formula(above),
                Formula.choose(formula, Test.EQ, Formula.ZERO, formula(at), formula))));
    }

    @Override
    public Quantity apply(Library f, Quantity... more) {
        throw new IllegalStateException("a library function has its formula from its entry");
    }

    /// Of a number; what is not known yet is undecided.
    @Override
    public int sign() {
        return formula instanceof Formula.Number a ? new Real(a.value()).sign() : 2;
    }

    @Override
    public double toDouble() {
        return formula instanceof Formula.Number a ? a.value() : Double.NaN;
    }
}
