package org.tradesuite.execution.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.order.Route.Acknowledge;
import org.tradesuite.execution.order.Route.Acknowledged;
import org.tradesuite.execution.order.Route.Answered;
import org.tradesuite.execution.order.Route.Ask;
import org.tradesuite.execution.order.Route.Asked;
import org.tradesuite.execution.order.Route.BecameUnknown;
import org.tradesuite.execution.order.Route.Body;
import org.tradesuite.execution.order.Route.Bust;
import org.tradesuite.execution.order.Route.Busted;
import org.tradesuite.execution.order.Route.Cancel;
import org.tradesuite.execution.order.Route.CancelRequested;
import org.tradesuite.execution.order.Route.Command;
import org.tradesuite.execution.order.Route.Compare;
import org.tradesuite.execution.order.Route.ConfirmReplace;
import org.tradesuite.execution.order.Route.Consider;
import org.tradesuite.execution.order.Route.Correct;
import org.tradesuite.execution.order.Route.Corrected;
import org.tradesuite.execution.order.Route.Disagreed;
import org.tradesuite.execution.order.Route.End;
import org.tradesuite.execution.order.Route.EndAgreed;
import org.tradesuite.execution.order.Route.EndStated;
import org.tradesuite.execution.order.Route.Ended;
import org.tradesuite.execution.order.Route.Event;
import org.tradesuite.execution.order.Route.Execute;
import org.tradesuite.execution.order.Route.FillKind;
import org.tradesuite.execution.order.Route.Filled;
import org.tradesuite.execution.order.Route.Finished;
import org.tradesuite.execution.order.Route.GiveUp;
import org.tradesuite.execution.order.Route.Happened;
import org.tradesuite.execution.order.Route.Infer;
import org.tradesuite.execution.order.Route.Live;
import org.tradesuite.execution.order.Route.Outcome;
import org.tradesuite.execution.order.Route.Quarantined;
import org.tradesuite.execution.order.Route.Refusal;
import org.tradesuite.execution.order.Route.RefuseMessage;
import org.tradesuite.execution.order.Route.RefuseRequest;
import org.tradesuite.execution.order.Route.Refused;
import org.tradesuite.execution.order.Route.Replace;
import org.tradesuite.execution.order.Route.ReplaceRequested;
import org.tradesuite.execution.order.Route.Replaced;
import org.tradesuite.execution.order.Route.Request;
import org.tradesuite.execution.order.Route.RequestConsidered;
import org.tradesuite.execution.order.Route.RequestRefused;
import org.tradesuite.execution.order.Route.Restate;
import org.tradesuite.execution.order.Route.Restated;
import org.tradesuite.execution.order.Route.Sent;
import org.tradesuite.execution.order.Route.StateEnd;
import org.tradesuite.execution.order.Route.Unknown;
import org.tradesuite.market.Quantity;

/**
 * What a route's state and a command lead to: FIX Appendix D as a table, and below it what each row says. A broker's report
 * is never refused; only our own wishes can be.
 */
final class RouteDecisions {

    private RouteDecisions() {}

    /** State and command, so that the table below is one switch and the compiler finds a missing row. */
    record Situation(Route route, Command command) {}

