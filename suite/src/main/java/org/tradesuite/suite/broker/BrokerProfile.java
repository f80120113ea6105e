package org.tradesuite.suite.broker;

import java.time.Duration;
import java.util.List;

/**
 * All that makes one broker differ from another; the code is the same for all.
 *
 * @param version BeginString: FIX.4.2, FIX.4.4, or FIXT.1.1 for FIX 5.0 SP2
 * @param acknowledgesPending whether a cancel or replace request is first answered Pending (150=6, 150=E)
 * @param pendingNew whether an order is first answered Pending New (150=A)
 * @param dropCopyPort where it offers a copy of its executions; 0 if it offers none
 * @param confirms whether allocations are followed by a Confirmation (35=AK) with the money; FIX 4.2 has none
 */
public record BrokerProfile(
        String brokerId,
        String version,
        int port,
        int dropCopyPort,
        boolean acknowledgesPending,
        boolean pendingNew,
        boolean confirms,
        Pace pace,
        Whims whims,
        StatementLayout statement,
        List<StatementError> statementErrors) {

    /**
     * How fast it is.
     *
     * @param gapLongest the longest wait between two parts while the price allows them
     * @param mostParts how many parts an order may be filled in
     */
    public record Pace(
            Duration latencyShortest,
            Duration latencyLongest,
            Duration gapShortest,
            Duration gapLongest,
            int mostParts) {}

    /**
     * What it does for no reason of ours.
     *
     * @param rejectsFrom of the thousand kinds of order, the first that this broker declines; each broker declines others
     * @param rejectsPerThousand orders declined, when one of their kind comes for the first time
     * @param cancelsPerThousand orders the broker cancels unasked after a part was filled
     */
    public record Whims(int rejectsFrom, int rejectsPerThousand, int cancelsPerThousand) {

        private static final Whims NONE = new Whims(0, 0, 0);
    }

    /** A high-touch desk on FIX 4.2: slow, few large parts, no pending states. */
    public static BrokerProfile alfa() {
        return new BrokerProfile(
                "ALFA",
                "FIX.4.2",
                9842,
                0,
                false,
                false,
                false,
                new Pace(
                        Duration.ofMillis(20),
                        Duration.ofMillis(120),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(60),
                        3),
                new Whims(0, 20, 8),
                StatementLayout.alfa(),
                List.of(StatementError.WRONG_QUANTITY, StatementError.MISSING_ROW, StatementError.DUPLICATE_ROW));
    }

    /** A continental house on FIX 4.4: acknowledges every request before it decides. */
    public static BrokerProfile bravo() {
        return new BrokerProfile(
                "BRAVO",
                "FIX.4.4",
                9844,
                0,
                true,
                true,
                true,
                new Pace(Duration.ofMillis(5), Duration.ofMillis(60), Duration.ofSeconds(2), Duration.ofSeconds(40), 5),
                new Whims(400, 15, 8),
                StatementLayout.bravo(),
                List.of(StatementError.WRONG_PRICE, StatementError.EXTRA_ROW, StatementError.WRONG_COMMISSION));
    }

    /** An electronic broker on FIX 5.0 SP2: fast, many small parts. */
    public static BrokerProfile charlie() {
        return new BrokerProfile(
                "CHARLIE",
                "FIXT.1.1",
                9850,
                0,
                true,
                false,
                true,
                new Pace(Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofSeconds(20), 8),
                new Whims(600, 10, 5),
                StatementLayout.charlie(),
                List.of(StatementError.WRONG_SETTLE_DATE, StatementError.MISSING_ROW, StatementError.WRONG_QUANTITY));
    }

    public BrokerProfile onPort(int other) {
        return with(other, dropCopyPort, pace, whims, statementErrors);
    }

    /** The same broker, which offers a copy of its executions on a port of its own. */
    public BrokerProfile copyingOn(int other) {
        return with(port, other, pace, whims, statementErrors);
    }

    /** The same broker in a hurry: what takes it minutes otherwise is done in a second or two. */
    public BrokerProfile hurried() {
        var hurry = new Pace(
                pace.latencyShortest(),
                pace.latencyLongest(),
                Duration.ofMillis(30),
                Duration.ofMillis(900),
                pace.mostParts());
        return with(port, dropCopyPort, hurry, whims, statementErrors);
    }

    /** The same broker on a good day: it neither refuses nor cancels unasked. */
    public BrokerProfile obliging() {
        return with(port, dropCopyPort, pace, Whims.NONE, statementErrors);
    }

    public BrokerProfile withStatementErrors(List<StatementError> errors) {
        return with(port, dropCopyPort, pace, whims, List.copyOf(errors));
    }

    private BrokerProfile with(int at, int copiesAt, Pace walks, Whims has, List<StatementError> makes) {
        return new BrokerProfile(
                brokerId,
                version,
                at,
                copiesAt,
                acknowledgesPending,
                pendingNew,
                confirms,
                walks,
                has,
                statement,
                makes);
    }

    boolean declines(int kind) {
        return kind >= whims.rejectsFrom() && kind < whims.rejectsFrom() + whims.rejectsPerThousand();
    }

    boolean isFix42() {
        return version.equals("FIX.4.2");
    }
}
