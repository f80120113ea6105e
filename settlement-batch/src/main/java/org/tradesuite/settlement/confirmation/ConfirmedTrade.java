package org.tradesuite.settlement.confirmation;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.tradesuite.settlement.instruction.Direction;

/**
 * A trade as execution publishes it, with what reference data knows of its account and instrument. Nothing of it has
 * been judged, so nothing of it is more than text and numbers yet.
 */
record ConfirmedTrade(
        String tradeId,
        LocalDate businessDate,
        LocalDate tradeDate,
        String accountId,
        String brokerId,
        String brokerBic,
        String instrumentId,
        @Nullable String isin,
        String mic,
        @Nullable String assetClass,
        String currency,
        Direction direction,
        BigDecimal quantity,
        BigDecimal netAmount,
        LocalDate settlementDate,
        @Nullable String placeOfSettlement,
        String confirmStatus,
        @Nullable String confirmRef,
        @Nullable String custodianBic,
        @Nullable String safekeepingAccount) {

    boolean isCrypto() {
        return "CRYPTO".equals(assetClass);
    }
}
