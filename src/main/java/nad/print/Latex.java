package nad.print;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.core.Operand;
import nad.core.Program;

/// A program as an `align*` environment of LaTeX with amsmath: the statements in order, numbered; then, where there are
/// adjoint blocks, their statements, each block under the number of its statement with a bar. Long programs need
/// `\allowdisplaybreaks`.
public final class Latex {
    private final Program p;
    private final Expression expression;
    private final List<String> lines = new ArrayList<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();

    private Latex(Program p) {
        this.p = p;
        this.expression = new Expression(p);
    }

    public static String print(Program p) {
        return new Latex(p).program();
    }

    private String program() {
        int i = 0;
        for (int b = 0; b < p.blocks(); b++) {
            for (; i < p.blockStart(b); i++) statement(i);
            if (b == 0) lines.add("\\intertext{and, with " + bars() + " for each value $v$, in reverse order}");
            block(b);
            i = p.blockEnd(b);
        }
        for (; i < p.length(); i++) statement(i);
        List<String> results = p.results().stream().map(r -> LatexText.of(expression.exact(r))).toList();
        lines.add("&\\text{return } " + String.join(",\\; ", results));
        StringBuilder out = new StringBuilder("% " + p.name() + "; needs \\usepackage{amsmath}\n\\begin{align*}\n");
        for (int k = 0; k < lines.size(); k++) {
            boolean text = lines.get(k).startsWith("\\intertext");
            boolean last = k == lines.size() - 1;
            boolean before = !last && lines.get(k + 1).startsWith("\\intertext");
            out.append("  ").append(lines.get(k)).append(text || last || before ? "\n" : " \\\\\n");
        }
        return out.append("\\end{align*}\n").toString();
    }

    /// What the bars are: derivatives of the one scalar result, or else cotangents by the seeds.
    private String bars() {
        List<Operand> own = p.results().stream().filter(this::isForward).toList();
        boolean scalar = own.size() == 1 && own.getFirst().rank() == 0 && own.getFirst() instanceof Operand.View;
        return scalar ? "$\\bar{v} = \\partial " + LatexText.of(expression.exact(own.getFirst())) + "/\\partial v$" : "the cotangent $\\bar{v}$";
    }

    private boolean isForward(Operand r) {
        boolean[] forward = {true};
        r.forEachView(v -> forward[0] &= p.definition(v.variable()) < 0 || numbers.containsKey(v.variable()));
        return forward[0];
    }

    private void statement(int i) {
        Phrase.Statement s = expression.statement(i);
        if (s == null) return;
        boolean numbered = p.kind(i) == Program.Kind.APPLY;
        if (numbered) numbers.put(p.target(i), numbers.size() + 1);
        lines.add(LatexText.of(s) + (numbered ? " \\tag{" + numbers.size() + "}" : ""));
    }

    /// The first line of a block bears its number.
    private void block(int b) {
        String tag = " \\tag{$\\overline{" + numbers.getOrDefault(p.blockTarget(b), 0) + "}$}";
        for (int i = p.blockStart(b); i < p.blockEnd(b); i++) {
            Phrase.Statement s = expression.statement(i);
            if (s == null) continue;
            lines.add(LatexText.of(s) + tag);
            tag = "";
        }
    }
}
