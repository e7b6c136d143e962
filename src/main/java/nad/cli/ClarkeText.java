package nad.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.clarke.ClarkeElements;
import nad.clarke.Comparison;
import nad.clarke.Contradictions.Contradiction;
import nad.clarke.Gradients;
import nad.clarke.Hull;
import nad.clarke.KhanBarton;
import nad.clarke.Locking;
import nad.core.Program;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.run.Run;
import nad.run.Tensor;

/// What `nad clarke` answers, as text and as JSON.
final class ClarkeText {
    private static final int MOST_SHOWN = 16;

    private final Program p;
    private final CostModel prices;
    private final Arithmetic arithmetic;
    private final ClarkeElements answer;
    private final Gradients by;
    private final Rational cost;

    private ClarkeText(Program p, CostModel prices, Arithmetic arithmetic, ClarkeElements answer) {
        this.p = p;
        this.prices = prices;
        this.arithmetic = arithmetic;
        this.answer = answer;
        this.by = answer.by();
        this.cost = prices.cost(StaticCost.of(p));
    }

    // ---- JSON

    static Map<String, Object> object(Program p, CostModel prices, Arithmetic arithmetic, ClarkeElements answer, Comparison comparison,
            List<Contradiction> contradictions, boolean near, Pipeline pipe) {
        ClarkeText t = new ClarkeText(p, prices, arithmetic, answer);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("program", p.name());
        out.put("sizes", p.sizes());
        out.put("arithmetic", arithmetic.text());
        out.put("result", answer.run().results().getFirst());
        out.put("backprop", t.by.tensors(answer.backprop()));
        out.put("lexicographic", t.by.tensors(t.lexicographic()));
        out.put("locked", t.by.tensors(answer.locked().gradient()));
        out.put("locking", t.locking());
        out.put("khan_barton", answer.khanBarton().gradient() == null ? null : t.by.tensors(answer.khanBarton().gradient()));
        out.put("basis", t.basis());
        out.put("set", answer.set() == null ? null : t.set());
        out.put("backprop_in_set", answer.backpropInSet());
        switch (answer.membership()) {
            case null -> {}
            case Hull.Inside in -> {
                out.put("weights", List.of(t.shown(in.weights())));
                if (in.within() != null) out.put("within", bound(in.within()));
            }
            case Hull.Outside o -> out.put("hyperplane", t.hyperplane(o));
        }
        out.put("cost", t.costs());
        if (near) out.put("near_kinks", answer.run().near().stream().map(m -> KinkText.object(p, m)).toList());
        if (comparison != null) {
            out.put("comparison", t.comparison(comparison));
            out.put("contradictions", contradictions.stream().map(t::contradiction).toList());
        }
        out.put("warnings", Json.problems(pipe.warnings()));
        return out;
    }

    private Map<String, Object> locking() {
        Locking.Element e = answer.locked();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("guarantee", e.guarantee().name().toLowerCase(Locale.ROOT));
        out.put("direction", by.tensors(e.direction()));
        if (e.blame() >= 0) {
            out.put("statement", p.name(p.target(e.blame())));
            Json.place(out, p, e.blame(), false);
        }
        return out;
    }

    private Map<String, Object> basis() {
        KhanBarton.Element e = answer.khanBarton();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("guarantee", e.certain() ? "certain" : e.gradient() == null ? "none" : "unqualified");
        out.put("directions", Arrays.stream(e.basis()).map(by::tensors).toList());
        out.put("sweeps", e.sweeps());
        if (e.blame() >= 0) {
            out.put("statement", p.name(p.target(e.blame())));
            Json.place(out, p, e.blame(), false);
        }
        return out;
    }

