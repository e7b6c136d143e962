package nad.check;

import java.util.List;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.core.Operand;
import nad.report.Problem;
import nad.syntax.Tree;
import nad.tensor.Shapes;

/// Expressions as integers that are known before the program runs: sizes, dimensions, the ends of ranges, and subscripts, which
/// may be affine in the indices of comprehensions.
final class Integers {
    private final Expressions in;

    Integers(Expressions in) {
        this.in = in;
    }

    long value(Tree.Expr e, String what) {
        Affine a = affine(e, what);
        if (!a.isConstant()) throw new NeedsUnrolling(a.anyAxis());
        return a.constant();
    }

    Affine affine(Tree.Expr e, String what) {
        try {
            return switch (e) {
                case Tree.Name n when in.frame.names.get(n.text()) instanceof Binding.Index i -> i.value();
                case Tree.Number n when n.value().asInt() != null -> Affine.of(n.value().asInt());
                case Tree.Negate n -> Affine.of(0).plus(affine(n.of(), what), -1);
                case Tree.Chain c when linear(c) -> {
                    Affine a = affine(c.first(), what);
                    for (int k = 0; k < c.signs().length; k++) {
                        Affine b = affine(c.rest().get(k), what);
                        a = switch (c.signs()[k]) {
                            case '+' -> a.plus(b, 1);
                            case '-' -> a.plus(b, -1);
                            default -> {
                                if (!a.isConstant() && !b.isConstant()) throw new NeedsUnrolling(a.anyAxis());
                                yield a.isConstant() ? b.times(a.constant()) : a.times(b.constant());
                            }
                        };
                    }
                    yield a;
                }
                default -> constantInteger(e, what);
            };
        } catch (ArithmeticException overflow) {
            throw new Mistake(new Problem.NumberTooLarge(in.span(e.at()), text(e)));
        }
    }

    private static boolean linear(Tree.Chain c) {
        for (char s : c.signs()) if (s == '/' || s == '@') return false;
        return true;
    }

    private Affine constantInteger(Tree.Expr e, String what) {
        Value v = in.value(e);
        if (!v.isConstant()) throw new Mistake(new Problem.NotConstant(in.span(e.at()), what));
        if (!v.axes().isEmpty()) throw new NeedsUnrolling(v.axes().getFirst());
        if (v.ownRank() > 0) throw new Mistake(new Problem.NotAnInteger(in.span(e.at()), what, Shapes.text(v.own())));
        Quantity q = ((Operand.Constant) v.operand()).get(0);
        if (q instanceof Real r && r.value() == Math.rint(r.value()) && Math.abs(r.value()) < 1e15) return Affine.of((long) r.value());
        if (!(q instanceof Rational r) || !r.isInteger()) throw new Mistake(new Problem.NotAnInteger(in.span(e.at()), what, q instanceof Rational r ? r.literal() : Double.toString(q.toDouble())));
        if (r.numerator().bitLength() > 62) throw new Mistake(new Problem.NumberTooLarge(in.span(e.at()), text(e)));
        return Affine.of(r.numerator().longValue());
    }

    String text(Tree.Expr e) {
        return in.frame.source.text().substring((int) (e.at() >>> 32), (int) e.at());
    }

    /// The shape that dimensions in brackets denote; null is a scalar's.
    int[] shape(List<Tree.Expr> dimensions) {
        if (dimensions == null) return Shapes.SCALAR;
        int[] shape = new int[dimensions.size()];
        for (int k = 0; k < shape.length; k++) {
            Tree.Expr e = dimensions.get(k);
            shape[k] = (int) in.elaborator.requireSize(in.span(e.at()), "the dimension `" + text(e) + "`", value(e, "a dimension"), 1);
        }
        return shape;
    }
}
