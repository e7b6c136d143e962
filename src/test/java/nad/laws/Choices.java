package nad.laws;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// A finite tape of decisions from which a random program is made. When the tape is used up every decision is the first
/// one, which generators keep for the simplest case: so a shorter tape, or one with smaller numbers, is a simpler program,
/// and jqwik's shrinking of the tape shrinks the program.
final class Choices {
    /// As many programs for each law as a build has time for, and the same ones in every build: another seed, other programs.
    static final int TRIES = 50;
    static final String SEED = "20261124";

    private final int[] tape;
    private int at;

    Choices(int... tape) {
        this.tape = tape;
    }

    /// Tapes for programs of up to a page.
    static Arbitrary<int[]> tapes() {
        return Arbitraries.integers().between(0, 9999).array(int[].class).ofMinSize(40).ofMaxSize(400).withoutEdgeCases();
    }

    /// A decision among n.
    int below(int n) {
        return at < tape.length ? tape[at++] % n : 0;
    }

    /// True in so many of a hundred cases; false at the end of the tape.
    boolean chance(int percent) {
        return below(100) >= 100 - percent;
    }

    int between(int lo, int hi) {
        return lo + below(hi - lo + 1);
    }

    @SafeVarargs
    final <T> T of(T... some) {
        return some[below(some.length)];
    }
}
