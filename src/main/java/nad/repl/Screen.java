package nad.repl;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import nad.report.Interrupt;

/// A terminal's paper: a long text stops where an [Interrupt] comes.
public final class Screen extends FilterWriter {
    /// Characters between two looks: some lines.
    private static final int PIECE = 1 << 12;

    public Screen(Writer terminal) {
        super(terminal);
    }

    @Override
    public void write(String s, int from, int length) throws IOException {
        for (int k = 0; k < length; k += PIECE) {
            Interrupt.heed();
            out.write(s, from + k, Math.min(PIECE, length - k));
        }
    }

    @Override
    public void write(char[] s, int from, int length) throws IOException {
        for (int k = 0; k < length; k += PIECE) {
            Interrupt.heed();
            out.write(s, from + k, Math.min(PIECE, length - k));
        }
    }
}
