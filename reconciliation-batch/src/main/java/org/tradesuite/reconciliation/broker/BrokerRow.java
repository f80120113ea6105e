package org.tradesuite.reconciliation.broker;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.Side;

/**
 * A trade or a fill as a broker reports it.
 *
 * @param line line in the file, from 1
 * @param references everything that may name an execution or a trade: theirs, ours, the executions'
 */
record BrokerRow(
        long line,
        String reference,
        List<String> references,
        String account,
        @Nullable String isin,
        String symbol,
        String mic,
        Side side,
        BigDecimal quantity,
        BigDecimal price,
        BigDecimal gross,
        BigDecimal commission,
        BigDecimal fees,
        BigDecimal net,
        LocalDate tradeDate,
        LocalDate settleDate,
        String currency) {

    BrokerRow {
        references = List.copyOf(references);
    }
}
