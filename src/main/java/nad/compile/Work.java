package nad.compile;

import nad.dictionary.RealRows;
import nad.dictionary.Selections;

/// A step of the plan, ready to run on the arrays of a run (the memory, the inputs, the results), which are all of doubles or
/// all of floats.
sealed interface Work {
    /// @param team the threads that help, or null
    void run(Object[] arrays, Team team);

    /// Cells in double precision that the step needs where everything else is float32: the last of the arrays has them.
    default int wideCells() {
        return 0;
    }

    /// Another step with a clock beside it.
    record Timed(Work work, long[] nanoseconds, int k) implements Work {
        @Override
        public void run(Object[] arrays, Team team) {
            long start = System.nanoTime();
            work.run(arrays, team);
            nanoseconds[k] += System.nanoTime() - start;
        }

        @Override
        public int wideCells() {
            return work.wideCells();
        }
    }

    record Cells(CellBlock block) implements Work {
        @Override
        public void run(Object[] arrays, Team team) {
            if (arrays[Buffer.MEMORY] instanceof double[]) block.run(arrays);
            else block.run((float[]) arrays[Buffer.MEMORY]);
        }
    }

    /// Nested loops over one space.
    record Nest(Loop loop, int[] arguments, int count, int entries) implements Work {
        @Override
        public void run(Object[] arrays, Team team) {
            loop.run(arrays, arguments, 0, 0, count, entries);
        }
    }

    /// A flat space in chunks, each through all phases, and the sums over it.
    ///
    /// @param at      where each phase's arguments begin
    /// @param lags    how many iterations a phase stays behind
    /// @param partial the first of eight partial results of each sum
    /// @param sumTo   array and cell of each sum
    record Chunks(Loop[] loops, int[] arguments, int[] at, int[] lags, int count, int[] partial, int[] sumTo) implements Work {
        private static final int CHUNK = 1024;

        @Override
        public void run(Object[] arrays, Team team) {
            Object m = arrays[Buffer.MEMORY];
            for (int p : partial) clear(m, p);
            if (loops.length == 1) loops[0].run(arrays, arguments, at[0], 0, count, count);
            else chunks(arrays);
            for (int k = 0; k < partial.length; k++) combine(m, partial[k], arrays[sumTo[2 * k]], sumTo[2 * k + 1]);
        }

        private static void clear(Object m, int p) {
            if (m instanceof double[] d) for (int k = 0; k < 8; k++) d[p + k] = -0.0;
            else for (int k = 0; k < 8; k++) ((float[]) m)[p + k] = -0f;
        }

        private static void combine(Object m, int p, Object to, int at) {
            if (m instanceof double[] d) ((double[]) to)[at] = RealRows.combined(d, p);
            else ((float[]) to)[at] = RealRows.combined((float[]) m, p);
        }

        private void chunks(Object[] arrays) {
            int farthest = 0;
            for (int l : lags) farthest = Math.max(farthest, l);
            for (int lo = 0; lo < count + farthest; lo += CHUNK)
                for (int k = 0; k < loops.length; k++) {
                    int from = Math.max(0, lo - lags[k]);
                    int to = Math.min(count, lo + CHUNK - lags[k]);
                    if (from < to) loops[k].run(arrays, arguments, at[k], from, to, to - from);
                }
        }
    }

    /// An entry on rows, one after the other.
    ///
    /// @param places array and first cell of the result, of the rows, and of the second operand
    /// @param steps  cells from row to row of each
    record Rows(RealRows.Row row, int[] places, int[] steps, int rows, int n, Selections selections, int scratch) implements Work {
        @Override
        public void run(Object[] arrays, Team team) {
            if (arrays[Buffer.MEMORY] instanceof double[] m) inDouble(arrays, m);
            else inSingle(arrays);
        }

