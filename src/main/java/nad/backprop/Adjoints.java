package nad.backprop;

import java.util.Arrays;
import java.util.BitSet;
import nad.core.Activity;
import nad.core.Operand;
import nad.core.Program.Kind;
import nad.core.ProgramBuilder;
import nad.dictionary.Standard;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// [back-first] The bars of backprop(P): what each statement contributes to them. The first contribution to an entry is a copy, which is
/// free; later ones are additions, or subtractions where the rule negates.
final class Adjoints {
    private static final int NONE = -1;

    private final ProgramBuilder q;
    private final Activity activity;
    private final String suffix;
    private int negation = NONE;
    private final int[] bars;
    private int expected;
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

    /// Where a contribution to a view goes: the view's axes in `order`, the first of them, of size 1, left out, the last
    /// ones `repeated` and so summed over; as the whole variable where that shows it.
    private record Place(int[] order, int single, int repeated, Layout entries, Layout whole) {
        static Place of(Layout view, int[] shape) {
            int[] order = falling(view);
            Layout l = view.permute(order);
            int single = 0;
            for (; l.rank() > 0 && l.shape()[0] == 1; single++) l = l.at(0, 0);
            int repeated = 0;
            for (; l.rank() > 0 && l.strides()[l.rank() - 1] == 0; repeated++) l = l.at(l.rank() - 1, 0);
            Layout whole = l.size() == Shapes.size(shape) ? l.reshape(shape) : null;
            return new Place(order, single, repeated, l, whole != null && whole.isWhole(shape) ? whole : null);
        }

        /// The source in the shape of the whole variable, or null where the place is none or the source would have to be
        /// taken apart into a list.
        Operand whole(Operand source) {
            Operand reshaped = whole == null ? null : source.reshape(whole.shape());
            return reshaped instanceof Operand.Stack && !(source instanceof Operand.Stack) ? null : reshaped;
        }
    }

    /// Brings what is known of sixteen variables into the cache.
    void expect(int variable) {
        if (variable > 0) expected ^= bars[variable] ^ q.expect(variable);
    }

    /// Lets a variable's bar be one that a pattern made.
    void begin(int variable, int bar) {
        bars[variable] = bar;
    }

    String suffix() {
        return suffix;
    }

    /// Makes the bar behind a view exist where its first contribution does not fill it: before whatever computes that
    /// contribution, as a text says it.
    void open(Operand x, int site) {
        if (!(x instanceof Operand.View v) || !activity.needed(v.variable()) || bars[v.variable()] != NONE) return;
        int[] shape = q.shape(v.variable());
        if (v.rank() == 0 ? shape.length > 0 : Place.of(v.layout(), shape).whole == null) zeros(v.variable(), site);
    }

    void zeros(int x, int site) {
        bars[x] = q.suffixed(x, suffix, q.shape(x));
        q.zeros(bars[x], site);
        written[x] = new Written();
    }

    /// Adds `source` (or −source) to the bars behind an operand of the same shape.
    void contribute(Operand x, Operand source, boolean negative, int site) {
        switch (x) {
            case Operand.Constant c -> {}
            case Operand.Stack s -> {
                for (int k = 0; k < s.parts().size(); k++) contribute(s.parts().get(k), source.at(s.axis(), k), negative, site);
            }
            case Operand.View v -> {
                if (activity.needed(v.variable())) contribute(v.variable(), v.layout(), source, negative, site);
            }
        }
    }

    /// [back-view] Through the view that the operand is: summed over its repeated axes, given to the entries that it shows.
    private void contribute(int x, Layout view, Operand source, boolean negative, int site) {
        if (view.rank() == 0) {
            if (q.shape(x).length == 0) toScalar(x, q.ref(source), negative, site);
            else write(x, view, source, negative, site);
            return;
        }
        Place place = Place.of(view, q.shape(x));
        source = source.permute(place.order);
        for (int k = 0; k < place.single; k++) source = source.at(0, 0);
        boolean fills = place.whole != null && (place.repeated > 0 || place.whole(source) != null);
        boolean defines = bars[x] == NONE && fills && (negative || definable(source, place.repeated));
        if (bars[x] == NONE && !defines) zeros(x, site);
        if (place.repeated > 0) {
            if (place.repeated > 1 && place.entries.rank() > 0) name(source);
            source = sum(source, place.repeated, site);
        }
        Operand whole = place.whole(source);
        if (defines) bars[x] = define(negative ? negated(q.ref(whole), q.shape(x), site) : q.ref(whole), x, site);
        else write(x, whole != null ? place.whole : place.entries, whole != null ? whole : source, negative, site);
    }

