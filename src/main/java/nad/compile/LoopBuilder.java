package nad.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Formula;
import nad.compile.LoopShape.Node;
import nad.compile.LoopShape.Store;
import nad.compile.LoopShape.Stride;
import nad.tensor.Layout;

/// One phase as a [LoopShape] and its operands: the axes merged where all operands allow it, every cell read once, values
/// handed on in registers, each place written once with its last value.
final class LoopBuilder {
    final LoopShape shape;
    final List<Ref> operands = new ArrayList<>();
    /// Iterations of each nested loop, the innermost last.
    final int[] counts;
    /// For each operand its step along each of the loops.
    final List<int[]> strides = new ArrayList<>();
    /// The sums that the loop adds up: where their results go, and which operand holds their partial results.
    final List<Action.Sum> sums = new ArrayList<>();

    /// The operands that hold partial results, in the order of the sums.
    final List<Integer> partials = new ArrayList<>();

    private final boolean single;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final Map<Ref, Integer> current = new HashMap<>();
    private final Map<Ref, Integer> written = new HashMap<>();

    LoopBuilder(Phase phase, boolean flat, boolean single) {
        this.single = single;
        List<Store> added = new ArrayList<>();
        for (Action a : phase.actions) {
            switch (a) {
                case Action.Map m -> {
                    List<Integer> args = new ArrayList<>();
                    for (Ref r : m.from()) args.add(read(flat ? r.flattened() : r));
                    int value = m.f() == null ? args.getFirst() : apply(m.f(), args);
                    Ref to = flat ? m.to().flattened() : m.to();
                    current.put(to, value);
                    if (to.buffer().stored) written.put(to, operand(to));
                }
                case Action.Sum s -> {
                    int value = read(s.of().flattened());
                    Ref partial = Ref.whole(new Buffer(8));
                    operands.add(partial);
                    partials.add(operands.size() - 1);
                    sums.add(s);
                    added.add(new Store(operands.size() - 1, value));
                }
                default -> throw new IllegalStateException();
            }
        }
        List<Store> stores = new ArrayList<>();
        written.forEach((r, k) -> stores.add(new Store(k, current.get(r))));
        stores.sort((x, y) -> Integer.compare(x.operand(), y.operand()));
        Action first = phase.actions.getFirst();
        counts = merge(flat ? new int[] {first.refs().getFirst().size()} : first.to().shape());
        List<Stride> steps = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) steps.add(stride(k, stores));
        shape = new LoopShape(counts.length, List.copyOf(steps), List.copyOf(nodes), List.copyOf(stores), List.copyOf(added),
                phase.scalar || steps.contains(Stride.ANY), single);
    }

    // ---- operands and nodes

    private int operand(Ref r) {
        int k = 0;
        for (; k < operands.size(); k++) if (operands.get(k).same(r)) return k;
        operands.add(r);
        return k;
    }

    private int read(Ref r) {
        Integer known = current.get(r);
        if (known != null) return known;
        int value = node(new Node.Load(operand(r)));
        current.put(r, value);
        return value;
    }

    private int node(Node n) {
        return numbers.computeIfAbsent(n, k -> {
            nodes.add(k);
            return nodes.size() - 1;
        });
    }

    private int apply(nad.arithmetic.Primitive f, List<Integer> args) {
        Formula formula = f.formula();
        boolean call = formula == null || single && !formula.roundsOnce();
        return call ? node(new Node.Call(f, List.copyOf(args))) : node(formula, args, new IdentityHashMap<>());
    }

    private int node(Formula f, List<Integer> args, Map<Formula, Integer> known) {
        Integer found = known.get(f);
        if (found != null) return found;
        int made = switch (f) {
            case Formula.Arg a -> args.get(a.k());
            case Formula.Number n -> node(new Node.Number(n.value()));
            case Formula.Apply a -> {
                List<Integer> x = new ArrayList<>();
                for (Formula g : a.args()) x.add(node(g, args, known));
                yield node(new Node.Apply(a.op(), List.copyOf(x)));
            }
            case Formula.Choose c -> node(new Node.Choose(c.test(), node(c.a(), args, known), node(c.b(), args, known),
                    node(c.then(), args, known), node(c.otherwise(), args, known)));
        };
        known.put(f, made);
        return made;
    }

    // ---- axes

    /// Merges each axis with the next where every operand runs through both in one stride; sets the strides of what is left.
    private int[] merge(int[] space) {
        int d = space.length;
        int[] shape = space.clone();
        int[][] steps = new int[operands.size()][];
        for (int j = 0; j < steps.length; j++)
            steps[j] = isPartial(j) || operands.get(j).layout().rank() == 0 ? new int[d] : operands.get(j).layout().strides().clone();
        boolean[] gone = new boolean[d];
        int left = d;
        for (int k = d - 1; k > 0; k--) {
            boolean all = true;
            for (int[] s : steps) all &= s[k - 1] == s[k] * shape[k];
            if (!all) continue;
            for (int[] s : steps) s[k - 1] = s[k];
            shape[k - 1] *= shape[k];
            gone[k] = true;
            left--;
        }
        for (int[] s : steps) strides.add(kept(s, gone, left));
        return kept(shape, gone, left);
    }

    private static int[] kept(int[] values, boolean[] gone, int left) {
        int[] out = new int[left];
        int n = 0;
        for (int k = 0; k < values.length; k++) if (!gone[k]) out[n++] = values[k];
        return out;
    }

    private boolean isPartial(int operand) {
        return partials.contains(operand);
    }

    /// A place whose cells the innermost loop writes again and again is read and written each time.
    private Stride stride(int operand, List<Store> stores) {
        int[] s = strides.get(operand);
        int inner = s[s.length - 1];
        if (inner == 1) return Stride.UNIT;
        return inner == 0 && stores.stream().noneMatch(w -> w.operand() == operand) ? Stride.UNIFORM : Stride.ANY;
    }
}
