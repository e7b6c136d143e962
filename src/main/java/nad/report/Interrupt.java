package nad.report;

import java.util.concurrent.CancellationException;

/// [repl-interrupt] How long work is left off: whoever waits for it interrupts its thread, and every loop over a program's statements heeds that.
public final class Interrupt {
    private Interrupt() {}

    /// Leaves off with a [CancellationException] where the thread is told to. Costs a nanosecond.
    public static void heed() {
        if (Thread.interrupted()) throw new CancellationException();
    }
}
