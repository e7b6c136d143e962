package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.Selections;
import nad.run.Run;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random declared functions of which it is known by construction where they are differentiable: nothing is called classical that is not, in a
/// point or in a box, and few of them are left undecided. `-Dnad.tries=10000` is the campaign.
class DeclaredKinksTest {
    private static final int TRIES = Integer.getInteger("nad.tries", 100);

    /// @param at       arguments
    /// @param gradient the classical one, or null where there is none
    private record Case(String text, double[] at, double[] gradient, String kind) {}

    private final Random random = new Random(20);

    // ---- functions

    /// Multiplies by a function that has no zero and has the sign 1.
    private String unit(String x) {
        return switch (random.nextInt(5)) {
            case 0 -> "(1 + (" + x + ")^2)";
            case 1 -> "exp(" + x + ")";
            case 2 -> "(2 + sin(" + x + "))";
            default -> "1";
        };
    }

    /// A function of u with the sign of u near 0.
    private String odd(String u) {
        return switch (random.nextInt(6)) {
            case 0 -> "sinh(" + u + ")";
            case 1 -> "expm1(" + u + ")";
            case 2 -> "(exp(" + u + ") - 1)";
            case 3 -> "((" + u + ") + (" + u + ")^3)";
            case 4 -> "tanh(" + u + ")";
            default -> "(" + u + ")";
        };
    }

    private static String number(double d) {
        return d < 0 ? "(" + String.format(Locale.ROOT, "%.3f", d) + ")" : String.format(Locale.ROOT, "%.3f", d);
    }

    private double eighths(int range) {
        return random.nextInt(-8 * range, 8 * range + 1) / 8.0;
    }

    /// Of one variable: pieces p and p + c·u^m on either side of a zero of order k, u = t − r.
    private Case line() {
        double r = eighths(3);
        int k = 1 + random.nextInt(5);
        int m = 1 + random.nextInt(3);
        double a = eighths(2);
        double c = random.nextBoolean() ? 1.5 : -0.75;
        String u = "(t - " + number(r) + ")";
        boolean minus = random.nextBoolean();
        String condition = (minus ? "-" : "") + odd(u) + "^" + k + " * " + unit(u);
        String relation = List.of("<", "<=", ">", ">=").get(random.nextInt(4));
        String p = number(a) + " * t";
        String q = p + " + " + number(c) + " * " + u + "^" + m + " * " + unit(u);
        String text = "elementary g(t) {\n  when " + condition + " " + relation + " 0 : " + p + "\n  otherwise : " + q + "\n}\nprogram f(t) {\n  return g(t)\n}\n";
        boolean positive = relation.startsWith(">") != minus;
        // Of an even order: the first piece holds beside the point where the condition asks for the sign that the difference has.
        double[] gradient;
        if (k % 2 == 1) gradient = m == 1 ? null : new double[] {a};
        else gradient = new double[] {positive || m > 1 ? a : a + c};
        return new Case(text, new double[] {r}, gradient, "line, order " + k);
    }

    private String linear(double a, double b, double[] at) {
        return "(" + number(a) + " * (x - " + number(at[0]) + ") + " + number(b) + " * (y - " + number(at[1]) + "))";
    }

    private static Case plane(String conditions, double[] at, double[] gradient, String kind) {
        return new Case("elementary g(x, y) {\n" + conditions + "}\nprogram f(x, y) {\n  return g(x, y)\n}\n", at, gradient, kind);
    }

    private double[] pair() {
        double[] d;
        do d = new double[] {random.nextInt(-4, 5), random.nextInt(-4, 5)};
        while (d[0] == 0 && d[1] == 0);
        return d;
    }

