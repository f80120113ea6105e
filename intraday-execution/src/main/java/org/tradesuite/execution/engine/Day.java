package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A trading day: open, closing while orders end, closing while trades are confirmed, closed.
 *
 * @param forgotten whether what ended on it has left memory
 */
record Day(
        LocalDate date,
        Status status,
        Instant openedAt,
        @Nullable Instant ordersUntil,
        @Nullable Instant confirmationsUntil,
        boolean allocated,
        @Nullable Instant closedAt,
        boolean forgotten) {

    enum Status {
        OPEN,
        CLOSING,
        CLOSED
    }

    Day closing(DeskFact.DayClosing fact) {
        return new Day(
                date, Status.CLOSING, openedAt, fact.ordersUntil(), fact.confirmationsUntil(), allocated, null, false);
    }

    Day allocating() {
        return new Day(date, status, openedAt, ordersUntil, confirmationsUntil, true, closedAt, forgotten);
    }

    Day closed(Instant at) {
        return new Day(date, Status.CLOSED, openedAt, ordersUntil, confirmationsUntil, true, at, false);
    }

    Day forget() {
        return new Day(date, status, openedAt, ordersUntil, confirmationsUntil, allocated, closedAt, true);
    }
}
