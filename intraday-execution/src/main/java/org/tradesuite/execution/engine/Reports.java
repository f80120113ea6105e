package org.tradesuite.execution.engine;

import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.order.Unbookable;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Currency;
import org.tradesuite.market.Mic;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * What brokers say about our orders: executions, answers to our requests, and messages they did not take. Each is brought to
 * the route it is about; what belongs to none goes to the {@link Strays}.
 */
final class Reports {

    private final Desk desk;

    Reports(Desk desk) {
        this.desk = desk;
    }

    /** The route that a ClOrdID of ours belongs to, if that broker has it. */
    @Nullable
    Route route(BrokerId broker, @Nullable String clOrdId) {
        if (clOrdId == null) {
            return null;
        }
        var dash = clOrdId.lastIndexOf('-');
        var route = dash < 0 ? null : desk.state().findRoute(clOrdId.substring(0, dash));
        return route != null && route.body().broker().equals(broker) ? route : null;
    }

    void report(Input.BrokerExecutionReport input) {
        var broker = input.broker();
        var report = input.report();
        var route = route(broker, report.clOrdId());
        if (route == null) {
            route = route(broker, report.origClOrdId());
        }
        if (route == null) {
            desk.strays().report(broker, report, input.named());
        } else {
            var routeId = route.body().routeId();
            desk.questions().heard(routeId);
            if (isUnknownThere(route, report)) {
                desk.working().settle(desk.work(route.body().orderId()));
            } else if (!books(report) || !heardBefore(route, report)) {
                book(route, report);
            }
            if (report.execType() == ExecType.ORDER_STATUS) {
                desk.gates().answered(broker, routeId);
            }
        }
        if (input.part() != null) {
            desk.gates().mentioned(broker, input.part());
        }
    }

    /** The broker does not know an order that never left: it goes there when its gate opens. */
    private boolean isUnknownThere(Route route, ExecutionReport report) {
        return report.execType() == ExecType.ORDER_STATUS
                && Route.isUnknownThere(report)
                && desk.gates().isHeldBack(route.body().routeId());
    }

    /** Whether it moves quantities: an execution, its bust or its correction. */
    static boolean books(ExecutionReport report) {
        return report.isExecution()
                || report.execType() == ExecType.TRADE
                || report.execType() == ExecType.TRADE_CANCEL
                || report.execType() == ExecType.TRADE_CORRECT;
    }

    /** The same again is nothing, another under the same ExecID is for a person. */
    private boolean heardBefore(Route route, ExecutionReport report) {
        var seen = desk.state().seen(route.body().broker(), report);
        if (seen == null) {
            return false;
        }
        var now = Fingerprint.of(route.body().routeId(), route.body().side(), report);
        if (seen.equals(now)) {
            return true;
        }
        var external = desk.state().externals().order(seen.order());
        if (external == null
                || !seen.looksLike(now)
                || external.body().side() != route.body().side()
                || !desk.strays().recognise(external.body().externalId(), route)) {
            quarantine(route, report);
        }
        return true;
    }

    void quarantine(Route route, ExecutionReport report) {
        desk.routes()
                .happened(
                        desk.work(route.body().orderId()),
                        route.body().routeId(),
                        new Route.Quarantined(Unbookable.of(
                                report, "ExecID " + report.execId() + " came before with other content")));
    }

    /** Brings a report to its route; what is left of an inferred execution that it takes the place of stays inferred. */
    void book(Route route, ExecutionReport report) {
        var routeId = route.body().routeId();
        var work = desk.work(route.body().orderId());
        var terms = work.order.body().terms();
        var quote = desk.market().of(terms.instrument()).quote();
        var charges = report.lastQuantity() == null || report.lastPrice() == null
                ? Money.zero(terms.currency())
                : charges(
                        route.body().broker(),
                        terms.mic(),
                        terms.currency(),
                        report.lastQuantity(),
                        report.lastPrice());
        var command = Route.command(
                report,
                routeId + "-F" + (route.body().executions() + 1),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                charges);
        var rest = route.rest(report);
        desk.routes().perform(work, route, command);
        var after = desk.state().route(routeId);
        // One that was quarantined took no place.
        if (rest != null && after.body().executions() > route.body().executions()) {
            desk.shortfalls().infer(work, after, rest);
        }
        if (!route.live() && route.body().stated() != null && after.live()) {
            livesAfterAll(work, route, after);
        }
        desk.working().settle(work);
    }

