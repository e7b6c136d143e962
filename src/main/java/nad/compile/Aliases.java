package nad.compile;

import java.util.BitSet;
import nad.core.Operand;
import nad.core.Program;
import nad.core.Program.Kind;

/// Copies that need not be made: the variable that `y = x` defines may live in x's cells where neither changes while the
/// other is still read, or where x is not used again.
final class Aliases {
    private static final int APPLY = Kind.APPLY.ordinal();
    private static final int SET = Kind.SET.ordinal();

    /// Of each variable the last instruction that reads or writes its cells; of one that lives in another's, −1 − that one.
    private final int[] last;
    /// The last instruction that writes to a variable which exists.
    private final int[] lastWrite;
    private final BitSet elided = new BitSet();

    Aliases(Program p) {
        last = new int[p.variables()];
        lastWrite = new int[p.variables()];
        uses(p);
        for (Operand r : p.results()) r.forEachView(v -> last[v.variable()] = Integer.MAX_VALUE);
        for (int i = 0, n = p.length(); i < n; i++) if (p.number(p.at(i)) >>> 28 == SET) consider(p, i);
        for (Program.Parameter q : p.parameters()) last[home(q.variable())] = Integer.MAX_VALUE;
    }

    private void uses(Program p) {
        // The variable that an operand in the pool is a view of; −1 where it is no view.
        int[] viewed = new int[p.pooled()];
        for (int k = 0; k < viewed.length; k++) viewed[k] = p.pooled(k) instanceof Operand.View v ? v.variable() : -1;
        for (int i = 0, at = 0, end, n = p.length(); i < n; i++, at = end) {
            end = p.at(i + 1);
            for (int k = at + 2; k < end; k++) {
                int ref = p.number(k);
                if (ref >= 0) last[ref] = i;
                else if (viewed[-1 - ref] >= 0) last[viewed[-1 - ref]] = i;
                else read(p.pooled(-1 - ref), i);
            }
            int to = p.number(at + 1);
            int t = to >= 0 ? to : viewed[-1 - to];
            last[t] = i;
            if (p.number(at) >>> 28 != APPLY) lastWrite[t] = i;
        }
    }

    private void read(Operand o, int i) {
        o.forEachView(v -> last[v.variable()] = i);
    }

    private void consider(Program p, int i) {
        int y = p.placeRef(i);
        if (y < 0 || p.definition(y) != i || p.ref(i, 0) < 0) return;
        int x = home(p.ref(i, 0));
        boolean constant = lastWrite[x] <= i && lastWrite[y] <= i;
        boolean over = last[x] <= i && p.definition(x) >= 0;
        if (!constant && !over) return;
        elided.set(i);
        last[x] = Math.max(last[x], last[y]);
        last[y] = -1 - x;
        lastWrite[x] = Math.max(lastWrite[x], lastWrite[y]);
    }

    /// The variable whose cells hold this one. It has cells of its own: a copy is considered after all that its source is a copy of.
    int home(int variable) {
        int l = last[variable];
        return l >= 0 ? variable : -1 - l;
    }

    int lastWrite(int variable) {
        return lastWrite[home(variable)];
    }

    /// Brings what is known of sixteen variables into the cache, to no other effect.
    int expect(int variable) {
        return last[variable];
    }

    boolean elided(int instruction) {
        return elided.get(instruction);
    }

    /// The last instruction that reads or writes the cells of this variable; parameters and results count as read at the end.
    int lastUse(int variable) {
        return last[home(variable)];
    }
}
