package nad.html;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Rational;
import nad.bound.ForwardCosts;
import nad.core.Program;
import nad.print.Figures;
import nad.print.Printer;
import nad.report.Span;

/// A tangent program of P: each statement's tangent, which is computed right behind it.
final class Tangents extends Subject {
    private final ForwardCosts c;
    private final String kind;
    private final int directions;
    private final List<Row> rows;
    private final List<Part> parts = new ArrayList<>();

    /// @param kind what it computes: jvp, directional, lexi
    Tangents(Program p, Program q, ForwardCosts c, String kind, int directions) {
        super(p, q);
        this.c = c;
        this.kind = kind;
        this.directions = directions;
        this.rows = c.rows().stream().map(r -> new Row(r.instruction(), r.statement(), r.span(), r.operation(), r.cost(), r.tangent(), r.omega())).toList();
        for (int k = 0; k < rows.size(); k++) {
            ForwardCosts.Row r = c.rows().get(k);
            if (r.from() < r.to()) parts.add(new Part("tangent of " + rows.get(k).name(), k, r.from(), r.to(), false));
        }
    }

    @Override
    Words words() {
        return new Words(title(), "Tangents, along " + along(), "tangent",
                "no statement: its tangent is 0 or another's", "The costs", "Within the bound", "Beyond the bound");
    }

    private String title() {
        return kind + "(" + p.name() + ")";
    }

    private String along() {
        return directions + (directions == 1 ? " direction" : " directions");
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
        return c.rows().get(statement).from() < c.rows().get(statement).to();
    }

    /// The head of the program, which names the directions.
    @Override
    List<String> before() {
        return List.of(Printer.header(q));
    }

    @Override
    List<String> after() {
        return List.of();
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
    List<String> why() {
        return List.of(c.holds() ? "Within the bound." : "Beyond the bound.", "Summed over all statements, cost(" + title() + ") = " + Figures.cost(c.costQ()) + (c.holds() ? " ≤ " : " > ") + "ω · cost("
                + p.name() + ") = " + Figures.ratio(c.omega()) + " · " + Figures.cost(c.costP()) + " = " + Figures.cost(c.omega().times(c.costP())) + ", where ω is the largest for " + along()
                + ". What is counted here are the costs; that the tangents are right is no part of it.");
    }

    @Override
    Span place() {
        return Span.NONE;
    }
}
