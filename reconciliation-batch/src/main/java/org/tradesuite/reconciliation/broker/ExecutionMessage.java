package org.tradesuite.reconciliation.broker;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tradesuite.reconciliation.fix.FixMessage;

/**
 * What a message of a drop copy is about: ExecutionReport (8) of FIX 4.0 to 5.0SP2 and TradeCaptureReport (AE).
 *
 * @param id ExecID (17); of a TradeCaptureReport without one its TradeReportID (571)
 * @param otherId TradeReportID (571) beside an ExecID, else null
 * @param about ExecRefID (19) or TradeReportRefID (572): the execution that is busted or corrected
 * @param says a hash of side, quantity, price, account and instrument: the same for a message that was sent again
 */
record ExecutionMessage(
        Kind kind,
        String id,
        @Nullable String otherId,
        @Nullable String about,
        long says) {

    enum Kind {
        TRADE,
        BUST,
        CORRECTION
    }

    static final int ACCOUNT = 1;
    static final int EXEC_ID = 17;
    static final int LAST_MKT = 30;
    static final int LAST_PX = 31;
    static final int LAST_QTY = 32;
    static final int SYMBOL = 55;
    static final int SIDE = 54;
    private static final int EXEC_REF_ID = 19;
    private static final int EXEC_TRANS_TYPE = 20;
    private static final int MSG_TYPE = 35;
    private static final int SECURITY_ID = 48;
    private static final int EXEC_TYPE = 150;
    private static final int TRADE_REPORT_TRANS_TYPE = 487;
    private static final int TRADE_REPORT_ID = 571;
    private static final int TRADE_REPORT_REF_ID = 572;
    private static final long PRIME = 0x100000001b3L;
    private static final Set<String> FILLS_OF_4_2 = Set.of("1", "2");

    /**
     * What a message says.
     *
     * @param said null if it reports no execution: what happens to orders, what keeps the session up
     * @param wrong why it cannot be understood, else null
     */
    record Reading(
            @Nullable ExecutionMessage said, @Nullable String wrong) {}

    static Reading of(FixMessage message) {
        try {
            return new Reading(understood(message), null);
        } catch (IllegalArgumentException wrong) {
            return new Reading(null, wrong.getMessage());
        }
    }

    private static @Nullable ExecutionMessage understood(FixMessage message) {
        var type = message.text(MSG_TYPE);
        if (type == null) {
            throw new IllegalArgumentException("MsgType (35) is missing");
        }
        var captured = type.equals("AE");
        var kind = captured ? captured(message) : type.equals("8") ? reported(message) : null;
        if (kind == null) {
            return null;
        }
        var exec = message.text(EXEC_ID);
        var report = captured ? message.text(TRADE_REPORT_ID) : null;
        var id = exec == null ? report : exec;
        if (id == null) {
            throw new IllegalArgumentException("It reports an execution without ExecID (17)");
        }
        var ref = message.text(EXEC_REF_ID);
        var about = ref == null && captured ? message.text(TRADE_REPORT_REF_ID) : ref;
        if (kind != Kind.TRADE && about == null) {
            throw new IllegalArgumentException(
                    (kind == Kind.BUST ? "It takes an execution back" : "It corrects an execution")
                            + " and does not say which: ExecRefID (19) is missing");
        }
        return new ExecutionMessage(
                kind, id, exec == null ? null : report, kind == Kind.TRADE ? null : about, says(message, kind));
    }

    /** By ExecTransType (20) up to FIX 4.2, by ExecType (150) from then on. */
    private static @Nullable Kind reported(FixMessage message) {
        var transaction = message.text(EXEC_TRANS_TYPE);
        if (transaction != null && !transaction.equals("0")) {
            return switch (transaction) {
                case "1" -> Kind.BUST;
                case "2" -> Kind.CORRECTION;
                case "3" -> null;
                default ->
                    throw new IllegalArgumentException("ExecTransType (20) '" + transaction + "' is none of 0 to 3");
            };
        }
        var exec = message.text(EXEC_TYPE);
        if (exec == null) {
            // FIX 4.0 has no ExecType; what was executed last says whether something was.
            return hasQuantity(message) ? Kind.TRADE : null;
        }
        if (FILLS_OF_4_2.contains(exec)) {
            // Some acknowledge with it, and have executed nothing.
            return hasQuantity(message) ? Kind.TRADE : null;
        }
        return switch (exec) {
            case "F" -> Kind.TRADE;
            case "G" -> Kind.CORRECTION;
            case "H" -> Kind.BUST;
            default -> null;
        };
    }

    private static Kind captured(FixMessage message) {
        if (message.says(EXEC_TYPE, "H") || message.says(TRADE_REPORT_TRANS_TYPE, "1")) {
            return Kind.BUST;
        }
        return message.says(EXEC_TYPE, "G") || message.says(TRADE_REPORT_TRANS_TYPE, "2")
                ? Kind.CORRECTION
                : Kind.TRADE;
    }

    private static boolean hasQuantity(FixMessage message) {
        var quantity = message.text(LAST_QTY);
        return quantity != null && !quantity.matches("0*[.]?0*");
    }

    /** A bust is the same whatever it repeats of the execution. */
    private static long says(FixMessage message, Kind kind) {
        var hash = kind.name().hashCode() * PRIME;
        if (kind != Kind.BUST) {
            for (var tag : new int[] {SIDE, LAST_QTY, LAST_PX, ACCOUNT, SYMBOL, SECURITY_ID}) {
                var text = tag == LAST_QTY || tag == LAST_PX ? plain(message.text(tag)) : message.text(tag);
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
