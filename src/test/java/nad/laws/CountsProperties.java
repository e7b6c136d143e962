package nad.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Rational;
import nad.backprop.Backprop;
import nad.bound.Certificate;
import nad.bound.CheapGradient;
import nad.check.Checker;
import nad.core.Flat;
import nad.core.Operand;
import nad.core.Program;
import nad.core.ProgramBuilder;
import nad.core.StaticCost;
import nad.dictionary.CostModel;
import nad.dictionary.Elementary;
import nad.dictionary.Standard;
import nad.dictionary.Tally;
import nad.forward.Forprop;
import nad.report.Span;
import nad.run.Run;
import nad.tensor.Layout;
import nad.tensor.Shapes;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What a program costs is counted three times: from its text, by its run, by the certificate. One number, for every operation of D and D'
/// (taken from the tables, so that a new entry is asked without a word here) and for programs that use them all.
class CountsProperties {
    @Provide
    Arbitrary<String> any() {
        return Choices.tapes().map(t -> ProgramText.any(new Choices(t)));
    }

    @Example
    void the_three_counts_agree_on_every_entry() {
        List<Elementary> all = new ArrayList<>(Standard.entries());
        all.addAll(Checker.preludeEntries());
        Nad.program(Entries.DECLARATIONS).declared().forEach(d -> all.addAll(d.entries()));
        assertThat(all.stream().map(f -> f.kind)).contains(Elementary.Kind.values());
        for (Elementary f : all)
            for (int rank : f.kind == Elementary.Kind.CONTRACTION ? List.of(11, 12, 21, 22) : f.kind == Elementary.Kind.POINTWISE ? List.of(0) : List.of(1, 2))
                for (int n : List.of(1, 2, 5))
                    for (int constant = -1; constant < f.arity; constant++) {
                        Program p = statement(f, rank, n, constant);
                        agree(p, f.name + ", rank " + rank + ", n = " + n + ", constant " + constant);
                        String[] by = f.differentiable() ? by(f, constant) : new String[0];
                        if (by.length > 0) agree(p, Nad.backprop(p, by), f.name);
                    }
    }

    private static String[] by(Elementary f, int constant) {
        return f.rule(f.kind == Elementary.Kind.CONTRACTION ? 22 : f.kind == Elementary.Kind.POINTWISE ? 0 : 1).stream().map(c -> c.arg()).distinct()
                .filter(k -> k != constant).map(k -> "x" + k).toArray(String[]::new);
    }

    /// The entry on rows of n (n × 2 for rank 2), three of them; one operand may be a constant.
    private static Program statement(Elementary f, int rank, int n, int constant) {
        ProgramBuilder b = new ProgramBuilder("f", Map.of(), null);
        int[] batch = {3};
        int[] row = rank == 2 ? new int[] {3, n, 2} : new int[] {3, n};
        int[][] shapes = new int[f.arity][];
        for (int k = 0; k < f.arity; k++)
            shapes[k] = switch (f.kind) {
                case POINTWISE -> new int[] {3, n};
                case REDUCTION, NORMALISATION -> row;
                case SCATTER -> k == 0 ? row : batch;
                case SCAN -> k == 0 ? row : Shapes.concat(row, 4);
                case CONTRACTION -> k == 0 ? rank / 10 == 2 ? new int[] {3, n} : new int[] {n} : rank % 10 == 2 ? new int[] {n, 3} : new int[] {n};
            };
        int[] refs = new int[f.arity];
        for (int k = 0; k < f.arity; k++)
            refs[k] = k == constant ? b.ref(Operand.Constant.filled(Rational.of(1, 2), shapes[k])) : b.parameter("x" + k, shapes[k], false);
        int[] result = switch (f.kind) {
            case POINTWISE -> shapes[0];
            case REDUCTION -> batch;
            case NORMALISATION, SCATTER, SCAN -> row;
            case CONTRACTION -> Shapes.concat(Shapes.take(shapes[0], 0, shapes[0].length - 1), Shapes.take(shapes[1], 1, shapes[1].length));
        };
        int z = b.variable("z", result);
        b.apply(f, rank, z, Span.NONE, refs);
        return b.build(List.of(new Operand.View(z, Layout.whole(result))));
    }

    @Property(tries = Choices.TRIES, seed = Choices.SEED)
    void the_three_counts_agree_on_programs_and_what_is_made_of_them(@ForAll("any") String text, @ForAll int which) {
        Program p = Nad.program(text);
        agree(p, Nad.backprop(p), text);
        Program flat = Flat.of(p, 1 << 16, new ArrayList<>());
        if (flat != null) agree(flat, Nad.backprop(flat), text);
        for (Program forward : forward(p, 1 + Math.floorMod(which, 3))) {
            agree(forward, text);
            List<nad.report.Problem> refusals = new ArrayList<>();
            Program held = Backprop.held(forward, null, refusals);
            if (held != null) agree(forward, held, text);
        }
    }

    private static List<Program> forward(Program p, int directions) {
        List<Program> out = new ArrayList<>();
        out.add(Forprop.jvp(p, null, directions, new ArrayList<>()));
        out.add(Forprop.directional(p, null, directions, new ArrayList<>()));
        out.add(Forprop.lexicographic(p, null, directions, new ArrayList<>()));
        out.removeIf(java.util.Objects::isNull);
        return out;
    }

    private static void agree(Program p, String what) {
        agree(p, p, what);
    }

    private static void agree(Program p, Program q, String what) {
        Tally text = StaticCost.of(q);
        Run run = Nad.runWithin(q, Nad.real(Nad.generic(q, 7)), Arithmetic.FLOAT64);
        if (run != null) assertThat(run.tally().byName()).as("tally of " + what).isEqualTo(text.byName());
        for (CostModel m : models(text)) {
            Certificate c = CheapGradient.certify(p, q, m, null);
            assertThat(c.costP()).as(m.name() + ", " + what).isEqualTo(m.cost(StaticCost.of(p)));
            assertThat(c.costQ()).as(m.name() + ", " + what).isEqualTo(m.cost(text));
        }
    }

    /// The named ones, and a price of its own for each primitive.
    private static List<CostModel> models(Tally t) {
        Map<String, Rational> prices = new HashMap<>();
        int k = 3;
        for (var p : t.primitives()) prices.put(p.name, Rational.of(k += 2, 4));
        return List.of(CostModel.UNIT, CostModel.MULTIPLICATIVE, CostModel.WEIGHTED, CostModel.of("own", prices));
    }
}
