package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import org.tradesuite.market.Currency;

/**
 * What may differ and still be the same: prices and amounts in basis points, amounts in units of their last decimal.
 */
record Tolerances(BigDecimal priceBasisPoints, BigDecimal amountBasisPoints, int minorUnits) {

    /** For an amount of a trade: the larger of the two. */
    BigDecimal amount(BigDecimal gross, Currency currency) {
        return BigDecimal.valueOf(minorUnits, currency.scale())
                .max(gross.abs().multiply(amountBasisPoints).movePointLeft(4));
    }
}
