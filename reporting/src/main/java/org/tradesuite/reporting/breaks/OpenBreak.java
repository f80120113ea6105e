package org.tradesuite.reporting.breaks;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A break as it stood when the sheet was made.
 *
 * @param difference theirs less ours
 * @param moneyAtRisk in the base currency of the account, null where it is not known
 * @param firmMoney the same in the currency of the firm
 * @param ageDays business days of the account's calendar since it was first seen
 * @param closingAskedBy who wants it closed while a second person has to agree
 */
record OpenBreak(
        long number,
        String feed,
        String breakClass,
        @Nullable String account,
        @Nullable String broker,
        @Nullable String instrument,
        @Nullable String isin,
        @Nullable String currency,
        @Nullable String side,
        @Nullable String reference,
        @Nullable String ours,
        @Nullable String theirs,
        @Nullable String difference,
        @Nullable BigDecimal moneyAtRisk,
        @Nullable String baseCurrency,
        @Nullable BigDecimal firmMoney,
        boolean material,
        LocalDate firstSeen,
        LocalDate lastSeen,
        int ageDays,
        String ageBucket,
        @Nullable LocalDate dueOn,
        boolean overdue,
        @Nullable String cause,
        int timesReopened,
        @Nullable String owner,
        String status,
        @Nullable String closingAskedBy,
        @Nullable String detail) {

    /** Whether the difference is an amount or a price; otherwise it counts units, days or nothing. */
    boolean differsInMoney() {
        return switch (breakClass) {
            case "AMOUNT", "PRICE", "CASH_BALANCE" -> true;
            default -> feed.equals("CUSTODIAN_CASH") || feed.equals("CUSTODIAN_INTRADAY");
        };
    }
}
