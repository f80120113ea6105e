package org.tradesuite.reconciliation.breaks;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A break as it is shown.
 *
 * @param moneyAtRisk in the base currency; null where it is not known
 * @param firmMoney the same in the currency of the firm
 * @param ageDays business days since it was first seen, to its end if it is over
 * @param withinTheDay whether only runs within an open day have found it
 * @param withinTheDayAt when such a run found it first, null if the run of a day did
 */
public record ListedBreak(
        long id,
        int version,
        String feed,
        String breakClass,
        @Nullable String causeCode,
        @Nullable String accountId,
        @Nullable String brokerId,
        @Nullable String instrumentId,
        @Nullable String isin,
        @Nullable String currency,
        @Nullable String reference,
        @Nullable String side,
        @Nullable String ours,
        @Nullable String theirs,
        @Nullable String difference,
        @Nullable String detail,
        @Nullable BigDecimal moneyAtRisk,
        @Nullable String baseCurrency,
        @Nullable BigDecimal firmMoney,
        boolean material,
        LocalDate businessDate,
        LocalDate firstSeen,
        LocalDate lastSeen,
        LocalDate openedOn,
        int timesReopened,
        @Nullable Integer ageDays,
        @Nullable String ageBucket,
        @Nullable LocalDate dueOn,
        boolean overdue,
        @Nullable String owner,
        Break.Status status,
        @Nullable String closingKind,
        @Nullable String resolution,
        @Nullable String closeReason,
        @Nullable String closingAskedBy,
        @Nullable String closedBy,
        @Nullable Instant closedAt,
        @Nullable String clearedByJob,
        @Nullable LocalDate clearedOn,
        @Nullable Long clearedByRun,
        boolean withinTheDay,
        @Nullable Instant withinTheDayAt) {}
