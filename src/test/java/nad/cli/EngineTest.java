package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nad.check.Checker;
import nad.compile.Options;
import nad.core.Program;
import nad.data.DiskFiles;
import nad.report.Report;
import nad.run.Engine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `--engine`, `--batch`, `--sum`, `--threads` and `--profile`: the compiled engine is held to the interpreter's bits.
class EngineTest {
    private static final String SCALAR = "program f(a, b, data x, data y) {\n  return relu(y - a * x - b)^2 + exp(a * b)\n}\n";
    private static final String TENSOR = "program f(a: real[3], b, data x: real[3], data y) {\n  return relu(y - dot(a, tanh(x)) - b)^2 + sum(a * x) * b\n}\n";
    private static final String TOO_MANY_ARGUMENTS = "elementary g(a, b, c, d) cost 3 {\n  otherwise: a * b + c * d\n}\nprogram f(x) {\n  return g(x, x, x, x)\n}\n";

    @TempDir
    Path directory;
    private Path file;

    private record Answer(int status, String out, String err) {}

    @BeforeEach
    void name() {
        file = directory.resolve("f.nad");
    }

    private Answer nad(String program, String command, String... options) throws IOException {
        Files.writeString(file, program);
        List<String> line = new java.util.ArrayList<>(List.of(command, file.toString()));
        line.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(line.toArray(new String[0]), new PrintWriter(out), new PrintWriter(err));
        return new Answer(status, out.toString(), err.toString());
    }

    /// 300 samples of x and y, for a parameter x of n entries (0 for a scalar).
    private String[] samples(String program) throws IOException {
        int n = program.equals(SCALAR) ? 0 : 3;
        java.util.Random random = new java.util.Random(7);
        StringBuilder x = new StringBuilder();
        StringBuilder y = new StringBuilder();
        for (int s = 0; s < 300; s++) {
            String each = n == 0 ? Double.toString(random.nextDouble(-1, 1)) : random.doubles(n, -1, 1).boxed().toList().toString();
            x.append(s == 0 ? "" : ",").append(each);
            y.append(s == 0 ? "" : ",").append(random.nextInt(-2, 3));
        }
        Path inputs = Files.writeString(directory.resolve("in.json"), "{\"x\": [" + x + "], \"y\": [" + y + "]}");
        return new String[] {"--at", n == 0 ? "a=0.3, b=-1.5" : "a=[0.3, -0.7, 1.1], b=-1.5", "--inputs", inputs.toString(), "--batch", "--json"};
    }

