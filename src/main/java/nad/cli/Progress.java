package nad.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/// A line on a terminal that says what is being done, once it has taken a second, and is gone when it is done.
final class Progress implements AutoCloseable {
    private static final long PATIENCE = 1000;
    private static final long PACE = 250;
    private static final String GONE = "\r\u001b[K";

    private final Supplier<String> stage;
    private final PrintWriter err;
    private final Thread teller;

    private Progress(Supplier<String> stage, PrintWriter err, long patience) {
        this.stage = stage;
        this.err = err;
        this.teller = Thread.ofPlatform().daemon().name("progress").start(() -> tell(patience));
    }

    /// Null where it would reach no terminal.
    static Progress of(Supplier<String> stage, PrintWriter err, boolean terminal) {
        return terminal ? after(PATIENCE, stage, err) : null;
    }

    /// @param patience milliseconds before anything is shown
    static Progress after(long patience, Supplier<String> stage, PrintWriter err) {
        return new Progress(stage, err, patience);
    }

    private void tell(long patience) {
        long began = System.nanoTime();
        boolean shown = false;
        try {
            Thread.sleep(patience);
            while (true) {
                err.print(GONE + "nad: " + stage.get() + " … " + (System.nanoTime() - began) / 1_000_000_000 + " s");
                err.flush();
                shown = true;
                Thread.sleep(PACE);
            }
        } catch (InterruptedException done) {
            if (shown) err.print(GONE);
            err.flush();
        }
    }

    @Override
    public void close() {
        teller.interrupt();
        try {
            teller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
