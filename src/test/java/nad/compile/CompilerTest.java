package nad.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import nad.core.Program;
import nad.run.Engine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompilerTest {
    static List<String> programs() {
        return Samples.PROGRAMS;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aCompiledProgramGivesTheInterpretersBits(String text) {
        Program p = Samples.program(text);
        agrees(p);
        agrees(Samples.backprop(p));
    }

    /// The second run finds what the first one left in memory.
    private static void agrees(Program p) {
        Samples.options().forEach((name, o) -> {
            Engine e = Compiler.compile(p, o);
            Engine.Workspace w = e.workspace();
            for (boolean coarse : new boolean[] {true, false})
                for (long seed = 1; seed <= 3; seed++) {
                    double[][] inputs = Samples.inputs(p, seed, coarse);
                    double[][] wanted = Samples.reference(p, inputs);
                    double[][] results = e.newResults();
                    for (int run = 0; run < 2; run++) {
                        for (double[] r : results) Arrays.fill(r, Double.NaN);
                        Samples.run(w, inputs, results);
                    }
                    for (int k = 0; k < wanted.length; k++)
                        assertThat(results[k]).as("%s, %s, result %s, seed %s", p.name(), name, k + 1, seed).isEqualTo(wanted[k]);
                }
        });
    }
}
