package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT32;
import static nad.arithmetic.Arithmetic.FLOAT64;
import static nad.arithmetic.Arithmetic.INTERVAL;
import static nad.arithmetic.Arithmetic.RATIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Rational;
import nad.check.Checker;
import nad.core.Program;
import nad.report.Problem;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AtTest {
    private final Bench bench = new Bench(Path.of("."));

    private String x(String type, Arithmetic arithmetic, String value) {
        Map<String, Tensor> in = bench.at("x: " + type, arithmetic, "x=" + value);
        return in == null ? bench.told() : Bench.text(in.get("x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            real       | -1                      | [] [-1.0]
            real       | 2/3                     | [] [0.6666666666666666]
            real       | pi/4                    | [] [0.7853981633974483]
            real       | relu(-3) + max([1, 7])  | [] [7.0]
            real[2]    | [1/2, 1]                | [2] [0.5, 1.0]
            real[2, 2] | [[1,0],[0,1]]           | [2, 2] [1.0, 0.0, 0.0, 1.0]
            real[2, 2] | [[1,2],[3,4]].T         | [2, 2] [1.0, 3.0, 2.0, 4.0]
            real[3]    | zeros(3)                | [3] [0.0, 0.0, 0.0]
            real[3]    | [i^2 for i in 1..3]     | [3] [1.0, 4.0, 9.0]
            """)
    void valuesAreConstantExpressionsOfTheLanguage(String type, String value, String expected) {
        assertThat(x(type, FLOAT64, value)).isEqualTo(expected);
    }

    @Test
    void rationalsStayExactWhereTheArithmeticHoldsThem() {
        assertThat(x("real[2]", RATIONAL, "[2/3, 0.1]")).isEqualTo("[2] [2/3, 1/10]");
    }

    @Test
    void intervalsEncloseWhatNoFloat64Is() {
        Tensor t = bench.at("x: real[3]", INTERVAL, "x=[1/2, 1/3, pi]").get("x");
        assertThat(t.get(0)).isEqualTo(Interval.point(0.5));
        assertThat(((Interval) t.get(1)).lo()).isLessThan(((Interval) t.get(1)).hi());
        assertThat(Rational.of(((Interval) t.get(1)).lo()).compareTo(Rational.of(1, 3))).isNegative();
        assertThat(Rational.of(((Interval) t.get(1)).hi()).compareTo(Rational.of(1, 3))).isPositive();
        assertThat(t.get(2)).isEqualTo(new Interval(Math.nextDown(Math.PI), Math.nextUp(Math.PI)));
    }

    @Test
    void float32IsRoundedToIt() {
        assertThat(x("real", FLOAT32, "0.1")).isEqualTo("[] [" + (double) 0.1f + "]");
    }

    @Test
    void severalValuesMayStandInOneTextAndInSeveral() {
        Map<String, Tensor> in = bench.at("x, y, v: real[2]", FLOAT64, "y=1,\n v = [2, 3]\n", "x=4");
        assertThat(in.keySet()).containsExactly("x", "y", "v");
        assertThat(in.get("x").real()).containsExactly(4);
        assertThat(in.get("y").real()).containsExactly(1);
        assertThat(in.get("v").real()).containsExactly(2, 3);
    }

    @Test
    void theProgramsSizesAndTheFilesConstantsAreKnown() {
        Checker c = Checker.readText(new DiskFiles(), "f.nad", "const h = 1/8\nprogram f<n>(v: real[n]) { return sum(v) }");
        Program p = c.elaborate("f", new Checker.Options(Map.of("n", 3), 1000, false));
        List<Problem> problems = new ArrayList<>();
        Map<String, Tensor> in = Inputs.gather(p, c.items(), RATIONAL, List.of("v = [h*i for i in 1..n]"), List.of(), null, null, problems);
        assertThat(problems).isEmpty();
        assertThat(Bench.text(in.get("v"))).isEqualTo("[3] [1/8, 1/4, 3/8]");
    }

    @Test
    void theFilesOwnFunctionsMayBeCalled() {
        Checker c = Checker.readText(new DiskFiles(), "f.nad", "program square(u) { return u*u }\nprogram f(x) { return x }");
        List<Problem> problems = new ArrayList<>();
        Map<String, Tensor> in = Inputs.gather(c.elaborate("f", Checker.Options.STANDARD), c.items(), RATIONAL, List.of("x = square(2/3)"),
                List.of(), null, null, problems);
        assertThat(problems).isEmpty();
        assertThat(Bench.text(in.get("x"))).isEqualTo("[] [4/9]");
    }

    @Test
    void aProgramWithoutParametersTakesNothing() {
        assertThat(bench.at("", FLOAT64)).isEmpty();
        assertThat(bench.problems).isEmpty();
    }

    // ---- problems

    private String told(String parameters, String... texts) {
        assertThat(bench.at(parameters, FLOAT64, texts)).isNull();
        return bench.told();
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThat(told("x, v: real[3], m: real[2, 2], k", "y=1, v=2", "m=[1,0,0,1], w=u")).isEqualTo("""
                --at 1:1 UnknownInput[name=y, known=[x, v, m, k]]
                --at 1:8 InputShape[name=v, wanted=real[3], given=real]
                --at 1:16 UnknownName[name=u, known=[e, pi]]
                --at 1:3 InputShape[name=m, wanted=real[2, 2], given=real[4]]
                --at 1:14 UnknownInput[name=w, known=[x, v, m, k]]
                MissingInput[name=x, type=real]
                MissingInput[name=k, type=real]""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            x=             | --at 1:3 Unexpected[found=the end of the text, previous==, expected=[an expression]]
            x=1 y=2        | --at 1:5 Unexpected[found=`y`, previous=1, expected=[the end of the text]]
            x=(1           | --at 1:3 Unclosed[bracket=(]
            x=1_0          | --at 1:3 MalformedNumber[text=1_0]
            x=1, x=2       | --at 1:6 DefinedTwice[name=x]
            x=1/0          | --at 1:3 DivisionByZero[]
            x=1e500        | --at 1:3 NumberTooLarge[text=1e500]
            x=10^400       | --at 1:3 BadInput[what=`x`, why=it is too large for float64]
            x=max'([1, 2]; [3, 4]) | --at 1:3 NotConstant[what=`x`]
            x=log(0)       | --at 1:3 NotFinite[operation=log, what=log of 0, arguments=0]
            x=[1, log(-1)] | --at 1:7 NotFinite[operation=log, what=log of a negative number, arguments=-1]
            x=[[1], [2,3]] | --at 1:9 Ragged[first=real[1], other=real[2]]
            """)
    void aMistakeInAValueIsToldWhereItStands(String text, String expected) {
        assertThat(told("x", text)).isEqualTo(expected);
    }

    @Test
    void anEmptyTextIsToldAndNotThatInputsAreMissing() {
        assertThat(told("x", "")).isEqualTo("--at Unexpected[found=the end of the text, previous=, expected=[a name]]");
    }

    @Test
    void aNameGivenInTwoTextsIsTold() {
        assertThat(told("x", "x=1", " x=1")).isEqualTo("--at 1:2 DefinedTwice[name=x]");
    }

    @Test
    void functionsThatLeaveTheRationalsAreRefusedThere() {
        assertThat(x("real", RATIONAL, "pi/4")).isEqualTo("--at 1:3 LeavesArithmetic[function=a function of constants, arithmetic=rationals]");
    }

    @Test
    void aValueTooLargeForFloat32IsRefusedThere() {
        assertThat(x("real[2]", FLOAT32, "[1, 1e39]")).isEqualTo("--at 1:3 BadInput[what=`x[2]`, why=it is too large for float32]");
    }

    @Test
    void deepNestingIsToldAndDoesNotOverflow() {
        assertThat(x("real", FLOAT64, "-".repeat(200_000) + "1")).contains("TooDeep");
        assertThat(new Bench(Path.of(".")).at("x", FLOAT64, "x=" + "(".repeat(5000) + "1")).isNull();
    }
}
