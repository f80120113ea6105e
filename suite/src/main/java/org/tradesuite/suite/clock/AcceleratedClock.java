package org.tradesuite.suite.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * A clock that runs {@code speed} times as fast as the wall clock, can jump forward, and can be told to wait for
 * somebody; it never goes back. Its instants have microseconds. Thread-safe.
 */
public final class AcceleratedClock extends Clock {

    /**
     * From {@code origin}, read at {@code nanos} of the monotonic clock, time runs at {@code speed} as far as {@code
     * until}.
     */
    private record Pace(Instant origin, long nanos, double speed, Instant until) {

        Instant at(long now) {
            var free = origin.plus(Duration.ofNanos((long) ((now - nanos) * speed)));
            return free.isAfter(until) ? until : free;
        }
    }

    private final LongSupplier nanoTime;
    private volatile Pace pace;

    /** A clock that shows {@code start} now. */
    public static AcceleratedClock startingAt(Instant start, double speed) {
        return new AcceleratedClock(start, speed, System::nanoTime);
    }

    AcceleratedClock(Instant start, double speed, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.pace = new Pace(start, nanoTime.getAsLong(), positive(speed), Instant.MAX);
    }

    /** From now on time runs at {@code speed}. */
    public synchronized void pace(double speed) {
        var now = nanoTime.getAsLong();
        pace = new Pace(pace.at(now), now, positive(speed), pace.until());
    }

    /**
     * Runs no further than {@code instant} until it is called again: whoever acts by this clock calls it each time it
     * has done what was due, so that time does not outrun it on a slow machine. An instant that has passed stops the
     * clock.
     */
    public synchronized void waitAt(Instant instant) {
        var now = nanoTime.getAsLong();
        var shown = pace.at(now);
        pace = new Pace(shown, now, pace.speed(), instant.isAfter(shown) ? instant : shown);
    }

    /** Waits for nobody any more. */
    public void waitNoMore() {
        waitAt(Instant.MAX);
    }

    /** Jumps forward to {@code instant} and waits no more; an instant that has passed already changes nothing. */
    public synchronized void jumpTo(Instant instant) {
        var now = nanoTime.getAsLong();
        if (instant.isAfter(pace.at(now))) pace = new Pace(instant, now, pace.speed(), Instant.MAX);
    }

    /** How long to wait on the wall clock until this clock shows {@code instant}; zero when it has passed. */
    public Duration wallTimeUntil(Instant instant) {
        var current = pace;
        var ahead = Duration.between(current.at(nanoTime.getAsLong()), instant);
        return ahead.isNegative() ? Duration.ZERO : Duration.ofNanos((long) (ahead.toNanos() / current.speed()));
    }

    /** How many times as fast as the wall clock this clock runs. */
    public double speed() {
        return pace.speed();
    }

    @Override
    public Instant instant() {
        return pace.at(nanoTime.getAsLong()).truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        if (zone.equals(ZoneOffset.UTC)) return this;
        throw new IllegalArgumentException("the suite's clock is UTC; convert the instant to " + zone + " instead");
    }

    private static double positive(double speed) {
        if (speed > 0 && speed <= 100_000) return speed;
        throw new IllegalArgumentException("speed " + speed + ": give a number above 0 and up to 100000");
    }
}
