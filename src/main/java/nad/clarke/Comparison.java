package nad.clarke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
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
/// @param answers each way's answer
/// @param nearby  the gradients around the point
/// @param set     the Clarke set, or null where it is not listed
public record Comparison(List<Answer> answers, Nearby nearby, ClarkeSet set) {
    /// @param way      such as `backprop, pytorch`
    /// @param backprop whether a selection gave it, as in other frameworks
    public record Answer(String way, boolean backprop, Quantity[] gradient) {}

    public enum Verdict {
        /// No answer differs from what F does around the point.
        SOUND,
        /// Some answers of backprop are neither the gradient that the neighbourhood agrees on nor a Clarke element.
        ARTEFACT,
        /// The neighbourhood has several gradients, and whether all answers are Clarke elements is not known.
        OPEN
    }

    private static final int SELECTIONS = 4;
    private static final int LOCKINGS = 3;
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
        if (nearby.limit() != null) return !close(a.gradient, nearby.limit());
        return set != null && set.membership(Gradients.exact(a.gradient)) instanceof Hull.Outside;
    }

    /// The answers of backprop of which neither is known: there is no limit and no set, and they are no mean of the gradients that were met.
    public List<Answer> open() {
        return nearby.limit() != null || set != null ? List.of() : answers.stream().filter(Answer::backprop).filter(a -> !nearby.accountsFor(a.gradient, CLOSE)).toList();
    }

    public Verdict verdict() {
        return !artefacts().isEmpty() ? Verdict.ARTEFACT : open().isEmpty() ? Verdict.SOUND : Verdict.OPEN;
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
        Run own = Interpreter.run(q, at, arithmetic, selections, false);
        answers.add(new Answer("backprop", true, gradient(own, p)));
        for (String c : Selections.CONVENTIONS) answers.add(new Answer("backprop, " + c, true, gradient(q, p, at, arithmetic, Selections.of(c))));
        for (int k = 1; k <= SELECTIONS; k++)
            answers.add(new Answer("backprop, random selection " + k, true, gradient(q, p, at, arithmetic, random(p, own.kinks(), selections, random))));
        answers.add(new Answer("lexicographic", false, Gradients.vector(Lexicographic.of(p, names, problems).at(at, arithmetic).gradient())));
        for (int k = 0; k < LOCKINGS; k++) answers.add(new Answer("locked, seed " + (seed + k), false, locking.at(at, arithmetic, seed + k).gradient()));
        KhanBarton.Element active = KhanBarton.of(p, names, problems).at(at, arithmetic);
        if (active.gradient() != null) answers.add(new Answer("Khan-Barton", false, active.gradient()));
        return new Comparison(answers, Nearby.of(p, q, names, at, arithmetic, selections, random), set);
    }

    private static Quantity[] gradient(Program q, Program p, Map<String, Tensor> at, Arithmetic arithmetic, Selections s) throws Interpreter.Stopped {
        return gradient(Interpreter.run(q, at, arithmetic, s, false), p);
    }

    static Quantity[] gradient(Run run, Program p) {
        return Gradients.vector(run.results().subList(p.results().size(), run.results().size()));
    }

    /// At each function's kink a random element, in sixteenths, of what may be selected there; of a declared function of one variable at those
    /// that were met.
    private static Selections random(Program p, List<Run.Met> met, Selections s, RandomGenerator random) {
        for (Elementary f : p.operations()) {
            if (f.clarke != null) s = s.with(f.name, between(f.clarke[0], f.clarke[1], random));
            else if (f.declared != null && f.kink != null && f.arity > 1) s = s.with(f.name, between(Rational.ZERO, Rational.ONE, random));
        }
        for (Run.Met m : met) {
            Elementary f = p.operation(m.instruction());
            if (f.declared == null || f.arity > 1) continue;
            Rational[] hull = Gradients.exact(m.kink().clarke().getFirst());
            s = s.with(f.name, Gradients.exact(m.arguments().toArray(Quantity[]::new))[0], between(hull[0], hull[1], random));
        }
        return s;
    }

    private static Rational between(Rational lo, Rational hi, RandomGenerator random) {
        return lo.plus(hi.minus(lo).times(Rational.of(random.nextInt(17), 16)));
    }

    static boolean close(Quantity[] x, Quantity[] y) {
        for (int k = 0; k < x.length; k++) if (!(Math.abs(x[k].toDouble() - y[k].toDouble()) <= CLOSE * (1 + Math.abs(y[k].toDouble())))) return false;
        return true;
    }
}
