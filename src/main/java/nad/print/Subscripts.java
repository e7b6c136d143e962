package nad.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nad.tensor.Layout;

/// Which subscripts of a variable show the entries of a view.
final class Subscripts {
    private Subscripts() {}

    /// Subscripts, and the shape of what they show.
    record Slice(List<Phrase.Subscript> subscripts, int[] shape) {}

    /// `[2..n]`, `[i]`, `[.., j]`: each axis of the view is a run of one axis of the variable, in the same order; else null.
    static Slice slice(int[] shape, Layout l) {
        int[] strides = Layout.whole(shape).strides();
        int rest = l.offset();
        int axis = 0;
        List<Phrase.Subscript> out = new ArrayList<>();
        List<Integer> shown = new ArrayList<>();
        for (int d = 0; d < shape.length; d++) {
            int at = shape[d] == 1 ? 0 : rest / strides[d];
            rest -= at * strides[d];
            if (axis < l.rank() && l.shape()[axis] > 1 && l.strides()[axis] == strides[d] && shape[d] > 1) {
                int n = l.shape()[axis++];
                if (at + n > shape[d]) return null;
                out.add(run(at, n, shape[d]));
                shown.add(n);
            } else {
                if (at >= shape[d]) return null;
                out.add(new Phrase.At(affine(at + 1, new int[0], new String[0])));
            }
        }
        if (rest != 0 || axis < l.rank()) return null;
        while (!out.isEmpty() && out.getLast() instanceof Phrase.All) out.removeLast();
        return new Slice(out, shown.stream().mapToInt(n -> n).toArray());
    }

    /// Subscripts in which the view's leading axes are named indices and the others runs of axes. Null where steps along the
    /// view's axes run over an edge of the variable, or an own axis is no plain run.
    static List<Phrase.Subscript> indexed(Layout l, String[] names, int[] shape) {
        int[][] steps = l.steps(shape);
        if (steps == null) return null;
        int n = names.length;
        boolean[] single = new boolean[shape.length];
        for (int d = 0; d < shape.length; d++) single[d] = shape[d] == 1;
        // An index of one value moves nothing, but must be mentioned to give the result its axis.
        for (int k = 0; k < n; k++) if (l.shape()[k] == 1 && shape.length > 0) steps[k][singleAxis(single)] = 1;
        List<Phrase.Subscript> out = new ArrayList<>();
        int own = n;
        for (int d = 0; d < shape.length; d++) {
            int at = steps[l.rank()][d];
            int run = single[d] && own < l.rank() && l.shape()[own] == 1 ? own : -1;
            int[] step = new int[n];
            for (int k = 0; k < l.rank(); k++) {
                if (k < n) step[k] = steps[k][d];
                else if (steps[k][d] == 1 && run < 0) run = k;
                else if (steps[k][d] != 0) return null;
            }
            if (run < 0) out.add(new Phrase.At(affine(at + 1, step, names)));
            else if (run == own++ && Arrays.stream(step).allMatch(c -> c == 0)) out.add(run(at, l.shape()[run], shape[d]));
            else return null;
        }
        if (own < l.rank()) return null;
        while (out.size() > 1 && out.getLast() instanceof Phrase.All) out.removeLast();
        return out;
    }

    /// The first axis of one entry that no index is at yet, which is then taken; else the first of all.
    private static int singleAxis(boolean[] single) {
        for (int d = 0; d < single.length; d++) {
            if (!single[d]) continue;
            single[d] = false;
            return d;
        }
        return 0;
    }

    private static Phrase.Subscript run(int at, int n, int size) {
        return at == 0 && n == size ? new Phrase.All() : new Phrase.Range(at + 1, at + n);
    }

    static Phrase.Subscript index(String name) {
        return new Phrase.At(affine(1, new int[] {1}, new String[] {name}));
    }

    /// `value + Σ k · (index − 1)` for the named indices: a position where every index is 1.
    static Phrase.Affine affine(long value, int[] k, String[] names) {
        for (int a = 0; a < names.length; a++) value -= k[a];
        return new Phrase.Affine(value, Arrays.stream(k).limit(names.length).boxed().toList(), List.of(names));
    }
}
