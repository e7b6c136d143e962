package nad.bound;

import java.util.ArrayList;
import java.util.List;
import nad.tensor.Layout;

/// What a contribution does, entry by entry and whatever its axes are called: `bar[to + Σ i_k · to_k] += base[from + Σ i_k · from_k]`
/// for all indices `0 ≤ i_k < size_k`. Two contributions of one base are the same exactly when these normal forms are equal:
/// axes of size 1 are dropped, the others sorted, and neighbours that run on into each other are merged. An axis that the
/// bar does not move along (`to_k = 0`) is summed over.
record Placed(int to, int from, List<Axis> axes) {
    record Axis(int size, int to, int from) {}

    static Placed of(Layout place, Layout source) {
        List<Axis> axes = new ArrayList<>(place.rank());
        for (int k = 0; k < place.rank(); k++) axes.add(new Axis(place.shape()[k], place.strides()[k], source.strides()[k]));
        return normal(place.offset(), source.offset(), axes);
    }

    /// The same contribution read through a sum: its base is the sum's result, of shape `result`; `summand` shows the
    /// operand that was summed, with `result`'s axes first and those summed over behind them. Null where the base is read
    /// in steps that no axis of the result has.
    Placed through(int[] result, Layout summand) {
        int[] steps = Layout.whole(result).strides();
        List<Axis> out = new ArrayList<>();
        int offset = summand.offset();
        int rest = from;
        for (int d = 0; d < result.length; d++) {
            int at = result[d] == 1 ? 0 : rest / steps[d];
            rest -= at * steps[d];
            offset += at * summand.strides()[d];
        }
        for (Axis a : axes) if (!split(a, result, steps, summand, out)) return null;
        for (int d = result.length; d < summand.rank(); d++) out.add(new Axis(summand.shape()[d], 0, summand.strides()[d]));
        return normal(to, offset, out);
    }

    private static boolean split(Axis a, int[] result, int[] steps, Layout summand, List<Axis> out) {
        if (a.from == 0) return out.add(a);
        for (int d = 0; d < result.length; d++) {
            if (result[d] == 1 || a.from < steps[d] || a.from % steps[d] != 0) continue;
            int step = a.from / steps[d];
            if ((long) step * (a.size - 1) < result[d]) return out.add(new Axis(a.size, a.to, step * summand.strides()[d]));
            if (step != 1 || a.size % result[d] != 0) return false;
            out.add(new Axis(result[d], a.to, summand.strides()[d]));
            return split(new Axis(a.size / result[d], a.to * result[d], a.from * result[d]), result, steps, summand, out);
        }
        return false;
    }

    private static Placed normal(int to, int from, List<Axis> axes) {
        axes.removeIf(a -> a.size == 1);
        axes.sort((a, b) -> a.to != b.to ? Integer.compare(b.to, a.to) : Integer.compare(b.from, a.from));
        List<Axis> merged = new ArrayList<>(axes.size());
        for (Axis a : axes) {
            Axis outer = merged.isEmpty() ? null : merged.getLast();
            if (outer != null && outer.to == a.to * a.size && outer.from == a.from * a.size) merged.set(merged.size() - 1, new Axis(outer.size * a.size, a.to, a.from));
            else merged.add(a);
        }
        return new Placed(to, from, merged);
    }

    /// Whether writing there sets an entry twice, or one that was written before; the entries count as written afterwards.
    static boolean overwrites(Layout place, java.util.BitSet written) {
        boolean twice = false;
        for (int k : place.positions()) {
            twice |= written.get(k);
            written.set(k);
        }
        return twice;
    }

    /// A layout for one number shown everywhere.
    static Layout uniform(int[] shape) {
        return new Layout(0, shape, new int[shape.length]);
    }
}
