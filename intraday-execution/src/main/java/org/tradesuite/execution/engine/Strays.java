package org.tradesuite.execution.engine;

import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.BrokerId;

/**
 * Executions that cannot be booked where they say: for an order that is not ours, or under an ExecID that came before with
 * other content. Each is kept and shown to a person.
 */
final class Strays {

    private final Desk desk;

    Strays(Desk desk) {
        this.desk = desk;
    }

    static State.Fingerprint fingerprint(Route route, ExecutionReport report) {
        var bust = report.execType() == ExecType.TRADE_CANCEL;
        return new State.Fingerprint(
                route.body().routeId(),
                bust ? null : report.lastQuantity(),
                bust ? null : report.lastPrice(),
                bust ? 'H' : report.execType() == ExecType.TRADE_CORRECT ? 'G' : 'F');
    }

    void quarantine(Route route, ExecutionReport report) {
        var work = desk.work(route.body().orderId());
        desk.routes()
                .happened(
                        work,
                        route.body().routeId(),
                        new Route.Quarantined(
                                report.execId(),
                                report.execRefId(),
                                report.tradeDate(),
                                report.execType(),
                                report.lastQuantity(),
                                report.lastPrice(),
                                "ExecID " + report.execId() + " came before with other content"));
    }

    void orphan(BrokerId broker, ExecutionReport report) {
        if (desk.state().seen(new State.ExecutionKey(broker, report.tradeDate(), report.execId())) != null) {
            return;
        }
        desk.record(Streams.strays(broker), new DeskFact.OrphanReported(broker, report), null);
        desk.alert(
                AlertKind.ORPHAN_FILL,
                broker.toString(),
                "Execution " + report.execId() + " is for order " + report.clOrdId() + ", which is not ours: "
                        + report.side() + " " + report.lastQuantity() + " at " + report.lastPrice() + ".");
    }
}
