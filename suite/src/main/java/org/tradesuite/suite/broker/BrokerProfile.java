package org.tradesuite.suite.broker;

import java.time.Duration;
import java.util.List;

/**
 * All that makes one broker differ from another; the code is the same for all.
 *
 * @param version BeginString: FIX.4.2, FIX.4.4, or FIXT.1.1 for FIX 5.0 SP2
 * @param acknowledgesPending whether a cancel or replace request is first answered Pending (150=6, 150=E)
 * @param pendingNew whether an order is first answered Pending New (150=A)
 * @param confirms whether allocations are followed by a Confirmation (35=AK) with the money; FIX 4.2 has none
 * @param rejectsFrom of the thousand kinds of order, the first that this broker declines; each broker declines others
 * @param rejectsPerThousand orders declined for no reason of ours, when one of their kind comes for the first time
 * @param cancelsPerThousand orders the broker cancels unasked after a part was filled
 * @param fillGapLongest the longest wait between two parts while the price allows them
 */
public record BrokerProfile(
        String brokerId,
        String version,
        int port,
        boolean acknowledgesPending,
        boolean pendingNew,
        boolean confirms,
        Duration latencyShortest,
        Duration latencyLongest,
        Duration fillGapShortest,
        Duration fillGapLongest,
        int mostParts,
        int rejectsFrom,
        int rejectsPerThousand,
        int cancelsPerThousand,
        StatementLayout statement,
        List<StatementError> statementErrors) {

    /** A high-touch desk on FIX 4.2: slow, few large parts, no pending states. */
    public static BrokerProfile alfa() {
        return new BrokerProfile(
                "ALFA",
                "FIX.4.2",
                9842,
                false,
                false,
                false,
                Duration.ofMillis(20),
                Duration.ofMillis(120),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                3,
                0,
                20,
                8,
                StatementLayout.alfa(),
                List.of(StatementError.WRONG_QUANTITY, StatementError.MISSING_ROW, StatementError.DUPLICATE_ROW));
    }

    /** A continental house on FIX 4.4: acknowledges every request before it decides. */
    public static BrokerProfile bravo() {
        return new BrokerProfile(
                "BRAVO",
                "FIX.4.4",
                9844,
                true,
                true,
                true,
                Duration.ofMillis(5),
                Duration.ofMillis(60),
                Duration.ofSeconds(2),
                Duration.ofSeconds(40),
                5,
                400,
                15,
                8,
                StatementLayout.bravo(),
                List.of(StatementError.WRONG_PRICE, StatementError.EXTRA_ROW, StatementError.WRONG_COMMISSION));
    }

    /** An electronic broker on FIX 5.0 SP2: fast, many small parts. */
    public static BrokerProfile charlie() {
        return new BrokerProfile(
                "CHARLIE",
                "FIXT.1.1",
                9850,
                true,
                false,
                true,
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                8,
                600,
                10,
                5,
                StatementLayout.charlie(),
                List.of(StatementError.WRONG_SETTLE_DATE, StatementError.MISSING_ROW, StatementError.WRONG_QUANTITY));
    }

    public BrokerProfile onPort(int otherPort) {
        return new BrokerProfile(
                brokerId,
                version,
                otherPort,
                acknowledgesPending,
                pendingNew,
                confirms,
                latencyShortest,
                latencyLongest,
                fillGapShortest,
                fillGapLongest,
                mostParts,
                rejectsFrom,
                rejectsPerThousand,
                cancelsPerThousand,
                statement,
                statementErrors);
    }

    /** The same broker in a hurry: what takes it minutes otherwise is done in a second or two. */
    public BrokerProfile hurried() {
        return new BrokerProfile(
                brokerId,
                version,
                port,
                acknowledgesPending,
                pendingNew,
                confirms,
                latencyShortest,
                latencyLongest,
                Duration.ofMillis(30),
                Duration.ofMillis(900),
                mostParts,
                rejectsFrom,
                rejectsPerThousand,
                cancelsPerThousand,
                statement,
                statementErrors);
    }

    /** The same broker on a good day: it neither refuses nor cancels unasked. */
    public BrokerProfile obliging() {
        return new BrokerProfile(
                brokerId,
                version,
                port,
                acknowledgesPending,
                pendingNew,
                confirms,
                latencyShortest,
                latencyLongest,
                fillGapShortest,
                fillGapLongest,
                mostParts,
                0,
                0,
                0,
                statement,
                statementErrors);
    }

    public BrokerProfile withStatementErrors(List<StatementError> errors) {
        return new BrokerProfile(
                brokerId,
                version,
                port,
                acknowledgesPending,
                pendingNew,
                confirms,
                latencyShortest,
                latencyLongest,
                fillGapShortest,
                fillGapLongest,
                mostParts,
                rejectsFrom,
                rejectsPerThousand,
                cancelsPerThousand,
                statement,
                List.copyOf(errors));
    }

    boolean declines(int kind) {
        return kind >= rejectsFrom && kind < rejectsFrom + rejectsPerThousand;
    }

    boolean isFix42() {
        return version.equals("FIX.4.2");
    }
}
