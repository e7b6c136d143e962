package nad.compile;

import nad.dictionary.Selections;

/// How a program is compiled.
///
/// @param exact   whether library functions (exp, sin, …) are [Math]'s to the last bit; else loops use the vector library,
///                whose results may differ in the last unit
/// @param vectors whether the Vector API is used; it has to be present (`--add-modules jdk.incubator.vector`)
/// @param hot     whether loops are compiled for vectors at once, and not only when they have worked for a while
/// @param single  whether everything is float32, rounded after each operation as the interpreter does
/// @param threads how many threads work on the large steps of a run; the bits do not depend on it
public record Options(Selections selections, boolean exact, boolean vectors, boolean hot, int threads, boolean single) {
    public static final Options STANDARD = new Options(Selections.DEFAULT, true, vectorsPresent(), false, 1, false);

    public static boolean vectorsPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    public Options withSelections(Selections s) {
        return new Options(s, exact, vectors, hot, threads, single);
    }

    public Options inexact() {
        return new Options(selections, false, vectors, hot, threads, single);
    }

    public Options withoutVectors() {
        return new Options(selections, exact, false, hot, threads, single);
    }

    public Options with(int threads) {
        return new Options(selections, exact, vectors, hot, threads, single);
    }

    /// Float32 throughout.
    public Options inSingle() {
        return new Options(selections, exact, vectors, hot, threads, true);
    }

    public Options atOnce() {
        return new Options(selections, exact, vectors, true, threads, single);
    }
}
