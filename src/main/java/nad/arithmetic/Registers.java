package nad.arithmetic;

/// Numbered places of values, and primitives applied from places to places. What a value is, a number or the name of a
/// statement that will compute it, is the implementation's matter.
public interface Registers {
    /// Grows to at least `size` places.
    void reserve(int size);

    /// place `to` := f(places `x[0..n)`).
    void apply(Primitive f, int to, int... x);

    /// place `to` := place a · place b + place `to`, rounded once in binary arithmetics: the inner step of a contraction,
    /// one product and one sum.
    void multiplyAdd(Primitive product, Primitive sum, int to, int a, int b);

    void copy(int to, int from);

    /// The first of the places from here on that no variable of the program lives in.
    int scratch();
}
