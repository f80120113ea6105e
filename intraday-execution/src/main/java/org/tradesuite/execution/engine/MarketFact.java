package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Price;

/** What the market decides for everybody. Prices are not in the journal; that nothing may be traded is. */
public sealed interface MarketFact extends Fact {

    /**
     * @param status SecurityTradingStatus (326)
     * @param trades whether orders are executed
     * @param low LowPx (333) and
     * @param high HighPx (332) of the band that holds from now on
     */
    record PhaseChanged(
            InstrumentId instrument,
            int status,
            boolean trades,
            @Nullable Price low,
            @Nullable Price high) implements MarketFact {}
}
