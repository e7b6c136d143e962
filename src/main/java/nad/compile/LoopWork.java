package nad.compile;

import java.util.Arrays;

/// The [Work] of a step of loops: its phases' arguments in one array.
final class LoopWork {
    private LoopWork() {}

    static Work of(Step.Loops step, LoopBuilder[] built, Options options) {
        if (!step.flat || built[0].counts.length > 1) {
            LoopBuilder b = built[0];
            int entries = 1;
            for (int n : b.counts) entries *= n;
            return new Work.Nest(Loop.of(b.shape, options), arguments(b), b.counts[b.counts.length - 1], entries);
        }
        int n = built.length;
        Loop[] loops = new Loop[n];
        int[] at = new int[n];
        int[] lags = new int[n];
        int[] all = {};
        int[] partial = {};
        int[] sumTo = {};
        for (int k = 0; k < n; k++) {
            LoopBuilder b = built[k];
            loops[k] = Loop.of(b.shape, options);
            at[k] = all.length;
            lags[k] = step.phases.get(k).lag;
            all = joined(all, arguments(b));
            for (int j = 0; j < b.sums.size(); j++) {
                Ref to = b.sums.get(j).to();
                partial = joined(partial, b.operands.get(b.partials.get(j)).buffer().offset);
                sumTo = joined(sumTo, to.buffer().array, Compiler.cell(to));
            }
        }
        return new Work.Chunks(loops, all, at, lags, built[0].counts[0], partial, sumTo);
    }

    private static int[] arguments(LoopBuilder b) {
        int d = b.counts.length;
        int each = LoopCode.argumentsPerOperand(d);
        int[] out = new int[b.operands.size() * each + d - 1];
        for (int k = 0; k < b.operands.size(); k++) {
            Ref r = b.operands.get(k);
            out[k * each] = r.buffer().array;
            out[k * each + 1] = Compiler.cell(r);
            System.arraycopy(b.strides.get(k), 0, out, k * each + 2, d);
        }
        System.arraycopy(b.counts, 0, out, b.operands.size() * each, d - 1);
        return out;
    }

    private static int[] joined(int[] a, int... b) {
        int[] out = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, out, a.length, b.length);
        return out;
    }
}
