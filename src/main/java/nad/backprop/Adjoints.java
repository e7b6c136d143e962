package nad.backprop;

import java.util.Arrays;
import java.util.BitSet;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program.Kind;
import nad.core.ProgramBuilder;
import nad.dictionary.Standard;
import nad.report.Span;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [back-first] The bars of backprop(P): what each statement contributes to them. The first contribution to an entry is a copy, which is
/// free; later ones are additions, or subtractions where the rule negates.
final class Adjoints {
    private static final int NONE = -1;

    private final ProgramBuilder q;
    private final Activity activity;
    private final String suffix;
    private final int[] bars;
    /// Entries of a bar that have a value; null where all have.
    private final Written[] written;

    Adjoints(ProgramBuilder q, Activity activity, int variables, String suffix) {
        this.q = q;
        this.activity = activity;
        this.suffix = suffix;
        this.bars = new int[variables];
        this.written = new Written[variables];
        Arrays.fill(bars, NONE);
    }

    boolean has(int variable) {
        return bars[variable] != NONE;
    }

    int bar(int variable) {
        return bars[variable];
    }

    /// Adds `source` (or −source) to the bars behind an operand of the same shape.
    void contribute(Operand x, Operand source, boolean negative, Span at) {
        switch (x) {
            case Operand.Constant c -> {}
            case Operand.Stack s -> {
                for (int k = 0; k < s.parts().size(); k++) contribute(s.parts().get(k), source.at(s.axis(), k), negative, at);
            }
            case Operand.View v -> {
                if (activity.needed(v.variable())) contribute(v.variable(), v.layout(), source, negative, at);
            }
        }
    }

    /// [back-view] Through the view that the operand is: summed over its repeated axes, given to the entries that it shows.
    private void contribute(int x, Layout l, Operand source, boolean negative, Span at) {
        if (l.rank() == 0) {
            write(x, l, source, negative, at);
            return;
        }
        int[] order = order(l);
        l = l.permute(order);
        source = source.permute(order);
        while (l.rank() > 0 && l.shape()[0] == 1) {
            l = l.at(0, 0);
            source = source.at(0, 0);
        }
        int repeated = 0;
        while (repeated < l.rank() && l.strides()[l.rank() - 1 - repeated] == 0 && l.shape()[l.rank() - 1 - repeated] > 1) repeated++;
        if (repeated > 0) {
            if (repeated > 1 && repeated < l.rank()) source.forEachView(v -> named(v.variable()));
            source = sum(source, repeated, at);
            for (int k = 0; k < repeated; k++) l = l.at(l.rank() - 1, 0);
        }
        int[] shape = q.shape(x);
        if (l.size() == Shapes.size(shape)) {
            Layout whole = l.reshape(shape);
            Operand reshaped = whole != null && whole.isWhole(shape) ? source.reshape(shape) : null;
            // A view of a computed value that no layout reshapes is written entry by entry, and not taken apart into a list.
            if (reshaped != null && (source instanceof Operand.Stack || !(reshaped instanceof Operand.Stack))) {
                l = whole;
                source = reshaped;
            }
        }
        write(x, l, source, negative, at);
    }

    /// Axes by falling stride, those of size 1 first and repeated ones last.
    private static int[] order(Layout l) {
        Integer[] axes = new Integer[l.rank()];
        for (int k = 0; k < axes.length; k++) axes[k] = k;
        Arrays.sort(axes, (a, b) -> Integer.compare(weight(l, b), weight(l, a)));
        int[] out = new int[axes.length];
        for (int k = 0; k < out.length; k++) out[k] = axes[k];
        return out;
    }

    private static int weight(Layout l, int axis) {
        return l.shape()[axis] == 1 ? Integer.MAX_VALUE : Math.abs(l.strides()[axis]);
    }

    private Operand sum(Operand source, int axes, Span at) {
        int[] shape = Shapes.take(source.shape(), 0, source.rank() - axes);
        int v = q.variable(null, shape);
        q.apply(Standard.SUM, axes, v, at, q.ref(source));
        return new Operand.View(v, Layout.whole(shape));
    }

    private void write(int x, Layout l, Operand source, boolean negative, Span at) {
        int[] shape = q.shape(x);
        if (bars[x] == NONE && l.isWhole(shape) && (negative || definable(source))) {
            bars[x] = define(negative ? negated(source, at) : source, name(x), shape, at);
            return;
        }
        if (bars[x] == NONE) {
            bars[x] = q.variable(name(x), shape);
            q.zeros(bars[x], at);
            written[x] = new Written();
        }
        if (!l.isSlice(shape)) source.forEachView(v -> named(v.variable()));
        if (l.steps(shape) == null) {
            // No subscripts say these places.
            int[] positions = l.positions();
            for (int k = 0; k < positions.length; k++) write(x, Layout.entry(positions[k]), source.entry(k), negative, at);
            return;
        }
        int place = q.ref(new Operand.View(bars[x], l));
        boolean first = written[x] != null && fillsNew(x, l);
        if (!first) q.write(negative ? Kind.SUBTRACT : Kind.ADD, place, q.ref(source), at);
        else q.write(Kind.SET, place, q.ref(negative ? negated(source, at) : source), at);
    }

    /// What is read entry by entry is a statement of its own, so that it stands in the text once.
    private void named(int variable) {
        if (q.name(variable) == null) q.rename(variable, q.freshNumbered("s"));
    }

    private String name(int x) {
        return q.name(x) + suffix;
    }

    /// Whether all of these entries are still without a value; they have one afterwards.
    private boolean fillsNew(int x, Layout l) {
        Written w = written[x];
        boolean fresh = true;
        for (int k : l.positions()) fresh &= w.add(k);
        if (w.count == Shapes.size(q.shape(x))) written[x] = null;
        return fresh;
    }

    /// The entries of a bar that have a value, and their number (a bar of n entries may be filled one by one).
    private static final class Written {
        private final BitSet entries = new BitSet();
        private int count;

        boolean add(int entry) {
            if (entries.get(entry)) return false;
            entries.set(entry);
            count++;
            return true;
        }
    }

    /// Whether `bar = source` in text has the bar's shape: a repeated axis would not show.
    private static boolean definable(Operand source) {
        return switch (source) {
            case Operand.View v -> {
                boolean plain = true;
                for (int k = 0; k < v.layout().rank(); k++) plain &= v.layout().strides()[k] != 0 || v.layout().shape()[k] == 1;
                yield plain;
            }
            case Operand.Constant c -> c.rank() == 0;
            case Operand.Stack s -> s.parts().stream().allMatch(Adjoints::definable);
        };
    }

    private Operand negated(Operand source, Span at) {
        int[] shape = source.shape();
        int v = q.variable(null, shape);
        q.apply(Standard.NEG, 0, v, at, q.ref(source));
        return new Operand.View(v, Layout.whole(shape));
    }

    /// A bar that begins as `source`: the variable itself, if the last instruction just made it for this.
    private int define(Operand source, String name, int[] shape, Span at) {
        if (source instanceof Operand.View v && q.name(v.variable()) == null && v.layout().isWhole(q.shape(v.variable()))
                && Arrays.equals(q.shape(v.variable()), shape) && q.target(q.length() - 1) == v.variable()) {
            q.rename(v.variable(), name);
            return v.variable();
        }
        int bar = q.variable(name, shape);
        q.write(Kind.SET, q.ref(new Operand.View(bar, Layout.whole(shape))), q.ref(source), at);
        return bar;
    }
}
