package nad.clarke;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Quantity;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.core.Activity;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Selections;
import nad.forward.Forprop;
import nad.lexi.Directions;
import nad.report.Problem;
import nad.run.Interpreter;
import nad.run.Run;
import nad.run.Tensor;

/// Branch locking (Kakade & Lee 2018; Khan 2018): a Clarke element at a cost that the dimension does not multiply. One random
/// direction v decides every kink by the side that v leads to; with the branches locked there, one reverse sweep gives the
/// gradient of the piece. Both are transformations that NAD has: the program of F'(x; v), and backprop of that program by v with
/// its decisions held; spec/10-clarke.md [clarke-locked].
public final class Locking {
    /// What is known of the answer.
    public enum Guarantee {
        /// The arguments of all kinks met are piecewise linear: for almost every v a Clarke element.
        CERTAIN,
        /// Some are curved, and along this v each of those moves at once: a Clarke element.
        QUALIFIED,
        /// A curved argument does not move along v to first order, so that which piece is entered is not known; or P is not known to be
        /// locally Lipschitz there, as where the answer is not finite.
        UNQUALIFIED
    }

    /// @param gradient  by entries of the differentiated parameters
    /// @param direction the v that was drawn
    /// @param blame     the statement of P that makes the answer unqualified, at an undecided kink or not locally Lipschitz; else −1
    /// @param lipschitz false where that statement may not be locally Lipschitz there
    public record Element(Quantity[] gradient, Rational[] direction, Guarantee guarantee, int blame, boolean lipschitz, Run run) {}

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS = RandomGeneratorFactory.of("L64X128MixRandom");

    private final Program p;
    private final List<String> names;
    private final Program locked;
    /// The directional derivative again, with what its scans saw for results.
    private final Program watched;
    private final List<Integer> scans;
    private final Linearity linearity;
    private final Lipschitz lipschitz;
    private final int n;

    private Locking(Program p, List<String> names, Program directional, Program locked, int n) {
        this.p = p;
        this.names = names;
        this.locked = locked;
        this.n = n;
        this.scans = Scan.of(directional);
        this.watched = ProgramBuilder.extending(directional, directional.name()).build(scans.stream().flatMap(i -> Scan.operands(directional, i).stream()).toList());
        boolean[] wrt = Activity.wrt(p, names, new ArrayList<>());
        this.linearity = new Linearity(p, wrt);
        this.lipschitz = new Lipschitz(p, wrt);
    }

    /// @param p     of one scalar result
    /// @param names the parameters to differentiate by; null stands for all that are not data
    /// @return null where problems were added
    public static Locking of(Program p, List<String> names, List<Problem> problems) {
        Gradients by = Gradients.of(p, names, problems);
        Program directional = by == null ? null : Forprop.directional(p, names, 1, problems);
        if (directional == null) return null;
        Program derivative = ProgramBuilder.extending(directional, p.name() + "_locked").build(List.of(directional.results().getLast()));
        List<String> dots = directional.parameters().stream().skip(p.parameters().size()).map(Program.Parameter::name).toList();
        Program locked = Backprop.held(derivative, dots, problems);
        return locked == null ? null : new Locking(p, names, directional, locked, by.entries());
    }

    /// The whole transformed program: P, its derivative along v, the adjoint blocks of that. Its results are F'(x; v) and the
    /// element.
    public Program program() {
        return locked;
    }

    /// @param seed of the direction: the same seed gives the same
    public Element at(Map<String, Tensor> at, Arithmetic arithmetic, long seed) throws Interpreter.Stopped {
        return along(direction(n, seed), at, arithmetic);
    }

    /// Entries in [−1, 1) of 32 random bits each, so that a kink's argument stays at rest by accident once in 2³² draws.
    static Rational[] direction(int n, long seed) {
        RandomGenerator random = GENERATORS.create(seed);
        Rational[] v = new Rational[n];
        for (int k = 0; k < n; k++) v[k] = Rational.of(random.nextInt(), 1L << 31);
        return v;
    }

    Element along(Rational[] v, Map<String, Tensor> at, Arithmetic arithmetic) throws Interpreter.Stopped {
        Map<String, Tensor> inputs = new LinkedHashMap<>(at);
        Directions.along(p, names, new Rational[][] {v}, new ArrayList<>()).tangents(watched)
                .forEach((name, x) -> inputs.put(name, Tensor.of(Lexicographic.shape(watched, name), x)));
        Run run = Interpreter.run(locked, inputs, arithmetic, Selections.DEFAULT, false);
        List<Tensor> seen = Interpreter.run(watched, inputs, arithmetic, Selections.DEFAULT, false).results();
        int blame = linearity.assumed();
        Guarantee guarantee = blame < 0 ? Guarantee.CERTAIN : Guarantee.UNQUALIFIED;
        for (int s = 0; s < scans.size(); s++) {
            Scan scan = Scan.seen(watched, scans.get(s), seen.get(3 * s), seen.get(3 * s + 1));
            int statement = Scan.statement(p, watched, scans.get(s));
            if (!scan.met() || linearity.argumentsOf(statement)) continue;
            if (guarantee == Guarantee.CERTAIN) guarantee = Guarantee.QUALIFIED;
            if (!scan.undecided()) continue;
            guarantee = Guarantee.UNQUALIFIED;
            blame = blame < 0 ? statement : blame;
        }
        Quantity[] gradient = Gradients.vector(run.results().subList(1, run.results().size()));
        boolean finite = Arrays.stream(gradient).allMatch(g -> Double.isFinite(g.toDouble()) || g instanceof Rational);
        int violated = finite && guarantee != Guarantee.UNQUALIFIED ? lipschitz.violatedAt(at, arithmetic) : -1;
        if (!finite || violated >= 0) guarantee = Guarantee.UNQUALIFIED;
        return new Element(gradient, v, guarantee, violated >= 0 ? violated : blame, violated < 0, run);
    }
}
