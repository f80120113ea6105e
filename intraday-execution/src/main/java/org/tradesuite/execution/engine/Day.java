package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A trading day: open, closing while orders end, closing while trades are confirmed, closed. */
record Day(
        LocalDate date,
        Status status,
        Instant openedAt,
        @Nullable Instant ordersUntil,
        @Nullable Instant confirmationsUntil,
        boolean allocated,
        @Nullable Instant closedAt) {

    enum Status {
        OPEN,
        CLOSING,
        CLOSED
    }

    Day closing(DeskFact.DayClosing fact) {
        return new Day(date, Status.CLOSING, openedAt, fact.ordersUntil(), fact.confirmationsUntil(), allocated, null);
    }

    Day allocating() {
        return new Day(date, status, openedAt, ordersUntil, confirmationsUntil, true, closedAt);
    }

    Day closed(Instant at) {
        return new Day(date, Status.CLOSED, openedAt, ordersUntil, confirmationsUntil, true, at);
    }
}
