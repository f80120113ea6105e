package org.tradesuite.execution.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Money;

/**
 * A trade on its way to agreement with the broker.
 *
 * @param reference ConfirmID of the broker, or AllocID where its acceptance is the confirmation
 * @param text what did not match
 * @param refused whether the broker refused the allocation: nothing more will come
 * @param adjusted what was given back, or taken if below zero, because fills are charged otherwise than the trade
 */
record TradeState(
        DeskFact.TradeAllocated allocated,
        Status status,
        @Nullable String reference,
        @Nullable String text,
        boolean refused,
        Instant allocatedAt,
        Money adjusted) {

    private static final char VERSION = '-';

    /** The trade that an AllocID is about: the first allocation bears its id, later ones count on from there. */
    static String tradeId(String allocationId) {
        var version = allocationId.indexOf(VERSION);
        return version < 0 ? allocationId : allocationId.substring(0, version);
    }

    String nextAllocationId() {
        var now = allocated.allocationId();
        var version = now.indexOf(VERSION);
        var next = version < 0 ? 2 : Integer.parseInt(now.substring(version + 1)) + 1;
        return tradeId(now) + VERSION + next;
    }

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
