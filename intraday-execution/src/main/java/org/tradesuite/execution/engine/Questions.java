package org.tradesuite.execution.engine;

import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;

/** Brokers that do not answer: asks them, asks again, and then says that nobody knows. */
final class Questions {

    private final Desk desk;
    private final EngineSettings settings;

    Questions(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** Whether an answer is late. */
    void routeIsDue(String routeId) {
        var route = desk.state().findRoute(routeId);
        if (route == null || (!route.live() && !route.reopening())) {
            return;
        }
        var body = route.body();
        var work = desk.work(body.orderId());
        if (work.order instanceof ParentOrder.Closing
                && body.pending().isEmpty()
                && !(route instanceof Route.Unknown)) {
            if (body.requests() <= settings.cancelTries()) {
                desk.routes().perform(work, route, new Route.Cancel("the order ends"));
            }
            return;
        }
        if (body.pending().isEmpty() && !(route instanceof Route.Sent)) {
            return;
        }
        var since = body.heardAt();
        for (var request : body.pending()) {
            since = request.at().isAfter(since) ? request.at() : since;
        }
        var late = since.plus(settings.askAfter());
        if (desk.now().isBefore(late)) {
            desk.diary().route(routeId, late);
        } else if (!desk.brokers().connected(body.broker())) {
            desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
        } else if (body.asked() < settings.asks()) {
            ask(work, route);
        } else if (!(route instanceof Route.Unknown)) {
            desk.routes()
                    .perform(
                            work,
                            route,
                            new Route.GiveUp(
                                    body.broker() + " did not answer in " + settings.asks() + " status requests"));
        }
    }

    void ask(State.Work work, Route route) {
        desk.routes().perform(work, route, new Route.Ask());
        desk.diary().route(route.body().routeId(), desk.now().plus(settings.askAfter()));
    }
}
