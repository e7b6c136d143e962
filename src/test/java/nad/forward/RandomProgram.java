package nad.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random programs that stay within the rationals: of scalars x, y, z and vectors v, w of three entries, their sums, products
/// with constants, and every piecewise linear operation of D, scalar and on rows.
public final class RandomProgram {
    private final Random random;
    private final boolean products;
    private final List<String> scalars = new ArrayList<>(List.of("x", "y", "z"));
    private final List<String> vectors = new ArrayList<>(List.of("v", "w"));
    private final StringBuilder body = new StringBuilder();

    private RandomProgram(Random random, boolean products) {
        this.random = random;
        this.products = products;
    }

    /// Piecewise linear in all parameters.
    public static String piecewiseLinear(Random random) {
        return new RandomProgram(random, false).text();
    }

    /// Piecewise polynomial: products of variables too.
    public static String piecewiseSmooth(Random random) {
        return new RandomProgram(random, true).text();
    }

    private String text() {
        int statements = 3 + random.nextInt(7);
        for (int k = 1; k <= statements; k++) {
            boolean scalar = random.nextInt(3) > 0;
            body.append("  t").append(k).append(" = ").append(scalar ? scalar() : vector()).append('\n');
            (scalar ? scalars : vectors).add("t" + k);
        }
        return "program f(x, y, z, v: real[3], w: real[3]) {\n" + body + "  return " + scalars.getLast() + " + sum(" + vectors.getLast() + ")\n}\n";
    }

    private String s() {
        return scalars.get(Math.max(random.nextInt(scalars.size()), random.nextInt(scalars.size())));
    }

    private String v() {
        return vectors.get(Math.max(random.nextInt(vectors.size()), random.nextInt(vectors.size())));
    }

    private String scalar() {
        return switch (random.nextInt(products ? 18 : 16)) {
            case 0 -> s() + " + " + s();
            case 1 -> s() + " - 2 * " + s();
            case 2 -> "abs(" + s() + ")";
            case 3, 4 -> "relu(" + s() + " - " + s() + ")";
            case 5 -> "max(" + s() + ", " + s() + ")";
            case 6 -> "min(" + s() + ", " + s() + " - " + s() + ")";
            case 7 -> "max(" + v() + ")";
            case 8 -> "min(" + v() + " - " + v() + ")";
            case 9 -> "sum(" + v() + ")";
            case 10 -> "leaky_relu(" + s() + ", 0.5)";
            case 11 -> "clip(" + s() + ", -1, 1) / 4";
            case 12 -> "max(" + v() + "[i] + " + v() + "[i+1] for i in 1..2)";
            case 13 -> v() + "[" + (1 + random.nextInt(3)) + "] - " + s();
            case 14 -> "softshrink(" + s() + ", 1)";
            case 15 -> "norm1(" + v() + ") - norminf(" + v() + ")";
            case 16 -> s() + " * " + s();
            default -> "dot(" + v() + ", " + v() + ")";
        };
    }

    private String vector() {
        return switch (random.nextInt(products ? 10 : 9)) {
            case 0 -> v() + " - " + v();
            case 1 -> "relu(" + v() + ")";
            case 2 -> "abs(" + v() + " + " + s() + ")";
            case 3 -> "max(" + v() + ", " + s() + ")";
            case 4 -> "min(" + v() + ", " + v() + ")";
            case 5 -> "[[1, 2, -1], [0, 1, 1], [-1, 0, 2]] @ " + v();
            case 6 -> "[" + v() + "[2], " + s() + ", " + v() + "[1]]";
            case 7 -> "hardtanh(" + v() + ")";
            case 8 -> v() + "[1] - " + v() + " / 2";
            default -> v() + " * " + v();
        };
    }
}
