package org.tradesuite.suite.broker;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One error the broker put into its statement: the truth a reconciliation is tested against. {@code correct} is what the
 * broker really did, {@code reported} what its statement says, both as plain text; null where there is no such row.
 */
public record SeededError(
        LocalDate businessDate,
        String brokerId,
        StatementError error,
        String reference,
        String account,
        String symbol,
        String mic,
        String isin,
        String side,
        @Nullable String correct,
        @Nullable String reported) {}
