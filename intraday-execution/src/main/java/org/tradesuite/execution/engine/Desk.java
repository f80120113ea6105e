package org.tradesuite.execution.engine;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tradesuite.execution.engine.Effect.AlertKind;
import org.tradesuite.execution.engine.Effect.Refusal;
import org.tradesuite.execution.marketdata.MarketData;
import org.tradesuite.execution.marketdata.Print;
import org.tradesuite.execution.marketdata.Quote;
import org.tradesuite.execution.order.ExecType;
import org.tradesuite.execution.order.ExecutionReport;
import org.tradesuite.execution.order.Fact;
import org.tradesuite.execution.order.OrdStatus;
import org.tradesuite.execution.order.OrderType;
import org.tradesuite.execution.order.ParentOrder;
import org.tradesuite.execution.order.Route;
import org.tradesuite.execution.plan.Progress;
import org.tradesuite.execution.reference.Instrument;
import org.tradesuite.execution.reference.ReferenceData;
import org.tradesuite.execution.risk.PreTrade;
import org.tradesuite.execution.risk.Proposal;
import org.tradesuite.execution.routing.BrokerRouter;
import org.tradesuite.execution.routing.RoutingPolicy;
import org.tradesuite.market.BrokerId;
import org.tradesuite.market.InstrumentId;
import org.tradesuite.market.Money;
import org.tradesuite.market.Price;
import org.tradesuite.market.Quantity;

/**
 * The deterministic part of the engine: takes one input after the other, asks the rooms, records what happened and says
 * what shall leave. Knows no thread, no database and no clock. Prices, connected brokers and reference data are not in the
 * journal; whatever a decision took from them is written into its facts.
 */
final class Desk {

    private static final String ENGINE = "engine";

    /** When an order or a route is to be looked at again. */
    private record Due(Instant at, String id, boolean route) {}

    private final EngineSettings settings;
    private final Planner planner;
    private final State state = new State();
    private final MarketData market = new MarketData();
    private final Set<BrokerId> reachable = new TreeSet<>();
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(java.util.Comparator.comparing(Due::at).thenComparing(Due::id));
    private final Map<String, Instant> nextLook = new HashMap<>();
    private final Map<String, BigDecimal> volumeBefore = new HashMap<>();
    private final Closing closing;
    private ReferenceData reference;

    // Of the input being handled
    private Batch batch = new Batch();
    private Instant now = Instant.EPOCH;
    private String actor = ENGINE;
    private @Nullable String reason;
    private @Nullable String causation;

    Desk(EngineSettings settings, ReferenceData reference) {
        this.settings = settings;
        this.reference = reference;
        this.planner = new Planner(settings);
        this.closing = new Closing(this, settings);
    }

    State state() {
        return state;
    }

    ReferenceData reference() {
        return reference;
    }

    Instant now() {
        return now;
    }

    /** A fact from the journal, at start. */
    void replay(Recorded recorded) {
        state.apply(recorded);
        state.touched().clear();
    }

    void handle(Input input, Batch into) {
        batch = into;
        now = input.at();
        actor = ENGINE;
        reason = null;
        causation = null;
        switch (input) {
            case Input.Request request -> {
                actor = request.actor();
                causation = "request/" + request.requestId();
                request(request);
            }
            case Input.FromBroker message -> {
                actor = "broker:" + message.broker();
                causation = "fix/" + message.broker() + "/" + message.sequence();
                batch.sequences.put(message.broker(), message.sequence());
                message(message);
            }
            case Input.MarketQuote quote ->
                market.quote(quote.instrument(), new Quote(quote.bid(), quote.ask(), quote.at()));
            case Input.MarketTrade trade ->
                market.trade(trade.instrument(), new Print(trade.price(), trade.quantity(), trade.at()));
            case Input.Tick _ -> tick();
            case Input.BrokerSessionUp up -> reachable.add(up.broker());
            case Input.BrokerSessionDown down -> reachable.remove(down.broker());
            case Input.NotSent notSent -> notSent(notSent);
            case Input.ReferenceChanged changed -> {
                actor = changed.actor();
                reason = changed.reason();
                reference = changed.reference();
                var content = reference.content();
                record(
                        Streams.REFERENCE,
                        new DeskFact.ReferenceTaken(
                                reference.businessDate(),
                                content.instruments().size(),
                                content.accounts().size(),
                                content.brokers().size(),
                                content.limits().size()),
                        null);
            }
        }
    }

    // What is recorded and what leaves

