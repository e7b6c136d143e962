package nad.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.bound.Certificate;
import nad.clarke.Contradictions;
import nad.core.Program;
import nad.dictionary.CostModel;
import nad.html.Evaluation;
import nad.html.Page;
import nad.report.Problem;
import nad.report.Report;
import nad.run.Run;
import nad.run.Tensor;

/// The page on P, backprop(P) and their certificate, with an evaluation where a point is given.
final class HtmlReport {
    private HtmlReport() {}

    /// @param where the point, or null
    static String of(Pipeline pipe, Program p, Program q, Certificate c, CostModel prices, GradientOptions gradient, RunOptions where) throws Refusal {
        Evaluation at = where == null || !where.given() ? null : evaluation(pipe, p, q, gradient, where);
        pipe.stage("printing");
        return Page.of(p, q, c, prices.name(), at);
    }

    private static Evaluation evaluation(Pipeline pipe, Program p, Program q, GradientOptions gradient, RunOptions where) throws Refusal {
        Arithmetic a = where.arithmetic();
        Map<String, Tensor> inputs = pipe.inputs(q, a, where.at, where.files, where.seed);
        Run run = pipe.run(q, inputs, a, where.selections(pipe, p), where.strict);
        List<Problem> told = new ArrayList<>(run.warnings());
        List<Problem> contradictions = Contradictions.told(p, gradient.wrt, inputs, a, where.selections(pipe, p), run.kinks());
        contradictions.forEach(pipe::warn);
        told.addAll(contradictions);
        List<Evaluation.Fact> facts = new ArrayList<>();
        inputs.forEach((name, t) -> facts.add(new Evaluation.Fact(name, Numbers.text(t, a))));
        Iterator<String> by = p.parameters().stream().filter(gradient::includes).map(Program.Parameter::name).iterator();
        int own = p.results().size();
        for (int k = 0; k < run.results().size(); k++)
            facts.add(new Evaluation.Fact(k < own ? "result" : by.hasNext() ? "gradient " + by.next() : "gradient", Numbers.text(run.results().get(k), a)));
        Map<Integer, List<String>> kinks = new HashMap<>();
        for (Run.Met m : run.kinks()) kinks.computeIfAbsent(m.instruction(), i -> new ArrayList<>()).add((KinkText.index(m) + " " + KinkText.choice(p, m, a)).strip());
        return new Evaluation(facts, kinks, GradCommand.classical(run), told.stream().map(Report::message).toList());
    }
}
