package org.tradesuite.execution.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.ExternalExecution;
import org.tradesuite.execution.order.ExternalOrder;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.Route;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Side;

/**
 * What brokers report of orders that are not ours. An execution is never dropped: it is kept aside for a moment, in which its
 * order may turn up, and then goes to the suspense account as an external order for a person to claim. Where it cannot be
 * booked it stays on the list.
 */
final class Strays {

    private final Desk desk;
    private final EngineSettings settings;

    Strays(Desk desk, EngineSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** A report that names no route of ours. */
    void report(BrokerId broker, ExecutionReport report, ExternalOrder.Named named) {
        var order = desk.state().externals().order(broker, report, named);
        if (!Reports.books(report)) {
            if (order == null && isHeldThere(report)) {
                known(broker, report, named, ExternalOrder.Origin.RECONCILIATION);
            }
            return;
        }
        var seen = desk.state().seen(broker, report);
        if (seen != null) {
            again(broker, report, named, order, seen);
            return;
        }
        if (desk.state().hasForgotten(report.tradeDate()) && report.isExecution()) {
            // Whether it was booked before nobody remembers: a person has to look.
            keep(broker, report);
            return;
        }
        if (order == null) {
            order = meant(broker, report);
        }
        var route = order instanceof ExternalOrder.Ours ours
                ? desk.state().findRoute(ours.routeId())
                : byOrderId(broker, Externals.clOrdId(report), report.brokerOrderId(), report, named);
        if (route != null) {
            desk.reports().book(route, report);
            return;
        }
        if (order instanceof ExternalOrder.Ours || (order == null && !canBegin(report))) {
            keep(broker, report);
            return;
        }
        var id = order == null
                ? known(broker, report, named, ExternalOrder.Origin.VENUE)
                : order.body().externalId();
        perform(
                id,
                switch (report.execType()) {
                    case ExecType.TRADE_CANCEL -> new ExternalOrder.Bust(report);
                    case ExecType.TRADE_CORRECT -> new ExternalOrder.Correct(report);
                    default -> new ExternalOrder.Execute(report);
                });
        if (!(external(id) instanceof ExternalOrder.Waiting)) {
            settle(id);
        }
    }

    /** An ExecID that was heard before: nothing if it is the same again, for a person if it is not. */
    private void again(
            BrokerId broker,
            ExecutionReport report,
            ExternalOrder.Named named,
            @Nullable ExternalOrder order,
            Fingerprint seen) {
        var ownedBy = order == null
                ? Fingerprint.NOBODY
                : order instanceof ExternalOrder.Ours ours
                        ? ours.routeId()
                        : order.body().externalId();
        var route = desk.state().findRoute(seen.order());
        var isOfNobody = route == null && desk.state().externals().order(seen.order()) == null;
        // Left out this time, the ClOrdID does not speak for another order; nor does one whose order nobody remembers.
        var sameButTheOrder = Externals.clOrdId(report) == null || isOfNobody;
        var same = sameButTheOrder
                ? seen.looksLike(Fingerprint.of(ownedBy, seen.side(), report))
                : seen.equals(Fingerprint.of(ownedBy, seen.side(), report));
        if (same) {
            return;
        }
        var why = "ExecID " + report.execId() + " came before with other content";
        if (route != null) {
            desk.reports().quarantine(route, report);
        } else if (!isOfNobody) {
            perform(seen.order(), new ExternalOrder.Conflict(report, why));
        } else {
            desk.record(Streams.strays(broker), new DeskFact.OrphanReported(broker, report), null);
            desk.alert(AlertKind.CONFLICTING_FILL, broker.toString(), why + ": " + told(report) + ", for " + named);
        }
    }

    /** What a status report tells of an order that the broker holds for us, or executed, and that we do not know. */
    private static boolean isHeldThere(ExecutionReport report) {
        var counts = report.cumQuantity() != null && !report.cumQuantity().isZero();
        var matters = switch (report.ordStatus()) {
            case REJECTED -> false;
            case CANCELED, EXPIRED, DONE_FOR_DAY -> counts;
            default -> true;
        };
        return report.execType() == ExecType.ORDER_STATUS
                && matters
                && report.side() != null
                && Externals.clOrdId(report) != null;
    }

    private static boolean canBegin(ExecutionReport report) {
        return report.isExecution()
                && report.side() != null
                && report.lastQuantity() != null
                && !report.lastQuantity().isZero()
                && report.lastPrice() != null;
    }

    /** It says too little to be an order, or it takes back what we never had: kept as it came. */
    private void keep(BrokerId broker, ExecutionReport report) {
        desk.record(Streams.strays(broker), new DeskFact.OrphanReported(broker, report), null);
        desk.alert(
                AlertKind.ORPHAN_FILL,
                broker.toString(),
                told(report) + ", for order " + report.clOrdId()
                        + ", is not of an order we know; it cannot be booked.");
    }

    private static String told(ExecutionReport report) {
        return report.execType() + " " + report.execId() + ": " + report.side() + " " + report.lastQuantity() + " at "
                + report.lastPrice();
    }

    /** For a bust or correction that names another order than the execution it is about did, or another trade date. */
    private @Nullable ExternalOrder meant(BrokerId broker, ExecutionReport report) {
        if (report.execRefId() == null || report.isExecution()) {
            return null;
        }
        var about = desk.state().seen(new State.ExecutionKey(broker, report.tradeDate(), report.execRefId()));
        var order = about == null ? null : desk.state().externals().order(about.order());
        return order == null ? desk.state().externals().meant(broker, report) : order;
    }

    private String known(
            BrokerId broker, ExecutionReport report, ExternalOrder.Named named, ExternalOrder.Origin origin) {
        var id = desk.state().externals().nextId(broker);
        var day = desk.state().day();
        var until = desk.now().plus(settings.orphansWait());
        desk.record(
                Streams.external(id),
                new ExternalOrder.Reported(
                        broker,
                        origin,
                        report.tradeDate(),
                        day == null ? report.tradeDate() : day.date(),
                        Externals.clOrdId(report),
                        report.brokerOrderId(),
                        Objects.requireNonNull(report.side()),
                        report.orderQuantity(),
                        named,
                        until),
                null);
        desk.diary().external(id, until);
        return id;
    }

    // Its order turns up

    /** The one route of that broker with this OrderID (37), side and instrument, for a report that names no ClOrdID. */
    private @Nullable Route byOrderId(
            BrokerId broker,
            @Nullable String clOrdId,
            @Nullable String brokerOrderId,
            ExecutionReport report,
            ExternalOrder.Named named) {
        return clOrdId != null || brokerOrderId == null || report.side() == null
                ? null
                : byOrderId(broker, brokerOrderId, report.side(), named);
    }

    private @Nullable Route byOrderId(BrokerId broker, String brokerOrderId, Side side, ExternalOrder.Named named) {
        Route found = null;
        for (var work : desk.state().orders()) {
            var terms = work.order.body().terms();
            if (terms.side() != side || !isAbout(named, terms.symbol(), terms.isin())) {
                continue;
            }
            for (var id : work.routes) {
                var route = desk.state().route(id);
                if (route.body().broker().equals(broker)
                        && brokerOrderId.equals(route.body().brokerOrderId())) {
                    if (found != null) {
                        return null;
                    }
                    found = route;
                }
            }
        }
        return found;
    }

    private static boolean isAbout(ExternalOrder.Named named, String symbol, @Nullable String isin) {
        if (named.isin() == null || isin == null) {
            return symbol.equals(named.symbol());
        }
        return named.isin().equals(isin);
    }

    /** The broker now says that one of its executions belongs to this route; false if that was decided otherwise. */
    boolean recognise(String externalId, Route route) {
        var order = external(externalId);
        if (order instanceof ExternalOrder.Ours ours) {
            // It was taken back before the rest of its order was known to be ours.
            return ours.routeId().equals(route.body().routeId());
        }
        var body = order.body();
        if (!perform(externalId, new ExternalOrder.Recognise(route.body().routeId()))) {
            return false;
        }
        for (var each : body.live()) {
            desk.reports()
                    .book(
                            desk.state().route(route.body().routeId()),
                            report(body, each, route.body().clOrdId()));
        }
        return true;
    }

    private static ExecutionReport report(ExternalOrder.Body body, ExternalExecution execution, String clOrdId) {
        return new ExecutionReport(
                execution.tradeDate(),
                execution.execId(),
                null,
                ExecType.TRADE,
                OrdStatus.PARTIALLY_FILLED,
                clOrdId,
                null,
                body.brokerOrderId(),
                body.side(),
                null,
                null,
                execution.quantity(),
                execution.price(),
                null,
                null,
                null,
                execution.transactTime(),
                body.named().mic(),
                null,
                null,
                null,
                null,
                null);
    }

    /** Its time aside is over. */
    void isDue(String externalId) {
        if (!(external(externalId) instanceof ExternalOrder.Waiting waiting)) {
            return;
        }
        var body = waiting.body();
        var route = desk.reports().route(body.broker(), body.clOrdId());
        if (route == null && body.clOrdId() == null && body.brokerOrderId() != null) {
            route = byOrderId(body.broker(), body.brokerOrderId(), body.side(), body.named());
        }
        if (route != null && route.body().side() == body.side()) {
            recognise(externalId, route);
        } else {
            settle(externalId);
        }
    }

    // Where it is booked

    /** Books what is booked nowhere yet: for whoever claimed it, else in suspense. */
    private void settle(String externalId) {
        var order = external(externalId);
        var body = order.body();
        var about = body.live().isEmpty()
                ? body.broker() + " has order " + body.clOrdId() + ", which is not ours: " + body.side() + " "
                        + body.orderQuantity() + " " + named(body)
                : body.broker() + " " + body.side() + " " + body.executed() + " " + named(body) + " at "
                        + body.average() + " for order " + body.clOrdId() + ", which is not ours";
        var account = order instanceof ExternalOrder.Claimed ? body.account() : settings.suspense();
        var product = body.product() == null ? product(body.named()) : body.product();
        String why = null;
        if (body.live().isEmpty()) {
            why = "Nothing of it is executed as far as we were told.";
        } else if (account == null) {
            why = "There is no suspense account: set execution.suspense-account.";
        } else if (desk.reference().account(account).isEmpty()) {
            why = "Account " + account + " is not in the reference data.";
        } else if (product == null) {
            why = "The instrument is not in the reference data.";
        }
        if (why != null || account == null || product == null) {
            perform(externalId, new ExternalOrder.SetAside(String.valueOf(why)));
            desk.alert(AlertKind.ORPHAN_FILL, externalId, about + ". It is booked nowhere. " + why);
            return;
        }
        perform(externalId, new ExternalOrder.Book(account, product, charges(body, product)));
        desk.alert(AlertKind.ORPHAN_FILL, externalId, about + ". It is booked to account " + account + ".");
    }

    private static String named(ExternalOrder.Body body) {
        return String.valueOf(
                body.named().symbol() != null
                        ? body.named().symbol()
                        : body.named().isin());
    }

    /** Charges of the executions that are booked nowhere, at the broker's rate. */
    List<Money> charges(ExternalOrder.Body body, ExternalOrder.Product product) {
        var charges = new ArrayList<Money>();
        for (var each : body.live()) {
            if (!each.isBooked()) {
                charges.add(desk.reports()
                        .charges(
                                body.broker(),
                                product.instrument().mic(),
                                product.currency(),
                                each.quantity(),
                                each.price()));
            }
        }
        return charges;
    }

    /** What the broker names, as our reference data has it: by ISIN and market, else by symbol and market. */
    ExternalOrder.@Nullable Product product(ExternalOrder.Named named) {
        var found = desk.reference().instruments().stream()
                .filter(each -> named.isin() == null
                        ? each.symbol().equals(named.symbol())
                        : each.isin() != null && each.isin().toString().equals(named.isin()))
                .filter(each -> named.mic() == null || each.mic().toString().equals(named.mic()))
                .toList();
        if (found.size() != 1) {
            return null;
        }
        var only = found.getFirst();
        return new ExternalOrder.Product(
                only.id(), only.isin() == null ? null : only.isin().toString(), only.currency());
    }

    ExternalOrder external(String externalId) {
        return Objects.requireNonNull(desk.state().externals().order(externalId), externalId);
    }

    /** What the order makes of a command; false if it refuses it. */
    boolean perform(String externalId, ExternalOrder.Command command) {
        if (!(ExternalOrder.decide(external(externalId), command) instanceof ExternalOrder.Happened happened)) {
            return false;
        }
        happened(externalId, happened);
        return true;
    }

    void happened(String externalId, ExternalOrder.Happened happened) {
        for (var event : happened.events()) {
            desk.record(Streams.external(externalId), event, null);
            if (event instanceof ExternalOrder.Quarantined quarantined) {
                desk.alert(
                        AlertKind.CONFLICTING_FILL,
                        externalId,
                        quarantined.report().why());
            }
        }
        var last = happened.events().isEmpty() ? null : happened.events().getLast();
        // An execution or a correction alone is booked nowhere yet: its booking follows.
        if (last instanceof ExternalOrder.Booked
                || last instanceof ExternalOrder.WasClaimed
                || last instanceof ExternalOrder.Busted) {
            desk.allocations().changed(external(externalId));
        }
    }
}
