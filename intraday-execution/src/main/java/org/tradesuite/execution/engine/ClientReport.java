package org.tradesuite.execution.engine;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * An execution report as we send it: about a whole order, as whoever gave it to us knows it. While the order lives OrderQty
 * = CumQty + LeavesQty; once it ended LeavesQty is zero (FIX Appendix D, seen from the receiver's side).
 *
 * @param client whose order it is; null for one that did not come by FIX, which only drop copies hear of
 * @param orderId OrderID (37), {@link #NONE} if there is no order
 * @param clOrdId the id the report is about: of the request it answers, else the last one accepted
 * @param origClOrdId OrigClOrdID (41) of the request it answers
 * @param execId unique for ever, and the same however often the report is sent
 * @param execRefId the execution that is taken back or corrected
 * @param account ours; null if the client named none that it may trade for
 * @param lastMarket where it was executed, as the broker said
 * @param reason OrdRejReason (103)
 * @param businessDate of the desk when it was reported
 */
public record ClientReport(
        @Nullable String client,
        String orderId,
        String clOrdId,
        @Nullable String origClOrdId,
        String execId,
        @Nullable String execRefId,
        ExecType what,
        OrdStatus status,
        @Nullable AccountId account,
        Terms terms,
        Quantity leaves,
        Quantity cumulative,
        @Nullable Price average,
        @Nullable Quantity lastQuantity,
        @Nullable Price lastPrice,
        @Nullable String lastMarket,
        @Nullable Integer reason,
        @Nullable String text,
        Instant transactTime,
        LocalDate businessDate) {

    /** What OrderID (37) says where there is no order. */
    public static final String NONE = "NONE";

    /**
     * The order in its client's words.
     *
     * @param account as the client calls it
     * @param symbol as the client wrote it if we know no such instrument
     */
    public record Terms(
            @Nullable String account,
            String symbol,
            @Nullable String mic,
            @Nullable String isin,
            @Nullable String currency,
            Side side,
            Quantity quantity,
            OrderType type,
            @Nullable Price limit,
            TimeInForce timeInForce) {

        Terms with(Quantity other, @Nullable Price price) {
            return new Terms(account, symbol, mic, isin, currency, side, other, type, price, timeInForce);
        }
    }
}
