package nad.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.core.Program;
import nad.dictionary.RealRows;
import nad.dictionary.Selections;
import nad.dictionary.Tally;
import nad.report.Problem;
import nad.report.Report;
import nad.tensor.Shapes;

/// Many evaluations of one program by the [Interpreter], one after the other: what a batch means. Some parameters have a value
/// for each sample, along an axis before their own; the others have the same value for all.
public final class Samples {
    /// Samples that are added up before their sum is added to that of those before.
    private static final int BLOCK = 128;

    private final Program p;
    private final Map<String, Tensor> inputs;
    private final int count;
    private final Map<Integer, Run.Met> kinks = new LinkedHashMap<>();
    private final Map<Integer, Run.Met> near = new LinkedHashMap<>();
    private final Map<String, Problem> warnings = new LinkedHashMap<>();
    private Tally tally;
    private Tally forward;

    private Samples(Program p, Map<String, Tensor> inputs) {
        this.p = p;
        this.inputs = inputs;
        this.count = count(p, inputs);
    }

    /// Whether a value has an axis more than its parameter.
    public static boolean isBatch(Program.Parameter q, Tensor value) {
        return value.shape().length > q.shape().length;
    }

    /// The number of samples; 0 where no parameter has a value for each.
    public static int count(Program p, Map<String, Tensor> inputs) {
        for (Program.Parameter q : p.parameters()) if (isBatch(q, inputs.get(q.name()))) return inputs.get(q.name()).shape()[0];
        return 0;
    }

    /// The shapes of a batch's results.
    public static List<int[]> shapes(Program p, int samples, boolean summed) {
        return p.results().stream().map(r -> summed ? r.shape() : Shapes.concat(new int[] {samples}, r.shape())).toList();
    }

    /// The results of all samples, or their sums in the order that spec/4-meaning.md fixes for batches, float32 rounded once
    /// at the end. The tallies are those of one sample. A kink stands for its entries in all samples, a warning for the same
    /// one in later samples.
    ///
    /// @param summed    for float64 and float32 only
    /// @param tolerance how near to a kink is told
    public static Run run(Program p, Map<String, Tensor> inputs, boolean summed, Arithmetic arithmetic, Selections selections, boolean strict,
            double tolerance) throws Interpreter.Stopped {
        Samples s = new Samples(p, inputs);
        List<List<Tensor>> block = new ArrayList<>();
        double[][] sums = summed ? p.results().stream().map(r -> new double[r.size()]).toArray(double[][]::new) : null;
        for (int k = 0; k < s.count; k++) {
            block.add(s.note(k, Interpreter.run(p, s.sample(k), arithmetic, selections, strict, tolerance)));
            if (!summed || k + 1 < s.count && block.size() < BLOCK) continue;
            add(block, sums, k < BLOCK);
            block.clear();
        }
        List<int[]> shapes = shapes(p, s.count, summed);
        List<Tensor> results = new ArrayList<>();
        for (int r = 0; r < shapes.size(); r++)
            results.add(summed ? rounded(shapes.get(r), sums[r], arithmetic) : stacked(shapes.get(r), block, r));
        return new Run(results, s.tally, s.forward, List.copyOf(s.kinks.values()), List.copyOf(s.near.values()), List.copyOf(s.warnings.values()));
    }

    private Map<String, Tensor> sample(int k) {
        Map<String, Tensor> out = new LinkedHashMap<>(inputs);
        for (Program.Parameter q : p.parameters()) {
            Tensor all = inputs.get(q.name());
            if (isBatch(q, all)) out.put(q.name(), part(all, k, q.shape()));
        }
        return out;
    }

    private static Tensor part(Tensor all, int k, int[] shape) {
        int n = Shapes.size(shape);
        return all.real() != null ? Tensor.of(shape, java.util.Arrays.copyOfRange(all.real(), k * n, (k + 1) * n))
                : Tensor.of(shape, java.util.Arrays.copyOfRange(all.exact(), k * n, (k + 1) * n));
    }

    private List<Tensor> note(int k, Run run) {
        tally = run.tally();
        forward = run.forwardTally();
        for (Run.Met m : run.kinks())
            kinks.merge(m.instruction(), m.in(k + 1), Samples::both);
        for (Run.Met m : run.near()) near.merge(m.instruction(), m.in(k + 1), Run.Met::nearer);
        for (Problem w : run.warnings()) warnings.putIfAbsent(Report.code(w) + w.at(), w);
        return run.results();
    }

    private static Run.Met both(Run.Met first, Run.Met later) {
        return new Run.Met(first.instruction(), first.sample(), first.index(), first.arguments(), first.kink(), null, first.entries() + later.entries());
    }

    private static void add(List<List<Tensor>> block, double[][] sums, boolean first) {
        double[] x = new double[block.size()];
        for (int r = 0; r < sums.length; r++)
            for (int k = 0; k < sums[r].length; k++) {
                for (int s = 0; s < x.length; s++) x[s] = block.get(s).get(r).real()[k];
                double sum = RealRows.sum(x, 0, x.length);
                sums[r][k] = first ? sum : sums[r][k] + sum;
            }
    }

    /// Sums in the arithmetic's own numbers.
    public static Tensor rounded(int[] shape, double[] sums, Arithmetic arithmetic) {
        if (arithmetic == Arithmetic.FLOAT32) for (int k = 0; k < sums.length; k++) sums[k] = (float) sums[k];
        return Tensor.of(shape, sums);
    }

    private static Tensor stacked(int[] shape, List<List<Tensor>> samples, int r) {
        int n = samples.getFirst().get(r).size();
        if (samples.getFirst().get(r).real() == null) {
            nad.arithmetic.Quantity[] out = new nad.arithmetic.Quantity[Shapes.size(shape)];
            for (int s = 0; s < samples.size(); s++) System.arraycopy(samples.get(s).get(r).exact(), 0, out, s * n, n);
            return Tensor.of(shape, out);
        }
        double[] out = new double[Shapes.size(shape)];
        for (int s = 0; s < samples.size(); s++) System.arraycopy(samples.get(s).get(r).real(), 0, out, s * n, n);
        return Tensor.of(shape, out);
    }
}
