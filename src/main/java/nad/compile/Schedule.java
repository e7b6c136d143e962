package nad.compile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Formula;

/// Puts actions into steps: each as early as what it depends on allows, into a loop with others over the same entries where
/// there is one. Dependences through a buffer are kept in the program's order, so that every cell sees the same operations.
final class Schedule {
    private static final int MOST_PHASES = 12;
    private static final int MOST_LAG = 2048;
    /// How far back a step is looked for, and how many accesses of one buffer are told apart.
    private static final int WINDOW = 64;

    final List<Step> steps = new ArrayList<>();
    private final boolean exact;
    private final boolean single;
    private final Map<Buffer, History> histories = new IdentityHashMap<>();

    private record Access(int step, int phase, Ref ref, boolean write, int begin, int end) {
        boolean meets(int from, int to) {
            return begin <= to && from <= end;
        }
    }

    /// Accesses of one buffer; those forgotten allow no earlier step than `barrier`.
    private final class History {
        final List<Access> accesses = new ArrayList<>();
        int barrier;

        void add(Access a) {
            if (accesses.size() == WINDOW) {
                // Single cells are worked on in order, so that a further action on them may join the same step.
                for (Access old : accesses.subList(0, WINDOW / 2))
                    barrier = Math.max(barrier, steps.get(old.step) instanceof Step.Scalars ? old.step : old.step + 1);
                accesses.subList(0, WINDOW / 2).clear();
            }
            accesses.add(a);
        }
    }

    /// Where an action may go: no earlier than `step`; within that step, in no earlier phase and with no smaller lag.
    private static final class Bound {
        int step;
        int phase;
        int lag;

        void atLeast(int s) {
            if (s > step) {
                step = s;
                phase = 0;
                lag = 0;
            }
        }

        void within(int s, int p, int l) {
            if (s < step) return;
            atLeast(s);
            phase = Math.max(phase, p);
            lag = Math.max(lag, l);
        }
    }

    Schedule(List<Action> actions, Options options) {
        this.exact = options.exact();
        this.single = options.single();
        for (Action a : actions) place(a);
    }

    private void place(Action a) {
        switch (a) {
            case Action.Map m when m.isScalar() -> scalar(m);
            case Action.Map m -> loop(m, m.to().shape());
            case Action.Sum s when s.of().isFlat() && s.of().size() > 1 -> loop(s, s.of().shape());
            default -> single(a);
        }
    }

    private void single(Action a) {
        steps.add(new Step.Single(a));
        record(a, steps.size() - 1, 0);
    }

    private void scalar(Action.Map m) {
        Bound b = bound(m, (access, r, bound) -> {
            if (!(steps.get(access.step) instanceof Step.Scalars)) return false;
            bound.within(access.step, 0, 0);
            return true;
        });
        for (int s = Math.max(b.step, steps.size() - WINDOW); s < steps.size(); s++) {
            if (!(steps.get(s) instanceof Step.Scalars block)) continue;
            block.actions().add(m);
            record(m, s, 0);
            return;
        }
        List<Action> first = new ArrayList<>();
        first.add(m);
        steps.add(new Step.Scalars(first));
        record(m, steps.size() - 1, 0);
    }

    private void loop(Action a, int[] shape) {
        boolean flat = a.refs().stream().allMatch(r -> r.isFlat() || r == a.to() && a instanceof Action.Sum);
        boolean closed = a instanceof Action.Map m && m.overlaps();
        boolean scalar = isScalar(a);
        Bound b = bound(a, (access, r, bound) -> inLoop(access, r, bound, shape, flat));
        if (!closed)
            for (int s = Math.max(b.step, steps.size() - WINDOW); s < steps.size(); s++) {
                if (!(steps.get(s) instanceof Step.Loops l) || l.closed || !l.fits(shape)) continue;
                int phase = join(l, a, flat, scalar, s == b.step ? b.phase : 0, s == b.step ? b.lag : 0);
                if (phase < 0) continue;
                record(a, s, phase);
                return;
            }
        Step.Loops l = new Step.Loops(shape);
        l.closed = closed;
        l.flat = flat;
        l.phases.add(new Phase(scalar, 0));
        l.phases.getFirst().add(a);
        l.sums = a instanceof Action.Sum;
        steps.add(l);
        record(a, steps.size() - 1, 0);
    }

    private boolean isScalar(Action a) {
        if (!(a instanceof Action.Map m) || m.f() == null) return false;
        Formula f = m.f().formula();
        return f == null || exact && f.usesLibrary() || single && !f.roundsOnce();
    }

    /// Whether an action that reads or writes `r` can be in the same step as this earlier access; adds to the bound if so.
    private boolean inLoop(Access access, Ref r, Bound bound, int[] shape, boolean flat) {
        if (!(steps.get(access.step) instanceof Step.Loops l) || l.closed || !l.fits(shape)) return false;
        if (r.same(access.ref)) {
            bound.within(access.step, access.phase, 0);
            return true;
        }
        if (!flat || !l.flat || !r.isContiguous() || !access.ref.isContiguous() || r.size() != access.ref.size()) return false;
        int ahead = r.layout().offset() - access.ref.layout().offset();
        int lag = l.phases.get(access.phase).lag + ahead;
        if (lag > MOST_LAG) return false;
        bound.within(access.step, access.phase + 1, lag);
        return true;
    }

    /// The phase of the loop that takes the action, or −1.
    private int join(Step.Loops l, Action a, boolean flat, boolean scalar, int phase, int lag) {
        if (l.flat && !flat && (l.phases.size() > 1 || l.sums)) return -1;
        if (!l.flat && a instanceof Action.Sum) return -1;
        boolean becomesNest = !flat || !l.flat;
        for (int k = phase; k < l.phases.size(); k++) {
            Phase p = l.phases.get(k);
            if (p.lag < lag || p.scalar != scalar || !p.hasRoom(a)) continue;
            p.add(a);
            l.flat &= flat;
            l.sums |= a instanceof Action.Sum;
            return k;
        }
        if (becomesNest || l.phases.size() == MOST_PHASES) return -1;
        Phase p = new Phase(scalar, (lag + 7) / 8 * 8);
        p.add(a);
        l.phases.add(p);
        l.sums |= a instanceof Action.Sum;
        return l.phases.size() - 1;
    }

    // ---- dependences

    @FunctionalInterface
    private interface Together {
        boolean allowed(Access earlier, Ref r, Bound bound);
    }

    private Bound bound(Action a, Together together) {
        Bound b = new Bound();
        for (Ref r : a.refs()) {
            History h = histories.get(r.buffer());
            if (h == null) continue;
            b.atLeast(h.barrier);
            boolean write = r == a.to();
            int begin = r.begin();
            int end = r.end();
            for (Access x : h.accesses) {
                if (!write && !x.write || x.step < b.step || !x.meets(begin, end)) continue;
                if (!together.allowed(x, r, b)) b.atLeast(x.step + 1);
            }
        }
        return b;
    }

    private void record(Action a, int step, int phase) {
        for (Ref r : a.refs()) {
            if (r.buffer().constant != null) continue;
            r.buffer().use(step);
            if (r.buffer().input) continue; // never written: nothing depends on who reads it
            histories.computeIfAbsent(r.buffer(), k -> new History()).add(new Access(step, phase, r, r == a.to(), r.begin(), r.end()));
        }
    }
}
