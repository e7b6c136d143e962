package nad.compile;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Formula;

/// Actions that one loop computes together, values in registers from one to the next.
final class Phase {
    /// Operations in a loop body: more would not stay in registers, nor within what the JIT compiles well.
    private static final int MOST = 48;

    final List<Action> actions = new ArrayList<>();
    /// Whether the loop calls functions that have no exact vector form, entry by entry.
    final boolean scalar;
    /// How many iterations it stays behind the first phase, a multiple of 8.
    final int lag;
    private int length;

    Phase(boolean scalar, int lag) {
        this.scalar = scalar;
        this.lag = lag;
    }

    boolean hasRoom(Action a) {
        return actions.isEmpty() || length + length(a) <= MOST;
    }

    void add(Action a) {
        actions.add(a);
        length += length(a);
    }

    private static int length(Action a) {
        if (!(a instanceof Action.Map m) || m.f() == null) return 1;
        Formula f = m.f().formula();
        return f == null ? 1 : f.length();
    }
}
