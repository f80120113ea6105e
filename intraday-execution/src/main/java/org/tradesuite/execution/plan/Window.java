package org.tradesuite.execution.plan;

import java.time.Instant;

/** A stretch of time in which the market is open and the order may be worked: from the first instant, before the last. */
public record Window(Instant from, Instant to) {

    public Window {
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("A window from " + from + " to " + to + " has no length.");
        }
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
