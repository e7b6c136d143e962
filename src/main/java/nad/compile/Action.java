package nad.compile;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Primitive;
import nad.dictionary.Elementary;

/// One operation on views of buffers, lowered from an instruction of the program (or from a part of one).
sealed interface Action {
    /// The instruction that it comes from, for profiles.
    int instruction();

    Ref to();

    List<Ref> from();

    /// Entry by entry: `to := f(from)`, or a copy where f is null. An addition to a view reads it as its first operand.
    record Map(int instruction, Primitive f, Ref to, List<Ref> from) implements Action {
        boolean isScalar() {
            return to.size() == 1;
        }

        /// Whether two entries of the result are one cell, so that the order of entries matters.
        boolean overlaps() {
            return to.layout().overlaps();
        }
    }

    /// The sum of all entries, in the order of the reference kernel.
    record Sum(int instruction, Ref to, Ref of) implements Action {
        @Override
        public List<Ref> from() {
            return List.of(of);
        }
    }

    /// An entry that works on rows of n entries: `rows` of them, in row-major order.
    record Rows(int instruction, Elementary f, Ref to, List<Ref> from, int rows, int n) implements Action {}

    /// Products of m × n by n × q matrices, one for each batch; where a factor is a vector, m or q is 1.
    ///
    /// @param chain    whether an entry is one chain of fused multiply-adds (matrix times matrix), else eight interleaved
    /// @param aAt      where each batch's first factor begins in its buffer
    /// @param aStrides steps to the next row and the next column of a first factor
    record Contract(int instruction, Ref to, Ref a, Ref b, int n, int m, int q, boolean chain, int[] aAt, int[] bAt,
            int[] aStrides, int[] bStrides) implements Action {
        @Override
        public List<Ref> from() {
            return List.of(a, b);
        }
    }

    /// All views, the one written last.
    default List<Ref> refs() {
        List<Ref> all = new ArrayList<>(from());
        all.add(to());
        return all;
    }
}
