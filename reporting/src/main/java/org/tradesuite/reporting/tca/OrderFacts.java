package org.tradesuite.reporting.tca;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;

/**
 * A parent order as execution publishes it, with its fills and what the market printed meanwhile.
 *
 * @param brokerId the broker that executed most of it, the chosen one when nothing was executed
 * @param fees its share of commission and fees
 * @param fxRate units of the reporting currency per unit of the order's currency
 */
record OrderFacts(
        String orderId,
        String accountId,
        String strategyId,
        @Nullable String brokerId,
        String instrumentId,
        String mic,
        String currency,
        Side side,
        String algo,
        BigDecimal ordered,
        @Nullable BigDecimal decisionPrice,
        @Nullable BigDecimal arrivalBid,
        @Nullable BigDecimal arrivalAsk,
        @Nullable BigDecimal endPrice,
        @Nullable BigDecimal intervalVwap,
        @Nullable BigDecimal marketVolume,
        List<Execution> fills,
        BigDecimal fees,
        BigDecimal fxRate) {}
