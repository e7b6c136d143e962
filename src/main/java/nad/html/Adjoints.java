package nad.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.bound.Certificate;
import nad.core.Program;
import nad.print.Figures;
import nad.report.Span;

/// backprop(P), its adjoint blocks, and the certificate of the pair.
final class Adjoints extends Subject {
    private final Certificate c;
    private final Evaluation evaluation;
    private final List<Row> rows;
    private final List<Part> parts = new ArrayList<>();
    private final boolean[] has;

    Adjoints(Program p, Program q, Certificate c, Evaluation evaluation) {
        super(p, q);
        this.c = c;
        this.evaluation = evaluation;
        this.rows = c.rows().stream().map(r -> new Row(r.instruction(), r.statement(), r.span(), r.operation(), r.cost(), r.adjoint(), r.omega())).toList();
        this.has = new boolean[rows.size()];
        // A dump may call things otherwise: a block belongs to the statement that the checker paired it with.
        Map<Integer, Integer> statements = new HashMap<>();
        for (int k = 0; k < rows.size(); k++) statements.put(c.rows().get(k).block(), k);
        for (int b = 0; b < q.blocks(); b++) {
            Integer k = statements.get(b);
            if (k != null) has[k] = true;
            parts.add(new Part("adjoint " + q.name(q.blockTarget(b)), k, q.blockStart(b), q.blockEnd(b), blamed(b)));
        }
    }

    @Override
    Words words() {
        return new Words("backprop(" + p.name() + ")", "Adjoint blocks, in reverse", "block", "no block: the result does not depend on it, or it on data alone",
                "The proof", "The bound holds", c instanceof Certificate.Violated ? "Bound violated" : "Within the cost, but not an instance of the rules");
    }

    @Override
    List<Row> rows() {
        return rows;
    }

    @Override
    List<Part> parts() {
        return parts;
    }

    @Override
    boolean hasPart(int statement) {
        return has[statement];
    }

    /// The seeds.
    @Override
    List<String> before() {
        return texts(Math.min(q.ownLength(), q.forwardLength()), q.forwardLength());
    }

    @Override
    List<String> after() {
        return texts(q.blocks() == 0 ? q.length() : q.blockEnd(q.blocks() - 1), q.length());
    }

    @Override
    Rational costP() {
        return c.costP();
    }

    @Override
    Rational costQ() {
        return c.costQ();
    }

    @Override
    Rational omega() {
        return c.omega();
    }

    @Override
    boolean holds() {
        return c.holds();
    }

    @Override
    Evaluation evaluation() {
        return evaluation;
    }

    @Override
    List<String> why() {
        if (c instanceof Certificate.Violated) return List.of("The bound is violated:", c.reason());
        if (!(c instanceof Certificate.Holds h)) return List.of("Within the cost, but not an instance of the rules:", c.reason());
        String name = p.name();
        return List.of("It holds.", "Each adjoint block is an instance of its statement's rule, which is data, and costs at most ω − 1 times its"
                + " statement. Summed over all statements, cost(backprop(" + name + ")) = " + Figures.cost(c.costQ()) + " ≤ ω · cost(" + name + ")"
                + (entries().isEmpty() ? "" : " + the entries of the results") + " = " + Figures.ratio(c.omega()) + " · " + Figures.cost(c.costP()) + entries() + " = "
                + Figures.cost(c.bound()) + "." + (h.strongZero() ? " Products and quotients with a bar have a strong zero: a bar that is exactly 0 stays 0 (mul0, div0)." : ""));
    }

    /// What the fan-out of a result that is no scalar may add.
    private String entries() {
        Rational spread = c.bound().minus(c.omega().times(c.costP()));
        return spread.sign() == 0 ? "" : " + " + Figures.cost(spread);
    }

    @Override
    Span place() {
        return c.place();
    }

    /// Whether the checker's blame lies in this block.
    private boolean blamed(int block) {
        for (int i = q.blockStart(block); i < q.blockEnd(block); i++) if (within(c.place(), q.span(i))) return true;
        return false;
    }

    private static boolean within(Span place, Span span) {
        return place != Span.NONE && span != Span.NONE && place.source() == span.source() && span.begin() <= place.begin() && place.begin() <= span.end();
    }
}
