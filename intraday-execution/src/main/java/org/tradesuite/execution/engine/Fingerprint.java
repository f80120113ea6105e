package org.tradesuite.execution.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;
import org.tradesuite.market.Side;

/**
 * How an execution looked. ExecID is unique per broker session and trade date; under the same ExecID, the same look is the
 * same message again and another look is another thing.
 *
 * <p>Compared are the order, Side (54), LastQty (32), LastPx (31), TransactTime (60) and whether it is a fill, a bust or a
 * correction. The order is compared as the order that the ClOrdID (11) belongs to, because one chain of replaces has several
 * ids. OrderID (37) is not compared: some brokers change it from message to message, and what they send again under another
 * OrderID would look like a second execution of the same order at the same instant, price and quantity, which it never is. A
 * broker that begins its ExecIDs anew within the day is known by TransactTime: it cannot execute twice at one microsecond for
 * the same quantity and price under the same ExecID.
 *
 * @param order the route, or the external order; {@link #NOBODY} if it was booked nowhere
 * @param transactTime null for a bust, which has no time that matters
 * @param kind F fill, G correction, H bust
 */
record Fingerprint(
        String order,
        @Nullable Side side,
        @Nullable Quantity quantity,
        @Nullable Price price,
        @Nullable Instant transactTime,
        char kind) {

    static final String NOBODY = "";

    /** @param side of the order, for a broker that leaves it out */
    static Fingerprint of(String order, @Nullable Side side, ExecutionReport report) {
        return switch (report.execType()) {
            case ExecType.TRADE_CANCEL -> bust(order);
            case ExecType.TRADE_CORRECT -> of(order, side, report, 'G');
            default -> of(order, side, report, 'F');
        };
    }

    private static Fingerprint of(String order, @Nullable Side side, ExecutionReport report, char kind) {
        return new Fingerprint(
                order,
                report.side() == null ? side : report.side(),
                report.lastQuantity(),
                report.lastPrice(),
                report.transactTime(),
                kind);
    }

    static Fingerprint bust(String order) {
        return new Fingerprint(order, null, null, null, null, 'H');
    }

    /** Whether all but the order is the same. */
    boolean looksLike(Fingerprint other) {
        return other.equals(new Fingerprint(other.order, side, quantity, price, transactTime, kind));
    }
}
