package nad.bench;

/// What is timed: a function and its gradient at fixed inputs, however they are computed.
interface Measured extends AutoCloseable {
    /// The function alone.
    double value();

    /// The function's value, with the gradient computed beside it.
    double gradient();

    /// The Euclidean norm of the gradient that was computed last: a check.
    double norm();

    /// What the gradient costs in operations over what the function does, in the unit model; 0 where nobody counted.
    default double ratio() {
        return 0;
    }

    @Override
    default void close() {}

    static double norm(double[]... parts) {
        double s = 0;
        for (double[] part : parts) for (double v : part) s += v * v;
        return Math.sqrt(s);
    }
}
