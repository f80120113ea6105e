package org.tradesuite.reconciliation.broker;

/** Threads that do not outlive the block they were begun in. */
final class Threads {

    private Threads() {}

    /** Interrupts it and returns when it has ended; an interrupt of the caller waits until then. */
    static void end(Thread thread) {
        thread.interrupt();
        await(thread);
    }

    /** Returns when it has ended by itself; an interrupt of the caller waits until then. */
    static void await(Thread thread) {
        var stopped = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                stopped = true;
            }
        }
        if (stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
