package nad.bound;

import java.util.ArrayList;
import java.util.List;
import nad.arithmetic.Rational;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Tangents;
import nad.report.Interrupt;
import nad.report.Span;

/// What a tangent program costs beside P, statement by statement, [forward-omega]. A count and no proof: that the tangents are those of
/// their statements is not looked at here.
///
/// @param omega the largest ω_f(k) over the operations of P
public record ForwardCosts(List<Row> rows, Rational costP, Rational costQ, Rational omega) {
    /// One statement of P with the statements of its tangent, which follow its copy in the tangent program: instructions `from`
    /// up to, not including, `to`; none where the tangent is zero or a view of another.
    ///
    /// @param omega ω_f(k) of the operation here; 1 where it has no tangent
    public record Row(int instruction, String statement, Span span, String operation, int from, int to, Rational cost, Rational tangent, Rational omega) {}

    /// @param q the tangent program of P along k directions: it bears P's variables under P's numbers, and more behind them
    public static ForwardCosts of(Program p, Program q, int k, Tangents.Way way, CostModel prices) {
        List<Row> rows = new ArrayList<>(p.length());
        Rational omega = Rational.ONE;
        int at = 0;
        for (int i = 0; i < p.length(); i++) {
            Interrupt.heed();
            int from = ++at;
            while (at < q.length() && q.target(at) >= p.variables()) at++;
            Rational w = ForwardOmega.of(p, i, k, way, prices);
            if (w == null) w = Rational.ONE;
            if (w.compareTo(omega) > 0) omega = w;
            rows.add(new Row(i, p.name(p.target(i)), p.span(i), p.operation(i).name, from, at, prices.cost(StaticCost.of(p, i)), prices.cost(StaticCost.of(q, from, at)), w));
        }
        return new ForwardCosts(rows, prices.cost(StaticCost.of(p)), prices.cost(StaticCost.of(q)), omega);
    }

    /// Whether the tangent program costs at most ω_f(k) · cost(P).
    public boolean holds() {
        return costQ.compareTo(omega.times(costP)) <= 0;
    }
}
