package nad.compile;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Threads that help one workspace with the large steps of a run. They wait a little for the next step, then sleep; the
/// workspace's close ends them.
final class Team implements AutoCloseable {
    private static final int SPINS = 20_000;

    /// A step that falls into independent parts.
    interface Job {
        void part(double[][] arrays, int k, int parts);

        void part(float[][] arrays, int k, int parts);
    }

    private final Thread[] helpers;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;
    private Job job;
    private double[][] arrays;
    private float[][] singles;

    Team(int threads) {
        helpers = new Thread[threads - 1];
        for (int k = 0; k < helpers.length; k++) {
            int part = k + 1;
            helpers[k] = new Thread(() -> help(part), "nad-engine-" + part);
            helpers[k].setDaemon(true);
            helpers[k].start();
        }
    }

    int size() {
        return helpers.length + 1;
    }

    /// Runs every part of a job, the first one in this thread; returns when all are done.
    void run(Job job, double[][] arrays) {
        this.arrays = arrays;
        this.singles = null;
        run(job);
    }

    void run(Job job, float[][] arrays) {
        this.singles = arrays;
        run(job);
    }

    private void run(Job job) {
        this.job = job;
        pending.set(helpers.length);
        round++;
        for (Thread h : helpers) LockSupport.unpark(h);
        part(0);
        for (int spins = 0; pending.get() > 0; spins++) {
            if (spins < SPINS) Thread.onSpinWait();
            else Thread.yield();
        }
        if (failure != null) throw new IllegalStateException(failure);
    }

    private void part(int k) {
        if (singles != null) job.part(singles, k, size());
        else job.part(arrays, k, size());
    }

    private void help(int part) {
        int seen = 0;
        while (true) {
            for (int spins = 0; round == seen && !closed; spins++) {
                if (spins < SPINS) Thread.onSpinWait();
                else LockSupport.park(this);
            }
            if (closed) return;
            seen = round;
            try {
                part(part);
            } catch (Throwable t) {
                failure = t;
            }
            pending.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread h : helpers) LockSupport.unpark(h);
    }
}