    private Map<String, Object> set() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("vertices", answer.set().vertices().stream().map(v -> by.tensors(shown(v))).toList());
        out.put("complete", true);
        out.put("cells", answer.set().cells());
        if (answer.set().radius() != null) out.put("radius", bound(answer.set().radius()));
        return out;
    }

    private Map<String, Object> hyperplane(Hull.Outside o) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("normal", by.tensors(shown(o.normal())));
        out.put("backprop", shown(o.point()));
        out.put("set", shown(o.hull()));
        return out;
    }

    private Map<String, Object> costs() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", prices.name());
        out.put("program", Json.number(cost));
        out.put("backprop", Json.number(prices.cost(answer.run().tally())));
        out.put("lexicographic", Json.number(prices.cost(answer.lexicographic().run().tally())));
        out.put("locked", Json.number(prices.cost(answer.locked().run().tally())));
        out.put("khan_barton", Json.number(prices.cost(answer.khanBarton().tally())));
        return out;
    }

    private Map<String, Object> comparison(Comparison c) {
        Map<String, Object> out = new LinkedHashMap<>();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (Comparison.Answer a : c.answers()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("way", a.way());
            one.put("gradient", by.tensors(a.gradient()));
            answers.add(one);
        }
        out.put("answers", answers);
        out.put("differ", c.differ());
        out.put("nearby", c.nearby().gradients().stream().map(by::tensors).toList());
        out.put("nearby_agree", c.nearby().limit() != null);
        out.put("nearby_distance", new Real(Math.scalb(1.0, -c.nearby().distance())));
        out.put("artefacts", c.artefacts().stream().map(Comparison.Answer::way).toList());
        out.put("open", c.open().stream().map(Comparison.Answer::way).toList());
        out.put("verdict", c.verdict().name().toLowerCase(Locale.ROOT));
        return out;
    }

    private Map<String, Object> contradiction(Contradiction c) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("statements", List.of(p.name(p.target(c.first())), p.name(p.target(c.second()))));
        out.put("operations", List.of(p.operation(c.first()).name, p.operation(c.second()).name));
        out.put("lines", List.of(p.span(c.first()).line(), p.span(c.second()).line()));
        out.put("shares", c.ofFirst() == null ? null : List.of(c.ofFirst(), c.ofSecond()));
        return out;
    }

    // ---- text

    static String text(Program p, CostModel prices, Arithmetic arithmetic, ClarkeElements answer, Comparison comparison, List<Contradiction> contradictions) {
        ClarkeText t = new ClarkeText(p, prices, arithmetic, answer);
        StringBuilder out = new StringBuilder();
        line(out, "result", Numbers.text(answer.run().results().getFirst(), arithmetic));
        line(out, "backprop", t.gradient(answer.backprop()));
        line(out, "lexicographic", t.gradient(t.lexicographic()));
        line(out, "locked", t.gradient(answer.locked().gradient()));
        line(out, "", t.guarantee());
        line(out, "Khan-Barton", answer.khanBarton().gradient() == null ? "none" : t.gradient(answer.khanBarton().gradient()));
        line(out, "", t.basisText());
        t.appendSet(out);
        for (Run.Met m : answer.run().near()) line(out, "near kink", KinkText.of(p, m, arithmetic));
        line(out, "cost", t.costText());
        if (comparison != null) t.append(comparison, out);
        for (Contradiction c : contradictions) line(out, "contradiction", t.contradictionText(c));
        return out.toString();
    }

    private static void line(StringBuilder out, String head, String text) {
        out.append(String.format("%-15s%s", head, text).stripTrailing()).append('\n');
    }

    private Quantity[] lexicographic() {
        List<Quantity> all = new ArrayList<>();
        for (Tensor t : answer.lexicographic().gradient()) for (int k = 0; k < t.size(); k++) all.add(t.get(k));
        return all.toArray(Quantity[]::new);
    }

    private String gradient(Quantity[] g) {
        List<String> parts = new ArrayList<>();
        by.tensors(g).forEach((name, t) -> parts.add(name + " = " + Numbers.text(t, arithmetic)));
        return String.join(", ", parts);
    }

    /// Numbers near those at the point, in six digits.
    private String nearly(Quantity[] g) {
        Quantity[] rounded = new Quantity[g.length];
        for (int k = 0; k < g.length; k++) {
            double x = g[k].toDouble();
            rounded[k] = new Real(Double.isFinite(x) ? new BigDecimal(x).round(new MathContext(6)).doubleValue() : x);
        }
        List<String> parts = new ArrayList<>();
        by.tensors(rounded).forEach((name, t) -> parts.add(name + " = " + Numbers.text(t, Arithmetic.FLOAT64)));
        return String.join(", ", parts);
    }

    /// A bound, rounded up to two digits.
    private static Quantity bound(Rational r) {
        return new Real(new BigDecimal(Math.nextUp(r.toDouble())).round(new MathContext(2, RoundingMode.CEILING)).doubleValue());
    }

    /// Fractions among doubles are shown as doubles.
    private Quantity shown(Rational r) {
        return arithmetic == Arithmetic.RATIONAL ? r : new Real(r.toDouble());
    }

    private Quantity[] shown(Rational[] vector) {
        return Arrays.stream(vector).map(this::shown).toArray(Quantity[]::new);
    }

    private String guarantee() {
        Locking.Element e = answer.locked();
        return switch (e.guarantee()) {
            case CERTAIN -> "certain: the arguments of all kinks met are piecewise linear";
            case QUALIFIED -> "qualified: every kink met is decided along the random direction";
            case UNQUALIFIED -> "unqualified: " + (e.blame() < 0 ? "it is not finite, as `" + p.name() + "` is not locally Lipschitz here"
                    : (e.lipschitz() ? "the direction does not decide " + named(e.blame()) : named(e.blame()) + " may not be locally Lipschitz here")
                            + ", so this may be no Clarke element");
        };
    }

    private String basisText() {
        KhanBarton.Element e = answer.khanBarton();
        String statement = e.blame() < 0 ? "" : named(e.blame());
        if (e.certain()) return "certain: at every kink one piece is taken along " + (e.basis().length == 1 ? "1 direction" : e.basis().length + " independent directions") + ", found in " + e.sweeps() + (e.sweeps() == 1 ? " sweep" : " sweeps");
        if (e.gradient() == null) return statement + " is the norm of zeros, which has no pieces";
        return "unqualified: " + (e.blame() < 0 ? "it is not finite, as `" + p.name() + "` is not locally Lipschitz here"
                : (e.lipschitz() ? "to first order no direction decides " + statement : statement + " may not be locally Lipschitz here")
                        + ", so this may be no Clarke element");
    }

    private String named(int statement) {
        return "`" + p.operation(statement).name + "` in the statement of `" + p.name(p.target(statement)) + "` (" + p.where(statement) + ")";
    }

    private void appendSet(StringBuilder out) {
        if (answer.set() == null) {
            line(out, "Clarke set", "not listed");
            return;
        }
        List<Rational[]> v = answer.set().vertices();
        line(out, "Clarke set", (v.size() == 1 ? "one vector" : "the hull of " + v.size() + " vertices") + ", complete; " + answer.set().cells()
                + (answer.set().cells() == 1 ? " cell" : " cells") + " around the point"
                + (answer.set().radius() == null || answer.set().radius().sign() == 0 ? "" : "; entries within " + Numbers.text(bound(answer.set().radius()), arithmetic)));
        Rational[] weights = answer.membership() instanceof Hull.Inside in ? in.weights() : null;
        for (int k = 0; k < Math.min(v.size(), MOST_SHOWN); k++)
            line(out, "", gradient(shown(v.get(k))) + (weights == null || weights[k].sign() == 0 ? "" : "   weight " + Numbers.text(shown(weights[k]), arithmetic)));
        if (v.size() > MOST_SHOWN) line(out, "", "… and " + (v.size() - MOST_SHOWN) + " more");
        line(out, "verdict", switch (answer.membership()) {
            case Hull.Inside in when in.within() != null -> "backprop's answer is within " + Numbers.text(bound(in.within()), arithmetic)
                    + " of the Clarke set, by each entry, as the mean of the vertices by these weights shows";
            case Hull.Inside in -> "backprop's answer is in the Clarke set: the mean of the vertices by these weights";
            case Hull.Outside o -> "backprop's answer is not in the Clarke set: its product with (" + gradient(shown(o.normal())) + ") is " + Numbers.text(shown(o.point()), arithmetic)
                    + ", and over the set at most " + Numbers.text(shown(o.hull()), arithmetic);
        });
    }

    private String costText() {
        return p.name() + " " + Numbers.cost(cost) + ", backprop " + priced(answer.run().tally()) + ", lexicographic " + priced(answer.lexicographic().run().tally())
                + ", locked " + priced(answer.locked().run().tally()) + ", Khan-Barton " + priced(answer.khanBarton().tally()) + " (" + prices.name() + ")";
    }

    private String priced(nad.dictionary.Tally t) {
        Rational c = prices.cost(t);
        return Numbers.cost(c) + (cost.sign() == 0 ? "" : " (ratio " + Numbers.ratio(c.over(cost)) + ")");
    }

    private void append(Comparison c, StringBuilder out) {
        for (Comparison.Answer a : c.answers()) line(out, "compare", a.way() + ": " + gradient(a.gradient()));
        List<Quantity[]> around = c.nearby().gradients();
        String where = " random points about 2^-" + c.nearby().distance() + " away ";
        if (around.isEmpty()) line(out, "nearby", "no point without kinks was found");
        else if (c.nearby().limit() != null) line(out, "nearby", "the gradients at " + around.size() + where + "agree: " + nearly(c.nearby().limit()));
        else {
            line(out, "nearby", "the gradients at " + around.size() + where + "do not agree:");
            Map<String, Integer> met = new LinkedHashMap<>();
            for (Quantity[] g : around) met.merge(nearly(g), 1, Integer::sum);
            met.entrySet().stream().limit(MOST_SHOWN).forEach(e -> line(out, "", e.getKey() + (e.getValue() > 1 ? "   at " + e.getValue() + " points" : "")));
            if (met.size() > MOST_SHOWN) line(out, "", "… and " + (met.size() - MOST_SHOWN) + " more");
        }
        line(out, "artefact", switch (c.verdict()) {
            case ARTEFACT -> "yes: " + String.join("; ", c.artefacts().stream().map(Comparison.Answer::way).toList());
            case SOUND -> !c.differ() ? "no: all answers are the same" : c.set() != null || c.nearby().limit() != null
                    ? "no: the answers differ, and so do the gradients around the point"
                    : "none seen: each answer of backprop is a mean of gradients nearby, within the tolerance; the Clarke set is not listed";
            case OPEN -> "not known: the gradients nearby differ, and the Clarke set is not listed; no mean of them is " + String.join("; ", c.open().stream().map(Comparison.Answer::way).toList());
        });
    }

    private String contradictionText(Contradiction c) {
        String both = c.first() == c.second() ? "two entries of " + place(c.first()) : place(c.first()) + " and " + place(c.second());
        return c.ofFirst() == null ? both + ": no mixture of the pieces around gives what is selected at both"
                : both + " look at the same quantity; of the side where the first's is positive one takes " + c.ofFirst() + " and the other " + c.ofSecond();
    }

    private String place(int i) {
        return "`" + p.operation(i).name + "` in `" + p.name(p.target(i)) + "` (" + p.where(i) + ")";
    }
}