    static Outcome decide(Route route, Command command) {
        return switch (new Situation(route, command)) {
            case Situation(Sent s, Cancel c) -> requestCancel(s, c);
            case Situation(Live s, Cancel c) -> requestCancel(s, c);
            case Situation(Unknown s, Cancel c) -> requestCancel(s, c);
            case Situation(Ended _, Cancel _) -> new Refused(Refusal.HAS_ENDED);

            // Not acknowledged yet: the broker has it before it has this
            case Situation(Sent s, Replace c) -> requestReplace(s, c);
            case Situation(Live s, Replace c) -> requestReplace(s, c);
            case Situation(Unknown _, Replace _) -> new Refused(Refusal.NOT_ACKNOWLEDGED);
            // J.1.a: a filled order may be made larger
            case Situation(Ended s, Replace c) ->
                s.as() == OrdStatus.FILLED ? requestReplace(s, c) : new Refused(Refusal.HAS_ENDED);

            case Situation(Sent s, Execute c) -> execute(s, c);
            case Situation(Live s, Execute c) -> execute(s, c);
            case Situation(Unknown s, Execute c) -> execute(s, c);
            case Situation(Ended s, Execute c) -> execute(s, c);

            case Situation(Route s, Bust c) -> bust(s, c);
            case Situation(Route s, Correct c) -> correct(s, c);

            case Situation(Sent _, Acknowledge c) -> happened(acknowledged(c.report()));
            case Situation(Live s, Acknowledge c) -> acknowledge(s, c.report());
            case Situation(Unknown _, Acknowledge c) -> happened(acknowledged(c.report()));
            // An acknowledgement that comes late or again says nothing new, unless the order was thought to be refused
            case Situation(Ended s, Acknowledge c) ->
                endedByWord(s)
                        ? happened(acknowledged(c.report()))
                        : s.as() == OrdStatus.REJECTED ? disagree(s, c.report()) : Route.NOTHING;

            // A broker that considers a request has the order
            case Situation(Sent s, Consider c) -> considerUnheard(s, c.report());
            case Situation(Live s, Consider c) -> consider(s, c.report());
            case Situation(Unknown s, Consider c) -> considerUnheard(s, c.report());
            case Situation(Ended _, Consider _) -> Route.NOTHING;

            case Situation(Sent s, ConfirmReplace c) -> replaced(s, c.report());
            case Situation(Live s, ConfirmReplace c) -> replaced(s, c.report());
            case Situation(Unknown s, ConfirmReplace c) -> replaced(s, c.report());
            case Situation(Ended s, ConfirmReplace c) ->
                s.as() == OrdStatus.FILLED ? replaced(s, c.report()) : disagree(s, c.report());

            case Situation(Sent s, Restate c) -> restate(s, c.report());
            case Situation(Live s, Restate c) -> restate(s, c.report());
            case Situation(Unknown s, Restate c) -> restate(s, c.report());
            case Situation(Ended s, Restate c) -> disagreeIfCountedOtherwise(s, c.report());

            case Situation(Sent s, End c) -> end(s, c);
            case Situation(Live s, End c) -> end(s, c);
            case Situation(Unknown s, End c) -> end(s, c);
            case Situation(Ended s, End c) -> endAgain(s, c);

            case Situation(Sent s, Compare c) -> compareUnheard(s, c.report());
            case Situation(Live s, Compare c) -> compare(s, c.report());
            case Situation(Unknown s, Compare c) -> compareUnheard(s, c.report());
            case Situation(Ended s, Compare c) ->
                endedByWord(s) && livesThere(c.report())
                        ? compareUnheard(s, c.report())
                        : disagreeIfCountedOtherwise(s, c.report());

            case Situation(Route s, RefuseRequest c) ->
                refuseRequest(s, c.clOrdId(), c.toReplace(), c.reason(), c.text());
            case Situation(Route s, RefuseMessage c) -> refuseMessage(s, c);

            case Situation(Sent s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Live s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Unknown s, Ask _) -> happened(new Asked(s.body().clOrdId()));
            case Situation(Ended s, Ask _) ->
                s.reopening() || !s.outstanding().isZero()
                        ? happened(new Asked(s.body().clOrdId()))
                        : Route.NOTHING;

            case Situation(Sent _, GiveUp c) -> happened(new BecameUnknown(c.reason()));
            case Situation(Live _, GiveUp c) -> happened(new BecameUnknown(c.reason()));
            case Situation(Unknown _, GiveUp _) -> Route.NOTHING;
            case Situation(Ended s, GiveUp c) ->
                s.reopening() ? happened(new BecameUnknown(c.reason())) : Route.NOTHING;

            case Situation(Route s, Infer c) -> infer(s, c);

            case Situation(Unknown s, StateEnd c) -> stateEnd(s, c);
            case Situation(Sent _, StateEnd _) -> new Refused(Refusal.IS_KNOWN);
            case Situation(Live _, StateEnd _) -> new Refused(Refusal.IS_KNOWN);
            case Situation(Ended _, StateEnd _) -> new Refused(Refusal.IS_KNOWN);
        };
    }

    private static Outcome happened(Event event) {
        return new Happened(List.of(event));
    }

