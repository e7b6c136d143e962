package nad.bound;

import java.util.List;
import nad.arithmetic.Rational;
import nad.report.Span;

/// What the checker says of a pair (P, backprop(P)): the proof, row by row, or the place where it fails.
public sealed interface Certificate {
    List<Row> rows();

    Rational costP();

    Rational costQ();

    /// The largest ω over the operations that occur in P; 1 where P costs nothing.
    Rational omega();

    /// ω · cost(P), and one addition more for each entry of results that are not one scalar.
    Rational bound();

    /// Null where it holds; else which statement is to blame, in words.
    String reason();

    /// The place of the blame, or [Span#NONE].
    Span place();

    default boolean holds() {
        return this instanceof Holds;
    }

    /// cost(backprop(P)) / cost(P), or null where P costs nothing.
    default Rational ratio() {
        return costP().sign() == 0 ? null : costQ().over(costP());
    }

    /// One statement of P: its cost, the cost of its adjoint block as executed, and the ω of its operation.
    record Row(int instruction, String statement, Span span, String operation, Rational cost, Rational adjoint, Rational omega) {}

    record Holds(List<Row> rows, Rational costP, Rational costQ, Rational omega, Rational bound) implements Certificate {
        @Override
        public String reason() {
            return null;
        }

        @Override
        public Span place() {
            return Span.NONE;
        }
    }

    record Broken(List<Row> rows, Rational costP, Rational costQ, Rational omega, Rational bound, String reason, Span place) implements Certificate {}
}
