package nad.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A part of the schedule, run as a whole before the next one.
sealed interface Step {
    List<Action> actions();

    /// Operations on single cells, one after the other.
    record Scalars(List<Action> actions) implements Step {}

    /// An operation that has a routine of its own.
    record Single(Action action) implements Step {
        @Override
        public List<Action> actions() {
            return List.of(action);
        }
    }

    /// Operations over one iteration space. A flat space runs in chunks that stay in the cache: each chunk through all
    /// phases, later ones lagging where they need what the next chunk's earlier ones give. Other spaces have one phase.
    final class Loops implements Step {
        final int[] shape;
        final List<Phase> phases = new ArrayList<>();
        boolean flat = true;
        boolean sums;
        /// Takes no further action: entries of a result share cells, so that the order of all entries counts.
        boolean closed;

        Loops(int[] shape) {
            this.shape = shape;
        }

        @Override
        public List<Action> actions() {
            List<Action> all = new ArrayList<>();
            phases.forEach(p -> all.addAll(p.actions));
            return all;
        }

        boolean fits(int[] other) {
            return Arrays.equals(shape, other);
        }
    }
}