    private static Outcome stateEnd(Unknown route, StateEnd command) {
        var body = route.body();
        var executed = command.executed();
        var whole = executed.equals(body.quantity());
        // Only an execution taken back lowers our count, and only the broker can do that.
        if (executed.compareTo(body.cumulative()) < 0
                || executed.compareTo(body.quantity()) > 0
                || whole != (command.as() == OrdStatus.FILLED)
                || (command.as() == OrdStatus.REJECTED && !executed.isZero())) {
            return new Refused(Refusal.QUANTITY_DOES_NOT_FIT);
        }
        if (executed.compareTo(body.cumulative()) > 0 && command.unreported() == null) {
            return new Refused(Refusal.NO_BELIEVABLE_PRICE);
        }
        var said = body.stated();
        if (said == null
                || said.as() != command.as()
                || !said.executed().equals(executed)
                || !Objects.equals(said.average(), command.average())) {
            return happened(new EndStated(command.as(), executed, command.average(), command.by()));
        }
        if (said.by().equals(command.by())) {
            return new Refused(Refusal.MAKER_IS_CHECKER);
        }
        var events = new ArrayList<Event>(2);
        if (command.unreported() != null) {
            events.add(inferred(route, command.unreported()));
        }
        events.add(new EndAgreed(command.as(), executed, said.by(), command.by()));
        return new Happened(events);
    }

    /** It ended because persons said so: then the broker may still say that it lives. */
    static boolean endedByWord(Ended route) {
        return route.body().stated() != null && route.as() != OrdStatus.FILLED;
    }

    private static boolean livesThere(ExecutionReport report) {
        return switch (report.ordStatus()) {
            case CANCELED, FILLED, REJECTED, EXPIRED, DONE_FOR_DAY -> false;
            default -> true;
        };
    }

    private static Outcome requestCancel(Route route, Cancel command) {
        var body = route.body();
        // Asking again changes nothing and the id would be wasted; an unanswered cancel is asked about with 35=H.
        if (body.newest(true) != null) {
            return new Refused(Refusal.CANCEL_IS_PENDING);
        }
        return happened(new CancelRequested(body.nextClOrdId(), body.chainHead(), command.reason()));
    }

    private static Outcome requestReplace(Route route, Replace command) {
        var body = route.body();
        if (body.newest(true) != null) {
            return new Refused(Refusal.CANCEL_IS_PENDING);
        }
        if (command.quantity().compareTo(body.cumulative()) < 0) {
            return new Refused(Refusal.BELOW_EXECUTED_QUANTITY);
        }
        var last = body.newest(false);
        var quantity = body.wanted();
        var price = last != null ? last.price() : body.price();
        if (command.quantity().equals(quantity) && Objects.equals(command.price(), price)) {
            return new Refused(Refusal.NOTHING_TO_CHANGE);
        }
        return happened(
                new ReplaceRequested(body.nextClOrdId(), body.chainHead(), command.quantity(), command.price()));
    }

    private static Outcome execute(Route route, Execute command) {
        var body = route.body();
        var report = command.report();
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (quantity == null || quantity.isZero() || price == null) {
            return quarantine(report, "an execution without LastQty (32) or LastPx (31)");
        }
        if (report.side() != null && report.side() != body.side()) {
            return quarantine(report, "an execution to " + report.side() + " of an order to " + body.side());
        }
        var events = new ArrayList<Event>(2);
        var total = body.quantity();
        // The broker fills the replacement: it must have accepted it, and its 150=5 is late or lost. Not so while it
        // says
        // 39=E, where a fill of the old order carries the new id too (D.1.a).
        var request = body.pending(report.clOrdId());
        if (request != null
                && request.quantity() != null
                && route.live()
                && report.ordStatus() != OrdStatus.PENDING_REPLACE
                && report.origClOrdId() == null
                && request.quantity().equals(report.orderQuantity())) {
            total = RouteChange.larger(request.quantity(), body.cumulative());
            events.add(new Replaced(request.clOrdId(), report.brokerOrderId(), total, request.price(), true));
        }
        var standIn = Inferences.standIn(body, report);
        if (standIn != null) {
            events.add(new Corrected(
                    report.execId(),
                    standIn.execId(),
                    report.tradeDate(),
                    standIn.fillId(),
                    standIn.quantity(),
                    standIn.price(),
                    command.fillId(),
                    quantity,
                    price,
                    report.transactTime(),
                    command.charges(),
                    true));
            return new Happened(events);
        }
        var after = body.cumulative().plus(quantity);
        events.add(new Filled(
                command.fillId(),
                report.execId(),
                report.tradeDate(),
                report.clOrdId(),
                report.brokerOrderId(),
                quantity,
                price,
                report.transactTime(),
                report.lastMarket(),
                report.lastCapacity(),
                report.lastLiquidity(),
                command.bid(),
                command.ask(),
                report.cumQuantity(),
                report.averagePrice(),
                command.charges(),
                kind(route, after, total),
                null));
        endAsClaimed(route, report.execId(), after, total, events);
        return new Happened(events);
    }

