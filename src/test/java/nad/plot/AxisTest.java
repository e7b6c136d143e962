package nad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Scales and the numbers beside them.
class AxisTest {
    private static List<String> ticks(Axis a, double apart) {
        return a.ticks(apart).stream().map(Axis.Tick::label).toList();
    }

    @Test
    void ticksAreRoundAndNotTooDense() {
        assertThat(ticks(new Axis(-2, 2, false, 0, 500), 64)).containsExactly("−2", "−1", "0", "1", "2");
        assertThat(ticks(new Axis(-0.13, 1.13, false, 0, 200), 36)).containsExactly("0", "0.5", "1");
        assertThat(ticks(new Axis(0, 3e7, false, 0, 200), 60)).containsExactly("0", "10⁷", "2·10⁷", "3·10⁷");
        assertThat(ticks(new Axis(2, 1000, true, 0, 500), 64)).containsExactly("10", "100", "1000");
        assertThat(ticks(new Axis(2, 50, true, 0, 500), 64)).containsExactly("2", "5", "10", "20", "50");
    }

    @Test
    void numbersHaveATrueMinusAndPowersOfTenWhereTheyAreLargeOrSmall() {
        assertThat(List.of(Axis.number(-1.5), Axis.number(0), Axis.number(1e5), Axis.number(-2.5e-7), Axis.number(1.0 / 3)))
                .containsExactly("−1.5", "0", "10⁵", "−2.5·10⁻⁷", "0.333333");
    }

    @Test
    void steepEndsAreCutAndOthersAreNot() {
        double[] pole = new double[801];
        for (int k = 0; k < pole.length; k++) pole[k] = 1 / ((k - 400) / 200.0);
        assertThat(Axis.range(pole)[1]).isBetween(2.0, 50.0);
        assertThat(Axis.range(new double[] {0, 1, 2, 3, Double.NaN, Double.POSITIVE_INFINITY})).containsExactly(-0.21000000000000002, 3.21);
    }

    @Test
    void aConstantHasRoomAround() {
        assertThat(Axis.range(new double[] {3, 3, 3})).containsExactly(1.5, 4.5);
        assertThat(Axis.range(new double[] {Double.NaN})).containsExactly(-1, 1);
    }
}
