package org.tradesuite.execution.allocation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * All that one account did with one broker in one instrument and direction on a trade date: what is confirmed with the
 * broker and settled.
 *
 * @param tradeId 16 characters, the same whenever it is computed again
 * @param businessDate the day among whose trades it is
 * @param tradeDate settlement is counted from it; before the business date for what was claimed late
 * @param averagePrice eight decimals, half up; the gross amount is not computed from it
 * @param grossAmount sum of price times quantity of the fills, rounded once, half up
 * @param netAmount what is paid for a buy, gross + commission + fees; what is received for a sale, gross - both
 * @param orderIds in order
 * @param executedAt the last execution
 */
public record Trade(
        String tradeId,
        LocalDate businessDate,
        LocalDate tradeDate,
        AccountId account,
        BrokerId broker,
        InstrumentId instrument,
        Side side,
        Quantity quantity,
        Price averagePrice,
        Money grossAmount,
        Money commission,
        Money fees,
        Money netAmount,
        LocalDate settlementDate,
        List<String> orderIds,
        Instant executedAt) {}
