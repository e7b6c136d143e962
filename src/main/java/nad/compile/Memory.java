package nad.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Gives buffers their places in the workspace's memory. Those that are in use at different steps share cells; constants
/// and single cells come first and keep theirs.
final class Memory {
    /// Buffers of several entries begin at multiples of this many cells.
    private static final int UNIT = 8;

    private int size;
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    /// Cells that keep their value from run to run, or as long as one runs.
    void fixed(Buffer b) {
        b.offset = size;
        size = Math.addExact(size, b.size);
    }

    /// Places all buffers, each for the steps from its first use to its last.
    void plan(List<Buffer> buffers) {
        size = rounded(size);
        List<Buffer> byFirst = new ArrayList<>(buffers);
        byFirst.sort(Comparator.comparingInt((Buffer b) -> b.first).thenComparingInt(b -> -b.size));
        List<Buffer> live = new ArrayList<>();
        for (Buffer b : byFirst) {
            for (int k = live.size() - 1; k >= 0; k--) {
                Buffer old = live.get(k);
                if (old.last >= b.first) continue;
                release(old.offset, rounded(old.size));
                live.set(k, live.getLast());
                live.removeLast();
            }
            b.offset = take(rounded(b.size));
            live.add(b);
        }
    }

    int size() {
        return size;
    }

    private static int rounded(int n) {
        return Math.addExact(n, UNIT - 1) / UNIT * UNIT;
    }

    /// The smallest hole that is large enough, else new cells at the end.
    private int take(int n) {
        int best = -1;
        for (var hole : free.entrySet()) if (hole.getValue() >= n && (best < 0 || hole.getValue() < free.get(best))) best = hole.getKey();
        if (best >= 0) {
            int left = free.remove(best) - n;
            if (left > 0) free.put(best + n, left);
            return best;
        }
        int at = size;
        size = Math.addExact(size, n);
        return at;
    }

    private void release(int at, int n) {
        Integer after = free.remove(at + n);
        if (after != null) n += after;
        var before = free.floorEntry(at);
        if (before != null && before.getKey() + before.getValue() == at) {
            at = before.getKey();
            n += before.getValue();
        }
        free.put(at, n);
    }
}
