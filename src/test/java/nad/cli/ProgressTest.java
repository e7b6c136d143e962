package nad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void theStageIsShownAndTakenBack() throws Exception {
        StringWriter err = new StringWriter();
        CountDownLatch asked = new CountDownLatch(1);
        try (Progress p = Progress.after(0, () -> {
            asked.countDown();
            return "transforming";
        }, new PrintWriter(err))) {
            assertThat(p).isNotNull();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(err.toString()).startsWith("\r\u001b[Knad: transforming … 0 s").endsWith("\r\u001b[K");
    }

    @Test
    void whatIsQuickSaysNothing() {
        StringWriter err = new StringWriter();
        try (Progress p = Progress.after(60_000, () -> "transforming", new PrintWriter(err))) {
            assertThat(p).isNotNull();
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothingIsShownWhereThereIsNoTerminal() {
        assertThat(Progress.of(() -> "transforming", new PrintWriter(new StringWriter()), false)).isNull();
    }
}