    /// Across one line or parabola f = 0, to a power, the value changes by f^m.
    private Case edge() {
        double[] at = {eighths(2), eighths(2)};
        double[] n = pair();
        double[] v = pair();
        String f = linear(n[0], n[1], at);
        if (random.nextBoolean()) f = "(" + f + " + " + linear(v[0], v[1], at) + "^2)";
        int k = 1 + random.nextInt(5);
        int m = 1 + random.nextInt(2);
        double a = eighths(2);
        double b = eighths(2);
        boolean greater = random.nextBoolean();
        String p = number(a) + " * x + " + number(b) + " * y";
        String conditions = "  when " + odd(f) + "^" + k + " * " + unit("x") + (greater ? " > 0 : " : " <= 0 : ") + p + "\n  otherwise : " + p + " + " + f + "^" + m + "\n";
        // Of an even order the difference is positive but on the edge itself.
        double[] gradient = m > 1 || k % 2 == 0 && greater ? new double[] {a, b} : k % 2 == 0 ? new double[] {a + n[0], b + n[1]} : null;
        return plane(conditions, at, gradient, "edge, order " + k);
    }

    /// min(max(L, 0), max(M, 0)), a tent over the wedge L > 0, M > 0, which may be narrow.
    private Case wedge() {
        double[] at = {eighths(2), eighths(2)};
        double[] n = pair();
        double turn = 1 + random.nextInt(6);
        double[] m = {-n[0] * turn - n[1], -n[1] * turn + n[0]};
        int k = 1 + 2 * random.nextInt(2);
        String l = linear(n[0], n[1], at);
        String o = linear(m[0], m[1], at);
        int power = 1 + random.nextInt(2);
        String conditions = "  when " + l + "^" + k + " <= 0 : 0\n  when " + o + " <= 0 : 0\n  when " + l + " < " + o + " : " + l + "^" + power + "\n  otherwise : " + o + "^" + power + "\n";
        return plane(conditions, at, power == 1 ? null : new double[] {0, 0}, "wedge");
    }

    /// Between two parabolas that touch: a cusp that no straight line enters.
    private Case cusp() {
        double[] at = {eighths(2), eighths(2)};
        String x = "(x - " + number(at[0]) + ")";
        String y = "(y - " + number(at[1]) + ")";
        double c = 1 + random.nextInt(3);
        double d = c + 1 + random.nextInt(2);
        String low = "(" + y + " - " + number(c) + " * " + x + "^2)";
        String high = "(" + number(d) + " * " + x + "^2 - " + y + ")";
        boolean kink = random.nextBoolean();
        // Inside: the smaller of the distances, so that the gradients at the tip are (0, 1) and (0, −1); or their product, which is flat there.
        String conditions = "  when " + low + " <= 0 : 0\n  when " + high + " <= 0 : 0\n"
                + (kink ? "  when " + low + " < " + high + " : " + low + "\n  otherwise : " + high + "\n" : "  otherwise : " + low + " * " + high + "\n");
        return plane(conditions, at, kink ? null : new double[] {0, 0}, "cusp");
    }

    /// A condition that only touches: a sum of squares.
    private Case isolated() {
        double[] at = {eighths(2), eighths(2)};
        double[] n = pair();
        double a = eighths(2);
        String conditions = "  when " + linear(n[0], n[1], at) + "^2 + " + linear(-n[1], n[0], at) + "^" + (random.nextBoolean() ? 2 : 4) + " > 0 : " + number(a)
                + " * x\n  otherwise : " + number(a * at[0]) + "\n";
        return plane(conditions, at, new double[] {a, 0}, "isolated");
    }

