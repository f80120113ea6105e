package org.tradesuite.execution.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;

/**
 * Brokers that do not answer: asks them, asks again, and then says that nobody knows. An order that was not acknowledged
 * and a request that was not answered are asked about soon, and so is a count that is ahead of what was reported; an order
 * that merely works is asked about when there was no news of it for a while.
 */
final class Questions {

    private final Desk desk;
    private final EngineSettings settings;

    /** How often a working order was asked about in vain, when last, and when there was news of it. Not in the journal. */
    private record Quiet(int asked, @Nullable Instant askedAt, Instant heardAt) {}

    private final Map<String, Quiet> quiet = new HashMap<>();
    private Instant cycleEnds = Instant.MIN;
    private int askedInCycle;
    private Instant lastTurn = Instant.MIN;

    Questions(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** Something about an order may be late. Looks, and looks again when that may be so the next time. */
    void routeIsDue(String routeId) {
        var route = desk.state().findRoute(routeId);
        if (route == null) {
            quiet.remove(routeId);
            return;
        }
        var work = desk.work(route.body().orderId());
        var awaited = desk.shortfalls().isAwaited(work, route);
        route = desk.state().route(routeId);
        if (wantsItsEnd(work, route)) {
            if (route.body().requests() <= settings.cancelTries()) {
                desk.routes().perform(work, route, new Route.Cancel("the order ends"));
                return;
            }
        } else if (isUnanswered(route) || isBehind(route, awaited)) {
            unanswered(work, route);
            return;
        }
        if (route instanceof Route.Live && settings.asking().asksOpenOrders()) {
            open(work, route);
        } else {
            quiet.remove(routeId);
        }
    }

    private static boolean wantsItsEnd(State.Work work, Route route) {
        return work.order instanceof ParentOrder.Closing
                && route.live()
                && route.body().pending().isEmpty()
                && !(route instanceof Route.Unknown);
    }

    private static boolean isUnanswered(Route route) {
        if (!route.live()) {
            return route.reopening();
        }
        return route instanceof Route.Sent
                || !route.body().pending().isEmpty()
                || (route instanceof Route.Live && route.body().asked() > 0);
    }

    /** It counts more than it reported, and has not said so to a question of ours. */
    private static boolean isBehind(Route route, boolean awaited) {
        return !awaited
                && !route.claimed()
                && route.body().brokerCumulative().compareTo(route.body().cumulative()) > 0;
    }

    private void unanswered(State.Work work, Route route) {
        var body = route.body();
        var since = body.heardAt();
        for (var request : body.pending()) {
            since = request.at().isAfter(since) ? request.at() : since;
        }
        var late = since.plus(
                body.asked() == 0 ? settings.askAfter() : settings.asking().askAgain());
        if (desk.now().isBefore(late)) {
            desk.diary().route(body.routeId(), late);
        } else if (!desk.gates().open(body.broker())) {
            // Whoever logs on is asked about everything first.
            desk.diary().route(body.routeId(), desk.now().plus(settings.askAfter()));
        } else if (body.asked() >= settings.asks()) {
            if (route instanceof Route.Sent || route instanceof Route.Live || route.reopening()) {
                giveUp(work, route);
            }
        } else if (mayAsk()) {
            ask(work, route);
        } else {
            desk.diary().route(body.routeId(), turn());
        }
    }

    /** An order that works, and of which nothing was heard for a while. */
    private void open(State.Work work, Route route) {
        var body = route.body();
        var known = quiet.getOrDefault(body.routeId(), new Quiet(0, null, body.heardAt()));
        var heard = body.heardAt().isAfter(known.heardAt()) ? body.heardAt() : known.heardAt();
        var asked = known.askedAt();
        var due = asked == null
                ? heard.plus(settings.asking().openOrderAfter())
                : asked.plus(settings.asking().askAgain());
        if (desk.now().isBefore(due)) {
            desk.diary().route(body.routeId(), due);
        } else if (!desk.gates().open(body.broker()) || !desk.gates().answersSingly(body.broker())) {
            desk.diary().route(body.routeId(), desk.now().plus(settings.asking().openOrderAfter()));
        } else if (known.asked() >= settings.asks()) {
            quiet.remove(body.routeId());
            giveUp(work, route);
        } else if (mayAsk()) {
            quiet.put(body.routeId(), new Quiet(known.asked() + 1, desk.now(), heard));
            send(work, route);
            desk.diary().route(body.routeId(), desk.now().plus(settings.asking().askAgain()));
        } else {
            desk.diary().route(body.routeId(), turn());
        }
    }

    /** News of an order: it need not be asked about for a while. */
    void heard(String routeId) {
        if (quiet.containsKey(routeId)) {
            quiet.put(routeId, new Quiet(0, null, desk.now()));
        }
    }

    private void giveUp(State.Work work, Route route) {
        desk.routes()
                .perform(
                        work,
                        route,
                        new Route.GiveUp(
                                route.body().broker() + " did not answer in " + settings.asks() + " status requests"));
    }

    void ask(State.Work work, Route route) {
        desk.routes().perform(work, route, new Route.Ask());
        desk.diary()
                .route(route.body().routeId(), desk.now().plus(settings.asking().askAgain()));
    }

    /** Asks and leaves no trace: nothing follows from a question, only from its answer. */
    void send(State.Work work, Route route) {
        var body = route.body();
        desk.effect(new Effect.SendStatusRequest(
                body.broker(),
                body.clOrdId(),
                body.brokerOrderId(),
                desk.routes().terms(work, route, body.quantity(), body.price())));
    }

    /** When a question may go out that has to wait. Each has a turn of its own: a hundred thousand that wait cost nothing. */
    private Instant turn() {
        var from = lastTurn.isBefore(cycleEnds) ? cycleEnds : lastTurn;
        lastTurn =
                from.plus(settings.asking().cycle().dividedBy(settings.asking().questions()));
        return lastTurn;
    }

    /** Whether one more question may go out in this cycle; if so, it is counted. */
    boolean mayAsk() {
        if (!desk.now().isBefore(cycleEnds)) {
            cycleEnds = desk.now().plus(settings.asking().cycle());
            askedInCycle = 0;
        }
        if (askedInCycle >= settings.asking().questions()) {
            return false;
        }
        askedInCycle++;
        return true;
    }
}
