package nad.cli;

import nad.arithmetic.Arithmetic;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Option;

/// How near to a kink is near enough to be told.
final class KinkOptions {
    static final String NAME = "--kink-tolerance";

    @Option(names = NAME, paramLabel = "EPS", description = "Tell statements within EPS of a kink too, apart from those at one.")
    String tolerance;

    boolean given() {
        return tolerance != null;
    }

    /// 0 where nothing near is asked for.
    double tolerance(RunOptions where) throws Refusal {
        if (!given()) return 0;
        if (where.arithmetic() == Arithmetic.INTERVAL)
            throw new Refusal(new Problem.BadOption(Span.NONE, "--arithmetic", where.arithmetic, "float64, float32 or rational with `" + NAME + "`: intervals tell what may be at a kink"));
        return parsed(tolerance);
    }

    static double parsed(String text) throws Refusal {
        double eps = text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?") ? Double.parseDouble(text.strip()) : Double.NaN;
        if (!(eps >= 0 && eps < Double.POSITIVE_INFINITY)) throw new Refusal(new Problem.BadOption(Span.NONE, NAME, text, "a distance of at least 0, as in 1e-9"));
        return eps;
    }
}
