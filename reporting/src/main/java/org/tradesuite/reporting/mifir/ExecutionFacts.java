package org.tradesuite.reporting.mifir;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;

/**
 * An execution with the reference data that its report needs, as published.
 *
 * @param live false when the broker has cancelled or corrected it
 * @param algo null for an execution of an order that was not given here and that somebody claimed
 * @param shortSale true when the sale leaves the account short
 */
record ExecutionFacts(
        String fillId,
        boolean live,
        String instrumentId,
        @Nullable String isin,
        String mic,
        String currency,
        Side side,
        BigDecimal quantity,
        BigDecimal price,
        Instant executedAt,
        @Nullable String accountOwnerLei,
        @Nullable String brokerLei,
        @Nullable String algo,
        @Nullable String strategyAlgorithm,
        @Nullable String traderCountry,
        @Nullable String traderNationalId,
        boolean shortSale) {}
