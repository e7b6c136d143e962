package nad.bench;

import java.util.List;

/// Programs that are short to write and large when written out, each with its own way to be slow.
final class Sources {
    static final List<String> NAMES = List.of("rosenbrock", "loop", "rounds", "fill", "triangle", "chain");

    private Sources() {}

    /// The text for about n statements (for rosenbrock, of n entries).
    static String of(String name, int n) {
        return switch (name) {
            // a comprehension of affine subscripts: a few tensor statements
            case "rosenbrock" -> """
                    program rosenbrock<n>(x: real[n]) {
                      return sum(
                        100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2
                        for i in 1..n-1)
                    }
                    """;
            // rounds over scalars
            case "loop" -> """
                    program loop<n>(x, y) {
                      for i in 1..n {
                        z = x * y
                        y = abs(z - x)
                        x = z / (1 + y)
                      }
                      return x + y
                    }
                    """;
            // one entry a round: x_bar gets its entries one by one
            case "rounds" -> """
                    program rounds<n>(x: real[n]) {
                      s = x[1]
                      for i in 2..n { s = x[i] * s / (1 + s) }
                      return s
                    }
                    """;
            // a vector filled entry by entry, each from the one before
            case "fill" -> """
                    program fill<n>(x: real[n]) {
                      y = zeros(n)
                      y[1] = x[1]
                      for i in 2..n { y[i] = x[i] * y[i-1] }
                      return sum(y)
                    }
                    """;
            // an inner range that depends on the outer index: unrolled, m(m + 1)/2 products
            case "triangle" -> """
                    program triangle<n>(x: real[%d]) {
                      return sum(x[i] * x[j] for i in 1..%d, j in i..%d)
                    }
                    """.formatted(side(n), side(n), side(n));
            // one expression on one line
            case "chain" -> {
                StringBuilder out = new StringBuilder("program chain(x, y) {\n  return x");
                for (int k = 1; k < n; k++) out.append(k % 3 == 0 ? " - y" : k % 3 == 1 ? " + x*y" : " + y");
                yield out.append("\n}\n").toString();
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static int side(int n) {
        return (int) Math.sqrt(2.0 * n);
    }
}
