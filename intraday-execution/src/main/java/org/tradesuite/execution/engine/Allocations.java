package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.allocation.Allocation;
import org.tradesuite.execution.allocation.DayFill;
import org.tradesuite.execution.allocation.Trade;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.AccountId;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Side;

/**
 * The trades of a day: one for each account, broker, instrument, side and trade date, sent to its broker as an
 * allocation (35=J). A fill, a bust or a correction that comes after that makes it another trade, and its allocation is
 * replaced.
 */
final class Allocations {

    /** What ClOrdID (11) says of an order that was not given by FIX. */
    private static final String NOT_OVER_FIX = "MANUAL";

    private final Desk desk;

    Allocations(Desk desk) {
        this.desk = desk;
    }

    List<TradeState> of(LocalDate date) {
        var trades = new ArrayList<TradeState>();
        for (var trade : desk.state().trades()) {
            if (trade.allocated().trade().businessDate().equals(date)) {
                trades.add(trade);
            }
        }
        return trades;
    }

    // The trades of a day

    void allocate(LocalDate date) {
        var day = Allocation.allocate(date, fillsOf(date), desk.reference());
        for (var left : day.unallocated()) {
            var ids = left.fills().stream().map(DayFill::fillId).toList();
            desk.record(Streams.day(date), new DeskFact.FillsUnallocated(date, ids, left.reason()), null);
            desk.alert(AlertKind.ALLOCATION_REFUSED, date.toString(), left.reason());
        }
        for (var trade : day.trades()) {
            allocate(trade, null);
        }
    }

    /** Every execution of the day that stands and has an account. */
    private List<DayFill> fillsOf(LocalDate date) {
        var fills = new ArrayList<DayFill>();
        for (var work : desk.closing().ofDay(date)) {
            for (var id : work.routes) {
                fills(work, desk.state().route(id), fills);
            }
        }
        for (var order : desk.state().externals().orders()) {
            if (order.body().businessDate().equals(date)) {
                fills(order, fills);
            }
        }
        return fills;
    }

