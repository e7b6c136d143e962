package nad.print;

import java.util.List;
import nad.dictionary.Elementary;

/// What a program's text says, before any notation writes it: [NadText] as the language does, [LatexText] as papers do.
sealed interface Phrase {
    /// A variable.
    record Name(String name) implements Phrase {}

    /// A literal of the language, perhaps negative, or a quotient of two.
    record Number(String literal) implements Phrase {}

    /// `constant + Σ k · index`: an integer that depends on indices.
    record Affine(long constant, List<Integer> k, List<String> indices) implements Phrase {}

    /// An operation written between or before its operands; `elementwise` where neither operand is a scalar.
    record Sign(String sign, boolean elementwise, List<Phrase> args) implements Phrase {}

    /// A function of its arguments, along an axis (counted from 1) where that is not 0. The last argument of a prime is the
    /// one that it is linear in.
    record Call(Elementary f, List<Phrase> args, int axis) implements Phrase {}

    /// The inner product of two vectors.
    record Dot(Phrase left, Phrase right) implements Phrase {}

    /// All entries the same: `zeros(2, 3)`, `ones(2, 3)`.
    record Filled(boolean ones, List<Integer> shape) implements Phrase {}

    record Reshaped(Phrase of, List<Integer> shape) implements Phrase {}

    record Transposed(Phrase of) implements Phrase {}

    /// `x[2, 1..n, ..]`
    record Part(Phrase of, List<Subscript> subscripts) implements Phrase {}

    record Listed(List<Phrase> parts) implements Phrase {}

    /// `[body for i in 1..n]`
    record Each(Phrase body, Clause clause) implements Phrase {}

    /// A sum, maximum or minimum of the body over all values of the indices.
    record Over(Elementary f, Phrase body, List<Clause> clauses) implements Phrase {}

    record Clause(String index, int size) {}

    sealed interface Subscript {}

    record All() implements Subscript {}

    /// Positions from 1, both ends included.
    record Range(int from, int to) implements Subscript {}

    record At(Affine position) implements Subscript {}

    /// `target relation value for clauses`, the relation one of `=`, `+=`, `-=`.
    record Statement(Phrase target, String relation, Phrase value, List<Clause> clauses) {}
}
