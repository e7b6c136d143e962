package nad.plot;

import nad.tensor.Shapes;

/// A scalar entry of a parameter that a picture lets vary.
///
/// @param parameter its place among the program's parameters; @param entry its place in row-major order
/// @param name      as a reader writes it: `x`, `v[2]`
public record Variable(int parameter, int entry, String name, double lo, double hi) {
    /// Where it varies when nothing is said.
    public static final double LO = -2;
    public static final double HI = 2;

    /// The name of an entry, with its 1-based index.
    public static String name(String parameter, int[] shape, int entry) {
        if (shape.length == 0) return parameter;
        int[] index = new int[shape.length];
        for (int k = shape.length - 1; k >= 0; k--) {
            index[k] = entry % shape[k] + 1;
            entry /= shape[k];
        }
        return parameter + Shapes.brackets(index).replace(" ", "");
    }

    double at(double share) {
        return lo + (hi - lo) * share;
    }
}
