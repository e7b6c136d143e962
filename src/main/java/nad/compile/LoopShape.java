package nad.compile;

import java.util.List;
import nad.arithmetic.Formula;
import nad.arithmetic.Primitive;

/// What a loop computes, apart from where its operands are and how many entries they have: loops of equal shape share their
/// code.
///
/// @param dimensions nested loops, one for each axis that does not merge with the next
/// @param steps      for each operand how it moves along the innermost axis
/// @param nodes      the body, in single assignment
/// @param stores     which node's value each written operand gets
/// @param scalar     whether it runs entry by entry only
/// @param single     whether all of it is float32
/// @param sums       operands that are eight partial results, and the nodes added to them
record LoopShape(int dimensions, List<Stride> steps, List<Node> nodes, List<Store> stores, List<Store> sums, boolean scalar,
        boolean single) {
    enum Stride { UNIFORM, UNIT, ANY }

    record Store(int operand, int node) {}

    sealed interface Node {
        record Load(int operand) implements Node {}

        record Number(double value) implements Node {}

        record Apply(Formula.Op op, List<Integer> args) implements Node {}

        record Choose(Formula.Test test, int a, int b, int then, int otherwise) implements Node {}

        /// A function that can only be called.
        record Call(Primitive f, List<Integer> args) implements Node {}
    }
}
