package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.TimeInForce;
import org.tradesuite.execution.plan.Immediate;
import org.tradesuite.execution.risk.MessageRates;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * What brokers hold: every change of a route is recorded here, the message it means goes out, and what a person must see is
 * shown.
 */
final class Routes {

    private final Desk desk;
    private final EngineSettings settings;

    Routes(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** What the route makes of a command; a refusal is only ever of our own wish and changes nothing. */
    boolean perform(State.Work work, Route route, Route.Command command) {
        return switch (Route.decide(route, command)) {
            case Route.Refused _ -> false;
            case Route.Happened happened -> {
                for (var event : happened.events()) {
                    happened(work, route.body().routeId(), event);
                }
                yield true;
            }
        };
    }

    void happened(State.Work work, String routeId, Route.Event event) {
        desk.record(Streams.route(routeId), event, work.order.body().terms().decisionId());
        var route = desk.state().route(routeId);
        var body = route.body();
        count(work, body.broker(), event);
        if (!(route instanceof Route.Sent)) {
            desk.brake().forget(routeId);
        }
        switch (event) {
            case Route.CancelRequested requested -> {
                desk.effect(new Effect.SendCancel(
                        body.broker(),
                        requested.clOrdId(),
                        requested.origClOrdId(),
                        body.brokerOrderId(),
                        terms(work, route, body.quantity(), body.price()),
                        desk.now()));
                desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
            }
            case Route.ReplaceRequested requested -> {
                desk.effect(new Effect.SendReplace(
                        body.broker(),
                        requested.clOrdId(),
                        requested.origClOrdId(),
                        body.brokerOrderId(),
                        terms(work, route, requested.quantity(), requested.price()),
                        desk.now()));
                desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
            }
            case Route.Asked _ -> desk.questions().send(work, route);
            case Route.Acknowledged _ -> {
                if (settings.asking().asksOpenOrders()) {
                    desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
                }
            }
            case Route.Filled filled -> {
                watch(routeId, filled, body);
                desk.allocations().changed(work, route);
            }
            case Route.Busted _, Route.Corrected _ -> desk.allocations().changed(work, route);
            case Route.Finished finished -> {
                // An order that may not wait is given back without being asked for.
                if (finished.unsolicited() && work.order.body().terms().timeInForce() == TimeInForce.DAY) {
                    desk.alert(
                            AlertKind.UNSOLICITED_CANCEL, routeId, body.broker() + " cancelled it: " + finished.text());
                }
                if (!route.outstanding().isZero()) {
                    desk.alert(
                            AlertKind.BROKER_DISAGREES,
                            routeId,
                            "It ended with " + route.outstanding() + " executed that was not reported yet.");
                    desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
                }
            }
            case Route.RequestRefused refused -> {
                if (route.live()) {
                    desk.alert(
                            AlertKind.REQUEST_REFUSED_BY_BROKER,
                            routeId,
                            body.broker() + " refused " + refused.clOrdId() + ": " + refused.text());
                }
            }
            case Route.BecameUnknown unknown -> desk.alert(AlertKind.UNKNOWN_AT_BROKER, routeId, unknown.reason());
            case Route.Disagreed disagreed -> {
                desk.alert(
                        AlertKind.BROKER_DISAGREES,
                        routeId,
                        body.broker() + " says " + disagreed.brokerStatus() + ", executed "
                                + disagreed.brokerCumulative() + "; we have " + body.cumulative() + ".");
                if (route.claimed()) {
                    desk.diary()
                            .route(routeId, desk.now().plus(settings.asking().inferAfter()));
                }
            }
            case Route.Quarantined quarantined ->
                desk.alert(
                        AlertKind.CONFLICTING_FILL,
                        routeId,
                        quarantined.report().why());
            default -> {
                // Nothing to tell.
            }
        }
    }

    /** For the limits of how many messages go out. */
    private void count(State.Work work, BrokerId broker, Route.Event event) {
        var kind = switch (event) {
            case Route.Opened _ -> MessageRates.Kind.NEW_ORDER;
            case Route.CancelRequested _ -> MessageRates.Kind.CANCEL;
            case Route.ReplaceRequested _ -> MessageRates.Kind.REPLACE;
            default -> null;
        };
        if (kind != null) {
            desk.stakes()
                    .limited(work, broker)
                    .ifPresent(order -> desk.stakes().rates().sent(kind, order, desk.now()));
        }
    }

    /** What the broker has not answered, in the order it was or would have been sent. */
    List<Effect.Outbound> unanswered(State.Work work, Route route) {
        var body = route.body();
        var messages = new ArrayList<Effect.Outbound>();
        if (route instanceof Route.Sent || route instanceof Route.Unknown) {
            messages.add(new Effect.SendNewOrder(
                    body.broker(), body.clOrdId(), terms(work, route, body.quantity(), body.price()), body.sentAt()));
        }
        for (var request : body.pending()) {
            if (request.acknowledged()) {
                continue;
            }
            var terms = request.quantity() == null
                    ? terms(work, route, body.quantity(), body.price())
                    : terms(work, route, request.quantity(), request.price());
            messages.add(
                    request.cancel()
                            ? new Effect.SendCancel(
                                    body.broker(),
                                    request.clOrdId(),
                                    request.origClOrdId(),
                                    body.brokerOrderId(),
                                    terms,
                                    request.at())
                            : new Effect.SendReplace(
                                    body.broker(),
                                    request.clOrdId(),
                                    request.origClOrdId(),
                                    body.brokerOrderId(),
                                    terms,
                                    request.at()));
        }
        return messages;
    }

    private void watch(String routeId, Route.Filled filled, Route.Body body) {
        switch (filled.kind()) {
            case REGULAR -> {
                // As ordered.
            }
            case OVERFILL ->
                desk.alert(
                        AlertKind.OVERFILL,
                        routeId,
                        body.cumulative() + " executed of " + body.quantity() + " ordered.");
            case AFTER_END ->
                desk.alert(AlertKind.FILL_AFTER_END, routeId, filled.quantity() + " executed after its end.");
        }
        if (Claims.isBeyondLimit(body, filled.price())) {
            desk.alert(
                    AlertKind.FILL_BEYOND_LIMIT,
                    routeId,
                    filled.quantity() + " executed at " + filled.price() + ", beyond the limit of " + body.price()
                            + ".");
        }
        var average = body.average();
        var brokerAverage = filled.brokerAverage();
        var countsOtherwise =
                filled.brokerCumulative() != null && !filled.brokerCumulative().equals(body.cumulative());
        // 0.01 percent: brokers round averages, each in its own way.
        var averagesOtherwise = !countsOtherwise
                && average != null
                && brokerAverage != null
                && average.value()
                                .subtract(brokerAverage.value())
                                .abs()
                                .compareTo(average.value().abs().movePointLeft(4))
                        > 0;
        if (body.brokerCumulative().compareTo(body.cumulative()) > 0) {
            desk.diary().route(routeId, desk.now().plus(settings.askAfter()));
        }
        if (countsOtherwise || averagesOtherwise) {
            desk.alert(
                    AlertKind.BROKER_DISAGREES,
                    routeId,
                    body.broker() + " counts " + filled.brokerCumulative() + " at " + brokerAverage + ", we "
                            + body.cumulative() + " at " + average + ".");
        }
    }

    Effect.Terms terms(State.Work work, Route route, Quantity quantity, @Nullable Price price) {
        var terms = work.order.body().terms();
        return new Effect.Terms(
                route.body().routeId(),
                terms.account(),
                terms.instrument(),
                terms.symbol(),
                terms.mic(),
                terms.isin(),
                terms.currency(),
                terms.side(),
                quantity,
                route.body().type(),
                price,
                terms.timeInForce());
    }

    void cancelAll(State.Work work) {
        for (var id : work.routes) {
            var route = desk.state().route(id);
            if (route.live()) {
                perform(work, route, new Route.Cancel("the order ends"));
            }
        }
    }

    /** Whether one broker has all of it. */
    boolean whole(State.Work work) {
        var body = work.order.body();
        return body.plan() instanceof Immediate && body.routes() == 1;
    }

    /**
     * What works gets the order's new terms. An order that is with one broker as a whole is changed there, larger or
     * smaller; of one that was sent in parts every part gets the new limit, and quantity is sent or taken back elsewhere.
     */
    void restate(State.Work work) {
        var body = work.order.body();
        var whole = whole(work);
        for (var id : work.routes) {
            var route = desk.state().route(id);
            if (route.live() || (whole && route.filled())) {
                var quantity = whole ? body.quantity() : route.body().wanted();
                perform(work, route, new Route.Replace(quantity, body.limit()));
            }
        }
    }
}