    void record(String stream, Fact fact, @Nullable String correlation) {
        var recorded =
                new Recorded(stream, state.nextVersion(stream, fact), fact, now, actor, reason, causation, correlation);
        state.apply(recorded);
        batch.facts.add(recorded);
    }

    void effect(Effect effect) {
        batch.effects.add(effect);
    }

    void alert(AlertKind kind, String subject, String text) {
        effect(new Effect.Alert(now, kind, subject, text));
    }

    private void answer(Input.Request request, Effect.Outcome outcome) {
        effect(new Effect.Answer(request.requestId(), outcome));
    }

    private void refuse(Input.Request request, Refusal refusal, String detail) {
        answer(request, new Effect.Outcome.Refused(refusal, detail));
    }

    // Requests

    private void request(Input.Request request) {
        switch (request) {
            case Input.DecisionSubmitted decision -> decide(decision);
            case Input.OrderCancelRequested cancel -> {
                reason = cancel.reason();
                cancel(cancel);
            }
            case Input.OrderAmendRequested amend -> {
                reason = amend.reason();
                amend(amend);
            }
            case Input.TradingDayOpenRequested open -> openDay(open);
            case Input.TradingDayCloseRequested close -> {
                reason = close.reason();
                closeDay(close);
            }
        }
    }

    private void decide(Input.DecisionSubmitted input) {
        var used = state.key(input.idempotencyKey());
        if (used != null) {
            answer(input, again(used, input));
            return;
        }
        var day = state.day();
        if (day == null || day.status() != Day.Status.OPEN) {
            refuse(input, Refusal.DAY_IS_NOT_OPEN, "No trading day is open: open one, or send it when one is.");
            return;
        }
        var wrong = Planner.wrong(input);
        if (wrong != null) {
            refuse(input, Refusal.NOT_VALID, wrong);
            return;
        }
        var decision = new DeskFact.Decision(
                input.idempotencyKey(),
                input.bodyHash(),
                input.account(),
                input.strategy(),
                input.trader(),
                input.instrument(),
                input.side(),
                input.quantity(),
                input.type(),
                input.limit(),
                input.algo(),
                input.start(),
                input.end());
        var stream = Streams.decision(input.decisionId());
        var assessment =
                PreTrade.assess(State.proposal(decision, now), reference, market, state.book(), state.activity());
        var instrument = reference.instrument(input.instrument()).orElse(null);
        if (assessment.isRefused() || instrument == null) {
            record(
                    stream,
                    new DeskFact.DecisionRefused(decision, assessment.codes(), assessment.checks()),
                    input.decisionId());
            answer(input, new Effect.Outcome.DecisionRefused(input.decisionId(), assessment.codes(), false));
            return;
        }
        create(input, decision, instrument, assessment.checks(), day.date());
    }

    private static Effect.Outcome again(State.KeyUse used, Input.DecisionSubmitted input) {
        if (!used.bodyHash().equals(input.bodyHash())) {
            return new Effect.Outcome.KeyUsedForAnotherBody(used.decisionId());
        }
        return used.orderId() == null
                ? new Effect.Outcome.DecisionRefused(used.decisionId(), used.codes(), true)
                : new Effect.Outcome.DecisionAccepted(used.decisionId(), used.orderId(), true);
    }

    private void create(
            Input.DecisionSubmitted input,
            DeskFact.Decision decision,
            Instrument instrument,
            List<org.tradesuite.execution.risk.Check> checks,
            LocalDate date) {
        var start = input.start() == null || input.start().isBefore(now) ? now : input.start();
        var plan = planner.plan(reference, instrument, date, input.algo(), input.quantity(), start, input.end());
        if (plan.plan() == null) {
            refuse(input, Refusal.NOT_VALID, plan.why());
            return;
        }
        var heard = market.of(instrument.id());
        var quote = heard.quote();
        var price = expected(instrument, input.limit());
        var choice = price == null ? null : choose(instrument, input.quantity(), price, Set.of());
        if (choice == null || choice.broker() == null) {
            refuse(
                    input,
                    Refusal.NOT_VALID,
                    choice == null ? "The instrument has no price to choose a broker by." : choice.reason());
            return;
        }
        var orderId = "O" + input.decisionId();
        record(
                Streams.decision(input.decisionId()),
                new DeskFact.DecisionAccepted(decision, orderId, checks),
                input.decisionId());
        var terms = new ParentOrder.Terms(
                input.decisionId(),
                date,
                input.account(),
                input.strategy(),
                input.trader(),
                instrument.id(),
                instrument.symbol(),
                instrument.isin() == null ? null : instrument.isin().toString(),
                instrument.mic(),
                instrument.currency(),
                input.side(),
                input.type(),
                input.algo(),
                start,
                choice.broker(),
                choice.reason(),
                now,
                mid(instrument),
                now,
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask());
        record(
                Streams.order(orderId),
                new ParentOrder.Created(
                        terms, input.quantity(), input.limit(), plan.plan().end(), plan.plan()),
                input.decisionId());
        volumeBefore.put(orderId, heard.dayVolume().value());
        answer(input, new Effect.Outcome.DecisionAccepted(input.decisionId(), orderId, false));
        work(work(orderId));
    }

