package org.tradesuite.execution.engine;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.market.AccountId;

/**
 * What clients who trade by FIX are told. It is recorded together with what it tells, so it is sent as it was decided,
 * however often we are started again: the journal is the outbox.
 */
public sealed interface ClientFact extends Fact {

    /** @param heard MsgSeqNum (34) of the client's message that it answers, null if it answers none */
    record Told(ClientReport report, @Nullable Long heard) implements ClientFact {}

    /**
     * 35=9.
     *
     * @param account whose order it is, as we know it; null for one we do not know
     * @param reason CxlRejReason (102)
     * @param heard MsgSeqNum (34) of the client's message that it answers; null if that was answered before
     */
    record RequestRefused(
            String client,
            String orderId,
            String clOrdId,
            String origClOrdId,
            @Nullable AccountId account,
            OrdStatus status,
            boolean toReplace,
            int reason,
            String text,
            LocalDate businessDate,
            @Nullable Long heard)
            implements ClientFact {}

    /** The client began to count from 1 again. */
    record CounterReset(String client) implements ClientFact {}
}
