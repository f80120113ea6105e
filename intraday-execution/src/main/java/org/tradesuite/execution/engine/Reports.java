package org.tradesuite.execution.engine;

import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Money;

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
    private @Nullable Route route(BrokerId broker, @Nullable String clOrdId) {
        if (clOrdId == null) {
            return null;
        }
        var dash = clOrdId.lastIndexOf('-');
        var route = dash < 0 ? null : desk.state().findRoute(clOrdId.substring(0, dash));
        return route != null && route.body().broker().equals(broker) ? route : null;
    }

    void report(BrokerId broker, ExecutionReport report) {
        var route = route(broker, report.clOrdId());
        if (route == null) {
            route = route(broker, report.origClOrdId());
        }
        var books = report.isExecution()
                || report.execType() == ExecType.TRADE
                || report.execType() == ExecType.TRADE_CANCEL
                || report.execType() == ExecType.TRADE_CORRECT;
        if (route == null) {
            if (books) {
                desk.strays().orphan(broker, report);
            }
            return;
        }
        if (books) {
            var seen = desk.state().seen(new State.ExecutionKey(broker, report.tradeDate(), report.execId()));
            if (seen != null) {
                if (!seen.equals(Strays.fingerprint(route, report))) {
                    desk.strays().quarantine(route, report);
                }
                return;
            }
        }
        var work = desk.work(route.body().orderId());
        var terms = work.order.body().terms();
        var quote = desk.market().of(terms.instrument()).quote();
        var command = Route.command(
                report,
                route.body().routeId() + "-F" + (route.body().executions() + 1),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                charges(broker, terms, report));
        desk.routes().perform(work, route, command);
        desk.working().settle(work);
    }

    private Money charges(BrokerId broker, ParentOrder.Terms terms, ExecutionReport report) {
        var rate = desk.reference().rate(broker, terms.mic());
        if (rate.isEmpty() || report.lastQuantity() == null || report.lastPrice() == null) {
            return Money.zero(terms.currency());
        }
        var gross = report.lastPrice().gross(report.lastQuantity(), terms.currency(), RoundingMode.HALF_UP);
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
        var work = desk.work(route.body().orderId());
        desk.routes()
                .perform(
                        work,
                        route,
                        new Route.RefuseRequest(reject.clOrdId(), reject.toReplace(), reject.reason(), reject.text()));
        var after = desk.state().route(route.body().routeId());
        var endedThere = switch (reject.ordStatus()) {
            case CANCELED, FILLED, REJECTED, EXPIRED, DONE_FOR_DAY -> true;
            default -> false;
        };
        if (after.live() && endedThere) {
            // It ended there and we have not heard how.
            desk.questions().ask(work, after);
        }
        desk.working().settle(work);
    }

    void messageReject(Input.BrokerMessageReject reject) {
        if (reject.refMessageType().equals("J")) {
            desk.closing().allocationRefused(reject);
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
            desk.working().settle(work);
        }
    }

    /** The line could not hand over one of our messages. */
    void notSent(Input.NotSent input) {
        var route = route(input.broker(), input.messageId());
        if (route == null) {
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
