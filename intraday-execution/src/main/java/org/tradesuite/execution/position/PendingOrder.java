package org.tradesuite.execution.position;

import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * What an order may still trade. While a replace is pending the larger of the two quantities and the dearer of the two
 * prices count.
 *
 * @param leaves not yet executed
 * @param price the limit, or for a market order the price it was checked at
 */
public record PendingOrder(
        String orderId,
        AccountId account,
        InstrumentId instrument,
        Currency currency,
        Side side,
        Quantity leaves,
        Price price) {}