    /// Axes by falling stride, those of size 1 first and repeated ones last.
    private static int[] falling(Layout l) {
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

    /// The sum over the last axes, taken once where other axes only repeat it.
    private Operand sum(Operand source, int axes, int site) {
        int[] kept = Shapes.take(source.shape(), 0, source.rank() - axes);
        Operand distinct = source;
        for (int k = kept.length - 1; k >= 0; k--) if (repeats(source, k)) distinct = distinct.at(k, 0);
        int[] shape = Shapes.take(distinct.shape(), 0, distinct.rank() - axes);
        int v = q.variable(null, shape);
        q.apply(Standard.SUM, axes, v, site, q.ref(distinct));
        Operand sum = new Operand.View(v, Layout.whole(shape));
        for (int k = 0; k < kept.length; k++) if (repeats(source, k)) sum = sum.repeat(k, kept[k]);
        return sum;
    }

    private static boolean repeats(Operand o, int axis) {
        return o instanceof Operand.View v && v.layout().strides()[axis] == 0 && v.layout().shape()[axis] > 1;
    }

    /// A view that no subscripts say (entries of a reshaped value, out of step with its rows) is written in parts that
    /// have some.
    private void write(int x, Layout l, Operand source, boolean negative, int site) {
        if (bars[x] == NONE) zeros(x, site);
        if (l.steps(q.shape(x)) == null) {
            name(source);
            for (int from = 0, n; from < l.shape()[0]; from += n) {
                n = l.said(from, q.shape(x));
                Layout part = l.slice(0, from, n);
                Operand entries = source.slice(0, from, n);
                if (n == 1) write(x, part.at(0, 0), entries.at(0, 0), negative, site);
                else write(x, part, entries, negative, site);
            }
            return;
        }
        if (!l.isSlice(q.shape(x))) name(source);
        write(x, l, q.ref(new Operand.View(bars[x], l)), q.ref(source), negative, site);
    }

    private void write(int x, Layout l, int place, int source, boolean negative, int site) {
        boolean first = written[x] != null && fillsNew(x, l);
        if (!first) q.write(negative ? Kind.SUBTRACT : Kind.ADD, place, source, site);
        else q.write(Kind.SET, place, negative ? negated(source, l.shape(), site) : source, site);
    }

    // ---- single entries, by reference: what a flat program is made of

    /// To the bar of a scalar.
    void toScalar(int x, int source, boolean negative, int site) {
        toScalar(x, source, negative, isMade(source, Shapes.SCALAR), site);
    }

    /// @param made whether the source is a value without a name that the last instruction made for this
    void toScalar(int x, int source, boolean negative, boolean made, int site) {
        if (bars[x] != NONE) {
            q.write(negative ? Kind.SUBTRACT : Kind.ADD, bars[x], source, site);
        } else if (negative) {
            bars[x] = q.suffixed(x, suffix, Shapes.SCALAR);
            q.apply(negation(), bars[x], site, source);
        } else if (made) {
            q.renameSuffixed(source, x, suffix);
            bars[x] = source;
        } else {
            bars[x] = q.suffixed(x, suffix, Shapes.SCALAR);
            q.write(Kind.SET, bars[x], source, site);
        }
    }

    /// To an entry of an array's bar, which exists.
    ///
    /// @param place the reference of that entry
    void toEntry(Operand.View x, int place, int source, boolean negative, int site) {
        write(x.variable(), x.layout(), place, source, negative, site);
    }

    /// What is read entry by entry is a statement of its own, so that it stands in the text once.
    private void name(Operand source) {
        source.forEachView(v -> {
            if (!q.isNamed(v.variable())) q.renameNumbered(v.variable(), "s");
        });
    }

    /// Whether all of these entries are still without a value; they have one afterwards.
    private boolean fillsNew(int x, Layout l) {
        Written w = written[x];
        boolean fresh = true;
        if (l.rank() == 0) fresh = w.add(l.offset());
        else for (int k : l.positions()) fresh &= w.add(k);
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

    /// Whether `bar = source`, summed over its last axes, has the bar's shape in text: a repeated axis would not show.
    private static boolean definable(Operand source, int summed) {
        return switch (source) {
            case Operand.View v -> {
                for (int k = 0; k < v.rank() - summed; k++) if (repeats(v, k)) yield false;
                yield true;
            }
            case Operand.Constant c -> c.rank() == 0;
            case Operand.Stack s -> s.parts().stream().allMatch(p -> definable(p, 0));
        };
    }

    private int negated(int source, int[] shape, int site) {
        int v = q.variable(null, shape);
        q.apply(negation(), v, site, source);
        return v;
    }

    int negation() {
        return negation != NONE ? negation : (negation = q.operationNumber(Standard.NEG));
    }

    private boolean isMade(int source, int[] shape) {
        return source >= 0 && !q.isNamed(source) && Arrays.equals(q.shape(source), shape) && q.target(q.length() - 1) == source;
    }

    /// A bar that begins as `source`: the variable itself, if the last instruction just made it for this.
    private int define(int source, int x, int site) {
        int[] shape = q.shape(x);
        if (isMade(source, shape)) {
            q.renameSuffixed(source, x, suffix);
            return source;
        }
        int bar = q.suffixed(x, suffix, shape);
        q.write(Kind.SET, bar, source, site);
        return bar;
    }
}
