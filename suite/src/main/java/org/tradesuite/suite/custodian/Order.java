package org.tradesuite.suite.custodian;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A settlement instruction as the custodian reads it; {@code currency} is null when free of payment. */
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

    /**
     * What the instruction is about, the same in every run of the day: which account gets or gives which security. By how
     * much, through which broker and under which reference it does so may differ.
     */
    String subject() {
        return String.join("|", safekeepingAccount, isin, receive ? "RECE" : "DELI", tradeDate.toString());
    }
}