    private static FillKind kind(Route route, Quantity after, Quantity total) {
        return after.compareTo(total) > 0
                ? FillKind.OVERFILL
                : !route.live() && !route.filled() ? FillKind.AFTER_END : FillKind.REGULAR;
    }

    /** The answer said that it ended with so much executed: now that so much is here, it has. */
    private static void endAsClaimed(Route route, String execId, Quantity after, Quantity total, List<Event> events) {
        var claim = route.body().claim();
        if (claim != null
                && claim.ends()
                && route.live()
                && after.equals(claim.cumulative())
                && after.compareTo(total) < 0) {
            events.add(new Finished(
                    execId,
                    claim.status(),
                    claim.cumulative(),
                    claim.status() == OrdStatus.CANCELED && route.body().newest(true) == null,
                    null,
                    "as its status said"));
        }
    }

    private static Outcome infer(Route route, Infer command) {
        var body = route.body();
        var after = body.cumulative().plus(command.what().quantity());
        var events = new ArrayList<Event>(2);
        events.add(inferred(route, command));
        endAsClaimed(route, Inferences.execId(body, command.what()), after, body.quantity(), events);
        return new Happened(events);
    }

    private static Filled inferred(Route route, Infer command) {
        var body = route.body();
        var what = command.what();
        var after = body.cumulative().plus(what.quantity());
        return new Filled(
                command.fillId(),
                Inferences.execId(body, what),
                what.tradeDate(),
                body.clOrdId(),
                null,
                what.quantity(),
                what.price(),
                what.transactTime(),
                null,
                null,
                null,
                command.bid(),
                command.ask(),
                what.average() == null ? null : what.gap().to(),
                what.average(),
                command.charges(),
                kind(route, after, body.quantity()),
                what.gap());
    }

    private static Outcome bust(Route route, Bust command) {
        var report = command.report();
        var execution = Execution.find(route.body().newest(), report.execRefId());
        return execution == null
                ? quarantine(report, "it takes back an execution that this route does not have")
                : happened(new Busted(
                        report.execId(),
                        execution.execId(),
                        report.tradeDate(),
                        execution.fillId(),
                        execution.quantity(),
                        execution.price()));
    }

    private static Outcome correct(Route route, Correct command) {
        var report = command.report();
        var execution = Execution.find(route.body().newest(), report.execRefId());
        var quantity = report.lastQuantity();
        var price = report.lastPrice();
        if (execution == null) {
            return quarantine(report, "it corrects an execution that this route does not have");
        }
        if (quantity == null || quantity.isZero() || price == null) {
            return quarantine(report, "a correction without LastQty (32) or LastPx (31)");
        }
        return happened(new Corrected(
                report.execId(),
                execution.execId(),
                report.tradeDate(),
                execution.fillId(),
                execution.quantity(),
                execution.price(),
                command.fillId(),
                quantity,
                price,
                report.transactTime(),
                command.charges(),
                false));
    }

    private static Outcome quarantine(ExecutionReport report, String why) {
        return happened(new Quarantined(Unbookable.of(report, why)));
    }

    private static Acknowledged acknowledged(ExecutionReport report) {
        var mark = switch (report.execType()) {
            case PENDING_NEW -> OrdStatus.PENDING_NEW;
            case STOPPED -> OrdStatus.STOPPED;
            case SUSPENDED -> OrdStatus.SUSPENDED;
            case CALCULATED -> OrdStatus.CALCULATED;
            default -> report.ordStatus() == OrdStatus.PENDING_NEW ? OrdStatus.PENDING_NEW : OrdStatus.NEW;
        };
        return new Acknowledged(report.execId(), report.brokerOrderId(), mark);
    }

    private static Outcome acknowledge(Live route, ExecutionReport report) {
        var event = acknowledged(report);
        // A PendingNew that was overtaken by its New does not take the order back.
        var backward = event.mark() == OrdStatus.PENDING_NEW;
        return event.mark() == route.mark() || backward ? Route.NOTHING : happened(event);
    }

    private static Outcome consider(Route route, ExecutionReport report) {
        var request = request(route.body(), report.clOrdId(), report.execType() == ExecType.PENDING_CANCEL);
        return request == null || request.acknowledged()
                ? Route.NOTHING
                : happened(new RequestConsidered(request.clOrdId()));
    }

    private static Outcome considerUnheard(Route route, ExecutionReport report) {
        var request = request(route.body(), report.clOrdId(), report.execType() == ExecType.PENDING_CANCEL);
        var known = new Acknowledged(report.execId(), report.brokerOrderId(), OrdStatus.NEW);
        return request == null
                ? happened(known)
                : new Happened(List.of(known, new RequestConsidered(request.clOrdId())));
    }

