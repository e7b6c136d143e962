package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.run.Run;
import nad.run.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// A bar that is exactly 0 and stays 0 is an answer, and no proof of a derivative: what the plain dump warns of, the one with strong
/// zeros warns of too.
class StrongZeroProperties {
    private static final String[] UNARY = {"sqrt", "log", "asin", "acos", "log1p", "relu", "abs", "sin", "exp"};

    @Property(tries = 300)
    void classicalWithStrongZerosIsClassicalWithout(@ForAll long seed, @ForAll @IntRange(min = -1, max = 2) int x, @ForAll @IntRange(min = -1, max = 2) int y) {
        Program p = Nad.program("program f(x, y) {\n  return x + " + expression(new Random(seed), 4) + "\n}\n");
        Map<String, Tensor> at = Map.of("x", Tensor.of(new int[0], x), "y", Tensor.of(new int[0], y));
        Run strong = Nad.run(Backprop.of(p, null, true, new ArrayList<>()), at);
        if (!strong.kinks().isEmpty() || !strong.warnings().isEmpty()) return;
        assertThat(Nad.run(Nad.backprop(p), at).warnings()).isEmpty();
    }

    private static String expression(Random r, int depth) {
        if (depth == 0 || r.nextInt(6) == 0) return new String[] {"x", "y", "(x - 1)", "(y + 1)"}[r.nextInt(4)];
        if (r.nextBoolean()) return UNARY[r.nextInt(UNARY.length)] + "(" + expression(r, depth - 1) + ")";
        String[] signs = {"+", "-", "*", "/"};
        if (r.nextInt(5) == 0) return "pow(" + expression(r, depth - 1) + ", " + expression(r, depth - 1) + ")";
        return "(" + expression(r, depth - 1) + " " + signs[r.nextInt(4)] + " " + expression(r, depth - 1) + ")";
    }
}