    private static String[] and(String[] options, String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private static String withoutKinks(String json) {
        return json.replaceAll("\"classical\":.*\"cost\":", "\"cost\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {SCALAR, TENSOR})
    void bothEnginesGiveTheSameBitsForEverySampleAndForTheirSum(String program) throws IOException {
        for (String command : List.of("run", "grad"))
            for (String arithmetic : List.of("float64", "float32"))
                for (String[] how : new String[][] {{}, {"--sum"}}) {
                    String[] options = and(and(samples(program), how), "--arithmetic", arithmetic);
                    Answer reference = nad(program, command, options);
                    assertThat(reference.status).as(reference.out).isZero();
                    for (String threads : List.of("1", "2", "3"))
                        assertThat(withoutKinks(nad(program, command, and(options, "--engine", "compiled", "--threads", threads)).out))
                                .isEqualTo(withoutKinks(reference.out));
                }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "1", "-2"})
    void eachSampleIsAnEvaluationOfItsOwn(String x) throws IOException {
        String one = nad(SCALAR, "run", "--at", "a=2, b=1, y=3, x=" + x).out.lines().findFirst().orElseThrow();
        String two = nad(SCALAR, "run", "--at", "a=2, b=1, y=3, x=[" + x + ", 7]", "--batch").out.lines().findFirst().orElseThrow();
        assertThat(two).startsWith(one.replace("result  ", "result  [") + ", ");
    }

    @Test
    void theCompiledEngineSaysThatItDoesNotLookForKinks() throws IOException {
        String[] at = {"--at", "a=1, b=0, x=1, y=1", "--engine", "compiled"};
        assertThat(nad(SCALAR, "grad", at).out).contains("kinks     not looked for by the compiled engine\n");
        assertThat(nad(SCALAR, "grad", and(at, "--json")).out).contains("\"classical\":null,\"kinks\":null,");
    }

    @Test
    void aKinkOfABatchNamesItsFirstSample() throws IOException {
        assertThat(nad(SCALAR, "grad", "--at", "a=1, b=0, x=[1, 2, 3], y=[5, 2, 3]", "--batch", "--json").out).contains("\"sample\":2,\"entries\":2");
    }

    @Test
    void whatTheEngineCannotDoIsToldWithWhatCan() throws IOException {
        assertThat(nad(TOO_MANY_ARGUMENTS, "run", "--at", "x=1").status).isZero();
        Answer refused = nad(TOO_MANY_ARGUMENTS, "run", "--at", "x=1", "--engine", "compiled", "--arithmetic", "float32");
        assertThat(refused.err).contains("error[not-compiled]: The compiled engine has no routine for `g`.");
        assertThat(nad(SCALAR, "run", "--random", "1", "--engine", "compiled", "--arithmetic", "rational").err)
                .contains("`rational` does not fit `--arithmetic`, which takes float64 or float32 with `--engine compiled`.");
        assertThat(nad(SCALAR, "run", "--random", "1", "--engine", "compiled", "--strict").err)
                .contains("`compiled` does not fit `--engine`, which takes interpreter with `--strict`.");
        assertThat(nad(SCALAR, "run", "--random", "1", "--engine", "fast").err).contains("`fast` does not fit `--engine`, which takes interpreter or compiled.");
    }

    @Test
    void shapesOfABatchAreToldBeforeAnythingRuns() throws IOException {
        assertThat(nad(TENSOR, "run", "--random", "1", "--batch", "--at", "x=[[1, 2, 3], [4, 5, 6]], y=[1, 2, 3]").err)
                .contains("The value for `y` must be real, or real[2] for the 2 samples of `x`, and is real[3].");
        assertThat(nad(TENSOR, "run", "--random", "1", "--batch", "--at", "x=[[1, 2], [4, 5]]").err)
                .contains("The value for `x` must be real[3], or real[samples, 3], and is real[2, 2].");
        assertThat(nad(TENSOR, "run", "--random", "1", "--batch").err)
                .contains("The batch cannot be used: no parameter is given a value for each sample, along an axis before its own.");
        assertThat(nad(TENSOR, "run", "--random", "1", "--at", "y=[1, 2]").err).contains("The value for `y` must be real, and is real[2].");
        assertThat(nad(TENSOR, "run", "--random", "1", "--sum").err).contains("Something is missing: --batch, without which there is nothing to sum.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "compiled"})
    void aProfileAccountsForEveryOperationOnce(String engine) throws IOException {
        String out = nad(TENSOR, "run", "--random", "1", "--engine", engine, "--profile", "--json").out;
        assertThat(out).contains("\"profile\":{\"engine\":\"" + engine + "\"");
        long cost = numbers(out, "\"program\":(\\d+)");
        assertThat(numbers(out, "\"operations\":(\\d+)")).isEqualTo(cost).isPositive();
    }

    @Test
    void aScalarProgramIsProfiledByTheInterpreterWhichSaysSo() throws IOException {
        assertThat(nad(SCALAR, "run", "--random", "1", "--engine", "compiled", "--profile").out).contains("profile  interpreter, mean of ")
                .contains("return relu(y - a * x - b)^2 + exp(a * b)");
    }

    private static long numbers(String text, String pattern) {
        Matcher m = Pattern.compile(pattern).matcher(text);
        long sum = 0;
        while (m.find()) sum += Long.parseLong(m.group(1));
        return sum;
    }

    @Test
    void tooLittleMemoryIsToldWithWhatWouldBeNeeded() throws IOException {
        Engine full = new Engine() {
            private final Program p = Checker.readText(new DiskFiles(), "f.nad", TENSOR).elaborate(null, new Checker.Options(Map.of(), 1000, false));

            @Override
            public Program program() {
                return p;
            }

            @Override
            public long cells() {
                return 1L << 30;
            }

            @Override
            public Workspace workspace() {
                throw new OutOfMemoryError();
            }
        };
        assertThatThrownBy(() -> CompiledRun.workspace(full, Options.STANDARD)).isInstanceOfSatisfying(Refusal.class, r ->
                assertThat(Report.message(r.problems.getFirst())).isEqualTo("There is not enough memory for the values of `f` that are in use at once, "
                        + "1073741824 numbers of 8 bytes, 8192.0 MiB."));
    }

    @Test
    void aProfileIsOfOneEvaluation() throws IOException {
        assertThat(nad(TENSOR, "run", "--random", "1", "--batch", "--profile").err).contains("`--batch` does not fit `--profile`, which takes one evaluation.");
    }
}
