package nad.dictionary;

import java.util.List;
import java.util.function.UnaryOperator;
import nad.arithmetic.Rational;

/// A rule as data: an expression over D' in the names that an adjoint block may use. The transformer instantiates it,
/// the bound prices it, the certificate compares it, tables and spec print it; nobody runs code hidden in a rule.
///
/// Terms denote tensors of the shapes of one statement `z = g(x_1, …, x_p)`; [Apply] of a pointwise entry broadcasts.
public sealed interface Term {
    /// Operand `x_k`, counted from 0.
    record Arg(int k) implements Term {}

    /// The result z.
    record Result() implements Term {}

    /// The cotangent z̄ of the result.
    record Bar() implements Term {}

    /// The tangent ẋ_k of operand k, one for each direction; in terms of forward programs only.
    record Dot(int k) implements Term {}

    record Literal(Rational value) implements Term {}

    /// A constant that is no rational, such as 2/√π, rounded once to float64.
    record Irrational(double value) implements Term {}

    /// An entry of D' applied; `rank` counts the trailing axes that a reduction consumes (0 for pointwise entries).
    record Apply(Elementary f, int rank, List<Term> args) implements Term {}

    /// A view: repeated along the axes that the statement reduced, one entry for each of theirs.
    record Expand(Term of) implements Term {}

    /// A view: the last two axes exchanged.
    record Transpose(Term of) implements Term {}

    /// A view: a vector as a column, by a new last axis of size 1.
    record Column(Term of) implements Term {}

    /// A view: a vector as a row, by a new axis of size 1 before the last.
    record Row(Term of) implements Term {}

    /// A view: values side by side along a new last axis, a row of as many entries.
    record Stacked(List<Term> of) implements Term {}

    /// A view: entry k, counted from 0, of the last axis.
    record Entry(Term of, int k) implements Term {}

    /// This term with each part for which `f` gives another (not null) replaced by it. What comes in is not looked at again.
    default Term replaced(UnaryOperator<Term> f) {
        Term other = f.apply(this);
        if (other != null) return other;
        return switch (this) {
            case Expand e -> new Expand(e.of.replaced(f));
            case Transpose t -> new Transpose(t.of.replaced(f));
            case Column c -> new Column(c.of.replaced(f));
            case Row r -> new Row(r.of.replaced(f));
            case Stacked s -> new Stacked(s.of.stream().map(t -> t.replaced(f)).toList());
            case Entry e -> new Entry(e.of.replaced(f), e.k);
            case Apply a -> new Apply(a.f, a.rank, a.args.stream().map(t -> t.replaced(f)).toList());
            case Arg a -> a;
            case Result r -> r;
            case Bar b -> b;
            case Dot d -> d;
            case Literal l -> l;
            case Irrational c -> c;
        };
    }

    /// What operand `arg` receives: `x̄_arg += term`, or `−=` where negative.
    record Contribution(int arg, boolean negative, Term term) {}
}
