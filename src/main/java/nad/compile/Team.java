package nad.compile;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Threads that help one workspace with the large steps of a run. A step is split into a fixed number of parts, which whoever
/// is free takes: a helper that the machine has no time for holds up nobody. Helpers wait a little for the next step, then
/// sleep; the workspace's close ends them.
final class Team implements AutoCloseable {
    private static final int SPINS = 2_000;
    private static final int PARTS_PER_THREAD = 4;

    /// A step that falls into independent parts; `worker` tells the threads apart.
    interface Job {
        void part(Object[] arrays, int k, int parts, int worker);
    }

    /// One step: parts are taken in order, and it is over when all are done.
    private record Round(Job job, Object[] arrays, int parts, AtomicInteger taken, AtomicInteger done) {
        void work(int worker) {
            for (int k; (k = taken.getAndIncrement()) < parts; ) {
                try {
                    job.part(arrays, k, parts, worker);
                } finally {
                    done.incrementAndGet();
                }
            }
        }
    }

    private final Thread[] helpers;
    private volatile Round round;
    private volatile boolean closed;
    private volatile Throwable failure;

    Team(int threads) {
        helpers = new Thread[threads - 1];
        for (int k = 0; k < helpers.length; k++) {
            int worker = k + 1;
            helpers[k] = new Thread(() -> help(worker), "nad-engine-" + worker);
            helpers[k].setDaemon(true);
            helpers[k].start();
        }
    }

    /// Runs every part of a job; returns when all are done.
    void run(Job job, Object[] arrays) {
        Round r = new Round(job, arrays, PARTS_PER_THREAD * (helpers.length + 1), new AtomicInteger(), new AtomicInteger());
        round = r;
        for (Thread h : helpers) LockSupport.unpark(h);
        r.work(0);
        for (int spins = 0; r.done.get() < r.parts; spins++) {
            if (spins < SPINS) Thread.onSpinWait();
            else Thread.yield();
        }
        if (failure != null) throw new IllegalStateException(failure);
    }

    private void help(int worker) {
        Round seen = null;
        while (!closed) {
            for (int spins = 0; round == seen && !closed; spins++) {
                if (spins < SPINS) Thread.onSpinWait();
                else LockSupport.park(this);
            }
            seen = round;
            if (closed || seen == null) continue;
            try {
                seen.work(worker);
            } catch (Throwable t) {
                failure = t;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread h : helpers) LockSupport.unpark(h);
    }
}
