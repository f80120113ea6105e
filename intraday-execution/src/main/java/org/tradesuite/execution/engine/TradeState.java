package org.tradesuite.execution.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trade on its way to agreement with the broker.
 *
 * @param reference ConfirmID of the broker, or AllocID where its acceptance is the confirmation
 * @param text what did not match
 * @param refused whether the broker refused the allocation: nothing more will come
 */
record TradeState(
        DeskFact.TradeAllocated allocated,
        Status status,
        @Nullable String reference,
        @Nullable String text,
        boolean refused,
        Instant allocatedAt) {

    enum Status {
        UNCONFIRMED,
        CONFIRMED,
        AFFIRMED,
        MISMATCHED
    }

    /** Whether it waits for the broker. */
    boolean open() {
        return status == Status.UNCONFIRMED && !refused;
    }

    boolean agreed() {
        return status == Status.CONFIRMED || status == Status.AFFIRMED;
    }
}
