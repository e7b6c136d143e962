package nad.compile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The code of one [LoopShape], shared by all programs: entry by entry at first, in vectors once it has worked enough to be
/// worth the JIT's time.
final class Loop {
    /// So many are kept for programs to come; those of a compiled program it keeps itself.
    private static final int KEPT = 1024;
    private static final Map<LoopShape, Loop> PLAIN = lastUsed();
    private static final Map<LoopShape, Loop> VECTOR = lastUsed();
    /// Entries after which the vector code takes over.
    private static final long WARM = 20_000;

    private final LoopShape shape;
    private LoopCode code;
    private long work;

    private Loop(LoopShape shape, boolean vectors) {
        this.shape = shape;
        this.work = vectors && !shape.scalar() ? 0 : Long.MIN_VALUE;
        // The last bit of a library function must not change while a program runs again and again.
        boolean library = shape.nodes().stream().anyMatch(n -> n instanceof LoopShape.Node.Apply a && a.op().isLibrary());
        if (work == 0 && library) promote();
        else code = LoopWriter.write(shape, 0);
    }

    private static Map<LoopShape, Loop> lastUsed() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<LoopShape, Loop> eldest) {
                return size() > KEPT;
            }
        });
    }

    static Loop of(LoopShape shape, Options o) {
        Loop l = (o.vectors() ? VECTOR : PLAIN).computeIfAbsent(shape, s -> new Loop(s, o.vectors()));
        if (o.hot()) l.promote();
        return l;
    }

    void run(Object[] arrays, int[] arguments, int at, int lo, int hi, int entries) {
        code.run(arrays, arguments, at, lo, hi);
        if (work >= 0 && (work += entries) > WARM) promote();
    }

    private synchronized void promote() {
        if (work < 0) return;
        code = LoopWriter.write(shape, Lanes.length(shape));
        work = Long.MIN_VALUE;
    }
}
