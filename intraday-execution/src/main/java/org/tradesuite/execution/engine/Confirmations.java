package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.allocation.Trade;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.market.BrokerId;

/**
 * What brokers say to our allocations: received, refused, or a confirmation that says what they think we traded. It is
 * compared with what we think, and affirmed if it is the same.
 */
final class Confirmations {

    private final Desk desk;
    private final EngineSettings settings;

    Confirmations(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** The trade that an allocation is about. What was replaced since is not answered any more. */
    private @Nullable TradeState trade(BrokerId broker, @Nullable String allocationId) {
        if (allocationId == null) {
            return null;
        }
        var trade = desk.state().trade(TradeState.tradeId(allocationId));
        return trade != null
                        && trade.allocated().allocationId().equals(allocationId)
                        && trade.allocated().trade().broker().equals(broker)
                ? trade
                : null;
    }

    void allocationAck(Input.BrokerAllocationAck ack) {
        var trade = trade(ack.broker(), ack.allocationId());
        // A broker that answers again says nothing new.
        if (trade == null || !trade.open()) {
            return;
        }
        switch (ack.status()) {
            case RECEIVED ->
                desk.record(
                        Streams.trade(trade.allocated().trade().tradeId()), new DeskFact.AllocationReceived(), null);
            case ACCEPTED -> {
                if (ack.confirms()) {
                    confirmed(trade, ack.allocationId(), false);
                } else {
                    desk.record(
                            Streams.trade(trade.allocated().trade().tradeId()),
                            new DeskFact.AllocationReceived(),
                            null);
                }
            }
            case REJECTED -> refused(trade, ack.reason(), ack.text());
        }
    }

    void allocationRefused(Input.BrokerMessageReject reject) {
        var trade = trade(reject.broker(), reject.refId());
        if (trade != null && trade.open()) {
            refused(trade, reject.reason(), reject.text());
        }
    }

    private void refused(TradeState trade, @Nullable String reason, @Nullable String text) {
        var id = trade.allocated().trade().tradeId();
        desk.record(Streams.trade(id), new DeskFact.AllocationRefused(reason, text), null);
        desk.alert(
                AlertKind.ALLOCATION_REFUSED,
                id,
                trade.allocated().trade().broker() + " refused the allocation: " + (text == null ? reason : text));
        desk.closing().advance();
    }

    void confirmation(Input.BrokerConfirmation confirmation) {
        var trade = trade(confirmation.broker(), confirmation.allocationId());
        if (trade == null) {
            desk.record(
                    Streams.strays(confirmation.broker()),
                    new DeskFact.StrayConfirmation(
                            confirmation.broker(), confirmation.confirmId(), confirmation.allocationId()),
                    null);
            return;
        }
        if (confirmation.confirmId().equals(trade.reference())) {
            return;
        }
        var ours = trade.allocated().trade();
        var differences = differences(ours, confirmation);
        if (differences.isEmpty()) {
            confirmed(trade, confirmation.confirmId(), true);
        } else {
            desk.record(
                    Streams.trade(ours.tradeId()),
                    new DeskFact.TradeMismatched(confirmation.confirmId(), differences),
                    null);
            desk.alert(AlertKind.CONFIRMATION_MISMATCH, ours.tradeId(), differences);
        }
        desk.effect(new Effect.SendConfirmationAck(
                ours.broker(),
                confirmation.confirmId(),
                ours.tradeId(),
                ours.tradeDate(),
                differences.isEmpty(),
                differences.isEmpty() ? null : differences,
                desk.now()));
        desk.closing().advance();
    }

    private void confirmed(TradeState state, String confirmId, boolean affirmed) {
        var trade = state.allocated().trade();
        desk.record(Streams.trade(trade.tradeId()), new DeskFact.TradeConfirmed(confirmId, affirmed), null);
        for (var orderId : trade.orderIds()) {
            var work = desk.state().order(orderId);
            if (work != null && agreed(trade, orderId)) {
                desk.working().perform(work, new ParentOrder.Confirm());
            }
        }
        desk.closing().advance();
    }

    /** Whether every broker that executed part of the order has agreed. */
    private boolean agreed(Trade of, String orderId) {
        return desk.allocations().of(of.businessDate()).stream()
                .filter(each -> each.allocated().trade().orderIds().contains(orderId))
                .allMatch(TradeState::agreed);
    }

    private String differences(Trade ours, Input.BrokerConfirmation theirs) {
        var found = new ArrayList<String>();
        if (!ours.quantity().equals(theirs.quantity())) {
            found.add("quantity " + ours.quantity() + " ours, " + theirs.quantity() + " theirs");
        }
        var tolerance = BigDecimal.valueOf(
                settings.confirmationTolerance(), ours.grossAmount().currency().scale());
        // A broker's average is rounded its own way; what it may cost is what its amounts may cost.
        var byAverage = ours.averagePrice()
                .value()
                .subtract(theirs.averagePrice().value())
                .abs()
                .multiply(ours.quantity().value());
        var roundedAverage =
                theirs.averagePrice().value().ulp().multiply(ours.quantity().value());
        if (byAverage.compareTo(tolerance.max(roundedAverage)) > 0) {
            found.add("average " + ours.averagePrice() + " ours, " + theirs.averagePrice() + " theirs");
        }
        compare("gross", ours.grossAmount().amount(), theirs.grossAmount(), tolerance, found);
        compare("commission", ours.commission().amount(), theirs.commission(), tolerance, found);
        compare("net", ours.netAmount().amount(), theirs.netAmount(), tolerance, found);
        if (theirs.settlementDate() != null && !theirs.settlementDate().equals(ours.settlementDate())) {
            found.add("settlement " + ours.settlementDate() + " ours, " + theirs.settlementDate() + " theirs");
        }
        return String.join("; ", found);
    }

    private static void compare(
            String what, BigDecimal ours, @Nullable BigDecimal theirs, BigDecimal tolerance, List<String> found) {
        if (theirs != null && ours.subtract(theirs).abs().compareTo(tolerance) > 0) {
            found.add(what + " " + ours.toPlainString() + " ours, " + theirs.toPlainString() + " theirs");
        }
    }
}
