package org.tradesuite.execution.allocation;

import java.time.Instant;
import java.time.LocalDate;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * A fill of the day that stands: one taken back by its broker is not among them.
 *
 * @param tradeDate when it was traded: the day itself, or an earlier one for what was claimed late
 */
public record DayFill(
        String fillId,
        String orderId,
        LocalDate tradeDate,
        AccountId account,
        BrokerId broker,
        InstrumentId instrument,
        Side side,
        Quantity quantity,
        Price price,
        Instant executedAt) {}
