package nad.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import nad.arithmetic.Rational;
import org.junit.jupiter.api.Test;

/// What curves, contours and kinks are made of.
class LinesTest {
    @Test
    void pointsOnALineAreLeftOutAndCornersAreNot() {
        List<double[]> points = List.of(new double[] {0, 0}, new double[] {1, 1}, new double[] {2, 2}, new double[] {3, 1}, new double[] {4, 0});
        assertThat(Lines.simplified(points, 0.03)).containsExactly(0, 0, 2, 2, 4, 0);
    }

    @Test
    void aContourIsOneLineFromEdgeToEdgeOrClosed() {
        Contours.Crossing circle = (i, j, k, l) -> Math.hypot(i - 4, j - 4) < 2.5 == Math.hypot(k - 4, l - 4) < 2.5 ? null : new double[] {(i + k) / 2.0, (j + l) / 2.0};
        List<List<double[]>> closed = Contours.of(9, circle);
        assertThat(closed).hasSize(1);
        assertThat(closed.getFirst().getFirst()).isEqualTo(closed.getFirst().getLast());
        List<List<double[]>> open = Contours.of(5, (i, j, k, l) -> i < 2 == k < 2 ? null : new double[] {1.5, j});
        assertThat(open).hasSize(1);
        assertThat(open.getFirst()).extracting(p -> p[1]).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    }

    @Test
    void theSimplestRationalOfAnIntervalIsFound() {
        assertThat(Kinks.simplest(Rational.of(Math.nextDown(1.0 / 3)), Rational.of(Math.nextUp(1.0 / 3)))).isEqualTo(Rational.of(1, 3));
        assertThat(Kinks.simplest(Rational.of(-3, 2), Rational.of(-9, 7))).isEqualTo(Rational.of(-3, 2));
        assertThat(Kinks.simplest(Rational.of(-1, 9), Rational.of(5))).isEqualTo(Rational.ZERO);
    }
}