    private Case next() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> line();
            case 3, 4 -> edge();
            case 5 -> wedge();
            case 6 -> cusp();
            default -> isolated();
        };
    }

    // ---- the law

    private static Map<String, Tensor> inputs(Program p, double[] at) {
        Map<String, Tensor> out = new TreeMap<>();
        for (int k = 0; k < at.length; k++) out.put(p.parameters().get(k).name(), Tensor.of(new int[0], at[k]));
        return out;
    }

    @Test
    void nothingIsCalledClassicalThatIsNot() {
        Map<String, int[]> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (int n = 0; n < TRIES; n++) {
            Case c = next();
            Program p = Nad.program(c.text);
            Run run = Nad.run(Nad.backprop(p), inputs(p, c.at), Arithmetic.FLOAT64, Selections.DEFAULT);
            boolean classical = run.kinks().isEmpty() && run.warnings().isEmpty();
            int[] count = counts.computeIfAbsent(c.kind, k -> new int[3]);
            count[0]++;
            boolean undecided = run.kinks().stream().anyMatch(m -> m.kink().undecided());
            if (undecided) count[1]++;
            if (c.gradient != null && !classical && !undecided) count[2]++;
            for (int k = 0; classical && k < c.at.length; k++) {
                double g = run.results().get(1 + k).toDouble(0);
                if (c.gradient == null || Math.abs(g - c.gradient[k]) > 1e-9) {
                    wrong.add("called classical, with " + g + ":\n" + c.text + Arrays.toString(c.at));
                    break;
                }
            }
            if (c.gradient == null && !undecided && run.kinks().stream().noneMatch(m -> m.kink().clarke().stream().anyMatch(e -> e[0].minus(e[1]).sign() != 0)))
                wrong.add("no kink told:\n" + c.text);
        }
        int undecided = counts.values().stream().mapToInt(c -> c[1]).sum();
        StringBuilder told = new StringBuilder();
        counts.forEach((kind, c) -> told.append(kind).append(": ").append(c[0]).append(", undecided ").append(c[1]).append(", a kink told where one piece holds a point ").append(c[2]).append('\n'));
        if (TRIES > 1000) System.out.println(told);
        assertThat(wrong).isEmpty();
        assertThat(undecided).as(told.toString()).isLessThan(TRIES / 10);
    }

    // ---- single ones

    @ParameterizedTest
    @CsvSource({"'when t^3 > 0 : t; otherwise : -t', 0, false", "'when t^9 > 0 : t; otherwise : -t', 0, false", "'when t^8 > 0 : t; otherwise : -t', 0, false",
        "'when sin(t) - t > 0 : t; otherwise : -t', 0, false", "'when t > 0 : exp(-1 / t); otherwise : 0', 0, true", "'when t * t > 0 : sin(t) / t; otherwise : 1', 0, true",
        "'when t * t > 0 : expm1(t) / t; otherwise : 1 + 0.5 * t', 0, true", "'when t > 0.1 : t * t; otherwise : 0.2 * t - 0.01', 0.1, true",
        "'when abs(t) > 0 : t; otherwise : 0 * t', 0, false", "'when t^25 > 0 : t; otherwise : -t', 0, false"})
    void ofOneVariable(String pieces, double at, boolean classical) {
        Program p = Nad.program("elementary g(t) {\n  " + pieces.replace("; ", "\n  ") + "\n}\nprogram f(x) {\n  return g(x)\n}\n");
        Run run = Nad.run(Nad.backprop(p), Map.of("x", Tensor.of(new int[0], at)), Arithmetic.FLOAT64, Selections.DEFAULT);
        assertThat(run.kinks().isEmpty()).isEqualTo(classical);
        assertThat(run.results().getLast().toDouble(0)).isFinite();
    }

    /// Whatever the ends are: clip is min(max(x, lo), hi), and what is made of it follows; so none of them jumps.
    @Test
    void thePreludeIsContinuousForAllBounds() {
        Program p = Nad.program("program f(x, a, b) {\n  return clip(x, a, b), softshrink(x, a), huber(x, a)\n}\n");
        for (int k = 0; k < 300; k++) {
            double x = eighths(1);
            double a = eighths(1);
            double b = eighths(1);
            Run run = Nad.run(p, Map.of("x", Tensor.of(new int[0], x), "a", Tensor.of(new int[0], a), "b", Tensor.of(new int[0], b)), Arithmetic.FLOAT64, Selections.DEFAULT);
            assertThat(run.results().get(0).toDouble(0)).isEqualTo(Math.min(Math.max(x, a), b));
            assertThat(run.results().get(1).toDouble(0)).isEqualTo(x - Math.min(Math.max(x, -a), a));
            assertThat(run.results().get(2).toDouble(0)).isEqualTo(a < 0 || x > a ? a * (x - a / 2) : x < -a ? -a * (x + a / 2) : x * x / 2);
        }
    }

    /// Three coinciding values: all three pieces are around, and the element of least norm is between all of them.
    @Test
    void threePiecesMeet() {
        Program p = Nad.program("program f(x, lo, hi) {\n  return clip(x, lo, hi)\n}\n");
        Map<String, Tensor> at = Map.of("x", Tensor.of(new int[0], 2), "lo", Tensor.of(new int[0], 2), "hi", Tensor.of(new int[0], 2));
        Run run = Nad.run(Nad.backprop(p), at, Arithmetic.FLOAT64, Selections.of("minnorm"));
        for (int k = 0; k < 3; k++) {
            assertThat(run.kinks().getFirst().kink().clarke().get(k)[0].toDouble()).isEqualTo(0);
            assertThat(run.kinks().getFirst().kink().clarke().get(k)[1].toDouble()).isEqualTo(1);
            assertThat(run.results().get(1 + k).toDouble(0)).isCloseTo(1 / 3.0, org.assertj.core.api.Assertions.within(1e-12));
        }
    }

    /// Between two parabolas, on a narrow wedge, and touched from one side.
    @ParameterizedTest
    @CsvSource({"'when y <= x : 0; when y >= 2 * x : 0; when 2 * y < 3 * x : y - x; otherwise : 2 * x - y', false",
        "'when y <= x * x : 0; when y >= 2 * x * x : 0; when 2 * y < 3 * x * x : y - x * x; otherwise : 2 * x * x - y', false",
        "'when (x - y)^3 > 0 : x; otherwise : y', false", "'when x * x + y * y > 0 : x; otherwise : 0', true"})
    void ofTwoVariables(String pieces, boolean classical) {
        Program p = Nad.program("elementary g(x, y) {\n  " + pieces.replace("; ", "\n  ") + "\n}\nprogram f(x, y) {\n  return g(x, y)\n}\n");
        Run run = Nad.run(Nad.backprop(p), inputs(p, new double[2]), Arithmetic.FLOAT64, Selections.DEFAULT);
        if (!classical) assertThat(run.kinks()).anyMatch(m -> !m.kink().undecided());
        else assertThat(run.kinks()).allMatch(m -> m.kink().clarke().getFirst()[0].toDouble() <= 1);
    }

    @ParameterizedTest
    @CsvSource({"'when (t - 0.51) * (t - 0.52) < 0 : 1; otherwise : 0'", "'when t * t > 1e30 : 1; otherwise : 0'", "'when (t * t - 2)^2 <= 0 : 5; otherwise : t'",
        "'when t > 3e9 : 1; when t^3 > 1e40 : 2; otherwise : 0'", "'when t * t * t < 2 : t; otherwise : 1.26'", "'when t > 0 : 1 / t; otherwise : 0'", "'when abs(t - 7) < 1e-6 : 1; otherwise : 0'"})
    void jumpsAreFoundWhereverTheyAre(String pieces) {
        String text = "elementary g(t) {\n  " + pieces.replace("; ", "\n  ") + "\n}\nprogram f(x) {\n  return g(x)\n}\n";
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> Nad.program(text)).isInstanceOf(AssertionError.class).hasMessageContaining("Jump");
    }

    /// Data that moves in a box may jump, as the pieces of a function with equal gradients may.
    @Test
    void aBoxOfDataMayJump() {
        Program p = Nad.program("program f(x, data y) {\n  return x * x + floor(y) * x\n}\n");
        Tensor x = Tensor.of(new int[0], new nad.arithmetic.Quantity[] {new nad.arithmetic.Interval(1, 2)});
        for (double hi : new double[] {0.75, 1.5}) {
            Tensor y = Tensor.of(new int[0], new nad.arithmetic.Quantity[] {new nad.arithmetic.Interval(0.5, hi)});
            assertThat(Nad.run(Nad.backprop(p), Map.of("x", x, "y", y), Arithmetic.INTERVAL, Selections.DEFAULT).warnings().isEmpty()).isEqualTo(hi < 1);
        }
        Program q = Nad.program("elementary g(x, y) {\n  when x > y : x + 1e-9\n  otherwise : x\n}\nprogram f(x, y) {\n  return g(x, y)\n}\n");
        assertThat(Nad.run(Nad.backprop(q), Map.of("x", x, "y", x), Arithmetic.INTERVAL, Selections.DEFAULT).kinks()).isNotEmpty();
    }
}
