package org.tradesuite.execution.order;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What a broker says about one order (35=8), in the desk's words and with nothing concluded from it yet.
 *
 * @param tradeDate day on which the broker's ExecIDs are unique: TradeDate (75), else the session's date
 * @param execId ExecID (17); unique per session and trade date. For a broker that starts its count again within a day,
 *     the dialect puts the ClOrdID before it, in execRefId too
 * @param execRefId ExecRefID (19): the execution that a cancel or correct is about
 * @param clOrdId ClOrdID (11), null if the broker left it out
 * @param origClOrdId OrigClOrdID (41)
 * @param brokerOrderId OrderID (37); kept, never a key: some brokers change it
 * @param orderQuantity OrderQty (38)
 * @param price Price (44)
 * @param lastQuantity LastQty (32); for a correction the quantity it is corrected to
 * @param lastPrice LastPx (31)
 * @param transactTime TransactTime (60), else SendingTime (52)
 * @param restatementReason ExecRestatementReason (378)
 * @param rejectReason OrdRejReason (103)
 */
public record ExecutionReport(
        LocalDate tradeDate,
        String execId,
        @Nullable String execRefId,
        ExecType execType,
        OrdStatus ordStatus,
        @Nullable String clOrdId,
        @Nullable String origClOrdId,
        @Nullable String brokerOrderId,
        @Nullable Side side,
        @Nullable Quantity orderQuantity,
        @Nullable Price price,
        @Nullable Quantity lastQuantity,
        @Nullable Price lastPrice,
        @Nullable Quantity cumQuantity,
        @Nullable Quantity leavesQuantity,
        @Nullable Price averagePrice,
        Instant transactTime,
        @Nullable String lastMarket,
        @Nullable String lastCapacity,
        @Nullable String lastLiquidity,
        @Nullable String restatementReason,
        @Nullable String rejectReason,
        @Nullable String text) {

    /**
     * Whether it reports an execution to book. 150=F does, and so does 150=1 or 150=2 with a LastQty, as FIX 4.2 has it; an
     * acknowledgement that some brokers send as 150=2 without LastQty does not.
     */
    public boolean isExecution() {
        return switch (execType) {
            case TRADE -> true;
            case PARTIAL_FILL, FILL -> lastQuantity != null && !lastQuantity.isZero();
            default -> false;
        };
    }
}
