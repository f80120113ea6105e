package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.risk.Check;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * What shall become of an order and only soft rules block: it waits until an entitled person lets it pass or refuses it. The
 * order goes on as it is and counts as the larger of the two.
 *
 * @param number which of the order's, the same for as long as it waits
 * @param version of its stream when it was held last: what the person who decides has seen
 * @param quantity null leaves it as it is, as do limit and end
 * @param by who asked for it, and therefore does not let it pass
 * @param blocks what blocked it when it was held last
 * @param until when it is refused by itself
 */
record HeldAmendment(
        String orderId,
        int number,
        int version,
        @Nullable Quantity quantity,
        @Nullable Price limit,
        @Nullable Instant end,
        String by,
        Instant since,
        List<RefusalCode> codes,
        List<Held.Block> blocks,
        Instant until) {

    static HeldAmendment of(String orderId, int version, DeskFact.AmendmentHeld fact) {
        return new HeldAmendment(
                orderId,
                fact.hold().number(),
                version,
                fact.quantity(),
                fact.limit(),
                fact.end(),
                fact.hold().by(),
                fact.since(),
                fact.codes(),
                Held.blocks(fact.checks().raised()),
                fact.until());
    }

    DeskFact.Hold hold() {
        return new DeskFact.Hold(number, by);
    }

    /** Whether nothing blocks now but what was seen. */
    boolean covers(List<Check> checks) {
        return Held.covers(blocks, checks);
    }

    /** What the order would still want. */
    Quantity remaining(ParentOrder.Body order) {
        var wanted = quantity == null ? order.quantity() : quantity;
        return wanted.compareTo(order.executed()) <= 0 ? Quantity.ZERO : wanted.minus(order.executed());
    }

    /** The dearer of the order's limit and its own. */
    Price dearer(Price now) {
        return limit == null ? now : Route.dearer(now, limit);
    }
}
