package org.tradesuite.suite.day;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Writes the day file every half second of the wall clock, until it is closed or the file cannot be written. */
final class DayFileKeeper implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("day-file").daemon().factory());
    private final ScheduledFuture<?> writing;

    DayFileKeeper(Runnable write) {
        write.run();
        writing = timer.scheduleWithFixedDelay(write, 500, 500, TimeUnit.MILLISECONDS);
    }

    /** @throws IllegalStateException if the file could not be written meanwhile */
    @Override
    public void close() {
        var failed = writing.state() == ScheduledFuture.State.FAILED;
        timer.close();
        if (failed) throw new IllegalStateException("the day file could not be written", writing.exceptionNow());
    }
}
