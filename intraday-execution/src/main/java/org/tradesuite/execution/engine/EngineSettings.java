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
 * @param asking how fast, and what follows from the answers
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
 * @param snapshotEvery events after which the state is written down again, so that a restart need not read them; where more
 *     decisions, orders and routes are known than that, after as many as those
 * @param keepDays business days after its own for which an ended order and its idempotency key stay in memory
 * @param orphansWait how long an execution of an order we do not know is kept aside, in which its order may turn up
 * @param holdFor how long a decision may wait for a person to let it pass; at the longest until its day closes
 * @param breaking when breakers trip
 * @param suspense the account that such executions go to, null for none: then they are booked nowhere and listed
 */
public record EngineSettings(
        String chain,
        int inbox,
        int batch,
        Duration askAfter,
        int asks,
        Asking asking,
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
        Duration holdFor,
        @Nullable AccountId suspense,
        Breaking breaking) {

    /** With breakers that never trip. */
    public EngineSettings(
            String chain,
            int inbox,
            int batch,
            Duration askAfter,
            int asks,
            Asking asking,
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
            Duration holdFor,
            @Nullable AccountId suspense) {
        this(
                chain,
                inbox,
                batch,
                askAfter,
                asks,
                asking,
                rejections,
                cancelTries,
                twapInterval,
                vwapInterval,
                participation,
                closeWithin,
                confirmWithin,
                retryAfter,
                confirmationTolerance,
                unavailableAfterWall,
                snapshotEvery,
                keepDays,
                orphansWait,
                holdFor,
                suspense,
                Breaking.never());
    }

    /** The same, and breakers trip. */
    public EngineSettings with(Breaking when) {
        return new EngineSettings(
                chain,
                inbox,
                batch,
                askAfter,
                asks,
                asking,
                rejections,
                cancelTries,
                twapInterval,
                vwapInterval,
                participation,
                closeWithin,
                confirmWithin,
                retryAfter,
                confirmationTolerance,
                unavailableAfterWall,
                snapshotEvery,
                keepDays,
                orphansWait,
                holdFor,
                suspense,
                when);
    }

    /**
     * Status requests to brokers.
     *
     * @param askAgain between two questions about the same thing
     * @param questions how many may go out in a cycle
     * @param cycle how long that is
     * @param openOrderAfter how long a working order may be without news before it is asked about; zero for never
     * @param inferAfter how long an execution that a broker counts may be under way before it is booked without its report
     * @param reconcileWithin how long a broker may give no answer after its logon before it is blocked
     * @param reconcileAgain when a broker that is blocked is asked again
     */
    public record Asking(
            Duration askAgain,
            int questions,
            Duration cycle,
            Duration openOrderAfter,
            Duration inferAfter,
            Duration reconcileWithin,
            Duration reconcileAgain) {

        public static Asking standard() {
            return new Asking(
                    Duration.ofSeconds(2),
                    10,
                    Duration.ofMillis(100),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1));
        }

        boolean asksOpenOrders() {
            return !openOrderAfter.isZero();
        }
    }

    public static EngineSettings standard() {
        return new EngineSettings(
                "execution-0",
                1 << 16,
                4096,
                Duration.ofSeconds(5),
                5,
                Asking.standard(),
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
                Duration.ofHours(1),
                null);
    }
}
