package org.tradesuite.execution.position;

import java.math.RoundingMode;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * One execution as the book takes it.
 *
 * @param fillId ours, unique for ever
 * @param charges commission and fees of this fill, zero or above, in the instrument's currency
 */
public record BookedFill(
        String fillId,
        String orderId,
        AccountId account,
        InstrumentId instrument,
        Currency currency,
        Side side,
        Quantity quantity,
        Price price,
        Money charges) {

    /** What the account's cash changes by: minus gross and charges for a buy, gross less charges for a sale. */
    public Money cashEffect() {
        var gross = price.gross(quantity, currency, RoundingMode.HALF_UP);
        return (side == Side.BUY ? gross.negated() : gross).minus(charges);
    }
}
