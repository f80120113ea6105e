package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A settlement instruction as the custodian reads it; {@code currency} is null when free of payment. {@code economics}
 * names the trade itself: references differ from run to run, what is bought does not.
 */
record Order(
        String reference,
        String safekeepingAccount,
        String isin,
        boolean receive,
        BigDecimal quantity,
        BigDecimal amount,
        @Nullable String currency,
        LocalDate tradeDate,
        LocalDate settlementDate,
        String placeOfSettlement,
        String counterparty) {

    String[] economics() {
        return new String[] {
            safekeepingAccount,
            isin,
            receive ? "RECE" : "DELI",
            counterparty,
            tradeDate.toString(),
            quantity.stripTrailingZeros().toPlainString()
        };
    }
}
