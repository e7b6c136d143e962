package nad.arithmetic;

import java.util.Arrays;

/// The memory of a run in one arithmetic: numbered cells, and primitives applied from cells to cells. Every application
/// is tallied here and nowhere else, so the tally is what was really executed.
public abstract class Cells implements Registers {
    private long[] counts = new long[128];
    private Primitive[] seen = new Primitive[128];
    private int scratch;

    public abstract void set(int to, Quantity value);

    public abstract void set(int to, Rational value);

    public abstract void set(int to, double value);

    public abstract Quantity get(int at);

    /// True for NaN and infinities; exact numbers always have a value.
    public abstract boolean isFinite(int at);

    public abstract Arithmetic arithmetic();

    public final void tally(Primitive f, long times) {
        if (f.id >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(f.id + 1, 2 * counts.length));
            seen = Arrays.copyOf(seen, counts.length);
        }
        counts[f.id] += times;
        seen[f.id] = f;
    }

    /// Every primitive that was applied, with how often.
    public final void forEachTallied(java.util.function.ObjLongConsumer<Primitive> f) {
        for (int k = 0; k < counts.length; k++) if (counts[k] > 0) f.accept(seen[k], counts[k]);
    }

    @Override
    public final int scratch() {
        return scratch;
    }

    public final void scratchFrom(int first) {
        scratch = first;
    }
}
