package nad.bench;

import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Standard;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// W6: a random straight-line program of 10⁶ operations, built as a tape is recorded: one call for each operation.
final class Straight {
    private final ProgramBuilder b = new ProgramBuilder("straight", Map.of(), null);
    private final int add = b.operationNumber(Standard.ADD);
    private final int subtract = b.operationNumber(Standard.SUBTRACT);
    private final int multiply = b.operationNumber(Standard.MULTIPLY);
    private final int divide = b.operationNumber(Standard.DIVIDE);
    private final int sine = b.operationNumber(Standard.pointwiseNamed("sin", 1));

    /// @param ix the six earlier values that each group of nine operations reads
    static Program program(int[] ix) {
        return new Straight().build(ix);
    }

    private Program build(int[] ix) {
        int x = b.parameter("x", new int[] {Data.STRAIGHT_INPUTS}, false);
        int groups = ix.length / 6;
        b.room(9 * groups);
        int[] w = new int[Data.STRAIGHT_INPUTS + groups];
        for (int i = 0; i < Data.STRAIGHT_INPUTS; i++) w[i] = b.ref(new Operand.View(x, Layout.entry(i)));
        int three = b.ref(Operand.Constant.scalar(Rational.of(3)));
        int shift = b.ref(Operand.Constant.scalar(Rational.parse("0.7")));
        int f = -1;
        for (int g = 0, p = 0; g < groups; g++, p += 6) {
            int t3 = apply(subtract, apply(add, apply(multiply, w[ix[p]], w[ix[p + 1]]), w[ix[p + 2]]), w[ix[p + 3]]);
            int t5 = apply(divide, t3, apply(add, w[ix[p + 4]], three));
            int t7 = apply(add, apply(multiply, t5, w[ix[p + 5]]), shift);
            int v = apply(sine, t7);
            w[Data.STRAIGHT_INPUTS + g] = v;
            f = g == 0 ? apply(add, b.ref(Operand.Constant.scalar(Rational.ZERO)), v) : apply(add, f, v);
        }
        return b.build(List.of(b.operand(f)));
    }

    private int apply(int f, int... refs) {
        int v = b.numbered("t", Shapes.SCALAR);
        b.apply(f, v, Program.NO_SITE, refs);
        return v;
    }
}
