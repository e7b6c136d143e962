package nad.compile;

import java.util.Arrays;
import java.util.BitSet;
import nad.core.Operand;
import nad.core.Program;
import nad.core.Program.Kind;

/// Copies that need not be made: the variable that `y = x` defines may live in x's cells where neither changes while the
/// other is still read, or where x is not used again.
final class Aliases {
    private final int[] home;
    private final int[] lastRead;
    private final int[] lastWrite;
    private final BitSet elided = new BitSet();

    Aliases(Program p) {
        int n = p.variables();
        home = new int[n];
        lastRead = new int[n];
        lastWrite = new int[n];
        Arrays.fill(lastRead, -1);
        Arrays.fill(lastWrite, -1);
        for (int v = 0; v < n; v++) home[v] = v;
        for (int i = 0; i < p.length(); i++) {
            for (int k = 0; k < p.arity(i); k++) read(p, p.ref(i, k), i);
            int t = p.target(i);
            lastWrite[t] = i;
            if (p.kind(i) == Kind.ADD || p.kind(i) == Kind.SUBTRACT) lastRead[t] = i;
        }
        for (Operand r : p.results()) r.forEachView(v -> lastRead[v.variable()] = Integer.MAX_VALUE);
        boolean[] parameter = new boolean[n];
        for (Program.Parameter q : p.parameters()) parameter[q.variable()] = true;
        for (int i = 0; i < p.length(); i++) if (p.kind(i) == Kind.SET) consider(p, i, parameter);
    }

    private void read(Program p, int ref, int i) {
        if (ref >= 0) lastRead[ref] = i;
        else p.operand(ref).forEachView(v -> lastRead[v.variable()] = i);
    }

    private void consider(Program p, int i, boolean[] parameter) {
        int y = p.placeRef(i);
        if (y < 0 || p.definition(y) != i || p.ref(i, 0) < 0) return;
        int x = home(p.ref(i, 0));
        boolean constant = lastWrite[x] <= i && lastWrite[y] <= i;
        boolean over = lastRead[x] <= i && lastWrite[x] <= i && !parameter[x];
        if (!constant && !over) return;
        elided.set(i);
        home[y] = x;
        lastRead[x] = Math.max(lastRead[x], lastRead[y]);
        lastWrite[x] = Math.max(lastWrite[x], lastWrite[y]);
    }

    /// The variable whose cells hold this one.
    int home(int variable) {
        int v = variable;
        while (home[v] != v) v = home[v];
        if (v != variable) home[variable] = v;
        return v;
    }

    int lastWrite(int variable) {
        return lastWrite[home(variable)];
    }

    boolean elided(int instruction) {
        return elided.get(instruction);
    }

    /// The last instruction that reads or writes the cells of this variable; results count as read at the end.
    int lastUse(int variable) {
        int v = home(variable);
        return Math.max(lastRead[v], lastWrite[v]);
    }
}
