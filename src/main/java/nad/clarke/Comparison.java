package nad.clarke;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.arithmetic.Real;
import nad.backprop.Backprop;
import nad.core.Program;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// The artefact detector: all ways to differentiate at one point, side by side, and the gradients at points nearby. What
/// backprop returns at a kink of its statements is an artefact of the text if the gradients around the point agree on something
/// else, or if it is not in the Clarke set; spec/10-clarke.md [clarke-artefact].
///
/// @param answers  each way's answer
/// @param nearby   gradients at random points at a distance of about 2⁻²⁰, none of them at a kink
/// @param limit    what those agree on, or null
/// @param set      the Clarke set, or null where it is not listed
public record Comparison(List<Answer> answers, List<Quantity[]> nearby, Quantity[] limit, ClarkeSet set) {
    /// @param way      such as `backprop, pytorch`
    /// @param backprop whether a selection gave it, as in other frameworks
    public record Answer(String way, boolean backprop, Quantity[] gradient) {}

    public enum Verdict {
        /// No answer differs from what F does around the point.
        SOUND,
        /// Some answers of backprop are neither the gradient that the neighbourhood agrees on nor a Clarke element.
        ARTEFACT,
        /// The neighbourhood has several gradients, and whether the answers are Clarke elements is not known.
        OPEN
    }

    private static final int SELECTIONS = 4;
    private static final int LOCKINGS = 3;
    private static final int NEIGHBOURS = 8;
    /// Gradients nearby may differ by what the curvature does on the way, and by rounding.
    private static final double CLOSE = 1e-4;

    /// Whether some answers differ.
    public boolean differ() {
        return answers.stream().anyMatch(a -> !close(a.gradient, answers.getFirst().gradient));
    }

    /// The answers of backprop that F does not account for.
    public List<Answer> artefacts() {
        return answers.stream().filter(Answer::backprop).filter(this::isArtefact).toList();
    }

    private boolean isArtefact(Answer a) {
        if (limit != null) return !close(a.gradient, limit);
        return set != null && set.membership(Gradients.exact(a.gradient)) instanceof Hull.Outside;
    }

    public Verdict verdict() {
        return !artefacts().isEmpty() ? Verdict.ARTEFACT : limit == null && set == null ? Verdict.OPEN : Verdict.SOUND;
    }

    /// @param selections those in force
    /// @param set        the Clarke set, or null
    /// @param seed       of everything random here
    /// @return null where problems were added
    public static Comparison of(Program p, List<String> names, Map<String, Tensor> at, Arithmetic arithmetic, Selections selections, ClarkeSet set, long seed,
            List<Problem> problems) throws Interpreter.Stopped {
        Program q = Backprop.of(p, names, problems);
        Locking locking = q == null ? null : Locking.of(p, names, problems);
        if (locking == null) return null;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Answer> answers = new ArrayList<>();
        answers.add(new Answer("backprop", true, gradient(q, p, at, arithmetic, selections)));
        for (String c : Selections.CONVENTIONS) answers.add(new Answer("backprop, " + c, true, gradient(q, p, at, arithmetic, Selections.of(c))));
        for (int k = 1; k <= SELECTIONS; k++)
            answers.add(new Answer("backprop, random selection " + k, true, gradient(q, p, at, arithmetic, random(p, selections, random))));
        answers.add(new Answer("lexicographic", false, Gradients.vector(Lexicographic.of(p, names, problems).at(at, arithmetic).gradient())));
        for (int k = 0; k < LOCKINGS; k++) answers.add(new Answer("locked, seed " + (seed + k), false, locking.at(at, arithmetic, seed + k).gradient()));
        KhanBarton.Element active = KhanBarton.of(p, names, problems).at(at, arithmetic);
        if (active.gradient() != null) answers.add(new Answer("Khan-Barton", false, active.gradient()));
        List<Quantity[]> nearby = new ArrayList<>();
        for (int k = 0; k < 4 * NEIGHBOURS && nearby.size() < NEIGHBOURS; k++) {
            Run run = Interpreter.run(q, moved(p, names, at, random), arithmetic, selections, false);
            if (run.kinks().isEmpty()) nearby.add(gradient(run, p));
        }
        Quantity[] first = nearby.isEmpty() ? null : nearby.getFirst();
        return new Comparison(answers, nearby, nearby.stream().allMatch(g -> close(g, first)) ? first : null, set);
    }

    private static Quantity[] gradient(Program q, Program p, Map<String, Tensor> at, Arithmetic arithmetic, Selections s) throws Interpreter.Stopped {
        return gradient(Interpreter.run(q, at, arithmetic, s, false), p);
    }

    private static Quantity[] gradient(Run run, Program p) {
        return Gradients.vector(run.results().subList(p.results().size(), run.results().size()));
    }

    /// At each function's kink a random element, in sixteenths, of what may be selected there.
    private static Selections random(Program p, Selections s, RandomGenerator random) {
        for (Elementary f : p.operations())
            if (f.clarke != null) s = s.with(f.name, f.clarke[0].plus(f.clarke[1].minus(f.clarke[0]).times(Rational.of(random.nextInt(17), 16))));
        return s;
    }

    private static Map<String, Tensor> moved(Program p, List<String> names, Map<String, Tensor> at, RandomGenerator random) {
        Map<String, Tensor> out = new LinkedHashMap<>(at);
        for (Program.Parameter x : Gradients.of(p, names, new ArrayList<>()).parameters()) {
            Tensor t = at.get(x.name());
            Quantity[] moved = new Quantity[t.size()];
            for (int k = 0; k < moved.length; k++) {
                Rational step = Rational.of((random.nextInt() >> 16) | 1, 1L << 35);
                moved[k] = t.get(k) instanceof Rational r ? r.plus(step) : new Real(t.toDouble(k) + step.toDouble());
            }
            out.put(x.name(), t.real() == null ? Tensor.of(t.shape(), moved) : Tensor.of(t.shape(), java.util.Arrays.stream(moved).mapToDouble(Quantity::toDouble).toArray()));
        }
        return out;
    }

    static boolean close(Quantity[] x, Quantity[] y) {
        for (int k = 0; k < x.length; k++) if (!(Math.abs(x[k].toDouble() - y[k].toDouble()) <= CLOSE * (1 + Math.abs(y[k].toDouble())))) return false;
        return true;
    }
}
