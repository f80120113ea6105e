package org.tradesuite.execution.engine;

import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.Route;

/**
 * Executions that a broker counts and does not report, because its messages are gone: a resend does not reach back across a
 * reset of sequence numbers. They are waited for, and then booked as inferred, at the price that makes our average the
 * broker's, under an id that is the same every time. When the report comes after all it takes the inferred one's place.
 */
final class Shortfalls {

    private final Desk desk;
    private final EngineSettings settings;

    Shortfalls(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** Whether there is something to wait for; if the wait is over, it is inferred. */
    boolean isAwaited(State.Work work, Route route) {
        var claim = route.body().claim();
        if (claim == null || !route.claimed()) {
            return false;
        }
        var until = claim.at().plus(settings.asking().inferAfter());
        if (desk.now().isBefore(until)) {
            desk.diary().route(route.body().routeId(), until);
            return true;
        }
        infer(work, route, route.missing());
        return false;
    }

    /** Books it, unless it has no believable price or was booked and taken back before: then it is a person's. */
    void infer(State.Work work, Route route, Route.@Nullable Inference what) {
        if (what == null) {
            return;
        }
        var broker = route.body().broker();
        var booking = booking(work, route, what);
        if (booking == null) {
            return;
        }
        var booked = desk.routes().perform(work, route, booking);
        if (booked) {
            desk.alert(
                    AlertKind.FILL_INFERRED,
                    route.body().routeId(),
                    broker + " counts " + what.quantity() + " executed that it did not report: booked at "
                            + what.price() + ", to be replaced by its report.");
            desk.working().settle(work);
        }
    }

    /** Null if it was booked before. */
    Route.@Nullable Infer booking(State.Work work, Route route, Route.Inference what) {
        var broker = route.body().broker();
        var key = new State.ExecutionKey(broker, what.tradeDate(), route.execIdOf(what));
        if (desk.state().seen(key) != null) {
            return null;
        }
        var terms = work.order.body().terms();
        var quote = desk.market().of(terms.instrument()).quote();
        return new Route.Infer(
                what,
                route.body().routeId() + "-F" + (route.body().executions() + 1),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                desk.reports().charges(broker, terms.mic(), terms.currency(), what.quantity(), what.price()));
    }
}