    private void cancel(Input.OrderCancelRequested input) {
        var work = state.order(input.orderId());
        if (work == null) {
            refuse(input, Refusal.UNKNOWN_ORDER, "There is no order " + input.orderId() + ".");
            return;
        }
        switch (ParentOrder.decide(work.order, new ParentOrder.Cancel(input.reason()))) {
            case ParentOrder.Refused _ ->
                refuse(input, Refusal.ORDER_HAS_ENDED, "Order " + input.orderId() + " is " + work.order.status() + ".");
            case ParentOrder.Happened happened -> {
                happened(work, happened);
                cancelRoutes(work);
                settle(work);
                answer(input, new Effect.Outcome.Done());
            }
        }
    }

    private void amend(Input.OrderAmendRequested input) {
        var work = state.order(input.orderId());
        if (work == null) {
            refuse(input, Refusal.UNKNOWN_ORDER, "There is no order " + input.orderId() + ".");
            return;
        }
        var body = work.order.body();
        var terms = body.terms();
        var instrument = reference.instrument(terms.instrument()).orElse(null);
        var day = state.day();
        if (instrument == null
                || day == null
                || day.status() != Day.Status.OPEN
                || !day.date().equals(terms.businessDate())) {
            refuse(input, Refusal.DAY_IS_NOT_OPEN, "The order's trading day is not open.");
            return;
        }
        var quantity = input.quantity() == null ? body.quantity() : input.quantity();
        var end = input.end() == null ? body.end() : input.end();
        var plan =
                planner.plan(reference, instrument, terms.businessDate(), terms.algo(), quantity, terms.start(), end);
        if (plan.plan() == null) {
            refuse(input, Refusal.NOT_VALID, plan.why());
            return;
        }
        var outcome = ParentOrder.decide(
                work.order, new ParentOrder.Amend(input.quantity(), input.limit(), input.end(), plan.plan()));
        switch (outcome) {
            case ParentOrder.Refused refused ->
                refuse(input, refusal(refused.refusal()), explain(refused.refusal(), work));
            case ParentOrder.Happened happened -> {
                if (blockedByRisk(input, work, quantity)) {
                    return;
                }
                var limitChanged = input.limit() != null && !input.limit().equals(body.limit());
                happened(work, happened);
                if (limitChanged) {
                    reprice(work);
                }
                settle(work);
                answer(input, new Effect.Outcome.Done());
            }
        }
    }

    /** The order as it would be, without what it is now, through every rule again. */
    private boolean blockedByRisk(Input.OrderAmendRequested input, State.Work work, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var left = quantity.compareTo(body.executed()) <= 0 ? Quantity.ZERO : quantity.minus(body.executed());
        if (left.isZero()) {
            return false;
        }
        var assessment = PreTrade.assess(
                new Proposal(
                        terms.account(),
                        terms.strategy(),
                        terms.trader(),
                        terms.instrument(),
                        terms.side(),
                        left,
                        input.limit() == null ? body.limit() : input.limit(),
                        now,
                        null,
                        body.orderId()),
                reference,
                market,
                state.book(),
                state.activity());
        if (!assessment.isRefused()) {
            return false;
        }
        record(
                Streams.amendments(body.orderId()),
                new DeskFact.AmendmentRefused(input.quantity(), input.limit(), input.end(), assessment.checks()),
                terms.decisionId());
        refuse(input, Refusal.RISK, assessment.codes().toString());
        return true;
    }

    private static Refusal refusal(ParentOrder.Refusal refusal) {
        return switch (refusal) {
            case HAS_ENDED -> Refusal.ORDER_HAS_ENDED;
            case BELOW_EXECUTED_QUANTITY -> Refusal.BELOW_EXECUTED_QUANTITY;
            case NOTHING_TO_CHANGE -> Refusal.NOTHING_TO_CHANGE;
            case NOT_A_LIMIT_ORDER -> Refusal.NOT_A_LIMIT_ORDER;
        };
    }

