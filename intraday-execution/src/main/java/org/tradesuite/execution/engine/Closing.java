package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.allocation.Allocation;
import org.tradesuite.execution.allocation.DayFill;
import org.tradesuite.execution.allocation.Trade;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Money;

/**
 * The end of a trading day. First every order ends: what works is cancelled at the brokers, what is left expires. Then the
 * day's executions become trades, one for each account, broker, instrument and side, and each is sent to its broker. When
 * the brokers have confirmed, or had their time, the day is closed.
 */
final class Closing {

    private final Desk desk;
    private final EngineSettings settings;

    Closing(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    void begin(LocalDate date) {
        var ordersUntil = desk.now().plus(settings.closeWithin());
        desk.record(
                Streams.day(date),
                new DeskFact.DayClosing(date, ordersUntil, ordersUntil.plus(settings.confirmWithin())),
                null);
        for (var work : ofDay(date)) {
            if (!work.order.ended()) {
                desk.working().perform(work, new ParentOrder.Expire("the trading day closes"));
                desk.routes().cancelAll(work);
                desk.working().settle(work);
            }
        }
        advance();
    }

    /** Goes on when what was waited for is there or its time is up. */
    void advance() {
        var day = desk.state().day();
        if (day == null || day.status() != Day.Status.CLOSING) {
            return;
        }
        if (!day.allocated()) {
            if (!late(day.ordersUntil()) && ofDay(day.date()).stream().anyMatch(work -> !work.order.ended())) {
                return;
            }
            allocate(day.date());
        }
        var waiting = tradesOf(day.date()).stream().anyMatch(TradeState::open);
        if (!waiting || late(day.confirmationsUntil())) {
            desk.record(Streams.day(day.date()), new DeskFact.DayClosed(day.date(), unresolved(day.date())), null);
        }
    }

    private boolean late(java.time.@Nullable Instant until) {
        return until != null && !desk.now().isBefore(until);
    }

    private List<State.Work> ofDay(LocalDate date) {
        var works = new ArrayList<State.Work>();
        for (var work : desk.state().orders()) {
            if (work.order.body().terms().businessDate().equals(date)) {
                works.add(work);
            }
        }
        return works;
    }

    private List<TradeState> tradesOf(LocalDate date) {
        var trades = new ArrayList<TradeState>();
        for (var trade : desk.state().trades()) {
            if (trade.allocated().trade().businessDate().equals(date)) {
                trades.add(trade);
            }
        }
        return trades;
    }

    private List<String> unresolved(LocalDate date) {
        var routes = new ArrayList<String>();
        for (var work : ofDay(date)) {
            for (var id : work.routes) {
                if (desk.state().route(id).live()) {
                    routes.add(id);
                }
            }
        }
        return routes;
    }

    // Allocation

    private void allocate(LocalDate date) {
        var fills = new ArrayList<DayFill>();
        for (var work : ofDay(date)) {
            for (var id : work.routes) {
                fills(work, desk.state().route(id), fills);
            }
        }
        var day = Allocation.allocate(date, fills, desk.reference());
        for (var left : day.unallocated()) {
            var ids = left.fills().stream().map(DayFill::fillId).toList();
            desk.record(Streams.day(date), new DeskFact.FillsUnallocated(date, ids, left.reason()), null);
            desk.alert(AlertKind.ALLOCATION_REFUSED, date.toString(), left.reason());
        }
        for (var trade : day.trades()) {
            allocate(trade);
        }
    }

    private static void fills(State.Work work, Route route, List<DayFill> into) {
        var terms = work.order.body().terms();
        for (var each = route.body().newest(); each != null; each = each.earlier()) {
            if (each.live()) {
                into.add(new DayFill(
                        each.fillId(),
                        work.order.body().orderId(),
                        terms.account(),
                        route.body().broker(),
                        terms.instrument(),
                        terms.side(),
                        each.quantity(),
                        each.price(),
                        each.transactTime()));
            }
        }
    }

    private void allocate(Trade trade) {
        var instrument = desk.reference().instrument(trade.instrument()).orElse(null);
        var broker = desk.reference().broker(trade.broker()).orElse(null);
        if (instrument == null || broker == null) {
            desk.record(
                    Streams.day(trade.businessDate()),
                    new DeskFact.FillsUnallocated(
                            trade.businessDate(), List.of(), "Broker " + trade.broker() + " is not known."),
                    null);
            return;
        }
        desk.record(
                Streams.trade(trade.tradeId()),
                new DeskFact.TradeAllocated(
                        trade,
                        broker.lei().toString(),
                        broker.bic().toString(),
                        instrument.symbol(),
                        instrument.isin() == null ? null : instrument.isin().toString(),
                        instrument.mic(),
                        instrument.placeOfSettlement() == null
                                ? null
                                : instrument.placeOfSettlement().toString(),
                        charged(trade)),
                null);
        var state = desk.state().trade(trade.tradeId());
        if (state != null) {
            desk.effect(send(state));
        }
    }

    private Money charged(Trade trade) {
        var charged = Money.zero(trade.grossAmount().currency());
        for (var route : routes(trade)) {
            for (var each = route.body().newest(); each != null; each = each.earlier()) {
                if (each.live()) {
                    charged = charged.plus(each.charges());
                }
            }
        }
        return charged;
    }

    private List<Route> routes(Trade trade) {
        var routes = new ArrayList<Route>();
        for (var orderId : trade.orderIds()) {
            var work = desk.state().order(orderId);
            if (work == null) {
                continue;
            }
            for (var id : work.routes) {
                var route = desk.state().route(id);
                if (route.body().broker().equals(trade.broker())
                        && !route.body().cumulative().isZero()) {
                    routes.add(route);
                }
            }
        }
        return routes;
    }

    private Effect.SendAllocation send(TradeState state) {
        var allocated = state.allocated();
        var trade = allocated.trade();
        var orders = new ArrayList<Effect.AllocatedOrder>();
        for (var route : routes(trade)) {
            var executions = new ArrayList<Effect.AllocatedExecution>();
            for (var each = route.body().newest(); each != null; each = each.earlier()) {
                if (each.live()) {
                    executions.add(new Effect.AllocatedExecution(each.execId(), each.quantity(), each.price()));
                }
            }
            orders.add(new Effect.AllocatedOrder(
                    route.body().clOrdId(),
                    route.body().brokerOrderId(),
                    route.body().cumulative(),
                    executions.reversed()));
        }
        return new Effect.SendAllocation(
                trade.broker(),
                trade.tradeId(),
                trade.tradeId(),
                trade.businessDate(),
                trade.settlementDate(),
                trade.account(),
                trade.instrument(),
                allocated.symbol(),
                allocated.mic(),
                allocated.isin(),
                trade.grossAmount().currency(),
                trade.side(),
                trade.quantity(),
                trade.averagePrice(),
                trade.grossAmount().amount(),
                trade.commission().amount(),
                trade.fees().amount(),
                trade.netAmount().amount(),
                orders,
                state.allocatedAt());
    }

    // What brokers say to it

    private @Nullable TradeState trade(BrokerId broker, @Nullable String tradeId) {
        var trade = tradeId == null ? null : desk.state().trade(tradeId);
        return trade != null && trade.allocated().trade().broker().equals(broker) ? trade : null;
    }

    void allocationAck(Input.BrokerAllocationAck ack) {
        var trade = trade(ack.broker(), ack.allocationId());
        // A broker that answers again says nothing new.
        if (trade == null || !trade.open()) {
            return;
        }
        switch (ack.status()) {
            case RECEIVED -> desk.record(Streams.trade(ack.allocationId()), new DeskFact.AllocationReceived(), null);
            case ACCEPTED -> {
                if (ack.confirms()) {
                    confirmed(trade, ack.allocationId(), false);
                } else {
                    desk.record(Streams.trade(ack.allocationId()), new DeskFact.AllocationReceived(), null);
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
        advance();
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
                ours.businessDate(),
                differences.isEmpty(),
                differences.isEmpty() ? null : differences,
                desk.now()));
        advance();
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
        advance();
    }

    /** Whether every broker that executed part of the order has agreed. */
    private boolean agreed(Trade of, String orderId) {
        return tradesOf(of.businessDate()).stream()
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

    /** After a restart: allocations nobody answered, and affirmations of the day, may not have left. */
    void resume() {
        var day = desk.state().day();
        if (day == null || day.status() == Day.Status.OPEN) {
            return;
        }
        for (var trade : tradesOf(day.date())) {
            if (trade.open()) {
                desk.effect(new Effect.Resume(send(trade), false));
            } else if (trade.status() == TradeState.Status.AFFIRMED && trade.reference() != null) {
                var ours = trade.allocated().trade();
                desk.effect(new Effect.Resume(
                        new Effect.SendConfirmationAck(
                                ours.broker(),
                                trade.reference(),
                                ours.tradeId(),
                                ours.businessDate(),
                                true,
                                null,
                                trade.allocatedAt()),
                        false));
            }
        }
    }
}
