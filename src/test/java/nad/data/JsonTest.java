package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT64;
import static nad.arithmetic.Arithmetic.INTERVAL;
import static nad.arithmetic.Arithmetic.RATIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import nad.arithmetic.Interval;
import nad.run.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @TempDir
    Path directory;
    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = new Bench(directory);
    }

    private String told(String parameters, String json) {
        assertThat(bench.inputs(parameters, FLOAT64, bench.file("a.json", json))).isNull();
        return bench.told();
    }

    @Test
    void anObjectGivesEachParameterItsArray() {
        Map<String, Tensor> in = bench.inputs("x, v: real[3], m: real[2, 3]", FLOAT64,
                bench.file("a.json", "\uFEFF{\"m\": [[1, 2, 3],\r\n [4, 5, 6]], \"x\": -1.5e-3, \"v\": [0.1, -0, \"3/4\"]}"));
        assertThat(Bench.text(in.get("x"))).isEqualTo("[] [-0.0015]");
        assertThat(Bench.text(in.get("v"))).isEqualTo("[3] [0.1, -0.0, 0.75]");
        assertThat(Bench.text(in.get("m"))).isEqualTo("[2, 3] [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]");
    }

    @Test
    void numbersAreExactDecimalsWhereTheArithmeticIsExact() {
        String file = bench.file("a.json", "[0.1, \"-2/6\", 1e-400, 123456789012345678901234567890]");
        assertThat(bench.x("real[4]", RATIONAL, file)).isEqualTo("[4] [1/10, -1/3, 1/1" + "0".repeat(400) + ", 123456789012345678901234567890]");
        Interval tenth = (Interval) bench.inputs("x: real[4]", INTERVAL, file).get("x").get(0);
        assertThat(tenth.lo()).isEqualTo(Math.nextDown(0.1));
        assertThat(tenth.hi()).isEqualTo(0.1);
    }

    @Test
    void float64RoundsOnce() {
        // Just above the midpoint of 1 and its successor: a second rounding would lose that.
        assertThat(bench.x("real", FLOAT64, bench.file("a.json", "1.00000000000000011102230246251565404236316680908203126")))
                .isEqualTo("[] [" + Math.nextUp(1.0) + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"x": [1, NaN, 3]}         | a.json 1:11 InputNotANumber[name=x, where=[2]]
            {"x": [1, 2, "-Infinity"]} | a.json 1:14 InputNotANumber[name=x, where=[3]]
            {"x": [1, "NaN", NaN]}     | a.json 1:11 InputNotANumber[name=x, where=[2]]
            {"x": [1, 2, 1e400]}       | a.json 1:14 NumberTooLarge[text=1e400]
            {"x": [1, 2, "1/0"]}       | a.json 1:14 DivisionByZero[]
            {"x": [1, 2, "one"]}       | a.json 1:14 BadInput[what=`one`, why=it is no number]
            {"x": [1, 2, ""]}          | a.json 1:14 BadInput[what=``, why=it is no number]
            {"x": [1, 2, true]}        | a.json 1:14 BadInput[what=`true`, why=it is no number]
            {"x": [1, 2, null]}        | a.json 1:14 BadInput[what=`null`, why=it is no number]
            {"x": [1, 2, {"y": [3]}]}  | a.json 1:14 BadInput[what=`{`, why=it is no number]
            {"x": [1, [2], 3]}         | a.json 1:11 Ragged[first=real, other=real[1]]
            {"x": [[1, 2], [3]]}       | a.json 1:16 Ragged[first=real[2], other=real[1]]
            {"x": [[1], 2]}            | a.json 1:13 Ragged[first=real[1], other=real]
            {"x": []}                  | a.json 1:2 InputShape[name=x, wanted=real[3], given=real[0]]
            {"x": [[], []]}            | a.json 1:2 InputShape[name=x, wanted=real[3], given=real[2, 0]]
            {"x": [1, 2]}              | a.json 1:2 InputShape[name=x, wanted=real[3], given=real[2]]
            {"x": 1}                   | a.json 1:2 InputShape[name=x, wanted=real[3], given=real]
            {"x": [1, 2, 3], "x": 4}   | a.json 1:18 DefinedTwice[name=x]
            {"x": [1, 2, 3]} 4         | a.json 1:18 BadInput[what=`a.json`, why=more follows after its end]
            {"x": [1, 2                | a.json 1:12 BadInput[what=`a.json`, why=it ends too early]
            {"x": [1, 2,]}             | a.json 1:13 BadInput[what=`a.json`, why=it is no JSON here: Unexpected character (']' (code 93))]
            {"x": [1, 2, abc]}         | a.json 1:17 BadInput[what=`a.json`, why=it is no JSON here: Unrecognized token 'abc']
            """)
    void aMistakeIsToldWhereItStands(String json, String expected) {
        assertThat(told("x: real[3]", json)).isEqualTo(expected);
    }

    @Test
    void everyMistakeIsTold() {
        assertThat(told("x: real[2], y, z", """
                {"x": ["a", true],
                 "y": [1],
                 "u": 1}""")).isEqualTo("""
                a.json 1:8 BadInput[what=`a`, why=it is no number]
                a.json 1:13 BadInput[what=`true`, why=it is no number]
                a.json 2:2 InputShape[name=y, wanted=real, given=real[1]]
                a.json 3:2 UnknownInput[name=u, known=[x, y, z]]
                MissingInput[name=z, type=real]""");
    }

    @Test
    void anEmptyFileIsTold() {
        assertThat(told("x", "")).isEqualTo("a.json BadInput[what=`a.json`, why=it is empty]");
        bench.problems.clear();
        assertThat(told("x", " \n")).isEqualTo("a.json BadInput[what=`a.json`, why=it is empty]");
    }

    @Test
    void bytesThatAreNotUtf8AreTold() {
        byte[] latin = "{\"é\": 1}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(bench.x("real", FLOAT64, bench.file("a.json", latin))).isEqualTo("a.json NotUtf8[offset=2]");
        bench.problems.clear();
        assertThat(bench.x("real", FLOAT64, bench.file("a.json", "[1]".getBytes(StandardCharsets.UTF_16BE)))).isEqualTo("a.json NotUtf8[offset=0]");
    }

    @Test
    void nestingThatNoTensorHasIsRefused() {
        assertThat(told("x", "[".repeat(100_000))).isEqualTo("a.json 1:101 TooDeep[limit=100]");
        bench.problems.clear();
        assertThat(told("x", "{\"x\": " + "{\"a\":".repeat(100_000))).contains("BadInput");
    }

    @Test
    void numbersThatWouldTakeForEverAreRefused() {
        for (String n : new String[] {"1e999999999", "1e-999999999", "1e99999999999999999999", "\"1e-99999999999\"", "1e401"}) {
            bench.problems.clear();
            assertThat(bench.x("real", RATIONAL, bench.file("a.json", n))).startsWith("a.json 1:1 NumberTooLarge");
        }
        bench.problems.clear();
        assertThat(bench.x("real", RATIONAL, bench.file("a.json", "\"" + "1".repeat(3000) + "\""))).startsWith("a.json 1:1 NumberTooLarge");
        bench.problems.clear();
        assertThat(bench.x("real", RATIONAL, bench.file("a.json", "1".repeat(3000)))).startsWith("a.json 1:1 NumberTooLarge");
        bench.problems.clear();
        assertThat(bench.x("real", RATIONAL, bench.file("a.json", "1".repeat(2_000_000)))).startsWith("a.json 1:1 BadInput");
    }
}
