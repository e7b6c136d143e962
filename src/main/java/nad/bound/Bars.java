package nad.bound;

import java.util.Arrays;
import nad.core.Operand;
import nad.core.Program;

/// [cert-bars] Which variable of the dump is the bar of which variable of the forward part. A bar is known by who reads it: the block of
/// its variable's statement, or the results behind P's; one that nobody reads (its products with the literal 1 are folded) by what it
/// is given. Names say nothing.
final class Bars {
    static final int NONE = -1;

    private final Program q;
    private final int n;
    private final int[] bar;
    private final int[] owner;
    /// Whether the variable's bar has received a contribution.
    private final boolean[] given;

    /// @param n how many statements the forward part has
    Bars(Program q, int n) {
        this.q = q;
        this.n = n;
        this.bar = new int[q.variables()];
        this.owner = new int[q.variables()];
        this.given = new boolean[q.variables()];
        Arrays.fill(bar, NONE);
        Arrays.fill(owner, NONE);
    }

    int of(int variable) {
        return bar[variable];
    }

    /// The variable that a bar belongs to, as far as it is known.
    int owner(int b) {
        return owner[b];
    }

    boolean given(int variable) {
        return given[variable];
    }

    void give(int variable, int b) {
        own(variable, b);
        given[variable] = true;
    }

    void own(int variable, int b) {
        if (b >= 0 && mayOwn(variable, b)) {
            bar[variable] = b;
            owner[b] = variable;
        }
    }

    /// Whether b is the variable's bar, as far as that is known.
    boolean isOf(int variable, int b) {
        return bar[variable] == b || mayOwn(variable, b);
    }

    private boolean mayOwn(int variable, int b) {
        return bar[variable] == NONE && owner[b] == NONE && q.definition(b) >= n && Arrays.equals(q.shape(variable), q.shape(b));
    }

    /// Whether an operand is the whole bar of a variable.
    boolean shows(Operand o, int variable) {
        return o instanceof Operand.View v && v.variable() == bar[variable] && v.layout().isWhole(q.shape(variable));
    }
}
