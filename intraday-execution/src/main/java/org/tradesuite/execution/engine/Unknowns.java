package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.order.Route;

/**
 * Orders nobody knows the state of: persons find out and say how they ended, two of them the same. Nothing is guessed, and
 * whatever the broker says later counts more.
 */
final class Unknowns {

    private final Desk desk;

    Unknowns(Desk desk) {
        this.desk = desk;
    }

    void stated(Input.RouteEndStated input) {
        var route = desk.state().findRoute(input.routeId());
        if (route == null) {
            desk.refuse(
                    input,
                    Refusal.UNKNOWN_ORDER,
                    "There is no route " + input.routeId() + ". Look it up with GET /routes?status=UNKNOWN.");
            return;
        }
        var work = desk.work(route.body().orderId());
        var command = new Route.StateEnd(
                input.as(), input.executed(), input.average(), input.actor(), unreported(input, work, route));
        switch (Route.decide(route, command)) {
            case Route.Refused refused ->
                desk.refuse(
                        input,
                        switch (refused.refusal()) {
                            case IS_KNOWN -> Refusal.ROUTE_IS_KNOWN;
                            case MAKER_IS_CHECKER -> Refusal.MAKER_IS_CHECKER;
                            default -> Refusal.NOT_VALID;
                        },
                        explain(refused.refusal(), input, route));
            case Route.Happened happened -> {
                for (var event : happened.events()) {
                    desk.routes().happened(work, input.routeId(), event);
                }
                desk.working().settle(work);
                desk.answer(input, new Effect.Outcome.Done());
            }
        }
    }

    /** What was executed and not reported, to be booked; null if there is no price for it or it was booked before. */
    private Route.@Nullable Infer unreported(Input.RouteEndStated input, State.Work work, Route route) {
        var body = route.body();
        if (input.average() == null || input.executed().compareTo(body.cumulative()) <= 0) {
            return null;
        }
        var day = desk.state().day();
        var what = route.missing(
                input.executed(),
                input.average(),
                day == null ? desk.reference().businessDate() : day.date(),
                desk.now());
        return what == null ? null : desk.shortfalls().booking(work, route, what);
    }

    private static String explain(Route.Refusal refusal, Input.RouteEndStated input, Route route) {
        var body = route.body();
        return switch (refusal) {
            case IS_KNOWN -> "Route " + body.routeId() + " is " + route.status() + ": its broker has said how it is.";
            case MAKER_IS_CHECKER -> input.actor() + " said so before: somebody else has to say the same.";
            case NO_BELIEVABLE_PRICE ->
                "More is executed than the " + body.cumulative() + " that were reported: say the average price of all "
                        + input.executed() + " as the broker has it.";
            default ->
                "Executed can be from " + body.cumulative() + ", which was reported, to " + body.quantity()
                        + ", which was ordered and is FILLED. What was rejected has nothing executed.";
        };
    }
}
