package org.tradesuite.suite.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * A clock that runs {@code speed} times as fast as the wall clock and can jump forward; it never goes back. Its instants
 * have microseconds. Thread-safe.
 */
public final class AcceleratedClock extends Clock {

    /** From {@code origin}, read at {@code nanos} of the monotonic clock, time runs at {@code speed}. */
    private record Pace(Instant origin, long nanos, double speed) {

        Instant at(long now) {
            return origin.plus(Duration.ofNanos((long) ((now - nanos) * speed)));
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
        this.pace = new Pace(start, nanoTime.getAsLong(), positive(speed));
    }

    /** From now on time runs at {@code speed}. */
    public synchronized void pace(double speed) {
        var now = nanoTime.getAsLong();
        pace = new Pace(pace.at(now), now, positive(speed));
    }

    /** Jumps forward to {@code instant}; an instant that has passed already changes nothing. */
    public synchronized void jumpTo(Instant instant) {
        var now = nanoTime.getAsLong();
        if (instant.isAfter(pace.at(now))) pace = new Pace(instant, now, pace.speed());
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
