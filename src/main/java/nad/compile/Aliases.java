package nad.compile;

import java.util.BitSet;
import nad.core.Operand;
import nad.core.Program;
import nad.core.Program.Kind;

/// Copies that need not be made: the variable that `y = x` defines may live in x's cells where neither changes while the
/// other is still read, or where x is not used again.
final class Aliases {
    private static final int SET = Kind.SET.ordinal();
    private static final int ADD = Kind.ADD.ordinal();
    private static final int SUBTRACT = Kind.SUBTRACT.ordinal();

    /// 0 where it has cells of its own, else 1 more than the variable whose cells it lives in.
    private final int[] home;
    /// At the end the last that reads or writes the cells.
    private final int[] lastRead;
    private final int[] lastWrite;
    private final BitSet elided = new BitSet();

    Aliases(Program p) {
        int n = p.variables();
        home = new int[n];
        lastRead = new int[n];
        lastWrite = new int[n];
        uses(p);
        for (Operand r : p.results()) r.forEachView(v -> lastRead[v.variable()] = Integer.MAX_VALUE);
        for (int i = 0; i < p.length(); i++) if (p.number(p.at(i)) >>> 28 == SET) consider(p, i);
        for (int v = 0; v < n; v++) lastRead[v] = Math.max(lastRead[v], lastWrite[v]);
        for (Program.Parameter q : p.parameters()) lastRead[q.variable()] = Integer.MAX_VALUE;
        for (int v = 0; v < n; v++) if (home[v] != 0) lastRead[v] = lastRead[home(v)];
    }

    private void uses(Program p) {
        // The variable that an operand in the pool is a view of; −1 where it is no view.
        int[] viewed = new int[p.pooled()];
        for (int k = 0; k < viewed.length; k++) viewed[k] = p.pooled(k) instanceof Operand.View v ? v.variable() : -1;
        for (int i = 0, at = 0, end; i < p.length(); i++, at = end) {
            end = p.at(i + 1);
            for (int k = at + 2; k < end; k++) {
                int ref = p.number(k);
                if (ref >= 0) lastRead[ref] = i;
                else if (viewed[-1 - ref] >= 0) lastRead[viewed[-1 - ref]] = i;
                else read(p.pooled(-1 - ref), i);
            }
            int to = p.number(at + 1);
            int t = to >= 0 ? to : viewed[-1 - to];
            lastWrite[t] = i;
            int kind = p.number(at) >>> 28;
            if (kind == ADD || kind == SUBTRACT) lastRead[t] = i;
        }
    }

    private void read(Operand o, int i) {
        o.forEachView(v -> lastRead[v.variable()] = i);
    }

    private void consider(Program p, int i) {
        int y = p.placeRef(i);
        if (y < 0 || p.definition(y) != i || p.ref(i, 0) < 0) return;
        int x = home(p.ref(i, 0));
        boolean constant = lastWrite[x] <= i && lastWrite[y] <= i;
        boolean over = lastRead[x] <= i && lastWrite[x] <= i && p.definition(x) >= 0;
        if (!constant && !over) return;
        elided.set(i);
        home[y] = x + 1;
        lastRead[x] = Math.max(lastRead[x], lastRead[y]);
        lastWrite[x] = Math.max(lastWrite[x], lastWrite[y]);
    }

    /// The variable whose cells hold this one. It has cells of its own: a copy is considered after all that its source is a copy of.
    int home(int variable) {
        return home[variable] == 0 ? variable : home[variable] - 1;
    }

    int lastWrite(int variable) {
        return lastWrite[home(variable)];
    }

    boolean elided(int instruction) {
        return elided.get(instruction);
    }

    /// The last instruction that reads or writes the cells of this variable; parameters and results count as read at the end.
    int lastUse(int variable) {
        return lastRead[variable];
    }
}
