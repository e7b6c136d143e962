package nad.bound;

import java.util.List;
import nad.arithmetic.Rational;
import nad.report.Span;

/// What the checker says of a pair (P, backprop(P)): the proof, row by row, or the place where it fails, and whether the costs are within
/// the bound there.
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
    ///
    /// @param block the dump's adjoint block of the statement; −1 where there is none
    record Row(int instruction, String statement, Span span, String operation, Rational cost, Rational adjoint, Rational omega, int block) {}

    /// Certified.
    ///
    /// @param strongZero whether products or quotients of the blocks keep a bar that is exactly 0
    record Holds(List<Row> rows, Rational costP, Rational costQ, Rational omega, Rational bound, boolean strongZero) implements Certificate {
        @Override
        public String reason() {
            return null;
        }

        @Override
        public Span place() {
            return Span.NONE;
        }
    }

    /// The costs are within the bound, and yet the dump is not an instance of the rules: it may compute anything.
    record WithinCost(List<Row> rows, Rational costP, Rational costQ, Rational omega, Rational bound, String reason, Span place) implements Certificate {}

    /// The dump costs more than the bound.
    ///
    /// @param reason what is wrong besides, or that sum itself
    record Violated(List<Row> rows, Rational costP, Rational costQ, Rational omega, Rational bound, String reason, Span place) implements Certificate {}
}