        private void inDouble(Object[] arrays, double[] m) {
            double[] out = (double[]) arrays[places[0]];
            double[] x = (double[]) arrays[places[2]];
            double[] v = (double[]) arrays[places[4]];
            for (int r = 0; r < rows; r++)
                row.apply(out, places[1] + r * steps[0], x, places[3] + r * steps[1], n, v, places[5] + r * steps[2], selections, m, scratch, false);
        }

        /// Each row is widened, and its result narrowed again.
        private void inSingle(Object[] arrays) {
            float[] out = (float[]) arrays[places[0]];
            double[] w = (double[]) arrays[arrays.length - 1];
            int x = steps[0];
            int v = x + n;
            int free = v + steps[2];
            for (int r = 0; r < rows; r++) {
                widen((float[]) arrays[places[2]], places[3] + r * steps[1], w, x, n);
                widen((float[]) arrays[places[4]], places[5] + r * steps[2], w, v, steps[2]);
                row.apply(w, 0, w, x, n, w, v, selections, w, free, true);
                for (int k = 0; k < steps[0]; k++) out[places[1] + r * steps[0] + k] = (float) w[k];
            }
        }

        private static void widen(float[] from, int at, double[] to, int toAt, int n) {
            for (int k = 0; k < n; k++) to[toAt + k] = from[at + k];
        }

        @Override
        public int wideCells() {
            return steps[0] + 2 * n + steps[2];
        }
    }

    /// Sums of rows whose entries are `down` cells apart, rows being `across` apart.
    record Sums(Kernels kernels, int[] places, int rows, int across, int n, int down, int scratch) implements Work {
        @Override
        public void run(Object[] arrays, Team team) {
            kernels.sums(arrays[places[0]], places[1], arrays[places[2]], places[3], rows, across, n, down, arrays[Buffer.MEMORY], scratch);
        }
    }

    /// @param scratch cells for each thread; a matrix product needs `each` of them
    record Products(Kernels kernels, int panel, Action.Contract c, int[] places, int scratch, int each) implements Work, Team.Job {
        /// Products of fewer multiply-adds are not worth a second thread.
        private static final long SHARED = 1 << 19;

        @Override
        public void run(Object[] arrays, Team team) {
            if (team != null && c.chain() && (long) c.m() * c.n() * c.q() >= SHARED) team.run(this, arrays);
            else part(arrays, 0, 1, 0);
        }

        /// A part has some of the columns, where there are many, else some of the rows.
        @Override
        public void part(Object[] arrays, int k, int parts, int worker) {
            int m = c.m();
            int q = c.q();
            boolean byColumn = q >= 2 * panel;
            int unit = byColumn ? panel : 4;
            int units = ((byColumn ? q : m) + unit - 1) / unit;
            int from = units * k / parts * unit;
            int to = Math.min(byColumn ? q : m, units * (k + 1) / parts * unit);
            for (int batch = 0; batch < c.aAt().length; batch++) {
                if (byColumn) product(arrays, batch, 0, m, from, to, scratch + worker * each);
                else product(arrays, batch, from, to, 0, q, scratch + worker * each);
            }
        }

        private void product(Object[] arrays, int batch, int row, int rowEnd, int column, int columnEnd, int scratch) {
            Object out = arrays[places[0]];
            Object a = arrays[places[2]];
            Object b = arrays[places[4]];
            Object m = arrays[Buffer.MEMORY];
            int[] s = c.aStrides();
            int[] t = c.bStrides();
            int to = places[1] + batch * c.m() * c.q();
            int at = places[3] + c.aAt()[batch];
            int bt = places[5] + c.bAt()[batch];
            if (c.chain())
                kernels.product(out, to + row * c.q(), a, at + row * s[0], s[0], s[1], b, bt, t[0], t[1], rowEnd - row, c.n(), c.q(),
                        column, columnEnd, m, scratch);
            else if (c.q() == 1) kernels.dots(out, to, a, at, c.m(), s[0], s[1], b, bt, t[0], c.n(), m, scratch);
            else kernels.dots(out, to, b, bt, c.q(), t[1], t[0], a, at, s[1], c.n(), m, scratch);
        }
    }
}
