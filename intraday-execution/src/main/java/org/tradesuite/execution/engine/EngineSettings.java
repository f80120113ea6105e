package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tradesuite.market.AccountId;

/**
 * How the engine is set. Durations are of the suite's clock unless they say wall.
 *
 * @param chain the journal's chain; one engine per chain
 * @param inbox how many inputs may wait, a power of two
 * @param batch how many events one transaction holds at most; a guide, one input's events are never divided
 * @param askAfter how long a broker may be silent about an order or a request before it is asked with 35=H
 * @param asks how often it is asked before the order is shown as UNKNOWN
 * @param rejections brokers that may reject an order one after the other before it is parked
 * @param cancelTries cancels sent for one route of a closing order before it is left to a person
 * @param twapInterval time between two slices
 * @param vwapInterval time between two looks at the market's volume
 * @param participation the largest share of the market's volume, of VWAP orders
 * @param closeWithin how long orders may take to end when the day closes
 * @param confirmWithin how long brokers may take to confirm after that
 * @param retryAfter when no broker can be reached, how long until the next try
 * @param confirmationTolerance by how many of the currency's smallest units a broker's amount may differ from ours
 * @param unavailableAfterWall how long the journal may be unwritable before new requests are turned away
 * @param snapshotEvery events after which the state is written down again, so that a restart need not read them
 * @param keepDays business days after its own for which an ended order and its idempotency key stay in memory
 * @param orphansWait how long an execution of an order we do not know is kept aside, in which its order may turn up
 * @param suspense the account that such executions go to, null for none: then they are booked nowhere and listed
 */
public record EngineSettings(
        String chain,
        int inbox,
        int batch,
        Duration askAfter,
        int asks,
        int rejections,
        int cancelTries,
        Duration twapInterval,
        Duration vwapInterval,
        BigDecimal participation,
        Duration closeWithin,
        Duration confirmWithin,
        Duration retryAfter,
        int confirmationTolerance,
        Duration unavailableAfterWall,
        int snapshotEvery,
        int keepDays,
        Duration orphansWait,
        @Nullable AccountId suspense) {

    public static EngineSettings standard() {
        return new EngineSettings(
                "execution-0",
                1 << 16,
                4096,
                Duration.ofSeconds(5),
                3,
                2,
                3,
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                new BigDecimal("0.25"),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofSeconds(1),
                5,
                Duration.ofSeconds(2),
                100_000,
                2,
                Duration.ofSeconds(5),
                null);
    }
}
