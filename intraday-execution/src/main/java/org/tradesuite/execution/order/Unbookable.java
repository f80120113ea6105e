package org.tradesuite.execution.order;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * What a report said that cannot be booked, for a person.
 *
 * @param quantity LastQty (32)
 * @param price LastPx (31)
 */
public record Unbookable(
        String execId,
        @Nullable String execRefId,
        LocalDate tradeDate,
        ExecType execType,
        @Nullable Quantity quantity,
        @Nullable Price price,
        String why) {

    public static Unbookable of(ExecutionReport report, String why) {
        return new Unbookable(
                report.execId(),
                report.execRefId(),
                report.tradeDate(),
                report.execType(),
                report.lastQuantity(),
                report.lastPrice(),
                why);
    }
}
