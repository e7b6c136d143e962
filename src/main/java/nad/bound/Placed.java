package nad.bound;

import java.util.ArrayList;
import java.util.List;
import nad.tensor.Layout;

/// What a contribution does, entry by entry and whatever its axes are called: `bar[to + Σ i_k · to_k] += base[from + Σ i_k · from_k]`
/// for all indices `0 ≤ i_k < size_k`. Two contributions of one base whose normal forms are equal are the same: axes of size 1 are
/// dropped, the others sorted, and neighbours that run on into each other are merged. An axis that the bar does not move along
/// (`to_k = 0`) is summed over. Equal maps may have different normal forms, for those [EntryTerms] compares the entries themselves.
record Placed(int to, int from, List<Axis> axes) {
    record Axis(int size, int to, int from) {}

    static Placed of(Layout place, Layout source) {
        List<Axis> axes = new ArrayList<>(place.rank());
        for (int k = 0; k < place.rank(); k++) axes.add(new Axis(place.shape()[k], place.strides()[k], source.strides()[k]));
        return normal(place.offset(), source.offset(), axes);
    }

    /// The same contribution read through a sum: its base is the sum's result, of shape `result`; `summand` shows the
    /// operand that was summed, with `result`'s axes first and those summed over behind them. Null where the base is read in steps
    /// that are none along the result's axes, or that run over an edge of it.
    Placed through(int[] result, Layout summand) {
        Runs runs = Runs.of(result, summand);
        int[] reach = runs.coordinates(from);
        int offset = summand.offset();
        for (int d = 0; d < reach.length; d++) offset += reach[d] * runs.strides[d];
        List<Axis> out = new ArrayList<>();
        for (Axis a : axes) if (!runs.split(a, reach, out)) return null;
        for (int d = 0; d < reach.length; d++) if (reach[d] >= runs.sizes[d]) return null;
        for (int d = result.length; d < summand.rank(); d++) out.add(new Axis(summand.shape()[d], 0, summand.strides()[d]));
        return normal(to, offset, out);
    }

    /// The axes of a sum's result, neighbours that the summand runs through in one go taken together: sizes, steps in the result's
    /// row-major buffer, and strides in the summand.
    private record Runs(int[] sizes, int[] steps, int[] strides) {
        static Runs of(int[] result, Layout summand) {
            int n = 0;
            int[] sizes = new int[result.length];
            int[] strides = new int[result.length];
            for (int d = 0; d < result.length; d++) {
                if (result[d] == 1) continue;
                int stride = summand.strides()[d];
                if (n > 0 && strides[n - 1] == stride * result[d]) sizes[n - 1] *= result[d];
                else sizes[n++] = result[d];
                strides[n - 1] = stride;
            }
            sizes = java.util.Arrays.copyOf(sizes, n);
            return new Runs(sizes, Layout.whole(sizes).strides(), java.util.Arrays.copyOf(strides, n));
        }

        int[] coordinates(int position) {
            int[] out = new int[sizes.length];
            for (int d = 0; d < out.length; d++) {
                out[d] = position / steps[d];
                position -= out[d] * steps[d];
            }
            return out;
        }

        /// An axis in the steps of the runs, where it is one or two of them; `reach` grows by how far each run is gone along. Whether
        /// the whole stays within the runs is for all axes together to say.
        boolean split(Axis a, int[] reach, List<Axis> out) {
            if (a.from == 0) return out.add(a);
            for (int d = 0; d < sizes.length; d++) {
                if (a.from < steps[d] || a.from % steps[d] != 0) continue;
                int step = a.from / steps[d];
                if ((long) step * (a.size - 1) < sizes[d]) {
                    reach[d] += step * (a.size - 1);
                    return out.add(new Axis(a.size, a.to, step * strides[d]));
                }
                int inner = sizes[d] / step;
                if (sizes[d] % step != 0 || a.size % inner != 0) return false;
                return split(new Axis(inner, a.to, a.from), reach, out) && split(new Axis(a.size / inner, a.to * inner, a.from * inner), reach, out);
            }
            return false;
        }
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
