package nad.compile;

import java.util.BitSet;
import java.util.List;
import nad.core.Operand;
import nad.core.Program;
import nad.tensor.Shapes;

/// What a run copies from the inputs to the memory, and from the memory to the results: all of them, or, where loops work on the
/// caller's arrays, what other instructions read and write.
///
/// @param from, end the entries of each input that are copied
/// @param out       whether a result is copied
record Transfers(int[] from, int[] end, boolean[] out) {
    /// Smaller arrays are copied: they cost less than finding out.
    private static final int WORTH = 16;

    static Transfers all(Program p) {
        int[] end = p.parameters().stream().mapToInt(q -> Shapes.size(q.shape())).toArray();
        boolean[] out = new boolean[p.results().size()];
        java.util.Arrays.fill(out, true);
        return new Transfers(new int[end.length], end, out);
    }

    /// Lets loops work on the caller's arrays, which are numbered after the memory: inputs first.
    static Transfers apartFrom(Nests nests, Program p, int[] inputAt, int[] resultAt) {
        Transfers all = all(p);
        int inputs = inputAt.length;
        BitSet once = new BitSet();
        BitSet shared = new BitSet();
        for (int k = 0; k < inputs; k++) shared.set(inputAt[k], inputAt[k] + all.end[k]);
        List<Operand> results = p.results();
        for (int r = 0; r < resultAt.length; r++) {
            for (int c = resultAt[r]; c < resultAt[r] + results.get(r).size(); c++) {
                if (once.get(c)) shared.set(c);
                once.set(c);
            }
        }
        for (int k = 0; k < inputs; k++) if (all.end[k] >= WORTH) nests.redirect(1 + k, inputAt[k], all.end[k]);
        BitSet numbered = nests.numbered();
        for (int r = 0; r < resultAt.length; r++) {
            int n = results.get(r).size();
            if (n < WORTH || any(shared, resultAt[r], n) || any(numbered, resultAt[r], n) || !nests.isWithin(resultAt[r], n)) continue;
            nests.redirect(1 + inputs + r, resultAt[r], n);
            all.out[r] = false;
        }
        BitSet kept = nests.inMemory();
        for (int r = 0; r < resultAt.length; r++) if (all.out[r]) kept.set(resultAt[r], resultAt[r] + results.get(r).size());
        for (int k = 0; k < inputs; k++) {
            int first = kept.nextSetBit(inputAt[k]);
            int last = kept.previousSetBit(inputAt[k] + all.end[k] - 1);
            boolean none = first < 0 || first >= inputAt[k] + all.end[k];
            all.from[k] = none ? 0 : first - inputAt[k];
            all.end[k] = none ? 0 : last + 1 - inputAt[k];
        }
        return all;
    }

    private static boolean any(BitSet cells, int first, int n) {
        int next = cells.nextSetBit(first);
        return next >= 0 && next < first + n;
    }
}
