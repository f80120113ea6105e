package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * When breakers trip. Each count is of oddities within the window: one of them alone never trips anything. A count of zero
 * switches that measure off.
 *
 * @param window how far back oddities count
 * @param brokerRejects orders that a broker rejected
 * @param brokerSlow orders that a broker did not acknowledge within {@code slowAfter}
 * @param brokerLosses sessions with a broker that broke
 * @param slowAfter how long an acknowledgement may take
 * @param openFor how long a broker gets nothing before it is tried again
 * @param probes orders that it then gets, which all have to be acknowledged in time
 * @param strategySlips fills of a strategy that were worse than {@code slipBasisPoints} against the market's middle
 * @param slipBasisPoints how much worse
 * @param strategyOddFills fills beyond a limit, beyond the order, after its end, or with conflicting content
 * @param strategyOrders orders that a strategy sends to brokers
 * @param strategyLosses looks in a row, a second apart, at which a strategy's day has lost more than {@code loss}
 * @param loss in the firm's base currency
 */
public record Breaking(
        Duration window,
        int brokerRejects,
        int brokerSlow,
        int brokerLosses,
        Duration slowAfter,
        Duration openFor,
        int probes,
        int strategySlips,
        BigDecimal slipBasisPoints,
        int strategyOddFills,
        int strategyOrders,
        int strategyLosses,
        BigDecimal loss) {

    public Breaking {
        if (window.compareTo(BreakerBook.KEPT) > 0) {
            throw new IllegalArgumentException(
                    "A breaker's window is " + window + ", and no more than " + BreakerBook.KEPT + " is kept");
        }
        if (probes < 1) {
            throw new IllegalArgumentException("A broker is tried again with at least one order, not " + probes);
        }
    }

    /** Nothing trips. */
    public static Breaking never() {
        return new Breaking(
                Duration.ofMinutes(1),
                0,
                0,
                0,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                3,
                0,
                BigDecimal.ZERO,
                0,
                0,
                0,
                BigDecimal.ZERO);
    }
}