    /** Persons said that it had ended, and its broker says that it lives: the broker is right. */
    private void livesAfterAll(State.Work work, Route before, Route after) {
        var said = before.body().stated();
        desk.alert(
                AlertKind.BROKER_DISAGREES,
                after.body().routeId(),
                after.body().broker() + " has it and works it, although it was " + before.status() + " by the word of "
                        + (said == null ? "nobody" : said.by()) + ".");
        if (work.order.ended()) {
            desk.routes().perform(work, after, new Route.Cancel("its order has ended"));
        }
    }

    /** Commission and fees of one execution at the broker's rate. */
    Money charges(BrokerId broker, Mic mic, Currency currency, Quantity quantity, Price price) {
        var rate = desk.reference().rate(broker, mic);
        if (rate.isEmpty()) {
            return Money.zero(currency);
        }
        var gross = price.gross(quantity, currency, RoundingMode.HALF_UP);
        return rate.get()
                .commission()
                .of(gross, RoundingMode.HALF_UP)
                .plus(rate.get().fee().of(gross, RoundingMode.HALF_UP));
    }

    void cancelReject(Input.BrokerCancelReject reject) {
        var route = route(reject.broker(), reject.clOrdId());
        if (route == null) {
            route = route(reject.broker(), reject.origClOrdId());
        }
        if (route == null) {
            return;
        }
        if (Route.CXL_UNKNOWN_ORDER.equals(reject.reason())
                && reject.clOrdId().equals(route.body().clOrdId())
                && desk.gates().isHeldBack(route.body().routeId())) {
            // Some answer a status request so.
            desk.gates().answered(reject.broker(), route.body().routeId());
            return;
        }
        var work = desk.work(route.body().orderId());
        desk.routes()
                .perform(
                        work,
                        route,
                        new Route.RefuseRequest(reject.clOrdId(), reject.toReplace(), reject.reason(), reject.text()));
        var after = desk.state().route(route.body().routeId());
        desk.questions().heard(route.body().routeId());
        var endedThere = switch (reject.ordStatus()) {
            case CANCELED, FILLED, REJECTED, EXPIRED, DONE_FOR_DAY -> true;
            default -> false;
        };
        if (after instanceof Route.Unknown) {
            desk.gates().answered(reject.broker(), route.body().routeId());
        } else if (after.live() && endedThere) {
            // It ended there and we have not heard how.
            desk.questions().ask(work, after);
        }
        desk.working().settle(work);
    }

    void messageReject(Input.BrokerMessageReject reject) {
        if (reject.refMessageType().equals("J")) {
            desk.confirmations().allocationRefused(reject);
            return;
        }
        if (reject.refMessageType().equals("Q")) {
            desk.claims().dontKnowRefused(reject);
            return;
        }
        if (reject.refMessageType().equals("AF")) {
            desk.gates().massRefused(reject.broker(), reject.text());
            return;
        }
        var route = route(reject.broker(), reject.refId());
        if (route != null && reject.refId() != null) {
            var work = desk.work(route.body().orderId());
            desk.routes()
                    .perform(
                            work,
                            route,
                            new Route.RefuseMessage(reject.refMessageType(), reject.refId(), reject.text()));
            if (reject.refMessageType().equals("H")) {
                desk.gates().questionRefused(reject.broker(), route.body().routeId(), reject.reason(), reject.text());
            }
            desk.working().settle(work);
        }
    }

    /** The line could not hand over one of our messages. */
    void notSent(Input.NotSent input) {
        var route = route(input.broker(), input.messageId());
        if (route == null) {
            desk.claims().notSaid(input);
            return;
        }
        var request = route.body().pending().stream()
                .filter(each -> each.clOrdId().equals(input.messageId()))
                .findFirst();
        var type = request.isEmpty() ? "D" : request.get().cancel() ? "F" : "G";
        var work = desk.work(route.body().orderId());
        desk.routes().perform(work, route, new Route.RefuseMessage(type, input.messageId(), input.reason()));
        desk.working().settle(work);
    }
}
