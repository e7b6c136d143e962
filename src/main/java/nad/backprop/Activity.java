package nad.backprop;

import nad.core.Operand;
import nad.core.Program;

/// Which variables a gradient needs: those that depend on a parameter that is differentiated by, and that reach a result.
final class Activity {
    private final Program p;
    private final boolean[] active;
    private final boolean[] useful;

    Activity(Program p, boolean[] wrt) {
        this.p = p;
        this.active = new boolean[p.variables()];
        this.useful = new boolean[p.variables()];
        for (int k = 0; k < wrt.length; k++) active[p.parameters().get(k).variable()] = wrt[k];
        for (int i = 0; i < p.length(); i++) {
            boolean a = false;
            for (int k = 0; k < p.arity(i) && !a; k++) a = touches(p.ref(i, k), active);
            if (a) active[p.target(i)] = true;
        }
        for (Operand r : p.results()) r.forEachView(v -> useful[v.variable()] = true);
        for (int i = p.length() - 1; i >= 0; i--) if (useful[p.target(i)]) for (int k = 0; k < p.arity(i); k++) mark(p.ref(i, k));
    }

    private boolean touches(int ref, boolean[] set) {
        if (ref >= 0) return set[ref];
        boolean[] found = new boolean[1];
        p.operand(ref).forEachView(v -> found[0] |= set[v.variable()]);
        return found[0];
    }

    private void mark(int ref) {
        if (ref >= 0) useful[ref] = true;
        else p.operand(ref).forEachView(v -> useful[v.variable()] = true);
    }

    boolean needed(int variable) {
        return active[variable] && useful[variable];
    }

    /// Whether any of the operand's variables needs a bar.
    boolean needed(Operand o) {
        boolean[] found = new boolean[1];
        o.forEachView(v -> found[0] |= needed(v.variable()));
        return found[0];
    }

    boolean neededRef(int ref) {
        return ref >= 0 ? needed(ref) : needed(p.operand(ref));
    }
}
