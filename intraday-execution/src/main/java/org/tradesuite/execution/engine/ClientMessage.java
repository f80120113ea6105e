package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/** What comes from clients who trade by FIX, translated into our accounts and instruments. */
public sealed interface ClientMessage {

    /** The client's name with us. */
    String client();

    /** Why an order is refused before any rule is asked: OrdRejReason (103) or CxlRejReason (102), and what to do. */
    record Wrong(int reason, String text) {}

    /**
     * 35=D.
     *
     * @param possResend 97=Y: the client does not know whether we have it
     * @param decision what it asks for, null if it is wrong
     * @param openOrders how many the client may have
     */
    record NewOrder(
            String client,
            long sequence,
            String clOrdId,
            boolean possResend,
            ClientReport.Terms terms,
            Input.@Nullable DecisionSubmitted decision,
            @Nullable Wrong wrong,
            int openOrders)
            implements ClientMessage {}

    /** 35=F. */
    record Cancel(String client, long sequence, String clOrdId, String origClOrdId, boolean possResend)
            implements ClientMessage {}

    /** 35=G: the whole order as it shall be. */
    record Replace(
            String client,
            long sequence,
            String clOrdId,
            String origClOrdId,
            boolean possResend,
            Side side,
            Quantity quantity,
            OrderType type,
            @Nullable Price limit,
            @Nullable Wrong wrong)
            implements ClientMessage {}

    /**
     * 35=H.
     *
     * @param questionId OrdStatusReqID (790)
     */
    record StatusQuestion(
            String client, String clOrdId, @Nullable String questionId, ClientReport.Terms terms)
            implements ClientMessage {}

    /**
     * 35=AF.
     *
     * @param questionId MassStatusReqID (584)
     * @param instrument null for all
     */
    record MassQuestion(
            String client, String questionId, @Nullable InstrumentId instrument) implements ClientMessage {}

    /** The line is cut, and the client wants nothing left in the market then. */
    record Gone(String client) implements ClientMessage {}

    /** The client's sequence numbers begin at 1 again. */
    record CounterReset(String client) implements ClientMessage {}

    /** Somebody takes drop copies: orders that did not come by FIX are reported too, from now until the next start. */
    record CopiesWanted(String client) implements ClientMessage {}
}