    private static Outcome replaced(Route route, ExecutionReport report) {
        var body = route.body();
        var request = request(body, report.clOrdId(), false);
        if (request == null) {
            // Not asked for, or its fill already told us: only what differs is news.
            return restate(route, report);
        }
        var asked = request.quantity() == null ? body.quantity() : request.quantity();
        var quantity = report.orderQuantity() == null ? asked : report.orderQuantity();
        var price = report.price() == null ? request.price() : report.price();
        // C.3.c: a quantity below what is executed is amended up to it
        return happened(new Replaced(
                request.clOrdId(),
                report.brokerOrderId(),
                RouteChange.larger(quantity, body.cumulative()),
                price,
                false));
    }

    private static Outcome restate(Route route, ExecutionReport report) {
        var body = route.body();
        var quantity = report.orderQuantity() == null
                ? body.quantity()
                : RouteChange.larger(report.orderQuantity(), body.cumulative());
        var price = report.price() == null ? body.price() : report.price();
        if (quantity.equals(body.quantity()) && Objects.equals(price, body.price())) {
            return Route.NOTHING;
        }
        return happened(new Restated(quantity, price, report.restatementReason()));
    }

    private static Outcome end(Route route, End command) {
        var report = command.report();
        if (command.as() == OrdStatus.REJECTED && report.ordStatus() != OrdStatus.REJECTED) {
            // F.1.c: 150=8 with 103=6 refuses a duplicate, and 39 shows that the first one lives.
            return Route.NOTHING;
        }
        var unsolicited = command.as() == OrdStatus.CANCELED && route.body().newest(true) == null;
        return happened(new Finished(
                report.execId(),
                command.as(),
                report.cumQuantity(),
                unsolicited,
                command.as() == OrdStatus.REJECTED ? report.rejectReason() : report.restatementReason(),
                report.text()));
    }

    private static Outcome endAgain(Ended route, End command) {
        var open = route.body().newest(command.as() == OrdStatus.CANCELED);
        if (route.as() == OrdStatus.FILLED && open != null) {
            return happened(new RequestRefused(open.clOrdId(), null, "filled before"));
        }
        return disagreeIfCountedOtherwise(route, command.report());
    }

    private static Outcome compare(Live route, ExecutionReport report) {
        if (Route.isUnknownThere(report)) {
            return happened(new BecameUnknown(doesNotKnow(route, report)));
        }
        if (countedOtherwise(route.body(), report)) {
            return disagreeIfCountedOtherwise(route, report);
        }
        return switch (report.ordStatus()) {
            // The end was reported and we missed it
            case CANCELED, EXPIRED, DONE_FOR_DAY, REJECTED ->
                with(taken(route, report), end(route, new End(report, report.ordStatus())));
            default ->
                // A request that is open stays asked about: this answer is not the one to it
                route.body().asked() > 0 && route.body().pending().isEmpty()
                        ? happened(new Answered(report.ordStatus(), report.cumQuantity()))
                        : with(taken(route, report), Route.NOTHING);
        };
    }

    /** An answer that agrees with us takes an earlier one back that did not. */
    private static List<Event> taken(Route route, ExecutionReport report) {
        return route.claimed() && report.cumQuantity() != null && !countedOtherwise(route.body(), report)
                ? List.of(new Answered(report.ordStatus(), report.cumQuantity()))
                : List.of();
    }

    private static Outcome with(List<Event> first, Outcome then) {
        if (first.isEmpty() || !(then instanceof Happened happened)) {
            return then;
        }
        var all = new ArrayList<>(first);
        all.addAll(happened.events());
        return new Happened(all);
    }

    private static String doesNotKnow(Route route, ExecutionReport report) {
        return route.body().broker() + " does not know it" + (report.text() == null ? "" : ": " + report.text());
    }

