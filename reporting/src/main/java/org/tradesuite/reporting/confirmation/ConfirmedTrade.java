package org.tradesuite.reporting.confirmation;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;

/**
 * A trade of an account with a broker, as execution publishes it.
 *
 * @param net what is paid for a purchase (gross plus charges) or received for a sale (gross less charges)
 */
record ConfirmedTrade(
        String tradeId,
        LocalDate tradeDate,
        Instant executedAt,
        Side side,
        String instrumentId,
        String instrumentName,
        @Nullable String isin,
        String mic,
        BigDecimal quantity,
        BigDecimal price,
        String currency,
        BigDecimal gross,
        BigDecimal commission,
        BigDecimal fees,
        BigDecimal net,
        LocalDate settlementDate,
        @Nullable String placeOfSettlement,
        String brokerName,
        String brokerLei,
        String brokerBic,
        @Nullable String cashAccount,
        String status,
        @Nullable String reference) {}
