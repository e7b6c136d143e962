package nad.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import nad.core.Flat;
import nad.core.Program;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NestsTest {
    private static final String NETWORK = """
            program f(x: real[12], W: real[12, 20], b: real[20], V: real[20, 9], v: real[9]) {
              return dot(relu(relu(x @ W + b) @ V), v)
            }""";

    static List<String> programs() {
        return Samples.flattened();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whateverIsMadeLoopsOfGivesTheBitsOfTheNumbers(String text) {
        Program flat = Flat.of(Samples.program(text), 5000, new ArrayList<>());
        agrees(flat);
        agrees(Samples.backprop(flat));
    }

    @Test
    void mostFlatProgramsHaveAScalarPart() {
        assertThat(programs().stream().map(text -> Flat.of(Samples.program(text), 5000, new ArrayList<>()))
                .filter(p -> ((Compiled) Compiler.compile(p, Options.STANDARD)).scalar() != null)).hasSizeGreaterThan(20);
    }

    private static void agrees(Program p) {
        Compiled e = (Compiled) Compiler.compile(p, Options.STANDARD);
        CellBlock block = e.scalar();
        if (block == null) return; // counted below
        double[] cells = e.newMemory();
        double[][] inputs = Samples.inputs(p, 7, false);
        for (int k = 0; k < inputs.length; k++) System.arraycopy(inputs[k], 0, cells, e.inputAt(k), inputs[k].length);
        same(block.code(), cells, block.live());
    }

    private static void same(ScalarCode code, double[] cells, BitSet live) {
        NestPlanner.Plan plan = NestPlanner.of(code, cells.length, live, 0);
        List<NestKernels> kernels = new ArrayList<>(List.of(new NestKernels()));
        if (Options.vectorsPresent()) kernels.add(new VectorNests());
        for (NestKernels k : kernels) {
            double[] m = java.util.Arrays.copyOf(cells, plan.cells());
            plan.nests().run(new double[][] {m}, k);
            double[] wanted = cells.clone();
            code.run(wanted, 0, code.length());
            live.stream().forEach(c -> assertThat((Object) m[c]).as("cell %s", c).isEqualTo(wanted[c]));
        }
    }

    /// Accumulations, copies and zeros on few cells, so that nearly every instruction waits for another.
    @Property(tries = 300)
    void anyCodeGivesTheSameBits(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int cells) {
        Random random = new Random(seed);
        int[] operations = {ScalarCode.COPY, ScalarCode.ADD, ScalarCode.MUL, ScalarCode.PLUS, ScalarCode.MINUS, ScalarCode.PLUS_PRODUCT,
            ScalarCode.MINUS_PRODUCT, ScalarCode.ADD_PRODUCT, ScalarCode.NEG, ScalarCode.LESS, ScalarCode.ZEROS};
        ScalarCode code = new ScalarCode(0);
        for (int k = 0; k < 60; k++) {
            int op = operations[random.nextInt(operations.length)];
            int repeats = random.nextInt(4) == 0 ? 1 + random.nextInt(Math.min(cells, 20)) : 1;
            int[] at = random.ints(5, 0, cells).toArray();
            int[] step = random.ints(5, -1, 2).toArray();
            for (int r = 0; r < repeats; r++) {
                int[] c = new int[5];
                for (int j = 0; j < 5; j++) c[j] = Math.floorMod(at[j] + r * step[j], cells);
                emit(code, op, c, cells);
            }
        }
        code.finish();
        double[] m = random.doubles(cells, -2, 2).toArray();
        BitSet live = new BitSet();
        for (int k = 0; k < cells; k++) if (random.nextBoolean()) live.set(k);
        same(code, m, live);
    }

    private static void emit(ScalarCode code, int op, int[] c, int cells) {
        switch (op) {
            case ScalarCode.ZEROS -> code.emit(op, c[0], Math.min(3, cells - c[0]));
            case ScalarCode.COPY, ScalarCode.NEG, ScalarCode.PLUS, ScalarCode.MINUS -> code.emit(op, c[0], c[1]);
            case ScalarCode.ADD_PRODUCT -> code.emit(op, c[0], c[1], c[2], c[3]);
            case ScalarCode.LESS -> code.emit(op, c[0], c[1], c[2], c[3], c[4]);
            default -> code.emit(op, c[0], c[1], c[2]);
        }
    }

    @Test
    void theLoopsOfAWrittenOutNetworkAreFoundAgain() {
        Program flat = Flat.of(Samples.program(NETWORK), 5000, new ArrayList<>());
        Compiled e = (Compiled) Compiler.compile(Samples.backprop(flat), Options.STANDARD);
        NestPlanner.Plan plan = NestPlanner.of(e.scalar().code(), e.size(), e.scalar().live());
        assertThat(plan).isNotNull();
        assertThat(plan.nests().entries()).isLessThan(30);
    }

    @Test
    void whatHasNoLoopsStaysAsItIs() {
        Program p = Flat.of(Samples.program("program f(x: real[8]) { s = x[1]; for i in 2..8 { s = sin(s * x[i]) + relu(s) }; return s }"), 5000, new ArrayList<>());
        Compiled e = (Compiled) Compiler.compile(p, Options.STANDARD);
        assertThat(NestPlanner.of(e.scalar().code(), e.size(), e.scalar().live())).isNull();
    }
}
