package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.Proposal;
import org.tradesuite.execution.risk.RefusalCode;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Quantity;

/**
 * Asks the rules again for every child order: hours may lie between a decision and its last slice, and a child that had to
 * wait goes only if it may go now. What may not go waits and is asked again; nothing is refused for good that way.
 */
final class ChildChecks {

    private final Desk desk;

    ChildChecks(Desk desk) {
        this.desk = desk;
    }

    /** Why this much may not go to that broker now; null if it may. */
    @Nullable
    String holds(State.Work work, BrokerId broker, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var child = new Proposal(
                terms.account(),
                terms.strategy(),
                terms.trader(),
                terms.instrument(),
                terms.side(),
                quantity,
                body.limit(),
                desk.now(),
                null,
                null);
        // Every other rule was asked about just this a moment ago.
        var whole = body.routes() == 0 && terms.arrivalTime().equals(desk.now()) && quantity.equals(body.quantity());
        var assessment = whole
                ? PreTrade.assessBroker(child, broker, desk.situation())
                : PreTrade.assessChild(child, broker, desk.situation());
        // What a person let pass for the order is not asked of that person again for each part of it.
        var blocks = new ArrayList<>(assessment.codes());
        blocks.removeAll(desk.state().overridden(body.orderId()));
        var why = blocks.isEmpty() ? null : why(blocks, broker);
        if (why == null ? !whole : !why.equals(waits(work))) {
            desk.record(
                    Streams.children(body.orderId()),
                    new DeskFact.ChildChecked(broker, quantity, body.limit(), assessment.checks()),
                    terms.decisionId());
        }
        return why;
    }

    private static String why(List<RefusalCode> blocks, BrokerId broker) {
        return blocks.stream()
                .map(Enum::name)
                .collect(Collectors.joining(", ", "Held by risk for " + broker + ": ", "."));
    }

    private static @Nullable String waits(State.Work work) {
        return work.order instanceof ParentOrder.Open open ? open.waits() : null;
    }
}
