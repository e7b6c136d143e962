package nad.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Rational;
import nad.bound.Omega;
import nad.check.Checker;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.dictionary.Term;
import nad.dictionary.TermText;
import nad.report.Problem;
import nad.report.Span;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "dictionary", description = "D and D': what each operation means and costs, its adjoint rule, its kinks, its ω beside the paper's.",
        footer = {"", "Example:  nad dictionary --cost-model multiplicative", "          nad dictionary samples/huber.nad"})
final class DictionaryCommand extends NadCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "A file whose elementary functions and dictionaries count too.")
    String file;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text, markdown: the tables of spec/3-dictionary.md, in c; or coq: spec/proof/Dictionary.v.")
    String format;

    @Option(names = "--cost-model", paramLabel = "MODEL", completionCandidates = Choices.CostModels.class, description = "${COMPLETION-CANDIDATES}, or a dictionary of the file.")
    String costModel;

    @Option(names = "--convention", paramLabel = "CONVENTION", completionCandidates = Choices.Conventions.class, description = "Selections at kinks: ${COMPLETION-CANDIDATES}.")
    String convention;

    @Option(names = "--kink", paramLabel = "relu=0.5", description = "The selection at one function's kink (repeatable).")
    List<String> kinks = List.of();

    @Option(names = "--only", paramLabel = "relu,abs", split = ",", description = "These operations and their primes only.")
    List<String> only;

    @Override
    int execute(Pipeline pipe) throws Refusal {
        if (file != null) pipe.readAlone(file);
        CostModel prices = pipe.costModel(costModel, null);
        Selections selections = pipe.selections(convention, kinks, file == null ? null : pipe.checker().items().dictionaries().get(prices.name()));
        List<Elementary> entries = new ArrayList<>(Standard.entries());
        entries.addAll(file == null ? Checker.preludeEntries() : pipe.checker().declared());
        if (!List.of("text", "markdown", "coq").contains(format)) throw new Refusal(new Problem.BadOption(Span.NONE, "--format", format, "text, markdown or coq"));
        refuseUnknown(entries);
        if (only != null) entries.removeIf(e -> !only.contains(e.name.split("'")[0]));
        if (json) answer(object(entries, prices, selections));
        else if (format.equals("coq")) out().print(CoqDictionary.of(entries));
        else if (format.equals("markdown")) out().print(DictionaryTable.markdown(entries));
        else out().print(text(entries, prices, selections));
        return DONE;
    }

    private void refuseUnknown(List<Elementary> entries) throws Refusal {
        if (only == null) return;
        List<String> known = entries.stream().filter(e -> !e.inPrime).map(e -> e.name).distinct().toList();
        for (String name : only) if (!known.contains(name)) throw new Refusal(new Problem.UnknownFunction(Span.NONE, name, known));
    }

    private static Rational largest(List<Elementary> entries, CostModel prices) {
        Rational largest = Rational.ONE;
        for (Elementary e : entries) {
            Rational w = e.inPrime ? null : Omega.of(e, prices);
            if (w != null && w.compareTo(largest) > 0) largest = w;
        }
        return largest;
    }

    private Map<String, Object> object(List<Elementary> entries, CostModel prices, Selections selections) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", prices.name());
        out.put("convention", selections.convention());
        List<Map<String, Object>> list = new ArrayList<>();
        for (Elementary e : entries) {
            Map<String, Object> x = new LinkedHashMap<>();
            x.put("name", e.name);
            x.put("arity", e.arity);
            x.put("prime", e.inPrime);
            x.put("meaning", e.doc);
            x.put("cost", Omega.costText(e, prices));
            x.put("adjoint", rule(e));
            x.put("smoothness", e.smoothness.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
            x.put("kink", kink(e, selections));
            x.put("selections", ConventionTable.object(e));
            x.put("departures", e.departures);
            x.put("omega", e.inPrime ? null : Json.number(Omega.of(e, prices)));
            x.put("omega_paper", Json.number(Omega.paper(e, prices)));
            list.add(x);
        }
        out.put("entries", list);
        out.put("broken_identities", Identities.object(Identities.of(selections, only)));
        out.put("omega", Json.number(largest(entries, prices)));
        return out;
    }

    private String text(List<Elementary> entries, CostModel prices, Selections selections) {
        StringBuilder out = new StringBuilder();
        out.append("D, cost model ").append(prices.name()).append(", selections ").append(selections.convention()).append("\n\n");
        Table d = new Table("operation", ">cost", "adjoint block (v is the result's bar)", ">omega", ">paper", "kinks", "meaning");
        Table primes = new Table("operation", ">cost", "adjoint block", "meaning");
        for (Elementary e : entries) {
            if (e.inPrime) primes.row(call(e), Omega.costText(e, prices), rule(e), e.doc);
            else d.row(call(e), Omega.costText(e, prices), rule(e), Numbers.ratio(Omega.of(e, prices)), Numbers.ratio(Omega.paper(e, prices)), kink(e, selections), e.doc);
        }
        out.append(d);
        String conventions = ConventionTable.text(entries);
        if (!conventions.isEmpty()) conventions = '\n' + conventions;
        String identities = Identities.text(Identities.of(selections, only));
        if (!identities.isEmpty()) conventions += '\n' + identities;
        if (only != null) return out.append('\n').append(primes).append(conventions).toString();
        out.append("\nomega_b = ").append(Numbers.ratio(largest(entries, prices)))
                .append(" over all of D; of a program, the largest over its own operations\n\n");
        out.append("D' beyond D\n\n").append(primes).append(conventions);
        return out.toString();
    }

    static String call(Elementary e) {
        if (e.isSign()) return e.arity == 1 ? e.name + "x" : "x " + e.name + " y";
        List<String> names = TermText.operands(e);
        StringBuilder out = new StringBuilder(e.name).append('(');
        for (int k = 0; k < e.arity; k++) {
            boolean tangent = e.inPrime && k == e.arity - 1 && e.name.contains("'");
            if (k > 0) out.append(tangent ? "; " : ", ");
            out.append(tangent ? "v" : names.get(k));
        }
        return out.append(')').toString();
    }

    static String rule(Elementary e) {
        if (!e.differentiable()) return "– " + e.caveat;
        int rank = e.kind == Elementary.Kind.CONTRACTION ? 22 : e.kind == Elementary.Kind.POINTWISE ? 0 : 1;
        StringBuilder out = new StringBuilder();
        for (Term.Contribution c : e.rule(rank)) {
            String x = TermText.operands(e).get(c.arg());
            out.append(out.isEmpty() ? "" : "; ").append(x).append("_bar ").append(c.negative() ? "-= " : "+= ").append(TermText.ofRule(e, c.term()));
        }
        return out.toString();
    }

    private static String kink(Elementary e, Selections selections) {
        if (e.smoothness == Elementary.Smoothness.NOT_LIPSCHITZ || e.smoothness == Elementary.Smoothness.DISCONTINUOUS) return e.caveat;
        return ConventionTable.inForce(e, selections);
    }
}
