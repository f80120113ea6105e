package org.tradesuite.reconciliation.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.broker.DropCopyLayout.Holds;
import org.tradesuite.reconciliation.fix.FixMessage;

/**
 * What a message of a drop copy is about, by the layout of the broker: an ExecutionReport (8) of FIX 4.0 to 5.0SP2, a
 * TradeCaptureReport (AE), or whatever else the broker reports executions by.
 *
 * @param otherIds other names of the same execution, such as TradeReportID (571) beside an ExecID (17)
 * @param about the execution that is busted or corrected
 * @param says a hash of what is repeated when it is sent again
 */
record ExecutionMessage(
        Kind kind,
        String id,
        List<String> otherIds,
        @Nullable String about,
        long says) {

    enum Kind {
        TRADE,
        BUST,
        CORRECTION
    }

    private static final int MSG_TYPE = 35;
    private static final long PRIME = 0x100000001b3L;

    /**
     * What a message says.
     *
     * @param said null if it reports no execution: what happens to orders, what keeps the session up
     * @param wrong why it cannot be understood, else null
     */
    record Reading(
            @Nullable ExecutionMessage said, @Nullable String wrong) {}

    ExecutionMessage {
        otherIds = List.copyOf(otherIds);
    }

    static Reading of(FixMessage message, ExecutionFields fields) {
        try {
            return new Reading(understood(message, fields), null);
        } catch (IllegalArgumentException wrong) {
            return new Reading(null, wrong.getMessage());
        }
    }

    private static @Nullable ExecutionMessage understood(FixMessage message, ExecutionFields fields) {
        var type = message.text(MSG_TYPE);
        if (type == null) {
            throw new IllegalArgumentException("MsgType (35) is missing");
        }
        var report = fields.report(type, message);
        var kind = report == null ? null : kind(report, message, fields);
        if (kind == null) {
            return null;
        }
        var ids = fields.each(Holds.EXECUTION, message);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("It reports an execution without " + fields.named(Holds.EXECUTION));
        }
        var about = kind == Kind.TRADE ? null : fields.first(Holds.CHANGES, message);
        if (kind != Kind.TRADE && about == null) {
            throw new IllegalArgumentException(
                    (kind == Kind.BUST ? "It takes an execution back" : "It corrects an execution")
                            + " and does not say which: " + fields.named(Holds.CHANGES) + " is missing");
        }
        return new ExecutionMessage(
                kind, ids.getFirst(), ids.subList(1, ids.size()), about, says(message, kind, fields));
    }

    private static @Nullable Kind kind(DropCopyLayout.Report report, FixMessage message, ExecutionFields fields) {
        return switch (report.means()) {
            case EXECUTION -> Kind.TRADE;
            case EXECUTION_IF_QUANTITY -> fields.hasQuantity(message) ? Kind.TRADE : null;
            case CORRECTION -> Kind.CORRECTION;
            case BUST -> Kind.BUST;
            case NOTHING -> null;
            case UNCLEAR ->
                throw new IllegalArgumentException(
                        "By the layout it is not clear what a message " + report.message() + " means"
                                + (report.where() == null
                                        ? ""
                                        : " where " + report.where().told(message)));
        };
    }

    /** A bust is the same whatever it repeats of the execution. */
    private static long says(FixMessage message, Kind kind, ExecutionFields fields) {
        var hash = kind.name().hashCode() * PRIME;
        if (kind != Kind.BUST) {
            for (var tag : fields.same()) {
                var text = fields.isNumber(tag) ? plain(message.text(tag)) : message.text(tag);
                for (var at = 0; text != null && at < text.length(); at++) {
                    hash = (hash ^ text.charAt(at)) * PRIME;
                }
                hash = (hash ^ tag) * PRIME;
            }
        }
        return hash;
    }

    /** The same for 100 and 100.00. */
    private static @Nullable String plain(@Nullable String number) {
        return number == null || number.indexOf('.') < 0 ? number : number.replaceAll("[.]?0+$", "");
    }
}
