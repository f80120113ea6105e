package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.Route;

/**
 * After a restart: whatever may have been on its way out is offered to the lines again, and schedules go on from where they
 * were.
 */
final class Recovery {

    private final Desk desk;
    private final EngineSettings settings;

    Recovery(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    void recover() {
        desk.switchboard().shown();
        desk.breakers().recover();
        for (var work : orders()) {
            var body = work.order.body();
            desk.market().planGoesOn(body.orderId(), work.marketVolume);
            for (var id : work.routes) {
                resume(work, desk.state().route(id));
            }
            if (!work.order.ended()) {
                desk.diary().order(body.orderId(), desk.now());
            }
        }
        for (var order : desk.state().externals().orders()) {
            if (order instanceof ExternalOrder.Waiting waiting) {
                desk.diary().external(waiting.body().externalId(), waiting.until());
            }
        }
        desk.claims().resume();
        desk.allocations().resume();
    }

    private List<State.Work> orders() {
        var all = new ArrayList<State.Work>();
        desk.state().orders().forEach(all::add);
        return all;
    }

    private void resume(State.Work work, Route route) {
        var body = route.body();
        for (var message : desk.routes().unanswered(work, route)) {
            if (!(route instanceof Route.Unknown && message instanceof Effect.SendNewOrder)) {
                desk.effect(new Effect.Resume(message));
            }
        }
        if (route.live() || !route.outstanding().isZero()) {
            desk.diary().route(body.routeId(), desk.now().plus(settings.askAfter()));
        }
    }
}
