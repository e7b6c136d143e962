package nad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.dictionary.Elementary;
import nad.dictionary.Selections;
import nad.dictionary.Standard;
import nad.report.Span;
import nad.run.Run;
import nad.run.Tensor;
import nad.tensor.Layout;
import nad.tensor.Shapes;

/// Entries of the dictionary as programs of one statement, so that whatever holds for programs can be asked of an entry.
final class Entries {
    private Entries() {}

    static final String DECLARATIONS = """
            elementary hinge(t) {
              when t > 1   : t - 0.5
              when t < -1  : -t - 0.5
              otherwise    : 0.5 * t * t
            }
            elementary bent(a, b) {
              when a >= 2 * b : 3 * a - 6 * b
              otherwise       : a * b - 2 * b * b
            }
            elementary priced(a) cost 7 {
              otherwise : exp(a) * a
            }
            program f(x) {
              return hinge(x) + bent(x, x) + priced(x)
            }
            """;

    /// D, D', the prelude and a few functions of a user's own; the scans of LD-derivatives keep laws of their own.
    static List<Elementary> all() {
        List<Elementary> all = new ArrayList<>(Standard.entries());
        all.addAll(Checker.preludeEntries());
        Program p = Nad.program(DECLARATIONS);
        p.declared().forEach(d -> all.addAll(d.entries()));
        all.removeIf(f -> f.kind == Elementary.Kind.SCAN);
        return all;
    }

    /// The ranks that an entry may have, of the statement that applies it.
    static List<Integer> ranks(Elementary f) {
        return f.kind == Elementary.Kind.CONTRACTION ? List.of(11, 21, 12, 22) : List.of(f.kind == Elementary.Kind.POINTWISE ? 0 : 1);
    }

    static Program program(Elementary f, int rank, int n) {
        ProgramBuilder b = new ProgramBuilder("f", Map.of(), null);
        int[][] shapes = new int[f.arity][];
        for (int k = 0; k < f.arity; k++)
            shapes[k] = switch (f.kind) {
                case POINTWISE -> Shapes.SCALAR;
                case REDUCTION, NORMALISATION -> new int[] {n};
                case SCATTER -> k == 0 ? new int[] {n} : Shapes.SCALAR;
                case CONTRACTION -> k == 0 ? rank / 10 == 2 ? new int[] {2, n} : new int[] {n} : rank % 10 == 2 ? new int[] {n, 3} : new int[] {n};
                case SCAN -> throw new IllegalArgumentException(f.name);
            };
        int[] refs = new int[f.arity];
        for (int k = 0; k < f.arity; k++) refs[k] = b.parameter("x" + (k + 1), shapes[k], false);
        int[] result = switch (f.kind) {
            case POINTWISE, REDUCTION -> Shapes.SCALAR;
            case NORMALISATION, SCATTER -> new int[] {n};
            case CONTRACTION -> Shapes.concat(Shapes.take(shapes[0], 0, shapes[0].length - 1), Shapes.take(shapes[1], 1, shapes[1].length));
            case SCAN -> throw new IllegalArgumentException(f.name);
        };
        int z = b.variable("z", result);
        b.apply(f, rank, z, Span.NONE, refs);
        return b.build(List.of(new Operand.View(z, Layout.whole(result))));
    }

    /// The parameters that a rule has something to give to: a prime only to its last.
    static List<String> differentiated(Elementary f) {
        return f.rule(ranks(f).getFirst()).stream().map(c -> "x" + (c.arg() + 1)).distinct().sorted().toList();
    }

    /// What differences of an entry's value say of its rule at a point.
    ///
    /// @param wrong    what is wrong; null where nothing is
    /// @param compared of how many derivatives it is said: of none at a kink and outside the domain
    record Compared(String wrong, int compared) {}

    static Compared compared(Elementary f, int rank, int n, double[] point, double[] seed) {
        Program p = program(f, rank, n);
        List<String> by = differentiated(f);
        Program q = Nad.backprop(p, by.toArray(new String[0]));
        Map<String, Tensor> x = inputs(q, point, seed);
        Run run = Nad.run(q, x);
        int compared = 0;
        if (!run.kinks().isEmpty() || !finite(run)) return new Compared(null, 0);
        for (int k = 0; k < by.size(); k++) {
            double[] gradient = run.results().get(1 + k).real();
            for (int e = 0; e < gradient.length; e++) {
                double coarse = difference(p, x, by.get(k), e, seed, 1e-4);
                double fine = difference(p, x, by.get(k), e, seed, 0.5e-4);
                if (!(Math.abs(coarse - fine) < 1e-6 * Math.max(1, Math.abs(fine)))) continue;
                compared++;
                if (!(Math.abs(gradient[e] - fine) < 1e-5 * Math.max(1, Math.abs(fine))))
                    return new Compared(f + " by " + by.get(k) + " at " + Arrays.toString(point) + ": " + gradient[e] + " and not " + fine, compared);
            }
        }
        return new Compared(null, compared);
    }

    static boolean finite(Run run) {
        return run.results().stream().allMatch(t -> Arrays.stream(t.real()).allMatch(Double::isFinite));
    }

    private static double difference(Program p, Map<String, Tensor> x, String by, int entry, double[] seed, double h) {
        return (weighted(p, x, by, entry, seed, h) - weighted(p, x, by, entry, seed, -h)) / (2 * h);
    }

    private static double weighted(Program p, Map<String, Tensor> x, String by, int entry, double[] seed, double h) {
        Map<String, Tensor> moved = new HashMap<>(x);
        double[] d = x.get(by).real().clone();
        d[entry] += h;
        moved.put(by, Tensor.of(x.get(by).shape(), d));
        Tensor z = Nad.run(p, moved).results().getFirst();
        if (z.shape().length == 0) return z.toDouble(0);
        double sum = 0;
        for (int k = 0; k < z.size(); k++) sum += seed[k % seed.length] * z.toDouble(k);
        return sum;
    }

    /// The numbers of `point`, one after the other and again from the start, for the parameters; `seed` for the seed.
    static Map<String, Tensor> inputs(Program q, double[] point, double[] seed) {
        Map<String, Tensor> out = new HashMap<>();
        int at = 0;
        for (Program.Parameter x : q.parameters()) {
            double[] d = new double[Shapes.size(x.shape())];
            boolean isSeed = x.name().equals("seed");
            for (int k = 0; k < d.length; k++) d[k] = isSeed ? seed[k % seed.length] : point[at++ % point.length];
            out.put(x.name(), Tensor.of(x.shape(), d));
        }
        return out;
    }

    /// The gradient by argument at a point, of a pointwise entry.
    static double[] gradient(Elementary f, double[] point, Selections s) {
        Program q = Nad.backprop(program(f, 0, 1));
        Run run = Nad.run(q, inputs(q, point, new double[] {1}), Arithmetic.FLOAT64, s);
        double[] out = new double[f.arity];
        for (int k = 0; k < f.arity; k++) out[k] = run.results().get(1 + k).toDouble(0);
        return out;
    }

    static Rational[] rationals(double[] x) {
        return Arrays.stream(x).mapToObj(Rational::of).toArray(Rational[]::new);
    }
}
