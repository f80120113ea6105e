package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.position.PendingOrder;
import org.tradesuite.execution.risk.Check;
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

    /**
     * What the rules say of a child order for one broker.
     *
     * @param blocks why it may not go there; none if it may
     * @param whole whether it is its whole order, of which every other rule was asked a moment ago
     */
    record Asked(BrokerId broker, Quantity quantity, List<RefusalCode> blocks, List<Check> checks, boolean whole) {

        boolean passes() {
            return blocks.isEmpty();
        }

        /** Whether nothing but this broker's limit is in the way. */
        boolean full() {
            return blocks.equals(List.of(RefusalCode.BROKER_NOTIONAL_EXCEEDED));
        }
    }

    /** Whether this much may go to that broker now. */
    Asked ask(State.Work work, BrokerId broker, Quantity quantity) {
        var body = work.order.body();
        var child = child(work, quantity);
        var whole =
                body.routes() == 0 && body.terms().arrivalTime().equals(desk.now()) && quantity.equals(body.quantity());
        var assessment = whole
                ? PreTrade.assessBroker(child, broker, desk.situation())
                : PreTrade.assessChild(child, broker, desk.situation());
        // What a person let pass for the order is not asked of that person again for each part of it.
        var blocks = new ArrayList<>(assessment.codes());
        blocks.removeAll(desk.state().overridden(body.orderId()));
        return new Asked(broker, quantity, List.copyOf(blocks), assessment.checks(), whole);
    }

    private Proposal child(State.Work work, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        return new Proposal(
                terms.account(),
                terms.strategy(),
                terms.trader(),
                terms.instrument(),
                terms.side(),
                quantity,
                body.limit(),
                desk.now(),
                null,
                null,
                terms.algo().name());
    }

    /** It goes, to the last of these brokers; the others are full, and the journal says so. */
    void goes(State.Work work, List<Asked> asked) {
        if (asked.size() > 1 || !asked.getLast().whole()) {
            asked.forEach(each -> record(work, each.broker(), each.quantity(), each.checks()));
        }
    }

    /** Why it waits, said and kept once. */
    String waits(State.Work work, List<Asked> asked) {
        var codes = asked.stream()
                .flatMap(each -> each.blocks().stream())
                .distinct()
                .map(Enum::name)
                .collect(Collectors.joining(", "));
        var why = asked.stream()
                .map(each -> each.broker().toString())
                .collect(Collectors.joining(", ", "Held by risk for ", ": " + codes + "."));
        if (!why.equals(waits(work))) {
            asked.forEach(each -> record(work, each.broker(), each.quantity(), each.checks()));
        }
        return why;
    }

    /** Trading is stopped, or the market has halted it: what the rules about that say is kept with it, once. */
    void stopped(State.Work work, Quantity quantity, String why) {
        if (why.equals(waits(work))) {
            return;
        }
        var body = work.order.body();
        var terms = body.terms();
        var own = desk.state().book().pending(body.orderId());
        // What of it is with brokers already works like that of others.
        var unsent = own == null
                ? null
                : new PendingOrder(
                        own.orderId(),
                        own.account(),
                        own.instrument(),
                        own.currency(),
                        own.side(),
                        Quantity.of(own.leaves()
                                .value()
                                .subtract(body.outstanding().value())
                                .max(BigDecimal.ZERO)),
                        own.price());
        record(work, terms.broker(), quantity, PreTrade.checkStops(child(work, quantity), unsent, desk.situation()));
    }

    private void record(State.Work work, BrokerId broker, Quantity quantity, List<Check> checks) {
        var body = work.order.body();
        desk.record(
                Streams.children(body.orderId()),
                new DeskFact.ChildChecked(broker, quantity, body.limit(), desk.answers(checks)),
                body.terms().decisionId());
    }

    private static @Nullable String waits(State.Work work) {
        return work.order instanceof ParentOrder.Open open ? open.waits() : null;
    }
}