    private static Outcome compareUnheard(Route route, ExecutionReport report) {
        if (Route.isUnknownThere(report)) {
            return route instanceof Unknown ? Route.NOTHING : happened(new BecameUnknown(doesNotKnow(route, report)));
        }
        return switch (report.ordStatus()) {
            case CANCELED, EXPIRED, DONE_FOR_DAY, REJECTED -> {
                var ended = end(route, new End(report, report.ordStatus()));
                // One that counts less takes an earlier answer back.
                yield ended instanceof Happened happened
                                && (countsMore(route.body(), report)
                                        || (route.claimed() && countedOtherwise(route.body(), report)))
                        ? with(happened.events(), happened(disagreed(report)))
                        : with(taken(route, report), ended);
            }
            default -> {
                var known = new Acknowledged(
                        report.execId(),
                        report.brokerOrderId(),
                        report.ordStatus() == OrdStatus.PENDING_NEW ? OrdStatus.PENDING_NEW : OrdStatus.NEW);
                yield countedOtherwise(route.body(), report)
                        ? new Happened(List.of(known, disagreed(report)))
                        : with(taken(route, report), happened(known));
            }
        };
    }

    private static boolean countedOtherwise(Body body, ExecutionReport report) {
        return report.cumQuantity() != null && !report.cumQuantity().equals(body.cumulative());
    }

    private static boolean countsMore(Body body, ExecutionReport report) {
        return report.cumQuantity() != null && report.cumQuantity().compareTo(body.cumulative()) > 0;
    }

    private static Outcome disagreeIfCountedOtherwise(Route route, ExecutionReport report) {
        var body = route.body();
        if (Route.isUnknownThere(report)) {
            return Route.NOTHING;
        }
        if (!countedOtherwise(body, report)) {
            return report.execType() == ExecType.ORDER_STATUS
                    ? with(taken(route, report), Route.NOTHING)
                    : Route.NOTHING;
        }
        // Said once: the broker repeats it until the missing execution arrives.
        var claim = body.claim();
        var again = (report.execType() == ExecType.ORDER_STATUS && countsMore(body, report))
                ? claim != null
                        && claim.cumulative().equals(report.cumQuantity())
                        && claim.status() == report.ordStatus()
                        && Objects.equals(claim.average(), report.averagePrice())
                : body.brokerCumulative().equals(report.cumQuantity())
                        && !(report.execType() == ExecType.ORDER_STATUS && route.claimed());
        return again ? Route.NOTHING : happened(disagreed(report));
    }

    private static Outcome disagree(Route route, ExecutionReport report) {
        return route.live() ? Route.NOTHING : happened(disagreed(report));
    }

    private static Disagreed disagreed(ExecutionReport report) {
        return new Disagreed(
                report.execId(),
                report.tradeDate(),
                report.ordStatus(),
                report.cumQuantity(),
                report.averagePrice(),
                report.transactTime(),
                report.execType() == ExecType.ORDER_STATUS);
    }

    private static Outcome refuseRequest(
            Route route, String clOrdId, boolean toReplace, @Nullable String reason, @Nullable String text) {
        var request = request(route.body(), clOrdId, !toReplace);
        if (request != null) {
            return happened(new RequestRefused(request.clOrdId(), reason, text));
        }
        // Some answer a status request so. It names the order itself; what names a request was answered before.
        return Route.CXL_UNKNOWN_ORDER.equals(reason)
                        && clOrdId.equals(route.body().clOrdId())
                        && (route instanceof Sent || route instanceof Live)
                ? happened(new BecameUnknown(
                        route.body().broker() + " does not know it" + (text == null ? "" : ": " + text)))
                : Route.NOTHING;
    }

    private static Outcome refuseMessage(Route route, RefuseMessage command) {
        return switch (command.refMessageType()) {
            case "D" ->
                route instanceof Sent || route instanceof Unknown
                        ? happened(new Finished(
                                command.clOrdId(), OrdStatus.REJECTED, null, false, "35=j", command.text()))
                        : Route.NOTHING;
            case "F" -> refuseRequest(route, command.clOrdId(), false, "35=j", command.text());
            case "G" -> refuseRequest(route, command.clOrdId(), true, "35=j", command.text());
            // The broker does not answer questions: nothing left to ask.
            case "H" ->
                route instanceof Sent
                                || (route instanceof Live
                                        && !route.body().pending().isEmpty())
                        ? happened(new BecameUnknown("the broker does not take status requests"))
                        : Route.NOTHING;
            default -> Route.NOTHING;
        };
    }

    /** The request an answer means: by its id, else, for brokers that answer under the original id, the newest of its kind. */
    private static @Nullable Request request(Body body, @Nullable String clOrdId, boolean cancel) {
        var named = body.pending(clOrdId);
        if (named != null) {
            return named;
        }
        return clOrdId == null || clOrdId.equals(body.clOrdId()) || clOrdId.equals(body.routeId() + "-1")
                ? body.newest(cancel)
                : null;
    }
}
