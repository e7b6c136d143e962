package nad.clarke;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import nad.core.Operand;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.run.Tensor;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// One decision of a forward program as a run saw it: a point in rows, and what came out of looking along directions.
///
/// @param race   whether the entries of a row compete (max, min), the winners marked ±1; else the sign of each counts, and `out` is
///               the first of the row and its directions that is not zero
/// @param length of a row
record Scan(boolean race, int length, Tensor out, Tensor point) {
    /// The scans of a forward program, by instruction.
    static List<Integer> of(Program forward) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < forward.length(); i++)
            if (forward.operation(i) != null && forward.operation(i).kind == Elementary.Kind.SCAN) all.add(i);
        return all;
    }

    /// What must be read to see the scan at instruction i: its result, the point, the directions.
    static List<Operand> operands(Program forward, int i) {
        int z = forward.target(i);
        return List.of(new Operand.View(z, Layout.whole(forward.shape(z))), forward.operand(i, 0), forward.operand(i, 1));
    }

    static Scan seen(Program forward, int i, Tensor out, Tensor point) {
        int[] shape = forward.operand(i, 0).shape();
        int length = Shapes.size(Shapes.take(shape, shape.length - forward.rank(i), shape.length));
        return new Scan(forward.operation(i) != Standard.FIRST, length, out, point);
    }

    /// The statement of P that instruction i of its forward program serves: the last of P's own before it.
    static int statement(Program p, Program forward, int i) {
        while (forward.target(i) >= p.variables()) i--;
        return p.definition(forward.target(i));
    }

    /// Whether the point is at a kink in some row.
    boolean met() {
        boolean[] any = new boolean[1];
        rows(from -> any[0] |= met(from));
        return any[0];
    }

    /// Whether in some row that is at a kink the directions did not decide.
    boolean undecided() {
        boolean[] any = new boolean[1];
        rows(from -> {
            int marked = 0;
            for (int k = from; k < from + length; k++) if (out.get(k).sign() != 0) marked++;
            any[0] |= met(from) && (race ? marked > 1 : marked == 0);
        });
        return any[0];
    }

    void rows(IntConsumer f) {
        for (int from = 0; from < point.size(); from += length) f.accept(from);
    }

    /// Whether the row is zero, or another entry ties with its winner at the point.
    boolean met(int from) {
        if (race) return !tying(from).isEmpty();
        for (int k = from; k < from + length; k++) if (point.get(k).sign() != 0) return false;
        return true;
    }

    int winner(int from) {
        while (out.get(from).sign() == 0) from++;
        return from;
    }

    /// The other entries of a row that equal its winner at the point.
    List<Integer> tying(int from) {
        List<Integer> others = new ArrayList<>();
        int winner = winner(from);
        for (int k = from; k < from + length; k++) if (k != winner && point.get(k).minus(point.get(winner)).sign() == 0) others.add(k);
        return others;
    }
}
