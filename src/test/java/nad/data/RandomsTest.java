package nad.data;

import static nad.arithmetic.Arithmetic.FLOAT32;
import static nad.arithmetic.Arithmetic.FLOAT64;
import static nad.arithmetic.Arithmetic.INTERVAL;
import static nad.arithmetic.Arithmetic.RATIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nad.arithmetic.Arithmetic;
import nad.arithmetic.Interval;
import nad.arithmetic.Rational;
import nad.report.Problem;
import nad.run.Tensor;
import org.junit.jupiter.api.Test;

class RandomsTest {
    private final List<Problem> problems = new ArrayList<>();

    private Map<String, Tensor> random(String parameters, Arithmetic arithmetic, long seed, String... at) {
        return Inputs.gather(Bench.program(parameters), arithmetic, List.of(at), List.of(), seed, problems);
    }

    @Test
    void aSeedMeansTheSameNumbersEverywhere() {
        assertThat(random("x: real[3]", FLOAT64, 7).get("x").real()).containsExactly(-0.6177542848827919, -0.9457957946658724, 0.9241098309824367);
    }

    @Test
    void aParametersValuesDoNotDependOnTheOthers() {
        double[] alone = random("w: real[4]", FLOAT64, 1).get("w").real();
        Map<String, Tensor> among = random("a: real[9], w: real[4], b", FLOAT64, 1);
        assertThat(among.get("w").real()).isEqualTo(alone);
        assertThat(among.get("a").real()).doesNotContain(alone);
    }

    @Test
    void anotherSeedMeansOtherNumbers() {
        assertThat(random("x: real[5]", FLOAT64, 1).get("x").real()).doesNotContain(random("x: real[5]", FLOAT64, 2).get("x").real());
    }

    @Test
    void numbersAreUniformFromMinusOneToOne() {
        double[] x = random("x: real[20000]", FLOAT64, 3).get("x").real();
        assertThat(Arrays.stream(x).allMatch(d -> -1 <= d && d < 1)).isTrue();
        assertThat(Arrays.stream(x).average().orElseThrow()).isCloseTo(0, within(0.02));
        assertThat(Arrays.stream(x).map(d -> d * d).average().orElseThrow()).isCloseTo(1.0 / 3, within(0.02));
    }

    @Test
    void inRationalArithmeticTheyAreMultiplesOfTwoToTheMinusTen() {
        Tensor exact = random("x: real[500]", RATIONAL, 3).get("x");
        Tensor real = random("x: real[500]", FLOAT64, 3).get("x");
        for (int k = 0; k < 500; k++) {
            assertThat(((Rational) exact.get(k)).times(Rational.of(1024)).isInteger()).isTrue();
            assertThat(real.toDouble(k) - exact.toDouble(k)).isBetween(0.0, 1.0 / 1024);
        }
    }

    @Test
    void inFloat32TheyAreOfItAndStayBelowOne() {
        double[] x = random("x: real[20000]", FLOAT32, 3).get("x").real();
        assertThat(Arrays.stream(x).allMatch(d -> d == (float) d && d < 1)).isTrue();
    }

    @Test
    void inIntervalArithmeticTheyArePoints() {
        assertThat(random("x", INTERVAL, 3).get("x").get(0)).isEqualTo(Interval.point(random("x", FLOAT64, 3).get("x").real()[0]));
    }

    @Test
    void whatIsGivenIsNotFilled() {
        Map<String, Tensor> in = random("x, y", FLOAT64, 3, "x=5");
        assertThat(in.get("x").real()).containsExactly(5);
        assertThat(in.get("y").real()).isEqualTo(random("y", FLOAT64, 3).get("y").real());
    }
}