    private static void fills(State.Work work, Route route, List<DayFill> into) {
        var terms = work.order.body().terms();
        for (var each = route.body().newest(); each != null; each = each.earlier()) {
            if (each.live()) {
                into.add(new DayFill(
                        each.fillId(),
                        work.order.body().orderId(),
                        terms.businessDate(),
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

    /** Of an order that is not ours what a person claimed; the rest is nobody's trade. */
    private static void fills(ExternalOrder order, List<DayFill> into) {
        var body = order.body();
        if (!(order instanceof ExternalOrder.Claimed) || body.product() == null || body.account() == null) {
            return;
        }
        for (var each : body.live()) {
            into.add(new DayFill(
                    each.fillId(),
                    body.externalId(),
                    body.tradeDate(),
                    body.account(),
                    body.broker(),
                    body.product().instrument(),
                    body.side(),
                    each.quantity(),
                    each.price(),
                    each.transactTime()));
        }
    }

    private void allocate(Trade trade, @Nullable TradeState before) {
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
                        before == null ? charged(trade) : charged(trade).minus(before.adjusted()),
                        before == null ? trade.tradeId() : before.nextAllocationId(),
                        before == null ? null : before.allocated().allocationId()),
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
        for (var order : claimed(trade)) {
            for (var each : order.body().live()) {
                charged = each.charges() == null ? charged : charged.plus(each.charges());
            }
        }
        return charged;
    }

    private List<ExternalOrder> claimed(Trade trade) {
        var orders = new ArrayList<ExternalOrder>();
        for (var id : trade.orderIds()) {
            var order = desk.state().externals().order(id);
            if (order != null) {
                orders.add(order);
            }
        }
        return orders;
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
                // The broker knows none that we inferred: its quantity is in the order's, its id is ours alone.
                if (each.live() && each.gap() == null) {
                    executions.add(new Effect.AllocatedExecution(each.execId(), each.quantity(), each.price()));
                }
            }
            orders.add(new Effect.AllocatedOrder(
                    route.body().clOrdId(),
                    route.body().brokerOrderId(),
                    route.body().cumulative(),
                    executions.reversed()));
        }
        for (var order : claimed(trade)) {
            var body = order.body();
            orders.add(new Effect.AllocatedOrder(
                    body.clOrdId() == null ? NOT_OVER_FIX : body.clOrdId(),
                    body.brokerOrderId(),
                    body.executed(),
                    body.live().stream()
                            .map(each -> new Effect.AllocatedExecution(each.execId(), each.quantity(), each.price()))
                            .toList()));
        }
        return new Effect.SendAllocation(
                trade.broker(),
                allocated.allocationId(),
                trade.tradeId(),
                trade.tradeDate(),
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
                state.allocatedAt(),
                allocated.replaces());
    }

    // After the day was allocated

    /** An execution of a route came, went or changed. */
    void changed(State.Work work, Route route) {
        var terms = work.order.body().terms();
        changed(
                terms.businessDate(),
                terms.businessDate(),
                terms.account(),
                route.body().broker(),
                terms.instrument(),
                terms.side());
    }

    /** An execution of an order that a person has claimed came, went or changed, or it was claimed just now. */
    void changed(ExternalOrder order) {
        var body = order.body();
        if (order instanceof ExternalOrder.Claimed && body.account() != null && body.product() != null) {
            changed(
                    body.businessDate(),
                    body.tradeDate(),
                    body.account(),
                    body.broker(),
                    body.product().instrument(),
                    body.side());
        }
    }

    /**
     * The trade that an execution belongs to is another one now. While the day closes the allocation is replaced
     * (71=1): the broker confirms the new one. Once the day is closed settlement may have instructed the trade as it
     * was, and what was instructed is not ours to change: it is marked as not matching, which keeps it from being
     * instructed if it was not, and a person agrees it with broker and custodian.
     */
    private void changed(
            LocalDate date,
            LocalDate tradeDate,
            AccountId account,
            BrokerId broker,
            InstrumentId instrument,
            Side side) {
        var day = desk.state().day(date);
        if (day == null || !day.allocated()) {
            return;
        }
        var fills = fillsOf(date).stream()
                .filter(fill -> fill.account().equals(account)
                        && fill.broker().equals(broker)
                        && fill.instrument().equals(instrument)
                        && fill.side() == side
                        && fill.tradeDate().equals(tradeDate))
                .toList();
        var before = of(date).stream()
                .filter(each -> isOf(each.allocated().trade(), tradeDate, account, broker, instrument, side))
                .findFirst()
                .orElse(null);
        var now = Allocation.allocate(date, fills, desk.reference());
        var trade = now.trades().isEmpty() ? null : now.trades().getFirst();
        if (before != null && trade != null && sameAmounts(before.allocated().trade(), trade)) {
            return;
        }
        if (day.status() == Day.Status.CLOSING && trade != null) {
            allocate(trade, before);
            return;
        }
        var why = (trade == null ? "Nothing of it stands" : "It is " + trade.quantity() + " at " + trade.averagePrice())
                + " after " + date + (day.status() == Day.Status.CLOSING ? " was allocated" : " was closed")
                + (before == null
                        ? "; it was no trade."
                        : "; the trade is " + before.allocated().trade().quantity() + " at "
                                + before.allocated().trade().averagePrice() + ".");
        if (before != null) {
            desk.record(Streams.trade(before.allocated().trade().tradeId()), new DeskFact.TradeOutdated(why), null);
        } else {
            desk.record(
                    Streams.day(date),
                    new DeskFact.FillsUnallocated(
                            date, fills.stream().map(DayFill::fillId).toList(), why),
                    null);
        }
        desk.alert(
                AlertKind.TRADE_CHANGED,
                before == null ? date.toString() : before.allocated().trade().tradeId(),
                why + " Agree it with " + broker + ".");
    }

    private static boolean isOf(
            Trade trade, LocalDate tradeDate, AccountId account, BrokerId broker, InstrumentId instrument, Side side) {
        return trade.tradeDate().equals(tradeDate)
                && trade.account().equals(account)
                && trade.broker().equals(broker)
                && trade.instrument().equals(instrument)
                && trade.side() == side;
    }

    private static boolean sameAmounts(Trade one, Trade other) {
        return one.quantity().equals(other.quantity()) && one.netAmount().equals(other.netAmount());
    }

    // Restart

    /** After a restart: allocations nobody answered, and affirmations of the day, may not have left. */
    void resume() {
        var day = desk.state().day();
        if (day == null || day.status() == Day.Status.OPEN) {
            return;
        }
        for (var trade : of(day.date())) {
            if (trade.open()) {
                desk.effect(new Effect.Resume(send(trade)));
            } else if (trade.status() == TradeState.Status.AFFIRMED && trade.reference() != null) {
                var ours = trade.allocated().trade();
                desk.effect(new Effect.Resume(new Effect.SendConfirmationAck(
                        ours.broker(),
                        trade.reference(),
                        ours.tradeId(),
                        ours.tradeDate(),
                        true,
                        null,
                        trade.allocatedAt())));
            }
        }
    }
}
