package org.tradesuite.reconciliation.breaks;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which breaks are wanted; what is null does not matter.
 *
 * @param open true for those that nobody has closed and nothing has cleared, false for the others
 * @param text number of the break, ISIN, or how the reference or the instrument begins
 */
public record BreakFilter(
        @Nullable LocalDate businessDate,
        @Nullable String feed,
        Break.@Nullable Status status,
        @Nullable Boolean open,
        @Nullable String breakClass,
        @Nullable String causeCode,
        @Nullable String accountId,
        @Nullable String brokerId,
        @Nullable String instrumentId,
        @Nullable String currency,
        @Nullable String owner,
        @Nullable String ageBucket,
        @Nullable Boolean material,
        @Nullable LocalDate dueBy,
        @Nullable String text) {}
