package nad.bench;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import nad.run.Tensor;
import nad.tensor.Shapes;

/// A flat program of n scalar statements, `t17 = t3 * t16`, with operands drawn at random among all earlier values; the
/// last statements join whatever nothing has used yet, so that the one result depends on every statement. It is held as three ints
/// a statement, printed as `.nad` text, and evaluated by one switch loop forward and one backward: what a programmer would
/// write by hand for just this program.
final class Flat {
    private static final int INPUTS = 16;
    private static final int ADD = 0;
    private static final int SUBTRACT = 1;
    private static final int MULTIPLY = 2;
    private static final int DIVIDE = 3;
    private static final int MAX = 4;
    private static final int RELU = 5;
    private static final int ABS = 6;
    private static final int EXP = 7;
    private static final int OPERATIONS = 8;
    /// Values stay within these magnitudes, so that neither they nor their derivatives overflow.
    private static final double GREATEST = 1024;
    private static final double LEAST = 1 / GREATEST;

    final int statements;
    private final byte[] operation;
    private final int[] left;
    private final int[] right;
    private final double[] cells;
    private final double[] bars;

    private Flat(int statements) {
        this.statements = statements;
        this.operation = new byte[statements];
        this.left = new int[statements];
        this.right = new int[statements];
        this.cells = new double[INPUTS + statements];
        this.bars = new double[INPUTS + statements];
    }

    static Flat of(int statements) {
        Flat f = new Flat(statements);
        SplittableRandom random = new SplittableRandom(42);
        Deque<Integer> unused = new ArrayDeque<>();
        boolean[] used = new boolean[INPUTS + statements];
        for (int k = 0; k < INPUTS; k++) {
            f.cells[k] = input(k);
            unused.add(k);
        }
        int open = INPUTS;
        for (int i = 0; i < statements; i++) {
            int known = INPUTS + i;
            boolean join = statements - i < open;
            int a = join ? oldest(unused, used) : random.nextInt(known);
            if (!used[a]) open--;
            used[a] = true;
            int b = join ? oldest(unused, used) : random.nextInt(known);
            int op = f.choose(random.nextInt(OPERATIONS), a, b, join);
            if (op < RELU) {
                if (!used[b]) open--;
                used[b] = true;
            }
            f.operation[i] = (byte) op;
            f.left[i] = a;
            f.right[i] = b;
            f.cells[known] = value(op, f.cells[a], f.cells[b]);
            unused.add(known);
            open++;
        }
        return f;
    }

    private static int oldest(Deque<Integer> unused, boolean[] used) {
        while (used[unused.peek()]) unused.remove();
        return unused.remove();
    }

    /// The first operation from `first` on that keeps the value in bounds; the greater of two values always does.
    private int choose(int first, int a, int b, boolean binary) {
        for (int k = 0; k < OPERATIONS; k++) {
            int op = (first + k) % OPERATIONS;
            double size = Math.abs(value(op, cells[a], cells[b]));
            if (size >= LEAST && size <= GREATEST && !(binary && op >= RELU)) return op;
        }
        return MAX;
    }

    private static double input(int k) {
        return 0.5 + k * 0.125;
    }

    /// The inputs at which the program is evaluated, by name.
    Map<String, Tensor> inputs() {
        Map<String, Tensor> out = new HashMap<>();
        for (int k = 0; k < INPUTS; k++) out.put(name(k), Tensor.of(Shapes.SCALAR, input(k)));
        return out;
    }

    private static double value(int op, double x, double y) {
        return switch (op) {
            case ADD -> x + y;
            case SUBTRACT -> x - y;
            case MULTIPLY -> x * y;
            case DIVIDE -> x / y;
            case MAX -> Math.max(x, y);
            case RELU -> Math.max(x, 0);
            case ABS -> Math.abs(x);
            default -> Math.exp(x);
        };
    }

    String text() {
        StringBuilder out = new StringBuilder(24 * statements).append("program flat(");
        for (int k = 0; k < INPUTS; k++) out.append(k > 0 ? ", " : "").append(name(k));
        out.append(") {\n");
        for (int i = 0; i < statements; i++) {
            String a = name(left[i]);
            String b = name(right[i]);
            out.append("  ").append(name(INPUTS + i)).append(" = ");
            switch (operation[i]) {
                case ADD -> out.append(a).append(" + ").append(b);
                case SUBTRACT -> out.append(a).append(" - ").append(b);
                case MULTIPLY -> out.append(a).append(" * ").append(b);
                case DIVIDE -> out.append(a).append(" / ").append(b);
                case MAX -> out.append("max(").append(a).append(", ").append(b).append(')');
                case RELU -> out.append("relu(").append(a).append(')');
                case ABS -> out.append("abs(").append(a).append(')');
                default -> out.append("exp(").append(a).append(')');
            }
            out.append('\n');
        }
        return out.append("  return ").append(name(INPUTS + statements - 1)).append("\n}\n").toString();
    }

    private static String name(int v) {
        return v < INPUTS ? "x" + (v + 1) : "t" + (v - INPUTS + 1);
    }

    /// The result.
    double forward() {
        double[] t = cells;
        for (int i = 0; i < statements; i++) {
            double x = t[left[i]];
            double y = t[right[i]];
            t[INPUTS + i] = switch (operation[i]) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                case MULTIPLY -> x * y;
                case DIVIDE -> x / y;
                case MAX -> x >= y ? x : y;
                case RELU -> x > 0 ? x : 0;
                case ABS -> Math.abs(x);
                default -> Math.exp(x);
            };
        }
        return t[INPUTS + statements - 1];
    }

    /// The result's derivatives by the inputs, after [#forward]; the first [#INPUTS] of the array returned.
    double[] reverse() {
        double[] t = cells;
        double[] g = bars;
        Arrays.fill(g, 0);
        g[INPUTS + statements - 1] = 1;
        for (int i = statements - 1; i >= 0; i--) {
            int a = left[i];
            int b = right[i];
            double z = g[INPUTS + i];
            switch (operation[i]) {
                case ADD -> {
                    g[a] += z;
                    g[b] += z;
                }
                case SUBTRACT -> {
                    g[a] += z;
                    g[b] -= z;
                }
                case MULTIPLY -> {
                    g[a] += z * t[b];
                    g[b] += z * t[a];
                }
                case DIVIDE -> {
                    double q = z / t[b];
                    g[a] += q;
                    g[b] -= q * t[INPUTS + i];
                }
                case MAX -> g[t[a] >= t[b] ? a : b] += z;
                case RELU -> {
                    if (t[a] > 0) g[a] += z;
                }
                case ABS -> g[a] += t[a] > 0 ? z : t[a] < 0 ? -z : 0;
                default -> g[a] += z * t[INPUTS + i];
            }
        }
        return g;
    }
}