    private static String explain(ParentOrder.Refusal refusal, State.Work work) {
        var body = work.order.body();
        return switch (refusal) {
            case HAS_ENDED -> "Order " + body.orderId() + " is " + work.order.status() + ".";
            case BELOW_EXECUTED_QUANTITY -> body.executed() + " is executed already: ask for at least that.";
            case NOTHING_TO_CHANGE -> "The order is like that already.";
            case NOT_A_LIMIT_ORDER -> "A market order has no limit to change.";
        };
    }

    private void openDay(Input.TradingDayOpenRequested input) {
        var day = state.day();
        var known = state.day(input.businessDate());
        if (known != null && known.status() == Day.Status.OPEN) {
            answer(input, new Effect.Outcome.Done());
        } else if (known != null) {
            refuse(input, Refusal.DAY_IS_CLOSED, input.businessDate() + " is " + known.status() + ".");
        } else if (day != null && day.status() != Day.Status.CLOSED) {
            refuse(input, Refusal.ANOTHER_DAY_IS_OPEN, day.date() + " is " + day.status() + ": close it first.");
        } else {
            market.startDay();
            volumeBefore.clear();
            record(Streams.day(input.businessDate()), Opening.of(input.businessDate(), reference, state.book()), null);
            answer(input, new Effect.Outcome.Done());
        }
    }

    private void closeDay(Input.TradingDayCloseRequested input) {
        var known = state.day(input.businessDate());
        if (known == null) {
            refuse(input, Refusal.DAY_IS_NOT_OPEN, input.businessDate() + " was not opened.");
            return;
        }
        if (known.status() == Day.Status.OPEN) {
            closing.begin(input.businessDate());
        }
        // Asked again: it is closing, or closed.
        answer(input, new Effect.Outcome.Done());
    }

    // Brokers

    private void message(Input.FromBroker message) {
        switch (message) {
            case Input.BrokerExecutionReport report -> report(report.broker(), report.report());
            case Input.BrokerCancelReject reject -> cancelReject(reject);
            case Input.BrokerMessageReject reject -> messageReject(reject);
            case Input.BrokerAllocationAck ack -> closing.allocationAck(ack);
            case Input.BrokerConfirmation confirmation -> closing.confirmation(confirmation);
            case Input.BrokerSequence _ -> {
                // Only the sequence moved on.
            }
        }
    }

    /** The route that a ClOrdID of ours belongs to, if that broker has it. */
    private @Nullable Route route(BrokerId broker, @Nullable String clOrdId) {
        if (clOrdId == null) {
            return null;
        }
        var dash = clOrdId.lastIndexOf('-');
        var route = dash < 0 ? null : state.findRoute(clOrdId.substring(0, dash));
        return route != null && route.body().broker().equals(broker) ? route : null;
    }

