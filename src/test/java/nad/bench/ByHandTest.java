package nad.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the benchmarks are measured against computes the same function and the same gradient.
class ByHandTest {
    @ParameterizedTest
    @ValueSource(strings = {"w1a", "w2", "w3", "w4", "w4b", "w5"})
    void theVersionByHandAgreesWithTheEngine(String workload) {
        try (Measured engine = Bench.engine(workload, 1); Measured hand = ByHand.of(workload)) {
            double f = engine.value();
            assertThat(engine.gradient()).isEqualTo(f);
            assertThat(hand.value()).isCloseTo(f, within(1e-10 * Math.abs(f)));
            assertThat(hand.gradient()).isEqualTo(hand.value());
            assertThat(hand.norm()).isCloseTo(engine.norm(), within(1e-10 * engine.norm()));
        }
    }
}
