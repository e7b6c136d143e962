package nad.bound;

import java.util.Arrays;
import java.util.List;
import nad.core.Operand;
import nad.core.Program;
import nad.report.Span;
import nad.tensor.Shapes;

/// [cert-forward] Whether a dump takes P's parameters, carries out P's statements in order, and returns P's results first. Operands are
/// the same where they show the same entries, whatever views say so.
final class OwnStatements {
    private static final int NONE = -1;

    private final Program p;
    private final Program q;
    private final Meanings meanings;
    private final Words words;
    /// The dump's variable for each of P's.
    private final int[] image;

    OwnStatements(Program p, Program q, Meanings meanings, Words words) {
        this.p = p;
        this.q = q;
        this.meanings = meanings;
        this.words = words;
        this.image = new int[p.variables()];
        Arrays.fill(image, NONE);
    }

    /// @param seeds the shapes of the parameters that follow P's
    void compare(List<int[]> seeds) {
        parameters(seeds);
        for (int i = 0; i < p.length(); i++) statement(i);
        for (int k = 0; k < p.results().size(); k++)
            if (k >= q.results().size() || !same(p.results().get(k), q.results().get(k))) throw new Blame("result " + (k + 1) + " of the dump is not " + p.name() + "'s", Span.NONE);
    }

    private void parameters(List<int[]> seeds) {
        List<Program.Parameter> mine = p.parameters();
        List<Program.Parameter> theirs = q.parameters();
        if (theirs.size() != mine.size() + seeds.size())
            throw new Blame("the dump has " + theirs.size() + (theirs.size() == 1 ? " parameter where" : " parameters where") + " backprop(" + p.name() + ") has " + (mine.size() + seeds.size()), Span.NONE);
        for (int k = 0; k < mine.size(); k++) {
            if (!mine.get(k).name().equals(theirs.get(k).name()) || !Arrays.equals(mine.get(k).shape(), theirs.get(k).shape()))
                throw new Blame("parameter " + (k + 1) + " of the dump is `" + theirs.get(k).name() + ": " + Shapes.text(theirs.get(k).shape()) + "` and not `"
                        + mine.get(k).name() + ": " + Shapes.text(mine.get(k).shape()) + "`", Span.NONE);
            image[mine.get(k).variable()] = theirs.get(k).variable();
        }
        for (int k = 0; k < seeds.size(); k++)
            if (!Arrays.equals(theirs.get(mine.size() + k).shape(), seeds.get(k)))
                throw new Blame("the seed `" + theirs.get(mine.size() + k).name() + "` has not the shape " + Shapes.text(seeds.get(k)) + " of its result", Span.NONE);
    }

    private void statement(int i) {
        boolean same = i < q.forwardLength() && q.kind(i) == Program.Kind.APPLY && meanings.same(p.operation(i), q.operation(i))
                && p.rank(i) == q.rank(i) && p.arity(i) == q.arity(i) && Arrays.equals(p.shape(p.target(i)), q.shape(q.target(i)));
        for (int k = 0; same && k < p.arity(i); k++) {
            int mine = p.ref(i, k);
            int theirs = q.ref(i, k);
            same = mine >= 0 && theirs >= 0 ? image[mine] == theirs : same(p.operand(mine), q.operand(theirs));
        }
        if (!same && i < q.forwardLength() && q.kind(i) == Program.Kind.APPLY && p.operation(i).name.equals(q.operation(i).name) && !meanings.same(p.operation(i), q.operation(i)))
            throw new Blame("`" + q.operation(i).name + "` of the dump is another function than " + p.name() + "'s in " + words.statement(i), q.span(i));
        if (!same)
            throw new Blame("statement " + (i + 1) + " of the dump is not " + p.name() + "'s " + words.statement(i) + ": the forward statements must be " + p.name() + "'s own, in order",
                    i < q.length() ? q.span(i) : Span.NONE);
        image[p.target(i)] = q.target(i);
    }

    private boolean same(Operand mine, Operand theirs) {
        return sameParts(mine, theirs) || Arrays.equals(mine.shape(), theirs.shape()) && sameEntries(mine, theirs);
    }

    private boolean sameParts(Operand mine, Operand theirs) {
        return switch (mine) {
            case Operand.View v -> theirs instanceof Operand.View w && image[v.variable()] == w.variable() && v.layout().equals(w.layout());
            case Operand.Constant c -> c.equals(theirs);
            case Operand.Stack s -> {
                if (!(theirs instanceof Operand.Stack t) || s.axis() != t.axis() || s.parts().size() != t.parts().size()) yield false;
                boolean same = true;
                for (int k = 0; same && k < s.parts().size(); k++) same = sameParts(s.parts().get(k), t.parts().get(k));
                yield same;
            }
        };
    }

    /// Two views of one variable are the same only if their layouts are; what stacks show is compared entry by entry.
    private boolean sameEntries(Operand mine, Operand theirs) {
        if (!(mine instanceof Operand.Stack) && !(theirs instanceof Operand.Stack)) return false;
        for (int k = 0; k < mine.size(); k++) if (!sameParts(mine.entry(k), theirs.entry(k))) return false;
        return true;
    }
}