    private void report(BrokerId broker, ExecutionReport report) {
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
                orphan(broker, report);
            }
            return;
        }
        if (books) {
            var seen = state.seen(new State.ExecutionKey(broker, report.tradeDate(), report.execId()));
            if (seen != null) {
                if (!seen.equals(fingerprint(route, report))) {
                    quarantine(route, report);
                }
                return;
            }
        }
        var work = work(route.body().orderId());
        var terms = work.order.body().terms();
        var quote = market.of(terms.instrument()).quote();
        var command = Route.command(
                report,
                route.body().routeId() + "-F" + (route.body().executions() + 1),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                charges(broker, terms, report));
        perform(work, route, command);
        settle(work);
    }

    private static State.Fingerprint fingerprint(Route route, ExecutionReport report) {
        var bust = report.execType() == ExecType.TRADE_CANCEL;
        return new State.Fingerprint(
                route.body().routeId(),
                bust ? null : report.lastQuantity(),
                bust ? null : report.lastPrice(),
                bust ? 'H' : report.execType() == ExecType.TRADE_CORRECT ? 'G' : 'F');
    }

    private void quarantine(Route route, ExecutionReport report) {
        var work = work(route.body().orderId());
        happened(
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

    private void orphan(BrokerId broker, ExecutionReport report) {
        if (state.seen(new State.ExecutionKey(broker, report.tradeDate(), report.execId())) != null) {
            return;
        }
        record(Streams.strays(broker), new DeskFact.OrphanReported(broker, report), null);
        alert(
                AlertKind.ORPHAN_FILL,
                broker.toString(),
                "Execution " + report.execId() + " is for order " + report.clOrdId() + ", which is not ours: "
                        + report.side() + " " + report.lastQuantity() + " at " + report.lastPrice() + ".");
    }

    private Money charges(BrokerId broker, ParentOrder.Terms terms, ExecutionReport report) {
        var rate = reference.rate(broker, terms.mic());
        if (rate.isEmpty() || report.lastQuantity() == null || report.lastPrice() == null) {
            return Money.zero(terms.currency());
        }
        var gross = report.lastPrice().gross(report.lastQuantity(), terms.currency(), RoundingMode.HALF_UP);
        return rate.get()
                .commission()
                .of(gross, RoundingMode.HALF_UP)
                .plus(rate.get().fee().of(gross, RoundingMode.HALF_UP));
    }

    private void cancelReject(Input.BrokerCancelReject reject) {
        var route = route(reject.broker(), reject.clOrdId());
        if (route == null) {
            route = route(reject.broker(), reject.origClOrdId());
        }
        if (route == null) {
            return;
        }
        var work = work(route.body().orderId());
        perform(
                work,
                route,
                new Route.RefuseRequest(reject.clOrdId(), reject.toReplace(), reject.reason(), reject.text()));
        var after = state.route(route.body().routeId());
        var endedThere = switch (reject.ordStatus()) {
            case CANCELED, FILLED, REJECTED, EXPIRED, DONE_FOR_DAY -> true;
            default -> false;
        };
        if (after.live() && endedThere) {
            // It ended there and we have not heard how.
            ask(work, after);
        }
        settle(work);
    }

    private void messageReject(Input.BrokerMessageReject reject) {
        if (reject.refMessageType().equals("J")) {
            closing.allocationRefused(reject);
            return;
        }
        var route = route(reject.broker(), reject.refId());
        if (route != null && reject.refId() != null) {
            var work = work(route.body().orderId());
            perform(work, route, new Route.RefuseMessage(reject.refMessageType(), reject.refId(), reject.text()));
            settle(work);
        }
    }

    private void notSent(Input.NotSent input) {
        var route = route(input.broker(), input.messageId());
        if (route == null) {
            return;
        }
        causation = "line/" + input.broker();
        var request = route.body().pending().stream()
                .filter(each -> each.clOrdId().equals(input.messageId()))
                .findFirst();
        var type = request.isEmpty() ? "D" : request.get().cancel() ? "F" : "G";
        var work = work(route.body().orderId());
        perform(work, route, new Route.RefuseMessage(type, input.messageId(), input.reason()));
        settle(work);
    }

    // Routes

    private State.Work work(String orderId) {
        var work = state.order(orderId);
        if (work == null) {
            throw new IllegalStateException("Order " + orderId + " is not known");
        }
        return work;
    }

    /** What the route makes of a command; a refusal is only ever of our own wish and changes nothing. */
    private boolean perform(State.Work work, Route route, Route.Command command) {
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

    private void happened(State.Work work, String routeId, Route.Event event) {
        record(Streams.route(routeId), event, work.order.body().terms().decisionId());
        var route = state.route(routeId);
        var body = route.body();
        switch (event) {
            case Route.CancelRequested requested -> {
                effect(new Effect.SendCancel(
                        body.broker(),
                        requested.clOrdId(),
                        requested.origClOrdId(),
                        body.brokerOrderId(),
                        terms(work, route, body.quantity(), body.price()),
                        now));
                look(routeId, now.plus(settings.askAfter()), true);
            }
            case Route.ReplaceRequested requested -> {
                effect(new Effect.SendReplace(
                        body.broker(),
                        requested.clOrdId(),
                        requested.origClOrdId(),
                        body.brokerOrderId(),
                        terms(work, route, requested.quantity(), requested.price()),
                        now));
                look(routeId, now.plus(settings.askAfter()), true);
            }
            case Route.Asked asked ->
                effect(new Effect.SendStatusRequest(
                        body.broker(),
                        asked.clOrdId(),
                        body.brokerOrderId(),
                        terms(work, route, body.quantity(), body.price())));
            case Route.Filled filled -> watch(routeId, filled, body);
            case Route.Finished finished -> {
                if (finished.unsolicited()) {
                    alert(AlertKind.UNSOLICITED_CANCEL, routeId, body.broker() + " cancelled it: " + finished.text());
                }
                if (!route.outstanding().isZero()) {
                    alert(
                            AlertKind.BROKER_DISAGREES,
                            routeId,
                            "It ended with " + route.outstanding() + " executed that was not reported yet.");
                }
            }
            case Route.RequestRefused refused -> {
                if (route.live()) {
                    alert(
                            AlertKind.REQUEST_REFUSED_BY_BROKER,
                            routeId,
                            body.broker() + " refused " + refused.clOrdId() + ": " + refused.text());
                }
            }
            case Route.BecameUnknown unknown -> alert(AlertKind.UNKNOWN_AT_BROKER, routeId, unknown.reason());
            case Route.Disagreed disagreed ->
                alert(
                        AlertKind.BROKER_DISAGREES,
                        routeId,
                        body.broker() + " says " + disagreed.brokerStatus() + ", executed "
                                + disagreed.brokerCumulative() + "; we have " + body.cumulative() + ".");
            case Route.Quarantined quarantined -> alert(AlertKind.CONFLICTING_FILL, routeId, quarantined.why());
            default -> {
                // Nothing to tell.
            }
        }
    }

    private void watch(String routeId, Route.Filled filled, Route.Body body) {
        switch (filled.kind()) {
            case REGULAR -> {
                // As ordered.
            }
            case OVERFILL ->
                alert(AlertKind.OVERFILL, routeId, body.cumulative() + " executed of " + body.quantity() + " ordered.");
            case AFTER_END -> alert(AlertKind.FILL_AFTER_END, routeId, filled.quantity() + " executed after its end.");
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
        if (countsOtherwise || averagesOtherwise) {
            alert(
                    AlertKind.BROKER_DISAGREES,
                    routeId,
                    body.broker() + " counts " + filled.brokerCumulative() + " at " + brokerAverage + ", we "
                            + body.cumulative() + " at " + average + ".");
        }
    }

    private Effect.Terms terms(State.Work work, Route route, Quantity quantity, @Nullable Price price) {
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
                price);
    }

    void cancelRoutes(State.Work work) {
        for (var id : work.routes) {
            var route = state.route(id);
            if (route.live()) {
                perform(work, route, new Route.Cancel("the order ends"));
            }
        }
    }

    private void reprice(State.Work work) {
        for (var id : work.routes) {
            var route = state.route(id);
            if (route instanceof Route.Live) {
                perform(
                        work,
                        route,
                        new Route.Replace(
                                route.body().quantity(), work.order.body().limit()));
            }
        }
    }

    private void ask(State.Work work, Route route) {
        perform(work, route, new Route.Ask());
        look(route.body().routeId(), now.plus(settings.askAfter()), true);
    }

    // Orders

    private void happened(State.Work work, ParentOrder.Happened happened) {
        for (var event : happened.events()) {
            record(
                    Streams.order(work.order.body().orderId()),
                    event,
                    work.order.body().terms().decisionId());
        }
    }

    void perform(State.Work work, ParentOrder.Command command) {
        if (ParentOrder.decide(work.order, command) instanceof ParentOrder.Happened happened) {
            happened(work, happened);
        }
    }

    /** Something changed about the order or its routes: end it, take back what is too much, send what is due. */
    void settle(State.Work work) {
        perform(work, new ParentOrder.Conclude(mid(work.order.body().terms().instrument())));
        if (work.order instanceof ParentOrder.Open) {
            trim(work);
            work(work);
        }
    }

    /** After a late fill or a smaller amendment: take back from the youngest routes what is more than wanted. */
    private void trim(State.Work work) {
        var excess = work.order.body().excess().value();
        if (excess.signum() == 0) {
            return;
        }
        for (var id : work.routes.reversed()) {
            var route = state.route(id);
            if (route.live()) {
                for (var request : route.body().pending()) {
                    excess = excess.subtract(
                            request.quantity() == null
                                    ? route.outstanding().value()
                                    : route.body()
                                            .quantity()
                                            .value()
                                            .subtract(request.quantity().value())
                                            .max(BigDecimal.ZERO));
                }
            }
        }
        for (var id : work.routes.reversed()) {
            var route = state.route(id);
            if (excess.signum() <= 0) {
                return;
            }
            if (!route.live() || !route.body().pending().isEmpty()) {
                continue;
            }
            var leaves = route.leaves().value();
            var less = leaves.compareTo(excess) > 0 && route instanceof Route.Live;
            var done = less
                    ? perform(
                            work,
                            route,
                            new Route.Replace(
                                    Quantity.of(route.body().quantity().value().subtract(excess)),
                                    route.body().price()))
                    : perform(work, route, new Route.Cancel("more is working than wanted"));
            if (done) {
                excess = excess.subtract(less ? excess : leaves);
            }
        }
    }

    /** Asks the plan what is due and does it. */
    private void work(State.Work work) {
        var day = state.day();
        if (!(work.order instanceof ParentOrder.Open)
                || day == null
                || day.status() != Day.Status.OPEN
                || !day.date().equals(work.order.body().terms().businessDate())) {
            return;
        }
        var body = work.order.body();
        var step = body.plan().step(now, new Progress(body.executed(), body.outstanding(), volumeSince(work)));
        if (step.cancelWorking()) {
            perform(work, new ParentOrder.Expire("its time is up"));
            cancelRoutes(work);
            perform(work, new ParentOrder.Conclude(mid(body.terms().instrument())));
            return;
        }
        if (!step.send().isZero()) {
            send(work, step.send().min(body.unrouted()));
        }
        if (step.next() != null) {
            look(body.orderId(), step.next(), false);
        }
    }

    private Quantity volumeSince(State.Work work) {
        var body = work.order.body();
        var volume = market.of(body.terms().instrument()).dayVolume().value();
        var before = volumeBefore.getOrDefault(body.orderId(), BigDecimal.ZERO);
        return Quantity.of(volume.subtract(before).max(BigDecimal.ZERO));
    }

    private void send(State.Work work, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var instrument = reference.instrument(terms.instrument()).orElse(null);
        if (quantity.isZero() || instrument == null) {
            return;
        }
        var rejectedBy = rejectedBy(work);
        if (rejectedBy.size() >= settings.rejections()) {
            park(work, "Rejected by " + rejectedBy + ": " + lastRejection(work));
            return;
        }
        var broker = terms.broker();
        var why = terms.brokerReason();
        if (rejectedBy.contains(broker) || !reachable.contains(broker)) {
            var price = expected(instrument, body.limit());
            var choice = price == null ? null : choose(instrument, quantity, price, rejectedBy);
            if (choice == null || choice.broker() == null || rejectedBy.contains(choice.broker())) {
                park(work, choice == null ? "The instrument has no price." : choice.reason());
                return;
            }
            why = "Instead of " + broker
                    + (rejectedBy.contains(broker) ? ", which rejected it: " : ", which is not connected: ")
                    + choice.reason();
            broker = choice.broker();
        }
        if (!reachable.contains(broker)) {
            // Nobody is connected: later, not never.
            look(body.orderId(), now.plus(settings.retryAfter()), false);
            return;
        }
        open(work, broker, why, quantity);
    }

    private void open(State.Work work, BrokerId broker, String why, Quantity quantity) {
        var body = work.order.body();
        var terms = body.terms();
        var routeId = body.orderId() + "-" + (body.routes() + 1);
        var clOrdId = routeId + "-1";
        happened(
                work,
                routeId,
                new Route.Opened(
                        body.orderId(),
                        broker,
                        why,
                        clOrdId,
                        terms.side(),
                        terms.type(),
                        quantity,
                        terms.type() == OrderType.LIMIT ? body.limit() : null,
                        mid(terms.instrument()),
                        volumeSince(work)));
        var route = state.route(routeId);
        effect(new Effect.SendNewOrder(
                broker, clOrdId, terms(work, route, quantity, route.body().price()), now));
        look(routeId, now.plus(settings.askAfter()), true);
    }

    private void park(State.Work work, String why) {
        perform(work, new ParentOrder.Park(why));
        alert(AlertKind.ORDER_PARKED, work.order.body().orderId(), why);
    }

    /** Brokers that rejected the order one after the other, up to now. */
    private Set<BrokerId> rejectedBy(State.Work work) {
        var brokers = new TreeSet<BrokerId>();
        for (var id : work.routes.reversed()) {
            if (!(state.route(id) instanceof Route.Ended ended) || ended.as() != OrdStatus.REJECTED) {
                break;
            }
            brokers.add(ended.body().broker());
        }
        return brokers;
    }

    private @Nullable String lastRejection(State.Work work) {
        return work.routes.isEmpty()
                ? null
                : state.route(work.routes.getLast()).body().rejectReason();
    }

    /** The cheapest broker among those connected; if none is, among all, to wait for. */
    private org.tradesuite.execution.routing.BrokerChoice choose(
            Instrument instrument, Quantity quantity, Price price, Set<BrokerId> without) {
        var able = new HashSet<>(reachable);
        able.removeAll(without);
        var choice = BrokerRouter.choose(
                instrument, quantity, price, reference, state.scorecards(), RoutingPolicy.STARTING, able);
        if (choice.broker() != null) {
            return choice;
        }
        var all = new HashSet<BrokerId>();
        reference.brokers().forEach(broker -> all.add(broker.id()));
        all.removeAll(without);
        return BrokerRouter.choose(
                instrument, quantity, price, reference, state.scorecards(), RoutingPolicy.STARTING, all);
    }

    private @Nullable Price expected(Instrument instrument, @Nullable Price limit) {
        return limit != null ? limit : mid(instrument);
    }

    private @Nullable Price mid(InstrumentId id) {
        return reference.instrument(id).map(this::mid).orElse(null);
    }

    /** The market's middle, else its last trade, else the last close. */
    private @Nullable Price mid(Instrument instrument) {
        var heard = market.of(instrument.id());
        if (heard.quote() != null) {
            return heard.quote().mid();
        }
        return heard.lastTrade() != null ? heard.lastTrade().price() : instrument.referencePrice();
    }

    // Time

    private void look(String id, Instant at, boolean route) {
        if (!route) {
            var before = nextLook.get(id);
            if (before != null && !before.isAfter(at) && before.isAfter(now)) {
                return;
            }
            nextLook.put(id, at);
        }
        due.add(new Due(at, id, route));
    }

    private void tick() {
        while (!due.isEmpty() && !due.peek().at().isAfter(now)) {
            var next = due.poll();
            if (next.route()) {
                routeIsDue(next.id());
            } else {
                nextLook.remove(next.id());
                var work = state.order(next.id());
                if (work != null) {
                    settle(work);
                }
            }
        }
        closing.advance();
    }

    /** Whether an answer is late: ask, ask again, and then say that nobody knows. */
    private void routeIsDue(String routeId) {
        var route = state.route(routeId);
        if (!route.live()) {
            return;
        }
        var body = route.body();
        var work = work(body.orderId());
        if (work.order instanceof ParentOrder.Closing
                && body.pending().isEmpty()
                && !(route instanceof Route.Unknown)) {
            if (body.requests() <= settings.cancelTries()) {
                perform(work, route, new Route.Cancel("the order ends"));
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
        if (now.isBefore(late)) {
            look(routeId, late, true);
        } else if (!reachable.contains(body.broker())) {
            look(routeId, now.plus(settings.askAfter()), true);
        } else if (body.asked() < settings.asks()) {
            ask(work, route);
        } else if (!(route instanceof Route.Unknown)) {
            perform(
                    work,
                    route,
                    new Route.GiveUp(body.broker() + " did not answer in " + settings.asks() + " status requests"));
        }
    }

    // Restart

    /**
     * After the journal was read: whatever may have been on its way out is offered to the lines again, and schedules go on
     * from where they were.
     */
    void recover(Instant at, Batch into) {
        batch = into;
        now = at;
        actor = ENGINE;
        reason = null;
        causation = null;
        for (var work : new ArrayList<>(orders())) {
            var body = work.order.body();
            volumeBefore.put(body.orderId(), work.marketVolume.value().negate());
            for (var id : work.routes) {
                resume(work, state.route(id));
            }
            if (!work.order.ended()) {
                look(body.orderId(), at, false);
            }
        }
        closing.resume();
    }

    private List<State.Work> orders() {
        var all = new ArrayList<State.Work>();
        state.orders().forEach(all::add);
        return all;
    }

    private void resume(State.Work work, Route route) {
        var body = route.body();
        if (route instanceof Route.Sent) {
            effect(new Effect.Resume(
                    new Effect.SendNewOrder(
                            body.broker(),
                            body.clOrdId(),
                            terms(work, route, body.quantity(), body.price()),
                            body.sentAt()),
                    true));
        }
        for (var request : body.pending()) {
            if (request.acknowledged()) {
                continue;
            }
            var terms = request.quantity() == null
                    ? terms(work, route, body.quantity(), body.price())
                    : terms(work, route, request.quantity(), request.price());
            effect(new Effect.Resume(
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
                                    request.at()),
                    true));
        }
        if (route.live()
                && (route instanceof Route.Sent
                        || !body.pending().isEmpty()
                        || work.order instanceof ParentOrder.Closing)) {
            look(body.routeId(), now.plus(settings.askAfter()), true);
        }
    }
}
