package nad.bound;

import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Term;
import nad.dictionary.TermText;
import nad.report.Span;

/// The places of a pair of programs in words, for whom the checker blames.
final class Words {
    private final Program p;
    private final Program q;

    Words(Program p, Program q) {
        this.p = p;
        this.q = q;
    }

    String statement(int i) {
        return "`" + p.name(p.target(i)) + "`" + (p.span(i) == Span.NONE ? "" : " (" + p.where(i) + ")");
    }

    /// A variable of the dump by its name; where it has none, a value that stands inside the statement that uses it, by that of P's own.
    String named(int variable) {
        int i = q.definition(variable);
        return q.name(variable) != null || i < 0 || i >= p.length() ? q.name(variable) : p.name(p.target(i));
    }

    Span at(int block) {
        return block < 0 || q.blockStart(block) == q.blockEnd(block) ? Span.NONE : q.span(q.blockStart(block));
    }

    /// @param statement whose block it is; negative for what stands before the first
    String whose(int statement) {
        return statement < 0 ? "the result" : "the block of " + statement(statement);
    }

    String rule(int statement) {
        if (statement < 0) return scalar(p) ? "1" : "its seed";
        StringBuilder out = new StringBuilder();
        Elementary g = q.operation(statement);
        for (Term.Contribution c : g.rule(q.rank(statement)))
            out.append(out.isEmpty() ? "" : "; ").append(TermText.operands(g).get(c.arg())).append("_bar ").append(c.negative() ? "-= " : "+= ").append(TermText.ofRule(g, c.term()));
        return "`" + out + "` (v = " + q.name(q.target(statement)) + "_bar)";
    }

    static boolean scalar(Program p) {
        return p.results().size() == 1 && p.results().getFirst().rank() == 0;
    }
}
