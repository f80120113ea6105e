package org.tradesuite.reconciliation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still, in the evening of Tuesday 24 November, until a test sets it. */
public final class DeskClock extends Clock {

    private volatile Instant now = Instant.parse("2026-11-24T18:00:00Z");

    public void at(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
