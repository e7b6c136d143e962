package nad.laws;

import net.jqwik.api.statistics.Statistics;

/// A law that says nothing of a try, for want of a value or because it is at a kink, would hold of an engine that refuses everything.
/// So a property counts the tries of which it spoke, and fails where they are too few.
public final class Spoken {
    private Spoken() {}

    /// To be called once in each try.
    ///
    /// @param of    what it spoke of
    /// @param least the percentage of the tries that it has to speak of at least
    public static void of(String of, boolean spoke, double least) {
        Statistics.label(of).collect(spoke);
        Statistics.label(of).coverage(c -> c.check(true).percentage(p -> p >= least));
    }
}
