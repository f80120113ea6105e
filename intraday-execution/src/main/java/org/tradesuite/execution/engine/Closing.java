package org.tradesuite.execution.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.ParentOrder;

/**
 * The end of a trading day. First every order ends: what works is cancelled at the brokers, what is left expires. Then the
 * day's executions become trades ({@link Allocations}). When the brokers have confirmed them ({@link Confirmations}), or had
 * their time, the day is closed.
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
        desk.held().dayCloses();
        desk.heldAmendments().dayCloses();
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
            desk.allocations().allocate(day.date());
        }
        var waiting = desk.allocations().of(day.date()).stream().anyMatch(TradeState::open);
        if (!waiting || late(day.confirmationsUntil())) {
            unclaimed(day.date());
            desk.record(Streams.day(day.date()), new DeskFact.DayClosed(day.date(), unresolved(day.date())), null);
        }
    }

    private void unclaimed(LocalDate date) {
        for (var order : desk.state().externals().orders()) {
            var isOpen = switch (order) {
                case ExternalOrder.Waiting _, ExternalOrder.Unbooked _, ExternalOrder.InSuspense _ -> true;
                case ExternalOrder.Claimed _, ExternalOrder.Ours _ -> false;
            };
            if (isOpen && order.body().businessDate().equals(date)) {
                desk.alert(
                        AlertKind.ORPHAN_FILL,
                        order.body().externalId(),
                        "The day closes and nobody has claimed it: it is not in the day's trades.");
            }
        }
    }

    private boolean late(java.time.@Nullable Instant until) {
        return until != null && !desk.now().isBefore(until);
    }

    List<State.Work> ofDay(LocalDate date) {
        var works = new ArrayList<State.Work>();
        for (var work : desk.state().orders()) {
            if (work.order.body().terms().businessDate().equals(date)) {
                works.add(work);
            }
        }
        return works;
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
}
